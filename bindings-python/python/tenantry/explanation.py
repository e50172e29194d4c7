"""An explanation, as consoles and notebooks show it."""

from __future__ import annotations

from typing import Any

from . import _tenantry
from .errors import TenantryError, UsageError


class Explanation(dict[str, Any]):
    """The dict that `explain` answers: shown as a table, with ✓ and ✗ for its checks."""

    __slots__ = ()

    def __repr__(self) -> str:
        decision = self.get("decision")
        shown = {**self, "decision": decision.to_dict()} if hasattr(decision, "to_dict") else dict(self)
        try:
            return _tenantry.explanation_table(shown)
        except (TenantryError, UsageError):
            # Altered, it is no JSON any more.
            return dict.__repr__(self)

    def _repr_markdown_(self) -> str:
        return repr(self)
