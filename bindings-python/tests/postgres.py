"""A PostgreSQL server of the tests' own: a private cluster on a free port, which ends with them."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parents[2]

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # Nobody needs this data after a crash of the machine.
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


class NoServer(Exception):
    """There is no PostgreSQL, and none can be installed."""


@contextmanager
def server() -> Iterator[str]:
    """A connection string for the server's own database."""
    found = subprocess.run([ROOT / "tools/postgresql.sh"], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise NoServer(found.stderr.strip())
    programs = Path(found.stdout.strip())
    folder, user = _folder()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        data = folder / "data"
        settings = [f"--{name.replace('_', '-')}={value}" for name, value in SETTINGS.items()]
        _run(user, programs / "initdb", "-D", data, "-U", "tenantry", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = " ".join([f"-p {port}", *(f"'{setting}'" for setting in settings)])
        _run(user, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"host=127.0.0.1 port={port} user=tenantry dbname=postgres"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> tuple[Path, str | None]:
    """A folder for the data, and whose it is: the server refuses to run as root."""
    (ROOT / "target").mkdir(exist_ok=True)
    folder = Path(mkdtemp(prefix="postgresql.", dir=ROOT / "target"))
    if os.geteuid() != 0:
        return folder, None
    # Where root keeps its own folders, nobody else gets at what is in them.
    if subprocess.run(["test", "-x", folder.parent], user="nobody", cwd="/", check=False).returncode != 0:
        folder.rmdir()
        folder = Path(mkdtemp(prefix="tenantry-postgresql."))
    shutil.chown(folder, "nobody")
    return folder, "nobody"


def _run(user: str | None, program: Path, *arguments: object) -> None:
    command = [str(program), *map(str, arguments)]
    # The program's own folder may be out of that user's reach; so may the present one.
    done = subprocess.run(
        command,
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{program.name}: {done.stderr}")


if __name__ == "__main__":
    # For tests in other languages: prints the address, and serves until its input ends.
    with server() as address:
        print(address, flush=True)
        sys.stdin.read()
