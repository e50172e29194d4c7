"""Runs every `*.scenario.json` as a test. In the topmost `conftest.py`:

pytest_plugins = ["tenantry.pytest_plugin"]
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ._tenantry import simulate_text
from .errors import TenantryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".scenario.json"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return ScenarioFile.from_parent(parent, path=file_path) if file_path.name.endswith(SUFFIX) else None


class ScenarioFile(pytest.File):
    """A file with one scenario."""

    def collect(self) -> Iterator[pytest.Item]:
        yield Scenario.from_parent(self, name=self.path.name.removesuffix(SUFFIX))


class Scenario(pytest.Item):
    """A scenario, which passes if each step does what is expected of it."""

    def runtest(self) -> None:
        transcript, story = simulate_text(self.path.read_bytes())
        if json.loads(transcript)["summary"]["failed"]:
            raise ScenarioFailedError(story)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The story, or what is wrong with the file; nobody needs the traceback."""
        match excinfo.value:
            case ScenarioFailedError() as failed:
                return str(failed)
            case TenantryError() as refused:
                return "\n".join(f"{one['pointer']}: {one['message']}" for one in refused.violations)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


class ScenarioFailedError(Exception):
    """A step did not do what was expected of it."""
