"""保留与磁盘: what lies on the disk, how long it lasts, what could go, and 立即清理."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.retention_desk import RetentionDesk
from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.verdict import size_words
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question
from hbgz_desktop.ui.widgets.fact_rows import FactRow
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.disk_forecast import DiskForecast
    from hbgz_desktop.model.retention import ClearingPlan, ClearingRun, Volume
    from hbgz_desktop.services.clearing_job import ClearingDone, ClearingJob
    from hbgz_desktop.services.retention_desk import DiskState
    from hbgz_desktop.ui.page_context import PageContext

_CHOICES = (90, 30, 7, 1)


class RetentionSection(QWidget):
    """A card with the facts above the section's settings.

    Signals:
        loaded: The facts are shown.
    """

    loaded = Signal()

    def __init__(self, context: PageContext, form: QWidget, parent: QWidget | None = None) -> None:
        """Build it; ``load`` asks for the facts.

        Args:
            context: What the page was given.
            form: The settings of the section, which stand below the card.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._context = context
        self._desk = RetentionDesk(context.services.work)
        self._plan: ClearingPlan | None = None
        theme = context.theme
        self._here = FactRow(theme, State.WAITING, self.tr("正在看磁盘…"), parent=self)
        self._room = FactRow(theme, State.WAITING, "", parent=self)
        self._goes = FactRow(theme, State.WAITING, "", parent=self)
        self._last = FactRow(theme, State.WAITING, "", parent=self)
        self._held = FactRow(theme, State.RETRYING, "", parent=self)
        self._stays = Label("", "caption2", self, wrap=True)
        self._days = ComboBox(theme, self._choices(), self)
        self._days.setAccessibleName(self.tr("清理确认满多少天的"))
        self._clear = Button(theme, self.tr("立即清理…"), "", parent=self)
        self._clear.clicked.connect(self._on_clear)
        self._runner = JobRunner(context, "settings", self)
        self._runner.busy_changed.connect(self._on_busy)
        self._card = self._make_card()
        self.setLayout(column(self._card, form, gap=16))
        self._card.setVisible(context.services.accounts.may("images_cleared"))

    def _choices(self) -> list[tuple[str, str]]:
        words = self.tr("确认满 {n} 天的")
        own = ("", self.tr("按设置的保留天数"))
        return [own, *((str(days), words.format(n=days)) for days in _CHOICES)]

    def _make_card(self) -> Card:
        card = Card(self.tr("磁盘现在怎么样"), parent=self)
        for line in (self._here, self._room, self._goes, self._held, self._last):
            line.setVisible(line is self._here)
            card.body.addWidget(line)
        card.body.addWidget(self._stays)
        card.body.addWidget(rule(card))
        card.body.addLayout(row(self._days, self._clear, STRETCH))
        words = self.tr(
            "只清平台已逐幅确认、没有任何事还没办完的图像；账本、记录、报告和应答都留着。先列清楚，再问一次。"
        )
        card.body.addWidget(Label(words, "caption2", card, wrap=True))
        card.body.addWidget(self._runner.strip)
        return card

    # Facts

    def load(self) -> None:
        """Ask how the disk stands."""
        self._context.tasks.run_task(self._desk.state, self._on_state, self._on_failed)

    def _on_state(self, state: DiskState) -> None:
        self._show_room(state.forecast, state.warn_days)
        self._show_plan(state.plan, is_automatic=state.is_automatic)
        self._show_last(state.last)
        pending = state.forecast.pending
        self._held.setVisible(bool(pending))
        words = self.tr("{n} 个文件正被别的程序占着，程序会再试着删", "", pending)
        self._held.set_fact(State.RETRYING, words.format(n=f"{pending:,}"))
        self.loaded.emit()

    def _show_room(self, found: DiskForecast, warn_days: int) -> None:
        here = self._amount(found.studies, found.files, found.size_bytes)
        self._here.set_fact(State.CONFIRMED, self.tr("本机有图像 {amount}").format(amount=here))
        self._room.show()
        daily = self.tr("最近 7 天平均每天收 {size}").format(size=size_words(found.daily_bytes))
        left = self.tr("剩 {size}").format(size=size_words(found.free_bytes))
        if found.days_left is None:
            title = self.tr("{left}，照这样一年内够用").format(left=left)
        else:
            words = self.tr("{left}，照这样约 {n} 天后到保留线", "", found.days_left)
            title = words.format(left=left, n=found.days_left)
        state = State.NEEDS_FIX if found.is_short(warn_days) else State.CONFIRMED
        self._room.set_fact(state, title, daily)

    def _show_plan(self, plan: ClearingPlan, *, is_automatic: bool) -> None:
        goes = plan.clearable
        self._goes.show()
        amount = self._amount(goes.studies, goes.files, goes.size_bytes)
        title = (
            self.tr("按保留天数现在能清 {amount}").format(amount=amount)
            if goes.studies
            else self.tr("按保留天数现在没有要清的")
        )
        how = (
            self.tr("自动清理开着")
            if is_automatic
            else self.tr("自动清理关着，只有人按下面的按钮才清")
        )
        self._goes.set_fact(State.CONFIRMED if is_automatic else State.PAUSED, title, how)
        parts = [self._kept(reason, volume) for reason, volume in plan.kept.items()]
        words = self.tr("留着不清：{what}").format(what=self.tr("；").join(parts))
        self._stays.setText(words if parts else "")
        self._stays.setVisible(bool(parts))

    def _kept(self, reason: str, volume: Volume) -> str:
        title = self._context.texts.of(f"kept_{reason}").title
        words = self.tr("{why} {n} 份（{size}）", "", volume.studies)
        return words.format(why=title, n=f"{volume.studies:,}", size=size_words(volume.size_bytes))

    def _show_last(self, last: ClearingRun | None) -> None:
        self._last.show()
        if last is None:
            self._last.set_fact(State.WAITING, self.tr("还没有清理过"))
            return
        why = self._context.texts.of(f"clearing_reason_{last.reason}").title
        gone = last.cleared
        amount = self._amount(gone.studies, gone.files, gone.size_bytes)
        title = self.tr("上次清理 {at}，清了 {amount}")
        detail = self._context.theme.join(why, last.actor)
        self._last.set_fact(
            State.CONFIRMED, title.format(at=moment_words(last.began_at), amount=amount), detail
        )

    def _amount(self, studies: int, files: int, size_bytes: float) -> str:
        words = self.tr("{studies} 份、{files} 幅、{size}", "", studies)
        return words.format(studies=f"{studies:,}", files=f"{files:,}", size=size_words(size_bytes))

    # 立即清理

    def _on_clear(self) -> None:
        self._clear.set_busy(self.tr("正在数…"))
        key = self._days.key()
        ask = partial(self._desk.plan, int(key) if key else None)
        self._context.tasks.run_task(ask, self._on_plan, self._on_failed)

    def _on_plan(self, plan: ClearingPlan) -> None:
        self._clear.clear_busy()
        if not plan.study_ids:
            days = plan.policy.keep_days
            words = self.tr("没有可以清理的：确认满 {n} 天的都清过了，或还没有", "", days)
            self._context.notices.toast(words.format(n=days))
            return
        self._plan = plan
        dialog = ConfirmDialog(self._context.theme, self._question(plan), self.window())
        dialog.confirmed.connect(self._on_confirmed)
        dialog.open()

    def _question(self, plan: ClearingPlan) -> Question:
        goes = plan.clearable
        files = f"{goes.files:,}"
        kept = sum(one.studies for one in plan.kept.values())
        first, last = moment_words(plan.oldest_at), moment_words(plan.newest_at)
        when = self.tr("最早 {first} 确认，最晚 {last} 确认。")
        if first == last:
            when = self.tr("都在 {first} 确认。")
        body = [
            self.tr("{amount}，都已由平台逐幅确认满 {days} 天。", "", goes.studies).format(
                amount=self._amount(goes.studies, goes.files, goes.size_bytes),
                days=plan.policy.keep_days,
            ),
            when.format(first=first, last=last),
            self.tr("删掉的图像文件不能恢复，要用只能请 PACS 重新发来；账本、记录和报告都留着。"),
        ]
        if kept:
            words = self.tr("另有 {n} 份的图像留着不动，原因列在上面。", "", kept)
            body.append(words.format(n=f"{kept:,}"))
        return Question(
            title=self.tr("从本机清理 {n} 幅图像？", "", goes.files).format(n=files),
            body=tuple(body),
            act=self.tr("清理 {n} 幅", "", goes.files).format(n=files),
            keep=self.tr("不清理"),
        )

    def _on_confirmed(self) -> None:
        if self._plan is None:
            return
        try:
            job = self._desk.job(self._plan)
        except HbgzError as error:
            self._on_failed(error)
            return
        title = self.tr("清理 {n} 份检查的图像", "", job.total).format(n=f"{job.total:,}")
        self._runner.run(job, title, partial(_run, job), self._on_done, self._on_failed)

    def _on_done(self, done: ClearingDone) -> None:
        gone = done.cleared
        words = [
            self.tr("清理了 {amount}").format(
                amount=self._amount(gone.studies, gone.files, gone.size_bytes)
            )
        ]
        if done.stayed:
            stayed = self.tr("{n} 份刚有变化，留着", "", done.stayed)
            words.append(stayed.format(n=f"{done.stayed:,}"))
        if done.is_stopped:
            words.append(self.tr("停下了，其余没动"))
        self._context.notices.toast(self.tr("，").join(words))
        self.load()

    def _on_busy(self) -> None:
        self._clear.set_allowed(self.tr("正在清理") if self._runner.is_busy else "")

    def _on_failed(self, error: Exception) -> None:
        self._clear.clear_busy()
        if isinstance(error, HbgzError):
            self._context.notices.toast(self._context.texts.of(error.code, error.facts).title)
        else:
            self._context.notices.report_bug(error)


def _run(job: ClearingJob) -> ClearingDone:
    return job.run()
