"""Filter of 上传队列: search, lanes with counts, grouping, platform, and one cause of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.queue_lane import OPEN_LANES, QueueLane, QueueQuery
from hbgz_desktop.ui.pages.queue_words import LANE_STATES
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_chips import Chip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.queue_lane import QueueGroup
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords

ALL = "all"
BY_CAUSE = "cause"
FLAT = "flat"
_FLAT_LANES = frozenset({QueueLane.CONFIRMED, QueueLane.CANCELLED})
_ALWAYS = (*OPEN_LANES, QueueLane.CONFIRMED)
_EXTRA = (QueueLane.CANCELLED, QueueLane.NOT_REQUIRED)
"""Join at the end once there are any, or a link asked for them; then they stay."""


class QueueFilter(QObject):
    """Owns the filter bar and the line that names a single cause; reads a ``QueueQuery`` off them.

    Signals:
        changed: The query, or whether it is grouped, is another.

    Attributes:
        bar: The filter bar.
        line: Names the one cause that is shown, with a way back; hidden otherwise.
    """

    changed = Signal()

    def __init__(
        self, context: PageContext, words: QueueWords, platforms: Sequence[str], parent: QWidget
    ) -> None:
        """Build the bar: everything that is not over, by cause."""
        super().__init__(parent)
        self._only: QueueQuery | None = None
        self._is_setting = False
        self.bar = FilterBar(context.theme, self.tr("在此列表中筛选"), parent)
        self._words = words
        self._lanes: tuple[QueueLane, ...] = ()
        self._set_lanes(_ALWAYS)
        grouping = [(BY_CAUSE, self.tr("原因")), (FLAT, self.tr("不归组"))]
        self.bar.add_dropdown("grouping", self.tr("归组"), grouping, is_trailing=True)
        self._has_platforms = len(platforms) > 1
        if self._has_platforms:
            names = [("", self.tr("全部")), *((one, platform_name(one)) for one in platforms)]
            self.bar.add_dropdown("platform", self.tr("平台"), names, is_trailing=True)
        self.bar.changed.connect(self._on_changed)
        self.line = Surface("card", parent)
        self._line_words = Label("", "strong", self.line)
        back = Button(context.theme, self.tr("回到按原因归组"), "quiet", parent=self.line)
        back.clicked.connect(self._on_back)
        self.line.setLayout(row(self._line_words, STRETCH, back, margins=(16, 4, 8, 4)))
        self.line.hide()

    @property
    def wanted(self) -> QueueQuery:
        """What is shown."""
        if self._only is not None:
            return self._only
        chosen = self.bar.chips.chosen
        return QueueQuery(
            self.bar.search.search_text(),
            self.bar.value("platform") if self._has_platforms else "",
            None if chosen == ALL else QueueLane(chosen),
        )

    @property
    def is_grouped(self) -> bool:
        """True when causes are shown, not rows."""
        is_history = self.wanted.lane in _FLAT_LANES
        return self.bar.value("grouping") == BY_CAUSE and self._only is None and not is_history

    @property
    def is_narrow(self) -> bool:
        """True when the filter leaves something out that is not over."""
        return self.wanted != QueueQuery()

    def set_counts(self, counts: Mapping[QueueLane, int]) -> None:
        """Numbers of the chips, from the query of the list."""
        if QueueLane.CANCELLED not in self._lanes and counts[QueueLane.CANCELLED]:
            self._set_lanes((*self._lanes, QueueLane.CANCELLED))
        shown = {lane.value: counts[lane] for lane in self._lanes}
        self.bar.chips.set_counts({ALL: sum(counts[lane] for lane in OPEN_LANES), **shown})

    def _set_lanes(self, lanes: tuple[QueueLane, ...]) -> None:
        self._lanes = lanes
        chips = [Chip(ALL, self.tr("全部"))]
        chips += [Chip(lane.value, self._words.lanes[lane], LANE_STATES[lane]) for lane in lanes]
        self.bar.chips.set_chips(chips, self.bar.chips.chosen or ALL)

    def show_lane(self, key: str) -> None:
        """Choose a chip; everything else is reset."""
        self._is_setting = True
        wanted = QueueLane(key) if key in {lane.value for lane in _EXTRA} else None
        if wanted is not None and wanted not in self._lanes:
            self._set_lanes((*self._lanes, wanted))
        self.bar.clear_filters()
        self.bar.chips.choose(key)
        self._is_setting = False
        self._on_changed()

    def show_only(self, group: QueueGroup, title: str) -> None:
        """Show the rows of one group in a list, with a line that says so."""
        self._only = group.narrow(self.wanted)
        self._line_words.setText(self.tr("只看：{title}").format(title=title))
        self.line.show()
        self.changed.emit()

    def show_cause(self, cause: str, title: str) -> None:
        """Show every delivery that failed or waits for this error code or reason."""
        self._only = QueueQuery(cause=cause)
        self._line_words.setText(self.tr("只看：{title}").format(title=title))
        self.line.show()
        self.changed.emit()

    def clear(self) -> None:
        """Everything that is not over again."""
        self.show_lane(ALL)

    def _on_back(self) -> None:
        self._on_changed()

    def _on_changed(self) -> None:
        if self._is_setting:
            return
        self._only = None
        self.line.hide()
        self.changed.emit()
