"""Random steps, hostile ones among them, answered in Python with the very bytes that Rust gives. `make steps` writes the file."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tenantry import BatchRejection, Tenantry, TenantryError, UsageError, redact, subset_of, validate
from test_hostile import argument

FILE = Path(__file__).parents[2] / "target" / "steps.jsonl"


def wire(answer: Any) -> Any:
    """A decision as the wire has it."""
    return {"rejection": answer.rejection} if isinstance(answer, BatchRejection) else answer.to_dict()


def canonical(value: object) -> str:
    """Canonical JSON, for numbers that Python and ECMAScript write alike."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=wire)


class Walk:
    """The instance that the steps are taken on, and the snapshot that it began from."""

    world: Tenantry
    began: bytes

    def restore(self, snapshot: Any, options: dict[str, Any]) -> str:
        self.world = Tenantry.restore(snapshot, **options)
        self.began = self.world.snapshot()
        return self.began.decode()

    def taken(self, call: str, given: list[Any]) -> str:
        calls: dict[str, Callable[..., str]] = {
            "restore": self.restore,
            "execute": lambda command, context: canonical(self.world.execute(command, context)),
            "query": lambda query, context: canonical(self.world.query(query, context)),
            "authorize": lambda call, context: canonical(self.world.authorize(call, context)),
            "authorize_batch": lambda calls, context: canonical(self.world.authorize_batch(calls, context)),
            "explain": lambda call, context: canonical(self.world.explain(call, context)),
            "preview": lambda command, context: canonical(self.world.preview(command, context)),
            "validate": lambda command, policy: canonical(validate(command, policy)),
            "subset_of": lambda parent, child: canonical(subset_of(parent, child)),
            "redact": lambda event: canonical(redact(event)),
            "may": lambda name, context: canonical(self.world.may(name, context)),
            "snapshot": lambda: self.world.snapshot().decode(),
            "restored": lambda snapshot, options: Tenantry.restore(snapshot, **options).snapshot().decode(),
            "folded": lambda events: Tenantry.fold(events, onto=self.began).snapshot().decode(),
        }
        return calls[call](*given)


def refusal(error: TenantryError | UsageError) -> dict[str, Any]:
    if isinstance(error, TenantryError):
        return {"refused": {"whose": "client", "rejection": canonical(error.to_dict())}}
    mistake = {"code": error.code, "message": error.message, "pointer": error.pointer}
    return {"refused": {"whose": "program", **mistake}}


def test_s_1_python_takes_every_step_as_rust_does_byte_for_byte() -> None:
    if not FILE.exists():
        pytest.fail("`make steps` writes target/steps.jsonl")
    walk = Walk()
    lines = FILE.read_text().rstrip("\n").split("\n")
    for index, line in enumerate(lines):
        step = json.loads(line)
        given = [argument(one) for one in step["given"]]
        try:
            found = {"answer": walk.taken(step["call"], given)}
        except (TenantryError, UsageError) as error:
            found = refusal(error)
        wanted = {key: step[key] for key in ("answer", "refused") if key in step}
        assert found == wanted, f"step {index}: {line[:4000]}"
    row = {"judge": "Rust against Python: random steps", "cases": len(lines), "differences": 0, "reason": "none"}
    if report := os.environ.get("PROOF_REPORT"):
        with Path(report).open("a") as file:
            file.write(json.dumps(row) + "\n")
