"""Practice with the simulated platform: a program of its own in a throw-away folder, never the real data."""

from __future__ import annotations

from hbgz_desktop.system.child_process import start_free


def start_rehearsal(platform: str) -> None:
    """Open the demo of a platform as a separate process; it ends with its window."""
    start_free("hbgz_desktop", "demo", "--platform", platform)
