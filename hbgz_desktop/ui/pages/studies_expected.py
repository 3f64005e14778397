"""应有几幅: a person types what the PACS shows, for no record of the standard says it (DESIGN 5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.ui.theme import Theme

_MOST = 1_000_000


class ExpectedDialog(QDialog):
    """Asks for one number; empty means that nobody knows. Show it with ``open()``.

    Signals:
        count_chosen: (number or None) The person has saved.
    """

    count_chosen = Signal(object)

    def __init__(self, theme: Theme, expected: int | None, received: int, parent: QWidget) -> None:
        """Build it.

        Args:
            theme: Look.
            expected: What is noted now, None = unknown.
            received: Stored images of the study.
            parent: Opens above it.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("PACS 上是几幅？"))
        self._before = "" if expected is None else str(expected)
        self._number = QLineEdit(self._before, self)
        self._number.setValidator(QIntValidator(1, _MOST, self))
        self._number.textChanged.connect(self._on_text)
        field = FormField(theme, self.tr("这份检查应有几幅"), self._number, parent=self)
        field.set_origin(self.tr("已收到 {n} 幅。空着表示不知道。").format(n=f"{received:,}"))
        hint = Label(
            self.tr("所有序列加起来的数，在 PACS 上看。不上传的图像也算在内。"),
            "body2",
            self,
            wrap=True,
        )
        self._keep = Button(theme, self.tr("不改"), "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        self._act = Button(theme, self.tr("记下"), "primary", parent=self)
        self._act.clicked.connect(self._on_act)
        title = Label(self.windowTitle(), "section", self)
        foot = row(STRETCH, self._keep, self._act)
        self.setLayout(column(title, hint, field, foot, gap=12, margins=(20, 20, 20, 16)))
        self.setFixedWidth(theme.size("width_dialog"))
        self._on_text()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._number.setFocus(Qt.FocusReason.OtherFocusReason)
        self._number.selectAll()

    def _on_text(self) -> None:
        text = self._number.text()
        is_other = text != self._before
        self._act.setEnabled(is_other and (not text or self._number.hasAcceptableInput()))

    def _on_act(self) -> None:
        text = self._number.text()
        self.accept()
        self.count_chosen.emit(int(text) if text else None)
