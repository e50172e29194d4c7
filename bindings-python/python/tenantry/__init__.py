"""The rules of registered users on an agent platform: a policy core without any I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _methods as _methods

# Loaded now, not at the first answer: a daemon thread that runs Python code while the interpreter exits ends the process.
from . import explanation as explanation
from ._tenantry import (
    Acting,
    Tenantry,
    error_catalog,
    fill,
    lifecycle,
    lifecycle_diagram,
    permissions,
    redact,
    simulate,
    subset_of,
    validate,
    version,
)
from .decision import Allow, BatchRejection, Deny, StartedToolCall
from .errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    TenantryError,
    UsageError,
    ValidationError,
)
from .secret import registration_secret

if TYPE_CHECKING:
    from . import types
    from .types import Decision

__version__ = version()

__all__ = [
    "Acting",
    "Allow",
    "AuthenticationError",
    "BatchRejection",
    "ConflictError",
    "Decision",
    "Deny",
    "NotFoundError",
    "PermissionDeniedError",
    "StartedToolCall",
    "Tenantry",
    "TenantryError",
    "UsageError",
    "ValidationError",
    "error_catalog",
    "fill",
    "lifecycle",
    "lifecycle_diagram",
    "permissions",
    "redact",
    "registration_secret",
    "simulate",
    "subset_of",
    "types",
    "validate",
    "version",
]


def __getattr__(name: str) -> Any:
    """The types, when they are asked for: they take most of the time of an import, and few programs need them to run."""
    if name == "types":
        from importlib import import_module

        return import_module(".types", __name__)
    if name == "Decision":
        return __getattr__("types").Decision
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
