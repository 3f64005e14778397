"""The fields that name a visit, as the reception desk fills them: by reader, by hand or from a record."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.identity_card import IdentityCardFault, read_identity_card
from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.visit import IDENTITY_CARD, REQUIRED, Visit, VisitCall
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.pages.visit_words import (
    card_facts,
    field_word,
    kind_hint,
    kind_options,
    problem_words,
)
from hbgz_desktop.ui.scanner import Scanner
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from hbgz_desktop.ui.widgets.moment_field import MomentField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.ui.page_context import PageContext

ORDER = ("idNo", "patientName", "visitNo", "visitTime", "phoneNo", "patientId")
"""Fields as they are read on the page, and as problems are visited."""
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\+?\d{7,15}", re.ASCII)
_KIND_WIDTH = 190
_NOW = "visitTime"


def local_now() -> datetime:
    """The hospital's own time."""
    return datetime.now(UTC).astimezone(LOCAL)


class VisitForm(QWidget):
    """Who is seen and at which visit; says beside each field what is wrong with it.

    Enter goes on to the next field that is empty; in the last one it reports ``completed``.

    Signals:
        changed: Another value, by a person or a setter.
        completed: Enter in the last field, or a reader has filled all that was empty.
        revealed: (field) An eye was pressed to look; the page writes the audit row.
        scanned: A reader has typed an identity number.

    Attributes:
        scanner: Listens for a reader in every field.
    """

    changed = Signal()
    completed = Signal()
    revealed = Signal(str)
    scanned = Signal()

    def __init__(
        self, context: PageContext, call: VisitCall, parent: QWidget | None = None
    ) -> None:
        """Build it empty; ``call`` says which fields are required."""
        super().__init__(parent)
        self._context = context
        self._call = call
        self._patient_id_length = 0
        theme = context.theme
        self.kind = ComboBox(theme, kind_options(), self)
        self._lines: dict[str, QLineEdit] = {
            "idNo": MaskedField(theme, mask_identity, self),
            "patientName": MaskedField(theme, mask_name, self),
            "visitNo": QLineEdit(self),
            "visitTime": MomentField(theme, local_now, self),
            "phoneNo": MaskedField(theme, mask_phone, self),
            "patientId": QLineEdit(self),
        }
        self._now = Button(theme, self.tr("现在"), parent=self)
        self._now.setAccessibleName(self.tr("就诊时间改成现在"))
        self._fields = {name: self._field(name) for name in ORDER}
        self._kind_field = FormField(theme, self.tr("证件类型"), self.kind, parent=self)
        self.scanner = Scanner(self)
        self._origins: dict[str, str] = {}
        self._touched: set[str] = set()
        self._build()
        self._connect()
        self._show_hints()

    def _field(self, name: str) -> FormField:
        line = self._lines[name]
        line.setMinimumHeight(self._context.theme.size("row_control_reception"))
        line.setObjectName(name)
        editor: QWidget = line
        if name == _NOW:
            editor = QWidget(self)
            line.setParent(editor)
            self._now.setParent(editor)
            inner = row(line, self._now, gap=8)
            inner.setStretch(0, 1)
            editor.setLayout(inner)
        is_required = name in REQUIRED[self._call]
        field = FormField(
            self._context.theme, field_word(name), editor, is_required=is_required, parent=self
        )
        if editor is not line:
            line.setAccessibleName(editor.accessibleName())
        return field

    def _build(self) -> None:
        height = self._context.theme.size("row_control_reception")
        self.kind.setMinimumHeight(height)
        self._now.setMinimumHeight(height)
        self.kind.setFixedWidth(_KIND_WIDTH)
        self._kind_field.setFixedWidth(_KIND_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        field = self._fields
        for parts, shares in (
            ((self._kind_field, field["idNo"], field["patientName"]), (0, 3, 2)),
            ((field["visitNo"], field["visitTime"]), (1, 1)),
            ((field["phoneNo"], field["patientId"]), (1, 1)),
        ):
            line = row(*parts, gap=16)
            for number, (part, share) in enumerate(zip(parts, shares, strict=True)):
                line.setStretch(number, share)
                line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
            layout.addLayout(line)
        chain = [self.kind, *(self._lines[name] for name in ORDER)]
        at = chain.index(self._lines[_NOW]) + 1
        chain.insert(at, self._now)
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        for name, line in self._lines.items():
            line.setProperty("name", name)
            line.returnPressed.connect(self._on_enter)
            line.editingFinished.connect(self._on_left)
            if isinstance(line, MaskedField):
                line.value_changed.connect(self._on_value)
                line.revealed.connect(self._on_revealed)
            elif isinstance(line, MomentField):
                line.value_changed.connect(self._on_value)
            else:
                line.textChanged.connect(self._on_value)
        self._now.clicked.connect(self._on_now)
        self.scanner.listen([self.kind, self._now, *self._lines.values()])
        self.scanner.scanned.connect(self._on_scanned)

    # Values

    def visit(self) -> Visit:
        """What the fields hold now."""
        value = {name: self._value(name) for name in ORDER}
        number = value["idNo"]
        if self.kind.key() == IDENTITY_CARD:
            number = read_identity_card(number).number
        return Visit(
            patient_id=value["patientId"],
            name=value["patientName"],
            id_type=self.kind.key(),
            id_no=number,
            phone=value["phoneNo"],
            visit_no=value["visitNo"],
            visit_time=value["visitTime"],
        )

    def _value(self, name: str) -> str:
        line = self._lines[name]
        if isinstance(line, MaskedField | MomentField):
            return line.value().strip()
        return line.text().strip()

    @property
    def is_empty(self) -> bool:
        """True while nothing but the time stands in it."""
        return not any(self._value(name) for name in ORDER if name != _NOW)

    def set_visit(self, visit: Visit, origin: str = "") -> None:
        """Fill in what a visit holds; names and numbers are masked at once.

        Args:
            visit: An empty part leaves its field as it is.
            origin: Words below each filled field (来自检查记录).
        """
        self.kind.set_key(visit.id_type)
        for name, value in visit.values().items():
            if value:
                self._set_value(name, value)
                self._origins[name] = origin
        self._touched |= {name for name, value in visit.values().items() if value}
        self._show_hints()
        self.show_live()

    def _set_value(self, name: str, value: str) -> None:
        line = self._lines[name]
        if isinstance(line, MaskedField | MomentField):
            line.set_value(value)
        else:
            line.setText(value)

    def set_patient_id_length(self, length: int) -> None:
        """Longest patient id by the setting (H077)."""
        self._patient_id_length = length
        self._fields["patientId"].set_limit(length)

    def clear(self) -> None:
        """The next patient: nothing stays, the time is the present again."""
        self._origins.clear()
        self._touched.clear()
        self.kind.set_key(IDENTITY_CARD)
        for name, line in self._lines.items():
            if isinstance(line, MaskedField):
                line.set_value("")
            elif isinstance(line, MomentField):
                line.set_now()
            else:
                line.setText("")
            self._fields[name].set_problem("")
            self._fields[name].set_warning("")
        self._show_hints()
        self.focus_first()

    def tick(self) -> None:
        """The time goes on while nobody typed one."""
        self._moment.tick()

    @property
    def _moment(self) -> MomentField:
        line = self._lines[_NOW]
        assert isinstance(line, MomentField)  # noqa: S101  # built a few lines above
        return line

    # Problems

    def problems(self) -> tuple[Problem, ...]:
        """What stands against sending it with this form's call."""
        visit = self.visit()
        if self._patient_id_length:
            return visit.problems(self._call, patient_id_length=self._patient_id_length)
        return visit.problems(self._call)

    def show_problems(self) -> bool:
        """Say every problem beside its field and go to the first error; True when there is none."""
        self._touched |= set(ORDER)
        self.show_live()
        return not self.go_to_problem(1, from_start=True)

    def show_live(self) -> None:
        """Say what is wrong with the fields a person has been in."""
        found = {one.field: one for one in reversed(self.problems())}
        for name, field in self._fields.items():
            problem = found.get(name) if name in self._touched else None
            is_error = problem is not None and problem.severity is Severity.ERROR
            words = problem_words(self._context.texts, problem) if problem else ""
            field.set_problem(words if is_error else "")
            field.set_warning("" if is_error else words or self._own_warning(name))
            self._lines[name].setAccessibleDescription(field.editor.accessibleDescription())
        self._show_card()

    def _own_warning(self, name: str) -> str:
        phone = self._value("phoneNo")
        if name == "phoneNo" and name in self._touched and phone and not _PHONE.fullmatch(phone):
            return self.tr("不像电话号码，请再看一眼")
        return ""

    def go_to_problem(self, step: int, *, from_start: bool = False) -> bool:
        """Put the cursor into the next field with an error; False when there is none."""
        faulty = [name for name in ORDER if self._fields[name].problem]
        if not faulty:
            return False
        now = [name for name in ORDER if self._lines[name].hasFocus()]
        if from_start or not now:
            wanted = faulty[0 if step > 0 else -1]
        else:
            at = ORDER.index(now[0])
            turned = [ORDER[(at + step * far) % len(ORDER)] for far in range(1, len(ORDER) + 1)]
            wanted = next(name for name in turned if name in faulty)
        self._lines[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_refusal(self, refusals: Mapping[str, str]) -> None:
        """Say beside fields what came from elsewhere (the platform, a second authorization)."""
        for name, words in refusals.items():
            if name in self._fields:
                self._fields[name].set_problem(words)

    # Hints

    def _show_hints(self) -> None:
        hints = {
            "idNo": kind_hint(self.kind.key()) or self.tr("可以扫，也可以放上读卡器"),
            "visitNo": self.tr("门诊号或住院号；同一次就诊只登记一次"),
            "visitTime": self.tr("默认现在；可以只输 1405"),
            "phoneNo": "",
            "patientId": self.tr("医院自己的患者编号，不是证件号"),
        }
        for name, field in self._fields.items():
            field.set_origin(self._origins.get(name) or hints.get(name, ""))

    def _show_card(self) -> None:
        card = read_identity_card(self._value("idNo"))
        is_card = self.kind.key() == IDENTITY_CARD and card.birth_date is not None
        facts = card_facts(card, local_now().date()) if is_card else ()
        proof = ""
        if facts and card.is_valid:
            proof = self._context.theme.join(self.tr("校验位正确"), *facts)
        self._fields["idNo"].set_proof(proof)
        if facts and card.fault is IdentityCardFault.CHECK_DIGIT:
            wrong = self.tr("第 18 位不对，请核对最后几位")
            self._fields["idNo"].set_warning(self._context.theme.join(wrong, *facts))

    # Focus

    def focus_first(self) -> None:
        """Put the cursor where a patient begins: into the certificate number."""
        self._lines["idNo"].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_next_empty(self) -> None:
        """Put the cursor into the first empty field; report when there is none."""
        empty = [name for name in ORDER if not self._value(name)]
        if empty:
            self._lines[empty[0]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.completed.emit()

    def last_control(self) -> QWidget:
        """Where the tab order of the form ends."""
        return self._lines[ORDER[-1]]

    def first_control(self) -> QWidget:
        """Where the tab order of the form begins."""
        return self.kind

    def hide_values(self) -> None:
        """Ctrl+Shift+H, or another page: names and numbers are masked at once."""
        for line in self._lines.values():
            if isinstance(line, MaskedField):
                line.hide_value()

    # Slots

    def _sender_name(self) -> str:
        return str(self.sender().property("name") or "")

    def _on_value(self) -> None:
        name = self._sender_name()
        self._origins.pop(name, None)
        if name in self._fields:
            self._fields[name].set_problem("")
            self._fields[name].set_warning("")
        if name == "idNo":
            self._show_card()
        self._show_hints()
        self.changed.emit()

    def _on_left(self) -> None:
        name = self._sender_name()
        if self._value(name):
            self._touched.add(name)
            self.show_live()

    def _on_enter(self) -> None:
        at = ORDER.index(self._sender_name())
        later = [name for name in ORDER[at + 1 :] if not self._value(name)]
        if later:
            self._lines[later[0]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.completed.emit()

    def _on_kind(self) -> None:
        self._show_hints()
        self.show_live()
        self.changed.emit()

    def _on_now(self) -> None:
        self._moment.set_now()

    def _on_revealed(self) -> None:
        self.revealed.emit(self._sender_name())

    def _on_scanned(self, number: str) -> None:
        self.kind.set_key(IDENTITY_CARD)
        self._set_value("idNo", number)
        self._touched.add("idNo")
        self.show_live()
        self.scanned.emit()
        self.focus_next_empty()
