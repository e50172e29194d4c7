from importlib.metadata import files, version
from pathlib import Path

import tenantry
from tenantry import _tenantry

ROOT = Path(__file__).parents[2]


def test_the_native_part_is_of_the_same_version() -> None:
    assert tenantry.version() == version("tenantry")


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
