"""Whether another program still has a file open."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import ctypes

    _GENERIC_READ = 0x80000000
    _SHARE_NOTHING = 0
    _OPEN_EXISTING = 3
    _INVALID_HANDLE = ctypes.c_void_p(-1).value
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateFileW.restype = ctypes.c_void_p
    _kernel32.CloseHandle.argtypes = (ctypes.c_void_p,)

    def is_open_elsewhere(path: Path) -> bool:
        """True while anybody has it open, or it cannot be opened: whoever writes it may not be done."""
        handle = _kernel32.CreateFileW(
            str(reachable(path)), _GENERIC_READ, _SHARE_NOTHING, None, _OPEN_EXISTING, 0, None
        )
        if handle == _INVALID_HANDLE:
            return True
        _kernel32.CloseHandle(handle)
        return False

else:

    def is_open_elsewhere(path: Path) -> bool:
        """True when it cannot be opened; other systems do not say who writes a file."""
        try:
            with path.open("rb"):
                return False
        except OSError:
            return True
