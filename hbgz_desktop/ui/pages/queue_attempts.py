"""Requests and answers of one delivery as lines of a timeline."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.widgets.timeline import TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.delivery import Attempt
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.theme import Theme

MOST_LINES = 40
_STATES = {
    "accepted": State.CONFIRMED,
    "transient": State.RETRYING,
    "refused": State.NEEDS_FIX,
    "unauthorised": State.FAILED,
    "dropped": State.WAITING,
}
_WARNINGS = frozenset({"B000", "B006", "B007"})
"""Final statuses of a C-STORE with which the image was stored nevertheless (PS3.4 table B.2-1)."""


class AttemptWords(QObject):
    """Words for attempts; the same outcome again and again becomes one line with its count."""

    def __init__(
        self, theme: Theme, texts: ErrorTexts, parent: QObject, *, with_codes: bool
    ) -> None:
        """Take the words of causes from ``texts``; ``with_codes`` adds service, HTTP and code for IT."""
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._with_codes = with_codes
        self._outcomes = {
            "accepted": self.tr("平台收下了"),
            "transient": self.tr("没成，会再试"),
            "refused": self.tr("平台退回"),
            "unauthorised": self.tr("平台不认可密钥或机构编号"),
            "dropped": self.tr("结果来得太晚，记下不用"),
        }
        self._warned = self.tr("已存，有提示")
        self._image = self.tr("第 {number} 幅")
        self._image_of = self.tr("序列 {series} 第 {number} 幅")
        self._times = self.tr("{title}（{n} 次）")

    def entries(self, attempts: Sequence[Attempt]) -> tuple[TimelineEntry, ...]:
        """Newest first."""
        found: list[TimelineEntry] = []
        counts: list[int] = []
        for attempt in attempts:
            entry = self._entry(attempt)
            if found and (found[-1].title, found[-1].detail) == (entry.title, entry.detail):
                counts[-1] += 1
                continue
            found.append(entry)
            counts.append(1)
        return tuple(
            entry if count == 1 else self._repeated(entry, count)
            for entry, count in zip(found[:MOST_LINES], counts, strict=False)
        )

    def _entry(self, attempt: Attempt) -> TimelineEntry:
        local = attempt.finished_at.astimezone(LOCAL)
        is_today = local.date() == datetime.now(UTC).astimezone(LOCAL).date()
        time = f"{local:%H:%M:%S}" if is_today else f"{local:%m-%d %H:%M}"
        is_warned = attempt.outcome == "accepted" and attempt.answer_code in _WARNINGS
        title = self._warned if is_warned else self._outcomes.get(attempt.outcome, attempt.outcome)
        state = State.NEEDS_FIX if is_warned else _STATES.get(attempt.outcome)
        if is_warned:
            title = f"{attempt.answer_code} {title}"
        is_odd = is_warned or attempt.outcome != "accepted"
        image = self._which(attempt) if is_odd else ""
        cause = self._texts.of(attempt.cause).title if attempt.cause else ""
        codes = ""
        if self._with_codes:
            status = "" if attempt.http_status is None else f"HTTP {attempt.http_status}"
            code = f"code {attempt.answer_code}" if attempt.answer_code else ""
            codes = " ".join(filter(None, (attempt.service, status, code)))
        message = attempt.message if is_odd else ""
        detail = self._theme.join(image, cause, codes, message)
        return TimelineEntry(time, state, title, detail)

    def _which(self, attempt: Attempt) -> str:
        """Which image it was about, as people count: series and number; "" for anything else."""
        if attempt.instance_number is None:
            return ""
        words = self._image if attempt.series_number is None else self._image_of
        return words.format(series=attempt.series_number, number=attempt.instance_number)

    def _repeated(self, entry: TimelineEntry, count: int) -> TimelineEntry:
        title = self._times.format(title=entry.title, n=count)
        return TimelineEntry(entry.time, entry.state, title, entry.detail)
