"""Whose window may come to the front: Windows lets only the program the person has just used decide."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes

    _ANY_PROCESS = 0xFFFFFFFF

    def allow_foreground() -> None:
        """Let another program's window come to the front, until the person touches something else.

        Heard only from a program that was itself started by the person just now.
        """
        ctypes.WinDLL("user32").AllowSetForegroundWindow(ctypes.c_uint32(_ANY_PROCESS))

else:

    def allow_foreground() -> None:
        """Nothing to ask for: the window manager decides."""
