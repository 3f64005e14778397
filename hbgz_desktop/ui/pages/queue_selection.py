"""The selection of 上传队列: what is ticked, and what would come of it before anything is pressed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.services.retry_preview import Forecast
from hbgz_desktop.ui.pages.queue_operator import needs_question
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.widgets.selection_bar import SelectionBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.queue_desk import QueueDesk, SelectionLook
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.tasks import CancelToken

MOST_RECHECKED = 2000
_STATES = {
    Forecast.LIKELY: State.CONFIRMED,
    Forecast.PLATFORM: State.RETRYING,
    Forecast.PAUSED: State.PAUSED,
    Forecast.CHANGE: State.NEEDS_FIX,
    Forecast.IT: State.FAILED,
    Forecast.NOT_NEEDED: State.WAITING,
}


class QueueSelection(QObject):
    """Owns the selection bar; keeps a frozen list of ids and its forecast.

    Signals:
        changed: The ids or their forecast are others: name the primary button anew.
        pause_requested: Hold back what is selected.
        resume_requested: Let go what is selected.
        cancel_requested: Stop what is selected.

    Attributes:
        bar: The widget.
        ids: Frozen when they were ticked.
        look: The forecast; None while it is being worked out, or nothing is selected.
    """

    changed = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, context: PageContext, desk: QueueDesk, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._token: CancelToken | None = None
        self._is_all = False
        self.ids: tuple[int, ...] = ()
        self.look: SelectionLook | None = None
        self.bar = SelectionBar(context.theme, parent)
        self.bar.action_requested.connect(self._on_action)

    def _words(self, forecast: Forecast, count: int) -> str:
        return {
            Forecast.LIKELY: self.tr("{n} 项多半能成"),
            Forecast.PLATFORM: self.tr("{n} 项要等平台恢复", "", count),
            Forecast.PAUSED: self.tr("{n} 项暂停着，要先继续", "", count),
            Forecast.CHANGE: self.tr("{n} 项要先改内容", "", count),
            Forecast.IT: self.tr("{n} 项要信息科先处理", "", count),
            Forecast.NOT_NEEDED: self.tr("{n} 项不用重试", "", count),
        }[forecast].format(n=f"{count:,}")

    def set_ids(self, ids: Iterable[int], *, is_all: bool = False) -> None:
        """Something else is ticked; ``is_all`` when it is everything that matches the filter."""
        self.ids = tuple(ids)
        self._is_all = is_all
        self.look = None
        self.renew()

    def renew(self) -> None:
        """Work the forecast out anew."""
        if self._token is not None:
            self._token.cancel()
            self._token = None
        self._show()
        self._ask()
        self.changed.emit()

    def recheck(self) -> None:
        """The queue has changed: bring the forecast up to date, the old one stays until then.

        That of a very large selection stays: it takes longer than the queue takes to change again.
        """
        if len(self.ids) <= MOST_RECHECKED and self._token is None:
            self._ask()

    def _ask(self) -> None:
        if self.ids:
            ask = partial(self._desk.selection, self.ids)
            self._token = self._context.tasks.run_task(ask, self._on_looked, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._token = None
        self._context.notices.report_bug(error)

    def _on_looked(self, look: SelectionLook) -> None:
        self._token = None
        self.look = look
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if not self.ids:
            self.bar.set_selection("")
            return
        count = f"{len(self.ids):,}"
        words = self.tr("已选全部 {n} 项") if self._is_all else self.tr("已选 {n} 项")
        self.bar.set_selection(words.format(n=count), self.forecast(), is_loading=self.look is None)
        self._show_actions()

    def forecast(self) -> list[tuple[State, str]]:
        """Each likely outcome with its exact count; the counts add up to what is selected."""
        if self.look is None:
            return []
        counts = self.look.preview.counts
        return [(_STATES[one], self._words(one, counts[one])) for one in Forecast if counts[one]]

    def _show_actions(self) -> None:
        shown = self.look.preview if self.look is not None else None
        if self.look is None or shown is None:
            return
        if shown.paused and not shown.pausable:
            pause = self.tr("继续 {n} 项", "", shown.paused).format(n=f"{shown.paused:,}")
            reason = ""
        else:
            pause = self.tr("暂停 {n} 项", "", shown.pausable).format(n=f"{shown.pausable:,}")
            reason = "" if shown.pausable else self.tr("选中的都已经结束，没有可以暂停的")
        self.bar.set_action("pause", pause, reason=reason)
        cancel = (
            self.tr("取消 {n} 项…")
            if needs_question(self.look)
            else self.tr("取消 {n} 项", "", shown.cancellable)
        )
        reason = "" if shown.cancellable else self.tr("选中的都已经结束，没有可以取消的")
        self.bar.set_action("cancel", cancel.format(n=f"{shown.cancellable:,}"), reason=reason)

    def _on_action(self, key: str) -> None:
        if self.look is None:
            return
        if key == "cancel":
            self.cancel_requested.emit()
        elif self.look.preview.paused and not self.look.preview.pausable:
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

    # The primary button

    def primary_words(self) -> tuple[str, str]:
        """Text of the primary button, and why it is disabled ("" when it is not)."""
        if not self.ids:
            return self.tr("重试选中的"), self.tr("先勾选要重试的")
        words = self.tr("重试选中的 {n} 项").format(n=f"{len(self.ids):,}")
        if self.look is None:
            return words, self.tr("正在看能成几项…")
        if not self.look.preview.retryable:
            return words, self._why_nothing()
        return words, ""

    def _why_nothing(self) -> str:
        counts = self.look.preview.counts if self.look is not None else {}
        if counts.get(Forecast.CHANGE):
            return self.tr("再传也不会成功，要先改内容")
        if counts.get(Forecast.PAUSED):
            return self.tr("选中的暂停着，先继续")
        return self.tr("选中的不用重试，程序会自己传")
