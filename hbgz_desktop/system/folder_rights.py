"""Who may do what in a folder: this account, and everybody else on the computer (DESIGN 11)."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import stat
import sys
import time
from typing import TYPE_CHECKING, Any

from hbgz_desktop.system.removal import discard

if TYPE_CHECKING:
    from pathlib import Path

_EVERYBODY = {
    "WD": "Everyone",
    "AU": "Authenticated Users",
    "BU": "Users",
    "IU": "INTERACTIVE",
    "NU": "NETWORK",
    "BG": "Guests",
    "AN": "ANONYMOUS",
    "DU": "Domain Users",
    "S-1-1-0": "Everyone",
    "S-1-5-11": "Authenticated Users",
    "S-1-5-32-545": "Users",
    "S-1-5-4": "INTERACTIVE",
    "S-1-5-2": "NETWORK",
    "S-1-5-32-546": "Guests",
    "S-1-5-7": "ANONYMOUS",
}
"""Security identifiers, and their short forms, of whoever may sit at the computer."""
_ACE = re.compile(r"\(([^;()]*);[^;()]*;([^;()]*);[^;()]*;[^;()]*;([^;()]*)[;)]")
_ALLOWS = frozenset({"A", "XA"})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_TRIES = 10 if sys.platform == "win32" else 1
_PAUSE_S = 0.1
_FILE_OBJECT = 1
_DACL = 4
_REVISION = 1


def may_modify(folder: Path, file: Path) -> bool:
    """True when this account may create and delete in ``folder`` and write ``file`` if it is there.

    Other trouble than missing rights is no answer, and counts as True.
    """
    probe = folder / f".rights-{secrets.token_hex(4)}"
    if not _opens(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL):
        return False
    discard(probe)
    return _opens(file, os.O_RDWR)


def _opens(path: Path, flags: int) -> bool:
    """False when rights are missing; on Windows a virus scanner is refused in the same words, for a moment."""
    for tries_left in reversed(range(_TRIES)):
        try:
            os.close(os.open(path, flags, 0o600))
        except OSError as error:
            if error.errno not in _REFUSED:
                return True
            if tries_left:
                time.sleep(_PAUSE_S)
        else:
            return True
    return False


def strangers(folder: Path) -> tuple[str, ...]:
    """Groups that anybody at this computer belongs to and that may do something in ``folder``.

    Raises:
        OSError: The rights cannot be read.
    """
    if sys.platform == "win32":
        return strangers_in(_access_list(folder))
    else:  # noqa: RET505  # mypy looks at one of the two systems at a time
        return ("others",) if _is_open(folder) else ()


def strangers_in(access_list: str) -> tuple[str, ...]:
    """The same from an access list in Windows' own notation (SDDL)."""
    if "NO_ACCESS_CONTROL" in access_list:
        return ("Everyone",)
    found = [
        _EVERYBODY[who]
        for kind, rights, who in _ACE.findall(access_list)
        if kind in _ALLOWS and who in _EVERYBODY and rights not in ("", "0x0")
    ]
    return tuple(dict.fromkeys(found))


def close_to_others(folder: Path) -> None:
    """Take from everybody else what a new folder gives them; on Windows they inherit what the place above says."""
    if sys.platform != "win32":
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~stat.S_IRWXO)


if sys.platform == "win32":

    def _access_list(folder: Path) -> str:
        advapi32: Any = ctypes.WinDLL("advapi32")
        kernel32: Any = ctypes.WinDLL("kernel32")
        kernel32.LocalFree.argtypes = [ctypes.c_void_p]
        descriptor, text = ctypes.c_void_p(), ctypes.c_wchar_p()
        advapi32.GetNamedSecurityInfoW.argtypes = [
            ctypes.c_wchar_p,
            *(ctypes.c_int, ctypes.c_uint32),
            *(ctypes.c_void_p,) * 5,
        ]
        number = advapi32.GetNamedSecurityInfoW(
            str(folder), _FILE_OBJECT, _DACL, None, None, None, None, ctypes.byref(descriptor)
        )
        if number:
            raise ctypes.WinError(number)
        try:
            if not advapi32.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor, _REVISION, _DACL, ctypes.byref(text), None
            ):
                raise ctypes.WinError()
            try:
                return text.value or ""
            finally:
                kernel32.LocalFree(text)
        finally:
            kernel32.LocalFree(descriptor)

else:

    def _is_open(folder: Path) -> bool:
        """Others have rights on it, and on the way to it."""
        return bool(folder.stat().st_mode & stat.S_IRWXO) and all(
            one.stat().st_mode & stat.S_IXOTH for one in folder.resolve().parents
        )
