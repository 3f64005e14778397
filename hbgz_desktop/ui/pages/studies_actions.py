"""What a person does to one study from its drawer; everything that can be undone is done at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.delivery import CANCELLABLE
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.services.next_step import StepAction, paused_ids, retryable_ids
from hbgz_desktop.ui.pages.studies_assign import AssignDialog
from hbgz_desktop.ui.pages.studies_deletion import StudyDeletion
from hbgz_desktop.ui.pages.studies_expected import ExpectedDialog
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.delivery import BulkReport
    from hbgz_desktop.model.record_choice import StudySide
    from hbgz_desktop.model.views import ChangedInstance, StudyDetail
    from hbgz_desktop.services.console import TestResult
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

WRONG_PATIENT = "wrong_patient"
DELETE = "delete"
"""Entries of the drawer's menu beside ``StepAction``."""


class StudyActions(QObject):
    """Runs one action at a time on the study it is given.

    Signals:
        done: Something changed in the database: look again.
        busy_changed: (is_busy) An action began or ended.
    """

    done = Signal()
    busy_changed = Signal(bool)

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, page: QWidget
    ) -> None:
        """Wire the parts; dialogs open above ``page``."""
        super().__init__(page)
        self._context, self._desk, self._words, self._page = context, desk, words, page
        self._is_busy = False
        self._undo_ids: tuple[int, ...] = ()
        self._study_id = 0
        self._changed: tuple[ChangedInstance, ...] = ()
        self._deletion = StudyDeletion(context, desk, words, page)
        self._deletion.done.connect(self.done)
        self._deletion.busy_changed.connect(self._on_deletion_busy)

    def run(self, action: str, detail: StudyDetail) -> None:
        """Do what a button or menu entry stands for; unknown keys do nothing."""
        acts: dict[str, Callable[[StudyDetail], None]] = {
            StepAction.COMPLETE: self._complete,
            StepAction.ASSIGN: self._assign,
            StepAction.FIX: self._fix,
            StepAction.MAP: self._map,
            StepAction.RETRY: self._retry,
            StepAction.RESUME: self._resume,
            StepAction.TEST_PLATFORM: self._test_platform,
            StepAction.OPEN_QUEUE: self._open_queue,
            StepAction.OPEN_SETTINGS: self._open_settings,
            StepAction.COPY_ACCESSION: self._copy,
            StepAction.SEND_NEWER: self._send_newer,
            StepAction.KEEP_SENT: self._keep_sent,
            StepAction.SET_EXPECTED: self._set_expected,
            StepAction.LET_GO: self._let_go,
            StepAction.DELETE_AND_SEND: self._delete_and_send,
            WRONG_PATIENT: self._wrong_patient,
            DELETE: self._delete,
            "pause": self._pause,
            "cancel": self._cancel,
        }
        act = acts.get(action)
        if act is not None and not self._is_busy:
            act(detail)

    def _work(self, func: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._is_busy = True
        self.busy_changed.emit(True)  # noqa: FBT003  # Qt's signal carries it
        self._context.tasks.run_task(func, on_done, self._on_failed)

    def _finish(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self._is_busy = False
        self.busy_changed.emit(False)  # noqa: FBT003  # as above
        if text:
            self._context.notices.toast(text, undo)
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self.busy_changed.emit(False)  # noqa: FBT003  # as above
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self._context.theme.join(text.title, text.next_step))

    # What the platform holds

    def _on_deletion_busy(self, is_busy: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _delete(self, detail: StudyDetail) -> None:
        if detail.row.examination_id is not None:
            self._deletion.delete(detail.row.examination_id)

    def _delete_and_send(self, detail: StudyDetail) -> None:
        if detail.row.examination_id is not None:
            self._deletion.delete(detail.row.examination_id, AfterDeletion.RESEND)

    def _wrong_patient(self, detail: StudyDetail) -> None:
        study = detail.row
        if study.examination_id is not None and study.study_id is not None:
            self._deletion.wrong_patient(study.examination_id, study.study_id)

    def _let_go(self, detail: StudyDetail) -> None:
        if detail.row.examination_id is not None:
            self._deletion.let_go(detail.row.examination_id)

    # Receiving and matching

    def _complete(self, detail: StudyDetail) -> None:
        if detail.row.study_id is not None:
            ask = partial(self._context.services.complete_study, detail.row.study_id)
            self._work(ask, self._on_completed)

    def _on_completed(self, _nothing: object) -> None:
        self._finish(self.tr("已按收齐处理；之后再来的图像会补传"))

    def _assign(self, detail: StudyDetail) -> None:
        if detail.row.study_id is not None:
            self._work(partial(self._desk.side_of, detail.row.study_id), self._on_side)

    def _on_side(self, side: StudySide | None) -> None:
        self._finish("")
        if side is not None:
            dialog = AssignDialog(self._context, self._desk, self._words, side, self._page)
            dialog.assigned.connect(self._on_assigned)
            dialog.open()

    def _on_assigned(self, study_id: int, examination_id: int) -> None:
        self._work(partial(self._desk.assign, study_id, examination_id), self._on_joined)

    def _on_joined(self, _nothing: object) -> None:
        self._finish(self.tr("已指定记录，正在校验"))

    def _set_expected(self, detail: StudyDetail) -> None:
        study = detail.row
        if study.study_id is not None:
            self._study_id = study.study_id
            theme = self._context.theme
            dialog = ExpectedDialog(theme, study.expected, study.received, self._page)
            dialog.count_chosen.connect(self._on_count_chosen)
            dialog.open()

    def _on_count_chosen(self, count: int | None) -> None:
        services = self._context.services
        expect = services.work.study_control.expect
        self._work(partial(expect, self._study_id, count, services.actor), self._on_expected)

    def _on_expected(self, _nothing: object) -> None:
        self._finish(self.tr("应有几幅已记下"))

    # Other content after it was confirmed

    def _send_newer(self, detail: StudyDetail) -> None:
        count = len(detail.changed)
        rest = max(0, detail.row.sendable - count)
        question = Question(
            title=self.tr("补传新收到的 {n} 幅？", "", count).format(n=count),
            body=(
                self.tr("平台确认以后，又收到 {n} 幅同号而内容不同的图像。", "", count).format(
                    n=count
                ),
                self.tr(
                    "只发这 {n} 幅新的，另外 {rest} 幅不重传；先前那一版本机也留着。", "", count
                ).format(n=count, rest=rest),
            ),
            act=self.tr("补传 {n} 幅").format(n=count),
            keep=self.tr("先不决定"),
            is_harmful=False,
        )
        self._ask_changed(detail, question, self._on_send_newer)

    def _keep_sent(self, detail: StudyDetail) -> None:
        count = len(detail.changed)
        question = Question(
            title=self.tr("保留平台上的，不发新收到的 {n} 幅？", "", count).format(n=count),
            body=(
                self.tr("平台上的 {n} 幅不动。", "", count).format(n=count),
                self.tr("新收到的 {n} 幅留在本机，不上传，以后也不再问。", "", count).format(
                    n=count
                ),
            ),
            act=self.tr("保留平台上的"),
            keep=self.tr("先不决定"),
        )
        self._ask_changed(detail, question, self._on_keep_sent)

    def _ask_changed(
        self, detail: StudyDetail, question: Question, on_confirmed: Callable[[], None]
    ) -> None:
        """What is decided is what the question counted: a version that comes meanwhile is asked for anew."""
        if detail.row.study_id is None or not detail.changed:
            return
        self._study_id, self._changed = detail.row.study_id, detail.changed
        dialog = ConfirmDialog(self._context.theme, question, self._page)
        dialog.confirmed.connect(on_confirmed)
        dialog.open()

    def _on_send_newer(self) -> None:
        services = self._context.services
        send = services.work.changed_images.send
        self._work(partial(send, self._study_id, self._changed, services.actor), self._on_sending)

    def _on_sending(self, count: int) -> None:
        self._finish(self.tr("{n} 幅排队补传", "", count).format(n=count))

    def _on_keep_sent(self) -> None:
        services = self._context.services
        keep = services.work.changed_images.keep
        self._work(partial(keep, self._study_id, self._changed, services.actor), self._on_kept)

    def _on_kept(self, count: int) -> None:
        self._finish(self.tr("平台上的不动，新的 {n} 幅留在本机", "", count).format(n=count))

    # The queue

    def _retry(self, detail: StudyDetail) -> None:
        self._queue("retry", retryable_ids(detail), self._on_retried)

    def _on_retried(self, report: BulkReport) -> None:
        words = self.tr("{n} 项重新排队、{skipped} 项跳过", "", report.changed)
        self._finish(words.format(n=report.changed, skipped=report.skipped))

    def _resume(self, detail: StudyDetail) -> None:
        self._queue("resume", paused_ids(detail), self._on_resumed)

    def _on_resumed(self, report: BulkReport) -> None:
        self._finish(
            self.tr("{n} 项继续上传", "", report.changed).format(n=report.changed),
            self._undo_resume,
        )

    def _pause(self, detail: StudyDetail) -> None:
        held = paused_ids(detail)
        if held:
            self._resume(detail)
        else:
            ids = tuple(one.id for one in detail.deliveries if one.state in CANCELLABLE)
            self._queue("pause", ids, self._on_paused)

    def _on_paused(self, report: BulkReport) -> None:
        undo = self._undo_pause if report.changed else None
        self._finish(self.tr("已暂停 {n} 项", "", report.changed).format(n=report.changed), undo)

    def _cancel(self, detail: StudyDetail) -> None:
        ids = tuple(one.id for one in detail.deliveries if one.state in CANCELLABLE)
        if not ids:
            self._context.notices.toast(self.tr("没有可以取消的上传"))
            return
        question = Question(
            title=self.tr("取消这份检查的 {n} 项上传？", "", len(ids)).format(n=len(ids)),
            body=(
                self.tr("图像和记录都留在本机，以后还能再传；平台已收到的不会删除。"),
                self.tr("正在传的，当前这一幅传完就停。"),
            ),
            act=self.tr("取消 {n} 项", "", len(ids)).format(n=len(ids)),
            keep=self.tr("不取消"),
        )
        dialog = ConfirmDialog(self._context.theme, question, self._page)
        self._undo_ids = ids
        dialog.confirmed.connect(self._on_cancel_confirmed)
        dialog.open()

    def _on_cancel_confirmed(self) -> None:
        self._queue("cancel", self._undo_ids, self._on_cancelled)

    def _on_cancelled(self, report: BulkReport) -> None:
        undo = self._undo_cancel if report.changed else None
        self._finish(self.tr("已取消 {n} 项", "", report.changed).format(n=report.changed), undo)

    def _queue(self, verb: str, ids: tuple[int, ...], on_done: Callable[..., None]) -> None:
        """Call ``QueueControl.<verb>`` on a frozen list of ids."""
        self._undo_ids = ids
        services = self._context.services
        control = services.work.queue_control
        verbs = {
            "retry": control.retry,
            "resume": control.resume,
            "pause": control.pause,
            "cancel": control.cancel,
        }
        self._work(partial(verbs[verb], ids, services.actor), on_done)

    def _undo_pause(self) -> None:
        self._queue("resume", self._undo_ids, self._on_undone)

    def _undo_resume(self) -> None:
        self._queue("pause", self._undo_ids, self._on_undone)

    def _undo_cancel(self) -> None:
        self._queue("retry", self._undo_ids, self._on_undone)

    def _on_undone(self, report: BulkReport) -> None:
        self._finish(self.tr("已撤销 {n} 项", "", report.changed).format(n=report.changed))

    # Elsewhere

    def _fix(self, detail: StudyDetail) -> None:
        first = next((one for one in detail.problems if one.severity is Severity.ERROR), None)
        rows = f"{first.rule}|{first.field}|{first.value}" if first is not None else ""
        self._context.open_page("needs_fix", rows)

    def _map(self, detail: StudyDetail) -> None:
        first = next((one for one in detail.problems if one.rule == "code_unknown"), None)
        if first is None:
            self._context.open_page("mapping", "")
        else:
            # a set whose values are not printed is named after its field
            name = first.code_set or first.field.rpartition(".")[2]
            self._context.open_page("mapping", f"{name}|{first.value}")

    def _test_platform(self, detail: StudyDetail) -> None:
        platform = next((one.platform for one in detail.deliveries), "")
        if platform:
            ask = partial(self._context.services.test_platform, platform)
            self._work(ask, self._on_tested)

    def _on_tested(self, result: TestResult) -> None:
        if result.is_ok:
            self._finish(self.tr("地址能连通（不等于能上传），恢复后程序会自动接着传"))
        else:
            title = self._context.texts.of(result.code).title if result.code else ""
            self._finish(self._context.theme.join(self.tr("还是连不上"), title))

    def _open_queue(self, _detail: StudyDetail) -> None:
        self._context.open_page("queue", "")

    def _open_settings(self, _detail: StudyDetail) -> None:
        self._context.open_page("settings", "guizhou")

    def _copy(self, detail: StudyDetail) -> None:
        QGuiApplication.clipboard().setText(detail.row.accession_number)
        self._context.notices.toast(self.tr("检查号已复制"))
