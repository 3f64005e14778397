"""The window: navigation, pages, status bar, toast. No page's own work happens here.

It stands on the screen before it is furnished: what it is made of is imported then, not with this module, and
what the pages need later still (bench/startup.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from hbgz_desktop.ui.notices import BugReport, Notices, ToastNotice
    from hbgz_desktop.ui.page import Page
    from hbgz_desktop.ui.page_spec import PageSpec
    from hbgz_desktop.ui.theme import Theme
    from hbgz_desktop.ui.widgets.banner_stack import Banner
    from hbgz_desktop.ui.widgets.crash_dialog import CrashDialog
    from hbgz_desktop.ui.widgets.navigation_bar import NavigationBar
    from hbgz_desktop.ui.widgets.status_bar import StatusBar
    from hbgz_desktop.ui.widgets.toast import Toast


class MainWindow(QMainWindow):
    """One window, one page at a time.

    Signals:
        page_shown: (key) Another page is shown.
        search_requested: Ctrl+K or the search field: open the patient search.
        person_requested: F9, or the person at the bottom: change who acts.
        privacy_changed: (is_hidden) Everything was masked, or allowed again.
        closing: The window closes; the composition root ends the program.
        painted: It is on the screen for the first time.

    Attributes:
        navigation: Counts and person are set here.
        status: Facts are set here; ``status.item_activated`` names them.
    """

    page_shown = Signal(str)
    search_requested = Signal()
    person_requested = Signal()
    privacy_changed = Signal(bool)
    closing = Signal()
    painted = Signal()

    navigation: NavigationBar
    status: StatusBar
    _toast: Toast
    _theme: Theme
    _notices: Notices

    def __init__(self) -> None:
        super().__init__()
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._banners: tuple[Banner, ...] = ()
        self._undo: Callable[[], None] | None = None
        self._crash: CrashDialog | None = None
        self._is_private = False
        self._is_furnished = False
        self._was_painted = False
        self.resize(1440, 900)

    @classmethod
    def furnished(cls, theme: Theme, notices: Notices, product: str, hospital: str) -> Self:
        """A window with everything in it."""
        window = cls()
        window.furnish(theme, notices, product, hospital)
        return window

    def furnish(self, theme: Theme, notices: Notices, product: str, hospital: str) -> None:
        """Put navigation, pages' place and status bar in; once, before anything else is asked of it."""
        from hbgz_desktop.ui.widgets.navigation_bar import (
            NavigationBar,
        )  # not before the first paint
        from hbgz_desktop.ui.widgets.status_bar import StatusBar  # see above
        from hbgz_desktop.ui.widgets.toast import Toast  # see above

        self._theme = theme
        self._notices = notices
        self.navigation = NavigationBar(theme, product, hospital, self)
        self.status = StatusBar(theme, self)
        self._stack = QStackedWidget(self)
        self._toast = Toast(theme, self._stack)
        self._build()
        self._connect()
        self._add_shortcuts()
        self.setWindowTitle(product)
        notices.attach(self)
        self._is_furnished = True

    def come_forward(self) -> None:
        """To the front and to the keyboard, from beside the clock or from being minimized."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _build(self) -> None:
        from hbgz_desktop.ui.styling import row  # see the top of the file

        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        upper = row(self.navigation, self._stack, gap=0)
        upper.setStretch(1, 1)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        size = self._theme.size
        self.setMinimumSize(size("width_window_min_width"), size("width_window_min_height"))

    def _connect(self) -> None:
        self.navigation.page_requested.connect(self.show_page)
        self.navigation.count_activated.connect(self._on_count_activated)
        self.navigation.search_requested.connect(self.search_requested)
        self.navigation.person_requested.connect(self.person_requested)
        self.navigation.privacy_requested.connect(self._on_privacy_requested)
        self._toast.undone.connect(self._on_undone)

    def _add_shortcuts(self) -> None:
        from hbgz_desktop.ui.page_keys import PageKeys  # see the top of the file

        PageKeys(self, self._shown_page)
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+K", self._on_search),
            ("F1", self._on_help),
            ("F6", self._on_next_area),
            ("F9", self._on_person),
            ("Ctrl+Z", self._toast.undo),
            ("Ctrl+Shift+H", self._on_privacy_requested),
        ]
        for sequence, slot in keys:
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)
        for digit in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{digit}"), self)
            shortcut.setProperty("position", digit - 1)
            shortcut.activated.connect(self._on_digit)

    def set_pages(self, specs: Sequence[PageSpec], platforms: frozenset[str], role: str) -> None:
        """Announce the pages; those of other platforms and roles are absent, not grey.

        The page that is shown stays as it is when it is among them: somebody may be typing there.
        """
        from hbgz_desktop.ui.widgets.navigation_bar import (
            NavigationEntry,
        )  # not before the first paint

        shown = [spec for spec in specs if spec.is_for(platforms, role)]
        self._specs = {spec.key: spec for spec in shown}
        self.navigation.set_entries(
            [NavigationEntry(s.key, s.title, s.icon, s.section) for s in shown]
        )
        is_kept = self._current in self._specs and self._current in self._pages
        if is_kept:
            self.navigation.set_current(self._current)
        elif shown:
            key = self._current if self._current in self._specs else shown[0].key
            self._current = ""
            self.show_page(key)
            self.page(key).focus_content()

    def renew_pages(self, specs: Sequence[PageSpec], platforms: frozenset[str], role: str) -> None:
        """Another person acts: every page is made anew, and nothing of the former one is left to undo."""
        self._undo = None
        self._toast.hide()
        pages, self._pages = self._pages, {}
        for page in pages.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self.set_pages(specs, platforms, role)

    def has_page(self, key: str) -> bool:
        """True when the page exists for this role and these platforms."""
        return key in self._specs

    def page(self, key: str) -> Page:
        """A page, made now if it was never shown.

        Raises:
            KeyError: There is no such page for this role and these platforms.
        """
        if key not in self._pages:
            page = self._pages[key] = self._specs[key].factory()
            page.banners.action_requested.connect(self._notices.press_banner)
            page.set_privacy(is_hidden=self._is_private)
            self._stack.addWidget(page)
        return self._pages[key]

    def show_page(self, key: str, rows: str = "") -> None:
        """Show a page, and with ``rows`` exactly what a number counted.

        Raises:
            KeyError: There is no such page.
        """
        page = self.page(key)
        if key != self._current:
            if self._current in self._pages:
                self._pages[self._current].deactivate()
            self._current = key
            self._stack.setCurrentWidget(page)
            self.navigation.set_current(key)
            self._fit_page(page)
            page.activate()
            self.page_shown.emit(key)
        if rows:
            page.show_rows(rows)

    @property
    def current_page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._current)

    def show_toast(self, notice: ToastNotice) -> None:
        """See ``NoticeHost``."""
        self._undo = notice.undo
        self._toast.show_toast(notice.text, can_undo=notice.undo is not None)

    def show_banners(self, banners: Sequence[Banner]) -> None:
        """See ``NoticeHost``."""
        self._banners = tuple(banners)
        if self.current_page is not None:
            self._fit_page(self.current_page)

    def show_bug(self, report: BugReport) -> None:
        """See ``NoticeHost``; while one box is open, further ones stay in the log."""
        from hbgz_desktop.ui.widgets.crash_dialog import CrashDialog  # seldom needed

        if self._crash is None:
            self._crash = CrashDialog(self._theme, report.report_id, report.details, self)
            self._crash.finished.connect(self._on_crash_closed)
            self._crash.open()

    def _fit_page(self, page: Page) -> None:
        page.banners.set_banners(self._banners)
        page.set_banner_gap()
        page.set_drawer_covers(covers=self.width() < self._theme.size("width_cover_drawer_under"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_furnished:
            return
        narrow = self.width() < self._theme.size("width_fold_navigation_under")
        self.navigation.set_folded(is_folded=narrow)
        if self.current_page is not None:
            self._fit_page(self.current_page)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_furnished:
            self._notices.detach()
        self.closing.emit()
        super().closeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)  # when all of this paint is done

    def _on_crash_closed(self) -> None:
        self._crash = None

    def _on_undone(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()

    def _on_count_activated(self, key: str) -> None:
        self.show_page(key, "counted")

    def _on_search(self) -> None:
        self.search_requested.emit()

    def _on_person(self) -> None:
        self.person_requested.emit()

    def _on_help(self) -> None:
        from hbgz_desktop.ui.widgets.keys_dialog import KeysDialog  # seldom needed

        page = self.current_page
        if page is not None:
            title = self._specs[self._current].title
            KeysDialog(self._theme, title, page.help_text(), self).open()

    def _shown_page(self) -> Page | None:
        return self.current_page

    def _on_digit(self) -> None:
        position = int(self.sender().property("position"))
        keys = list(self._specs)
        if position < len(keys):
            self.show_page(keys[position])

    def _on_next_area(self) -> None:
        page = self.current_page
        if page is None:
            return
        focus = self.focusWidget()
        drawer = page.drawer if page.drawer is not None and page.drawer.isVisible() else None
        if focus is None or self.navigation.isAncestorOf(focus):
            page.focus_content()
        elif drawer is not None and not drawer.isAncestorOf(focus):
            drawer.focus_body()
        else:
            self.navigation.focus_current()

    def _on_privacy_requested(self) -> None:
        self._is_private = not self._is_private
        self.navigation.set_privacy(is_hidden=self._is_private)
        for page in self._pages.values():
            page.set_privacy(is_hidden=self._is_private)
        self.privacy_changed.emit(self._is_private)
