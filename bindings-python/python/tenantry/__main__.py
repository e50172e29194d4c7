"""The command line, `tenantry` or `python -m tenantry`: `tenantry --help` lists what it can do."""

import sys

from ._tenantry import command_line


def main() -> int:
    """Runs what `sys.argv` says: the exit status."""
    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
