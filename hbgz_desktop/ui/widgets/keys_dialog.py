"""F1: what this page is for, and all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.styling import STRETCH, fit_height, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.key_hint import KeyHint
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.ui.theme import Theme


class KeysDialog(QDialog):
    """Help of one page; show it with ``open()``; it deletes itself."""

    def __init__(self, theme: Theme, title: str, help_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        close = Button(theme, self.tr("关闭"), "safe", parent=self)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(title, "section", self))
        if help_text:
            layout.addWidget(Label(help_text, "body2", self, wrap=True))
        layout.addLayout(self._grid())
        layout.addLayout(row(STRETCH, close))
        self.setFixedWidth(theme.size("width_dialog"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, (keys, words) in enumerate(self._keys()):
            hint = KeyHint(keys, self)
            grid.addWidget(hint, number, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Label(words, "", self), number, 1)
        return grid

    def _keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl K", self.tr("从任何页面查患者")),
            ("Ctrl F", self.tr("筛选这个列表")),
            ("Ctrl 1…9", self.tr("按顺序打开页面")),
            ("↑ ↓", self.tr("换一行，开着的详情跟着换")),
            ("Enter", self.tr("打开详情")),
            ("Space", self.tr("勾选")),
            ("Ctrl A", self.tr("选全部符合筛选的")),
            ("Esc", self.tr("取消选择，关闭详情")),
            ("F8", self.tr("下一个问题；Shift F8 上一个")),
            ("Ctrl Enter", self.tr("做这一页的主要操作")),
            ("Ctrl Z", self.tr("撤销刚才提示的那件事")),
            ("F5", self.tr("立刻刷新")),
            ("F6", self.tr("在导航、列表、详情之间移动")),
            ("Ctrl Shift H", self.tr("遮住或显示全部姓名和号码")),
        ]
