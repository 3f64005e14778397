from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from hbgz_desktop.system.volume import Volume, VolumeKind, free_bytes, is_network, volume_of
from hbgz_desktop.system.volume_encryption import volume_encryption


def test_the_volume_of_a_folder(data_dir: Path) -> None:
    volume = volume_of(data_dir)
    assert str(data_dir).startswith(volume.root)
    assert volume.kind is not VolumeKind.UNKNOWN
    assert volume.file_system


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    if sys.platform != "win32":  # there the drive answers
        with pytest.raises(FileNotFoundError):
            volume_of(tmp_path / "none")


@pytest.mark.skipif(sys.platform != "linux", reason="a file system in memory of this machine")
def test_the_mount_nearest_to_the_folder_counts() -> None:
    assert volume_of(Path("/proc/self")).file_system == "proc"


def test_free_room(tmp_path: Path) -> None:
    free = free_bytes(tmp_path)
    assert 0 < free <= shutil.disk_usage(tmp_path).total
    with pytest.raises(OSError, match=r"."):
        free_bytes(tmp_path / "none" / "deeper")


@pytest.mark.parametrize("name", ["nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_file_systems_of_other_machines(name: str) -> None:
    assert is_network(name)


@pytest.mark.parametrize("name", ["ext4", "xfs", "btrfs", "NTFS", "overlay", "tmpfs"])
def test_file_systems_of_this_one(name: str) -> None:
    assert not is_network(name)
    assert Volume(os.sep, VolumeKind.FIXED, name).has_rights


@pytest.mark.parametrize("name", ["FAT32", "exFAT", "vfat"])
def test_file_systems_without_rights(name: str) -> None:
    assert not Volume("E:\\", VolumeKind.FIXED, name).has_rights


def test_encryption_is_told_or_not_known(data_dir: Path) -> None:
    assert volume_encryption(data_dir) in {"on", "off", "unknown"}
