"""All scenarios, byte for byte; what is in their transcripts is of the shapes that the schema tells."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tenantry import simulate
from tenantry._tenantry import simulate_text

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted((ROOT / "examples/scenarios").glob("*.json"))
SCHEMA = json.loads((ROOT / "schema/tenantry.schema.json").read_text())


def transcript_of(scenario: Path) -> str:
    return (ROOT / "tests/transcripts" / scenario.name).read_text().removesuffix("\n")


def test_there_is_a_transcript_of_each_scenario() -> None:
    assert [path.name for path in SCENARIOS] == sorted(path.name for path in (ROOT / "tests/transcripts").iterdir())


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_si_1_the_transcript_has_the_same_bytes_as_in_every_language(scenario: Path) -> None:
    text = scenario.read_text()
    expected = transcript_of(scenario)
    for given in (text, text.encode(), json.loads(text)):
        assert simulate_text(given)[0] == expected
    assert simulate(text) == json.loads(expected)
    assert simulate(text)["summary"]["failed"] == 0


@pytest.fixture(scope="module")
def shapes() -> Any:
    made: dict[str, Any] = {}

    def shape(name: str) -> Any:
        if name not in made:
            made[name] = jsonschema_rs.validator_for({**SCHEMA, "$ref": f"#/$defs/{name}"})
        return made[name]

    return shape


def named(member: str) -> dict[str, tuple[str, str]]:
    """The definitions of requests that carry their name in this member, and of what each answers."""
    definitions = SCHEMA["$defs"].items()
    return {
        shape["x-name"]: (name, shape["x-answer"])
        for name, shape in definitions
        if "x-name" in shape and member in shape["properties"]
    }


COMMANDS, QUERIES = named("command"), named("query")


def shapes_of(request: dict[str, Any]) -> tuple[str, str, Any]:
    """What a step's request and its result are in the schema, and the request itself."""
    match request:
        case {"execute": command}:
            name, answer = COMMANDS.get(command.get("command"), ("", ""))
            return name, f"{answer}Outcome", command
        case {"preview": command}:
            name, answer = COMMANDS.get(command.get("command"), ("", ""))
            return name, f"{answer}Preview", command
        case {"query": query}:
            return *QUERIES.get(query.get("query"), ("", "")), query
        case {"authorize": call}:
            return "ToolCall", "Decision", call
        case {"explain": call}:
            return "ToolCall", "Explanation", call
        case {"authorize_batch": calls}:
            return "", "", calls
        case {"advance": _}:
            return "", "SweepOutcome", request
    raise AssertionError(request)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_transcripts_are_of_the_shapes_that_the_schema_tells(scenario: Path, shapes: Any) -> None:
    transcript = json.loads(transcript_of(scenario))
    shapes("Transcript").validate(transcript)
    shapes("Scenario").validate(json.loads(scenario.read_text()))
    for step in transcript["steps"]:
        request, answer, given = shapes_of(step["request"])
        result = step["result"]
        if isinstance(result, dict) and "what_to_do" in result and "kind" in result:
            shapes("Rejection").validate(result)
        elif isinstance(result, list):
            assert all(shapes("BatchItem").is_valid(item) for item in result)
        elif result is not None:
            shapes(answer).validate(result)
            if request:
                # A transcript shows no secret, but one of the right length was given.
                secret = {"secret": "*" * 24} if given.get("secret") == "***" else {}
                shapes(request).validate(given | secret)
