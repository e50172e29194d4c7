"""The exceptions: rejections, one class for each kind, and mistakes of the calling program."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import _tenantry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .types import Code, ErrorBody, Kind, Mistake, Problem, Rejection, Violation

SHOWN = 20
"""How many faults `str` lists."""


class TenantryError(Exception):
    """Why a request was refused. Nothing has changed.

    `code` is one of a closed list; `what_to_do` tells developers how to correct it; `user_message` is a sentence for end users, where one can act on it; `violations` are the faults of the request, the first 50
    of `violation_count`. `internal` is for your logs only and in no rendering. Instances are pickled and copied like any value; for a test, make one
    from a rejection: `NotFoundError({"code": "registered_user_not_found", "message": "…"})`.
    """

    def __init__(self, rejection: Rejection | dict[str, Any] | str | bytes | _tenantry.Rejection) -> None:
        carried = rejection if isinstance(rejection, _tenantry.Rejection) else _tenantry.Rejection(rejection)
        super().__init__(carried)

    @cached_property
    def _rejection(self) -> Rejection:
        return self.to_dict()

    @property
    def code(self) -> Code:
        """The stable code: the first violation's, where there are violations."""
        return self._rejection["code"]

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return self._rejection["status"]

    @property
    def kind(self) -> Kind:
        """What sort of error it is; each kind has its own class."""
        return self._rejection["kind"]

    @property
    def message(self) -> str:
        """What is wrong, for a log or a developer."""
        return self._rejection["message"]

    @property
    def what_to_do(self) -> str:
        """How the platform's developers can correct it."""
        return self._rejection["what_to_do"]

    @property
    def user_message(self) -> str | None:
        """A sentence to show to an end user, in English; `None` for codes on which an end user cannot act."""
        return self._rejection.get("user_message")

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return self._rejection["retryable"]

    @property
    def pointer(self) -> str | None:
        """Where in the request, as a JSON pointer; `None` where no place is to blame."""
        return self._rejection.get("pointer")

    @property
    def violations(self) -> list[Violation]:
        """What is wrong with the form of the request: the first 50 at most."""
        return self._rejection.get("violations", [])

    @property
    def violation_count(self) -> int:
        """How many violations there are in all."""
        return self._rejection.get("violation_count", len(self.violations))

    @property
    def internal(self) -> str | None:
        """For your logs only: in no rendering."""
        internal: str | None = self.args[0].internal
        return internal

    def __str__(self) -> str:
        return "\n".join([*_lines(self), f"→ {self.what_to_do}"])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def to_dict(self) -> Rejection:
        """The rejection as the wire has it: `{code, status, kind, message, what_to_do, user_message?, retryable, pointer?, violations?, violation_count?}`."""
        rejection: Rejection = self.args[0].to_dict()
        return rejection

    def to_error_body(self) -> ErrorBody:
        """`{"error": {"type", "code", "message", "user_message"?, "documentation_url"}}`, for the body of an HTTP response."""
        body: ErrorBody = self.args[0].to_error_body()
        return body

    def to_problem(self) -> Problem:
        """RFC 9457 problem details, for a body of media type `application/problem+json`."""
        problem: Problem = self.args[0].to_problem()
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
    """409: the present state does not permit it."""


class UsageError(Exception):
    """A mistake of the program that calls: to be fixed there; a 500 to the client, who cannot cause it.

    Something in the context that it hands in, a row that it has not loaded, a method that this instance does not have,
    a value of a wrong type. It is not a `TenantryError`, so that no handler passes it on. Nothing has changed.
    """

    def __init__(
        self,
        message: str,
        pointer: str | None = None,
        violations: Sequence[Violation] = (),
        code: Code = "invalid_request",
        violation_count: int | None = None,
    ) -> None:
        super().__init__(message, pointer, list(violations), code, violation_count)

    @property
    def code(self) -> Code:
        """The code of the mistake."""
        code: Code = self.args[3]
        return code

    @property
    def message(self) -> str:
        """What is wrong, with its place."""
        message: str = self.args[0]
        return message

    @property
    def pointer(self) -> str | None:
        """Where in what was handed in."""
        pointer: str | None = self.args[1]
        return pointer

    @property
    def violations(self) -> list[Violation]:
        """The faults of request and context: the first 50."""
        violations: list[Violation] = self.args[2]
        return violations

    @property
    def violation_count(self) -> int:
        """How many there are in all."""
        count: int | None = self.args[4]
        return len(self.violations) if count is None else count

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def __repr__(self) -> str:
        return f"UsageError({str(self)!r})"

    def to_dict(self) -> Mistake:
        """`{code, message, pointer?, violations?, violation_count?}`, for the developers' own logs."""
        mistake: Mistake = {"code": self.code, "message": self.message}
        if self.pointer is not None:
            mistake["pointer"] = self.pointer
        if self.violations:
            mistake["violations"] = self.violations
        if self.violation_count > len(self.violations):
            mistake["violation_count"] = self.violation_count
        return mistake


def _lines(error: TenantryError | UsageError) -> list[str]:
    faults = error.violations or [{"code": error.code, "pointer": error.pointer or "", "message": error.message}]
    count = max(error.violation_count, len(faults))
    more = [f"… and {count - SHOWN} more"] if count > SHOWN else []
    return [*(_line(fault["code"], fault["pointer"], fault["message"]) for fault in faults[:SHOWN]), *more]


def _line(code: str, pointer: str, message: str) -> str:
    return f"{code} at {pointer}: {message}" if pointer else f"{code}: {message}"
