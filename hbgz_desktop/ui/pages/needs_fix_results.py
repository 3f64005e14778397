"""What a fix brought, in exact numbers, and how to take it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.ui.phrases import clauses

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.fix_views import FixGroup
    from hbgz_desktop.services.fix_desk import Corrected, FixDesk
    from hbgz_desktop.services.mapping import MappingSaved
    from hbgz_desktop.ui.job_runner import JobRunner
    from hbgz_desktop.ui.page_context import PageContext


class FixResults(QObject):
    """Toasts and undo of 待处理.

    Signals:
        done: Something was written or taken back: look again.
    """

    done = Signal()

    def __init__(
        self, context: PageContext, desk: FixDesk, releases: JobRunner, parent: QWidget
    ) -> None:
        """Build it; nothing was done yet."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._releases = releases
        self._saved: MappingSaved | None = None
        self._group: FixGroup | None = None
        self._correction: Corrected | None = None

    # A code for all

    def mapped(self, saved: MappingSaved) -> None:
        """A code was kept: who is released."""
        self._saved = saved
        self._context.notices.toast(self.mapped_words(saved), self._on_undo_code)
        self.done.emit()

    def mapped_words(self, saved: MappingSaved) -> str:
        """放行了 37 份：35 份开始上传，2 份还有别的问题."""
        if not (saved.released or saved.still_waiting or saved.rest):
            return self.tr("记住了；现在没有检查在等它")
        total = saved.released + saved.still_waiting + saved.rest
        waits = saved.released - saved.uploading
        parts = [self.tr("{n} 份开始上传").format(n=f"{saved.uploading:,}")]
        if waits:
            parts.append(self.tr("{n} 份还等结算或报告", "", waits).format(n=f"{waits:,}"))
        if saved.still_waiting:
            parts.append(
                self.tr("{n} 份还有别的问题", "", saved.still_waiting).format(
                    n=f"{saved.still_waiting:,}"
                )
            )
        if saved.rest:
            parts.append(self.tr("停下了，其余 {n} 份程序接着放行").format(n=f"{saved.rest:,}"))
        words = self.tr("放行了 {n} 份：{parts}")
        return words.format(n=f"{total:,}", parts=clauses(parts))

    def _on_undo_code(self) -> None:
        saved, self._saved = self._saved, None
        if saved is not None:
            watch = WorkWatch()
            work = partial(self._desk.undo_code, saved, watch)
            title = self.tr("收回 {n} 份", "", len(saved.examination_ids)).format(
                n=f"{len(saved.examination_ids):,}"
            )
            self._releases.run(
                watch, title, work, self._on_code_undone, self._on_failed, can_stop=False
            )

    def _on_code_undone(self, gone: int) -> None:
        words = self.tr("已撤销")
        if gone:
            words = self.tr("已撤销；{n} 份已经开始上传，不受影响", "", gone).format(n=f"{gone:,}")
        self._context.notices.toast(words)
        self.done.emit()

    # One record

    def corrected(self, done: Corrected) -> None:
        """A field was written: what is left."""
        self._correction = done
        if done.same_field:
            self.done.emit()
            return
        words = self.tr("改好了，程序自己接着上传")
        if done.still:
            words = self.tr("这一处改好了，这份检查还有 {n} 处问题", "", len(done.still)).format(
                n=len(done.still)
            )
        self._context.notices.toast(words, self._on_undo_correction)
        self.done.emit()

    def _on_undo_correction(self) -> None:
        done, self._correction = self._correction, None
        if done is not None:
            work = partial(self._desk.undo_correction, done)
            self._context.tasks.run_task(work, self._on_undone, self._on_failed)

    # Rows of files, objects in quarantine

    def settled(self, group: FixGroup) -> None:
        """Rows were taken off the list."""
        self._group = group
        words = self.tr("已记为处理过 {n} 项").format(n=f"{group.count:,}")
        self._context.notices.toast(words, self._on_undo_settled)
        self.done.emit()

    def _on_undo_settled(self) -> None:
        group, self._group = self._group, None
        if group is not None:
            ids = [one.id for one in group.rows]
            work = partial(self._desk.settle, group.kind, ids, is_settled=False)
            self._context.tasks.run_task(work, self._on_undone, self._on_failed)

    def _on_undone(self, _result: object) -> None:
        self._context.notices.toast(self.tr("已撤销"))
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)
