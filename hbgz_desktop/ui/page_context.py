"""What every page gets by constructor; nothing is looked up anywhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hbgz_desktop.ui.long_work import LongWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.event_bridge import EventBridge
    from hbgz_desktop.ui.notices import Notices
    from hbgz_desktop.ui.tasks import TaskPool
    from hbgz_desktop.ui.theme import Theme


def _nothing() -> None:
    """Where nobody asks who acts."""


@dataclass(frozen=True)
class PageContext:
    """The parts of the program a page works with.

    Attributes:
        theme: Look of all widgets.
        services: The one door to data, disk and network; every method blocks: call it by ``tasks``.
        tasks: ``tasks.run_task(func, on_done, on_error)``; slots are bound methods of the page.
        notices: Toasts and banners.
        bridge: ``bridge.facts_arrived`` brings new ``Event``s and ``Snapshot``s, at most 4 times a second.
        texts: Code → words, in the console's language.
        open_page: (page key, rows) Shows another page and exactly the rows a number counted; see
            each page's ``show_rows`` for the names it knows.
        show_study: (examination id, study id; 0 = none) Shows 检查 with that line's drawer open.
        is_it: True for the role IT: dense rows, codes, raw answers.
        rehearse: Starts the simulated platform of a name for practice; blocks: call it by ``tasks``. None
            where practice is not offered.
        operators_changed: A page changed names, roles or the look: what concerns who acts holds at once.
        long_work: What a person set going and every page shows; run it by a ``JobRunner``.
    """

    theme: Theme
    services: ConsoleServices
    tasks: TaskPool
    notices: Notices
    bridge: EventBridge
    texts: ErrorTexts
    open_page: Callable[[str, str], None]
    show_study: Callable[[int, int], None]
    is_it: bool = False
    rehearse: Callable[[str], None] | None = None
    operators_changed: Callable[[], None] = _nothing
    long_work: LongWork = field(default_factory=LongWork)
