"""The question before what cannot be undone: exact counts, verbs, the safe button first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.styling import STRETCH, fit_height, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Question:
    """What a confirm dialog asks.

    Attributes:
        title: The question with the exact count (取消 14 项上传？).
        body: What is lost and what is kept; one string a line.
        act: The verb with its count (取消 14 项).
        keep: The safe verb (不取消).
        link: Words of the link to the rows (看这 14 项), or "".
        typed: What has to be typed in before ``act`` is allowed (an accession number), or "".
        is_harmful: False paints ``act`` as an ordinary primary button.
    """

    title: str
    body: tuple[str, ...]
    act: str
    keep: str
    link: str = ""
    typed: str = ""
    is_harmful: bool = True


class ConfirmDialog(QDialog):
    """Asks one ``Question``; show it with ``open()``, never ``exec()``.

    Deletes itself when it is closed. Esc is the safe answer.

    Signals:
        confirmed: ``act`` was pressed.
        link_requested: The link was pressed; the dialog closes with the safe answer.
    """

    confirmed = Signal()
    link_requested = Signal()

    def __init__(self, theme: Theme, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.setAccessibleName(question.title)
        self.setAccessibleDescription("\n".join(question.body))
        self._typed = QLineEdit(self)
        self._typed.textChanged.connect(self._on_typed)
        self._keep = Button(theme, question.keep, "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        kind = "danger" if question.is_harmful else "primary"
        self._act = Button(theme, question.act, kind, parent=self)
        self._act.setAutoDefault(False)
        self._act.clicked.connect(self._on_act)
        self._link = Button(theme, question.link, "quiet", parent=self)
        self._link.setAutoDefault(False)
        self._link.clicked.connect(self._on_link)
        self._build(theme)
        self._on_typed()

    def _build(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(4)
        layout.addWidget(Label(self._question.title, "section", self, wrap=True))
        layout.addSpacing(6)
        for line in self._question.body:
            layout.addWidget(Label(line, "body2", self, wrap=True))
        self._typed.setVisible(bool(self._question.typed))
        if self._question.typed:
            words = self.tr("请输入 {text}，确认是它").format(text=self._question.typed)
            self._typed.setAccessibleName(words)
            layout.addSpacing(8)
            layout.addWidget(Label(words, "", self))
            layout.addWidget(self._typed)
        layout.addSpacing(14)
        self._link.setVisible(bool(self._question.link))
        layout.addLayout(row(self._link, STRETCH, self._keep, self._act))
        self.setFixedWidth(theme.size("width_dialog"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        expected = self._question.typed
        self._act.setEnabled(not expected or self._typed.text().strip() == expected)

    def _on_act(self) -> None:
        self.accept()
        self.confirmed.emit()

    def _on_link(self) -> None:
        self.reject()
        self.link_requested.emit()
