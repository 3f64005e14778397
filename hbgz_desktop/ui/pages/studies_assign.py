"""指定记录: a person compares what the images say with a record, then says they belong together."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.pages.record_match import Sameness, compare
from hbgz_desktop.ui.pages.studies_words import plain_name
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.model.record_choice import RecordChoice, StudySide
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_ICONS = {
    Sameness.SAME: ("state_confirmed", "fill_confirmed"),
    Sameness.OTHER: ("state_needs_fix", "fill_needs_fix"),
    Sameness.UNKNOWN: ("state_neutral", "text_3"),
}
_WIDTH = 760
_LIST_WIDTH = 280


class AssignDialog(QDialog):
    """Candidates at the left, both sides at the right; nothing is chosen by itself.

    Signals:
        assigned: (study id, examination id) The person has decided.
    """

    assigned = Signal(int, int)

    def __init__(
        self,
        context: PageContext,
        desk: StudyDesk,
        words: StudyWords,
        side: StudySide,
        parent: QWidget,
        *,
        moved_from: int = 0,
    ) -> None:
        """Build it for one study; show it with ``open()``.

        ``moved_from`` is the examination its images were given to by mistake: that one is not offered,
        and a question about the platform follows.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._desk, self._words, self._side = context, desk, words, side
        self._choices: tuple[RecordChoice, ...] = ()
        self._is_clear = False
        self._moved_from = moved_from
        self.setWindowTitle(
            self.tr("这些图像其实属于哪条检查记录？")
            if moved_from
            else self.tr("这些图像属于哪条检查记录？")
        )
        self._search = SearchField(context.theme, self.tr("姓名、拼音、检查号、患者号"), self)
        self._search.search_changed.connect(self._ask)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("可能的记录"))
        self._search.setFixedWidth(_LIST_WIDTH)
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setProperty("kind", "choices")
        self._list.currentRowChanged.connect(self._on_row)
        self._empty = Label("", "caption2", self, wrap=True)
        self._empty.setFixedWidth(_LIST_WIDTH)
        self._table = _Comparison(context, self)
        self._reveal = Button(context.theme, self.tr("显示姓名"), "quiet", "eye", self)
        self._reveal.clicked.connect(self._on_reveal)
        self._warning = Label("", "warn", self, wrap=True)
        keep = self.tr("不换") if moved_from else self.tr("不指定")
        self._keep = Button(context.theme, keep, "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        act = self.tr("换到这条记录…") if moved_from else self.tr("指定这条记录")
        self._act = Button(context.theme, act, "primary", parent=self)
        self._act.setAutoDefault(False)
        self._act.clicked.connect(self._on_act)
        self._build()
        self._show_choice(None)
        self._ask("")

    def _build(self) -> None:
        title = Label(self.windowTitle(), "section", self)
        hint = Label(
            self.tr("查出图像真正的主人。下一步再确认从平台删除什么，这里还不改动。")
            if self._moved_from
            else self.tr("先按检查号、姓名和患者号找；没有时自己查。指定后马上校验、排队上传。"),
            "caption2",
            self,
            wrap=True,
        )
        left = column(self._search, self._list, self._empty, gap=8)
        right = column(row(STRETCH, self._reveal), self._table, self._warning, STRETCH, gap=8)
        middle = row(left, right, gap=16)
        middle.setStretch(1, 1)
        foot = row(STRETCH, self._keep, self._act)
        self.setLayout(column(title, hint, middle, foot, gap=12, margins=(20, 20, 20, 16)))
        self.setFixedSize(_WIDTH, 460)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, text: str) -> None:
        ask = partial(self._desk.candidates, self._side, text)
        self._context.tasks.run_task(ask, self._on_found)

    def _on_found(self, choices: tuple[RecordChoice, ...]) -> None:
        self._choices = tuple(one for one in choices if one.examination_id != self._moved_from)
        self._fill()
        self._empty.setText(
            ""
            if self._choices
            else self.tr("没有找到记录。记录导入后，同检查号的会自己对上；也可以换个词查。")
        )
        self._empty.setVisible(not self._choices)

    def _fill(self) -> None:
        at = self._list.currentRow()
        self._list.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self._list.clear()
        for choice in self._choices:
            self._list.addItem(QListWidgetItem(self._line(choice)))
        self._list.setCurrentRow(at if at < len(self._choices) else -1)
        self._list.blockSignals(False)  # noqa: FBT003  # as above
        self._on_row(self._list.currentRow())

    def _line(self, choice: RecordChoice) -> str:
        name = _name(choice.patient_name, is_clear=self._is_clear)
        numbers = listed(choice.accessions)
        when = _record_moment(choice, self._words)
        return f"{name} {self._words.sex(choice.sex)}\n{numbers} {when}".strip()

    def _on_row(self, number: int) -> None:
        is_one = 0 <= number < len(self._choices)
        self._show_choice(self._choices[number] if is_one else None)

    def _show_choice(self, choice: RecordChoice | None) -> None:
        self._table.show_sides(self._side, choice, self._words, is_clear=self._is_clear)
        reason = "" if choice is not None else self.tr("先在左边选一条记录")
        self._act.set_allowed(reason)
        self._warning.setText("" if choice is None else self._warning_of(choice))

    def _warning_of(self, choice: RecordChoice) -> str:
        other = [key for key, same in compare(self._side, choice).items() if same is Sameness.OTHER]
        if "name" in other or "birth_date" in other:
            return self.tr("两边的人不像同一个，请再核对。指定错了，图像会传到别人名下。")
        if choice.studies:
            return self.tr("这条记录已有 {n} 份图像，这一份会加进去。", "", choice.studies).format(
                n=choice.studies
            )
        return ""

    def _on_reveal(self) -> None:
        self._is_clear = not self._is_clear
        self._reveal.setText(self.tr("遮住") if self._is_clear else self.tr("显示姓名"))
        if self._is_clear:
            note = partial(self._context.services.reveal, "study_match", self._side.study_id)
            self._context.tasks.run_task(note, self._on_noted)
        self._fill()

    def _on_noted(self, _nothing: object) -> None:
        """The audit row is written."""

    def _on_act(self) -> None:
        number = self._list.currentRow()
        if 0 <= number < len(self._choices):
            self.assigned.emit(self._side.study_id, self._choices[number].examination_id)
            self.accept()


class _Comparison(Surface):
    """What the images say | what the record says | the same?"""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("sunken", parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, head in ((1, self.tr("图像里写的")), (2, self.tr("记录里写的"))):
            grid.addWidget(Label(head, "captionstrong", self), 0, at)
        self._marks: dict[str, IconLabel] = {}
        self._cells: dict[str, tuple[ElidedLabel, ElidedLabel]] = {}
        for line, (key, title) in enumerate(self._titles().items(), 1):
            caption = Label(title, "caption2", self)
            mark = IconLabel(context.theme, "state_neutral", "text_3", 16, self)
            cells = ElidedLabel("", "", self), ElidedLabel("", "", self)
            for at, widget in enumerate((caption, *cells, mark)):
                grid.addWidget(widget, line, at)
            self._marks[key] = mark
            self._cells[key] = cells

    def _titles(self) -> dict[str, str]:
        return {
            "name": self.tr("姓名"),
            "sex": self.tr("性别"),
            "birth_date": self.tr("出生日期"),
            "patient_id": self.tr("患者号"),
            "accession": self.tr("检查号"),
            "item": self.tr("检查"),
            "at": self.tr("时间"),
        }

    def show_sides(
        self, side: StudySide, choice: RecordChoice | None, words: StudyWords, *, is_clear: bool
    ) -> None:
        left = {
            "name": _name(side.patient_name, is_clear=is_clear),
            "sex": words.sex(side.sex),
            "birth_date": _number(side.birth_date, is_clear=is_clear),
            "patient_id": _number(side.patient_id, is_clear=is_clear),
            "accession": side.accession_number,
            "item": " ".join(part for part in (side.modality, side.description) if part),
            "at": words.full_moment(side.at),
        }
        right = _record_side(choice, words, is_clear=is_clear) if choice is not None else {}
        found = compare(side, choice) if choice is not None else {}
        said = {
            Sameness.SAME: self.tr("相同"),
            Sameness.OTHER: self.tr("不同"),
            Sameness.UNKNOWN: self.tr("没法比"),
        }
        for key, (mine, theirs) in self._cells.items():
            mine.setText(left[key] or "—")
            theirs.setText(right.get(key, "") or "—")
            same = found.get(key, Sameness.UNKNOWN)
            self._marks[key].set_icon(*_ICONS[same])
            self._marks[key].setToolTip(said[same])
            theirs.setAccessibleName(f"{self._titles()[key]} {theirs.text()} {said[same]}")


def _record_side(choice: RecordChoice, words: StudyWords, *, is_clear: bool) -> dict[str, str]:
    return {
        "name": _name(choice.patient_name, is_clear=is_clear),
        "sex": words.sex(choice.sex),
        "birth_date": _number(choice.birth_date, is_clear=is_clear),
        "patient_id": _number(choice.patient_id, is_clear=is_clear),
        "accession": listed(choice.accessions),
        "item": choice.item,
        "at": _record_moment(choice, words),
    }


def _record_moment(choice: RecordChoice, words: StudyWords) -> str:
    """The record's time; a date alone, as many systems write it, has no hour."""
    local = choice.at.astimezone(LOCAL)
    return words.full_moment(choice.at) if local.time() != time() else f"{local:%m-%d}"


def _name(name: str, *, is_clear: bool) -> str:
    text = plain_name(name)
    return text if is_clear else mask_name(text)


def _number(number: str, *, is_clear: bool) -> str:
    return number if is_clear else mask_identity(number)
