"""Filter of 检查: search, date, modality, lanes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.views import FilesHere, StudyFilter
from hbgz_desktop.model.worklist import DAY_BAR, Lane
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.lane_badges import lane_word
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.state_chips import Chip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.theme import Theme

ALL_LANES = "all"
OPEN_LANES = "open"
TODAY = "today"
EVER = "ever"
_SETTLED = frozenset({Lane.CONFIRMED, Lane.CANCELLED, Lane.NOT_REQUIRED})
GROUPS: dict[str, tuple[Lane, ...]] = {
    OPEN_LANES: tuple(lane for lane in Lane if lane not in _SETTLED),
    "confirmed": DAY_BAR["confirmed"],
    "needs_fix": DAY_BAR["needs_fix"],
    "failed": DAY_BAR["failed"],
    "missing": DAY_BAR["missing"],
    "receiving": DAY_BAR["receiving"],
    "not_required": DAY_BAR["not_required"],
    ALL_LANES: tuple(Lane),
}
"""Chips that are always there; others join at the end while a link asked for them."""


def window_since(key: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Begin and end of a date choice; the days are the hospital's."""
    midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    days = {TODAY: 0, "yesterday": 1, "week": 6, "month": 29}.get(key)
    if days is None:
        return None, None
    since = midnight - timedelta(days=days)
    return since, midnight if key == "yesterday" else None


def lanes_named(name: str) -> tuple[Lane, ...] | None:
    """Lanes of a chip, a segment of the day bar or a single lane; None for an unknown name."""
    if name in GROUPS:
        return GROUPS[name]
    if name in DAY_BAR:
        return DAY_BAR[name]
    return (Lane(name),) if name in {lane.value for lane in Lane} else None


class StudiesFilter(QObject):
    """Owns the filter bar and reads a ``StudyFilter`` off it.

    Signals:
        changed: The filter is another; fires once however many of its parts were set.

    Attributes:
        bar: The widget.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build the bar: today, all modalities, what is not finished."""
        super().__init__(parent)
        self._is_setting = False
        self._extra = ""
        self._counts: dict[str, int] = {}
        self._lanes: Mapping[Lane, int] = {}
        self.bar = FilterBar(theme, self.tr("姓名、拼音、检查号"), parent)
        self._windows = {
            TODAY: self.tr("今天"),
            "yesterday": self.tr("昨天"),
            "week": self.tr("近 7 天"),
            "month": self.tr("近 30 天"),
            EVER: self.tr("全部"),
        }
        self.bar.add_dropdown("date", self.tr("日期"), list(self._windows.items()))
        self._modalities: tuple[str, ...] = ()
        self._modality = self.bar.add_dropdown("modality", self.tr("设备"), [("", self.tr("全部"))])
        self._files = {
            FilesHere.HERE: self.tr("在本机"),
            FilesHere.CLEARED: self.tr("已清理"),
        }
        files = [(one.value, word) for one, word in self._files.items()]
        self.bar.add_dropdown("files", self.tr("图像"), [("", self.tr("全部")), *files])
        self._words = {
            OPEN_LANES: self.tr("未完成"),
            "confirmed": self.tr("已确认"),
            "needs_fix": self.tr("待处理"),
            "failed": self.tr("失败"),
            "missing": self.tr("缺记录或图像"),
            "receiving": self.tr("还在接收"),
            ALL_LANES: self.tr("全部"),
            "uploading": self.tr("上传中和排队"),
            "not_required": self.tr("不用传"),
        }
        self._set_chips(OPEN_LANES)
        self.bar.changed.connect(self._on_changed)

    def _set_chips(self, chosen: str) -> None:
        states = {
            "confirmed": State.CONFIRMED,
            "needs_fix": State.NEEDS_FIX,
            "failed": State.FAILED,
        }
        keys = [*GROUPS, *([self._extra] if self._extra else [])]
        self.bar.chips.set_chips([Chip(k, self.word(k), states.get(k)) for k in keys], chosen)
        self._show_counts()

    def word(self, key: str) -> str:
        """Words of a chip."""
        return self._words.get(key) or lane_word(Lane(key))

    # What is chosen

    def wanted(self, now: datetime) -> StudyFilter:
        """The filter as it stands."""
        since, until = window_since(self.bar.value("date"), now)
        chosen = self.bar.chips.chosen
        return StudyFilter(
            text=self.bar.search.search_text(),
            lanes=() if chosen == ALL_LANES else lanes_named(chosen) or (),
            modality=self.bar.value("modality"),
            since=since,
            until=until,
            files=self._where,
        )

    @property
    def _where(self) -> FilesHere | None:
        chosen = self.bar.value("files")
        return FilesHere(chosen) if chosen else None

    @property
    def window_word(self) -> str:
        """今天, 近 7 天 …; "" for all."""
        return self._windows[self.window] if self.window != EVER else ""

    @property
    def window(self) -> str:
        """Key of the date choice."""
        return self.bar.value("date")

    @property
    def chip(self) -> str:
        """Key of the chosen chip."""
        return self.bar.chips.chosen

    @property
    def is_plain(self) -> bool:
        """True when only date and chip narrow the list."""
        narrowing = (self.bar.search.search_text(), self.bar.value("modality"), self._where)
        return not any(narrowing)

    def summary(self) -> tuple[str, ...]:
        """What narrows the list, in words."""
        chip = self.chip
        parts = (
            self.window_word,
            self.bar.value("modality"),
            self._files[self._where] if self._where is not None else "",
            "" if chip == ALL_LANES else self.word(chip),
            self.tr("“{text}”").format(text=self.bar.search.search_text())
            if self.bar.search.search_text()
            else "",
        )
        return tuple(part for part in parts if part)

    # Setting it

    def show_lanes(self, name: str, window: str) -> bool:
        """Show exactly one group of lanes of a window, nothing else narrowing it; False when unknown."""
        if lanes_named(name) is None:
            return False
        self._is_setting = True
        self._clear_search("")
        self._narrow_no_more()
        self.bar.set_value("date", window)
        if name not in GROUPS:
            self._extra = name
            self._set_chips(name)
        self.bar.chips.choose(name)
        self._finish()
        return True

    def show_files(self, where: FilesHere) -> None:
        """Every study whose files are there, whenever it came and however it stands."""
        self._is_setting = True
        self._clear_search("")
        self._narrow_no_more()
        self.bar.set_value("files", where.value)
        self.bar.set_value("date", EVER)
        self.bar.chips.choose(ALL_LANES)
        self._finish()

    def show_text(self, text: str) -> None:
        """Everything that matches some text, whenever it came and however it stands."""
        self._is_setting = True
        self._clear_search(text)
        self._narrow_no_more()
        self.bar.set_value("date", EVER)
        self.bar.chips.choose(ALL_LANES)
        self._finish()

    def choose_window(self, key: str) -> None:
        """Another date."""
        self.bar.set_value("date", key)

    def choose_chip(self, key: str) -> None:
        """Another chip."""
        self.bar.chips.choose(key)

    def clear(self) -> None:
        """All of the same window."""
        self._is_setting = True
        self._clear_search("")
        self._narrow_no_more()
        self.bar.chips.choose(ALL_LANES)
        self._finish()

    def _narrow_no_more(self) -> None:
        for name in ("modality", "files"):
            self.bar.set_value(name, "")

    def _clear_search(self, text: str) -> None:
        self.bar.search.setText(text)
        self.bar.search.returnPressed.emit()

    def _finish(self) -> None:
        self._is_setting = False
        self._on_changed()

    def _on_changed(self) -> None:
        if self._is_setting:
            return
        if self._extra and self.bar.chips.chosen != self._extra:
            chosen, self._extra = self.bar.chips.chosen, ""
            self._set_chips(chosen)
        self.changed.emit()

    # What the database says

    def set_modalities(self, modalities: Sequence[str]) -> None:
        """The modalities there are; the chosen one stays."""
        known = tuple(modalities)
        if known != self._modalities:
            self._modalities = known
            self._modality.set_options([("", self.tr("全部")), *((one, one) for one in known)])

    def set_counts(self, lanes: Mapping[Lane, int]) -> None:
        """Rows by lane, of everything the filter says but its chip."""
        self._lanes = lanes
        self._show_counts()

    def _show_counts(self) -> None:
        if not self._lanes:
            return
        keys = [*GROUPS, *([self._extra] if self._extra else [])]
        self.bar.chips.set_counts(
            {key: sum(self._lanes[lane] for lane in lanes_named(key) or ()) for key in keys}
        )
