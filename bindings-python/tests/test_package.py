import inspect
import re
import subprocess
from importlib.metadata import files, version
from pathlib import Path
from typing import Any

import tenantry
import tenantry.stores
import tenantry.testing
from tenantry import _tenantry

ROOT = Path(__file__).parents[2]


def test_the_native_part_is_of_the_same_version() -> None:
    assert tenantry.__version__ == tenantry.version() == version("tenantry")


def test_the_native_part_holds_no_path_of_the_machine_that_built_it() -> None:
    assert f"{Path.home()}/".encode() not in Path(_tenantry.__file__).read_bytes()


def test_the_package_brings_its_licences_its_types_and_the_schema() -> None:
    brought = {str(path): path for path in files("tenantry") or ()}
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        (path,) = (path for text, path in brought.items() if text.endswith(f"dist-info/licenses/{name}"))
        assert path.read_text() == (ROOT / name).read_text()
    assert "tenantry/py.typed" in brought
    schema = brought["tenantry/tenantry.schema.json"].read_text("utf-8")
    assert schema == (ROOT / "schema/tenantry.schema.json").read_text("utf-8")


def test_the_package_brings_the_licences_of_all_that_is_linked_into_it() -> None:
    (path,) = (path for path in files("tenantry") or () if path.name == "THIRD-PARTY-LICENSES")
    licences = path.read_text("utf-8")
    tree = ["cargo", "tree", "--quiet", "--locked", "--package", "tenantry-python", "--edges", "normal,no-proc-macro"]
    listed = subprocess.run([*tree, "--prefix", "none"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    crates = {tuple(line.split()[:2]) for line in listed.splitlines()}
    linked = {f"{name} {version.removeprefix('v')}" for name, version in crates if not name.startswith("tenantry")}
    assert {"pyo3 ", "sha2 ", "zeroize "} <= {f"{crate.split()[0]} " for crate in linked}
    for crate in linked:
        assert re.search(f"^{re.escape(crate)}: .*(MIT|Apache|Zlib)", licences, re.MULTILINE), crate
        assert re.search(f"^{re.escape(crate)}, (LICENSE|COPYING)", licences, re.MULTILINE), crate
    for text in ("Permission is hereby granted, free of charge", "TERMS AND CONDITIONS FOR USE, REPRODUCTION"):
        assert text in licences
    assert f"{Path.home()}/" not in licences and str(ROOT) not in licences


def named_in(thing: Any) -> list[tuple[str, Any]]:
    """The public names of a module or a class, with what they stand for."""
    names = getattr(thing, "__all__", None) or [name for name in vars(thing) if not name.startswith("_")]
    return [(f"{thing.__name__}.{name}", getattr(thing, name)) for name in names]


def test_help_has_a_text_for_everything() -> None:
    modules = [tenantry, tenantry.stores, tenantry.testing]
    named = [pair for module in modules for pair in named_in(module)]
    classes = [thing for _, thing in named if inspect.isclass(thing)]
    named += [pair for cls in dict.fromkeys(classes) for pair in named_in(cls)]
    described = [(name, thing) for name, thing in named if callable(thing) or isinstance(thing, property)]
    assert len(described) > 150
    assert [name for name, thing in described if not inspect.getdoc(thing)] == []
