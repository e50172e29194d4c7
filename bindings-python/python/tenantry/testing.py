"""A kit that tries a store: whether what many do at once is what they could have done one after the other.

from functools import partial
from tenantry.testing import check_store

def test_my_store() -> None:
    check_store(partial(MyStore, "…"))
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

from ._tenantry import Tenantry
from .errors import TenantryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .stores import Store, StoreActing

__all__ = ["check_store"]

SYSTEM: Any = {"type": "system"}
MINUTE = 60_000
SECRET = "ort_0123456789abcdefghijklmnop"
COMPANIES = ("globex", "initech", "umbrella")


def check_store(
    factory: Callable[[], Store], *, rounds: int = 5, at_once: int = 6, writers: int = 4, seconds: float = 3
) -> None:
    """Tries the store that `factory` makes a handle on, as often as it is called, also in other processes: so it must be
    picklable. The database has its tables, and nothing in them. Raises an `AssertionError` that says what went wrong.

    Races are run in `rounds`, by so many `at_once`. Then so many processes are `writers` of a common history for so many
    `seconds`, while some of them are killed and others take their place."""
    stores = [factory() for _ in range(at_once)]
    for number in range(rounds):
        for race in RACES:
            race(Ring(stores, f"org_{race.__name__.replace('_', '-')}-{number}"))
    check_history(factory, writers, seconds)
    check_whole(stores[0], all_events(stores[0]))


def must(holds: bool, message: str) -> None:
    if not holds:
        raise AssertionError(message)


class Ring:
    """An organization of its own, in which several do something at once."""

    def __init__(self, stores: Sequence[Store], organization_id: str) -> None:
        self.stores, self.organization_id = stores, organization_id
        stores[0].acting_as(SYSTEM).create_organization(organization_id=organization_id, name="Ring")
        self.first = self.acting(stores[0])
        self.first.put_connector(connector="slack", tools=["read"])
        connector: Any = {"connector": "slack", "auth_scope": "SHARED"}
        self.first.put_tool_pack(tool_pack_id="shared", name="Shared", connectors=[connector])

    def acting(self, store: Store, environment: str = "test") -> StoreActing:
        actor: Any = {**SYSTEM, "organization_id": self.organization_id, "environment": environment}
        return store.acting_as(actor)

    def each(self, action: Callable[[StoreActing, int], Any]) -> list[Any]:
        """What each of them has answered, or why it was refused."""
        return self.together([partial(action, self.acting(own), n) for n, own in enumerate(self.stores)])

    def together(self, actions: Sequence[Callable[[], Any]]) -> list[Any]:
        start, answers = Barrier(len(actions)), dict[int, Any]()

        def act(number: int, action: Callable[[], Any]) -> None:
            start.wait()
            try:
                answers[number] = action()
            except TenantryError as refused:
                answers[number] = refused

        threads = [Thread(target=act, args=numbered) for numbered in enumerate(actions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        must(len(answers) == len(actions), "an exception other than a refusal ended a command")
        return [answers[number] for number in range(len(actions))]


def refusals(answers: Sequence[Any]) -> Counter[str]:
    return Counter(answer.code for answer in answers if isinstance(answer, TenantryError))


def one_id(ring: Ring) -> None:
    """Many create the user of one `origin_user_id`: it is created once, and all get the same one (RU-1)."""
    answers = ring.each(lambda acme, _: acme.create_registered_user(origin_user_id="user_1"))
    must(not refusals(answers), f"creates of one id were refused: {refusals(answers)}")
    must(len({answer["registered_user_id"] for answer in answers}) == 1, "two users have one `origin_user_id`")
    must(sum(answer["created"] for answer in answers) == 1, "one user was created twice")


def one_id_in_two_environments(ring: Ring) -> None:
    """One environment gets the id (RU-2). What must be absent for that, neither of them writes."""
    places = ["test", "production"] * (len(ring.stores) // 2)
    acting = [ring.acting(store, place) for store, place in zip(ring.stores, places, strict=False)]
    answers = ring.together([partial(own.create_registered_user, origin_user_id="user_1") for own in acting])
    taken = {place for place, answer in zip(places, answers, strict=False) if not isinstance(answer, TenantryError)}
    must(len(taken) == 1, f"the environments that have one `origin_user_id`: {sorted(taken)}")


def token_of_three_uses(ring: Ring) -> None:
    """A registration token admits as many as it says (AC-2)."""
    ring.first.issue_registration_token(organization_id=ring.organization_id, secret=SECRET, max_uses=3)

    def register(store: Store, number: int) -> Any:
        return store.acting_as({"type": "anonymous"}).create_user(
            name="N",
            email=f"n{number}.{ring.organization_id}@check.example",
            password="SecurePassword123!",
            organization_id=ring.organization_id,
            org_token=SECRET,
        )

    answers = ring.together([partial(register, own, number) for number, own in enumerate(ring.stores)])
    admitted = sum(not isinstance(answer, TenantryError) for answer in answers)
    must(admitted == min(3, len(ring.stores)), f"a token of three uses admitted {admitted}")


def members_of_a_company(ring: Ring) -> None:
    """A company counts its members, whoever joins and leaves at once (RU-7)."""
    company: Any = {"origin_company_id": "globex"}
    joined = ring.each(
        lambda acme, number: acme.create_registered_user(
            origin_user_id=f"user_{number}", shared_credential_group=company
        )
    )
    must(not refusals(joined), f"members were refused: {refusals(joined)}")
    ring.each(
        lambda acme, number: (
            acme.delete_registered_user(registered_user_id=joined[number]["registered_user_id"])
            if number % 2
            else acme.create_registered_user(origin_user_id=f"more_{number}", shared_credential_group=company)
        )
    )
    (counted,) = (one["members"] for one in ring.first.iter_companies())
    users = ring.first.list_registered_users(origin_company_id="globex", limit=200)["items"]
    must(counted == len(users), f"a company of {len(users)} users counts {counted} members")


def last_admins(ring: Ring) -> None:
    """Of an organization's admins one stays (AC-9)."""
    host = ring.stores[0].acting_as(SYSTEM)
    admins = [
        host.create_user(name="A", email=f"a{number}.{ring.organization_id}@check.example", role="admin")["id"]
        for number in range(len(ring.stores))
    ]
    acting = [store.acting_as(SYSTEM) for store in ring.stores]
    answers = ring.together(
        [partial(own.set_user_status, user_id=id, status="suspended") for own, id in zip(acting, admins, strict=True)]
    )
    active = host.list_users(status="active", limit=200)["items"]
    must(any(user["role"] == "admin" for user in active), "no admin is left")
    must(refusals(answers).keys() <= {"last_admin"}, f"refused: {refusals(answers)}")
    left = [user["id"] for user in active if user["role"] == "admin"]
    # The next ring begins with admins of its own.
    must(len(left) == 1, f"{len(left)} admins are left where all others were suspended")


def sweeps_beside_commands(ring: Ring) -> None:
    """A session is completed or expires, never both, while others sweep (CR-4)."""
    user = ring.first.create_registered_user(origin_user_id="user_1")["registered_user_id"]
    now = time.time_ns() // 1_000_000 - 60 * MINUTE
    sessions = [
        ring.first.start_link(registered_user_id=user, connector="slack", now=now)["link_session_id"]
        for _ in range(len(ring.stores) // 2)
    ]
    acting = [ring.acting(store) for store in ring.stores]
    completing = [
        partial(own.complete_link, link_session_id=session, now=now + 20 * MINUTE)
        for own, session in zip(acting, sessions, strict=False)
    ]
    sweeping = [partial(own.sweep, now=now + 60 * MINUTE) for own in ring.stores[len(completing) :]]
    answers = ring.together([*completing, *sweeping])[: len(completing)]
    must(
        refusals(answers).keys() <= {"link_session_expired", "link_session_closed", "link_session_not_found"},
        f"refused: {refusals(answers)}",
    )
    completed = sum(not isinstance(answer, TenantryError) for answer in answers)
    granted = [event for event in of(ring, user) if event["event"] in ("credential_granted", "credential_replaced")]
    must(len(granted) == completed, f"{completed} links were completed, and {len(granted)} credentials granted")


def deletions_beside_links(ring: Ring) -> None:
    """Whoever is deleted keeps nothing, whatever was linked meanwhile (I-4, RU-12)."""
    group: Any = {"origin_company_id": "globex"}
    created = ring.first.create_registered_user(origin_user_id="user_1", shared_credential_group=group)
    user = created["registered_user_id"]

    def link(acme: StoreActing) -> None:
        started = acme.start_link(registered_user_id=user, connector="slack")
        acme.complete_link(link_session_id=started["link_session_id"])

    ring.each(lambda acme, number: link(acme) if number else acme.delete_registered_user(registered_user_id=user))
    state: dict[str, str] = {}
    for event in of(ring, user):
        if event["event"].startswith("credential_"):
            state[event.get("connector") or ""] = event["event"]
    must(set(state.values()) <= {"credential_revoked"}, f"a deleted user has {state}")
    must(of(ring, user)[-1]["event"] == "registered_user_deleted", "something happened to a user after its deletion")


def effects_are_taken_once(ring: Ring) -> None:
    """Whoever takes an effect has it alone."""
    for number in range(2 * len(ring.stores)):
        user = ring.first.create_registered_user(origin_user_id=f"user_{number}")["registered_user_id"]
        session = ring.first.start_link(registered_user_id=user, connector="slack")["link_session_id"]
        ring.first.complete_link(link_session_id=session)
        ring.first.delete_registered_user(registered_user_id=user)

    def take(store: Store) -> list[int]:
        numbers = []
        while taken := store.take_effects(limit=3, seconds=600):
            for number, _ in taken:
                numbers.append(number)
                store.effect_done(number)
        return numbers

    taken = ring.together([partial(take, own) for own in ring.stores])
    numbers = Counter(number for numbers in taken for number in numbers)
    must(len(numbers) >= 2 * len(ring.stores), f"of {2 * len(ring.stores)} effects {len(numbers)} were taken")
    must(set(numbers.values()) == {1}, "an effect was taken twice")


RACES = (
    one_id,
    one_id_in_two_environments,
    token_of_three_uses,
    members_of_a_company,
    last_admins,
    sweeps_beside_commands,
    deletions_beside_links,
    effects_are_taken_once,
)


def of(ring: Ring, user: str) -> list[Any]:
    return [event for _, event in all_events(ring.stores[0]) if event["stream"]["id"] == user]


def all_events(store: Store) -> list[tuple[int, Any]]:
    events: list[tuple[int, Any]] = []
    while more := store.events(after=last_of(events)):
        events += more
    return events


def last_of(events: list[tuple[int, Any]]) -> int:
    return events[-1][0] if events else 0


def check_history(factory: Callable[[], Store], writers: int, seconds: float) -> None:
    """Processes write a common history, and some are killed. Nothing that was answered is lost, and whoever follows the
    events sees all of them."""
    store = factory()
    followed = all_events(store)
    ring = Ring([store], "org_history")
    start = get_context("spawn").Process
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / str(number) for number in range(2 * writers)]
        processes = [
            start(target=write, args=(factory, ring.organization_id, number, path, seconds))
            for number, path in enumerate(paths)
        ]
        for process in processes[:writers]:
            process.start()
        killed, next_kill = 0, time.monotonic() + seconds
        while any(process.is_alive() for process in processes[: writers + killed]):
            if killed < writers and time.monotonic() > next_kill and paths[killed].exists():
                processes[killed].kill()
                processes[writers + killed].start()
                killed, next_kill = killed + 1, time.monotonic() + seconds / writers
            followed += store.events(after=last_of(followed))
            time.sleep(0.01)
        for number, process in enumerate(processes[: writers + killed]):
            process.join()
            must(process.exitcode == 0 or number < killed, f"a writer ended with {process.exitcode}")
        acknowledged = [tuple(line) for path in paths if path.exists() for line in lines(path)]
    events = all_events(store)
    followed += store.events(after=last_of(followed))
    seen, there = ([(position, place_of(event)) for position, event in them] for them in (followed, events))
    must(seen == there, "whoever followed the events has missed some, or saw them in another order")
    kept = Counter(place_of(event) for _, event in events)
    lost = [place for place in acknowledged if place not in kept]
    must(not lost, f"events of commands that were answered are lost: {lost[:3]}")
    twice = [place for place, times in Counter(acknowledged).items() if times > 1]
    must(not twice, f"two commands were answered with the same event: {twice[:3]}")


def lines(path: Path) -> Iterator[Any]:
    for line in path.read_text("utf-8").splitlines(keepends=True):
        if line.endswith("\n"):  # The last one of a process that was killed may be a part.
            yield from json.loads(line)


def place_of(event: Any) -> tuple[str, str, int]:
    return event["stream"]["kind"], event["stream"]["id"], event["sequence"]


def write(factory: Callable[[], Store], organization_id: str, seed: int, path: Path, seconds: float) -> None:
    """One writer: commands at random on what all of them share, each answer noted before the next command."""
    chance, store = random.Random(seed), factory()
    acme = store.acting_as({"type": "system", "organization_id": organization_id, "environment": "test"})
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    end, sessions = time.monotonic() + seconds, list[str]()
    while time.monotonic() < end:
        try:
            outcome: Any = acme.execute(command(chance, acme, sessions))
        except TenantryError:
            continue
        noted = [place_of(event) for event in outcome["events"]]
        sessions += [
            event["link_session_id"] for event in outcome["events"] if event["event"] == "link_session_started"
        ]
        os.write(log, (json.dumps(noted) + "\n").encode())


def command(chance: random.Random, acme: StoreActing, sessions: list[str]) -> Any:
    """Any command that changes a user, a company or the organization."""
    origin = f"user_{chance.randrange(8)}"
    group = {"origin_company_id": chance.choice(COMPANIES)}
    create = {"command": "create_registered_user", "origin_user_id": origin, "shared_credential_group": group}
    users = acme.list_registered_users(limit=20)["items"]
    if not users or chance.random() < 0.2:
        return create
    user = {"registered_user_id": chance.choice(users)["registered_user_id"]}
    session = {"link_session_id": chance.choice(sessions or ["none"])}
    patches: list[Any] = [{"shared_credential_group": group}, {"is_active": False}, {"is_active": True}]
    link = {"command": "start_link", **user, "connector": "slack", "tool_pack_id": chance.choice([None, "shared"])}
    return chance.choice(
        [
            {"command": "update_registered_user", **user, "patch": chance.choice(patches)},
            {"command": "delete_registered_user", **user},
            link,
            link,
            {"command": "complete_link", **session},
            {"command": "start_tool_call", **user, "tool_pack_id": "shared", "tool": "slack__read"},
            {"command": "delete_company", "origin_company_id": group["origin_company_id"]},
            {"command": "put_connector", "connector": "slack", "tools": ["read", chance.choice(["write", "post"])]},
            {"command": "advance_time", "limit": 10},
        ]
    )


def check_whole(store: Store, events: list[tuple[int, Any]]) -> None:
    """The events are one history: each stream in one order without gaps, and together they give the rows."""
    last: Counter[tuple[str, str]] = Counter()
    for position, event in events:
        kind, id, sequence = place_of(event)
        must(sequence == last[kind, id] + 1, f"at {position}, {kind} {id} goes from {last[kind, id]} to {sequence}")
        last[kind, id] = sequence
    snapshot = store.snapshot()
    Tenantry.restore(snapshot)
    folded = Tenantry.fold([event for _, event in events]).snapshot()
    must(folded == snapshot, "what the events give is not what the rows say")
