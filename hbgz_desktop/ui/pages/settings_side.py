"""Beside the settings: can it upload now, and a rehearsal that never touches a real platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.fact_rows import FactRow
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.mapping_views import WaitingValue
    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.theme import Theme

_WIDTH = 248


class SettingsSide(QWidget):
    """Two cards below each other, side by side where the window is narrow.

    Signals:
        mapping_requested: 去字典对照.
        rehearsal_requested: 开始演练.
    """

    mapping_requested = Signal()
    rehearsal_requested = Signal()

    def __init__(self, theme: Theme, *, can_rehearse: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self._facts = [FactRow(theme, State.WAITING, "", parent=self) for _ in range(4)]
        self._mapping = Button(theme, self.tr("去字典对照"), "quiet", parent=self)
        self._mapping.clicked.connect(self.mapping_requested)
        self._ready = self._ready_card()
        self._rehearsal = self._rehearsal_card()
        self._rehearsal.setVisible(can_rehearse)
        self._layout.addWidget(self._ready)
        self._layout.addWidget(self._rehearsal)
        self._layout.addStretch(1)
        self.set_beside(is_beside=True)

    def _ready_card(self) -> Card:
        card = Card(self.tr("现在能传了吗"), parent=self)
        for fact in self._facts:
            card.body.addWidget(fact)
        card.body.addLayout(row(self._mapping, STRETCH))
        card.body.addStretch(1)
        return card

    def _rehearsal_card(self) -> Card:
        card = Card(self.tr("演练一份"), parent=self)
        words = self.tr("在本机的模拟平台上走一遍 2.1 → 2.2 → 2.4，不碰真平台，也不算进统计。")
        button = Button(self._theme, self.tr("开始演练"), parent=card)
        button.clicked.connect(self.rehearsal_requested)
        card.body.addWidget(Label(words, "body2", card, wrap=True))
        card.body.addLayout(row(button, STRETCH))
        card.body.addStretch(1)
        return card

    def set_beside(self, *, is_beside: bool) -> None:
        """A column beside the form, or a line below it."""
        down = QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(down if is_beside else QBoxLayout.Direction.LeftToRight)
        for at, share in enumerate((0, 0, 1) if is_beside else (1, 1, 0)):
            self._layout.setStretch(at, share)
        self.setMaximumWidth(_WIDTH if is_beside else 16_777_215)
        self.setMinimumWidth(_WIDTH if is_beside else 0)
        policy = QSizePolicy.Policy.Fixed if is_beside else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def show_facts(self, run: FirstRun, waiting: tuple[WaitingValue, ...]) -> None:
        """Say what is proved and what is still open; nothing is claimed beyond that."""
        own = run.settings.guizhou
        receiver, address, key, mapping = self._facts
        is_listening = run.engine.is_alive and run.engine.receiver_state == "listening"
        receiver.set_fact(
            State.CONFIRMED if is_listening else State.FAILED,
            self.tr("正在听") if is_listening else self.tr("接收没有运行"),
            self.tr("端口 {port}").format(port=run.engine.dicom_port or run.settings.dicom.port),
        )
        if not own.base_url:
            address.set_fact(
                State.NEEDS_FIX, self.tr("没有填平台地址"), self.tr("图像先收着，不上传")
            )
        elif run.answered_at is None:
            address.set_fact(
                State.WAITING, self.tr("平台还没有应答过"), self.tr("点“测试连接”看看")
            )
        else:
            at = self.tr("{at} 应答过").format(at=moment_words(run.answered_at))
            address.set_fact(State.CONFIRMED, self.tr("平台应答过"), at)
        key.set_fact(
            State.CONFIRMED if run.has_key else State.NEEDS_FIX,
            self.tr("密钥已存好") if run.has_key else self.tr("没有填密钥"),
            self.tr("对不对要上传一份才知道") if run.has_key else self.tr("向平台要，填在“密钥”里"),
        )
        self._show_mapping(mapping, waiting)

    def _show_mapping(self, fact: FactRow, waiting: tuple[WaitingValue, ...]) -> None:
        self._mapping.setVisible(bool(waiting))
        if waiting:
            count = self.tr("有 {n} 个写法没有代码").format(n=len(waiting))
            fact.set_fact(State.NEEDS_FIX, count, self.tr("登记员可以在字典对照里补"))
        else:
            fact.set_fact(State.CONFIRMED, self.tr("对照都有了"), self.tr("收到的写法都有代码"))
