"""The types that are shipped: of use to the type checkers, and true of the module."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tenantry
from pydantic import TypeAdapter
from tenantry import Acting, types

TYPES = Path(__file__).parent / "types"
ROOT = Path(__file__).parents[2]
PYRIGHT = ROOT / "tests/npm/node_modules/pyright/index.js"


def run(*command: str, cwd: Path = TYPES) -> subprocess.CompletedProcess[str]:
    # The configuration of whoever runs this must not decide.
    environment = {**os.environ, "MYPY_CACHE_DIR": os.devnull, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def mypy(path: Path) -> set[int]:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--show-error-codes", path.name]
    done = run(*command, cwd=path.parent)
    assert done.returncode in (0, 1), done.stderr
    assert f"{path.name}:" in done.stdout or done.returncode == 0, done.stdout
    return {int(line) for line in re.findall(rf"^{path.name}:(\d+): error", done.stdout, re.MULTILINE)}


def pyright(path: Path) -> set[int]:
    node = shutil.which("node")
    assert node and PYRIGHT.exists(), "pyright comes with `npm ci --prefix tests/npm`"
    done = run(node, str(PYRIGHT), "--outputjson", "--pythonpath", sys.executable, path.name, cwd=path.parent)
    found = json.loads(done.stdout)["generalDiagnostics"]
    return {one["range"]["start"]["line"] + 1 for one in found if one["severity"] == "error"}


@pytest.mark.parametrize("check", [mypy, pyright])
def test_the_checkers_accept_what_is_right_and_refuse_what_is_wrong(check) -> None:
    assert check(TYPES / "accepted.py") == set()
    refused = TYPES / "refused.py"
    lines = enumerate(refused.read_text().splitlines(), 1)
    assert check(refused) == {number for number, line in lines if line.endswith("# refused")}


@pytest.mark.parametrize("check", [mypy, pyright])
@pytest.mark.parametrize("page", ["README.md", "bindings-python/README.md", "docs/reference/python.md"])
def test_the_checkers_accept_the_quick_starts_as_they_stand(check, page: str, tmp_path: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert blocks
    for number, block in enumerate(blocks):
        file = tmp_path / f"block{number}.py"
        file.write_text(f"# pyright: strict\n{block}", "utf-8")
        assert check(file) == set(), block


def test_what_the_checkers_accept_runs() -> None:
    runpy.run_path(str(TYPES / "accepted.py"))


def test_the_types_are_loaded_when_they_are_asked_for() -> None:
    code = "import sys, tenantry; assert 'tenantry.types' not in sys.modules; tenantry.types.Command; tenantry.Decision"
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert {"types", "Decision"} <= set(dir(tenantry))
    with pytest.raises(AttributeError, match="no attribute 'type'"):
        tenantry.__getattr__("type")


def test_pydantic_takes_every_type_for_bodies_and_answers() -> None:
    for name in json.loads((ROOT / "schema/tenantry.schema.json").read_text("utf-8"))["$defs"]:
        kind = getattr(types, f"Any{name}", None) or getattr(types, name)
        TypeAdapter(kind).json_schema(mode="serialization")


def test_pydantic_takes_decisions_and_writes_them_as_the_wire_has_them(acme: Acting) -> None:
    adapter = TypeAdapter(types.Decision)
    decision = acme.authorize(
        {"registered_user_id": "nobody", "tool_pack_id": "support", "tool": "slack__post_message"}
    )
    assert adapter.validate_python(decision) is decision
    assert json.loads(adapter.dump_json(decision)) == decision.to_dict()
    assert adapter.validate_json(adapter.dump_json(decision)) == decision


def test_pydantic_takes_the_types() -> None:
    create = {"command": "create_registered_user", "origin_user_id": "user_1"}
    assert TypeAdapter(types.CreateRegisteredUser).validate_python(create) == create
    denied = {"effect": "deny", "code": "forbidden", "status": 403, "message": "m", "what_to_do": "w"}
    assert TypeAdapter(types.AllowDict | types.DenyDict).validate_python(denied) == denied


@pytest.mark.parametrize("module", ["tenantry._tenantry", "tenantry.stores._store"])
def test_the_stub_tells_the_truth_about_the_module(module: str) -> None:
    done = run(sys.executable, "-m", "mypy.stubtest", module, cwd=Path(sys.prefix))
    assert done.returncode == 0, done.stdout + done.stderr
