"""Bulk actions of the queue: said with their count before, done on frozen ids, reported exactly, undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.services.queue_jobs import BulkAction
from hbgz_desktop.ui.failures import failure_words
from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.queue_desk import QueueDesk, SelectionLook
    from hbgz_desktop.services.queue_jobs import BulkDone, BulkJob
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords

MOST_WITHOUT_QUESTION = 10


class QueueOperator(QObject):
    """Runs one job at a time; it goes on when the page is left.

    Signals:
        finished: A job ended, or was undone: look at the queue again.
        busy_changed: A job begins or ends: ask ``is_busy``.

    Attributes:
        strip: Progress; shows itself when a job takes longer than 0.3 s.
    """

    finished = Signal()
    busy_changed = Signal()

    def __init__(
        self, context: PageContext, desk: QueueDesk, words: QueueWords, parent: QWidget
    ) -> None:
        """Build it idle."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._words = words
        self._owner = parent
        self._last: BulkDone | None = None
        self._platforms: tuple[tuple[str, ...], bool] = ((), False)
        self._pending: tuple[int, ...] = ()
        self._runner = JobRunner(context, "queue", parent)
        self._runner.busy_changed.connect(self.busy_changed)
        self.strip = self._runner.strip

    @property
    def is_busy(self) -> bool:
        """True while a job runs."""
        return self._runner.is_busy

    # Asking

    def cancel(self, look: SelectionLook) -> None:
        """Cancel a selection; asks first when it stops more than ten things or something on its way."""
        if not needs_question(look):
            self.start(BulkAction.CANCEL, look.ids)
            return
        self._pending = look.ids
        dialog = ConfirmDialog(self._context.theme, self._question(look), self._owner.window())
        dialog.confirmed.connect(self._on_cancel_confirmed)
        dialog.open()

    def _on_cancel_confirmed(self) -> None:
        self.start(BulkAction.CANCEL, self._pending)

    def _question(self, look: SelectionLook) -> Question:
        shown = look.preview
        count = f"{shown.cancellable:,}"
        kinds = clauses(
            self.tr("{what} {n} 项").format(what=self._words.kinds[kind], n=f"{number:,}")
            for kind in (
                DeliveryKind.IMAGES,
                DeliveryKind.REPORT,
                DeliveryKind.RECORD,
                DeliveryKind.DELETION,
            )
            if (number := shown.kinds[kind])
        )
        body = [
            self.tr("{n} 项属于 {exams} 份检查：{kinds}。", "", shown.cancellable).format(
                n=count, exams=f"{look.examinations:,}", kinds=kinds
            ),
            self.tr("图像和记录都留在本机，以后还能再传；平台已收到的不会删除。"),
        ]
        if shown.running:
            body.append(
                self.tr("其中 {n} 项正在上传，当前这一幅传完就停。", "", shown.running).format(
                    n=f"{shown.running:,}"
                )
            )
        return Question(
            title=self.tr("取消 {n} 项上传？", "", shown.cancellable).format(n=count),
            body=tuple(body),
            act=self.tr("取消 {n} 项", "", shown.cancellable).format(n=count),
            keep=self.tr("不取消"),
            link=self.tr("看这 {n} 项").format(n=count),
        )

    # Doing

    def start(self, action: BulkAction, ids: Sequence[int]) -> None:
        """Do it to exactly these; does nothing while another job runs."""
        if ids and not self.is_busy:
            self._run(self._desk.job(action, tuple(ids)))

    def _run(self, job: BulkJob) -> None:
        title = self._title(job.action, job.total).format(n=f"{job.total:,}")
        self._runner.run(job, title, job.run, self._on_done, self._on_job_failed)

    def _title(self, action: BulkAction, count: int) -> str:
        return {
            BulkAction.RETRY: self.tr("重试 {n} 项", "", count),
            BulkAction.PAUSE: self.tr("暂停 {n} 项", "", count),
            BulkAction.RESUME: self.tr("继续 {n} 项", "", count),
            BulkAction.CANCEL: self.tr("取消 {n} 项", "", count),
            BulkAction.UNCANCEL: self.tr("恢复 {n} 项", "", count),
        }[action]

    def _on_done(self, done: BulkDone) -> None:
        self._last = done
        self.finished.emit()
        undo = self._on_undo if done.undo_action is not None else None
        self._context.notices.toast(self.report(done), undo)

    def _on_job_failed(self, error: Exception) -> None:
        self.finished.emit()
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        why = failure_words(self._context, error)
        if why:
            self._context.notices.toast(self.tr("没有做完：{why}").format(why=why))

    def _on_undo(self) -> None:
        job = self._desk.undo_job(self._last) if self._last is not None else None
        self._last = None
        if job is not None and not self.is_busy:
            self._run(job)

    def report(self, done: BulkDone) -> str:
        """What was done, in exact numbers."""
        numbers = {
            "n": f"{done.changed:,}",
            "now": f"{done.changed - done.queued:,}",
            "queued": f"{done.queued:,}",
            "skipped": f"{done.skipped:,}",
        }
        if done.action is BulkAction.RETRY:
            words = self.tr("已重试：{now} 项开始上传、{queued} 项排队、{skipped} 项跳过")
        else:
            words = {
                BulkAction.PAUSE: self.tr("已暂停 {n} 项", "", done.changed),
                BulkAction.RESUME: self.tr("已继续 {n} 项", "", done.changed),
                BulkAction.CANCEL: self.tr("已取消 {n} 项", "", done.changed),
                BulkAction.UNCANCEL: self.tr("已恢复 {n} 项，接着传", "", done.changed),
            }[done.action]
            if done.skipped:
                words += self.tr("，{skipped} 项不用动")
        if done.is_stopped:
            rest = done.total - done.changed - done.skipped
            words += self.tr("；停下了，其余 {rest} 项没动")
            numbers["rest"] = f"{rest:,}"
        return words.format(**numbers)

    # Whole platforms

    def pause_platforms(self, names: Sequence[str], *, is_paused: bool) -> None:
        """Hold back, or let go, everything for these platforms; can be undone."""
        self._platforms = (tuple(names), is_paused)
        work = partial(self._desk.set_platforms_paused, tuple(names), is_paused=is_paused)
        self._context.tasks.run_task(work, self._on_platforms_set, self._on_failed)

    def _on_platforms_set(self, changed: tuple[str, ...]) -> None:
        is_paused = self._platforms[1]
        self._platforms = (changed, is_paused)
        words = (
            self.tr("已暂停全部上传；正在传的传完这一幅就停")
            if is_paused
            else self.tr("已恢复上传，接着传")
        )
        self._context.notices.toast(words, self._on_platforms_undone if changed else None)
        self.finished.emit()

    def _on_platforms_undone(self) -> None:
        names, is_paused = self._platforms
        work = partial(self._desk.set_platforms_paused, names, is_paused=not is_paused)
        self._context.tasks.run_task(work, self._on_platforms_back, self._on_failed)

    def _on_platforms_back(self, _changed: object) -> None:
        self.finished.emit()


def needs_question(look: SelectionLook) -> bool:
    """True when cancelling stops more than ten things, or one that is on its way."""
    return look.preview.cancellable > MOST_WITHOUT_QUESTION or look.preview.running > 0
