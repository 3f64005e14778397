"""操作员: who may sit here, with which role and PIN, and their codes in the HIS (H046). Holds at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.operator import OperatorRow, Role
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.cells import BadgeCell, Cell, Mono
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, TableSource
from hbgz_desktop.ui.operator_entry import OperatorEntryDialog
from hbgz_desktop.ui.operator_words import role_word
from hbgz_desktop.ui.states import Badge
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.page_context import PageContext

_TABLE_HEIGHT = 226


class OperatorsSection(QWidget):
    """The names, and below them what can be changed of the chosen one."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``load`` asks for the names."""
        super().__init__(parent)
        self._context = context
        self._accounts = context.services.accounts
        self._words = {True: self.tr("有"), False: self.tr("没有")}
        self._in_use = Badge.neutral(self.tr("在用"), "check")
        self._out_of_use = Badge.neutral(self.tr("停用"), "minus")
        self._roles = {one: role_word(one) for one in Role}
        self._is_loading = False
        self._shown: OperatorRow | None = None
        self._model: PagedTableModel[OperatorRow] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self._note = Label("", "body2", self, wrap=True)
        self._add = Button(context.theme, self.tr("加操作员…"), "", "plus", self)
        self._add.clicked.connect(self._on_add)
        self._line = _OperatorLine(context, self)
        self._line.role.value_changed.connect(self._on_role)
        self._line.codes.clicked.connect(self._on_codes)
        self._line.pin.clicked.connect(self._on_pin)
        self._line.active.clicked.connect(self._on_active)
        self._build()
        self._model.set_source(self._source())

    def _build(self) -> None:
        card = Card(self.tr("操作员"), self.tr("改了马上生效，不用保存"), self._add, parent=self)
        card.body.addWidget(self._note)
        panel = TablePanel(self._context.theme, self._model, self.tr("人"), self)
        panel.setProperty("surface", "clear")
        panel.set_foot_visible(is_visible=False)
        panel.setFixedHeight(_TABLE_HEIGHT)
        panel.empty.set_content("user", self.tr("还没有操作员"), self.tr("现在谁都能做所有的事。"))
        panel.view.current_changed.connect(self._on_current)
        self._model.page_loaded.connect(self._on_loaded)
        self._view = panel.view
        card.body.addWidget(panel)
        card.body.addWidget(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self._show_note()

    def _show_note(self) -> None:
        if self._accounts.is_guarded:
            words = self.tr("角色在起作用：登记员不能改设置，也没有运行日志。换人按 F9。")
        else:
            words = self.tr(
                "现在谁都能做所有的事，都记在这台电脑的登录账户名下。"
                "加一个信息科的名字和 PIN，角色就起作用。"
            )
        self._note.setText(words)

    def _columns(self) -> Sequence[Column[OperatorRow]]:
        return (
            Column(self.tr("名字"), "name", self._name, 0, is_sortable=False),
            Column(self.tr("角色"), "role", self._role, 84, is_sortable=False),
            Column(self.tr("PIN"), "pin", self._has_pin, 64, is_sortable=False),
            Column(self.tr("HIS 科室和用户"), "his", self._his, 130, is_sortable=False),
            Column(self.tr("状态"), "state", self._state, 116, is_sortable=False),
            Column(self.tr("最近"), "seen", self._seen, 112, is_sortable=False),
        )

    @staticmethod
    def _name(one: OperatorRow) -> Cell:
        return one.operator.name

    def _role(self, one: OperatorRow) -> Cell:
        return self._roles[one.operator.role]

    def _has_pin(self, one: OperatorRow) -> Cell:
        return self._words[one.has_pin]

    @staticmethod
    def _his(one: OperatorRow) -> Cell:
        codes = (one.operator.his_dept_code, one.operator.his_user_code)
        return Mono(" / ".join(one or "-" for one in codes) if any(codes) else "")

    def _state(self, one: OperatorRow) -> Cell:
        return BadgeCell(self._in_use if one.is_active else self._out_of_use)

    @staticmethod
    def _seen(one: OperatorRow) -> Cell:
        at = one.last_seen_at
        return Mono(f"{at.astimezone(LOCAL):%m-%d %H:%M}" if at else "")

    def _source(self) -> TableSource[OperatorRow]:
        accounts = self._accounts

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return [one.operator.id for one in accounts.all()]

        def rows(wanted: Sequence[RowId]) -> Sequence[OperatorRow]:
            return [one for one in accounts.all() if one.operator.id in wanted]

        def row_id(one: OperatorRow) -> RowId:
            return one.operator.id

        return TableSource(ids, rows, row_id)

    def load(self) -> None:
        """Ask for the names again."""
        self._model.open()

    # The chosen one

    def _current(self) -> OperatorRow | None:
        number = self._model.number_of(self._view.current_id())
        return None if number is None else self._model.row_at(number)

    def _on_loaded(self) -> None:
        """What is being typed stays, unless the row has become another."""
        if self._current() != self._shown:
            self._on_current(None)

    def _on_current(self, _row_id: object) -> None:
        self._shown = self._current()
        self._is_loading = True
        self._line.show_operator(self._shown, can_have_role=self._accounts.is_guarded)
        self._is_loading = False

    def _on_role(self, role: str) -> None:
        one = self._current()
        if one is not None and not self._is_loading:
            self._do(partial(self._accounts.set_role, one.operator.id, Role(role)))

    def _on_codes(self) -> None:
        one = self._current()
        if one is not None:
            dept, user = self._line.dept.text(), self._line.user.text()
            self._do(partial(self._accounts.set_his_codes, one.operator.id, dept, user))

    def _on_active(self) -> None:
        one = self._current()
        if one is not None:
            turn = partial(self._accounts.set_active, one.operator.id, is_active=not one.is_active)
            self._do(turn)

    def _do(self, change: Callable[[], object]) -> None:
        self._context.tasks.run_task(change, self._on_done, self._on_failed)

    def _on_done(self, _nothing: object) -> None:
        self.load()
        self._show_note()
        self._context.operators_changed()

    def _on_failed(self, error: Exception) -> None:
        self._on_current(None)
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self._context.theme.join(text.title, text.next_step))

    # Dialogs

    def _on_add(self) -> None:
        self._open_entry(None)

    def _on_pin(self) -> None:
        one = self._current()
        if one is not None:
            self._open_entry(one)

    def _open_entry(self, whose: OperatorRow | None) -> None:
        is_first = whose is None and not self._accounts.is_guarded
        dialog = OperatorEntryDialog(self._context, whose, self, is_first=is_first)
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def _on_saved(self, name: str) -> None:
        self._context.notices.toast(self.tr("{name}的名字和 PIN 可以用了").format(name=name))
        self._on_done(None)


class _OperatorLine(QWidget):
    """Role, HIS codes, PIN and use of one operator."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        theme = context.theme
        self._name = Label("", "strong", self)
        self.role = Segmented(theme, [(one.value, role_word(one)) for one in Role], self)
        self.role.setAccessibleName(self.tr("角色"))
        self.dept, self.user = QLineEdit(self), QLineEdit(self)
        dept = FormField(theme, self.tr("HIS 科室代码（hisDeptCode）"), self.dept, parent=self)
        user = FormField(theme, self.tr("HIS 用户代码（hisUserCode）"), self.user, parent=self)
        for field in (dept, user):
            field.set_origin(self.tr("不填时按设置"))
        self.codes = Button(theme, self.tr("存代码"), parent=self)
        self.pin = Button(theme, self.tr("设 PIN…"), parent=self)
        self.active = Button(theme, self.tr("停用"), parent=self)
        head = row(self._name, STRETCH, self.role, self.pin, self.active, gap=12)
        codes = row(dept, user, self.codes, gap=12)
        self.setLayout(column(head, codes, gap=12, margins=(0, 12, 0, 4)))
        self.hide()

    def show_operator(self, one: OperatorRow | None, *, can_have_role: bool) -> None:
        """Show one of them; None hides the line."""
        self.setVisible(one is not None)
        if one is None:
            return
        self._name.setText(one.operator.name)
        self.role.set_value(one.operator.role)
        self.role.setVisible(can_have_role)
        self.dept.setText(one.operator.his_dept_code)
        self.user.setText(one.operator.his_user_code)
        self.pin.set_allowed("" if can_have_role else self.tr("先加一个信息科的名字"))
        self.active.setText(self.tr("停用") if one.is_active else self.tr("启用"))
        self.active.set_allowed("" if can_have_role else self.tr("先加一个信息科的名字"))
