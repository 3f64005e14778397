"""On which system the tests run, and how much slower it is."""

from __future__ import annotations

import ctypes
import os
import sys


def _is_wine() -> bool:
    """Whether this Windows is Wine: its ntdll alone knows its own version."""
    if sys.platform == "win32":
        return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
    return False


IS_WINDOWS = sys.platform == "win32"
IS_WINE = _is_wine()
FONT_FOLDER = (
    "Z:/usr/share/fonts/opentype/noto"
    if IS_WINE
    else f"{os.environ.get('WINDIR', '')}/Fonts" * IS_WINDOWS
)
"""Where Qt without a screen looks for fonts; it reads no collections, so under Wine it has none, but does not
warn. "" on Linux, where fontconfig knows."""
SLOWNESS = 4 if IS_WINE else 1
"""By what a time limit that a test sets is multiplied: Wine starts a process in seconds."""
