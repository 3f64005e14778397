"""Whether the volume of the data folder is encrypted, as far as this account may know (DESIGN 11)."""

from __future__ import annotations

import sys
from pathlib import Path

from hbgz_desktop.system.volume import volume_of

if sys.platform == "win32":
    from hbgz_desktop.system.child_process import ask_program

    LOOK_LIMIT_S = 10.0
    _STATES = {"1": "on", "2": "off", "3": "on", "5": "on", "6": "on"}

    def volume_encryption(folder: Path) -> str:
        """``on``, ``off`` or ``unknown``: BitLocker's state as the shell shows it to any user; up to some seconds."""
        drive = volume_of(folder).root.removesuffix("\\")
        query = (
            "(New-Object -ComObject Shell.Application).NameSpace("
            f"'{drive}').Self.ExtendedProperty('System.Volume.BitLockerProtection')"
        )
        done = ask_program(["powershell", "-NoProfile", "-Command", query], limit_s=LOOK_LIMIT_S)
        return _STATES.get(done[1].strip(), "unknown") if done is not None else "unknown"

else:

    def volume_encryption(folder: Path) -> str:
        """``on`` for a device-mapper crypt volume, ``off`` for others, ``unknown`` when nobody says."""
        device = volume_of(folder).device
        if not device:
            return "unknown"
        name = Path("/sys/class/block") / Path(device).resolve().name / "dm" / "uuid"
        try:
            return "on" if name.read_text(encoding="ascii").startswith("CRYPT-") else "off"
        except OSError:
            return "off"
