"""``python -m hbgz_desktop`` and the ``hbgz`` command."""

from __future__ import annotations

import sys

from hbgz_desktop.cli.main import run


def main() -> int:
    """Run the command line; returns the exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
