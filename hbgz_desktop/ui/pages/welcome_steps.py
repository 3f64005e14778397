"""The first run: three steps that tick themselves off by facts, and a rehearsal (LOOK picture 09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.services.first_run import takes_images
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.settings_devices import TypeIn
from hbgz_desktop.ui.pages.welcome_card import StepCard
from hbgz_desktop.ui.pages.welcome_forms import HospitalStep
from hbgz_desktop.ui.pages.welcome_platform import PlatformStep
from hbgz_desktop.ui.rehearsal import Rehearsal
from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from hbgz_desktop.services.console import TestResult
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.page_context import PageContext

_LOOK_MS = 2000
_FOLD_UNDER = 1000


class FirstRunSteps(QWidget):
    """Shown on 总览 until it is done or put away; asks by itself while it is visible.

    Signals:
        progressed: (FirstRun) What is known now.
        finished: All three steps are done; once.
        closed: 以后再说 was pressed.
    """

    progressed = Signal(object)
    finished = Signal()
    closed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build the steps."""
        super().__init__(parent)
        self._context = context
        self._practice = Rehearsal(context, self)
        self._is_asking = False
        self._is_finished = False
        self._hospital = HospitalStep(context, self)
        self._receiver = ReceiverStep(context, self)
        self._platform = PlatformStep(context, self)
        for step in (self._hospital, self._platform):
            step.saved.connect(self.refresh)
        self._hospital.platforms_chosen.connect(self._on_platforms)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(16)
        for card in (self._hospital, self._receiver, self._platform):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._cards.addWidget(card, 1)
        self._rehearsal = self._rehearsal_card()
        self._rehearsal.setVisible(self._practice.is_offered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._promise())
        layout.addLayout(self._cards)
        layout.addWidget(self._rehearsal)
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_MS)
        self._tick.timeout.connect(self.refresh)

    def _promise(self) -> QWidget:
        line = QWidget(self)
        self._words = Label("", "body2", line, wrap=True)
        later = Button(self._context.theme, self.tr("以后再说"), "quiet", parent=line)
        later.clicked.connect(self.closed)
        box = row(self._words, later)
        box.setStretch(0, 1)
        line.setLayout(box)
        return line

    def _rehearsal_card(self) -> Card:
        card = Card(parent=self)
        title = Label(self.tr("用模拟平台演练"), "strong", card)
        words = Label(
            self.tr(
                "在另一个窗口里，用编造的患者和本机的模拟平台走一遍全程。试用数据永远不会发给真平台。"
            ),
            "body2",
            card,
            wrap=True,
        )
        button = Button(self._context.theme, self.tr("开始演练"), "", "play", card)
        button.clicked.connect(self._on_rehearsal)
        line = row(column(title, words, gap=4), button, gap=16)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        return card

    # Facts

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._tick.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow enough to fold: side by side the cards would force the page to scroll sideways."""
        return QSize(max(self._least_widths()), super().minimumSizeHint().height())

    def _least_widths(self) -> list[int]:
        cards = (self._hospital, self._receiver, self._platform)
        return [card.minimumSizeHint().width() for card in cards if not card.isHidden()]

    def _fold(self) -> None:
        widths = self._least_widths()
        needed = max(widths) * len(widths) + self._cards.spacing() * (len(widths) - 1)
        is_folded = self.width() < max(_FOLD_UNDER, needed)
        down = QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(down if is_folded else QBoxLayout.Direction.LeftToRight)

    def refresh(self) -> None:
        """Ask what is known now."""
        if not self._is_asking:
            self._is_asking = True
            ask = self._context.services.first_run
            self._context.tasks.run_task(ask, self._on_run, self._on_failed)

    def _on_run(self, run: FirstRun) -> None:
        self._is_asking = False
        done = run.done
        following = next((n for n, is_done in enumerate(done) if not is_done), len(done))
        self._hospital.show_run(run)
        self._on_platforms(self._hospital.platforms)
        self._receiver.show_run(run)
        self._platform.show_run(run)
        doing = ("", self.tr("正在听") if self._receiver.is_listening else "", "")
        cards = (self._hospital, self._receiver, self._platform)
        for number, card in enumerate(cards):
            card.set_state(is_done=done[number], is_next=number == following, doing=doing[number])
        self._fold()
        self.progressed.emit(run)
        if all(done) and not self._is_finished:
            self._is_finished = True
            self.finished.emit()

    def _on_platforms(self, platforms: tuple[str, ...]) -> None:
        """The steps of this province: where nothing is uploaded, nobody waits for a device."""
        has_images = takes_images(platforms)
        self._platform.set_platforms(platforms, takes_images=has_images)
        self._platform.set_number(3 if has_images else 2)
        self._receiver.setVisible(has_images)
        self._words.setText(
            self.tr("图像收下就先落盘，断电、断网都不会丢。三步做完就开始上传，先做哪一步都行。")
            if has_images
            else self.tr("两步做完，就能给患者登记授权，查看他在外院的检查检验结果。")
        )
        self._fold()

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._context.notices.report_bug(error)

    def _on_rehearsal(self) -> None:
        self._practice.start(self._hospital.platforms)


class ReceiverStep(StepCard):
    """让设备把图像发到这里: what to type in, and the tick when the first device was heard."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, 2, parent=parent)
        self._context = context
        self.is_listening = False
        self.set_title(self.tr("让设备把图像发到这里"))
        words = self.tr(
            "把下面几样填进 CT、MR、DX 或 PACS 的“DICOM 目的地”。第一幅图像或 C-ECHO 到了，这里会自己打勾。"
        )
        self.body.addWidget(Label(words, "body2", self, wrap=True))
        self._type_in = TypeIn(context, self)
        self.body.addWidget(self._type_in)
        self._icon = IconLabel(context.theme, "receiver", "accent", 16, self)
        self._state = Label("", "", self, wrap=True)
        line = row(self._icon, self._state)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self._hint = Label("", "caption2", self, wrap=True)
        self.body.addWidget(self._hint)
        self._test = Button(context.theme, self.tr("测试本机接收"), parent=self)
        self._test.clicked.connect(self._on_test)
        change = Button(context.theme, self.tr("改 AE 或端口"), "quiet", parent=self)
        change.clicked.connect(self._on_change)
        self._result = Label("", "caption2", self, wrap=True)
        self.body.addStretch(1)
        self.body.addWidget(self._result)
        self.body.addLayout(row(self._test, change, STRETCH))

    def show_run(self, run: FirstRun) -> None:
        """Show what to type in and what came."""
        self._type_in.show_run(run)
        self.is_listening = run.engine.is_listening
        call = run.first_call
        if call is not None:
            words = self.tr("{device} 在 {at} 第一次连过来，至今 {n} 幅图像。", "", run.refused)
            at = moment_words(call.opened_at)
            self._show(Tone.OK, words.format(device=call.calling_ae, at=at, n=f"{run.images:,}"))
        elif run.engine.is_starting:
            self._icon.set_icon("receiver", "accent")
            self._state.setText(self.tr("正在启动，马上就能收。"))
        elif not run.engine.is_alive:
            self._show(Tone.BAD, self.tr("接收没有运行，图像现在收不进来。请信息科看。"))
        elif not self.is_listening:
            text = self._context.texts.of(run.engine.receiver_state)
            self._show(Tone.BAD, self._context.theme.join(text.title, text.next_step))
        else:
            self._icon.set_icon("receiver", "accent")
            self._state.setText(self.tr("正在听。还没有设备连过来。"))
        if run.refused:
            words = self.tr("有 {n} 次连接被拒绝，原因看“设置”里的“设备和连接”。", "", run.refused)
            self._hint.setText(words.format(n=run.refused))
        else:
            self._hint.setText(self.tr("收不到？多半是防火墙。设备试过却被拒绝时，这里会说。"))
        self._hint.setVisible(call is None or bool(run.refused))

    def _show(self, tone: Tone, words: str) -> None:
        self._icon.set_icon(*tone_icon(tone))
        self._state.setText(words)

    def _on_test(self) -> None:
        self._test.set_busy(self.tr("正在测试…"))
        self._result.setText("")
        ask = self._context.services.test_receiver
        self._context.tasks.run_task(ask, self._on_tested, self._on_failed)

    def _on_tested(self, result: TestResult) -> None:
        self._test.clear_busy()
        if result.is_ok:
            words = self.tr("本机应答 C-ECHO，{ms} ms").format(ms=f"{result.elapsed_ms:.0f}")
        else:
            text = self._context.texts.of(result.code)
            words = self._context.theme.join(text.title, text.next_step)
        self._result.set_role("ok" if result.is_ok else "error")
        self._result.setText(words)

    def _on_failed(self, error: Exception) -> None:
        self._test.clear_busy()
        self._context.notices.report_bug(error)

    def _on_change(self) -> None:
        self._context.open_page("settings", "dicom")
