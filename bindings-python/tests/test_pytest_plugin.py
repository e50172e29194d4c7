"""Scenarios as tests of a project that uses the plugin."""

import shutil
import subprocess
import sys
from pathlib import Path

CASES = Path(__file__).parents[2] / "tests/command-line"


def test_each_scenario_is_a_test_and_a_failure_shows_its_story(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tenantry.pytest_plugin"]\n')
    for name in ("passes", "fails", "wrong"):
        shutil.copy(CASES / f"{name}.scenario.json", tmp_path)
    shutil.copy(CASES / "create.json", tmp_path)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 1
    for line in (
        "passes.scenario.json::passes PASSED",
        "fails.scenario.json::fails FAILED",
        "wrong.scenario.json::wrong FAILED",
        "✗ 2  2026-01-31T10:00:00Z  host  create_organization org_acme  refused organization_exists",
        "/seed: expected a string, found a number",
        "2 failed, 1 passed",
    ):
        assert line in done.stdout, done.stdout
    assert "Traceback" not in done.stdout and "create.json" not in done.stdout
