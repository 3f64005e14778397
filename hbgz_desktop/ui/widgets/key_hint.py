"""A small key cap such as ``Ctrl K``."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from hbgz_desktop.ui.widgets.label import Label


class KeyHint(Label):
    """Shows which key does the same as the control beside it."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, "key", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
