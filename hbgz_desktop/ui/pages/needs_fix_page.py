"""待处理: what waits for a person, by cause; fixed here, checked again and sent by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from hbgz_desktop.model.events import Event
from hbgz_desktop.model.fix_views import FixCase, FixGroup, FixKind
from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.services.fix_desk import FixDesk
from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.needs_fix_causes import FixCauses
from hbgz_desktop.ui.pages.needs_fix_code import FixCodePanel
from hbgz_desktop.ui.pages.needs_fix_evidence import FixEvidence
from hbgz_desktop.ui.pages.needs_fix_field import FixFieldPanel
from hbgz_desktop.ui.pages.needs_fix_index import FixIndexPanel
from hbgz_desktop.ui.pages.needs_fix_panel import FixParts
from hbgz_desktop.ui.pages.needs_fix_results import FixResults
from hbgz_desktop.ui.pages.needs_fix_rows import FixRowsPanel
from hbgz_desktop.ui.pages.needs_fix_words import FixWords
from hbgz_desktop.ui.pages.studies_words import StudyWords
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.services.fix_desk import Corrected, FixLook
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.needs_fix_panel import FixPanel

_SIDE_WIDTH = 328
_FOLD_BELOW = 1200
_LANES = {
    "no_record": FixKind.NO_RECORD,
    "no_images": FixKind.NO_IMAGES,
    "changed": FixKind.CHANGED,
    "count_differs": FixKind.COUNT_DIFFERS,
}


class NeedsFixPage(Page):
    """Causes at the left, the fix in the middle, what it releases at the right.

    ``show_rows`` knows ``counted`` and ``needs_fix`` (the first cause), ``no_record``, ``no_images``,
    and causes as ``rule|field|value``; what of it is left out matches any.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; nothing is asked before it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._desk = FixDesk(context.services)
        studies = StudyDesk(context.services)
        self._words = FixWords(context.theme, context.texts, self)
        people = StudyWords(context.texts, studies.field_label, self)
        self._look: FixLook | None = None
        self._is_asking = False
        self._ask_again = False
        self._is_anew = True
        self._wanted = ""
        self._shown_key = ""
        self._case_ids: tuple[int, ...] = ()
        self._case_id = 0
        self._causes = FixCauses(context.theme, self._words, self)
        self._releases = JobRunner(context, "needs_fix", self)
        parts = FixParts(context, self._desk, self._words, people)
        self._code = FixCodePanel(parts, self._releases, self)
        self._field = FixFieldPanel(parts, self)
        self._rows = FixRowsPanel(parts, self._releases, self)
        self._index = FixIndexPanel(parts, self)
        self._evidence = FixEvidence(context, studies, people, self)
        self._results = FixResults(context, self._desk, self._releases, self)
        self._empty = EmptyState(context.theme, parent=self)
        self._panels = QStackedWidget(self)
        self._stack = QStackedWidget(self)
        self._side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.set_title(self.tr("待处理"))
        self.header.add_button("next", self.tr("跳到下一个问题"))
        self.header.add_key_hint("F8")
        self.header.set_primary(self.tr("保存并放行"), "check", reason=self.tr("正在看有哪些"))
        for panel in (self._code, self._field, self._rows, self._index):
            self._panels.addWidget(panel)
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        inner.setLayout(self._side)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(16)
        self._side.addWidget(self._panels, 1)
        self._side.addWidget(self._evidence)
        self._area = QScrollArea(self)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        work = QWidget(self)
        work.setProperty("surface", "clear")
        columns = row(self._causes, self._area, gap=16)
        columns.setStretch(1, 1)
        work.setLayout(columns)
        self._stack.addWidget(work)
        self._stack.addWidget(self._empty)
        self.content.addWidget(self._releases.strip)
        self.content.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_primary)
        self.header.secondary_requested.connect(self._on_secondary)
        self._causes.chosen.connect(self._on_chosen)
        self._causes.renewal_requested.connect(self.refresh)
        for panel in (self._code, self._field, self._rows, self._index):
            panel.primary_changed.connect(self._show_primary)
        self._code.mapped.connect(self._results.mapped)
        self._code.corrected.connect(self._results.corrected)
        self._field.corrected.connect(self._on_corrected)
        self._rows.settled.connect(self._results.settled)
        self._rows.repair.imported.connect(self.refresh)
        self._results.done.connect(self.refresh)
        self._evidence.case_chosen.connect(self._ask_case)
        self._context.bridge.facts_arrived.connect(self._on_facts)

    # What the window asks

    @override
    def activate(self) -> None:
        self.refresh()

    @override
    def refresh(self) -> None:
        """Take the causes in their present order."""
        self._is_anew = True
        self._ask()

    @override
    def focus_content(self) -> None:
        self._causes.focus_current()

    @override
    def go_to_problem(self, step: int) -> None:
        """The next record of this cause, then the next cause."""
        at = self._case_ids.index(self._case_id) if self._case_id in self._case_ids else 0
        is_field = self._panels.currentWidget() is self._field
        if is_field and 0 <= at + step < len(self._case_ids):
            self._ask_case(self._case_ids[at + step])
            return
        self._causes.step(step)
        self._panel().focus_first()

    @override
    def show_rows(self, rows: str) -> None:
        self._wanted = "" if rows in ("counted", "needs_fix") else rows
        self.refresh()

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        for panel in (self._field, self._index):
            panel.set_private(is_private=is_hidden)

    @override
    def help_text(self) -> str:
        return self.tr(
            "左边是原因，最多的在上面；中间是怎么改，右边是会放行的检查。缺代码的选一次，"
            "等着它的一起放行；别的字段逐份改。改好的自动重新校验并上传。F8 到下一个。"
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _FOLD_BELOW
        below = QBoxLayout.Direction.TopToBottom
        self._side.setDirection(below if is_narrow else QBoxLayout.Direction.LeftToRight)
        self._evidence.setMaximumWidth(16_777_215 if is_narrow else _SIDE_WIDTH)
        self._evidence.setMinimumWidth(0 if is_narrow else _SIDE_WIDTH)

    # Looking

    def _ask(self) -> None:
        """One question at a time; what comes meanwhile asks once more."""
        if self._is_asking:
            self._ask_again = True
            return
        self._is_asking = True
        self._context.tasks.run_task(self._desk.look, self._on_looked, self._on_look_failed)

    def _on_looked(self, look: FixLook) -> None:
        self._is_asking = False
        self._look = look
        words = self.tr("{n} 份检查在等 · 按原因归成 {groups} 组 · 先做最多的", "", look.waiting)
        self.header.set_subtitle(words.format(n=f"{look.waiting:,}", groups=len(look.groups)))
        is_first = not self._causes.groups
        if self._is_anew or is_first:
            self._is_anew = False
            self._shown_key = "" if is_first else self._shown_key
            self._causes.show_anew(look)
            self._go_to_wanted()
        else:
            self._causes.show_counts(look)
            self._keep_count()
        self._show_frame(look)
        if self._ask_again:
            self._ask_again = False
            self._ask()

    def _on_look_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    def _show_frame(self, look: FixLook) -> None:
        if self._causes.groups:
            self._stack.setCurrentIndex(0)
            return
        handled = self.tr("没有要处理的，今天已处理 {n} 份").format(n=f"{look.handled:,}")
        title = handled if look.handled else self.tr("没有要处理的")
        reason = self.tr("缺代码、缺字段和平台退回的检查会出现在这里")
        self._empty.set_content("state_confirmed", title, reason)
        self.header.set_subtitle(self.tr("都处理完了"))
        self._stack.setCurrentWidget(self._empty)
        self._show_primary()

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if not wanted:
            return
        for group in self._causes.groups:
            if group.kind is _LANES.get(wanted) or _matches(group.key, wanted):
                self._causes.choose(group.key)
                return

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if self.isVisible() and any(isinstance(fact, Event | Snapshot) for fact in facts):
            self._ask()

    # One group

    def _panel(self) -> FixPanel:
        panels: dict[FixKind, FixPanel] = {
            FixKind.CODE: self._code,
            FixKind.FIELD: self._field,
            FixKind.REFUSED: self._field,
            FixKind.INDEX: self._index,
        }
        group = self._causes.current
        return panels.get(group.kind, self._rows) if group is not None else self._rows

    def _on_chosen(self, group: FixGroup | None) -> None:
        if group is None:
            self._shown_key = ""
            return
        panel = self._panel()
        self._make_room_for(panel)
        self._panels.setCurrentWidget(panel)
        panel.set_place(self._causes.position, len(self._causes.groups))
        self._evidence.setVisible(group.problem is not None)
        if group.key != self._shown_key:
            self._shown_key = group.key
            self._case_id = 0
            self._evidence.show_case(None)
            self._evidence.show_cases((), 0, "")
            panel.show_group(group)
        else:
            panel.show_count(group)
        self._ask_cases(group)
        self._show_primary()

    def _make_room_for(self, shown: FixPanel) -> None:
        """What is not shown asks for no room: its words would push the evidence out of the window."""
        for panel in (self._code, self._field, self._rows, self._index):
            wish = QSizePolicy.Policy.Preferred if panel is shown else QSizePolicy.Policy.Ignored
            panel.setSizePolicy(wish, QSizePolicy.Policy.Preferred)

    def _keep_count(self) -> None:
        """The chosen group has another count: say so, and list who waits now."""
        group, panel = self._causes.current, self._panel()
        if group is None or panel.group is None or group.key != panel.group.key:
            return
        if group.count != panel.group.count:
            panel.show_count(group)
            self._ask_cases(group)

    def _ask_cases(self, group: FixGroup) -> None:
        if group.problem is not None:
            work = partial(_cases, self._desk, group)
            self._context.tasks.run_task(work, self._on_cases, self._on_failed)

    def _on_cases(self, answer: tuple[str, tuple[FixCase, ...]]) -> None:
        key, cases = answer
        group = self._causes.current
        if group is None or group.key != key:
            return
        self._case_ids = tuple(one.examination_id for one in cases)
        is_code = group.kind is FixKind.CODE
        title = self.tr("会放行的检查") if is_code else self.tr("要改的检查")
        self._evidence.show_cases(cases, group.count, title)
        if self._case_ids and self._case_id not in self._case_ids:
            self._ask_case(self._case_ids[0])

    def _ask_case(self, examination_id: int) -> None:
        group = self._causes.current
        if group is None or group.problem is None:
            return
        self._case_id = examination_id
        work = partial(self._desk.case, examination_id, group.problem.field)
        self._context.tasks.run_task(work, self._on_case, self._on_failed)

    def _on_case(self, case: FixCase | None) -> None:
        if case is None or case.examination_id != self._case_id:
            return
        self._evidence.show_case(case)
        self._panel().show_case(case)

    # Doing

    def _show_primary(self) -> None:
        if not self._causes.groups:
            self.header.set_primary("")
            return
        words, reason = self._panel().primary_words()
        self.header.set_primary(words, "check", reason=reason)

    def _on_primary(self) -> None:
        self._panel().press()

    def _on_secondary(self, _key: str) -> None:
        self.go_to_problem(1)

    def _on_corrected(self, done: Corrected) -> None:
        self._results.corrected(done)
        if done.same_field:
            self._field.show_still_wrong(done)
            return
        at = self._case_ids.index(self._case_id) if self._case_id in self._case_ids else -1
        if at + 1 < len(self._case_ids):
            self._ask_case(self._case_ids[at + 1])


def _cases(desk: FixDesk, group: FixGroup) -> tuple[str, tuple[FixCase, ...]]:
    return group.key, desk.cases(group.problem) if group.problem is not None else ()


def _matches(key: str, wanted: str) -> bool:
    """``rule|field|value``: what is left out, or what the group does not tell apart, matches any."""
    pairs = zip(key.split("|", 2), wanted.split("|", 2), strict=False)
    return all(not want or not part or want == part for part, want in pairs)
