"""Rejections as exceptions: one base, and a subclass for each kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import Code, ErrorBody, Kind, Problem, Rejection, Violation


class TenantryError(Exception):
    """Why a request was refused. Nothing has changed.

    `code` is one of a closed list; `what_to_do` is the way out. `internal` is for the host's own eyes and in no
    rendering. Instances are pickled and copied like any value.
    """

    code: Code
    status: int
    kind: Kind
    message: str
    what_to_do: str
    retryable: bool
    pointer: str | None
    violations: list[Violation]
    internal: str | None

    def __init__(self, rejection: str, error_body: str, problem: str, internal: str | None = None) -> None:
        """Takes the core's own texts; only the core makes rejections."""
        super().__init__(rejection, error_body, problem, internal)
        told: Rejection = json.loads(rejection)
        self.code = told["code"]
        self.status = told["status"]
        self.kind = told["kind"]
        self.message = told["message"]
        self.what_to_do = told["what_to_do"]
        self.retryable = told["retryable"]
        self.pointer = told.get("pointer")
        self.violations = told.get("violations", [])
        self.internal = internal

    def __str__(self) -> str:
        at = f" at {self.pointer}" if self.pointer else ""
        return f"{self.code}{at}: {self.message}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def to_dict(self) -> Rejection:
        """The rejection as the wire has it: `{code, status, kind, message, what_to_do, retryable, pointer?, violations?}`."""
        rejection: Rejection = json.loads(self.args[0])
        return rejection

    def to_error_body(self) -> ErrorBody:
        """`{"error": {"type", "code", "message", "documentation_url"}}`, for the body of an HTTP response."""
        body: ErrorBody = json.loads(self.args[1])
        return body

    def to_problem(self) -> Problem:
        """RFC 9457 problem details, for a body of media type `application/problem+json`."""
        problem: Problem = json.loads(self.args[2])
        return problem


class ValidationError(TenantryError):
    """400: the request itself is wrong."""


class AuthenticationError(TenantryError):
    """401: the actor is not who it says, or not any more."""


class PermissionDeniedError(TenantryError):
    """403: the actor or the registered user may not."""


class NotFoundError(TenantryError):
    """404: there is no such thing in the actor's reach."""


class ConflictError(TenantryError):
    """409: the state stands against it."""


_KINDS: dict[str, type[TenantryError]] = {
    "validation": ValidationError,
    "authentication": AuthenticationError,
    "permission": PermissionDeniedError,
    "not_found": NotFoundError,
    "conflict": ConflictError,
}


def _of(kind: str, rejection: str, error_body: str, problem: str, internal: str | None) -> TenantryError:
    """The exception of a rejection; the native module calls this."""
    return _KINDS[kind](rejection, error_body, problem, internal)
