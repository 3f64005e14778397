"""The viewer: covers its page, shows series of DICOM files; not for diagnosis (LOOK 2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.model.view_frame import FrameFailure, SeriesToView, ViewFrame
from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.styling import column, row
from hbgz_desktop.ui.viewer.cine import CinePlayer
from hbgz_desktop.ui.viewer.frame_arrivals import FrameArrivals
from hbgz_desktop.ui.viewer.frame_shader import FrameShader
from hbgz_desktop.ui.viewer.image_canvas import ZOOM_STEP, CanvasWords, ImageCanvas
from hbgz_desktop.ui.viewer.look_control import AUTOMATIC, LookControl
from hbgz_desktop.ui.viewer.series_rail import SeriesRail
from hbgz_desktop.ui.viewer.viewer_bar import ViewerBar, ViewerFoot
from hbgz_desktop.ui.viewer.viewer_keys import (
    COMMANDS,
    FIRST_PRESET,
    LAST_PRESET,
    STEPS,
    ViewerKeysSheet,
)
from hbgz_desktop.ui.viewer.viewer_words import ViewerWords

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from hbgz_desktop.services.open_series import OpenSeries
    from hbgz_desktop.ui.page_context import PageContext

QUIET_MS = 300
"""Shorter waits are not mentioned (LOOK 4, progress)."""


class ImageViewer(QWidget):
    """Scrolls, windows, zooms; decoding is ``services.viewing``'s, in processes of its own.

    Signals:
        closed: It was left; the page puts the focus back.
    """

    closed = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        """Build it hidden above ``parent``, whose whole area it will cover."""
        super().__init__(parent)
        self._context = context
        self._page = parent
        self._series: tuple[SeriesToView, ...] = ()
        self._at = 0
        self._open: OpenSeries | None = None
        self._shown: ViewFrame | None = None
        self._looks = LookControl(self)
        self._words = ViewerWords(context.theme, self)
        self._canvas = ImageCanvas(context.theme, self.tr("不可用于诊断"), self)
        self._canvas.setAccessibleName(self.tr("图像，不可用于诊断"))
        self._bar = ViewerBar(context.theme, self)
        self._foot = ViewerFoot(context.theme, self)
        self._rail = SeriesRail(context, self)
        self._keys = ViewerKeysSheet(self)
        self._arrivals = FrameArrivals(self)
        self._shader = FrameShader(context.tasks, self)
        self._cine = CinePlayer(self._is_next_ready, self)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(QUIET_MS)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(QUIET_MS)
        self.setAccessibleName(self.tr("看图，不可用于诊断"))
        self.setFocusProxy(self._canvas)
        middle = row(self._rail, self._canvas, gap=0)
        middle.setStretch(1, 1)
        layout = column(self._bar, middle, self._foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()
        parent.installEventFilter(self)
        self.hide()

    def _connect(self) -> None:
        self._canvas.stepped.connect(self.step)
        self._canvas.drag_begun.connect(self._on_drag_begun)
        self._canvas.dragged.connect(self._on_dragged)
        self._canvas.view_changed.connect(self._on_view_changed)
        self._bar.commanded.connect(self._run)
        self._bar.look_chosen.connect(self.choose_look)
        self._bar.tool_chosen.connect(self._on_tool)
        self._foot.position_chosen.connect(self.go_to)
        self._foot.play_pressed.connect(self._cine.toggle)
        self._foot.rate_chosen.connect(self._cine.set_rate)
        self._rail.chosen.connect(self._on_series)
        self._arrivals.arrived.connect(self._on_arrived)
        self._shader.shaded.connect(self._on_shaded)
        self._cine.advanced.connect(self._on_advanced)
        self._cine.playing_changed.connect(self._on_playing)
        self._looks.changed.connect(self._on_look_changed)
        self._waiting.timeout.connect(self._on_still_waiting)
        self._calm.timeout.connect(self._on_calm)

    # What pages ask

    @property
    def count(self) -> int:
        """Images of the series that is shown, as far as they are known."""
        return self._open.count if self._open is not None else 0

    @property
    def position(self) -> int:
        """Which one is shown, from 0."""
        return self._open.position if self._open is not None else 0

    def show_series(self, title: str, paths: Sequence[Path], *, start: int = 0) -> None:
        """Cover the page and show one series.

        Args:
            title: Stands on the picture: no person's name unless the page has revealed it.
            paths: DICOM files in their order; may be empty while they are still on their way.
            start: Position to begin with.
        """
        self.show_study([SeriesToView("", title, tuple(paths))], image=start)

    def show_study(self, series: Sequence[SeriesToView], start: int = 0, *, image: int = 0) -> None:
        """Cover the page and show several series, the one of number ``start`` large.

        Args:
            series: At least one.
            start: Which of them, from 0.
            image: Position in it to begin with.
        """
        self._series = tuple(series)
        self._rail.show_series(self._series)
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_one(start, image)

    def append_paths(self, paths: Sequence[Path]) -> None:
        """More files of the series that is shown have come; the picture stays."""
        if self._open is None or not self._series:
            return
        shown = self._series[self._at]
        longer = replace(shown, paths=(*shown.paths, *paths))
        self._series = (*self._series[: self._at], longer, *self._series[self._at + 1 :])
        self._open.append(paths)
        self._show_current()

    def clear(self) -> None:
        """Show nothing and hold no file; the processes end when nobody else looks at anything."""
        self._cine.stop()
        self._waiting.stop()
        self._rail.stop()
        self._keys.hide()
        if self._open is not None:
            self._open.close()
            self._open = None
        self._series = ()
        self._show_nothing()
        self._canvas.set_words(CanvasWords())

    def leave(self) -> None:
        """Go back to the page."""
        if self.isVisible():
            self.clear()
            self.hide()
            self.closed.emit()

    # Where in the series

    def step(self, images: int) -> None:
        """Go so many images on, or back."""
        self.go_to(self.position + images)

    def go_to(self, position: int) -> None:
        """Show another image."""
        if self._open is None:
            return
        self._open.look_at(position, self._canvas.wanted_side())
        self._show_current()
        self._calm.start()

    def _show_one(self, number: int, image: int = 0) -> None:
        if self._open is not None:
            self._open.close()
        self._cine.stop()
        self._at = min(max(number, 0), len(self._series) - 1)
        self._looks.reset()
        self._show_nothing()
        self._canvas.fit()
        shown = self._series[self._at]
        self._bar.set_title(shown.title)
        self._rail.set_chosen(shown.key)
        self._open = self._context.services.viewing.open_series(shown.paths, self._arrivals.post)
        self.go_to(image)

    def _on_series(self, key: str) -> None:
        keys = [one.key for one in self._series]
        if key in keys and keys.index(key) != self._at:
            self._show_one(keys.index(key))
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_next_ready(self) -> bool:
        if self._open is None:
            return False
        following = (self.position + 1) % max(1, self.count)
        return self._open.frame_at(following) is not None

    def _on_playing(self) -> None:
        self._foot.show_playing(is_playing=self._cine.is_playing)

    def _on_advanced(self) -> None:
        self.go_to((self.position + 1) % max(1, self.count))

    # What is shown

    def _on_arrived(self) -> None:
        if self._open is not None:
            self._show_current()

    def _show_current(self) -> None:
        """Show what there is of the image that is looked at."""
        if self._open is None:
            return
        answer = self._open.frame_at(self.position)
        if isinstance(answer, ViewFrame):
            self._waiting.stop()
            if answer is not self._shown:
                self._shown = answer
                self._shader.ask(answer, self._looks.look)
        elif isinstance(answer, FrameFailure):
            self._waiting.stop()
            self._show_nothing()
        elif not self._waiting.isActive():
            self._waiting.start()
        self._show_words()

    def _show_nothing(self) -> None:
        """Black; the bar offers no other image's windows."""
        self._shown = None
        self._canvas.show_nothing()
        self._bar.show_no_look()

    def _on_shaded(self, frame: ViewFrame, image: QImage) -> None:
        if frame is not self._shown:
            return
        is_other_size = self._canvas.image is None
        self._canvas.show_picture(frame, image)
        self._show_words()
        self._bar.show_look(frame, self._looks.look, self._looks.chosen)
        if is_other_size and self._open is not None:
            self._open.look_at(self.position, self._canvas.wanted_side())

    def _on_still_waiting(self) -> None:
        """What is shown is another image than what is asked for."""
        if self._open is not None and self._open.frame_at(self.position) is None:
            self._show_nothing()
            self._show_words()

    def _show_words(self) -> None:
        if self._open is None:
            return
        message, is_failure = ("", ""), False
        if self._canvas.image is None:
            message, is_failure = self._words.message(self._open, is_quiet=self._waiting.isActive())
        position = self._words.position(self._open)
        look = self._words.look(self._shown, self._looks.look, self._canvas.zoom)
        title = self._series[self._at].title
        self._canvas.set_words(CanvasWords(title, position, look, message, is_failure))
        self._foot.show_position(self.position, self.count, position)

    def _on_calm(self) -> None:
        announce(self, self._words.position(self._open))

    # Windows

    def choose_look(self, key: str) -> None:
        """Show by ``auto``, ``own:<n>`` or ``ct:<name>``."""
        self._looks.choose(key)

    def _on_look_changed(self) -> None:
        if self._shown is not None:
            self._shader.ask(self._shown, self._looks.look)

    def _on_drag_begun(self) -> None:
        if self._shown is not None:
            self._looks.begin_drag(self._shown)

    def _on_dragged(self, right: float, down: float) -> None:
        if self._shown is not None:
            self._looks.drag(self._shown, right, down)

    # Zoom and tools

    def _on_view_changed(self) -> None:
        if self._open is not None:
            self._open.look_at(self.position, self._canvas.wanted_side())
            self._show_words()

    def _on_tool(self, moves: bool) -> None:  # noqa: FBT001  # Qt's signal carries it
        self._canvas.moves = moves

    def _run(self, command: str) -> None:
        match command:
            case "leave":
                self.leave()
            case "first" | "last":
                self.go_to(0 if command == "first" else self.count - 1)
            case "play":
                if self.count > 1:
                    self._cine.toggle()
            case "previous_series" | "next_series":
                self._turn_series(1 if command == "next_series" else -1)
            case "help":
                self._show_keys(is_shown=not self._keys.isVisible())
            case _:
                self._change_view(command)

    def _change_view(self, command: str) -> None:
        canvas = self._canvas
        match command:
            case "zoom_in" | "zoom_out":
                canvas.set_zoom(
                    canvas.zoom * (ZOOM_STEP if command == "zoom_in" else 1 / ZOOM_STEP)
                )
            case "fit":
                canvas.fit()
            case "one_to_one":
                canvas.set_zoom(1.0)
            case "invert":
                self._looks.invert()
            case "auto":
                self._looks.choose(AUTOMATIC)
            case "own" if self._shown is not None:
                self._looks.next_own(self._shown)
            case "reset":
                canvas.fit()
                self._looks.reset()

    def _turn_series(self, by: int) -> None:
        if 0 <= self._at + by < len(self._series):
            self._show_one(self._at + by)

    def _show_keys(self, *, is_shown: bool) -> None:
        if is_shown:
            self._keys.show_over(self._canvas)
        else:
            self._keys.hide()

    # The widget

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._page.rect())
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        ):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._keys.isVisible():
            self._keys.hide()
        elif key in STEPS:
            self.step(STEPS[key])
        elif key in COMMANDS:
            self._run(COMMANDS[key])
        elif FIRST_PRESET <= key <= LAST_PRESET:
            if self._shown is not None:
                self._looks.choose_numbered(self._shown, key - FIRST_PRESET)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from reaching the page below."""

    @override
    def sizeHint(self) -> QSize:
        return self._page.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._context.theme.colour("image_ground"))
