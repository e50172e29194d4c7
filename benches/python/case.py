"""A case: what is run over and over, how many pieces of work one run is, and what is asked before."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Case:
    run: Callable[[], object]
    answers: Callable[[], object]
    pieces: int = 1
