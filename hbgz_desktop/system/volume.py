"""What a folder lies on: a disk of this machine or not, its file system, and how much room is left."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import psutil

from hbgz_desktop.system.windows_paths import readable

if TYPE_CHECKING:
    from pathlib import Path

_NETWORK = frozenset({"9p", "afs", "ceph", "cifs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs"})
_NETWORK_STARTS = ("nfs", "smb")
_WITHOUT_RIGHTS = frozenset({"exfat", "fat", "fat32", "msdos", "vfat"})


class VolumeKind(StrEnum):
    """Whether it can be taken away, and whether others share it."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Volume:
    r"""A volume as the system describes it.

    Attributes:
        root: Drive or mount point, e.g. ``C:\``.
        kind: What it is on.
        file_system: As the system spells it, e.g. NTFS, ext4; "" when it does not say.
        device: Block device on Linux, else "".
    """

    root: str
    kind: VolumeKind
    file_system: str
    device: str = ""

    @property
    def has_rights(self) -> bool:
        """False for file systems that cannot keep anybody out of a folder."""
        return self.file_system.lower() not in _WITHOUT_RIGHTS


def is_network(file_system: str) -> bool:
    """True for file systems of other machines."""
    return file_system in _NETWORK or file_system.startswith(_NETWORK_STARTS)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KINDS = {
        2: VolumeKind.REMOVABLE,
        3: VolumeKind.FIXED,
        4: VolumeKind.NETWORK,
        5: VolumeKind.REMOVABLE,
        6: VolumeKind.FIXED,
    }
    _ROOM = 1024
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.GetDiskFreeSpaceExW.argtypes = (
        wintypes.LPCWSTR,
        *[ctypes.POINTER(ctypes.c_uint64)] * 3,
    )

    def volume_of(folder: Path) -> Volume:
        """The volume of a folder that is there.

        Raises:
            OSError: The system does not know.
        """
        root, name = ctypes.create_unicode_buffer(_ROOM), ctypes.create_unicode_buffer(_ROOM)
        _done(_kernel32.GetVolumePathNameW(str(readable(folder)), root, _ROOM))
        kind = _KINDS.get(_kernel32.GetDriveTypeW(root), VolumeKind.UNKNOWN)
        is_told = _kernel32.GetVolumeInformationW(root, None, 0, None, None, None, name, _ROOM)
        return Volume(root.value, kind, name.value if is_told else "")

    def free_bytes(folder: Path) -> int:
        """Room for this account: its quota counts, which ``shutil.disk_usage`` passes over.

        Raises:
            OSError: The volume cannot be reached.
        """
        free = ctypes.c_uint64()
        _done(_kernel32.GetDiskFreeSpaceExW(str(folder), ctypes.byref(free), None, None))
        return free.value

    def _done(answer: int) -> None:
        if not answer:
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def volume_of(folder: Path) -> Volume:
        """The volume of a folder that is there.

        Raises:
            OSError: The system does not know.
        """
        resolved = readable(folder).resolve(strict=True)
        around = [
            one
            for one in psutil.disk_partitions(all=True)
            if resolved.is_relative_to(one.mountpoint)
        ]
        if not around:
            return Volume("", VolumeKind.UNKNOWN, "")
        # of two with one mount point the later one lies over the other
        found = max(reversed(around), key=lambda one: len(one.mountpoint))
        kind = VolumeKind.NETWORK if is_network(found.fstype) else VolumeKind.FIXED
        return Volume(found.mountpoint, kind, found.fstype, found.device)

    def free_bytes(folder: Path) -> int:
        """Room for an account that is not the system's own.

        Raises:
            OSError: The volume cannot be reached.
        """
        return shutil.disk_usage(folder).free
