"""The box for a bug: report id, copy, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class CrashDialog(QDialog):
    """Says that the program made a mistake, that work goes on, and gives the report id.

    Show it with ``open()``; it deletes itself.
    """

    def __init__(self, theme: Theme, report_id: str, details: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._report = f"{report_id}\n{details}"
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("程序出了一个错"))
        words = self.tr("接收和上传在另一个程序里，没有停。请把编号 {report_id} 告诉信息科。")
        self._copy = Button(theme, self.tr("复制"), "safe", "copy", self)
        self._copy.clicked.connect(self._on_copy)
        self._go_on = Button(theme, self.tr("继续"), "primary", parent=self)
        self._go_on.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(Label(self.tr("程序出了一个错，可以继续用"), "section", self))
        layout.addWidget(Label(words.format(report_id=report_id), "body2", self, wrap=True))
        layout.addWidget(Label(details, "monocaption", self, wrap=True))
        layout.addSpacing(8)
        layout.addLayout(row(STRETCH, self._copy, self._go_on))
        self.setFixedWidth(theme.size("width_dialog"))
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(self.tr("已复制"))
