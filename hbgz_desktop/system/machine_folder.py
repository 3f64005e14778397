"""The data folder that all accounts of this computer share, as the installer wrote it down.

A Windows installation for the whole computer has one, with the service or without, and so has the Debian package.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import winreg

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = r"SOFTWARE\hbgz_desktop"
VALUE = "DataFolder"
FILE = Path("/etc/hbgz_desktop/data_folder")
"""One line; the Debian package brings it."""


if sys.platform == "win32":

    def written_folder() -> str:
        """What stands in the registry; "" when nothing does."""
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY, access=access) as key:
                value, kind = winreg.QueryValueEx(key, VALUE)
        except OSError:
            return ""
        return str(value) if kind == winreg.REG_SZ else ""

else:

    def written_folder() -> str:
        """What the Debian package wrote down; "" where it is not installed."""
        return first_line(FILE)


def first_line(file: Path) -> str:
    """Of a small text file, without blanks around it; "" when it is not there or is no text."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return text.partition("\n")[0].strip()


def machine_folder(written: Callable[[], str] = written_folder) -> Path | None:
    """The shared data folder, None when this computer has none."""
    text = written()
    return Path(text) if text else None


def is_machine_folder(folder: Path, written: Callable[[], str] = written_folder) -> bool:
    """True when ``folder`` is the one that all accounts share, however it is written."""
    shared = machine_folder(written)
    if shared is None:
        return False
    try:
        return shared.samefile(folder)
    except OSError:  # one of them is not there, or not for this account
        return _plain(shared) == _plain(folder)


def _plain(folder: Path) -> str:
    return os.path.normcase(folder.absolute())
