"""登记以后: what the slip looks like and what happens next, below the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.ui.pages.authorization_slip import Slip, SlipPaper
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget

    from hbgz_desktop.model.visit import Visit
    from hbgz_desktop.ui.page_context import PageContext

_SCALE = 0.4


class AfterCard(Card):
    """The paper in small, three sentences, one button.

    Signals:
        print_requested: The slip of what was just entered.
    """

    print_requested = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it with an empty paper."""
        super().__init__(parent=parent)
        self._theme = context.theme
        self._hospital = ""
        self._paper = SlipPaper(context.theme, _SCALE, self)
        self.print = Button(context.theme, self.tr("打印授权单…"), "", "print", self)
        self.print.clicked.connect(self.print_requested)
        steps = (
            (self.tr("平台应答，一般 2 秒"), self.tr("结果用一句话说清楚，不成也说怎么办")),
            (self.tr("授权单可打印，给患者签字"), self.tr("姓名和证件号打印时才显示")),
            (self.tr("医生去“共享调阅”"), self.tr("这位患者已经填好，不用再输")),
        )
        words = column(
            Label(self.tr("登记以后"), "section", self),
            *(self._step(number + 1, *step) for number, step in enumerate(steps)),
            STRETCH,
            row(STRETCH, self.print),
            gap=10,
        )
        line = row(self._paper, words, gap=24)
        line.setAlignment(self._paper, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.show_visit(None, can_print=False)

    def _step(self, number: int, title: str, detail: str) -> QLayout:
        figure = Label(f"{number}", "captionstrong", self)
        figure.setFixedWidth(16)
        words = column(
            Label(title, "", self, wrap=True), Label(detail, "caption2", self, wrap=True), gap=1
        )
        line = row(figure, words, gap=8)
        line.setAlignment(figure, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        return line

    def set_hospital(self, name: str) -> None:
        """The name at the top of the paper."""
        self._hospital = name

    def show_visit(self, visit: Visit | None, *, can_print: bool) -> None:
        """What the paper would say, masked."""
        name = mask_name(visit.name) if visit else ""
        number = mask_identity(visit.id_no) if visit else ""
        lines = (
            (self.tr("姓名"), name),
            (self.tr("证件号"), number),
            (self.tr("就诊号"), visit.visit_no if visit else ""),
            (self.tr("就诊时间"), visit.visit_time if visit else ""),
        )
        self._paper.set_slip(Slip(self._hospital, "", lines))
        self.print.set_allowed("" if can_print else self.tr("登记以后才能打印"))
