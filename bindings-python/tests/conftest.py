import pytest
from tenantry import Acting, Tenantry

SYSTEM = {"type": "system", "organization_id": "org_demo", "environment": "test"}


@pytest.fixture
def world() -> Tenantry:
    return Tenantry.example()


@pytest.fixture
def acme(world: Tenantry) -> Acting:
    """The example organization's test environment, as the trusted host sees it."""
    return world.acting_as(SYSTEM)


@pytest.fixture
def user(acme: Acting) -> str:
    created = acme.execute({"command": "create_registered_user", "origin_user_id": "user_1"})
    return created["response"]["registered_user_id"]
