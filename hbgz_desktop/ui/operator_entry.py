"""加操作员, 设 PIN and 改我的 PIN: name, role, PIN typed twice; what is wrong stands below its field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.operator import NAME_LONGEST, PIN_LONGEST, PIN_SHORTEST, OperatorRow, Role
from hbgz_desktop.ui.operator_words import role_word
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.ui.page_context import PageContext

_NAME_CODES = frozenset(("operator_name_invalid", "operator_name_taken"))
_PIN_CODE = "pin_invalid"


class OperatorEntryDialog(QDialog):
    """A new name, or another PIN for one or for oneself; show it with ``open()``. Deletes itself when it is closed.

    Signals:
        saved: (name) It is kept.
    """

    saved = Signal(str)

    def __init__(
        self,
        context: PageContext,
        whose: OperatorRow | None,
        parent: QWidget,
        *,
        is_first: bool = False,
        is_own: bool = False,
    ) -> None:
        """Build it.

        Args:
            context: What the page works with.
            whose: Set this one's PIN; None = add a name.
            parent: The page or the window.
            is_first: Nobody has a PIN yet: the name becomes IT's, and who adds it acts under it.
            is_own: ``whose`` is who acts now: the present PIN is asked for.
        """
        super().__init__(parent)
        self._context, self._whose = context, whose
        self._is_first, self._is_own = is_first, is_own
        self._is_saving = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = QLineEdit(self)
        self._name.setMaxLength(NAME_LONGEST)
        self._role = Segmented(context.theme, [(one.value, role_word(one)) for one in Role], self)
        self._old, self._pin, self._again = (self._pin_field() for _ in range(3))
        make = partial(FormField, context.theme, is_required=True, parent=self)
        self._name_field = make(self.tr("名字"), self._name)
        self._role_field = FormField(context.theme, self.tr("角色"), self._role, parent=self)
        self._old_line = make(self.tr("现在的 PIN"), self._old)
        self._pin_line = make(self.tr("新的 PIN") if is_own else self.tr("PIN"), self._pin)
        self._again_line = make(self.tr("再输一次 PIN"), self._again)
        self._keep = Button(context.theme, self.tr("取消"), "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        self._act = Button(context.theme, self._act_word(), "primary", parent=self)
        self._act.setDefault(True)
        self._act.clicked.connect(self._on_act)
        self._build()

    def _act_word(self) -> str:
        if self._whose is None:
            return self.tr("加操作员")
        return self.tr("改 PIN") if self._is_own else self.tr("设 PIN")

    def _pin_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setMaxLength(PIN_LONGEST)
        field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        field.textEdited.connect(self._on_edited)
        return field

    def _build(self) -> None:
        whose = self._whose
        title = self.tr("改我的 PIN") if self._is_own else self.tr("加操作员")
        if whose is not None and not self._is_own:
            title = self.tr("给{name}设 PIN").format(name=whose.operator.name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._name.textEdited.connect(self._on_edited)
        self._pin_line.set_origin(
            self.tr("{low} 到 {high} 位数字").format(low=PIN_SHORTEST, high=PIN_LONGEST)
        )
        self._name_field.setVisible(whose is None)
        self._role_field.setVisible(whose is None and not self._is_first)
        self._old_line.setVisible(self._is_own)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(title, "section", self))
        layout.addWidget(Label(self._meaning(), "body2", self, wrap=True))
        for part in (self._name_field, self._role_field, *self._pin_lines()):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addLayout(row(STRETCH, self._keep, self._act))
        self.setFixedWidth(self._context.theme.size("width_dialog"))
        pin = self._old if self._is_own else self._pin
        (pin if whose is not None else self._name).setFocus()

    def _pin_lines(self) -> tuple[FormField, ...]:
        return self._old_line, self._pin_line, self._again_line

    def _meaning(self) -> str:
        if self._is_own:
            return self.tr("新 PIN 马上有效，旧的不再能用。忘了现在的，请信息科重设。")
        if self._whose is not None:
            return self.tr("新 PIN 马上有效，旧的不再能用；名字锁着的话也会解开。")
        if self._is_first:
            return self.tr(
                "第一个名字是信息科的，用来管别人。加好以后你就用这个名字，角色从此起作用："
                "登记员不能改设置，也没有运行日志。"
            )
        return self.tr("加好以后，这个人按 F9 选自己的名字、输 PIN，就记在自己名下。")

    def _on_edited(self) -> None:
        for field in (self._name_field, *self._pin_lines()):
            field.set_problem("")

    def _on_act(self) -> None:
        if self._is_own and not self._old.text().strip():
            self._say(self._old_line, self._old, self.tr("先输现在的 PIN"))
            return
        if self._pin.text() != self._again.text():
            self._say(self._again_line, self._again, self.tr("两次输的不一样"))
            return
        self._is_saving = True
        self._act.set_busy(self.tr("正在存…"))
        self._context.tasks.run_task(self._work(), self._on_saved, self._on_refused)

    def _work(self) -> Callable[[], object]:
        accounts, pin = self._context.services.accounts, self._pin.text()
        if self._is_own and self._whose is not None:
            return partial(accounts.change_own_pin, self._whose.operator.id, self._old.text(), pin)
        if self._whose is not None:
            return partial(accounts.set_pin, self._whose.operator.id, pin)
        if self._is_first:
            return partial(_add_first, accounts, self._name.text(), pin)
        return partial(accounts.add, self._name.text(), Role(self._role.value), pin)

    @override
    def reject(self) -> None:
        if not self._is_saving:  # what is under way is said when it is over
            super().reject()

    def _on_saved(self, _result: object) -> None:
        self._is_saving = False
        self.saved.emit(self._whose.operator.name if self._whose else self._name.text().strip())
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self._is_saving = False
        self._act.clear_busy()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        field, edit = self._pin_line, self._pin
        if error.code in _NAME_CODES:
            field, edit = self._name_field, self._name
        elif self._is_own and error.code != _PIN_CODE:
            field, edit = self._old_line, self._old
            edit.clear()
        self._say(field, edit, self._context.theme.join(text.title, text.cause))

    def _say(self, field: FormField, edit: QLineEdit, problem: str) -> None:
        field.set_problem(problem)
        edit.setFocus()
        self.adjustSize()  # the line below the field needs room


def _add_first(accounts: Accounts, name: str, pin: str) -> None:
    """The first name guards all others: who made it acts under it, else they would lock themselves out."""
    made = accounts.add(name, Role.IT, pin)
    accounts.switch(made.operator.id, pin)
