"""The command line: what goes where, and the exit status; the same as in Node."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tenantry

USAGE = "usage: tenantry simulate [--json] FILE…\n       tenantry secret\n       tenantry --help | --version\n"


def run(*arguments: str, given: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tenantry", *arguments], check=False, capture_output=True, encoding="utf-8", input=given
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], ["simulate", "--help"], ["secret", "-h"]])
def test_who_asks_for_help_gets_it_on_the_standard_output(arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith(f"{USAGE}\nsimulate runs scenarios")
    node = (Path(__file__).parents[2] / "bindings-wasm/npm/bin.js").read_text("utf-8")
    assert out.removeprefix(USAGE).rstrip("\n") in node


def test_the_standard_input_is_a_file_like_others() -> None:
    scenario = Path(__file__).parents[2] / "examples/scenarios/onboarding.json"
    assert run("simulate", "-", given=scenario.read_text("utf-8")) == run("simulate", str(scenario))
    assert run("simulate", "-", given="{}")[2].startswith("-: ")


def test_the_version_goes_to_the_standard_output() -> None:
    assert run("--version") == (0, f"{tenantry.version()}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [[], ["simulate"], ["simulate", "--xml", "a"], ["secret", "x"], ["help", "x"], ["--version", "x"], ["sing"]],
)
def test_anything_else_is_told_how_to(arguments: list[str]) -> None:
    assert run(*arguments) == (2, "", USAGE)


def test_nothing_in_a_file_reaches_the_terminal_raw(tmp_path: Path) -> None:
    unseen = "\x1b[31m\x9b1m\x7f\u202ex\u2066y\u2028z"
    seen = r"\u{1b}[31m\u{9b}1m\u{7f}\u{202e}x\u{2066}y\u{2028}z"
    pointers = tmp_path / "pointers.json"
    pointers.write_text(json.dumps({unseen: 1}))
    assert f"pointers.json: /{seen}: " in run("simulate", str(pointers))[2]
    story = tmp_path / "unseen.json"
    empty = {"scenario": unseen, "start": "2026-01-31T10:00:00Z", "seed": "1", "actors": {}, "steps": []}
    story.write_text(json.dumps(empty))
    assert run("simulate", str(story))[1].startswith(f"{seen}\n\n")
