"""What is shown when the console cannot open its data folder: what, why, who acts, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QVBoxLayout

from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.errors import HbgzError
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.theme import Theme


class StartFailedDialog(QDialog):
    """Shown alone, without a window behind it; show it with ``open()``."""

    def __init__(self, theme: Theme, error: HbgzError, texts: ErrorTexts) -> None:
        super().__init__()
        text = texts.of(error.code, error.facts)
        self._details = str(error)
        self.setWindowTitle(self.tr("互认前置台"))
        self.setMinimumWidth(460)
        copy = Button(theme, self.tr("复制"), parent=self)
        close = Button(theme, self.tr("关闭"), "primary", parent=self)
        copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(Label(text.title, "section", self, wrap=True))
        for line in (text.cause, text.next_step):
            if line:
                layout.addWidget(Label(line, "body2", self, wrap=True))
        layout.addWidget(Label(self._details, "caption", self, wrap=True))
        layout.addSpacing(12)
        layout.addLayout(row(STRETCH, copy, close))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
