"""What happens beside requests: setting up, sweeping, and telling third parties."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from tenantry import ConflictError, Tenantry
from tenantry.stores import SqliteStore
from tenantry.types import SystemActor

log = logging.getLogger("backend")

PAUSE = 30
"""Seconds from one sweep to the next. Nothing waits for it: what is over is over at its instant."""


def upkeep(store: SqliteStore) -> Any:
    """Sets up before the first request, and sweeps until the last one; the lifespan of an application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(set_up, store)
        task = asyncio.create_task(keep_house(store))
        yield
        task.cancel()

    return lifespan


def set_up(store: SqliteStore) -> None:
    """What a platform has before its first user: an organization and its catalogue, here the example's."""
    store.migrate()
    try:
        store.acting_as({"type": "system"}).create_organization(organization_id="org_demo", name="Demo")
    except ConflictError:
        pass  # Another process was quicker, or this one was here before.
    host: SystemActor = {"type": "system", "organization_id": "org_demo"}
    example, here = Tenantry.example().acting_as(host), store.acting_as(host)
    for connector in example.iter_connectors():
        here.execute({**connector, "command": "put_connector"})
    for group in example.iter_groups():
        here.execute({**group, "command": "put_group"})
    for pack in example.iter_tool_packs():
        put: Any = {**pack, "command": "put_tool_pack"}
        here.execute(put)


async def keep_house(store: SqliteStore) -> None:
    while True:
        # First what concerns others: a purge takes the rest of it out of the outbox. If they fail, time goes on all the same.
        for duty in (partial(deliver, store), store.sweep):
            try:
                await asyncio.to_thread(duty)
            except Exception:
                log.exception("upkeep failed, and will be tried again")
        await asyncio.sleep(PAUSE)


def deliver(store: SqliteStore) -> None:
    """Carries out what concerns others, each effect at least once: if this fails, whoever comes later takes it again."""
    while taken := store.take_effects():
        for number, effect in taken:
            revoke_upstream(effect)
            store.effect_done(number)


def revoke_upstream(effect: Any) -> None:
    """The place to revoke the grant at the third party, with the token that you keep for this owner and connector."""
    log.warning("to be revoked at %s: %s", effect["connector"], effect["owner"])
