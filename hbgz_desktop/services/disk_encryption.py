"""Whether the volume of the data folder is encrypted, as far as this account may know (DESIGN 11)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil

LOOK_LIMIT_S = 10.0


def volume_encryption(folder: Path) -> str:
    """``on``, ``off`` or ``unknown``; blocks up to some seconds.

    Windows: BitLocker's state as the shell shows it to any user. Linux: a device-mapper crypt volume.
    """
    return _bitlocker(folder.drive or "C:") if sys.platform == "win32" else _linux(folder)


def _bitlocker(drive: str) -> str:
    query = (
        "(New-Object -ComObject Shell.Application).NameSpace("
        f"'{drive}').Self.ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    try:
        done = subprocess.run(
            ["powershell", "-NoProfile", "-Command", query],  # noqa: S607 - the system's own, by name
            capture_output=True,
            text=True,
            timeout=LOOK_LIMIT_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    answer = done.stdout.strip()
    return {"1": "on", "3": "on", "5": "on", "2": "off", "6": "on"}.get(answer, "unknown")


def _linux(folder: Path) -> str:
    resolved = folder.resolve()
    parts = [
        one for one in psutil.disk_partitions(all=False) if resolved.is_relative_to(one.mountpoint)
    ]
    if not parts:
        return "unknown"
    device = max(parts, key=lambda one: len(one.mountpoint)).device
    name = Path("/sys/class/block") / Path(device).resolve().name / "dm" / "uuid"
    try:
        return "on" if name.read_text(encoding="ascii").startswith("CRYPT-") else "off"
    except OSError:
        return "off"
