"""Rows of record files that were not taken: out as a workbook, corrected, and in again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.services.record_import import SETTLEMENT_NODE
from hbgz_desktop.sources.bad_rows import read_bad_rows, write_bad_rows
from hbgz_desktop.sources.drop_folder import PROCESSED, REJECTED
from hbgz_desktop.sources.file_limits import FileLimits
from hbgz_desktop.system.windows_paths import LONGEST, reachable, readable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hbgz_desktop.model.views import ImportProblem
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.services.record_import import ImportReport
    from hbgz_desktop.services.work_watch import WorkWatch

_MOST_PROBLEMS = 100_000


class ImportRepair:
    """Built on the console's services; every method blocks on disk and database."""

    def __init__(self, services: ConsoleServices, texts: ErrorTexts) -> None:
        """Ask ``services``; ``texts`` says what is wrong with a row."""
        self._services = services
        self._work = services.work
        self._texts = texts
        interface = services.work.standard.interface(SERVICE)
        self._labels = {field.name: field.label for field in interface.fields}
        self._settlement_fields = tuple(one.name for one in interface.nested[SETTLEMENT_NODE])

    def kept_file(self, source: str) -> Path | None:
        """Where the drop folder put the newest file of this name; None when it is no longer there."""
        found = list(self._kept(source))
        newest = max(found, key=lambda path: path.stat().st_mtime_ns, default=None)
        return None if newest is None else readable(newest)

    def _kept(self, source: str) -> Iterator[Path]:
        stem, dot, suffix = source.rpartition(".")
        numbered = re.compile(rf"{re.escape(stem)}( \(\d+\))?{re.escape(dot + suffix)}")
        for name in (PROCESSED, REJECTED):
            folder = reachable(self._work.drop_folder() / name, LONGEST)
            if folder.is_dir():
                yield from (one for one in folder.iterdir() if numbered.fullmatch(one.name))

    def folder(self, source: str) -> Path:
        """The folder to look into: that of the file, else the drop folder."""
        path = self.kept_file(source)
        return path.parent if path is not None else self._work.drop_folder()

    def export(self, source: str, path: Path) -> int:
        """Write the rows of a file that were not taken, each with its problem; how many.

        Raises:
            RecordError: ``import_file_gone``, ``import_rows_fine``, ``bad_rows_not_written``, or why the
                file cannot be read.
        """
        kept = self.kept_file(source)
        if kept is None:
            raise RecordError("import_file_gone")
        tables = read_bad_rows(
            reachable(kept),
            known_fields=tuple(self._labels),
            settlement_fields=self._settlement_fields,
            limits=FileLimits(),
            also=self._refused_later(self._problems(source)),
        )
        if not tables:
            raise RecordError("import_rows_fine")
        count = write_bad_rows(path, tables, self._describe)
        self._services.note_export("import")(count)
        return count

    def _problems(self, source: str) -> list[ImportProblem]:
        found = self._services.browsing.queue.import_problems(_MOST_PROBLEMS)
        return [one for one in found if one.source == source]

    @staticmethod
    def _refused_later(problems: Sequence[ImportProblem]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for one in problems:
            if one.row:
                found.setdefault(one.row, []).append(one.rule)
        return found

    def _describe(self, field: str, rule: str) -> str:
        text = self._texts.of(rule, {"field": field})
        name = self._labels.get(field, field)
        words = " ".join(part for part in (text.title, text.next_step) if part)
        return f"{name} {words}".strip()

    def import_again(self, source: str, path: Path, watch: WorkWatch) -> ImportReport:
        """Import a corrected file; what was wrong with ``source`` makes room for what still is.

        Raises:
            RecordError: The file as a whole cannot be read; nothing has changed.
        """
        report = self._work.record_import.import_file(path, source=source, watch=watch)
        self._work.audit_import(report)
        return report
