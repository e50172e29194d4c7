"""Rejections as exceptions."""

import copy
import json
import pickle
import timeit
from typing import get_args

import pytest
import tenantry
from conftest import SYSTEM
from tenantry import Acting, Tenantry, TenantryError, validate
from tenantry.types import Code, Kind

KINDS = {
    "validation": (400, tenantry.ValidationError),
    "authentication": (401, tenantry.AuthenticationError),
    "permission": (403, tenantry.PermissionDeniedError),
    "not_found": (404, tenantry.NotFoundError),
    "conflict": (409, tenantry.ConflictError),
}


def rejections() -> list[TenantryError]:
    """One of each kind."""
    world = Tenantry(policy={"documentation_base_url": "https://docs.acme.example/errors/"})
    system = world.acting_as({"type": "system"})
    create = {"command": "create_organization", "organization_id": "org_a", "name": "A"}
    system.execute(create)
    acme = world.acting_as({**SYSTEM, "organization_id": "org_a"})
    nobody = world.acting_as({"type": "anonymous"})
    key = {"type": "access_key", "organization_id": "org_a", "environment": "test", "scopes": ["management"]}
    calls = [
        lambda: acme.execute({"command": "create_registered_user", "origin_user_id": "", "origin_user_nam": 1}),
        lambda: nobody.execute(create),
        lambda: world.acting_as(key).execute({"command": "create_test_user"}),
        lambda: acme.query({"query": "find_registered_user", "origin_user_id": "x"}),
        lambda: system.execute(create),
    ]
    caught = []
    for call in calls:
        with pytest.raises(TenantryError) as error:
            call()
        caught.append(error.value)
    return caught


def test_each_kind_has_its_class() -> None:
    assert set(KINDS) == set(get_args(Kind))
    for error, (kind, (status, subclass)) in zip(rejections(), KINDS.items(), strict=True):
        assert (error.kind, error.status, type(error)) == (kind, status, subclass)
        assert issubclass(subclass, TenantryError)
        assert issubclass(subclass, Exception)


def test_an_exception_tells_all_that_the_rejection_tells() -> None:
    error = rejections()[0]
    assert error.code == "origin_user_id_required"
    assert error.message == "`origin_user_id` is empty"
    assert error.pointer == "/origin_user_id"
    assert error.what_to_do == "send your own id for this user as a non-empty string in `origin_user_id`"
    assert error.retryable is False
    assert error.internal is None
    assert [violation["pointer"] for violation in error.violations] == ["/origin_user_id", "/origin_user_nam"]
    assert error.to_dict() == {
        name: getattr(error, name)
        for name in ["code", "kind", "message", "pointer", "retryable", "status", "violations", "what_to_do"]
    }
    assert str(error).splitlines() == [
        "origin_user_id_required at /origin_user_id: `origin_user_id` is empty",
        "invalid_request at /origin_user_nam: unknown field `origin_user_nam`; did you mean `origin_user_name`?",
        "→ send your own id for this user as a non-empty string in `origin_user_id`",
    ]
    assert repr(error) == f"ValidationError({str(error)!r})"


def test_what_an_end_user_can_act_on_has_a_message_for_the_user() -> None:
    for error in rejections():
        (row,) = (row for row in tenantry.error_catalog() if row["code"] == error.code)
        message = row.get("user_message")
        assert error.user_message == message
        for rendering in (error.to_dict(), error.to_problem(), error.to_error_body()["error"]):
            assert rendering.get("user_message") == message
            assert ("user_message" in rendering) == (message is not None)
    assert rejections()[0].user_message is None
    assert rejections()[1].user_message is not None


def test_an_exception_without_a_place_says_what_it_is_and_what_to_do() -> None:
    assert str(rejections()[4]).splitlines() == [
        "organization_exists at /organization_id: an organization with this id already exists",
        "→ use another `organization_id`, or leave it out",
    ]
    missing = rejections()[3]
    assert str(missing) == f"registered_user_not_found: {missing.message}\n→ {missing.what_to_do}"


def test_an_exception_of_very_many_faults_lists_the_first() -> None:
    with pytest.raises(tenantry.ValidationError) as caught:
        Tenantry().execute({"command": "create_test_user", **{f"x{n:03}": 1 for n in range(100)}}, {"actor": SYSTEM})
    lines = str(caught.value).splitlines()
    assert len(lines) == 22
    assert lines[20:] == ["… and 80 more", f"→ {caught.value.what_to_do}"]


def test_an_exception_is_made_by_hand_in_a_test() -> None:
    for error in rejections():
        rejection = error.to_dict()
        for given in (rejection, json.dumps(rejection), error.args[0]):
            made = type(error)(given)
            assert (made.to_dict(), made.status, str(made)) == (rejection, error.status, str(error))
    short = tenantry.NotFoundError({"code": "registered_user_not_found", "message": "there is no Alice"})
    assert (short.status, short.kind, short.retryable, short.violations) == (404, "not_found", False, [])
    assert short.to_problem()["type"] == "about:blank"
    with pytest.raises(tenantry.ValidationError, match="unknown code `teapot`"):
        TenantryError({"code": "teapot", "message": "x"})


def test_an_exception_is_rendered_when_somebody_asks() -> None:
    """A request with very many faults costs little more to refuse than to look through."""
    command = {"command": "put_tool_pack", **{f"x{n}": 1 for n in range(50_000)}}
    world = Tenantry()

    def refuse() -> None:
        with pytest.raises(TenantryError):
            world.execute(command, {"actor": SYSTEM})

    looked, refused = (min(timeit.repeat(work, number=1, repeat=5)) for work in (lambda: validate(command), refuse))
    assert refused < 2 * looked


def test_the_program_s_own_mistake_is_no_rejection() -> None:
    error = tenantry.UsageError("the row was not loaded", "/context")
    assert not isinstance(error, TenantryError)
    assert (error.code, error.pointer, error.message) == ("invalid_request", "/context", "the row was not loaded")
    assert str(error) == "invalid_request at /context: the row was not loaded"
    for same in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(same), same.args) == (tenantry.UsageError, error.args)


def test_both_public_renderings_are_the_core_s() -> None:
    address = "https://docs.acme.example/errors/organization_exists"
    error = rejections()[4]
    assert error.to_error_body() == {
        "error": {
            "type": "conflict",
            "code": "organization_exists",
            "message": "an organization with this id already exists",
            "documentation_url": address,
        }
    }
    assert error.to_problem() == {
        "type": address,
        "title": "an organization with this id already exists",
        "status": 409,
        "detail": "an organization with this id already exists",
        "code": "organization_exists",
        "what_to_do": "use another `organization_id`, or leave it out",
        "retryable": False,
        "pointer": "/organization_id",
    }


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_exceptions_are_copied_and_pickled_whole(again) -> None:
    for error in rejections():
        same = again(error)
        assert type(same) is type(error)
        assert same.to_dict() == error.to_dict()
        assert same.to_problem() == error.to_problem()
        assert same.to_error_body() == error.to_error_body()
        assert str(same) == str(error)


def test_the_reason_of_a_refused_token_stays_inside(acme: Acting) -> None:
    secret = "ort_" + "x" * 40
    command = {
        "command": "create_user",
        "name": "Eve",
        "email": "eve@acme.example",
        "password": "Correct-Horse-9",
        "organization_id": "org_demo",
        "org_token": secret,
    }
    nobody = Tenantry.example().acting_as({"type": "anonymous"})
    with pytest.raises(tenantry.AuthenticationError) as caught:
        nobody.execute(command)
    error = caught.value
    assert error.code == "invalid_token"
    assert error.internal
    public = json.dumps([error.to_dict(), error.to_error_body(), error.to_problem(), str(error), repr(error)])
    assert error.internal not in public
    assert secret not in public
    assert "Correct-Horse-9" not in public + repr(error.args)


def test_the_codes_are_those_of_the_table() -> None:
    catalog = tenantry.error_catalog()
    assert [row["code"] for row in catalog] == list(get_args(Code))
    assert [row["number"] for row in catalog] == list(range(1, len(catalog) + 1))
    assert {row["kind"]: row["status"] for row in catalog} == {kind: status for kind, (status, _) in KINDS.items()}
