"""What is measured: for each piece of work the floor written by hand, ours, and its peers."""

import json
from collections.abc import Callable
from pathlib import Path

import decisions
import lifecycles
import validation
from case import Case


def simulation() -> Case:
    from tenantry import simulate

    scenario = (Path(__file__).parents[2] / "examples/scenarios/onboarding.json").read_text("utf-8")
    steps = len(json.loads(scenario)["steps"])
    return Case(lambda: simulate(scenario), lambda: simulate(scenario)["summary"], steps)


CASES: dict[str, dict[str, Callable[[], Case]]] = {
    "one decision": decisions.ONE,
    "a create body from JSON text, valid": validation.cases(validation.VALID),
    "a create body from JSON text, two faults": validation.cases(validation.WRONG),
    "one change of a user's status": lifecycles.CHANGES,
    "a step of a simulated story": {"tenantry simulate": simulation},
}
