"""The schema means what the core means."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from from_schema import JSON, Schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tenantry import validate

SCHEMA = json.loads((Path(__file__).parents[2] / "schema/tenantry.schema.json").read_text("utf-8"))
DEFINITIONS = SCHEMA["$defs"]
COMMANDS = [one["$ref"].removeprefix("#/$defs/") for one in DEFINITIONS["Command"]["anyOf"]]
# What a password must have is the policy's to say, not the schema's.
FIELDS = DEFINITIONS["CreateUser"]["properties"] | {"password": {"const": "Correct-Horse-7"}}
MADE = Schema(DEFINITIONS | {"CreateUser": DEFINITIONS["CreateUser"] | {"properties": FIELDS}})

EXAMPLES = 100
thrifty = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

# What stands at an edge of some bound, or is of another type.
EDGES: st.SearchStrategy[Any] = (
    st.sampled_from([0, 1, 24, 64, 128, 255, 256, 257]).map(lambda length: "x" * length)
    | st.sampled_from(["\n", "\u007f", "a b", "a__b", "org_", "A", "2026-01-31T10:00:00Z", "1@2.3"])
    | st.sampled_from([0, 1, -1, 1.5, 2**53 - 1, 2**53, 10**11, 10**11 - 1])
    | JSON
)


def test_the_schema_has_every_command() -> None:
    assert len(COMMANDS) == 28


def test_what_the_schema_allows_is_well_formed() -> None:
    refused: list[str] = []
    total = 0

    def look(command: Any) -> None:
        nonlocal total
        total += 1
        refused.extend(f"{violation} in {command}" for violation in validate(command)[:1])

    for name in COMMANDS:
        thrifty(given(MADE.named(name))(look))()
    # What JSON Schema cannot say: a connector named twice in a pack, groupings in two places that do not agree, the
    # depth of rules and metadata.
    assert total >= 0.9 * EXAMPLES * len(COMMANDS)
    assert len(refused) <= total / 100, "\n".join(refused)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_well_formed_the_schema_allows(name: str) -> None:
    allowed = jsonschema_rs.validator_for({"$ref": f"#/$defs/{name}", "$defs": DEFINITIONS})
    places = sorted(DEFINITIONS[name]["properties"].keys() - {"command"})

    @thrifty
    @given(MADE.named(name), st.sampled_from(places), EDGES | st.just(...))
    def look(command: dict[str, Any], place: str, edge: Any) -> None:
        changed = {key: value for key, value in command.items() if key != place}
        if edge is not ...:
            changed[place] = edge
        if not validate(changed):
            allowed.validate(changed)

    look()
