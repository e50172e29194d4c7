"""`tenantry simulate FILE…` runs scenarios and tells what happened; `tenantry secret` makes a registration secret."""

import json
import os
import re
import sys

from ._tenantry import simulate_text, version
from .errors import TenantryError
from .secret import registration_secret

USAGE = """\
usage: tenantry simulate [--json] FILE…
       tenantry secret
       tenantry --help | --version
"""

HELP = f"""\
{USAGE}
simulate runs scenarios and tells what happened; with --json it prints their transcripts, a line each. - is the standard input.
secret makes a registration secret.

exit status: 0; 1 where a step did not do what was expected of it; 2 where a file is not a scenario, or the usage is wrong
"""


def main() -> int:
    """Exits with 1 where a step did not do what was expected of it, with 2 where a file is not a scenario."""
    match sys.argv[1:]:
        case ["help"]:
            return _tell(HELP)
        case [*arguments] if "--help" in arguments or "-h" in arguments:
            return _tell(HELP)
        case ["--version"]:
            return _tell(version() + "\n")
        case ["secret"]:
            return _tell(registration_secret() + "\n")
        case ["simulate", *arguments]:
            options = [argument for argument in arguments if argument.startswith("-") and argument != "-"]
            files = [argument for argument in arguments if argument not in options]
            if files and all(option == "--json" for option in options):
                return max(_run(file, as_json=bool(options), first=index == 0) for index, file in enumerate(files))
    sys.stderr.write(USAGE)
    return 2


def _run(file: str, *, as_json: bool, first: bool) -> int:
    try:
        transcript, story = simulate_text(_read(file).decode())
    except OSError as error:
        faults = [f"{error.strerror} (os error {error.errno})"]
    except UnicodeDecodeError:
        faults = ["stream did not contain valid UTF-8"]
    except TenantryError as error:
        faults = [f"{one['pointer']}: {one['message']}".removeprefix(": ") for one in error.violations]
    else:
        # Stories of several files are told apart by an empty line.
        _tell(transcript + "\n" if as_json else story if first else "\n" + story)
        return 1 if json.loads(transcript)["summary"]["failed"] else 0
    for fault in faults:
        print(_visible(f"{file}: {fault}"), file=sys.stderr)
    return 2


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    with open(file, "rb") as scenario:
        return scenario.read()


def _visible(text: str) -> str:
    """A file says nothing to the terminal: what would move the cursor or reorder the line is escaped, as stories do it."""
    unseen = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
    return re.sub(unseen, lambda found: f"\\u{{{ord(found[0]):x}}}", text)


def _tell(text: str) -> int:
    """Writes UTF-8, whatever the terminal says. A reader that has seen enough, such as `head`, is no failure."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
