from importlib.metadata import version

import tenantry


def test_the_native_part_is_of_the_same_version() -> None:
    assert tenantry.version() == version("tenantry")
