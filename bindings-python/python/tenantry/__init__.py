"""The rules of registered users on an agent platform: a policy core without any I/O."""

from . import _methods as _methods
from . import types
from ._tenantry import (
    Acting,
    Tenantry,
    error_catalog,
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
