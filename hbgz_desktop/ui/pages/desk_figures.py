"""What the reception desk of Hebei has done today and has left: figures that are links to what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import column
from hbgz_desktop.ui.widgets.card import vertical_rule
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.stat_tile import FigureLink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.overview import DeskDay
    from hbgz_desktop.ui.theme import Theme

ENTERED, AUTHORIZED, WAITING, REFUSED = "today", "authorized_today", "waiting", "refused"
LAUNCHES, RESULTS, NOTHING = "launches", "results", "nothing"


class DeskFigures(QWidget):
    """Authorizations at the left, looks at shared results at the right, each group with its window.

    Signals:
        chosen: (key) A figure was pressed: show exactly the rows it counts.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build it without numbers."""
        super().__init__(parent)
        self._theme = theme
        self._links: dict[str, FigureLink] = {}
        done = {ENTERED: self.tr("登记的"), AUTHORIZED: self.tr("已授权")}
        left = {WAITING: self.tr("等着发送"), REFUSED: self.tr("平台没有收")}
        looks = {
            LAUNCHES: self.tr("查询"),
            RESULTS: self.tr("取回结果"),
            NOTHING: self.tr("没有可互认的"),
        }
        squares = {
            ENTERED: "fill_queued",
            AUTHORIZED: "fill_confirmed",
            WAITING: "fill_arriving",
            REFUSED: "fill_needs_fix",
            LAUNCHES: "fill_queued",
            RESULTS: "fill_confirmed",
            NOTHING: "border_control",
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        groups = (
            (self.tr("患者授权，今天（人）"), done),
            (self.tr("还没办完，不限日期（人）"), left),
            (self.tr("共享调阅，今天（次）"), looks),
        )
        for number, (title, words) in enumerate(groups):
            if number:
                layout.addWidget(vertical_rule(self))
            layout.addLayout(self._group(title, words, squares), len(words))

    def _group(
        self, title: str, words: Mapping[str, str], squares: Mapping[str, str]
    ) -> QVBoxLayout:
        figures = QHBoxLayout()
        figures.setSpacing(4)
        figures.setContentsMargins(-4, 0, 0, 0)  # as in the day bar: in line with the title
        for key, word in words.items():
            link = FigureLink(self._theme, key, word, square=squares[key], parent=self)
            link.activated.connect(self.chosen)
            figures.addWidget(link, 1)
            self._links[key] = link
        return column(Label(title, "caption2", self), figures, gap=4)

    def show_day(self, day: DeskDay) -> None:
        """Show the numbers; what a person has to do is amber."""
        counts = {
            ENTERED: day.entered,
            AUTHORIZED: day.authorized,
            WAITING: day.waiting,
            REFUSED: day.refused,
            LAUNCHES: day.launches,
            RESULTS: day.results,
            NOTHING: day.nothing,
        }
        for key, count in counts.items():
            ink = "needs_fix" if key == REFUSED and count else "text"
            self._links[key].set_count(count, ink)
