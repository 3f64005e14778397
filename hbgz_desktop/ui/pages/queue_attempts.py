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
        title = self._outcomes.get(attempt.outcome, attempt.outcome)
        cause = self._texts.of(attempt.cause).title if attempt.cause else ""
        codes = ""
        if self._with_codes:
            status = "" if attempt.http_status is None else f"HTTP {attempt.http_status}"
            code = f"code {attempt.answer_code}" if attempt.answer_code else ""
            codes = " ".join(filter(None, (attempt.service, status, code)))
        message = attempt.message if attempt.outcome != "accepted" else ""
        detail = self._theme.join(cause, codes, message)
        return TimelineEntry(time, _STATES.get(attempt.outcome), title, detail)

    def _repeated(self, entry: TimelineEntry, count: int) -> TimelineEntry:
        title = self._times.format(title=entry.title, n=count)
        return TimelineEntry(entry.time, entry.state, title, entry.detail)
