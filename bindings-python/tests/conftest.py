import os
from collections.abc import Callable, Iterator
from itertools import count

import postgres
import psycopg
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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """A connection string for an empty schema of its own, each time, on a server that ends with the tests."""
    numbers = count(1)

    def schema() -> str:
        name = f"store_{next(numbers)}"
        with psycopg.connect(server) as db:
            db.execute(f"CREATE SCHEMA {name}")
        return f"{server} options='-c search_path={name}'"

    try:
        with postgres.server() as server:
            yield schema
    except postgres.NoServer as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no PostgreSQL to test with: {reason}")
