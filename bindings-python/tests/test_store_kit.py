"""The kit that tries stores: these hold, and stores with a part taken out do not."""

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from tenantry.stores import SqliteStore
from tenantry.stores.postgresql import PostgresStore
from tenantry.testing import check_store

SHM = Path("/dev/shm")
# Time for others between the look at the guards and the writing.
AFTER_GUARDS = "    -- Compare and set"


def slow(seconds: float) -> tuple[str, str]:
    return AFTER_GUARDS, f"    PERFORM pg_sleep({seconds});\n{AFTER_GUARDS}"


def altered(postgresql: Callable[[], str], *alterations: tuple[str, str]) -> partial[PostgresStore]:
    conninfo = postgresql()
    script = files("tenantry.stores").joinpath("postgresql.sql").read_text("utf-8")
    for old, new in alterations:
        assert old in script
        script = script.replace(old, new)
    with psycopg.connect(conninfo) as db:
        db.execute(script.encode())
    return partial(PostgresStore, conninfo, max_size=2)


def test_sqlite_holds() -> None:
    with TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as folder:
        factory = partial(SqliteStore, Path(folder) / "tenantry.db")
        factory().migrate()
        check_store(factory, rounds=3, seconds=2)


def test_postgresql_holds_however_slow_it_is(postgresql: Callable[[], str]) -> None:
    check_store(altered(postgresql, slow(0.003)), rounds=2, seconds=2)


@pytest.mark.parametrize(
    ("found", "alterations"),
    [
        (
            "the environments that have one `origin_user_id`",
            [("present.revision IS DISTINCT FROM guard.revision", "false")],
        ),
        (
            # Whoever writes the same rows is found by the compare-and-set, and may lose to the end.
            "the environments that have one `origin_user_id`|an exception other than a refusal",
            [
                slow(0.02),
                ("PERFORM pg_advisory_xact_lock_shared", "PERFORM abs"),
                ("PERFORM pg_advisory_xact_lock", "PERFORM abs"),
            ],
        ),
        (
            "whoever followed the events has missed some",
            [
                # Some commits take longer than others.
                ("    RETURN true", "    PERFORM pg_sleep(random() / 50);\n    RETURN true"),
                (
                    "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event)\n    SELECT",
                    "(stream_kind, stream_id, sequence, name, acting_user, linked_by, event, position)\n    SELECT",
                ),
                (
                    "linked_by, event\n    FROM ROWS",
                    "linked_by, event, nextval('tenantry_events_number_seq')\n    FROM ROWS",
                ),
            ],
        ),
    ],
    ids=["without guards", "without locks", "with positions from a sequence"],
)
def test_the_kit_finds_what_is_wrong(
    postgresql: Callable[[], str], found: str, alterations: list[tuple[str, str]]
) -> None:
    with pytest.raises(AssertionError, match=found):
        check_store(altered(postgresql, *alterations), rounds=3 if "environments" in found else 0, seconds=2)
