"""The right column of 待处理: what will be released, and what helps to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.pages.studies_pictures import StudyPictures
from hbgz_desktop.ui.painting import fill_round, paint_focus_ring
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from hbgz_desktop.model.fix_views import FixCase
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords
    from hbgz_desktop.ui.theme import Theme

FIRST_ROWS = 5
_ROW_HEIGHT = 32


class FixEvidence(Card):
    """Examinations that wait, and the one that is looked at: its pictures, what its headers say.

    Signals:
        case_chosen: (examination id) Look at another one.
    """

    case_chosen = Signal(int)

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, parent: QWidget
    ) -> None:
        """Build it empty."""
        super().__init__(parent=parent)
        self._context = context
        self._words = words
        self._cases: tuple[FixCase, ...] = ()
        self._total = 0
        self._is_long = False
        self._case: FixCase | None = None
        self._rows: dict[int, CaseRow] = {}
        theme = context.theme
        self._list_title = Label("", "section", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._more = Button(theme, "", "quiet", parent=self)
        self._more.clicked.connect(self._on_more)
        self._rest = Label("", "caption2", self)
        self._case_title = Label(self.tr("对照着看"), "section", self)
        self._case_number = ElidedLabel("", "caption2", self)
        self._study = Button(theme, self.tr("看这份检查"), "quiet", "studies", self)
        self._study.clicked.connect(self._on_study)
        self.pictures = StudyPictures(context, desk, self)
        self.pictures.series_opened.connect(self._on_pictures)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._build()

    def _build(self) -> None:
        self.body.setSpacing(8)
        self.body.addWidget(self._list_title)
        self.body.addLayout(self._list)
        self.body.addLayout(row(self._more, STRETCH))
        self.body.addWidget(self._rest)
        self.body.addWidget(rule(self))
        head = row(self._case_title, self._case_number, self._study)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.pictures)
        self.body.addLayout(self._facts)
        self.body.addStretch(1)

    # The examinations

    def show_cases(self, cases: Sequence[FixCase], total: int, title: str) -> None:
        """List the examinations; ``total`` is how many there are in all."""
        ids = [one.examination_id for one in cases]
        is_other = ids != [one.examination_id for one in self._cases]
        self._cases, self._total = tuple(cases), total
        self._list_title.setText(title)
        if is_other:
            self._is_long = False
        self._show_rows()

    def _show_rows(self) -> None:
        shown = self._cases if self._is_long else self._cases[:FIRST_ROWS]
        if [one.examination_id for one in shown] != list(self._rows):
            clear_layout(self._list)
            self._rows = {}
            for one in shown:
                line = CaseRow(self._context.theme, one.examination_id, self)
                line.activated.connect(self.case_chosen)
                self._rows[one.examination_id] = line
                self._list.addWidget(line)
        for one in shown:
            self._rows[one.examination_id].set_words(*self._case_words(one))
        hidden = len(self._cases) - len(shown)
        self._more.setText(self.tr("还有 {n} 份…").format(n=f"{hidden:,}"))
        self._more.setVisible(hidden > 0)
        beyond = self._total - len(self._cases)
        words = self.tr("另有 {n} 份，修好前面的会接着显示", "", beyond).format(n=f"{beyond:,}")
        self._rest.setText(words)
        self._rest.setVisible(beyond > 0 and not hidden)
        self._mark()

    def _case_words(self, one: FixCase) -> tuple[str, str, str]:
        study = one.study
        if study is None:
            return self.tr("检查 {n}").format(n=one.examination_id), "", ""
        number = study.accession_number or self.tr("没有检查号")
        return number, self._words.person(study), self._words.moment(study.at)

    def _on_more(self) -> None:
        self._is_long = True
        self._show_rows()

    # The one that is looked at

    def show_case(self, case: FixCase | None) -> None:
        """Show pictures and facts of one examination."""
        self._case = case
        study = case.study if case is not None else None
        has_images = study is not None and study.study_id is not None
        self.pictures.setVisible(has_images)
        if case is not None and study is not None and has_images:
            self.pictures.show_series(
                study.study_id,
                case.series,
                has_thumbnails=case.has_thumbnails,
            )
        self._case_number.setText(study.accession_number if study is not None else "")
        self._study.set_allowed("" if case is not None else self.tr("先选一份检查"))
        self._show_facts(case)
        self._mark()

    def _show_facts(self, case: FixCase | None) -> None:
        clear_layout(self._facts)
        study = case.study if case is not None else None
        if case is None:
            return
        facts = (
            (self.tr("检查描述"), study.description if study else ""),
            (
                self.tr("设备"),
                self._context.theme.join(study.modality, study.calling_ae) if study else "",
            ),
            (self.tr("申请项目"), case.fields.get("imgExamItem", "")),
            (self.tr("记录来自"), self._origin(case)),
        )
        for number, (name, value) in enumerate(one for one in facts if one[1]):
            self._facts.addWidget(Label(name, "caption2", self), number, 0)
            self._facts.addWidget(ElidedLabel(value, "", self), number, 1)

    def _origin(self, case: FixCase) -> str:
        if not case.source_row:
            return case.source
        return self.tr("{source} 第 {row} 行").format(source=case.source, row=case.source_row)

    def _mark(self) -> None:
        chosen = self._case.examination_id if self._case is not None else 0
        for examination_id, line in self._rows.items():
            line.setChecked(examination_id == chosen)

    def _on_study(self) -> None:
        if self._case is not None:
            study = self._case.study
            study_id = study.study_id if study is not None else None
            self._context.show_study(self._case.examination_id, study_id or 0)

    def _on_pictures(self, _series: str) -> None:
        self._on_study()


class CaseRow(QAbstractButton):
    """One examination: number, person, time.

    Signals:
        activated: (examination id) It was pressed.
    """

    activated = Signal(int)

    def __init__(self, theme: Theme, examination_id: int, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._theme = theme
        self._id = examination_id
        self._words = ("", "", "")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def set_words(self, number: str, person: str, time: str) -> None:
        """Show these; the person is masked already."""
        self._words = (number, person, time)
        self.setAccessibleName(" ".join(filter(None, self._words)))
        self.update()

    def _on_clicked(self) -> None:
        self.activated.emit(self._id)

    @override
    def nextCheckState(self) -> None:
        """The list says which one is looked at."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _ROW_HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, box = self._theme, QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = theme.colour("selected" if self.isChecked() else "hover")
            fill_round(painter, box, ground, theme.size("radius_badge"))
        number, person, time = self._words
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        mono = theme.font("caption", mono=True)
        painter.setFont(mono)
        painter.setPen(theme.colour("text"))
        room = box.width() * 0.46
        shown = QFontMetricsF(mono).elidedText(number, Qt.TextElideMode.ElideRight, room - 8)
        painter.drawText(box.adjusted(6, 0, 0, 0), middle, shown)
        painter.setFont(theme.font("body"))
        painter.drawText(box.adjusted(room + 8, 0, -54, 0), middle, person)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text_2"))
        painter.drawText(box.adjusted(0, 0, -6, 0), right, time)
        if self.hasFocus():
            paint_focus_ring(painter, theme, box, theme.size("radius_badge"))
