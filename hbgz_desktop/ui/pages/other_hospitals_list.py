"""What other hospitals have of a patient: grouped by hospital, or by date or part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.other_hospitals import ImagesState
from hbgz_desktop.ui.cells import BadgeCell, Cell, TwoLines
from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate, ItRowDelegate
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, RowId, Sorting, TableSource
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hbgz_desktop.model.other_hospitals import OutsideRow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

_CHIPS: Mapping[str, frozenset[ImagesState]] = {
    "all": frozenset(ImagesState),
    "images": frozenset({ImagesState.CACHED, ImagesState.PARTLY, ImagesState.FETCHABLE}),
    "links": frozenset({ImagesState.LINK_ONLY}),
    "blocked": frozenset({ImagesState.HOST_NOT_ALLOWED}),
    "none": frozenset({ImagesState.NONE}),
}
_UNGROUPED = -1


@dataclass(frozen=True, slots=True)
class _Line:
    """A row at its place.

    Attributes:
        group: How many examinations its hospital has, on the first of them; 0 on the others;
            ``_UNGROUPED`` where the order is another one and every row names its hospital.
    """

    row: OutsideRow
    group: int = 0


class OutsideList(QWidget):
    """Filter bar and table.

    Signals:
        row_activated: (examination id) Enter or double-click.
        row_changed: (examination id or None) Another row is current.
        escape_pressed: Esc in the table.

    Attributes:
        filter: Search, hospitals, and what can be had.
        panel: The table in its card.
    """

    row_activated = Signal(object)
    row_changed = Signal(object)
    escape_pressed = Signal()

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it without rows."""
        super().__init__(parent)
        self._words = words
        self._rows: dict[int, OutsideRow] = {}
        self._running: tuple[int, tuple[int, int]] | None = None
        self._join = context.theme.join
        self.filter = FilterBar(context.theme, self.tr("医院或部位"), self)
        everywhere = [("", self.tr("全部"))]
        self._hospitals = self.filter.add_dropdown("hospital", self.tr("医院"), everywhere)
        self.filter.chips.set_chips(
            [
                Chip("all", self.tr("全部")),
                Chip("images", self.tr("有图像")),
                Chip("links", self.tr("只有网页")),
                Chip("blocked", self.tr("等信息科允许")),
                Chip("none", self.tr("没有影像")),
            ]
        )
        self.filter.changed.connect(self._open)
        self._model: PagedTableModel[_Line] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self.panel = TablePanel(context.theme, self._model, self.tr("份"), self)
        delegate = ItRowDelegate if context.is_it else ClerkRowDelegate
        self.panel.view.set_delegate(delegate(context.theme, self.panel.view))
        self.panel.view.setAccessibleName(self.tr("其他医院的检查"))
        self.panel.view.row_activated.connect(self.row_activated)
        self.panel.view.current_changed.connect(self.row_changed)
        self.panel.view.escape_pressed.connect(self.escape_pressed)
        self.panel.empty_action_requested.connect(self.filter.clear_filters)
        self.panel.empty.set_content(
            "filter",
            self.tr("这样筛选没有检查"),
            self.tr("换个医院或说法再试。"),
            self.tr("不筛选"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.filter)
        layout.addWidget(self.panel, 1)

    def _columns(self) -> Sequence[Column[_Line]]:
        return (
            Column(self.tr("医院"), "hospital", self._hospital, 174, tooltip=self._hospital_hint),
            Column(self.tr("检查日期"), "date", self._date, 108),
            Column(self.tr("部位"), "part", self._part, 0, tooltip=self._part_hint),
            Column(self.tr("图像"), "images", self._images, 148, is_sortable=False),
            Column(self.tr("网页"), "pages", self._pages, 124, is_sortable=False),
        )

    # Cells: on pool threads, no tr

    def _hospital(self, line: _Line) -> Cell:
        if not line.group:
            return ""
        name = self._words.hospital(line.row)
        return name if line.group == _UNGROUPED else TwoLines(name, self._words.count(line.group))

    def _hospital_hint(self, line: _Line) -> str:
        return self._words.hospital(line.row)

    @staticmethod
    def _date(line: _Line) -> Cell:
        return line.row.exam.exam_date

    def _part(self, line: _Line) -> Cell:
        return self._words.part(line.row)

    def _part_hint(self, line: _Line) -> str:
        return self._words.part(line.row)

    def _images(self, line: _Line) -> Cell:
        running = self._running
        is_running = running is not None and running[0] == line.row.id
        return BadgeCell(
            self._words.badge(line.row, running[1] if running and is_running else None)
        )

    def _pages(self, line: _Line) -> Cell:
        return self._join(*self._words.pages(line.row))

    # Rows

    @property
    def rows(self) -> tuple[OutsideRow, ...]:
        """Everything that was found."""
        return tuple(self._rows.values())

    def row(self, examination_id: object) -> OutsideRow | None:
        """One of them."""
        return self._rows.get(examination_id) if isinstance(examination_id, int) else None

    def current(self) -> OutsideRow | None:
        """The row with the cursor."""
        return self.row(self.panel.view.current_id())

    def set_rows(self, rows: Iterable[OutsideRow]) -> None:
        """Show an answer."""
        self._rows = {one.id: one for one in rows}
        self._running = None
        names = sorted({self._words.hospital(one) for one in self._rows.values()})
        self._hospitals.set_options([("", self.tr("全部")), *((one, one) for one in names)])
        self._hospitals.setVisible(len(names) > 1)
        self.filter.chips.set_counts(self._counts())
        self.filter.chips.reset()
        self._open()

    def update_row(self, row: OutsideRow, running: tuple[int, int] | None = None) -> None:
        """Show an examination as it stands now.

        Args:
            row: The examination.
            running: (done, total) while its images are being fetched.
        """
        if row.id not in self._rows:
            return
        self._rows[row.id] = row
        self._running = None if running is None else (row.id, running)
        self.filter.chips.set_counts(self._counts())
        self._model.refresh()

    def _counts(self) -> dict[str, int]:
        states = [one.images for one in self._rows.values()]
        return {key: sum(one in wanted for one in states) for key, wanted in _CHIPS.items()}

    def _open(self) -> None:
        self._model.set_source(self._source())

    def _source(self) -> TableSource[_Line]:
        shown = [one for one in self._rows.values() if self._is_shown(one)]
        groups: dict[int, int] = {}
        rows = self._rows

        def ids(sorting: Sorting) -> Sequence[RowId]:
            ordered = _ordered(shown, sorting, self._words)
            groups.clear()
            is_grouped = sorting.key in ("", "hospital")
            groups.update(_groups(ordered, self._words) if is_grouped else {})
            if not is_grouped:
                groups.update({one.id: _UNGROUPED for one in ordered})
            return [one.id for one in ordered]

        def some(wanted: Sequence[RowId]) -> Sequence[_Line]:
            known = [rows[one] for one in wanted if isinstance(one, int) and one in rows]
            return [_Line(one, groups.get(one.id, 0)) for one in known]

        def row_id(line: _Line) -> RowId:
            return line.row.id

        return TableSource(ids, some, row_id)

    def _is_shown(self, row: OutsideRow) -> bool:
        if row.images not in _CHIPS[self.filter.chips.chosen]:
            return False
        hospital = self.filter.value("hospital")
        if hospital and hospital != self._words.hospital(row):
            return False
        text = self.filter.search.search_text().strip().casefold()
        held = (self._words.hospital(row), self._words.part(row), row.exam.exam_date)
        return not text or any(text in one.casefold() for one in held)


def _ordered(rows: Sequence[OutsideRow], sorting: Sorting, words: OutsideWords) -> list[OutsideRow]:
    """By hospital, the one with the newest examination first, unless a header says otherwise."""
    newest_first = sorted(rows, key=_date_of, reverse=True)
    if sorting.key == "date":
        return sorted(rows, key=_date_of, reverse=sorting.is_descending)
    if sorting.key == "part":
        return sorted(newest_first, key=words.part, reverse=sorting.is_descending)
    if sorting.key == "hospital":
        return sorted(newest_first, key=words.hospital, reverse=sorting.is_descending)
    places: dict[str, int] = {}
    for one in newest_first:
        places.setdefault(words.hospital(one), len(places))
    return sorted(newest_first, key=_PlaceOf(places, words))


class _PlaceOf:
    """A row's hospital as its place in the order."""

    def __init__(self, places: Mapping[str, int], words: OutsideWords) -> None:
        self._places = places
        self._words = words

    def __call__(self, row: OutsideRow) -> int:
        return self._places[self._words.hospital(row)]


def _date_of(row: OutsideRow) -> str:
    return row.exam.exam_date


def _groups(rows: Sequence[OutsideRow], words: OutsideWords) -> dict[int, int]:
    """First row of each hospital → how many rows it has."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for one in rows:
        name = words.hospital(one)
        counts[name] = counts.get(name, 0) + 1
        first.setdefault(name, one.id)
    return {first[name]: count for name, count in counts.items()}
