"""The command line: the same bytes as the Rust binary gives, by the cases that all languages run."""

import contextlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from tenantry.__main__ import main

CASES = Path(__file__).parents[2] / "tests/command-line"
MODULE = [sys.executable, "-m", "tenantry"]


def lines(text: bytes) -> list[str]:
    """A text as the cases have it: its lines, each of which ends."""
    assert text == b"" or text.endswith(b"\n")
    return text.decode().split("\n")[:-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(CASES, tmp_path_factory.mktemp("cases") / "files"))


@pytest.mark.parametrize("case", json.loads((CASES / "cases.json").read_text("utf-8")), ids=lambda case: case["args"])
def test_each_command_line_gives_what_the_cases_say(case: dict[str, Any], folder: Path) -> None:
    given = (folder / case["stdin"]).read_bytes() if "stdin" in case else b""
    # A locale without UTF-8 changes no byte.
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [*MODULE, *case["args"].split()], check=False, cwd=folder, input=given, capture_output=True, env=env
    )
    ran = {**case, "status": done.returncode, "stdout": lines(done.stdout), "stderr": lines(done.stderr)}
    if "writes" in case:
        ran["writes"] = {file: lines((folder / file).read_bytes()) for file in case["writes"]}
    assert ran == case


def test_the_script_is_the_module() -> None:
    script = Path(sysconfig.get_path("scripts")) / "tenantry"
    assert subprocess.check_output([script, "--version"]) == subprocess.check_output([*MODULE, "--version"])


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {subprocess.check_output([*MODULE, "secret"], text=True) for _ in range(2)}
    assert len(secrets) == 2
    assert all(re.fullmatch(r"ort_[\w-]{43}\n", secret, re.ASCII) for secret in secrets)


@pytest.mark.parametrize("stream", [io.StringIO(), io.TextIOWrapper(io.BytesIO(), "utf-8")], ids=["text", "bytes"])
def test_it_writes_where_python_does(monkeypatch: pytest.MonkeyPatch, stream: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["tenantry", "diagram", "credential"])
    with contextlib.redirect_stdout(stream):
        assert main() == 0
    stream.seek(0)
    assert stream.read().startswith("stateDiagram-v2\n")


def test_a_reader_who_has_seen_enough_is_no_failure() -> None:
    command = f"{sys.executable} -m tenantry errors; echo $? >&2"
    done = subprocess.run(["bash", "-c", f"( {command} ) | true"], check=False, capture_output=True, text=True)
    assert done.stderr == "0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_what_cannot_be_written_down_has_failed() -> None:
    with open("/dev/full", "wb") as full:
        assert subprocess.run([*MODULE, "errors"], check=False, stdout=full, stderr=subprocess.PIPE).returncode != 0


def test_watching_goes_on_when_the_file_changes_and_ends_by_an_interrupt(tmp_path: Path) -> None:
    watched = tmp_path / "watched.json"
    shutil.copy(CASES / "fails.scenario.json", watched)
    with subprocess.Popen([*MODULE, "simulate", "--watch", watched], stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout
        read = iter(watching.stdout.readline, "")
        assert "4 steps: 2 passed, 2 failed\n" in read
        shutil.copy(CASES / "passes.scenario.json", watched)
        assert "8 steps: 8 passed\n" in read
        watching.send_signal(signal.SIGINT)
        try:
            assert watching.wait(30) == 0
        finally:
            watching.kill()
