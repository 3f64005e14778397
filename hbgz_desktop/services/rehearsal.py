"""Practice with the simulated platform: a program of its own in a throw-away folder, never the real data."""

from __future__ import annotations

import subprocess
import sys


def start_rehearsal(platform: str) -> None:
    """Open the demo of a platform as a separate process; it ends with its window."""
    subprocess.Popen(
        [sys.executable, "-m", "hbgz_desktop", "demo", "--platform", platform],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        start_new_session=sys.platform != "win32",
    )
