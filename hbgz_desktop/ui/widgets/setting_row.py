"""One setting: title, editor, what it means, a test beside it (LOOK picture 08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round
from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import STRETCH, column, restyle, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_TITLE_WIDTH = 140
_ROLES = {Tone.OK: "ok", Tone.WARM: "warn", Tone.BAD: "error"}


class SettingRow(QWidget):
    """Title left; editor, note, help, test and its result right.

    Signals:
        test_requested: The test button was pressed.

    Attributes:
        editor: The widget that was handed in.
    """

    test_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        help_text: str,
        editor: QWidget,
        *,
        test: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            theme: Look.
            title: The setting's title; the editor's accessible name.
            help_text: What it means, and what happens when it is changed.
            editor: Becomes a child; give it its own width.
            test: Words of the test button, "" for none; it claims only what it proves.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self.editor = editor
        self._title = Label(title, "", self, wrap=True)
        self._dot = _Dot(theme, self)
        self._dot.hide()
        self._note = Label("", "caption2", self)
        self._help = Label(help_text, "caption2", self, wrap=True)
        self._problem = Label("", "error", self, wrap=True)
        self._problem.hide()
        self._test = Button(theme, test, "", "refresh" if test else "", self)
        self._test.clicked.connect(self._on_test_clicked)
        self._test_line = QWidget(self)
        self._test_line.setVisible(bool(test))
        self._icon = IconLabel(theme, "state_confirmed", "fill_confirmed", 16, self)
        self._icon.hide()
        self._result = Label("", "caption2", self, wrap=True)
        self._build()
        editor.setAccessibleName(title)
        editor.setAccessibleDescription(help_text)

    def _build(self) -> None:
        name = QWidget(self)
        name.setFixedWidth(_TITLE_WIDTH)
        head = row(self._title, self._dot, STRETCH, gap=8, margins=(0, 7, 12, 0))
        name.setLayout(column(head, STRETCH, gap=0))
        field = row(self.editor, self._note, gap=10)
        if self.editor.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed or (
            self.editor.maximumWidth() < _TITLE_WIDTH * 6
        ):
            field.addStretch(1)
        line = row(self._test, self._icon, self._result)
        line.setStretch(2, 1)
        self._test_line.setLayout(line)
        body = column(field, self._problem, self._help, self._test_line, gap=5)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addLayout(body, 1)

    def set_note(self, text: str) -> None:
        """Words after the editor: the unit, and 原来是 4 once it is changed."""
        self._note.setText(self._theme.dotted(text))

    def set_changed(self, *, is_changed: bool) -> None:
        """Show the dot of a change that is not saved."""
        self._dot.setVisible(is_changed)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the value; "" takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        restyle(self.editor, problem=bool(text))

    def set_testing(self, text: str) -> None:
        """The test runs: the button says ``text`` (正在测试)."""
        self._test.set_busy(text)
        self._icon.hide()
        self._result.setText("")

    def set_test_result(self, tone: Tone, text: str) -> None:
        """The test ended: show beside the button what it proved, and when."""
        self._test.clear_busy()
        self._icon.set_icon(*tone_icon(tone))
        self._icon.show()
        self._result.set_role(_ROLES.get(tone, "caption2"))
        self._result.setText(self._theme.dotted(text))

    def _on_test_clicked(self) -> None:
        self.test_requested.emit()


class _Dot(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(8, 20)
        self.setAccessibleName(self.tr("改过，还没保存"))
        self.setToolTip(self.tr("改过，还没保存"))
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        spot = QRectF(QPointF(0, 6), QPointF(8, 14))
        fill_round(QPainter(self), spot, self._theme.colour("accent_fill"), 4)
