"""Measures the built wheel beside a floor in plain Python and beside its peers, each case in a process of its own, one
after the other in the same run. All contestants of a piece of work must give the same answers before any is timed.

Tells the quietest tenth's slowest batch, since machines are seldom idle, and ratios to the floor.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from cases import CASES

BATCH = 0.002
"""Seconds, short enough to be seldom interrupted."""

PATIENCE = 3
"""Seconds for all batches of a case, about; a slow one has fewer, but never less than 20."""


def timed(run: Callable[[], object], runs: int) -> float:
    start = perf_counter()
    for _ in range(runs):
        run()
    return perf_counter() - start


def measured(run: Callable[[], object]) -> float:
    """Microseconds of one run."""
    runs = 1
    while (took := timed(run, runs)) < BATCH:
        runs *= 2
    batches = max(20, min(300, int(PATIENCE / took)))
    timed(run, runs * batches // 10)
    times = sorted(timed(run, runs) / runs for _ in range(batches))
    return times[batches // 10] * 1e6


def alone(*arguments: str) -> str:
    """What a process of its own tells. Hashes differ from process to process, but not here."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def compare(work: str, names: list[str]) -> None:
    print(f"\n{work}", flush=True)
    answers = {name: alone("check", work, name) for name in names}
    if len(set(answers.values())) != 1:
        sys.exit(f"the contestants differ: {answers}")
    floor = None
    for name in names:
        micros = float(alone("time", work, name))
        floor = floor or micros
        print(f"  {name:<34} {micros:10.{3 if micros < 10 else 1}f} µs {'× %.2f' % (micros / floor):>10}", flush=True)


def sizes(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        (library,) = (one for one in packed.infolist() if one.filename.endswith(".so"))
    print(f"\nthe wheel: {wheel.stat().st_size / 1e6:.2f} MB, in it the library: {library.file_size / 1e6:.2f} MB")


match sys.argv[1:]:
    case ["check", work, name]:
        print(CASES[work][name]().answers())
    case ["time", work, name]:
        case = CASES[work][name]()
        case.answers()
        print(measured(case.run) / case.pieces)
    case [wheel]:
        for work, cases in CASES.items():
            compare(work, list(cases))
        sizes(Path(wheel))
    case _:
        sys.exit("usage: bench.py WHEEL")
