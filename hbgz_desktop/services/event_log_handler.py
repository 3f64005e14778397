"""What goes wrong in the engine, in the words of the error texts, to where IT looks for services (DESIGN 7)."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.error_texts import ErrorTexts

AGAIN_AFTER_S = 3600.0
_MOST_REMEMBERED = 500
_CODE = re.compile(r"\bcode=([a-z][a-z0-9_]*)")


class EventLogHandler(logging.Handler):
    """Passes warnings and errors on, the same words at most once an hour: a taken port is tried every 5 s."""

    def __init__(
        self,
        write: Callable[[int, str], object],
        texts: ErrorTexts,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take where to write.

        Args:
            write: Gets a level of ``logging`` and a text.
            texts: Words for the code that a line names.
            clock: Seconds that never go back.
        """
        super().__init__(logging.WARNING)
        self._write = write
        self._texts = texts
        self._clock = clock
        self._said: dict[str, float] = {}

    @override
    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = record.getMessage()
            if self._is_new(line):
                self._write(record.levelno, self._words(line))
        except (
            OSError,
            TypeError,
            ValueError,
        ):  # the log's trouble is not that of who writes to it
            self.handleError(record)

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing; the line is in the log file."""

    def _is_new(self, line: str) -> bool:
        now = self._clock()
        said = self._said.get(line)
        if said is not None and now - said < AGAIN_AFTER_S:
            return False
        if len(self._said) >= _MOST_REMEMBERED:
            self._said.clear()
        self._said[line] = now
        return True

    def _words(self, line: str) -> str:
        found = _CODE.search(line)
        if found is None or found[1] not in self._texts.codes():
            return line
        text = self._texts.of(found[1])
        return "\n".join(one for one in (text.title, text.cause, text.next_step, line) if one)
