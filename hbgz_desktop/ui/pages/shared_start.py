"""Before anything is asked: whose results, and just to look or for an order (2.2.3.4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.authorization import (
    Authorization,
    AuthorizationFilter,
    AuthorizationState,
)
from hbgz_desktop.model.shared_viewing import OrderRelation, ViewMode
from hbgz_desktop.model.sharing_launch import SharingForm
from hbgz_desktop.model.visit import VisitCall
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.shared_items import ItemChooser
from hbgz_desktop.ui.pages.visit_form import VisitForm
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import STRETCH, clear_layout, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.patient_line import PatientLine
from hbgz_desktop.ui.widgets.search_field import SearchField
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords

_SIDE_WIDTH = 372
_MOST = 6


class SharedStart(QWidget):
    """The form at the left; at the right the authorized patients, to be taken with one key.

    Signals:
        changed: Something else is asked for.

    Attributes:
        form: The six fields.
        box: What is said about them.
    """

    changed = Signal()

    def __init__(
        self, context: PageContext, words: AuthorizationWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty; ``look`` reads the authorized patients."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self._authorization_id: int | None = None
        self._user = ("", "")
        self._relation = OrderRelation()
        self._found: tuple[Authorization, ...] = ()
        self._lines: list[PatientLine] = []
        theme = context.theme
        self.form = VisitForm(context, VisitCall.HR_PAGE, self)
        self.form.changed.connect(self._on_changed)
        self.mode = Segmented(
            theme,
            [
                (ViewMode.VIEW.value, self.tr("共享调阅：看全部")),
                (ViewMode.ORDER.value, self.tr("开单前：只看要开的项目")),
            ],
            self,
        )
        self.mode.setAccessibleName(self.tr("为什么看"))
        self.mode.value_changed.connect(self._on_mode)
        self.items = ItemChooser(context, self)
        self.items.changed.connect(self.changed)
        self.box = NextStepBox(theme, parent=self)
        self._search = SearchField(theme, self.tr("姓名、拼音首字母、就诊号"), self)
        self._search.search_changed.connect(self._on_search)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._none = Label("", "caption2", self, wrap=True)
        self._more = Button(theme, self.tr("去登记授权"), "quiet", "authorization", self)
        self._more.clicked.connect(self._on_authorize)
        self._build()
        self._show_mode()
        self.say_empty()

    def _build(self) -> None:
        entry = Card(parent=self)
        entry.body.setSpacing(14)
        self._mode_note = Label("", "caption2", entry, wrap=True)
        entry.body.addLayout(column(row(self.mode, STRETCH), self._mode_note, gap=6))
        entry.body.addWidget(self.form)
        entry.body.addWidget(self.items)
        entry.body.addWidget(self.box)
        known = Card(parent=self)
        known.setFixedWidth(_SIDE_WIDTH)
        known.body.addWidget(Label(self.tr("已授权的患者"), "section", known))
        known.body.addWidget(self._search)
        known.body.addLayout(self._list)
        known.body.addWidget(self._none)
        known.body.addLayout(row(self._more, STRETCH))
        known.body.addStretch(1)
        left = column(entry, STRETCH, gap=0)
        line = row(left, known, gap=16)
        line.setStretch(0, 1)
        line.setAlignment(known, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    # Values

    def sharing_form(self) -> SharingForm:
        """What is asked for."""
        return SharingForm(
            visit=self.form.visit(),
            request=self.items.request(ViewMode(self.mode.value)),
            his_dept_code=self._user[0],
            his_user_code=self._user[1],
            authorization_id=self._authorization_id,
            relation=self._relation,
        )

    def set_form(self, wanted: SharingForm, origin: str) -> None:
        """Fill in; an authorization's values stay as they were sent, visit time included (H076)."""
        self.form.clear()
        self.form.set_visit(wanted.visit, origin)
        self.mode.set_value(wanted.request.mode.value)
        self.items.set_items(wanted.request.study_items, wanted.request.lab_items)
        self._user = (wanted.his_dept_code, wanted.his_user_code)
        self._relation = wanted.relation
        self._authorization_id = wanted.authorization_id
        self.changed.emit()

    def clear(self) -> None:
        """The next patient."""
        self._authorization_id, self._user, self._relation = None, ("", ""), OrderRelation()
        self.mode.set_value(ViewMode.VIEW.value)
        self.items.set_items((), ())
        self._search.clear()
        self.form.clear()
        self.say_empty()
        self.changed.emit()

    def is_sound(self) -> bool:
        """Say what stands in the way, and go to the first; True when nothing does."""
        if not self.form.show_problems():
            self.box.set_step(Tone.WARM, self.tr("还有没填对的，看红字"))
            return False
        if self.mode.value == ViewMode.ORDER.value and self.items.is_empty:
            self.items.set_problem(self.tr("开单前要选至少一个项目"))
            self.items.picker.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def say_empty(self) -> None:
        """What this page is for."""
        self.box.set_step(
            Tone.COOL,
            self.tr("选一位已授权的患者，或者自己填"),
            self.tr("查到可互认的结果，就在浏览器里打开共享页面，由医生处理。"),
        )

    # Authorized patients

    def look(self) -> None:
        """Read who has authorized lately."""
        self._on_search(self._search.search_text())

    @property
    def search(self) -> SearchField:
        """Where the search is typed."""
        return self._search

    def _on_search(self, text: str) -> None:
        wanted = AuthorizationFilter(text=text, states=(AuthorizationState.AUTHORIZED,))
        ask = partial(self._context.services.authorization.page, wanted, limit=_MOST)
        self._context.tasks.run_task(ask, self._on_found, self._on_failed)

    def _on_found(self, found: tuple[Authorization, ...]) -> None:
        self._found = found
        clear_layout(self._list)
        self._lines = []
        for number, one in enumerate(found):
            detail = self._context.theme.join(one.visit.visit_no, moment_words(one.created_at))
            title = self._words.person(one.visit)
            line = PatientLine(self._context.theme, number, title, detail, self)
            line.activated.connect(self._on_chosen)
            line.stepped.connect(self._on_stepped)
            self._list.addWidget(line)
            self._lines.append(line)
        is_asked = bool(self._search.text().strip())
        words = self.tr("没有找到已授权的") if is_asked else self.tr("还没有已授权的患者")
        self._none.setText(words)
        self._none.setVisible(not found)

    def _on_stepped(self, number: int, step: int) -> None:
        wanted = min(max(number + step, 0), len(self._lines) - 1)
        self._lines[wanted].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_chosen(self, key: str) -> None:
        self.choose(self._found[int(key)].id)

    def choose(self, authorization_id: int) -> None:
        """Take this authorization's values."""
        services = self._context.services.shared_viewing
        ask = partial(services.form_of_authorization, authorization_id)
        self._context.tasks.run_task(ask, self._on_form, self._on_failed)

    def _on_form(self, wanted: SharingForm) -> None:
        self.set_form(wanted, self.tr("授权时登记的"))
        self.box.set_step(
            Tone.OK,
            self.tr("已填好，核对后查询"),
            self.tr("就诊时间和授权时一样，不要改。"),
        )

    def _on_authorize(self) -> None:
        self._context.open_page("authorization", "")

    # Slots

    def _on_mode(self) -> None:
        self._show_mode()
        self.changed.emit()

    def _show_mode(self) -> None:
        is_order = self.mode.value == ViewMode.ORDER.value
        self.items.setVisible(is_order)
        words = self.tr("看这位患者所有还在互认时效内的检查检验结果。")
        if is_order:
            words = self.tr("只看和要开的项目对得上的结果；至少选一项。")
        self._mode_note.setText(words)

    def _on_changed(self) -> None:
        self._authorization_id = None
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
