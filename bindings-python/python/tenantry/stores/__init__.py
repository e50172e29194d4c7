"""Stores: the state kept in a database, and all that an instance offers on it.

`SqliteStore` needs nothing else. `tenantry.stores.postgresql` has `PostgresStore` and `AsyncPostgresStore`; they come with
`tenantry[postgresql]`.
"""

from ._store import AsyncStore, AsyncStoreActing, Store, StoreActing, StoredEvent, StoreError, TakenEffect
from .sqlite import SqliteStore

__all__ = [
    "AsyncStore",
    "AsyncStoreActing",
    "SqliteStore",
    "Store",
    "StoreActing",
    "StoreError",
    "StoredEvent",
    "TakenEffect",
]
