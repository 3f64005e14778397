"""The tools of the viewer on one bar above the picture, and the slider with 播放 below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QWidget

from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.viewer.cine import RATES, USUAL_RATE
from hbgz_desktop.ui.viewer.look_control import AUTOMATIC, BY_HAND, CT, OWN
from hbgz_desktop.ui.viewer.window_presets import CT_WINDOWS, ct_window_name
from hbgz_desktop.ui.widgets.button import Button, icon_button
from hbgz_desktop.ui.widgets.dropdown import Dropdown
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame
    from hbgz_desktop.ui.theme import Theme
    from hbgz_desktop.ui.viewer.brightness import PictureLook


class ViewerBar(QFrame):
    """Tools.

    Signals:
        commanded: (name) As in ``viewer_keys.COMMANDS``.
        look_chosen: (key) ``auto``, ``own:<n>`` or ``ct:<name>``.
        tool_chosen: (bool) The left button moves the picture.
    """

    commanded = Signal(str)
    look_chosen = Signal(str)
    tool_chosen = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build it."""
        super().__init__(parent)
        self._theme = theme
        self._options: list[tuple[str, str]] = []
        self.setProperty("surface", "header")
        self._title = ElidedLabel("", "section", self)
        self._tools = Segmented(
            theme, [("window", self.tr("调窗")), ("move", self.tr("移动"))], self
        )
        self._tools.setAccessibleName(self.tr("左键做什么"))
        self._tools.value_changed.connect(self._on_tool)
        self.looks = Dropdown(theme, self.tr("窗"), [(OWN, self.tr("图像自带"))], self)
        self.looks.value_changed.connect(self._on_look)
        self.invert = self._button(self.tr("反相"), "invert")
        self.invert.set_kind("toggle")
        self.invert.setCheckable(True)
        parts = [
            self._title,
            self._tools,
            self.looks,
            self.invert,
            self._icon("minus", self.tr("缩小"), "zoom_out"),
            self._icon("plus", self.tr("放大"), "zoom_in"),
            self._button(self.tr("适合窗口"), "fit"),
            self._button(self.tr("一比一"), "one_to_one"),
            self._icon("undo", self.tr("还原窗、大小和位置"), "reset"),
            self._icon("help", self.tr("看图的按键"), "help"),
            self._icon("close", self.tr("返回"), "leave"),
        ]
        layout = row(*parts, gap=8, margins=(16, 8, 12, 8))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _button(self, words: str, command: str) -> Button:
        button = Button(self._theme, words, parent=self)
        button.setFixedHeight(self._theme.control_height)  # as the choices beside it
        return self._commanding(button, command)

    def _icon(self, icon: str, name: str, command: str) -> Button:
        return self._commanding(icon_button(self._theme, icon, name, self), command)

    def _commanding(self, button: Button, command: str) -> Button:
        button.setProperty("command", command)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_button)
        return button

    def set_title(self, title: str) -> None:
        """Say which series is shown."""
        self._title.setText(title)

    def show_look(self, frame: ViewFrame, look: PictureLook, chosen: str) -> None:
        """Offer what this frame can be shown by, and mark what is in force."""
        options = self._offered(frame)
        with QSignalBlocker(self.looks):
            if options != self._options:
                self._options = options
                self.looks.set_options(options)
            self.looks.set_value(chosen)
        self.looks.setEnabled(not frame.is_colour)
        self.looks.setToolTip(self.tr("彩色图像不调窗") if frame.is_colour else "")
        self.invert.set_allowed()
        self.invert.setChecked(look.is_inverted)

    def show_no_look(self) -> None:
        """There is no picture: nothing of another image's is offered."""
        self._options = [(f"{OWN}:0", self.tr("图像自带"))]
        reason = self.tr("没有显示图像，不能调窗")
        with QSignalBlocker(self.looks):
            self.looks.set_options(self._options)
        self.looks.setEnabled(False)
        self.looks.setToolTip(reason)
        self.invert.set_allowed(reason)

    def _offered(self, frame: ViewFrame) -> list[tuple[str, str]]:
        own = ["" for _ in frame.tables] + [one.name for one in frame.windows]
        words = [
            " ".join(filter(None, (self.tr("图像自带"), str(at + 1) if len(own) > 1 else "", name)))
            for at, name in enumerate(own)
        ]
        offered = [(f"{OWN}:{at}", word) for at, word in enumerate(words)]
        offered.append((AUTOMATIC, self.tr("自动")))
        if frame.is_hounsfield:
            names = [ct_window_name(key) for key in CT_WINDOWS]
            offered += [(f"{CT}:{key}", name) for key, name in zip(CT_WINDOWS, names, strict=True)]
        return [*offered, (BY_HAND, self.tr("手调"))]

    def _on_look(self, key: str) -> None:
        self.look_chosen.emit(key)

    def _on_tool(self, key: str) -> None:
        self.tool_chosen.emit(key == "move")

    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.commanded.emit(str(button.property("command")))


class ViewerFoot(QFrame):
    """Where in the series, and playing.

    Signals:
        position_chosen: (position) By the slider.
        play_pressed: Begin, or stop.
        rate_chosen: (images a second).
    """

    position_chosen = Signal(int)
    play_pressed = Signal()
    rate_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build it."""
        super().__init__(parent)
        self.setProperty("surface", "header")
        self._play = icon_button(theme, "play", self.tr("连续播放"), self)
        self._play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._play.clicked.connect(self.play_pressed)
        options = [(str(rate), self.tr("{n} 幅/秒").format(n=rate)) for rate in RATES]
        self._rate = Dropdown(theme, self.tr("速度"), options, self)
        self._rate.set_value(str(USUAL_RATE))
        self._rate.value_changed.connect(self._on_rate)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setAccessibleName(self.tr("第几幅"))
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.valueChanged.connect(self.position_chosen)
        self._words = Label("", "", self)
        layout = row(
            self._play, self._rate, self._slider, self._words, gap=12, margins=(12, 6, 16, 6)
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_position(self, position: int, count: int, words: str) -> None:
        """Say where one is."""
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(0, count - 1))
            self._slider.setPageStep(10)
            self._slider.setValue(position)
        self._slider.setEnabled(count > 1)
        self._play.set_allowed("" if count > 1 else self.tr("只有一幅"))
        self._words.setText(words)

    def show_playing(self, *, is_playing: bool) -> None:
        """Offer the other."""
        self._play.set_icon("pause" if is_playing else "play")
        name = self.tr("停下") if is_playing else self.tr("连续播放")
        self._play.setToolTip(name)
        self._play.setAccessibleName(name)

    def _on_rate(self, key: str) -> None:
        self.rate_chosen.emit(int(key))
