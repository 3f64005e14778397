"""从平台删除 and 图像属于另一位患者, from the drawer of 检查; each a question, then rows of the queue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.services.deletion import ACTION
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.pages.deletion_dialog import DeletionDialog, DeletionQuestion
from hbgz_desktop.ui.pages.studies_assign import AssignDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.deletion import Deletion, DeletionScope
    from hbgz_desktop.model.record_choice import StudySide
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.deletion_dialog import DeletionAnswer
    from hbgz_desktop.ui.pages.studies_words import StudyWords


class StudyDeletion(QObject):
    """One question at a time; dialogs open above ``page``.

    Signals:
        done: Something changed in the database: look again.
        busy_changed: (is_busy) An action began or ended.
    """

    done = Signal()
    busy_changed = Signal(bool)

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, page: QWidget
    ) -> None:
        """Wire the parts."""
        super().__init__(page)
        self._context, self._desk, self._words, self._page = context, desk, words, page
        self._control = context.services.work.deletion
        self._examination_id = 0
        self._study_id = 0
        self._target_id = 0
        self._index_code = ""
        self._asked_then: AfterDeletion | None = None

    def delete(self, examination_id: int, then: AfterDeletion | None = None) -> None:
        """Ask about one examination; ``then`` None lets the person choose what comes next."""
        if not self._may():
            return
        self._examination_id, self._asked_then = examination_id, then
        self._work(partial(self._control.scope, examination_id), self._on_scope)

    def let_go(self, examination_id: int) -> None:
        """Send again what was deleted and held back."""
        services = self._context.services
        self._work(partial(self._control.let_go, examination_id, services.actor), self._on_let_go)

    def wrong_patient(self, examination_id: int, study_id: int) -> None:
        """Ask whose the images really are, then what has to go at the platform."""
        if not self._may():
            return
        self._examination_id, self._study_id = examination_id, study_id
        self._work(partial(self._desk.side_of, study_id), self._on_side)

    # Deleting

    def _on_scope(self, scope: DeletionScope | None) -> None:
        self._finish()
        if scope is None:
            self._toast_code("index_not_sent")
            return
        is_again = self._asked_then is AfterDeletion.RESEND
        question = DeletionQuestion(
            title=self.tr("删除后重发这份检查？") if is_again else self.tr("从平台删除这份检查？"),
            scope=scope,
            then=self._asked_then,
            steps=self._resend_steps() if is_again else (),
            act=self.tr("删除后重发") if is_again else self.tr("从平台删除"),
        )
        self._open(question, self._on_decided)

    def _resend_steps(self) -> tuple[str, ...]:
        return (
            self.tr("请平台删除旧的索引和它下面的全部内容"),
            self.tr("平台答应以后，用新的索引把记录、图像和报告重传一遍"),
        )

    def _open(
        self, question: DeletionQuestion, on_decided: Callable[[DeletionAnswer], None]
    ) -> None:
        self._index_code = question.scope.index_code  # no other than the one that is shown
        dialog = DeletionDialog(self._context.theme, question, self._page)
        dialog.decided.connect(on_decided)
        dialog.open()

    def _on_decided(self, answer: DeletionAnswer) -> None:
        ask = partial(
            self._control.ask,
            self._examination_id,
            then=answer.then,
            reason=answer.reason,
            actor=self._context.services.actor,
            index_code=self._index_code,
        )
        self._work(ask, self._on_asked)

    def _on_asked(self, _deletion: Deletion) -> None:
        self._finish(self.tr("已排队：请平台删除"))

    def _on_let_go(self, is_free: bool) -> None:  # noqa: FBT001  # a task's result
        self._finish(self.tr("重新排队上传") if is_free else self.tr("它没有被拦着"))

    # Another patient's images

    def _on_side(self, side: StudySide | None) -> None:
        self._finish()
        if side is None:
            return
        dialog = AssignDialog(
            self._context,
            self._desk,
            self._words,
            side,
            self._page,
            moved_from=self._examination_id,
        )
        dialog.assigned.connect(self._on_target)
        dialog.open()

    def _on_target(self, _study_id: int, examination_id: int) -> None:
        self._target_id = examination_id
        self._work(partial(self._control.scope, self._examination_id), self._on_wrong_scope)

    def _on_wrong_scope(self, scope: DeletionScope | None) -> None:
        self._finish()
        if scope is None:  # nothing of it is at the platform: what was seen is enough
            move = partial(self._desk.assign, self._study_id, self._target_id)
            self._work(move, self._on_moved)
            return
        question = DeletionQuestion(
            title=self.tr("传到了别人名下：先从平台删除？"),
            scope=scope,
            then=AfterDeletion.RESEND,
            steps=(
                self.tr("请平台删除这个索引和它下面的全部内容"),
                self.tr("平台答应以后，把图像归到您选的那条记录"),
                self.tr("两份检查各用自己的索引重新上传；缺图像的那份等图像"),
            ),
            act=self.tr("删除并换记录"),
        )
        self._open(question, self._on_wrong_decided)

    def _on_wrong_decided(self, answer: DeletionAnswer) -> None:
        ask = partial(
            self._control.wrong_patient,
            self._study_id,
            self._target_id,
            reason=answer.reason,
            actor=self._context.services.actor,
            index_code=self._index_code,
        )
        self._work(ask, self._on_wrong_asked)

    def _on_wrong_asked(self, _deletion: Deletion | None) -> None:
        self._finish(self.tr("已排队：平台删除以后，图像归到您选的记录，再重传"))

    def _on_moved(self, _nothing: object) -> None:
        self._finish(self.tr("平台上没有这份检查，图像已归到您选的记录"))

    # Common

    def _may(self) -> bool:
        if self._context.services.accounts.may(ACTION):
            return True
        self._context.notices.toast(self.tr("从平台删除要信息科的人来做"))
        return False

    def _work(self, func: Callable[[], object], on_done: Callable[..., None]) -> None:
        self.busy_changed.emit(True)  # noqa: FBT003  # Qt's signal carries it
        self._context.tasks.run_task(func, on_done, self._on_failed)

    def _finish(self, text: str = "") -> None:
        self.busy_changed.emit(False)  # noqa: FBT003  # as above
        if text:
            self._context.notices.toast(text)
            self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)  # noqa: FBT003  # as above
        toast_failure(self._context, error)
        self.done.emit()

    def _toast_code(self, code: str) -> None:
        text = self._context.texts.of(code)
        self._context.notices.toast(self._context.theme.join(text.title, text.cause))
