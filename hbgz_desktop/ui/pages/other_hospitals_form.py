"""Why, whom and of which days: the form of 跨院调阅, filled by a reader or by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.identity_card import read_identity_card
from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.model.other_hospitals import IDENTITY_CARD, LONGEST_REASON, OutsideQuestion
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.ui.pages.other_hospitals_words import OTHER
from hbgz_desktop.ui.pages.visit_form import local_now
from hbgz_desktop.ui.pages.visit_words import card_facts
from hbgz_desktop.ui.scanner import Scanner
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.combo_box import ComboBox, DateTimeField
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

_FIELDS = ("reason", "psnCertType", "certno", "psnName", "begntime")
_SIDE_WIDTH = 240
_MOST_ROOM = 100
"""Stretch of a field beside an empty stretch that only counts while the field is hidden."""


class OutsideForm(QWidget):
    """Reason first, then the person; says beside each field what is wrong with it.

    Signals:
        changed: Another value.
        completed: Enter in the last field, or a reader has filled what was empty.
        revealed: An eye was pressed to look; the page writes the audit row.
    """

    changed = Signal()
    completed = Signal()
    revealed = Signal()

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._words = words
        theme = context.theme
        self.reason = ComboBox(theme, words.reasons(), self)
        self.own_reason = QLineEdit(self)
        self.kind = ComboBox(theme, words.kinds(), self)
        self.kind_code = QLineEdit(self)
        self.number = MaskedField(theme, mask_identity, self)
        self.name = MaskedField(theme, mask_name, self)
        self.range = Segmented(theme, words.ranges(), self)
        self.begin = DateTimeField(theme, "yyyy-MM-dd", self)
        self.end = DateTimeField(theme, "yyyy-MM-dd", self)
        self._days = QWidget(self)
        self._fields = {
            "reason": self._field(self.tr("为什么看"), self.reason, is_required=True),
            "own": self._field(self.tr("自己写的原因"), self.own_reason),
            "kind": self._field(self.tr("证件类型"), self.kind),
            "psnCertType": self._field(self.tr("证件类型代码"), self.kind_code, is_required=True),
            "certno": self._field(self.tr("证件号"), self.number, is_required=True),
            "psnName": self._field(self.tr("姓名"), self.name),
        }
        self._days_note = Label("", "error", self, wrap=True)
        self._touched: set[str] = set()
        self.scanner = Scanner(self)
        self._build()
        self._connect()
        self.set_range("3")
        self._show_parts()

    def _field(self, label: str, editor: QWidget, *, is_required: bool = False) -> FormField:
        editor.setMinimumHeight(self._context.theme.size("row_control_reception"))
        theme = self._context.theme
        return FormField(theme, label, editor, is_required=is_required, parent=self)

    def _build(self) -> None:
        field = self._fields
        for side in (field["reason"], field["kind"]):
            side.setFixedWidth(_SIDE_WIDTH)
        field["psnCertType"].setFixedWidth(184)
        self.kind_code.setMaxLength(6)
        self.own_reason.setMaxLength(LONGEST_REASON)
        field["own"].set_origin(self.tr("不写姓名和证件号；会记进操作记录"))
        field["reason"].set_origin(self.tr("会和查询一起记进操作记录"))
        field["psnName"].set_origin(self.tr("可以不填；填了平台会核对"))
        field["psnCertType"].set_origin(self.tr("按《常用证件代码》"))
        height = self._context.theme.size("row_control_reception")
        for part in (self.range, self.begin, self.end):
            part.setMinimumHeight(height)
        self.range.setAccessibleName(self.tr("检查日期"))
        self.begin.setAccessibleName(self.tr("从哪天起"))
        self.end.setAccessibleName(self.tr("到哪天止"))
        self._days.setLayout(row(self.begin, Label(self.tr("到"), "", self), self.end))
        why = row(field["reason"], field["own"], STRETCH, gap=16)
        why.setStretch(1, _MOST_ROOM)
        whom = row(field["kind"], field["psnCertType"], field["certno"], field["psnName"], gap=16)
        whom.setStretch(2, 3)
        whom.setStretch(3, 2)
        for one in self._fields.values():
            line = why if one in (field["reason"], field["own"]) else whom
            line.setAlignment(one, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(why)
        layout.addLayout(whom)
        days = row(self.range, self._days, STRETCH, gap=12)
        layout.addLayout(column(Label(self.tr("检查日期"), "", self), days, self._days_note, gap=4))

    def _connect(self) -> None:
        self.reason.currentIndexChanged.connect(self._on_choice)
        self.kind.currentIndexChanged.connect(self._on_choice)
        self.range.value_changed.connect(self._on_choice)
        lines: tuple[QLineEdit, ...] = (self.own_reason, self.kind_code, self.number, self.name)
        for line in lines:
            line.returnPressed.connect(self._on_enter)
            line.editingFinished.connect(self._on_left)
            if isinstance(line, MaskedField):
                line.value_changed.connect(self._on_value)
                line.revealed.connect(self.revealed)
            else:
                line.textChanged.connect(self._on_value)
        self.scanner.listen([self.reason, self.kind, self.range, *lines])
        self.scanner.scanned.connect(self._on_scanned)

    # Values

    def question(self) -> OutsideQuestion:
        """Whom and of which days."""
        is_card = self.kind.key() == IDENTITY_CARD
        number = self.number.value().strip()
        begin, end = self._bounds()
        return OutsideQuestion(
            cert_type=IDENTITY_CARD if is_card else self.kind_code.text().strip(),
            cert_no=read_identity_card(number).number if is_card else number,
            name=self.name.value().strip(),
            begin=begin,
            end=end,
        )

    def why(self) -> str:
        """The reason in words; "" while none is chosen."""
        key = self.reason.key()
        if key == OTHER:
            return self.own_reason.text().strip()
        return self.reason.currentText() if key else ""

    def _bounds(self) -> tuple[date | None, date | None]:
        key = self.range.value
        if key == OTHER:
            return _day(self.begin.date()), _day(self.end.date())
        if key == "all":
            return None, None
        today = local_now().date()
        years = today.year - int(key)
        is_leap_day = (today.month, today.day) == (2, 29)
        return today.replace(year=years, day=28 if is_leap_day else today.day), None

    def set_question(self, question: OutsideQuestion, reason: str) -> None:
        """Fill in whom a look was about; masked at once."""
        is_card = question.cert_type == IDENTITY_CARD
        self.kind.set_key(IDENTITY_CARD if is_card else OTHER)
        self.kind_code.setText("" if is_card else question.cert_type)
        self.number.set_value(question.cert_no)
        self.name.set_value(question.name)
        self._set_reason(reason)
        if question.begin is None and question.end is None:
            self.set_range("all")

    def _set_reason(self, reason: str) -> None:
        at = self.reason.findText(reason)
        self.reason.set_key(str(self.reason.itemData(at)) if at > 0 else OTHER)
        self.own_reason.setText("" if at > 0 else reason)

    def set_range(self, key: str) -> None:
        """Choose of which days."""
        self.range.set_value(key)
        today = local_now().date()
        if key != OTHER:
            self.begin.setDate(QDate(today.year - 3, today.month, min(today.day, 28)))
            self.end.setDate(QDate(today.year, today.month, today.day))

    def clear(self) -> None:
        """The next patient; the reason has to be given again."""
        self._touched.clear()
        self.reason.set_key("")
        self.own_reason.clear()
        self.kind.set_key(IDENTITY_CARD)
        self.kind_code.clear()
        for line in (self.number, self.name):
            line.set_value("")
        for field in self._fields.values():
            field.set_problem("")
            field.set_warning("")
            field.set_proof("")
        self._days_note.setText("")

    @property
    def is_empty(self) -> bool:
        """True while nobody is named."""
        return not self.number.value().strip() and not self.name.value().strip()

    # Problems

    def is_sound(self) -> bool:
        """Say every problem and go to the first error; True when there is none."""
        self._touched |= set(_FIELDS)
        wrong = self._show_problems()
        if wrong:
            self._editor(wrong[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def go_to_problem(self, step: int) -> None:
        """F8: the next field with an error."""
        wrong = self._show_problems()
        if not wrong:
            return
        editors = [self._editor(one) for one in wrong]
        at = next((n for n, one in enumerate(editors) if one.hasFocus()), -1 if step > 0 else 0)
        editors[(at + step) % len(editors)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _editor(self, name: str) -> QWidget:
        if name == "reason" and self.reason.key() == OTHER:
            return self.own_reason
        return {
            "reason": self.reason,
            "psnCertType": self.kind_code,
            "certno": self.number,
            "psnName": self.name,
        }.get(name, self.begin)

    def _show_problems(self) -> list[str]:
        """Write them beside the fields a person has been in; returns the fields with errors."""
        found = {one.field: one for one in reversed(self.question().problems(self.why()))}
        for name in _FIELDS:
            problem = found.get(name) if name in self._touched else None
            words = self._words.problem(problem) if problem is not None else ""
            is_error = problem is not None and problem.severity is Severity.ERROR
            if name == "begntime":
                self._days_note.setText(words)
                continue
            place = "own" if name == "reason" and self.reason.key() == OTHER else name
            self._fields[place].set_problem(words if is_error else "")
            self._fields[place].set_warning("" if is_error else words)
        self._days_note.setVisible(bool(self._days_note.text()))
        self._show_card()
        errors = [one for one in found.values() if one.severity is Severity.ERROR]
        return [name for name in _FIELDS if any(one.field == name for one in errors)]

    def _show_card(self) -> None:
        card = read_identity_card(self.number.value())
        is_card = self.kind.key() == IDENTITY_CARD and card.is_valid
        facts = card_facts(card, local_now().date()) if is_card else ()
        words = self._context.theme.join(self.tr("校验位正确"), *facts) if facts else ""
        self._fields["certno"].set_proof(words)
        hint = self.tr("可以扫，也可以放上读卡器") if self.kind.key() == IDENTITY_CARD else ""
        self._fields["certno"].set_origin(hint)

    def _show_parts(self) -> None:
        self._fields["own"].setVisible(self.reason.key() == OTHER)
        self._fields["psnCertType"].setVisible(self.kind.key() == OTHER)
        self._days.setVisible(self.range.value == OTHER)
        self._show_problems()

    # Focus

    def focus_first(self) -> None:
        """The reason first, then the number."""
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_empty(self) -> QWidget:
        if not self.why():
            return self.own_reason if self.reason.key() == OTHER else self.reason
        return self.number

    def hide_values(self) -> None:
        """Ctrl+Shift+H, or another page: masked at once."""
        self.number.hide_value()
        self.name.hide_value()

    # Slots

    def _on_choice(self) -> None:
        sender = self.sender()
        self._show_parts()
        if sender is self.reason and self.reason.key() == OTHER:
            self.own_reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _on_value(self) -> None:
        self._show_card()
        self.changed.emit()

    def _on_left(self) -> None:
        sender = self.sender()
        names = {self.own_reason: "reason", self.kind_code: "psnCertType", self.number: "certno"}
        name = names.get(sender, "psnName") if isinstance(sender, QLineEdit) else ""
        if name:
            self._touched.add(name)
            self._show_problems()

    def _on_enter(self) -> None:
        self._go_on()

    def _go_on(self) -> None:
        """The first field that must be filled and is not; else report."""
        needed: list[tuple[QWidget, str]] = [(self._first_empty(), self.why())]
        if self.kind.key() == OTHER:
            needed.append((self.kind_code, self.kind_code.text().strip()))
        needed.append((self.number, self.number.value().strip()))
        for widget, value in needed:
            if not value:
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.completed.emit()

    def _on_scanned(self, number: str) -> None:
        self.kind.set_key(IDENTITY_CARD)
        self.number.set_value(number)
        self._touched.add("certno")
        self._show_problems()
        self._go_on()


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
