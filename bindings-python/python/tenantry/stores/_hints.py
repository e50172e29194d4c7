"""What requests of one kind have needed before, so that it is read at once the next time."""

from collections import OrderedDict
from threading import Lock
from typing import Any

MOST = 10_000
"""Hints that are kept, the last ones that were of use."""


class Hints:
    """For the rows that a request asks for first, the keys that it went on to ask for: most often a user's company. A hint
    that is no longer right costs a row that nobody looks at, never a wrong answer."""

    def __init__(self) -> None:
        self._after: OrderedDict[tuple[str, ...], dict[str, Any]] = OrderedDict()
        self._lock = Lock()

    def after(self, first: tuple[str, ...]) -> dict[str, Any]:
        with self._lock:
            if first not in self._after:
                return {}
            self._after.move_to_end(first)
            return self._after[first]

    def learn(self, first: tuple[str, ...], keys: dict[str, Any]) -> None:
        """Keeps what came after the first keys. Lists, and what is due, are never the same twice."""
        later = {text: key for text, key in keys.items() if text not in first}
        if not later or any(key[0] in ("range", "due") for key in keys.values()):
            return
        with self._lock:
            # Many are not a habit, or the habits of the past.
            self._after[first] = later if len(later) <= 8 else {}
            if len(self._after) > MOST:
                self._after.popitem(last=False)
