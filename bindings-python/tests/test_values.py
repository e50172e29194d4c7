"""What goes in: objects and text alike, and nothing that is handed in does harm."""

import enum
import json
import sys
import time
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from conftest import SYSTEM
from hypothesis import given
from hypothesis import strategies as st
from tenantry import Acting, Tenantry, TenantryError, UsageError, ValidationError, lifecycle_diagram, simulate, validate

CREATE = {"command": "create_registered_user", "origin_user_id": "user_1"}
CONTEXT = {"now": "2026-01-31T10:00:00Z", "actor": SYSTEM, "entropy": "0123456789abcdef0123456789abcdef"}


def refused(call: Callable[[], object]) -> tuple[str | None, str]:
    with pytest.raises((ValidationError, UsageError)) as caught:
        call()
    assert caught.value.code == "invalid_request"
    if (caught.value.pointer or "").startswith("/context"):
        assert isinstance(caught.value, UsageError), "what is wrong with a context is the program's own mistake"
    return caught.value.pointer, caught.value.message


@pytest.mark.parametrize("form", [dict, OrderedDict, lambda d: defaultdict(list, d), json.dumps])
@pytest.mark.parametrize("encode", [lambda v: v, lambda v: v.encode() if isinstance(v, str) else v])
def test_objects_and_text_are_read_alike(form: Any, encode: Any) -> None:
    outcome = Tenantry.example().execute(encode(form(CREATE)), encode(form(CONTEXT)))
    assert outcome == Tenantry.example().execute(CREATE, CONTEXT)
    assert outcome["events"][0]["at"] == "2026-01-31T10:00:00Z"


def test_bytearrays_tuples_and_words_of_an_enum_are_read(world: Tenantry) -> None:
    class Name(str, enum.Enum):
        COMMAND = "put_connector"

    outcome = world.execute({"command": Name.COMMAND, "connector": "zoom", "tools": ("a", "b")}, CONTEXT)
    assert outcome["response"]["connector"] == {"connector": "zoom", "name": None, "tools": ["a", "b"]}
    assert world.execute(bytearray(json.dumps(CREATE).encode()), CONTEXT)["response"]["created"]


@pytest.mark.parametrize(
    "now",
    [
        "2026-01-31T12:00:00.5+02:00",
        datetime(2026, 1, 31, 10, 0, 0, 500_000, timezone.utc),
        datetime(2026, 1, 31, 12, 0, 0, 500_999, timezone(timedelta(hours=2))),
        datetime(2026, 1, 31, 10, 0, 30, 500_000, timezone(timedelta(seconds=30))),
        1_769_853_600_500,
    ],
)
def test_an_instant_may_be_text_an_aware_datetime_or_milliseconds(world: Tenantry, now: Any) -> None:
    outcome = world.execute(CREATE, {**CONTEXT, "now": now})
    assert outcome["events"][0]["at"] == "2026-01-31T10:00:00.500Z"


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-5))), "9999-12-31T23:59:59.999Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "0001-01-01T00:00:00Z"),
    ],
)
def test_t_5_a_datetime_that_its_offset_moves_out_of_the_years_saturates(
    world: Tenantry, now: datetime, at: str
) -> None:
    assert world.execute(CREATE, {**CONTEXT, "now": now})["events"][0]["at"] == at


def test_a_naive_datetime_says_what_it_lacks(world: Tenantry) -> None:
    pointer, message = refused(lambda: world.execute(CREATE, {**CONTEXT, "now": datetime(2026, 1, 31)}))
    assert pointer == "/context/now"
    assert message == "the time has no UTC offset: pass an aware `datetime`, such as `datetime.now(timezone.utc)`"


def test_ids_may_be_uuids(acme: Acting, user: str) -> None:
    found = acme.query({"query": "get_registered_user", "registered_user_id": uuid.UUID(user)})
    assert found["registered_user_id"] == user
    call = ("support", "slack__post_message")
    assert acme.code(uuid.UUID(user), *call) == acme.code(user, *call) == "credential_required"


def test_now_and_entropy_come_from_the_host(acme: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_769_853_600_123_999_999)
    ids = set()
    for number in range(3):
        outcome = acme.execute({"command": "create_registered_user", "origin_user_id": f"user_{number}"}, {"now": None})
        assert outcome["events"][0]["at"] == "2026-01-31T10:00:00.123Z"
        ids.add(outcome["response"]["registered_user_id"])
    assert len(ids) == 3


def test_a_clock_that_fails_is_told_as_it_failed(acme: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise OSError("no clock")

    monkeypatch.setattr("time.time_ns", broken)
    with pytest.raises(OSError, match="no clock"):
        acme.execute(CREATE)
    with pytest.raises(OSError, match="no clock"):
        acme.allows("a", "b", "c__d")


def test_whoever_stops_the_clock_or_the_dice_stops_them_here(acme: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.execute(CREATE)
    monkeypatch.setattr("time.time_ns", lambda: 0)
    monkeypatch.setattr("os.urandom", lambda size: bytes(size))
    first = acme.execute({"command": "create_test_user"})["response"]["registered_user"]
    assert first["created_at"] == "1970-01-01T00:00:00Z"
    assert first["registered_user_id"].startswith("00000000-0000-7")
    # The same dice at the same instant mint the same id.
    assert refused(lambda: acme.execute({"command": "create_test_user"}))[0] == "/context/entropy"


def test_er_2_a_lifecycle_of_no_name(world: Tenantry) -> None:
    assert (
        refused(lambda: lifecycle_diagram("\ud800"))[1]
        == "the string contains a lone surrogate, so it is not valid Unicode"
    )  # type: ignore[arg-type]
    assert refused(lambda: lifecycle_diagram("user"))[1].startswith("unknown lifecycle `user`")  # type: ignore[arg-type]


def nested(depth: int, leaf: Any = None) -> Any:
    for _ in range(depth):
        leaf = [leaf]
    return leaf


def cyclic_list() -> Any:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


def cyclic_dict() -> Any:
    cycle: dict[str, Any] = {}
    cycle["a"] = cycle
    return cycle


class Failing(tzinfo):
    def utcoffset(self, _: Any) -> Any:
        raise RuntimeError("not here")


class Alike(str):
    """Equal to nothing but itself, so that a dict takes the same text twice."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class Raising:
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __bool__ = __hash__ = __index__ = __float__ = __len__ = __iter__ = __str__  # type: ignore[assignment]


class RaisingUUID(uuid.UUID):
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)


TOO_DEEP = "nested more than 32 levels deep"
HOSTILE: list[tuple[Callable[[], Any], str]] = [
    (lambda: nested(100_000), TOO_DEEP),
    (cyclic_list, TOO_DEEP),
    (cyclic_dict, TOO_DEEP),
    (lambda: "\ud800", "the string contains a lone surrogate, so it is not valid Unicode"),
    (lambda: {"a\udfff": 1}, "the string contains a lone surrogate, so it is not valid Unicode"),
    (lambda: {Alike("a"): 1, Alike("a"): 2}, "the key is given twice"),
    (lambda: 10**400, "the number is out of range"),
    (lambda: -(10**400), "the number is out of range"),
    (lambda: float("nan"), "NaN is not valid JSON"),
    (lambda: float("-inf"), "infinity is not valid JSON"),
]
MISTAKES: list[tuple[Callable[[], Any], str]] = [
    (lambda: {1: 2}, "expected a string as a key, found `int`"),
    (lambda: {b"a": 2}, "expected a string as a key, found `bytes`"),
    (lambda: {1, 2}, "expected a JSON value, found `set`"),
    (lambda: b"a", "expected a JSON value, found `bytes`"),
    (lambda: 1j, "expected a JSON value, found `complex`"),
    (object, "expected a JSON value, found `object`"),
    (lambda: type("x" * 100, (), {"__module__": "builtins"})(), f"expected a JSON value, found `{'x' * 64}`"),
    (Raising, "the `test_values.Raising` cannot be read"),
    (lambda: RaisingUUID(int=1), "the `test_values.RaisingUUID` cannot be read"),
    (lambda: datetime(2026, 1, 1, tzinfo=Failing()), "the `datetime.datetime` cannot be read"),
]


def ways_in(world: Tenantry, value: Any) -> list[Callable[[], object]]:
    """Calls that a value comes in by."""
    return [
        lambda: world.execute({**CREATE, "metadata": {"deep": value}}, CONTEXT),
        lambda: world.execute(CREATE, {**CONTEXT, "actor": value}),
        lambda: world.query({"query": value}, CONTEXT),
        lambda: world.authorize({"tool": [value]}, CONTEXT),
        lambda: world.acting_as({"type": value}),
        lambda: Tenantry(policy={"retention_days": value}),
        lambda: validate(CREATE, {"retention_days": value}),
    ]


@pytest.mark.parametrize(("make", "message"), HOSTILE)
def test_er_2_hostile_values_are_refused_wherever_they_stand(world: Tenantry, make: Any, message: str) -> None:
    value = make()
    for call in ways_in(world, value):
        assert refused(call)[1] == message
    assert [violation["message"] for violation in validate({"command": "create_user", "metadata": value})] == [message]
    # The instance goes on working.
    assert world.execute(CREATE, CONTEXT)["response"]["created"]


@pytest.mark.parametrize(("make", "message"), MISTAKES)
def test_what_no_json_could_say_is_the_program_s_own_mistake(world: Tenantry, make: Any, message: str) -> None:
    value = make()
    for call in [*ways_in(world, value), lambda: validate({"command": "create_user", "metadata": value})]:
        with pytest.raises(UsageError) as caught:
            call()
        assert caught.value.message == message
    assert world.execute(CREATE, CONTEXT)["response"]["created"]


def test_er_2_pointers_lead_to_the_place(world: Tenantry) -> None:
    assert refused(lambda: world.execute({**CREATE, "a/b~c": ["", {"x": {1}}]}, CONTEXT))[0] == "/a~1b~0c/1/x"
    assert refused(lambda: world.execute(CREATE, {**CONTEXT, "actor": {"x": 1j}}))[0] == "/context/actor/x"
    assert refused(lambda: world.execute(CREATE, '{"a": [{"b": 1, "b": 2}]}'))[0] == "/context/a/0/b"
    assert refused(lambda: Tenantry(policy={"x": object()}))[0] == "/policy/x"


def test_er_2_depth_is_counted_as_in_text(world: Tenantry) -> None:
    for depth, fits in [(31, True), (32, False)]:
        value = {"command": "create_registered_user", "origin_user_id": nested(depth, 1)}
        for form in (value, json.dumps(value)):
            too_deep = refused(lambda form=form: world.execute(form, CONTEXT))[1] == TOO_DEEP
            assert too_deep is not fits


def test_er_2_no_more_than_1_mib(world: Tenantry) -> None:
    message = refused(lambda: world.execute({**CREATE, "origin_user_name": "é" * (1 << 19)}, CONTEXT))[1]
    assert message == "larger than 1 MiB of canonical JSON"


def shared(depth: int, of: Callable[[Any], Any]) -> Any:
    """Few objects that hold each other so often that their JSON text would fill the memory."""
    value: Any = "x"
    for _ in range(depth):
        value = of(value)
    return value


@pytest.mark.parametrize("of", [lambda v: [v, v], lambda v: (v,) * 3, lambda v: {"a": v, "b": v}])
def test_er_2_what_is_held_many_times_over_counts_as_often(world: Tenantry, of: Any) -> None:
    command = {"command": "create_user", "metadata": {"a": shared(29, of)}}
    assert refused(lambda: world.execute(command, CONTEXT)) == ("", "larger than 1 MiB of canonical JSON")
    assert validate(command)[0]["message"] == "larger than 1 MiB of canonical JSON"
    context = {**CONTEXT, "actor": shared(29, of)}
    assert refused(lambda: world.execute(CREATE, context)) == ("/context", "larger than 1 MiB of canonical JSON")


def test_er_2_documents_as_objects_have_a_limit_too(world: Tenantry) -> None:
    message = "too large to pass as an object: pass it as JSON text"
    assert refused(lambda: simulate(shared(60, lambda v: {"a": v, "b": v}))) == ("", message)
    assert len(world.authorize_batch([{}] * 10_000, CONTEXT)) == 10_000


def test_er_2_what_is_just_small_enough_is_read(world: Tenantry) -> None:
    create = {"command": "put_connector", "connector": "zoom"}
    longest = "x" * (2**20 - len(json.dumps({**create, "name": ""}, separators=(",", ":"))))
    pointer, message = refused(lambda: world.execute({**create, "name": longest}, CONTEXT))
    assert (pointer, "longer than 255 characters" in message) == ("/name", True), message
    assert refused(lambda: world.execute({**create, "name": longest + "x"}, CONTEXT))[0] == ""


def test_er_2_a_dict_of_strange_keys_costs_no_more_than_its_size(world: Tenantry) -> None:
    started = time.perf_counter()
    strange = {Alike(f"key {number}"): None for number in range(60_000)}
    assert refused(lambda: world.execute({**CREATE, "user_type": strange}, CONTEXT))[0] == "/user_type"
    assert time.perf_counter() - started < 30


def test_a_dict_that_changes_while_it_is_read_does_no_harm(world: Tenantry) -> None:
    command: dict[str, Any] = dict(CREATE)

    class Meddling(tzinfo):
        def utcoffset(self, _: Any) -> timedelta:
            command.clear()
            command.update((str(number), "x" * number) for number in range(1000))
            return timedelta(0)

    command["a"] = [datetime(2026, 1, 1, tzinfo=Meddling()), "last"]
    command["z"] = "é" * 100
    pointer, message = refused(lambda: world.execute(command, CONTEXT))
    assert (pointer, message) == ("/a", "unknown field `a`")


def test_an_interrupt_is_no_rejection(world: Tenantry) -> None:
    class Interrupted(tzinfo):
        def utcoffset(self, _: Any) -> timedelta:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.execute(CREATE, {**CONTEXT, "now": datetime(2026, 1, 1, tzinfo=Interrupted())})


@pytest.mark.parametrize("name", ["__proto__", "constructor", "toString", "__class__", "__dict__"])
def test_er_3_such_keys_are_ordinary_data(world: Tenantry, name: str) -> None:
    outcome = world.execute({**CREATE, "custom_groupings": {name: "x"}}, CONTEXT)
    assert outcome["response"]["registered_user"]["custom_groupings"] == {name: "x"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


def encodable(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, OverflowError):
        return False
    return True


@given(json_values)
def test_objects_and_their_text_have_the_same_violations(value: Any) -> None:
    sys.set_int_max_str_digits(0)
    command = {"command": "create_user", "name": "A", "email": "a@b.example", "metadata": {"v": value}}
    found = validate(command)
    if encodable(command):
        assert found == validate(json.dumps(command))
    else:
        assert found[0]["code"] == "invalid_request"


@given(json_values, json_values)
def test_nothing_but_refusals_comes_of_what_is_handed_in(command: Any, context: Any) -> None:
    world = Tenantry()
    for call in (world.execute, world.query, world.authorize):
        try:
            call(command, context)
        except (TenantryError, UsageError) as error:
            assert error.code == "invalid_request"
        else:
            raise AssertionError("accepted")
