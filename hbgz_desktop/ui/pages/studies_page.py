"""检查: every study with its state, and everything about one of them in the drawer."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.model.events import Event
from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.model.views import FilesHere
from hbgz_desktop.model.worklist import DAY_BAR
from hbgz_desktop.services.next_step import StepAction, next_step
from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Sorting
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.studies_actions import StudyActions
from hbgz_desktop.ui.pages.studies_columns import (
    WIDE_ONLY,
    clerk_columns,
    it_columns,
    study_source,
)
from hbgz_desktop.ui.pages.studies_drawer import StudyDrawer
from hbgz_desktop.ui.pages.studies_empty import EmptyWords
from hbgz_desktop.ui.pages.studies_export import StudiesExport
from hbgz_desktop.ui.pages.studies_filter import EVER, GROUPS, OPEN_LANES, TODAY, StudiesFilter
from hbgz_desktop.ui.pages.studies_words import StudyWords
from hbgz_desktop.ui.viewer.image_viewer import ImageViewer
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.study_desk import Destination, ListCounts, ShownStudy, StudyToView
    from hbgz_desktop.ui.page_context import PageContext

_NEWEST_FIRST = Sorting("at", is_descending=True)


class StudiesPage(Page):
    """List, drawer, viewer. ``show_study`` opens a line from anywhere.

    ``show_rows`` knows the chips (open, confirmed, needs_fix, failed, missing, receiving, all), the
    segments of the day bar and the values of ``Lane``, all of today's studies; ``counted`` is what
    is not finished today, ``cleared`` what has no file here any more; ``<name>@<window>`` takes
    another window (yesterday, week, month, ever).
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; nothing is asked before it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._desk = StudyDesk(context.services)
        self._words = StudyWords(context.texts, self._desk.field_label, self)
        self._counts: ListCounts | None = None
        self._is_counting = False
        self._count_again = False
        self._wanted_row: StudyRow | None = None
        self._shown_id: int | None = None
        self._problem_step = 1
        self._filter = StudiesFilter(context.theme, self)
        self._filter.changed.connect(self._on_filter)
        columns = it_columns if context.is_it else clerk_columns
        self._model: PagedTableModel[StudyRow] = PagedTableModel(
            context.tasks, columns(self._words, context.theme.join), parent=self
        )
        self._panel = TablePanel(context.theme, self._model, self.tr("份"), self)
        self._export = StudiesExport(context, self._desk, self._words, self)
        self._actions = StudyActions(context, self._desk, self._words, self)
        self._study = StudyDrawer(context, self._desk, self._words, self)
        self._viewer = ImageViewer(context, self)
        self._empty = EmptyWords(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.set_title(self.tr("检查"))
        self.header.add_button("export", self.tr("导出…"), "export")
        self._show_primary()
        self.content.setSpacing(12)
        self.content.addWidget(self._filter.bar)
        self.content.addWidget(self._export.strip)
        self.content.addWidget(self._panel, 1)
        self.add_drawer(self._study)

    def _connect(self) -> None:
        self.header.secondary_requested.connect(self._on_secondary)
        self.header.primary_requested.connect(self._on_step)
        view = self._panel.view
        view.row_activated.connect(self._on_row_activated)
        view.current_changed.connect(self._on_current)
        view.escape_pressed.connect(self._study.close_drawer)
        self._panel.empty_action_requested.connect(self._on_empty_action)
        self._model.opened.connect(self._on_opened)
        self._model.arrivals_changed.connect(self._on_arrivals)
        self._model.load_failed.connect(self._on_failed)
        self._study.step_requested.connect(self._on_step)
        self._study.action_chosen.connect(self._on_action)
        self._study.reveal_requested.connect(self._on_reveal)
        self._study.closed.connect(self._on_drawer_gone)
        self._study.pictures.series_opened.connect(self._on_series_opened)
        self._viewer.closed.connect(self._study.focus_body)
        self._actions.done.connect(self._look_again)
        self._actions.busy_changed.connect(self._study.set_busy)
        self._actions.busy_changed.connect(self._on_busy)
        self._context.bridge.facts_arrived.connect(self._on_facts)

    # What the window asks

    @override
    def activate(self) -> None:
        if self._model.is_open:
            self._look_again()
        else:
            self._open()

    @override
    def deactivate(self) -> None:
        self._study.pictures.stop()
        self._study.hide_name()

    @override
    def refresh(self) -> None:
        self._open(keep_selection=True)

    @override
    def focus_filter(self) -> None:
        self._filter.bar.focus_search()

    @override
    def focus_content(self) -> None:
        self._panel.view.setFocus()

    @override
    def show_rows(self, rows: str) -> None:
        name, has_window, window = rows.partition("@")
        if not has_window:
            window = TODAY if name in GROUPS or name in DAY_BAR or name == "counted" else EVER
        name = OPEN_LANES if name == "counted" else name
        self._study.close_drawer()
        if name == FilesHere.CLEARED:
            self._filter.show_files(FilesHere.CLEARED)
        else:
            self._filter.show_lanes(name, window)

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        self._study.set_reveal_allowed(is_allowed=not is_hidden)

    @override
    def help_text(self) -> str:
        return self.tr(
            "每份收到的检查一行：状态、患者、检查、图像走到哪一步。回车打开，上下键换一份，"
            "Esc 关上。四条小格是应有、收到、已发、已确认；全绿才是都确认了。"
            "按检查号、姓名、拼音或首字母都能找。"
        )

    def show_study(self, examination_id: int, study_id: int) -> None:
        """Open the drawer of one study, wherever it is; 0 for the id that is not known."""
        ask = partial(self._desk.find, examination_id, study_id)
        self._context.tasks.run_task(ask, self._on_found, self._on_failed)

    def _on_found(self, row: StudyRow | None) -> None:
        if row is None:
            self._context.notices.toast(self.tr("这份检查已不在列表里"))
            return
        self._wanted_row = row
        if self._model.number_of(row.id) is not None:
            self._show_wanted()
            return
        self._filter.show_text(row.accession_number or row.patient_id)

    def _show_wanted(self) -> None:
        row, self._wanted_row = self._wanted_row, None
        if row is None or not self._panel.view.go_to(row.id):
            return
        self._model.selection.replace([row.id])
        self._on_row_activated(row.id)

    # The list

    def _open(self, *, keep_selection: bool = False) -> None:
        wanted = self._filter.wanted(datetime.now(UTC))
        if keep_selection and self._model.is_open:
            self._model.open()
        else:
            sorting = self._model.sorting if self._model.sorting.key else _NEWEST_FIRST
            self._model.set_source(study_source(self._desk, wanted), sorting)
        self._ask_counts()

    def _on_filter(self) -> None:
        self._open()

    def _on_opened(self, total: int) -> None:
        if self._wanted_row is not None:
            self._show_wanted()
        elif self._shown_id is not None and self._model.number_of(self._shown_id) is None:
            self._study.close_drawer()
        self._show_subtitle()
        self._show_empty(total)

    def _on_arrivals(self, count: int) -> None:
        if count and not self._model.total:
            self._model.open()

    def _ask_counts(self) -> None:
        if self._is_counting:
            self._count_again = True
            return
        self._is_counting = True
        ask = partial(self._desk.counts, self._filter.wanted(datetime.now(UTC)))
        self._context.tasks.run_task(ask, self._on_counts, self._on_counts_failed)

    def _on_counts(self, counts: ListCounts) -> None:
        self._is_counting = False
        if self._count_again:
            self._count_again = False
            self._ask_counts()
        self._counts = counts
        self._filter.set_counts(counts.lanes)
        self._filter.set_modalities(counts.modalities)
        self._show_subtitle()
        self._show_empty(self._model.total)

    def _on_counts_failed(self, error: Exception) -> None:
        self._is_counting = self._count_again = False
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    def _show_subtitle(self) -> None:
        if self._counts is None:
            return
        window = self._filter.window_word or self.tr("全部")
        whole = self.tr("{window} {total} 份", "", self._counts.window).format(
            window=window, total=f"{self._counts.window:,}"
        )
        shown = self.tr("按筛选显示 {n} 份").format(n=f"{self._model.total:,}")
        self.header.set_subtitle(self._context.theme.join(whole, shown))
        reason = "" if self._model.total else self.tr("列表是空的，没有可导出的")
        self.header.button("export").set_allowed(reason)

    def _show_empty(self, total: int) -> None:
        if total or self._counts is None or not self._model.is_open:
            return
        if not self._counts.everything:
            ask = self._desk.destination
            self._context.tasks.run_task(ask, self._on_destination, self._on_failed)
            return
        self._panel.empty.set_content(*self._empty.of_filter(self._filter, self._counts))

    def _on_destination(self, destination: Destination) -> None:
        self._panel.empty.set_content(*self._empty.nothing_yet(destination))

    def _on_empty_action(self) -> None:
        match self._empty.action:
            case "settings":
                self._context.open_page("settings", "dicom")
            case "window":
                self._filter.choose_window(EVER if self._filter.window == "week" else "week")
            case "confirmed":
                self._filter.choose_chip("confirmed")
            case _:
                self._filter.clear()

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if not self.isVisible():
            return
        if any(isinstance(fact, Event) for fact in facts):
            self._look_again()
        elif any(isinstance(fact, Snapshot) for fact in facts):
            self._model.refresh()

    def _look_again(self) -> None:
        """Read what is shown again, in place."""
        self._model.refresh()
        self._ask_counts()
        if self._shown_id is not None:
            self._ask_study(self._shown_id)

    @override
    def go_to_problem(self, step: int) -> None:
        wanted = self._filter.wanted(datetime.now(UTC))
        self._problem_step = step
        ask = partial(self._desk.problem_ids, wanted)
        self._context.tasks.run_task(ask, self._on_problem_ids, self._on_failed)

    def _on_problem_ids(self, ids: frozenset[int]) -> None:
        view, step = self._panel.view, self._problem_step
        at = view.currentIndex().row() + step
        while 0 <= at < self._model.total:
            row_id = self._model.ids_between(at, at)[0]
            if row_id in ids:
                view.go_to(row_id)
                self._model.selection.replace([row_id])
                return
            at += step

    # The drawer

    def _on_row_activated(self, row_id: object) -> None:
        if isinstance(row_id, int):
            self._shown_id = row_id
            self._ask_study(row_id, opens=True)

    def _on_current(self, row_id: object) -> None:
        if isinstance(row_id, int) and self._shown_id is not None:
            self._on_row_activated(row_id)

    def _ask_study(self, row_id: int, *, opens: bool = False) -> None:
        ask = partial(self._desk.shown, row_id, with_attempts=self._context.is_it)
        slot = self._on_study_to_open if opens else self._on_study
        self._context.tasks.run_task(ask, slot, self._on_failed)

    def _on_study_to_open(self, shown: ShownStudy | None) -> None:
        if shown is None or shown.detail.row.id != self._shown_id:
            return
        self._on_study(shown)
        if not self._study.isVisible():
            self.open_drawer()
            self._hide_wide_columns(is_beside=True)
            self._panel.view.go_to(self._shown_id)

    def _on_study(self, shown: ShownStudy | None) -> None:
        if shown is None or shown.detail.row.id != self._shown_id:
            return
        step = next_step(shown.detail, self._context.texts, platforms=shown.platforms, now=shown.at)
        self._study.show_study(shown, step)
        self._show_primary()

    def _show_primary(self) -> None:
        """The header's button does what the box says, or says why there is nothing to do."""
        step = self._study.step if self._shown_id is not None else None
        if step is None:
            reason = self.tr("先在列表里打开一份检查")
            self.header.set_primary(self.tr("下一步"), reason=reason)
        elif step.action is StepAction.NONE:
            self.header.set_primary(self.tr("下一步"), reason=step.title)
        else:
            self.header.set_primary(step.button)

    def _on_drawer_gone(self) -> None:
        self._shown_id = None
        self._viewer.leave()
        self._hide_wide_columns(is_beside=False)
        self._show_primary()

    def _hide_wide_columns(self, *, is_beside: bool) -> None:
        for section in range(self._model.columnCount()):
            column = self._model.column(section)
            if column is not None and column.key in WIDE_ONLY:
                self._panel.view.setColumnHidden(section, is_beside)

    def _on_step(self) -> None:
        if self._study.step is not None:
            self._on_action(str(self._study.step.action))

    def _on_busy(self, is_busy: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        if is_busy:
            self.header.primary.set_allowed(self.tr("正在处理"))
        else:
            self._show_primary()

    def _on_action(self, action: str) -> None:
        if self._study.shown is not None and self._shown_id is not None:
            self._actions.run(action, self._study.shown.detail)

    def _on_reveal(self) -> None:
        if self._shown_id is not None:
            note = partial(self._context.services.reveal, "study", self._shown_id)
            self._context.tasks.run_task(note, self._on_noted, self._on_failed)

    def _on_noted(self, _nothing: object) -> None:
        """The audit row is written."""

    def _on_series_opened(self, series_instance_uid: str) -> None:
        shown = self._study.shown
        if shown is not None and shown.detail.row.study_id is not None:
            ask = partial(self._desk.to_view, shown.detail.row.study_id, series_instance_uid)
            self._context.tasks.run_task(ask, self._on_to_view, self._on_failed)

    def _on_to_view(self, study: StudyToView) -> None:
        if not study.found:
            words = self.tr("这份检查的图像文件已不在本机：按保存期限清理了，或者被移走了。")
            self._context.notices.toast(words)
        elif self.isVisible() and self._study.isVisible():
            self._viewer.show_study(study.series, study.start)

    def _on_secondary(self, key: str) -> None:
        if key == "export":
            self._export.ask_path(self._filter.wanted(datetime.now(UTC)))
