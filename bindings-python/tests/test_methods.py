"""A method for each command and query."""

import inspect
from typing import Any

import pytest
import tenantry
from tenantry import Acting, Tenantry, ValidationError


@pytest.fixture
def acme() -> Acting:
    return Tenantry.example().acting_as(
        {"type": "system", "organization_id": "org_demo", "environment": "test"},
    )


def test_a_command_answers_its_response(acme: Acting) -> None:
    alice = acme.create_registered_user(origin_user_id="alice", origin_user_name="Alice")
    assert alice["created"]
    assert alice["registered_user"]["origin_user_name"] == "Alice"
    assert not acme.create_registered_user(origin_user_id="alice")["created"]


def test_a_query_answers_itself(acme: Acting) -> None:
    user = acme.create_registered_user(origin_user_id="alice")["registered_user"]
    assert acme.get_registered_user(registered_user_id=user["registered_user_id"]) == user
    assert acme.find_registered_user(origin_user_id="alice") == user
    assert user in acme.list_registered_users(status="active")["items"]


def test_now_and_entropy_may_be_given(acme: Acting) -> None:
    given: dict[str, Any] = {"now": "2031-01-01T00:00:00Z", "entropy": "00" * 16}
    user = acme.create_registered_user(origin_user_id="alice", **given)["registered_user"]
    assert user["created_at"] == "2031-01-01T00:00:00Z"
    with pytest.raises(tenantry.UsageError, match="entropy"):
        acme.create_registered_user(origin_user_id="bob", **given)


def test_absent_and_none_stay_apart() -> None:
    world = Tenantry()
    host = world.acting_as({"type": "system"})
    acme = host.create_organization(name="Acme")["organization"]["organization_id"]
    once = host.issue_registration_token(organization_id=acme, secret="a" * 24)
    unlimited = host.issue_registration_token(organization_id=acme, secret="b" * 24, max_uses=None)
    assert (once["max_uses"], unlimited["max_uses"]) == (1, None)


def test_a_field_that_is_not_there_is_a_type_error(acme: Acting) -> None:
    with pytest.raises(TypeError, match="origin_user_idd"):
        acme.create_registered_user(origin_user_idd="alice")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="origin_user_id"):
        acme.create_registered_user()  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="/origin_user_id"):
        acme.create_registered_user(origin_user_id="")


def test_all_pages(acme: Acting) -> None:
    for number in range(120):
        acme.create_registered_user(origin_user_id=f"user {number}")
    assert len(acme.list_registered_users()["items"]) == 50
    assert len({user["registered_user_id"] for user in acme.iter_registered_users()}) == 121
    assert next(acme.iter_registered_users(limit=10)) == acme.list_registered_users(limit=1)["items"][0]


def test_help_says_what_the_fields_are(acme: Acting) -> None:
    assert list(inspect.signature(acme.set_retention_hold).parameters) == [
        "registered_user_id",
        "held",
        "reason",
        "now",
        "entropy",
    ]
    assert "Refused with `registered_user_not_found`" in (acme.set_retention_hold.__doc__ or "")
    assert "limit: The maximum number of items. Default `50`." in (acme.list_companies.__doc__ or "")


def test_the_stub_has_the_methods_that_run(acme: Acting) -> None:
    stub = (inspect.getsourcefile(tenantry) or "").replace("__init__.py", "_tenantry.pyi")
    with open(stub, encoding="utf-8") as text:
        declared = text.read().split("class Acting:")[1].split("\nclass ")[0]
    for name in (name for name in dir(acme) if not name.startswith("_")):
        assert f"    def {name}(" in declared, name


def test_a_notebook_shows_what_it_is(acme: Acting) -> None:
    assert repr(acme) == "<Acting system org_demo/test>"
    world = Tenantry.example()
    assert repr(world) == "<Tenantry: 1 organization, 1 user>"
    assert repr(world.acting_as({"type": "system"})) == "<Acting system>"
    assert repr(Tenantry(rows=True)) == "<Tenantry: the rows of one request>"
