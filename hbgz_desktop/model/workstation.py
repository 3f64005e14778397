"""Which account of the operating system, on which machine: what no operator chooses."""

from __future__ import annotations

import getpass
import os
import platform


def system_account() -> str:
    """The account this process runs under; never empty.

    Windows is asked itself: an environment variable could be set to another's name.
    """
    try:
        return os.getlogin() if os.name == "nt" else getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def host_name() -> str:
    """The machine's name in its network; "" when it has none."""
    return platform.node()
