"""A process that starts another one and waits to be killed: ``… starting_process bound|free FILE``."""

from __future__ import annotations

import sys

from hbgz_desktop.system.child_process import PIPE, Streams, start_bound, start_free

WAITING = "tests.unit.system.waiting_process"


def main() -> int:
    """Start it, then wait for the end of stdin."""
    how, report = sys.argv[1:]
    if how == "bound":
        child = start_bound(WAITING, report, "stdin", streams=Streams(stdin=PIPE))
        if child.stdin is not None:
            child.stdin.write(b"hello")
            child.stdin.flush()
    elif how == "deaf":
        child = start_bound(WAITING, report, "deaf", streams=Streams(stdin=PIPE))
    else:
        child = start_free(WAITING, report, "deaf")
    sys.stdin.read()
    return child.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
