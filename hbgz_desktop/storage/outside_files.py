"""The cache of other hospitals' images on disk: a folder of its own, never the spool's, nothing of it is sent.

Files are kept exactly as received, under names built from our own ids, never from a UID (DESIGN 5.1). They
are patient data as the spool's are, and rely on the same rights of the data folder.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from hbgz_desktop.model.errors import DiskFullError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.system.durable_files import durable_rename, make_folder, sync_content, sync_folder
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.removal import discard, remove_tree
from hbgz_desktop.system.volume import free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PART_SUFFIX = ".part"
STALE_PART_S = 900.0
"""A part nobody has written to for so long belongs to no living download."""
_BLOCK_BYTES = 1024 * 1024
_MEGABYTE = 1024 * 1024


class ReceivingFile:
    """A file on its way into the cache; without ``keep`` nothing of it stays.

    Attributes:
        stream: Write the file's bytes here.
    """

    def __init__(self, stream: BinaryIO, part: Path, target: Path) -> None:
        self.stream = stream
        self._part = part
        self._target = target

    def keep(self) -> tuple[int, str]:
        """Make it durable under its own name: sync → rename → sync of the folder.

        Returns:
            (size in bytes, SHA-256 hex) of what is on the disk.

        Raises:
            StorageError: The system refused.
        """
        try:
            self.stream.flush()
            digest, size = hashlib.sha256(), 0
            self.stream.seek(0)
            while block := self.stream.read(_BLOCK_BYTES):
                digest.update(block)
                size += len(block)
            sync_content(self.stream.fileno())
            self.stream.close()
            passing("outside.before_rename")
            durable_rename(self._part, self._target)
            sync_folder(self._target.parent)
        except OSError as error:
            raise translate_os_error(error) from error
        return size, digest.hexdigest()


class OutsideFiles:
    """Files under ``root/<examination>/<image>.dcm``, by our own ids. Safe from any thread and process."""

    def __init__(self, root: Path, reserve_mb: Callable[[], int]) -> None:
        """Keep files below ``root``, made when it is needed; so many megabytes of the disk stay free."""
        self.root = root
        self._reserve_mb = reserve_mb

    def path(self, examination_id: int, image_id: int) -> Path:
        """Where an image is, when it is cached."""
        return self.root / str(examination_id) / f"{image_id}.dcm"

    def picture(self, examination_id: int, image_id: int) -> Path:
        """Where its small picture is, when one was made."""
        return self.root / str(examination_id) / f"{image_id}.jpg"

    def has(self, examination_id: int, image_id: int, size_bytes: int) -> bool:
        """True when a file of this size is in its place."""
        try:
            return self.path(examination_id, image_id).stat().st_size == size_bytes
        except OSError:
            return False

    @contextmanager
    def receive(self, examination_id: int, image_id: int) -> Iterator[ReceivingFile]:
        """Open a temporary file beside its place.

        Raises:
            DiskFullError: The reserve is reached, or the system says so.
            StorageError: Any other refusal of the system.
        """
        target = self.path(examination_id, image_id)
        part = target.with_name(f".{target.name}.{os.getpid()}-{secrets.token_hex(4)}{PART_SUFFIX}")
        try:
            make_folder(target.parent)
            reserve_mb = self._reserve_mb()
            if free_bytes(target.parent) < reserve_mb * _MEGABYTE:
                raise DiskFullError("disk_reserve_reached", reserve_mb=reserve_mb)
            with part.open("x+b") as stream:
                yield ReceivingFile(stream, part, target)
        except OSError as error:
            raise translate_os_error(error) from error
        finally:
            discard(part)

    def remove(self, examination_id: int) -> None:
        """Remove an examination's files; one that Windows still holds open stays for the next sweep."""
        remove_tree(self.root / str(examination_id))

    def folders(self) -> tuple[int, ...]:
        """Examinations that have a folder."""
        try:
            names = [one.name for one in self.root.iterdir()]
        except OSError:
            return ()
        return tuple(int(name) for name in names if name.isascii() and name.isdecimal())

    def sweep(self, examination_id: int, wanted: frozenset[int]) -> int:
        """Remove files of no wanted image, and parts that nobody writes any more; returns how many."""
        removed = 0
        for path in self._entries(examination_id):
            if path.name.endswith(PART_SUFFIX):
                is_ours = _age_s(path) < STALE_PART_S
            else:
                is_ours = path.stem.isdecimal() and int(path.stem) in wanted
            if not is_ours:
                discard(path)
                removed += 1
        return removed

    def _entries(self, examination_id: int) -> tuple[Path, ...]:
        try:
            return tuple((self.root / str(examination_id)).iterdir())
        except OSError:
            return ()


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
