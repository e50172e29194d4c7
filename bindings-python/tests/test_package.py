from importlib.metadata import version
from pathlib import Path

import tenantry
from tenantry import _tenantry


def test_the_native_part_is_of_the_same_version() -> None:
    assert tenantry.version() == version("tenantry")


def test_the_native_part_holds_no_path_of_the_machine_that_built_it() -> None:
    assert f"{Path.home()}/".encode() not in Path(_tenantry.__file__).read_bytes()
