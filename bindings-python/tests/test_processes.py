"""Forks beside busy threads, and the end of the interpreter beside daemon threads: nothing hangs, nothing aborts."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

BUSY = """
import os, signal, sys, threading, time
from tenantry import Tenantry

SYSTEM = {"type": "system", "organization_id": "org_demo", "environment": "test"}
world = Tenantry.example()
acme = world.acting_as(SYSTEM)
user = acme.execute({"command": "create_registered_user", "origin_user_id": "user_1"})["response"]["registered_user_id"]
call = {"registered_user_id": user, "tool_pack_id": "support", "tool": "slack__post_message"}
many = [[part] * 2000 for part in call.values()]
works = {
    "authorize": lambda: acme.authorize(call),
    "execute": lambda: acme.execute({"command": "create_test_user"}),
    "refused": lambda: acme.execute({"command": "create_registered_user", "origin_user_id": ""}),
    "sweep": lambda: world.execute({"command": "advance_time"}, {"actor": {"type": "system"}}),
    "codes": lambda: acme.codes(*many),
    "allows": lambda: acme.allows(*call.values()),
    "query": lambda: acme.query({"query": "list_registered_users"}),
    "explain": lambda: acme.explain(call),
    "wrong": lambda: acme.allows(None, None, None),
}

def busy(work):
    while True:
        try:
            work()
        except Exception:
            pass
"""

FORKS = """
for name in ["execute", "sweep", "codes", "allows", "query"]:
    threading.Thread(target=busy, args=(works[name],), daemon=True).start()
for turn in range(100):
    child = os.fork()
    if child == 0:
        assert not acme.allows(*call.values())
        acme.execute({"command": "create_test_user"})
        worker = threading.Thread(target=works["query"])
        worker.start()
        worker.join()
        os._exit(0)
    for _ in range(3000):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.01)
    else:
        os.kill(child, signal.SIGKILL)
        sys.exit(f"child {turn} hangs")
    if status:
        sys.exit(f"child {turn} ended with {status}")
os._exit(0)
"""

ENDS = """
for name in sys.argv[1:]:
    for _ in range(4 if len(sys.argv) == 2 else 1):
        threading.Thread(target=busy, args=(works[name],), daemon=True).start()
# Short, so that some threads call for the first time while the interpreter ends.
time.sleep(0.01)
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Python 3.12 and later warn of every fork beside threads.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", BUSY + program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there are no forks here")
def test_p_6_a_child_that_was_forked_beside_busy_threads_goes_on_working() -> None:
    done = run(FORKS)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "works",
    [
        ("authorize",),
        ("execute",),
        ("sweep",),
        ("refused", "wrong", "query", "allows", "codes", "explain"),
    ],
    ids=" ".join,
)
def test_p_6_the_interpreter_ends_beside_daemon_threads(works: tuple[str, ...]) -> None:
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(lambda _: run(ENDS, *works), range(20)))
    assert [(end.returncode, end.stderr) for end in ends] == [(0, "")] * 20
