"""The rules of registered users on an agent platform: a policy core without any I/O."""

from . import types
from ._tenantry import Acting, Tenantry, error_catalog, lifecycle_diagram, subset_of, validate, version
from .decision import Decision
from .errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    TenantryError,
    ValidationError,
)

__all__ = [
    "Acting",
    "AuthenticationError",
    "ConflictError",
    "Decision",
    "NotFoundError",
    "PermissionDeniedError",
    "Tenantry",
    "TenantryError",
    "ValidationError",
    "error_catalog",
    "lifecycle_diagram",
    "subset_of",
    "types",
    "validate",
    "version",
]
