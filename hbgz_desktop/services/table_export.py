"""A list as a CSV file that Chinese Excel opens: UTF-8 with BOM, text never a formula."""

from __future__ import annotations

import csv
import re
import secrets
from threading import Event
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.system.durable_files import durable_rename
from hbgz_desktop.system.removal import discard
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－\uff20|%]")


class ExportJob:
    """One file being written; read from the GUI thread while a pool thread writes.

    Attributes:
        total: Lines there will be.
        done: Lines written so far.
        path: Where the file appears when it is whole.
    """

    def __init__(
        self, path: Path, total: int, on_whole: Callable[[int], None] | None = None
    ) -> None:
        """Prepare; nothing is written before ``run``.

        Args:
            path: Where to.
            total: Lines there will be.
            on_whole: Told how many lines the file holds once it is in place; runs in ``run``'s thread.
        """
        self.path = path
        self.total = total
        self.done = 0
        self._on_whole = on_whole
        self._stop = Event()

    def stop(self) -> None:
        """End after the current batch; no file is left."""
        self._stop.set()

    @property
    def is_stopped(self) -> bool:
        """True after ``stop``."""
        return self._stop.is_set()

    def run(self, headings: Sequence[str], batches: Iterable[Sequence[Sequence[object]]]) -> bool:
        """Write headings and lines beside the target, then put the file in place.

        Returns:
            False when it was stopped.

        Raises:
            StorageError: ``export_not_written``; no part of it is left.
        """
        target = reachable(self.path)
        part = target.with_name(f".{secrets.token_hex(4)}.part")
        try:
            if self._write(part, headings, batches):
                durable_rename(part, target)
                if self._on_whole is not None:
                    self._on_whole(self.done)
        except OSError as error:
            raise StorageError("export_not_written", retryable=False, errno=error.errno) from error
        finally:
            discard(part)
        return not self.is_stopped

    def _write(
        self,
        part: Path,
        headings: Sequence[str],
        batches: Iterable[Sequence[Sequence[object]]],
    ) -> bool:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([plain(one) for one in headings])
            for batch in batches:
                if self.is_stopped:
                    return False
                writer.writerows([[plain(cell) for cell in line] for line in batch])
                self.done += len(batch)
        return True


def plain(cell: object) -> object:
    """A cell that a spreadsheet shows as it is: numbers stay numbers, text is never a formula.

    Long numbers and those with a leading zero (accession numbers) get a tab in front, which Excel
    does not show: without it they would lose digits.
    """
    if not isinstance(cell, str):
        return cell
    if _FORMULA.match(cell):
        return f"'{cell}"
    if cell.isascii() and cell.isdigit() and (len(cell) > 11 or cell.startswith("0")):
        return f"\t{cell}"
    return cell
