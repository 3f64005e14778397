"""Beside the settings: can it upload now, and a rehearsal that never touches a real platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from hbgz_desktop.model.settings import DELIVERY_PLATFORMS, PLATFORMS
from hbgz_desktop.services.first_run import takes_images
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.phrases import labelled
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.verdict import platform_name, receiver_mark
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.fact_rows import FactRow
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.mapping_views import WaitingValue
    from hbgz_desktop.services.first_run import FirstRun, PlatformReadiness
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
        self._receiver = FactRow(theme, State.WAITING, "", parent=self)
        self._addresses = {one: FactRow(theme, State.WAITING, "", parent=self) for one in PLATFORMS}
        self._keys = {one: FactRow(theme, State.WAITING, "", parent=self) for one in PLATFORMS}
        self._codes = FactRow(theme, State.WAITING, "", parent=self)
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
        card = Card(self.tr("现在能用了吗"), parent=self)
        card.body.addWidget(self._receiver)
        for one in PLATFORMS:
            card.body.addWidget(self._addresses[one])
            card.body.addWidget(self._keys[one])
        card.body.addWidget(self._codes)
        card.body.addLayout(row(self._mapping, STRETCH))
        card.body.addStretch(1)
        return card

    def _rehearsal_card(self) -> Card:
        card = Card(self.tr("演练一份"), parent=self)
        self._practice = Label("", "body2", card, wrap=True)
        button = Button(self._theme, self.tr("开始演练"), parent=card)
        button.clicked.connect(self.rehearsal_requested)
        card.body.addWidget(self._practice)
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

    def show_facts(
        self, run: FirstRun, waiting: tuple[WaitingValue, ...], service: str = ""
    ) -> None:
        """Say what is proved and what is still open; nothing is claimed beyond that.

        Args:
            run: What is known.
            waiting: Values without a code.
            service: The service that runs the engine, "" for none.
        """
        mark = receiver_mark(run.engine)
        words = {State.CONFIRMED: self.tr("正在听"), State.WAITING: self.tr("正在启动")}
        self._receiver.set_fact(
            mark,
            words.get(mark, self.tr("接收没有运行")),
            self._theme.join(
                self.tr("端口 {port}").format(
                    port=run.engine.dicom_port or run.settings.dicom.port
                ),
                self.tr("系统服务") if service else "",
            ),
        )
        platforms = [one.platform for one in run.platforms]
        for one in run.readiness:
            is_shown = one.platform in platforms
            self._addresses[one.platform].setVisible(is_shown)
            self._keys[one.platform].setVisible(is_shown)
            if is_shown:
                self._show_address(one, is_named=len(platforms) > 1)
                self._show_key(one)
        self._practice.setText(
            self.tr("在本机的模拟平台上走一遍 2.1 → 2.2 → 2.4，不碰真平台，也不算进统计。")
            if takes_images(platforms)
            else self.tr("在本机的模拟平台上登记授权、打开共享页面，不碰真平台。")
        )
        if not platforms:
            self._show_no_platform()
        self._show_mapping(waiting if takes_images(platforms) else ())
        self._codes.setVisible(takes_images(platforms))

    def _show_no_platform(self) -> None:
        first = self._addresses[PLATFORMS[0]]
        first.show()
        first.set_fact(State.NEEDS_FIX, self.tr("没有填平台地址"), self.tr("图像先收着，不上传"))

    def _show_address(self, one: PlatformReadiness, *, is_named: bool) -> None:
        row_of = self._addresses[one.platform]
        name = platform_name(one.platform) if is_named else ""
        if not one.base_url:
            title, state = self.tr("没有填平台地址"), State.NEEDS_FIX
            uploads = one.platform in DELIVERY_PLATFORMS
            detail = self.tr("图像先收着，不上传") if uploads else self.tr("授权还不能登记")
        elif one.answered_at is None:
            title, state = self.tr("平台还没有应答过"), State.WAITING
            detail = self.tr("点“测试连接”看看")
        else:
            title, state = self.tr("平台应答过"), State.CONFIRMED
            detail = self.tr("{at} 应答过").format(at=moment_words(one.answered_at))
        row_of.set_fact(state, labelled(name, title) if name else title, detail)

    def _show_key(self, one: PlatformReadiness) -> None:
        row_of = self._keys[one.platform]
        if one.has_key:
            proof = {
                "guizhou": self.tr("对不对要上传一份才知道"),
                "hebei": self.tr("对不对要登记一位才知道"),
            }[one.platform]
            row_of.set_fact(State.CONFIRMED, self.tr("密钥已存好"), proof)
        elif one.needs_key:
            row_of.set_fact(
                State.NEEDS_FIX, self.tr("没有填密钥"), self.tr("向平台要，填在“密钥”里")
            )
        else:
            row_of.set_fact(State.CONFIRMED, self.tr("不用密钥"), self.tr("加密都关掉了"))

    def _show_mapping(self, waiting: tuple[WaitingValue, ...]) -> None:
        self._mapping.setVisible(bool(waiting))
        if waiting:
            count = self.tr("有 {n} 个写法没有代码", "", len(waiting)).format(n=len(waiting))
            self._codes.set_fact(State.NEEDS_FIX, count, self.tr("登记员可以在字典对照里补"))
        else:
            self._codes.set_fact(
                State.CONFIRMED, self.tr("对照都有了"), self.tr("收到的写法都有代码")
            )
