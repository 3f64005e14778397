"""``python -m hbgz_desktop`` and the ``hbgz`` command."""

from __future__ import annotations

import sys

from hbgz_desktop.cli.opening import open_plainly


def main() -> int:
    """Run the command line; returns the exit code."""
    words = sys.argv[1:]
    code = open_plainly(words)
    if code is not None:
        return code
    from hbgz_desktop.cli.main import run  # with every command: none of it before the first paint

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
