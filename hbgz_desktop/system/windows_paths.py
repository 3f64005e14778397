r"""Paths that Windows' own rules would not reach: too long, or with a name it keeps for devices.

The prefix ``\\?\`` turns those rules off for one path, whatever the manifest and the registry say. It is used
only where it is needed, for Explorer and many programs do not understand it.
"""

from __future__ import annotations

import ntpath
import os
import re
import sys
from pathlib import Path

LONGEST = 247
r"""Longest path of a folder without the prefix; a file may have 12 characters more, which nobody needs."""
_PREFIX = "\\\\?\\"
_UNC_PREFIX = "\\\\?\\UNC\\"
_DEVICE_PREFIX = "\\\\.\\"
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE
)
_DRIVE = re.compile(r"[A-Za-z]:\\")


def is_device_name(name: str) -> bool:
    """True for CON, NUL, COM1 and their like, with any suffix: Windows opens the device, not the file."""
    return _DEVICE.fullmatch(name) is not None


def needs_prefix(path: str, room: int = 0) -> bool:
    r"""Whether Windows would refuse the path, or open something else.

    Args:
        path: A whole Windows path without the prefix.
        room: Characters that are still to come, for a folder.
    """
    names = ntpath.splitdrive(path)[1].split("\\")
    return len(path) + room > LONGEST or any(
        is_device_name(name) or name[-1:] in (".", " ") for name in names if name not in (".", "..")
    )


def with_prefix(path: str) -> str:
    r"""``C:\a`` → ``\\?\C:\a``; ``\\server\share`` → ``\\?\UNC\server\share``; others as they are.

    Args:
        path: A whole Windows path; ``.`` and ``..`` in it are worked out first, for nobody does it later.
    """
    if path.startswith((_PREFIX, _DEVICE_PREFIX)):
        return path
    plain = ntpath.normpath(path)
    if plain.startswith("\\\\"):
        return _UNC_PREFIX + plain[2:]
    return _PREFIX + plain if _DRIVE.match(plain) else path


def without_prefix(path: str) -> str:
    r"""The path as a person writes it; the reverse of ``with_prefix``."""
    if path.startswith(_UNC_PREFIX):
        return "\\\\" + path.removeprefix(_UNC_PREFIX)
    return path.removeprefix(_PREFIX)


if sys.platform == "win32":

    def reachable(path: Path, room: int = 0) -> Path:
        r"""The path so that it opens: with the prefix when it needs one.

        Args:
            path: From a person, a folder of others, or below a folder whose depth is not ours.
            room: Characters that are still to come, for a folder.
        """
        text = str(path)
        if text.startswith(_PREFIX):
            return path
        if not ntpath.isabs(
            text
        ):  # joined by hand: the system's own way would already change the name
            text = ntpath.join(os.getcwd(), text)  # noqa: PTH109 – Path.cwd() makes no difference
        return Path(with_prefix(text)) if needs_prefix(ntpath.normpath(text), room) else path

    def readable(path: Path) -> Path:
        """The path without the prefix: for the screen, for other programs, to compare it."""
        return Path(without_prefix(str(path)))

else:

    def reachable(path: Path, room: int = 0) -> Path:  # noqa: ARG001 – as on Windows
        """The path as it is: only Windows has such rules."""
        return path

    def readable(path: Path) -> Path:
        """The path as it is."""
        return path
