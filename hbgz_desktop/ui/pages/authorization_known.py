"""认识的患者: people known from records, studies and earlier authorizations, to fill in with one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_identity
from hbgz_desktop.model.visit import IDENTITY_CARD, Visit
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
from hbgz_desktop.ui.pages.visit_words import known_source
from hbgz_desktop.ui.styling import clear_layout
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.patient_line import PatientLine
from hbgz_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from hbgz_desktop.model.authorization import KnownPatient
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.tasks import CancelToken

MOST = 4


class KnownPatients(Card):
    """A search field and up to four people; ↓ goes into the list, Enter fills in.

    Signals:
        chosen: (KnownPatient) Fill this person in.
    """

    chosen = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it with nobody."""
        super().__init__(parent=parent)
        self._context = context
        self._token: CancelToken | None = None
        self._found: tuple[KnownPatient, ...] = ()
        self._lines: list[PatientLine] = []
        self._field = _KnownField(context.theme, self.tr("姓名、拼音首字母、证件号"), self)
        self._field.search_changed.connect(self._on_search)
        self._field.went_down.connect(self._on_down)
        self._hint = Label("", "caption2", self, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addWidget(Label(self.tr("认识的患者"), "section", self))
        self.body.addWidget(self._field)
        self.body.addLayout(self._list)
        self.body.addWidget(self._hint)
        self._show(())

    @property
    def field(self) -> SearchField:
        """Where the search is typed."""
        return self._field

    def clear(self) -> None:
        """Forget the search: the next patient."""
        self._field.clear()
        self._show(())

    def _on_search(self, text: str) -> None:
        if self._token is not None:
            self._token.cancel()
        if not text:
            self._show(())
            return
        ask = partial(self._context.services.authorization.known_patients, text, limit=MOST)
        self._token = self._context.tasks.run_task(ask, self._show, self._on_failed)

    def _show(self, found: tuple[KnownPatient, ...]) -> None:
        self._found = tuple(found)[:MOST]
        clear_layout(self._list)
        self._lines = []
        for number, one in enumerate(self._found):
            line = self._line(number, one)
            line.activated.connect(self._on_line)
            line.stepped.connect(self._on_stepped)
            self._list.addWidget(line)
            self._lines.append(line)
        is_asked = bool(self._field.text().strip())
        words = self.tr("来过的患者输几个字就能填入，不用再打一遍。")
        if is_asked and not self._found:
            words = self.tr("没有找到。直接在左边填。")
        self._hint.setText(words)
        self._hint.setVisible(not self._found)

    def _line(self, number: int, patient: KnownPatient) -> PatientLine:
        theme = self._context.theme
        detail = theme.join(
            mask_identity(patient.id_no) or patient.patient_id,
            known_source(patient.source),
            moment_words(patient.at),
        )
        title = AuthorizationWords.person(visit_of(patient)) or patient.patient_id
        return PatientLine(theme, number, title, detail, self)

    def _on_line(self, key: str) -> None:
        self.chosen.emit(self._found[int(key)])

    def _on_down(self) -> None:
        if self._lines:
            self._lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_stepped(self, number: int, step: int) -> None:
        wanted = number + step
        if wanted < 0:
            self._field.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif wanted < len(self._lines):
            self._lines[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, HbgzError):
            self._hint.setText(self._context.texts.of(error.code, error.facts).title)
            self._hint.show()
        else:
            self._context.notices.report_bug(error)


def visit_of(patient: KnownPatient) -> Visit:
    """What is known of a person, as far as a new visit can use it: its number and time are new."""
    return Visit(
        patient_id=patient.patient_id,
        name=patient.name,
        id_type=IDENTITY_CARD,
        id_no=patient.id_no,
        phone=patient.phone,
    )


class _KnownField(SearchField):
    """Gives the list the key down."""

    went_down = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)
