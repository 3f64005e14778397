"""Writing 字典对照: save, import, delete, and the way back; each says exactly what it did."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.mapping_views import MappingEntry
from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.phrases import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.mapping_views import MappingRow
    from hbgz_desktop.services.mapping import MappingSaved
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.mapping_drafts import Key


class MappingSaving(QObject):
    """Runs one change at a time off the GUI thread; its toast can undo it.

    Signals:
        begun: A change is on its way.
        saved: (tuple of keys) These lines are in force.
        undone: The last change was taken back.
        refused: (words) Nothing was written; what is wrong, "" for a bug.

    Attributes:
        strip: How far the release of what waited is; hidden while there is none.
    """

    begun = Signal()
    saved = Signal(object)
    undone = Signal()
    refused = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._control = context.services.work.mapping_control
        self._keys: tuple[Key, ...] = ()
        self._last: MappingSaved | None = None
        self._releases = JobRunner(context, "mapping", parent)
        self.strip = self._releases.strip

    def save(self, entries: Sequence[MappingEntry]) -> None:
        """Save picked codes and let go what waited on them."""
        self._write(entries, self._on_saved)

    def take_in(self, entries: Sequence[MappingEntry]) -> None:
        """Save what a file brought; the person has seen the counts."""
        self._write(entries, self._on_imported)

    def delete(self, mapping: MappingRow) -> None:
        """Remove one line."""
        entry = MappingEntry(mapping.code_set, mapping.local_value, "")
        self._write((entry,), self._on_deleted)

    def _write(
        self, entries: Sequence[MappingEntry], on_done: Callable[[MappingSaved], None]
    ) -> None:
        if entries and not self._releases.is_busy:
            self._keys = tuple((one.code_set, one.local_value) for one in entries)
            self.begun.emit()
            watch = WorkWatch()
            actor = self._context.services.actor
            write = partial(self._control.save, tuple(entries), actor, watch)
            title = self.tr("保存 {n} 条对照并放行", "", len(entries)).format(n=f"{len(entries):,}")
            self._releases.run(watch, title, write, on_done, self._on_failed)

    def _on_saved(self, saved: MappingSaved) -> None:
        self._finish(saved, self._words_of(saved))

    def _on_imported(self, saved: MappingSaved) -> None:
        words = self.tr("导入了 {n} 条", "", len(saved.before)).format(n=len(saved.before))
        if saved.released or saved.still_waiting or saved.rest:
            words = self.tr("{first}，{then}").format(first=words, then=self._words_of(saved))
        self._finish(saved, words)

    def _on_deleted(self, saved: MappingSaved) -> None:
        words = self.tr("删了 {n} 条对照，已经传的不受影响", "", len(saved.before)).format(
            n=len(saved.before)
        )
        self._finish(saved, words)

    def _finish(self, saved: MappingSaved, words: str) -> None:
        self._last = saved
        self._context.notices.toast(words, self._on_undo)
        self.saved.emit(self._keys)

    def _words_of(self, saved: MappingSaved) -> str:
        """放行了 37 份：35 份开始上传，2 份还有别的问题. The parts add up to the first number."""
        total = saved.released + saved.still_waiting + saved.rest
        if not total:
            return self.tr("保存了 {n} 条对照", "", len(saved.before)).format(n=len(saved.before))
        waits = saved.released - saved.uploading
        parts = [
            (saved.uploading, self.tr("{n} 份开始上传")),
            (waits, self.tr("{n} 份等报告、结算或图像", "", waits)),
            (saved.still_waiting, self.tr("{n} 份还有别的问题", "", saved.still_waiting)),
            (saved.rest, self.tr("停下了，其余 {n} 份程序接着放行")),
        ]
        words = clauses(text.format(n=f"{n:,}") for n, text in parts if n)
        return self.tr("放行了 {n} 份：{parts}").format(n=f"{total:,}", parts=words)

    def _on_undo(self) -> None:
        if self._last is not None:
            watch = WorkWatch()
            undo = partial(self._control.undo, self._last, self._context.services.actor, watch)
            title = self.tr("撤销 {n} 条对照", "", len(self._last.before)).format(
                n=f"{len(self._last.before):,}"
            )
            self._releases.run(watch, title, undo, self._on_undone, self._on_failed, can_stop=False)

    def _on_undone(self, gone: int) -> None:
        count = len(self._last.before) if self._last is not None else 0
        words = self.tr("撤销了 {n} 条对照", "", count).format(n=count)
        if gone:
            late = self.tr("{n} 份已经开始上传，不收回", "", gone).format(n=gone)
            words = self.tr("{first}；{then}").format(first=words, then=late)
        self._last = None
        self._context.notices.toast(words)
        self.undone.emit()

    def _on_failed(self, error: Exception) -> None:
        words = ""
        if isinstance(error, HbgzError):
            words = self._context.texts.of(error.code, error.facts).title
        self.refused.emit(words)
        toast_failure(self._context, error)
