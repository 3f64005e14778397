"""What restJcJyYyInfo answered as a page: counts that are links, examinations, laboratory values (2.2.3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.cells import BadgeCell, Cell, TwoLines
from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate, RowDelegate
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, RowId, Sorting, TableSource
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.card import Card, vertical_rule
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView
from hbgz_desktop.ui.widgets.stat_tile import FigureLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.shared_viewing import SharedLabReport, SharedLabResult, SharedStudy
    from hbgz_desktop.model.sharing_launch import ResultsLook, SharingLaunch
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.shared_words import SharedWords

_HEADER = 34
_ALL, _YES, _NO = "all", "yes", "no"
_RowT = TypeVar("_RowT")


@dataclass(frozen=True)
class Value:
    """One laboratory value with the report it stands in."""

    report: SharedLabReport
    value: SharedLabResult


class CountsCard(Card):
    """How many the platform offered, how many were recognised; each number shows its rows.

    Signals:
        chosen: (key) ``study.all``, ``study.yes``, ``study.no``, ``lab.all`` …
    """

    chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it without numbers."""
        super().__init__(parent=parent)
        theme = context.theme
        yes, no = ("state_confirmed", "fill_confirmed"), ("state_neutral", "text_2")
        self._links = {
            "study.all": FigureLink(theme, "study.all", self.tr("检查，平台查到"), parent=self),
            "study.yes": FigureLink(
                theme, "study.yes", self.tr("检查已互认"), icon=yes, parent=self
            ),
            "study.no": FigureLink(theme, "study.no", self.tr("检查不互认"), icon=no, parent=self),
            "lab.all": FigureLink(theme, "lab.all", self.tr("检验，平台查到"), parent=self),
            "lab.yes": FigureLink(theme, "lab.yes", self.tr("检验已互认"), icon=yes, parent=self),
            "lab.no": FigureLink(theme, "lab.no", self.tr("检验不互认"), icon=no, parent=self),
        }
        for link in self._links.values():
            link.activated.connect(self.chosen)
        links = list(self._links.values())
        line = row(*links[:3], vertical_rule(self), *links[3:], gap=16)
        self.body.addLayout(line)

    def show_launch(self, launch: SharingLaunch) -> None:
        """What the platform offered; nothing is known of the rest."""
        for key, link in self._links.items():
            count = {"study.all": launch.study_count, "lab.all": launch.lab_count}.get(key)
            link.set_count(count)
            link.setEnabled(False)

    def show_look(self, look: ResultsLook) -> None:
        """What the physician did."""
        studies = [one.is_recognised for one in look.result.studies]
        values = [one.is_recognised for report in look.result.lab_reports for one in report.results]
        for kind, marks in (("study", studies), ("lab", values)):
            offered = {"study": look.launch.study_count, "lab": look.launch.lab_count}[kind]
            self._links[f"{kind}.all"].set_count(max(offered or 0, len(marks)))
            self._links[f"{kind}.yes"].set_count(sum(one is True for one in marks))
            self._links[f"{kind}.no"].set_count(sum(one is False for one in marks))


class _Lines(QWidget, Generic[_RowT]):
    """A table over rows in memory, as high as its rows."""

    opened = Signal(int)

    def __init__(
        self,
        context: PageContext,
        columns: Sequence[Column[tuple[int, _RowT]]],
        *,
        is_tall: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._model: PagedTableModel[tuple[int, _RowT]] = PagedTableModel(
            context.tasks, columns, parent=self
        )
        self.view = PagedTableView(context.theme, self._model, self)
        kind = ClerkRowDelegate if is_tall else _LineDelegate
        self.view.set_delegate(kind(context.theme, self.view))
        self._height = kind(context.theme, self.view).row_height
        self.view.row_activated.connect(self._on_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 1, 0)
        layout.addWidget(self.view)

    def show_rows(self, rows: Sequence[tuple[int, _RowT]]) -> None:
        """Show these (number, row)."""
        by_number = dict(rows)

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return list(by_number)

        def some(wanted: Sequence[RowId]) -> Sequence[tuple[int, _RowT]]:
            return [(one, by_number[one]) for one in wanted if isinstance(one, int)]

        def row_id(line: tuple[int, _RowT]) -> RowId:
            return line[0]

        self._model.set_source(TableSource(ids, some, row_id))
        self.view.setFixedHeight(_HEADER + self._height * max(len(rows), 1) + 2)

    def _on_row(self, number: object) -> None:
        if isinstance(number, int):
            self.opened.emit(number)


class _LineDelegate(RowDelegate):
    """One-line rows of 36 px."""

    @property
    @override
    def row_height(self) -> int:
        """Between the clerk's two lines and IT's dense one."""
        return self._theme.size("row_control_clerk")


class ResultsCard(Card):
    """Examinations above, laboratory values below; not recognised first, then abnormal.

    Signals:
        opened: (index of the group in ``readable``, index of its detail or -1) Enter on a row.
    """

    opened = Signal(int, int)

    def __init__(
        self, context: PageContext, words: SharedWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(parent=parent, flush=True)
        self._words = words
        self._join = context.theme.join
        self._studies: list[tuple[int, SharedStudy]] = []
        self._values: list[tuple[int, Value]] = []
        self._places: list[tuple[int, int]] = []
        self._shown = {"study": _ALL, "lab": _ALL}
        self._study_title = Label("", "section", self)
        self._study_note = Label("", "caption2", self)
        self._value_title = Label("", "section", self)
        self._value_note = Label("", "caption2", self)
        self.buttons = row(gap=4)
        self._study_lines: _Lines[SharedStudy] = _Lines(
            context, self._study_columns(), is_tall=True, parent=self
        )
        self._value_lines: _Lines[Value] = _Lines(
            context, self._value_columns(), is_tall=False, parent=self
        )
        self._study_lines.view.setAccessibleName(self.tr("检查"))
        self._value_lines.view.setAccessibleName(self.tr("检验"))
        self._study_lines.opened.connect(self._on_study)
        self._value_lines.opened.connect(self._on_value)
        edges = (16, 12, 12, 6)
        head = row(self._study_title, self._study_note, STRETCH, self.buttons, margins=edges)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(self._study_lines)
        self.body.addLayout(row(self._value_title, self._value_note, STRETCH, margins=edges))
        self.body.addWidget(self._value_lines)
        self.body.addSpacing(12)

    def _study_columns(self) -> Sequence[Column[tuple[int, SharedStudy]]]:
        return (
            Column(self.tr("处理"), "done", self._study_badge, 128, is_sortable=False),
            Column(self.tr("检查"), "item", self._study_item, 210, is_sortable=False),
            Column(self.tr("医院 / 日期"), "place", self._study_place, 170, is_sortable=False),
            Column(
                self.tr("结论"),
                "conclusion",
                self._study_conclusion,
                0,
                is_sortable=False,
                tooltip=self._study_hint,
            ),
            Column(
                self.tr("不互认理由"),
                "reason",
                self._study_reason,
                220,
                is_sortable=False,
                tooltip=self._study_reason_hint,
            ),
        )

    def _value_columns(self) -> Sequence[Column[tuple[int, Value]]]:
        return (
            Column(self.tr("处理"), "done", self._value_badge, 128, is_sortable=False),
            Column(self.tr("检验项目"), "item", self._value_item, 0, is_sortable=False),
            Column(self.tr("结果"), "amount", self._value_amount, 150, is_sortable=False),
            Column(self.tr("提示"), "prompt", self._value_prompt, 128, is_sortable=False),
            Column(self.tr("参考范围"), "range", self._value_range, 110, is_sortable=False),
            Column(self.tr("医院 / 日期"), "place", self._value_place, 190, is_sortable=False),
            Column(
                self.tr("不互认理由"),
                "reason",
                self._value_reason,
                180,
                is_sortable=False,
                tooltip=self._value_reason_hint,
            ),
        )

    # Cells: on pool threads, no tr

    def _study_badge(self, line: tuple[int, SharedStudy]) -> Cell:
        return BadgeCell(self._words.recognised(line[1].is_recognised))

    def _study_item(self, line: tuple[int, SharedStudy]) -> Cell:
        study = line[1]
        first = study.details[0] if study.details else None
        kind = first.study_type_name or first.study_modality if first else ""
        number = first.study_no if first else ""
        return TwoLines(study.study_item_name, self._join(kind, number))

    @staticmethod
    def _study_place(line: tuple[int, SharedStudy]) -> Cell:
        study = line[1]
        return TwoLines(study.org_name, (study.report_time or study.study_time)[:10])

    def _study_conclusion(self, line: tuple[int, SharedStudy]) -> Cell:
        study = line[1]
        result = self._words.study_result(study.study_result_code)
        detail = self._join(result.text, self._words.extras(study))
        ink = result.ink if self._words.is_abnormal_study(study) else ""
        return TwoLines(self._words.conclusion(study) or "—", detail, ink=ink)

    def _study_hint(self, line: tuple[int, SharedStudy]) -> str:
        return self._words.conclusion(line[1])

    def _study_reason(self, line: tuple[int, SharedStudy]) -> Cell:
        return self._words.reason(line[1])

    def _study_reason_hint(self, line: tuple[int, SharedStudy]) -> str:
        return self._words.reason(line[1])

    def _value_reason_hint(self, line: tuple[int, Value]) -> str:
        return self._words.reason(line[1].value)

    def _value_badge(self, line: tuple[int, Value]) -> Cell:
        return BadgeCell(self._words.recognised(line[1].value.is_recognised))

    @staticmethod
    def _value_item(line: tuple[int, Value]) -> Cell:
        return line[1].value.lab_item_name

    def _value_amount(self, line: tuple[int, Value]) -> Cell:
        return self._words.amount(line[1].value)

    def _value_prompt(self, line: tuple[int, Value]) -> Cell:
        return self._words.prompt(line[1].value.result_prompt)

    @staticmethod
    def _value_range(line: tuple[int, Value]) -> Cell:
        return line[1].value.reference_range

    @staticmethod
    def _value_place(line: tuple[int, Value]) -> Cell:
        report = line[1].report
        day = (report.report_time or line[1].value.report_time)[5:10]
        return " ".join(filter(None, (report.org_name, day)))

    def _value_reason(self, line: tuple[int, Value]) -> Cell:
        return self._words.reason(line[1].value)

    # Showing

    def show_look(self, look: ResultsLook) -> None:
        """Show an answer."""
        result = look.result
        self._studies = sorted(enumerate(result.studies), key=self._study_order)
        values: list[tuple[int, Value]] = []
        self._places = []
        for at, report in enumerate(result.lab_reports):
            for number, value in enumerate(report.results):
                values.append((len(self._places), Value(report, value)))
                self._places.append((len(result.studies) + at, number))
        self._values = sorted(values, key=self._value_order)
        self._shown = {"study": _ALL, "lab": _ALL}
        self._show_rows()

    def show_only(self, key: str) -> None:
        """The rows a number counts."""
        kind, _, which = key.partition(".")
        self._shown[kind] = which
        self._show_rows()

    def _show_rows(self) -> None:
        studies = [one for one in self._studies if self._is_shown("study", one[1].is_recognised)]
        values = [one for one in self._values if self._is_shown("lab", one[1].value.is_recognised)]
        self._study_title.setText(self.tr("检查 {n} 份").format(n=len(studies)))
        self._value_title.setText(self.tr("检验 {n} 项").format(n=len(values)))
        self._study_note.setText(self._note("study"))
        self._value_note.setText(self._note("lab"))
        self._study_lines.show_rows(studies)
        self._value_lines.show_rows(values)
        self._study_lines.setVisible(bool(studies))
        self._value_lines.setVisible(bool(values))

    def _is_shown(self, kind: str, mark: bool | None) -> bool:  # noqa: FBT001  # three values
        which = self._shown[kind]
        return which == _ALL or mark is (which == _YES)

    def _note(self, kind: str) -> str:
        return {
            _ALL: self.tr("先列不互认的，再列异常的"),
            _YES: self.tr("只看已互认的"),
            _NO: self.tr("只看不互认的"),
        }[self._shown[kind]]

    def _study_order(self, line: tuple[int, SharedStudy]) -> tuple[bool, bool, int]:
        study = line[1]
        is_abnormal = self._words.is_abnormal_study(study)
        return (study.is_recognised is not False, not is_abnormal, line[0])

    def _value_order(self, line: tuple[int, Value]) -> tuple[bool, bool, int]:
        value = line[1].value
        is_abnormal = self._words.is_abnormal_value(value)
        return (value.is_recognised is not False, not is_abnormal, line[0])

    def _on_study(self, number: int) -> None:
        self.opened.emit(number, -1)

    def _on_value(self, number: int) -> None:
        self.opened.emit(*self._places[number])
