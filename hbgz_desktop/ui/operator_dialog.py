"""谁在用: names at the left of the Enter key; choose one with the arrows, type the PIN, press Enter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.operator import PIN_LONGEST, Operator, Role
from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.operator_words import role_word
from hbgz_desktop.ui.styling import STRETCH, row, upright_scroller
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.section_list import Section, SectionList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from hbgz_desktop.model.operator import OperatorRow
    from hbgz_desktop.ui.page_context import PageContext

_MOST_HEIGHT = 288


class OperatorDialog(QDialog):
    """Chooses who acts; show it with ``open()``. Deletes itself when it is closed.

    While nobody has a PIN it offers the two looks instead of names.

    Signals:
        switched: (operator) This person acts now.
        pin_wanted: (row) This person, who acts already, wants another PIN.
    """

    switched = Signal(object)
    pin_wanted = Signal(object)

    def __init__(
        self,
        context: PageContext,
        choices: Sequence[OperatorRow],
        parent: QWidget,
        *,
        is_locked: bool = False,
    ) -> None:
        """Build it.

        Args:
            context: Theme, services, tasks and texts.
            choices: Names that can be chosen.
            parent: The window.
            is_locked: There is no way back without a PIN.
        """
        super().__init__(parent)
        self._context = context
        self._choices = {str(one.operator.id): one for one in choices}
        self._is_locked = is_locked
        self._is_free = not any(one.has_pin for one in choices)
        self._is_asking = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names = SectionList(context.theme, self)
        self._names.section_chosen.connect(self._on_chosen)
        self._pin = QLineEdit(self)
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(PIN_LONGEST)
        self._pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self._pin.textEdited.connect(self._on_typed)
        self._field = FormField(context.theme, self.tr("PIN"), self._pin, parent=self)
        self._problem = Label("", "error", self, wrap=True)
        self._problem.hide()
        self._own = Button(context.theme, self.tr("改我的 PIN…"), "quiet", "key", self)
        self._own.clicked.connect(self._on_own)
        self._own.setVisible(self._has_own_pin() and not is_locked)
        self._keep = Button(context.theme, self.tr("不换"), "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        self._keep.setVisible(not is_locked)
        self._act = Button(context.theme, "", "primary", parent=self)
        self._act.setDefault(True)
        self._act.clicked.connect(self._on_act)
        self._build()
        self._fill()

    def _build(self) -> None:
        title = self.tr("谁在用") if not self._is_locked else self.tr("锁着，输 PIN 继续")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(Label(title, "section", self))
        layout.addWidget(Label(self._meaning(), "caption2", self, wrap=True))
        layout.addWidget(self._scroller())
        layout.addWidget(self._field)
        layout.addWidget(self._problem)
        layout.addLayout(row(self._own, STRETCH))
        layout.addSpacing(8)
        keys = Label(self.tr("↑↓ 选   Enter 确定"), "caption2", self)
        layout.addLayout(row(keys, STRETCH, self._keep, self._act))
        self.setFixedWidth(self._context.theme.size("width_dialog"))

    def _meaning(self) -> str:
        if self._is_free:
            return self.tr(
                "现在谁都能做所有的事，这里只换样子。要分人，请在“设置 · 操作员”里加名字和 PIN。"
            )
        if self._is_locked:
            return self.tr("没有丢掉什么：输自己的 PIN 接着做，或者换一个人。")
        return self.tr("以后做的每一步都记在这个名字下。")

    def _scroller(self) -> QScrollArea:
        self._names.setProperty("surface", "clear")
        self._names.setAutoFillBackground(False)
        area = upright_scroller(self._names, self)
        lines = len(Role) if self._is_free else max(1, len(self._choices))
        area.setFixedHeight(min(48 * lines, _MOST_HEIGHT))
        return area

    def _fill(self) -> None:
        current = self._context.services.accounts.current()
        if self._is_free:
            self._names.set_sections(
                [
                    Section(Role.CLERK, role_word(Role.CLERK), self.tr("行距宽，话说得明白")),
                    Section(Role.IT, role_word(Role.IT), self.tr("行距紧，多显示代码和平台原话")),
                ]
            )
            other = Role.IT if current.role is Role.CLERK else Role.CLERK
            self._names.choose(other)
        else:
            self._names.set_sections(
                [
                    Section(key, one.operator.name, self._detail(one, current))
                    for key, one in self._choices.items()
                ]
            )
            self._names.choose(str(current.id) if self._is_locked else self._other(current))
        self._show_choice()

    def _detail(self, one: OperatorRow, current: Operator) -> str:
        how = "" if one.has_pin else self.tr("这台电脑的登录账户，不用 PIN")
        now = self.tr("现在") if one.operator.id == current.id else ""
        return self._context.theme.join(role_word(one.operator.role), how, now)

    def _other(self, current: Operator) -> str:
        """Who is most likely meant: not who acts already."""
        others = [key for key in self._choices if key != str(current.id)]
        return others[0] if others else str(current.id)

    # What is chosen

    def _on_chosen(self, _key: str) -> None:
        self._pin.clear()
        self._say("")
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self._choices.get(self._names.chosen)
        needs_pin = chosen is not None and chosen.has_pin
        self._field.setVisible(needs_pin)
        if self._is_free:
            words = self.tr("换成{role}").format(role=role_word(Role(self._names.chosen)))
        elif chosen is None:
            words = self.tr("确定")
        else:
            words = self.tr("我是{name}").format(name=chosen.operator.name)
        self._act.setText(words)
        self._act.set_allowed("" if chosen is not None or self._is_free else self.tr("没有名字"))
        (self._pin if needs_pin else self._act).setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _on_typed(self) -> None:
        self._say("")

    def _say(self, text: str) -> None:
        needs_pin = not self._field.isHidden()
        self._field.set_problem(text if needs_pin else "")
        self._problem.setText("" if needs_pin else text)
        self._problem.setVisible(bool(text) and not needs_pin)
        if text:
            announce(self._problem, text)
        self.adjustSize()

    # Doing

    def _has_own_pin(self) -> bool:
        own = self._choices.get(str(self._context.services.accounts.current().id))
        return own is not None and own.has_pin

    def _on_own(self) -> None:
        if self._is_asking:
            return
        own = self._choices[str(self._context.services.accounts.current().id)]
        self.reject()
        self.pin_wanted.emit(own)

    def _on_act(self) -> None:
        if self._is_asking:
            return
        services = self._context.services
        if self._is_free:
            work: Callable[[], object] = partial(
                services.choose_free_role, Role(self._names.chosen)
            )
        else:
            chosen = self._choices.get(self._names.chosen)
            if chosen is None:
                return
            work = partial(services.accounts.switch, chosen.operator.id, self._pin.text())
        self._is_asking = True
        self._act.set_busy(self.tr("正在核对…"))
        self._context.tasks.run_task(work, self._on_switched, self._on_refused)

    def _on_switched(self, _operator: object) -> None:
        self._is_asking = False
        self._is_locked = False
        self.switched.emit(self._context.services.accounts.current())
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._is_asking = False
        self._act.clear_busy()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._pin.clear()
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(self._context.theme.join(text.title, text.cause))

    @override
    def reject(self) -> None:
        if not self._is_asking:  # else somebody would act whom the window does not know
            super().reject()

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            keys = [one.value for one in Role] if self._is_free else list(self._choices)
            at = keys.index(self._names.chosen) + step if self._names.chosen in keys else 0
            self._names.choose(keys[min(max(at, 0), len(keys) - 1)])
        elif event.key() == Qt.Key.Key_Escape and self._is_locked:
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_locked:
            event.ignore()
        else:
            super().closeEvent(event)
