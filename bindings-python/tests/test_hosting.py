"""H-1: an instance that holds rows, with a dict as its database, does what a whole one does, byte for byte."""

import json
from typing import Any

import pytest
from tenantry import Decision, NotFoundError, Tenantry, TenantryError, UsageError, ValidationError

HOST: dict[str, Any] = {"type": "system"}
ACME: dict[str, Any] = {"type": "system", "organization_id": "org_acme", "environment": "production"}
SECRET = "ort_0123456789abcdefghijklmnop"
CALL = {"tool_pack_id": "support", "tool": "slack__post"}


def canonical(value: Any) -> str:
    def whole(decision: Decision) -> Any:
        return decision.to_dict()

    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=whole)


class Database:
    """Rows by their keys, each with a revision that never comes twice."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Any, int]] = {}
        self.writes = 0
        self.rounds = 0

    def find(self, key: list[Any]) -> Any:
        row, revision = self.rows.get(canonical(key), (None, 0))
        return {"key": key, "revision": revision, "row": row}

    def load(self, keys: list[Any]) -> list[Any]:
        """What `requirements` asked for; a `due` key stands for all rows that are due by then."""
        due = [key[1] for key in keys if key[0] == "due"]
        kept = ((json.loads(key), row["next_due_at"]) for key, (row, _) in self.rows.items())
        found = [self.find(key) for key, at in kept if due and at and at <= due[0]]
        found += [self.find(row) for key in keys if key[0] == "range" for row in self.range(*key[1:])]
        return found + [self.find(key) for key in keys]

    def range(
        self, kind: str, organization: str | None, environment: str | None, after: str | None, limit: int
    ) -> list[Any]:
        """The keys of the rows that stand next to each other in a list."""
        found = []
        for text, (row, _) in self.rows.items():
            key = json.loads(text)
            is_of = organization in (None, row.get("organization_id")) and environment in (None, row.get("environment"))
            if key[0] == kind and is_of and (after is None or key[-1] > after):
                found.append(key)
        return sorted(found, key=lambda key: str(key[-1]))[:limit]

    def prepare(self, request: Any, context: Any) -> Tenantry:
        instance = Tenantry(rows=True)
        self.rounds = 0
        while missing := instance.requirements(request, context):
            instance.load(self.load(missing))
            self.rounds += 1
        return instance

    def commit(self, outcome: Any) -> Any:
        """One transaction: the guards hold, or nothing of it is written. What a whole state's outcome has is left."""
        for guard in outcome.pop("guards"):
            assert self.find(guard["key"])["revision"] == guard["revision"]
        for change in outcome.pop("changes"):
            self.writes += 1
            self.rows.pop(canonical(change["key"]), None)
            if change["row"] is not None:
                self.rows[canonical(change["key"])] = (change["row"], self.writes)
        return outcome


class Both:
    """A whole instance, and a database; whatever is asked of the one is asked of the other."""

    def __init__(self) -> None:
        self.whole, self.database, self.calls = Tenantry(), Database(), 0

    def context(self, actor: Any, now: str) -> Any:
        self.calls += 1
        return {"actor": actor, "now": now, "entropy": f"{self.calls:032x}"}

    def execute(self, command: Any, actor: Any = ACME, now: str = "2026-01-31T10:00:00Z") -> Any:
        context = self.context(actor, now)
        instance = self.database.prepare(command, context)
        assert self.database.rounds <= 3
        try:
            expected = self.whole.execute(command, context)
        except TenantryError as refused:
            with pytest.raises(type(refused)) as caught:
                instance.execute(command, context)
            assert caught.value.to_dict() == refused.to_dict()
            raise
        outcome = self.database.commit(instance.execute(command, context))
        assert canonical(outcome) == canonical(expected)
        # All rows together are the whole state.
        full = Tenantry(rows=True)
        full.load([self.database.find(json.loads(key)) for key in self.database.rows])
        assert (full.snapshot(), full.next_due()) == (self.whole.snapshot(), self.whole.next_due())
        return outcome["response"]

    def decide(self, call: Any, now: str = "2026-01-31T10:00:00Z") -> str:
        context = self.context(ACME, now)
        rows = self.database.prepare(call, context)
        decision = rows.authorize(call, context)
        assert canonical(decision) == canonical(self.whole.authorize(call, context))
        given = (call["registered_user_id"], call["tool_pack_id"], call["tool"], now)
        assert rows.acting_as(ACME).code(*given) == self.whole.acting_as(ACME).code(*given)
        explained = self.database.prepare({"explain": call}, context).explain(call, context)
        assert canonical(explained) == canonical(self.whole.explain(call, context))
        return decision.code or "allow"


def test_h_1_a_life_on_rows_is_the_life_on_the_whole_state() -> None:
    both = Both()
    both.execute({"command": "create_organization", "organization_id": "org_acme", "name": "Acme"}, HOST)
    both.execute({"command": "put_connector", "connector": "slack", "tools": ["post"]})
    pack = {"tool_pack_id": "support", "name": "Support", "connectors": [{"connector": "slack"}]}
    both.execute({"command": "put_tool_pack", **pack})
    group = {"origin_company_id": "globex"}
    create = {"command": "create_registered_user", "origin_user_id": "alice", "shared_credential_group": group}
    assert both.execute(create)["created"]
    user = both.execute(create)["registered_user_id"]
    call = {"registered_user_id": user, **CALL}
    assert both.decide(call) == "credential_required"
    start = {"command": "start_link", "registered_user_id": user, "connector": "slack", "tool_pack_id": "support"}
    session = both.execute(start)["link_session_id"]
    both.execute({"command": "complete_link", "link_session_id": session, "expires_at": "2026-03-01T00:00:00Z"})
    assert both.decide(call) == "allow"
    assert both.execute({"command": "start_tool_call", **call}).tool_call_id
    later = "2026-03-02T00:00:00.5Z"
    assert both.decide(call, later) == "reauth_required"
    # The call and the credential are over, the session is forgotten.
    assert both.execute({"command": "advance_time"}, HOST, later) == {"processed": 3}
    both.execute({"command": "delete_registered_user", "registered_user_id": user})
    assert both.decide(call) == "registered_user_not_found"
    assert both.execute({"command": "advance_time"}, HOST, "2027-01-01T00:00:00Z") == {"processed": 1}
    with pytest.raises(NotFoundError):
        both.execute(start)


def test_h_1_accounts_on_rows() -> None:
    both = Both()
    both.execute({"command": "create_organization", "organization_id": "org_acme", "name": "Acme"}, HOST)
    account = {"command": "create_user", "name": "A"}
    root = both.execute({**account, "email": "root@acme.example", "role": "admin"}, HOST)["id"]
    issue = {"command": "issue_registration_token", "organization_id": "org_acme", "secret": SECRET}
    both.execute(issue, {"type": "account", "user_id": root})
    secret = {"organization_id": "org_acme", "org_token": SECRET, "password": "SecurePassword123!"}
    admitted = both.execute({**account, "email": "a@acme.example", **secret}, {"type": "anonymous"})
    with pytest.raises(TenantryError, match="token") as caught:
        both.execute({**account, "email": "b@acme.example", **secret}, {"type": "anonymous"})
    assert caught.value.code == "invalid_token"
    with pytest.raises(TenantryError) as caught:
        both.execute({**account, "email": "ROOT@acme.example"}, HOST)
    assert caught.value.code == "email_exists"
    suspend = {"command": "set_user_status", "status": "suspended"}
    both.execute({**suspend, "user_id": admitted["id"]}, {"type": "account", "user_id": root})
    with pytest.raises(TenantryError) as caught:
        both.execute({**suspend, "user_id": root}, HOST)
    assert caught.value.code == "last_admin"


def test_h_1_a_row_that_was_not_loaded_is_an_error_not_an_absent_row() -> None:
    instance = Tenantry(rows=True)
    context = {"actor": ACME, "now": 10**12, "entropy": "0" * 32}
    create = {"command": "create_registered_user", "origin_user_id": "alice"}
    asked = instance.requirements(create, context)
    assert ["organization", "org_acme"] in asked
    assert ["origin_user_id", "org_acme", "production", "alice"] in asked
    with pytest.raises(
        UsageError,
        match="a row of the kind `organization` was not loaded: call `requirements` first, and load the rows that it names",
    ):
        instance.execute(create, context)
    with pytest.raises(UsageError) as caught:
        instance.load([{"key": ["organization", "org_acme"], "revision": 1, "row": {"name": "Acme"}}])
    assert caught.value.pointer == "/0/row/organization_id"


NEW: Any = {"command": "create_organization", "organization_id": "org_new", "name": "New"}
BY_HOST: Any = {"actor": HOST, "now": 10**12, "entropy": "0" * 32}


@pytest.mark.parametrize("revision", [0, -(2**53) + 1, 2**53 - 1, str(2**63), "", None])
def test_s_4_a_revision_comes_back_as_it_was_handed_in(revision: str | int | None) -> None:
    instance = Tenantry(rows=True)
    instance.load([{"key": ["organization", "org_new"], "revision": revision, "row": None}])
    outcome = instance.execute(NEW, BY_HOST)
    assert outcome["guards"][0]["revision"] == revision


@pytest.mark.parametrize("revision", [2**53, -(2**53), 2**70, 1772445600123456789, 1e300, 0.5, True, [1], {}])
def test_s_4_what_would_come_back_as_something_else_is_refused(revision: Any) -> None:
    instance = Tenantry(rows=True)
    with pytest.raises(UsageError) as caught:
        instance.load([{"key": ["organization", "org_new"], "revision": revision, "row": None}])
    assert caught.value.pointer == "/0/revision"


def test_s_3_rows_are_written_in_the_format_that_is_asked_for() -> None:
    for row_format, version in ((None, 2), (1, None), (2, 2)):
        instance = Tenantry(rows=True, row_format=row_format)
        instance.load([{"key": ["organization", "org_new"], "revision": None, "row": None}])
        row = instance.execute(NEW, BY_HOST)["changes"][0]["row"]
        assert row is not None and row.get("v") == version
    with pytest.raises(ValidationError) as caught:
        Tenantry(row_format=3)
    assert caught.value.pointer == "/row_format"


def test_h_1_a_request_that_never_reaches_the_core_leaves_no_rows_for_the_next() -> None:
    acting = Tenantry(rows=True).acting_as(ACME)
    call = {"registered_user_id": "somebody", **CALL}
    three = ("somebody", *CALL.values())

    def give_up(request: Any) -> None:
        with pytest.raises((TenantryError, UsageError)):
            request()

    for abandon in [
        acting.abandon,
        lambda: give_up(lambda: acting.execute("{")),
        lambda: give_up(lambda: acting.execute({"command": {1, 2}})),
        lambda: give_up(lambda: acting.authorize(call, {"now": {1, 2}})),
        lambda: give_up(lambda: acting.query(b"\xff")),
        lambda: give_up(lambda: acting.preview("\ud800")),
        lambda: give_up(lambda: acting.explain({"tool": float("nan")})),
        lambda: give_up(lambda: acting.authorize_batch("[")),
        lambda: give_up(lambda: acting.load([{"key": {1}}])),
        lambda: give_up(lambda: acting.allows(3, *three[1:])),
        lambda: give_up(lambda: acting.code(*three, now=5)),
        lambda: give_up(lambda: acting.codes([1], ["support"], ["slack__post"])),
        lambda: give_up(lambda: acting.codes(*three)),
    ]:
        while missing := acting.requirements(call):
            acting.load([{"key": key, "revision": 0, "row": None} for key in missing])
        abandon()
        assert acting.requirements(call)


def test_h_2_lists_on_rows_are_the_lists_of_the_whole_state() -> None:
    both = Both()
    both.execute({"command": "create_organization", "organization_id": "org_acme", "name": "Acme"}, HOST)
    for company in ["globex", "initech", "umbrella"]:
        for name in "abc":
            group = {"origin_company_id": company}
            create = {"command": "create_registered_user", "origin_user_id": f"{company} {name}"}
            both.execute({**create, "shared_credential_group": group})
    pages: dict[str, int] = {}
    queries: list[dict[str, Any]] = [
        {"query": "list_registered_users"},
        {"query": "list_registered_users", "origin_company_id": "umbrella"},
        {"query": "list_companies"},
        {"query": "list_credentials", "status": "active"},
    ]
    for query in queries:
        after, seen = None, 0
        while after or not seen:
            page = {**query, "limit": 2, "after": after}
            context = both.context(ACME, "2026-01-31T10:00:00Z")
            answer = both.database.prepare(page, context).query(page, context)
            assert canonical(answer) == canonical(both.whole.query(page, context))
            after, seen = answer["next"], seen + 1
        pages[canonical(query)] = seen
    assert list(pages.values()) == [5, 2, 2, 1]


def test_e_5_a_fold_goes_on_from_a_snapshot() -> None:
    world = Tenantry.example()
    before = world.snapshot()
    context: Any = {"actor": HOST, "now": 10**12, "entropy": "0" * 32}
    events = world.execute({"command": "create_organization", "name": "New"}, context)["events"]
    for onto in [before, json.loads(before)]:
        assert Tenantry.fold(events, onto=onto).snapshot() == world.snapshot()
        assert Tenantry.fold(json.dumps(events), onto=onto, journal="memory").snapshot() == world.snapshot()
    assert Tenantry.fold(events, onto=None).snapshot() == Tenantry.fold(events).snapshot()
    with pytest.raises(ValidationError) as caught:
        Tenantry.fold(events + events, onto=before)
    assert (caught.value.code, caught.value.pointer) == ("invalid_snapshot", "/1/event")
