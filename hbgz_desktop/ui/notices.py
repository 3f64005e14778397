"""Toasts, banners and bug reports: one place to say something to the person.

Known errors stand beside their thing or in a banner; anything else is a bug: it is logged with a
report id and shown in a crash box, and the program goes on (DESIGN 7).
"""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.ui.widgets.banner_stack import Banner

_LOG = logging.getLogger(__name__)
_MOST_BUGS = 20


@dataclass(frozen=True)
class BugReport:
    """An error nobody foresaw.

    Attributes:
        report_id: Short id that stands in the log as well.
        details: Type of the error and where it was raised; no message, which may hold data.
    """

    report_id: str
    details: str


@dataclass(frozen=True)
class ToastNotice:
    """What was done, and how to undo it; ``undo`` runs in the GUI thread."""

    text: str
    undo: Callable[[], None] | None = None


class NoticeHost(Protocol):
    """The window, as notices see it; called in the GUI thread."""

    def show_toast(self, notice: ToastNotice) -> None:
        """Show a toast; it replaces the one before."""

    def show_banners(self, banners: Sequence[Banner]) -> None:
        """Show these lasting conditions on every page."""

    def show_bug(self, report: BugReport) -> None:
        """Show the crash box; one at a time."""


class Notices(QObject):
    """Says things in the window; keeps them until there is one. Safe from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it in the GUI thread."""
        super().__init__(parent)
        self._host: NoticeHost | None = None
        self._banners: dict[str, Banner] = {}
        self._actions: dict[str, Callable[[], None]] = {}
        self._toast: ToastNotice | None = None
        self._bugs: list[BugReport] = []
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def attach(self, host: NoticeHost) -> None:
        """Give the window; what was said before it existed is shown now."""
        self._host = host
        self._show_banners()
        if self._toast is not None:
            host.show_toast(self._toast)
            self._toast = None
        for report in self._bugs:
            host.show_bug(report)
        self._bugs.clear()

    def detach(self) -> None:
        """The window goes; keep what is said from now on."""
        self._host = None

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done, with its count; offer 撤销 when ``undo`` is given."""
        self._posted.emit(ToastNotice(text, undo))

    def raise_banner(self, banner: Banner, on_action: Callable[[], None] | None = None) -> None:
        """Show a lasting condition until ``drop_banner``; the same key replaces it."""
        self._posted.emit(_BannerChange(banner.key, banner, on_action))

    def drop_banner(self, key: str) -> None:
        """The condition is over."""
        self._posted.emit(_BannerChange(key, None, None))

    def report_bug(self, error: BaseException) -> str:
        """Log an unforeseen error and show it; only logs and posts, so hooks may call it.

        Returns:
            The report id.
        """
        report = BugReport(secrets.token_hex(4).upper(), _where(error))
        _LOG.critical("bug report_id=%s %s", report.report_id, report.details)
        self._posted.emit(report)
        return report.report_id

    def press_banner(self, key: str) -> None:
        """Do what a banner's button stands for; the window calls this."""
        action = self._actions.get(key)
        if action is not None:
            action()

    def _on_posted(self, notice: object) -> None:
        match notice:
            case ToastNotice():
                self._show_toast(notice)
            case BugReport():
                self._show_bug(notice)
            case _BannerChange():
                self._change_banner(notice)

    def _show_toast(self, notice: ToastNotice) -> None:
        if self._host is None:
            self._toast = notice
        else:
            self._host.show_toast(notice)

    def _show_bug(self, report: BugReport) -> None:
        if self._host is not None:
            self._host.show_bug(report)
        elif len(self._bugs) < _MOST_BUGS:
            self._bugs.append(report)

    def _change_banner(self, change: _BannerChange) -> None:
        self._banners.pop(change.key, None)
        self._actions.pop(change.key, None)
        if change.banner is not None:
            self._banners[change.key] = change.banner
            if change.on_action is not None:
                self._actions[change.key] = change.on_action
        self._show_banners()

    def _show_banners(self) -> None:
        if self._host is not None:
            self._host.show_banners(tuple(self._banners.values()))


@dataclass(frozen=True)
class _BannerChange:
    key: str
    banner: Banner | None
    on_action: Callable[[], None] | None


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"{frame.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    return " < ".join([type(error).__name__, *reversed(lines)])
