"""The folder of received files: written durably, kept exactly as received, named by us."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import DiskFullError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.system.durable_files import durable_rename, make_folder, sync_content, sync_folder
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.removal import discard
from hbgz_desktop.system.volume import free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PART_SUFFIX = ".part"
FREE_SPACE_AGE_S = 0.25
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A durable file.

    Attributes:
        path: Relative to the spool's root, with forward slashes, as kept in the database.
        size_bytes: Whole file with our file meta header.
    """

    path: str
    size_bytes: int


class Spool:
    """Files under ``root/<yyyymmdd>/<HHMM>/`` (UTC); names hold a time and randomness, nothing of a peer's.

    Safe from any thread.
    """

    def __init__(
        self,
        root: Path,
        *,
        reserve_mb: int,
        suffix: str = ".dcm",
        on_held: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Create ``root`` when missing.

        Args:
            root: The folder.
            reserve_mb: So many megabytes of the volume stay free.
            suffix: Of the files.
            on_held: Told the path of a file that nobody needs and that could not be removed.

        Raises:
            StorageError: The folder cannot be made.
        """
        self.root = root
        self.reserve_bytes = reserve_mb * _MEGABYTE
        self._suffix = suffix
        self._on_held = on_held
        self._free_bytes = 0
        self._free_at = -1.0
        self._known: set[Path] = set()
        self._lock = threading.Lock()
        try:
            make_folder(root)
        except OSError as error:
            raise translate_os_error(error) from error

    def free_bytes(self) -> int:
        """Free bytes of the volume, at most ``FREE_SPACE_AGE_S`` old."""
        now = time.monotonic()
        if now - self._free_at > FREE_SPACE_AGE_S:
            try:
                self._free_bytes = free_bytes(self.root)
            except OSError as error:
                raise translate_os_error(error) from error
            self._free_at = now
        return self._free_bytes

    def has_room(self, size_bytes: int = 0) -> bool:
        """True while ``size_bytes`` more would leave the reserve untouched."""
        return self.free_bytes() - size_bytes >= self.reserve_bytes

    def absolute(self, path: str) -> Path:
        """Path of the database as a path of the system."""
        return self.root / path

    def write(self, *blocks: bytes | memoryview) -> SpooledFile:
        """Write one file: temp file → sync → rename → sync of the folder (DESIGN 5.1).

        Raises:
            DiskFullError: Reserve reached, or the system says so.
            StorageError: Any other refusal of the system.
        """
        size = sum(len(block) for block in blocks)
        if not self.has_room(size):
            raise DiskFullError("disk_reserve_reached", reserve_mb=self.reserve_bytes // _MEGABYTE)
        folder, name = self._new_name()
        temporary = folder / f".{name}{PART_SUFFIX}"
        target = folder / name
        try:
            self._write_part(temporary, blocks)
            durable_rename(temporary, target)
            passing("receive.after_rename")
            sync_folder(folder)
        except OSError as error:
            self._remove(temporary)
            self._remove(target)
            self._known.discard(folder)
            raise translate_os_error(error) from error
        passing("receive.after_folder_sync")
        return SpooledFile(target.relative_to(self.root).as_posix(), size)

    @staticmethod
    def _write_part(temporary: Path, blocks: tuple[bytes | memoryview, ...]) -> None:
        with temporary.open("xb", buffering=0) as stream:
            for block in blocks:
                view = memoryview(block)
                while view:
                    view = view[stream.write(view) or 0 :]
            passing("receive.after_write")
            sync_content(stream.fileno())
        passing("receive.after_sync")

    def remove(self, path: str) -> None:
        """Remove a file that no acknowledged row names; a missing one is fine, of a held one ``on_held`` is told."""
        self._remove(self.absolute(path))

    def _remove(self, path: Path) -> None:
        if not discard(path):
            self._on_held(path.relative_to(self.root).as_posix())

    def _new_name(self) -> tuple[Path, str]:
        now = datetime.now(UTC)
        token = secrets.token_hex(4)
        folder = self.root / f"{now:%Y%m%d}" / f"{now:%H%M}"
        if folder not in self._known:
            with self._lock:
                try:
                    make_folder(folder)
                except OSError as error:
                    raise translate_os_error(error) from error
                self._known.add(folder)
        return folder, f"{time.time_ns():x}-{token}{self._suffix}"

    def remove_parts(self) -> int:
        """Delete temp files of a crashed process; they were never acknowledged. Returns how many."""
        count = 0
        for part in self.root.rglob(f".*{PART_SUFFIX}"):
            discard(part)
            count += 1
        return count

    def files(self) -> Iterator[str]:
        """Every file's relative path."""
        for path in self.root.rglob(f"*{self._suffix}"):
            relative = path.relative_to(self.root)
            if not any(part.startswith(".") for part in relative.parts):
                yield relative.as_posix()
