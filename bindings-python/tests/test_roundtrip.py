"""Snapshots from Python to Rust and back: the same bytes."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tenantry import Acting, Tenantry, TenantryError, ValidationError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def rust() -> Callable[[bytes], subprocess.CompletedProcess[bytes]]:
    """The program `roundtrip`: it restores a snapshot in Rust and writes it again."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target")}
    build = ["cargo", "build", "--quiet", "--package", "tenantry-examples", "--example", "roundtrip"]
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    program = ROOT / "target/debug/examples/roundtrip"
    return lambda snapshot: subprocess.run([program], input=snapshot, capture_output=True, check=False)


def rich(acme: Acting) -> None:
    """Something of everything that a state holds, and texts that are hard to write alike."""
    hard = 'é\u0000\u007f\u2028\uffff😀"\\/'
    group = {
        "origin_company_id": "ünï😀",
        "origin_company_name": hard,
        "custom_groupings": {"😀": hard, "\uffff": "", "z": "a"},
    }
    create = {"command": "create_registered_user", "origin_user_name": hard, "shared_credential_group": group}
    kept, gone = (
        acme.execute({**create, "origin_user_id": origin})["response"]["registered_user_id"] for origin in "ab"
    )
    for link in (
        {},
        {"external_account_id": hard.replace("\0", "").replace("\x7f", ""), "expires_at": 253402300799999},
    ):
        start = {"command": "start_link", "registered_user_id": kept, "connector": "slack"}
        session = acme.execute(start)["response"]["link_session_id"]
        acme.execute({"command": "complete_link", "link_session_id": session, **link})
    acme.execute({"command": "start_link", "registered_user_id": kept, "connector": "jira", "tool_pack_id": "support"})
    call = {"registered_user_id": kept, "tool_pack_id": "support", "tool": "slack__post_message"}
    assert acme.execute({"command": "start_tool_call", **call})["response"]
    acme.execute({"command": "delete_registered_user", "registered_user_id": gone})
    acme.execute({"command": "set_retention_hold", "registered_user_id": gone, "held": True, "reason": hard})
    rule = {"all": [{"attribute": "😀", "in": [hard, ""]}, {"not": {"user_type": "SYSTEM"}}, {"any": []}]}
    acme.execute({"command": "put_group", "group_id": "g/~", "name": hard, "rule": rule})
    numbers = [0.1, -0.0, 1e-7, 5e-324, 123456789.125, 2**53 - 1, -(2**53) + 1, 1.0]
    account = {"command": "create_user", "name": hard, "metadata": {"__proto__": numbers, "": {hard: [None, True]}}}
    acme.execute(
        {**account, "email": "a@b.example", "external_id": "x", "role": "admin", "password": "Correct-Horse-9"}
    )
    token = {"command": "issue_registration_token", "organization_id": "org_demo", "secret": "ort_" + "x" * 40}
    acme.execute({**token, "max_uses": None, "role": "organization_admin", "expires_at": 4_000_000_000_001})


def test_s_1_a_snapshot_goes_to_rust_and_back_as_the_same_bytes(rust: Any, world: Tenantry, acme: Acting) -> None:
    for change in (lambda: None, lambda: rich(acme)):
        change()
        snapshot = world.snapshot()
        there = rust(snapshot)
        assert (there.returncode, there.stderr) == (0, b"")
        assert there.stdout == snapshot
        assert Tenantry.restore(there.stdout).snapshot() == snapshot
    assert "😀".encode() in snapshot


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)))
def test_s_1_numbers_and_texts_are_written_alike(rust: Any, metadata: dict[str, Any]) -> None:
    world = Tenantry()
    user = {"command": "create_user", "name": "A", "email": "a@b.example", "metadata": metadata}
    try:
        world.execute(user, {"actor": {"type": "system"}})
    except TenantryError as error:
        assert error.code == "invalid_metadata"
    assert rust(world.snapshot()).stdout == world.snapshot()


@pytest.mark.parametrize("wrong", [b"", b"\xff", b"{}", b'{"format":"x"}', b"[" * 200])
def test_s_2_both_refuse_alike(rust: Any, wrong: bytes) -> None:
    there = rust(wrong)
    assert (there.returncode, there.stdout) == (2, b"")
    with pytest.raises(ValidationError) as caught:
        Tenantry.restore(wrong)
    assert json.loads(there.stderr) == caught.value.to_dict()
