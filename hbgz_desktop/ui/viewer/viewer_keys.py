"""Keys of the viewer: what each does, and the sheet that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.widgets.key_hint import KeyHint
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -10,
}
COMMANDS = {
    Qt.Key.Key_Escape: "leave",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Space: "play",
    Qt.Key.Key_Plus: "zoom_in",
    Qt.Key.Key_Equal: "zoom_in",
    Qt.Key.Key_Minus: "zoom_out",
    Qt.Key.Key_F: "fit",
    Qt.Key.Key_Z: "one_to_one",
    Qt.Key.Key_I: "invert",
    Qt.Key.Key_A: "auto",
    Qt.Key.Key_W: "own",
    Qt.Key.Key_R: "reset",
    Qt.Key.Key_0: "reset",
    Qt.Key.Key_BracketLeft: "previous_series",
    Qt.Key.Key_BracketRight: "next_series",
    Qt.Key.Key_Question: "help",
}
FIRST_PRESET, LAST_PRESET = Qt.Key.Key_1, Qt.Key.Key_9


class ViewerKeysSheet(QFrame):
    """Lies over the picture until Esc, ? or a click."""

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self.setProperty("surface", "dialog")
        self.setAccessibleName(self.tr("看图的按键"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(self.tr("看图的按键"), "section", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for number, (keys, words) in enumerate(self._keys()):
            grid.addWidget(KeyHint(keys, self), number, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Label(words, "", self), number, 1)
        layout.addLayout(grid)
        self.hide()

    def _keys(self) -> list[tuple[str, str]]:
        return [
            (self.tr("滚轮 ↑ ↓ ← →"), self.tr("换一幅")),
            ("PgUp PgDn", self.tr("前后跳 10 幅")),
            ("Home End", self.tr("第一幅，最后一幅")),
            ("[ ]", self.tr("上一个、下一个序列")),
            ("Space", self.tr("连续播放，停下")),
            (self.tr("左键或右键拖动"), self.tr("调窗：左右是窗宽，上下是窗位")),
            ("1…9", self.tr("按部位选窗（CT），或图像自带的窗")),
            ("W A", self.tr("图像自带的窗，自动窗")),
            ("I", self.tr("反相")),
            (self.tr("Ctrl 滚轮 + −"), self.tr("放大，缩小")),
            ("F Z", self.tr("适合窗口，一比一；双击也行")),
            (self.tr("中键拖动"), self.tr("移动图像；Shift 加左键也行")),
            ("R 0", self.tr("窗、大小和位置都还原")),
            ("Esc", self.tr("返回")),
        ]

    def show_over(self, box: QWidget) -> None:
        """Show it in the middle of ``box``."""
        self.adjustSize()
        self.move(box.geometry().center() - self.rect().center())
        self.show()
        self.raise_()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()
