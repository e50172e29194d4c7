"""The README's code, run against the installed wheel alone."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^```python\n(.*?)^```", (ROOT / "bindings-python/README.md").read_text(), re.MULTILINE | re.DOTALL
)


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


@pytest.mark.parametrize("block", BLOCKS)
def test_the_code_in_the_readme_runs(empty: Path, tmp_path: Path, block: str) -> None:
    subprocess.run([str(empty), "-I", "-c", block], check=True, cwd=tmp_path)
