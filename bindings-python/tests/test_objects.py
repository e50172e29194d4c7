"""Objects that are none of JSON's types: those that mean a value, and what is said about the others."""

import array
import collections
import dataclasses
import decimal
import enum
import json
import mmap
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timezone
from typing import Any

import pydantic
import pytest
from conftest import SYSTEM
from tenantry import Acting, Tenantry, TenantryError, UsageError, ValidationError, simulate, validate

CREATE = {"command": "create_registered_user", "origin_user_id": "user_1"}
CONTEXT = {"now": "2026-01-31T10:00:00Z", "actor": SYSTEM, "entropy": "0123456789abcdef0123456789abcdef"}


def of_numpy(name: str, value: object) -> Any:
    """What looks like a scalar of NumPy: an integer by `__index__`, and nothing else."""

    def index(self: object) -> object:
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"'numpy.{name}' object cannot be interpreted as an integer")
        return value

    return type(name, (), {"__module__": "numpy", "__index__": index})()


class Own(Mapping[str, Any]):
    def __init__(self, **members: Any) -> None:
        self.members = members

    def __getitem__(self, key: str) -> Any:
        return self.members[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)


class Color(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Command:
    command: str


class Model(pydantic.BaseModel):
    command: str


def metadata_of(value: Any) -> Any:
    """What is stored of a value."""
    user = {"command": "create_user", "name": "A", "email": "a@b.example", "metadata": {"v": value}}
    return Tenantry().execute(user, {"actor": {"type": "system"}})["response"]["metadata"]["v"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (of_numpy("int64", 5), 5),
        (of_numpy("int64", -(2**53) + 1), -(2**53) + 1),
        (decimal.Decimal(12), 12),
        (decimal.Decimal("-1.20E+2"), -120),
        (types.MappingProxyType({"a": 1}), {"a": 1}),
        (collections.ChainMap({"a": 1}, {"a": 2, "b": 3}), {"a": 1, "b": 3}),
        (Own(a=Own(b=[1])), {"a": {"b": [1]}}),
        (enum.IntEnum("Level", {"LOW": 3}).LOW, 3),  # type: ignore[attr-defined]
    ],
)
def test_mappings_and_other_libraries_integers_mean_values(given: Any, meant: Any) -> None:
    assert metadata_of(given) == metadata_of([given])[0] == metadata_of({"x": given})["x"] == meant


def test_a_command_may_be_any_mapping(world: Tenantry) -> None:
    outcome = world.execute(Own(**CREATE), types.MappingProxyType(CONTEXT))  # type: ignore[call-overload]
    assert outcome == Tenantry.example().execute(CREATE, CONTEXT)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (of_numpy("bool", True), "found `numpy.bool`"),
        (Color.RED, "found `test_objects.Color`: pass its `.value`"),
        (Command("x"), "found `test_objects.Command`: pass `dataclasses.asdict(…)`"),
        (Model(command="x"), "found `test_objects.Model`: pass its `.model_dump()`"),
        (decimal.Decimal("0.5"), "found `decimal.Decimal`: pass a `float` or a string"),
        (decimal.Decimal("1e1000000"), "found `decimal.Decimal`: pass a `float` or a string"),
        (decimal.Decimal(2**53 + 1), "found `decimal.Decimal`: pass a `float` or a string"),
        (date(2026, 1, 1), "found `datetime.date`"),
        (memoryview(b"a"), "found `memoryview`"),
        ({1}, "found `set`"),
        (TenantryError, "found `type`"),
    ],
)
def test_whatever_means_no_value_says_what_to_give(given: Any, found: str) -> None:
    with pytest.raises(UsageError) as caught:
        metadata_of(given)
    assert (caught.value.message, caught.value.pointer) == (f"expected a JSON value, {found}", "/metadata/v")
    with pytest.raises(UsageError):
        validate({"command": given})
    for call in (Tenantry.restore, Tenantry.fold, simulate, Tenantry().acting_as):
        with pytest.raises(UsageError):
            call([given])


def test_a_decision_says_that_it_has_to_dict(acme: Acting, user: str) -> None:
    denied = acme.authorize({"registered_user_id": user, "tool_pack_id": "support", "tool": "slack__x"})
    with pytest.raises(UsageError, match=r"found `tenantry.decision.Deny`: pass its `.to_dict\(\)`"):
        metadata_of(denied)
    assert metadata_of(denied.to_dict()) == denied.to_dict()


class Failing(Own):
    error: type[BaseException] = RuntimeError

    def __getitem__(self, key: str) -> Any:
        raise self.error


class Interrupted(Failing):
    error = KeyboardInterrupt


class Indexed:
    def __index__(self) -> int:
        raise SystemExit


def test_an_object_whose_own_code_fails_is_refused_and_an_interrupt_goes_through() -> None:
    with pytest.raises(UsageError, match="the `test_objects.Failing` cannot be read"):
        metadata_of(Failing(a=1))
    with pytest.raises(KeyboardInterrupt):
        metadata_of(Interrupted(a=1))
    with pytest.raises(SystemExit):
        metadata_of(Indexed())


def test_er_2_a_mapping_that_holds_itself_is_too_deep() -> None:
    own = Own()
    own.members["a"] = own
    with pytest.raises(ValidationError, match="nested more than 32 levels deep"):
        metadata_of(own)


def mapped(text: bytes) -> mmap.mmap:
    shared = mmap.mmap(-1, len(text))
    shared.write(text)
    return shared


@pytest.mark.parametrize(
    "form",
    [bytes, bytearray, memoryview, lambda text: memoryview(text)[:], lambda text: array.array("B", text), mapped],
)
def test_any_buffer_is_bytes(world: Tenantry, form: Callable[[bytes], Any]) -> None:
    events = world.execute(form(json.dumps(CREATE).encode()), form(json.dumps(CONTEXT).encode()))["events"]
    snapshot = world.snapshot()
    assert Tenantry.restore(form(snapshot)).snapshot() == snapshot
    with pytest.raises(TenantryError) as caught:
        Tenantry.fold(form(json.dumps(events).encode()))
    assert caught.value.code == "invalid_snapshot"
    Tenantry(rows=True).load(form(b"[]"))
    scenario = {"scenario": "s", "start": "2026-01-31T10:00:00Z", "seed": "1", "actors": {}, "steps": []}
    assert simulate(form(json.dumps(scenario).encode()))["summary"]["steps"] == 0
    with pytest.raises(ValidationError, match="not well-formed UTF-8"):
        Tenantry().execute(form(b"\xff"), CONTEXT)


def test_an_instant_may_be_a_whole_decimal(world: Tenantry) -> None:
    outcome = world.execute(CREATE, {**CONTEXT, "now": decimal.Decimal(1_769_853_600_500)})
    assert outcome["events"][0]["at"] == "2026-01-31T10:00:00.500Z"
    assert world.execute(CREATE, {**CONTEXT, "now": datetime(2026, 2, 1, tzinfo=timezone.utc)})["response"]
