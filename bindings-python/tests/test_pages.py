"""The Python and the scenarios on every page, as a reader would run them: in an empty environment, against the installed wheel alone."""

import json
import re
import subprocess
import sys
import textwrap
import venv
from pathlib import Path

import pytest
from tenantry import simulate

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "bindings-python/README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def programs(page: Path) -> list[str]:
    """Each block by itself; a guide goes on from block to block."""
    found = blocks(page, "python")
    return ["\n".join(found)] if found and page.parent.name == "guides" else found


PROGRAMS = [
    pytest.param(program, id=f"{page.relative_to(ROOT)}-{number}")
    for page in PAGES
    for number, program in enumerate(programs(page), 1)
]
SCENARIOS = [json.loads(block) for page in PAGES for block in blocks(page, "json")]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with nothing in it but the wheel."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv/bin/python"
    (wheel,) = (ROOT / "target/pip").glob("*.whl")
    # pip is the system's own: Debian's Python has no ensurepip to give an environment one.
    system = Path(sys.base_prefix) / "bin/python3"
    install = ["-m", "pip", "--quiet", "--python", str(python), "install", "--no-index", str(wheel)]
    subprocess.run([str(system), *install], check=True, cwd=folder)
    return python


def test_there_are_pages_of_each_sort() -> None:
    assert all(programs(page) for page in PAGES[:2])
    assert len([page for page in PAGES if page.parent.name == "guides" and programs(page)]) >= 10
    assert SCENARIOS


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(empty: Path, tmp_path: Path, program: str) -> None:
    subprocess.run([str(empty), "-I", "-c", program], check=True, cwd=tmp_path)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["scenario"])
def test_a_scenario_does_what_it_expects(scenario: dict) -> None:
    transcript = simulate(scenario)
    assert transcript["summary"]["failed"] == 0, transcript
