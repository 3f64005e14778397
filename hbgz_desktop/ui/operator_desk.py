"""The person at the window: the key that changes who acts, and the lock when nobody is there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.operator_dialog import OperatorDialog
from hbgz_desktop.ui.operator_entry import OperatorEntryDialog
from hbgz_desktop.ui.operator_words import role_word
from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from hbgz_desktop.model.operator import Operator, OperatorRow
    from hbgz_desktop.ui.main_window import MainWindow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.theme import Theme

_LOOK_MS = 5000
_S_PER_MIN = 60.0
_SIGNS_OF_LIFE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class OperatorDesk(QObject):
    """Opens the dialog at F9, shows the name at the foot of the navigation, locks after idle time.

    Signals:
        operator_changed: Another person acts, or the role of who acts is another: pages have to be made anew.
    """

    operator_changed = Signal()

    def __init__(self, context: PageContext, window: MainWindow) -> None:
        """Wire it; ``start`` begins to watch for idle time."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._accounts = context.services.accounts
        self._dialog: OperatorDialog | None = None
        self._known = self._mark()
        self._cover = _LockCover(context.theme, window)
        self._last_at = time.monotonic()
        self._limit_s = 0.0
        self._is_locked = False
        self._is_asking = False
        self._handle: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._on_tick)
        window.person_requested.connect(self.open_dialog)
        self.show_person()

    def start(self) -> None:
        """Begin to watch; ask for a name at once when the system account may not act by itself."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)
        self._window.closing.connect(self.stop)
        self._timer.start()
        self._on_tick()
        if self._accounts.must_choose:
            self.lock()

    def stop(self) -> None:
        """The window closes: a filter must not outlive what it watches."""
        self._timer.stop()
        if self._handle is not None:
            self._handle.removeEventFilter(self)
            self._handle = None

    @property
    def is_locked(self) -> bool:
        """True while the window is covered and asks for a PIN."""
        return self._is_locked

    def show_person(self) -> None:
        """Name and role at the foot of the navigation."""
        who = self._accounts.current()
        detail = self._context.theme.join(role_word(who.role), self.tr("F9 换人"))
        self._window.navigation.set_person(who.name, detail)

    def open_dialog(self) -> None:
        """Ask for the names, then show them."""
        if self._dialog is None and not self._is_asking:
            self._is_asking = True
            choices = self._accounts.choices
            self._context.tasks.run_task(choices, self._on_choices, self._on_no_choices)

    def lock(self) -> None:
        """Cover the window until somebody types a PIN."""
        if not self._is_locked:
            self._is_locked = True
            self._cover.cover()
            self._close_dialogs()
            self._context.tasks.run_task(self._accounts.lock, self._on_noted)
            self.open_dialog()

    def _mark(self) -> tuple[object, ...]:
        who = self._accounts.current()
        return who.id, who.role, self._accounts.is_guarded

    def look_again(self) -> None:
        """Names or roles were changed on a page: what concerns who acts holds at once."""
        self.show_person()
        known, self._known = self._known, self._mark()
        if known != self._known:
            self.operator_changed.emit()

    def _on_noted(self, _nothing: object) -> None:
        """The trail knows of the lock."""

    def _on_no_choices(self, error: Exception) -> None:
        self._is_asking = False
        toast_failure(self._context, error)

    def _on_choices(self, choices: tuple[OperatorRow, ...]) -> None:
        self._is_asking = False
        if self._is_locked:
            choices = tuple(one for one in choices if one.has_pin)
        self._dialog = OperatorDialog(
            self._context, choices, self._window, is_locked=self._is_locked
        )
        self._dialog.switched.connect(self._on_switched)
        self._dialog.pin_wanted.connect(self._on_pin_wanted)
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def _on_switched(self, operator: Operator) -> None:
        self._unlock()
        before = self._known
        self.look_again()
        if before != self._known:
            words = self.tr("以后记在{name}名下").format(name=operator.name)
            self._context.notices.toast(words)

    def _on_pin_wanted(self, own: OperatorRow) -> None:
        dialog = OperatorEntryDialog(self._context, own, self._window, is_own=True)
        dialog.saved.connect(self._on_pin_changed)
        dialog.open()

    def _on_pin_changed(self, name: str) -> None:
        self.look_again()  # another console may have changed the name meanwhile
        self._context.notices.toast(self.tr("{name}的新 PIN 可以用了").format(name=name))

    def _on_finished(self) -> None:
        self._dialog = None

    def _close_dialogs(self) -> None:
        """Every dialog: each is a window of its own that the cover does not hide."""
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self._dialog = None

    def _unlock(self) -> None:
        self._is_locked = False
        self._last_at = time.monotonic()
        self._cover.hide()

    # Idle

    def _on_tick(self) -> None:
        self._context.tasks.run_task(self._ask_limit, self._on_limit)
        if self._is_locked:
            self.open_dialog()  # the names could not be read when it locked

    def _ask_limit(self) -> float:
        minutes = self._context.services.work.settings().console.lock_after_min
        return minutes * _S_PER_MIN if minutes and self._accounts.has_own_pin() else 0.0

    def _on_limit(self, limit_s: float) -> None:
        self._limit_s = limit_s
        if limit_s and self.idle_s() >= limit_s:
            self.lock()

    def idle_s(self) -> float:
        """Seconds since the last key or mouse."""
        return time.monotonic() - self._last_at

    def _on_focus_changed(self, _before: QWidget | None, _now: QWidget | None) -> None:
        """Somebody moves about, also in a dialog, whose window no filter watches."""
        self._last_at = time.monotonic()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._last_at = time.monotonic()
        return False


class _LockCover(QWidget):
    """Hides everything of the window: no name stays in sight while nobody is there."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAccessibleName(self.tr("窗口锁着"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Cover the whole window."""
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        middle = self.rect().center()
        paint_icon(
            painter, self._theme, "lock", "text_3", QPointF(middle.x() - 24, middle.y() - 24), 48
        )
