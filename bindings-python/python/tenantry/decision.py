"""Decisions that cannot be misread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .types import Code


class Decision(dict[str, Any]):
    """A decision, falsy where it denies: `if acme.authorize(call): …` does what it says.

    `{"effect": "allow", "scope", "owner", "connector", "tool"}` or
    `{"effect": "deny", "code", "status", "message", "what_to_do"}`. What stands in a batch in the place of a
    malformed call, `{"rejection": …}`, is falsy likewise.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.get("effect") == "allow"

    def copy(self) -> Decision:
        """A copy that is falsy where this is; `dict`'s own would be a plain one."""
        return Decision(self)

    @property
    def code(self) -> Code | None:
        """Why it denies; none where it allows."""
        if self:
            return None
        code: Code = (self.get("rejection") or self)["code"]
        return code
