"""患者授权: the reception desk records that a patient lets us look at results of other hospitals (V1.5, 2.2.3.3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from hbgz_desktop.model.events import Event
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.authorization_acts import AuthorizationActs
from hbgz_desktop.ui.pages.authorization_after import AfterCard
from hbgz_desktop.ui.pages.authorization_drawer import AuthorizationDrawer
from hbgz_desktop.ui.pages.authorization_entry import AuthorizationEntry
from hbgz_desktop.ui.pages.authorization_known import KnownPatients, visit_of
from hbgz_desktop.ui.pages.authorization_list import AuthorizationList, TodayCard
from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
from hbgz_desktop.ui.pages.hebei_unready import HebeiUnready
from hbgz_desktop.ui.pages.visit_words import known_source
from hbgz_desktop.ui.styling import STRETCH, column

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.model.authorization import Authorization, KnownPatient
    from hbgz_desktop.ui.page_context import PageContext

_SIDE_WIDTH = 372
_FOLD_BELOW = 1000
_TICK_MS = 5000


class AuthorizationPage(Page):
    """Form at the left, known patients and today's list at the right; behind 登记记录 all of them.

    ``show_rows`` knows ``waiting`` and ``refused`` (all of that state), ``today`` (all of today),
    ``authorized_today`` (those of them the platform accepted), ``counted`` (those that wait),
    and ``id:<number>``: one of them in the drawer.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; nothing is asked before it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._words = AuthorizationWords(context.theme, context.texts, self)
        self._entry = AuthorizationEntry(context, self._words, self)
        self._after = AfterCard(context, self)
        self._known = KnownPatients(context, self)
        self._today = TodayCard(context, self._words, self)
        self._list = AuthorizationList(context, self._words, self)
        self._unready = HebeiUnready(context, self)
        self._drawer = AuthorizationDrawer(context, self._words, self)
        self._acts = AuthorizationActs(context, self._words, self)
        self._stack = QStackedWidget(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._desk = QWidget(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._entry.form.tick)
        self._build()
        self._connect()
        self._show_head()

    def _build(self) -> None:
        self.header.set_title(self.tr("患者授权"))
        self.header.add_button("list", self.tr("登记记录"), "log")
        self.header.add_button("next", self.tr("下一位"))
        self.header.add_key_hint("Ctrl N")
        left, right = QWidget(self), QWidget(self)
        left.setLayout(column(self._entry, self._after, STRETCH, gap=16))
        side = column(self._known, self._today, gap=16)
        side.setStretch(1, 1)
        right.setLayout(side)
        right.setFixedWidth(_SIDE_WIDTH)
        self._side = right
        for part in (left, right, self._desk):
            part.setProperty("surface", "clear")
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right)
        self._desk.setLayout(self._columns)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._desk)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        for page in (self._area, self._list, self._unready):
            self._stack.addWidget(page)
        self.content.addWidget(self._stack, 1)
        self.add_drawer(self._drawer)

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_primary)
        self.header.secondary_requested.connect(self._on_secondary)
        self._entry.changed.connect(self._show_head)
        self._entry.submitted.connect(self._on_submitted)
        self._entry.action_requested.connect(self._on_entry_action)
        self._after.print_requested.connect(self._on_print)
        self._known.chosen.connect(self._on_known)
        self._today.opened.connect(self._show_one)
        self._today.all_requested.connect(self._on_all)
        self._list.opened.connect(self._show_one)
        self._list.current_changed.connect(self._on_current)
        self._list.left.connect(self._on_escape)
        self._drawer.action_requested.connect(self._on_drawer_action)
        self._drawer.reveal_requested.connect(self._on_reveal)
        self._acts.changed.connect(self._on_changed)
        self._unready.looked.connect(self._on_looked)
        self._context.bridge.facts_arrived.connect(self._on_facts)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_next)

    # Head

    @property
    def _is_listing(self) -> bool:
        return self._stack.currentWidget() is self._list

    def _show_head(self) -> None:
        if self._stack.currentWidget() is self._unready:
            self.header.set_subtitle(self.tr("登记后，医生才能查看这位患者在外院的检查检验结果"))
            self.header.set_primary(
                self.tr("登记授权"), "check", reason=self.tr("河北平台还没有设置好")
            )
        elif self._is_listing:
            self.header.set_subtitle(self.tr("登记过的患者，姓名和证件号遮住；Enter 打开一条"))
            self.header.set_primary(self.tr("登记下一位"), "plus")
        else:
            self._show_entry_head()
        is_primary = self._is_listing or self._entry.row is not None
        self.header.button("next").setVisible(not is_primary)
        words = self.tr("回到登记") if self._is_listing else self.tr("登记记录")
        self.header.button("list").setText(words)

    def _show_entry_head(self) -> None:
        self.header.set_subtitle(self.tr("登记后，医生才能查看这位患者在外院的检查检验结果"))
        row = self._entry.row
        if self._entry.is_busy:
            self.header.set_primary(self.tr("正在登记"), "check", reason=self.tr("等平台应答"))
        elif row is not None:
            self.header.set_primary(self.tr("下一位"), "arrow_right")
        else:
            self.header.set_primary(self.tr("登记授权"), "check")
        visit = self._entry.form.visit() if row is None else row.visit
        self._after.show_visit(visit, can_print=row is not None)

    def _on_primary(self) -> None:
        if self._is_listing or self._entry.row is not None:
            self._on_next()
        else:
            self._entry.submit()

    def _on_secondary(self, key: str) -> None:
        if key == "next":
            self._on_next()
        elif self._is_listing:
            self._show_desk()
        else:
            self._on_all()

    def _on_next(self) -> None:
        if self._stack.currentWidget() is self._unready:
            return
        self._drawer.close_drawer()
        self._show_desk()
        self._known.clear()
        self._entry.start_anew()

    def _show_desk(self) -> None:
        self._stack.setCurrentWidget(self._area)
        self._show_head()
        self.focus_content()

    def _on_all(self) -> None:
        if self._stack.currentWidget() is self._unready:
            return
        self._stack.setCurrentWidget(self._list)
        self._show_head()
        self._list.look()
        self._list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # One patient

    def _on_known(self, patient: KnownPatient) -> None:
        words = self.tr("来自{source}").format(source=known_source(patient.source))
        self._entry.form.set_visit(visit_of(patient), words)
        self._entry.form.focus_next_empty()

    def _on_submitted(self, _item: Authorization) -> None:
        self._today.look()
        self.header.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entry_action(self, key: str, item: Authorization) -> None:
        if key == "show":
            self._open(item)
        elif key == "print":
            self._acts.print_slip(item)
        elif key == "again":
            self._acts.send_again(item)
        else:
            self._share(item)

    def _on_print(self) -> None:
        if self._entry.row is not None:
            self._acts.print_slip(self._entry.row)

    def _share(self, item: Authorization) -> None:
        self._context.open_page("shared", f"authorization:{item.id}")

    # The drawer

    def _show_one(self, number: int) -> None:
        ask = partial(self._context.services.authorization.get, number)
        self._context.tasks.run_task(ask, self._open, self._on_failed)

    def _open(self, item: Authorization) -> None:
        self._drawer.show_row(item)
        self.open_drawer()

    def _on_current(self, number: object) -> None:
        if self._drawer.isVisible() and isinstance(number, int):
            self._show_one(number)

    def _on_escape(self) -> None:
        if self._drawer.isVisible():
            self._drawer.close_drawer()
        else:
            self._show_desk()

    def _on_reveal(self) -> None:
        if self._drawer.shown is not None:
            self._acts.note_look(self._drawer.shown)

    def _on_drawer_action(self, key: str) -> None:
        item = self._drawer.shown
        if item is None:
            return
        if key == "correct":
            self._drawer.close_drawer()
            self._show_desk()
            self._entry.fill_again(item)
            return
        {
            "share": self._share,
            "print": self._acts.print_slip,
            "withdraw": self._acts.withdraw,
            "again": self._acts.send_again,
        }[key](item)

    def _on_changed(self, item: Authorization) -> None:
        if self._drawer.shown is not None and self._drawer.shown.id == item.id:
            self._drawer.show_row(item)
        if self._entry.row is not None and self._entry.row.id == item.id:
            self._entry.show_row(item)
        self._look()

    # What the window asks

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        events = [one for one in facts if isinstance(one, Event)]
        if not self.isVisible() or not any("authorization" in one.facts for one in events):
            return
        self._look()
        for item in (self._entry.row, self._drawer.shown):
            if item is not None:
                ask = partial(self._context.services.authorization.get, item.id)
                self._context.tasks.run_task(ask, self._on_renewed, self._on_failed)

    def _on_renewed(self, item: Authorization) -> None:
        if self._drawer.shown is not None and self._drawer.shown.id == item.id:
            self._drawer.show_row(item)
        if self._entry.row is not None and self._entry.row.id == item.id:
            self._entry.show_row(item)

    def _look(self) -> None:
        if self._is_listing:
            self._list.look()
        self._today.look()

    def _on_looked(self, is_ready: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        if not is_ready:
            self._stack.setCurrentWidget(self._unready)
        elif self._stack.currentWidget() is self._unready:
            self._stack.setCurrentWidget(self._area)
            self._entry.form.focus_first()
        for key in ("list", "next"):
            self.header.button(key).setEnabled(is_ready)
        self._show_head()

    @override
    def activate(self) -> None:
        self._timer.start()
        self._unready.look()
        self._context.tasks.run_task(self._read_settings, self._on_settings, self._on_failed)
        self._look()
        self.focus_content()

    def _read_settings(self) -> tuple[str, int]:
        settings = self._context.services.work.settings()
        return settings.hospital.name, settings.hebei.patient_id_length

    def _on_settings(self, facts: tuple[str, int]) -> None:
        hospital, length = facts
        self._after.set_hospital(hospital)
        self._entry.form.set_patient_id_length(length)
        self._show_head()

    @override
    def deactivate(self) -> None:
        self._timer.stop()
        self._entry.form.hide_values()
        self._drawer.hide_name()

    @override
    def refresh(self) -> None:
        self._unready.look()
        self._look()

    @override
    def focus_filter(self) -> None:
        if self._is_listing:
            self._list.filter.focus_search()
        else:
            self._known.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def focus_content(self) -> None:
        if self._is_listing:
            self._list.view.setFocus()
        elif self._stack.currentWidget() is self._area:
            self._entry.form.focus_first()

    @override
    def go_to_problem(self, step: int) -> None:
        self._entry.form.go_to_problem(step)

    @override
    def show_rows(self, rows: str) -> None:
        name, _, number = rows.partition(":")
        if name == "id" and number.isdecimal():
            self._show_one(int(number))
        elif name in ("counted", "waiting", "refused"):
            self._on_all()
            self._list.choose("waiting" if name == "counted" else name)
        elif name in ("today", "authorized_today"):
            self._on_all()
            self._list.choose("all" if name == "today" else "authorized", "today")

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        self._drawer.set_reveal_allowed(is_allowed=not is_hidden)
        if is_hidden:
            self._entry.form.hide_values()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _FOLD_BELOW
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
        if is_narrow:
            self._side.setMaximumWidth(16777215)
        else:
            self._side.setFixedWidth(_SIDE_WIDTH)

    @override
    def help_text(self) -> str:
        return self.tr(
            "给一位患者登记授权：扫身份证或者填证件号，再填就诊号，Ctrl+Enter 登记，Ctrl+N 换下一位。"
            "回车到下一个空着的格子，F8 到下一个有问题的格子。平台不应答时照常登记，恢复后程序自动发出。"
            "右边能找来过的患者，也能看今天登记的；患者反悔时打开那一条，点“撤回授权”。"
        )

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
