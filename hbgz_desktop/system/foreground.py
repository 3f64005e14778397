"""Whose window may come to the front: Windows lets only the program the person has just used decide."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes

    _ANY_PROCESS = 0xFFFFFFFF

    def allow_foreground() -> bool:
        """Let another program's window come to the front, until the person touches something else.

        Returns:
            Whether Windows heard it: from a program that was itself started by the person just now.
        """
        user = ctypes.WinDLL("user32")
        return bool(user.AllowSetForegroundWindow(ctypes.c_uint32(_ANY_PROCESS)))

else:

    def allow_foreground() -> bool:
        """Nothing to ask for: the window manager decides."""
        return True
