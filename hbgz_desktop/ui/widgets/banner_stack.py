"""Banners below the page header: lasting conditions, at most two, most severe first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import restyle
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.ui.theme import Theme

_MOST = 2
_SEVERITY = (Tone.BAD, Tone.WARM, Tone.WAITING, Tone.COOL, Tone.OK)


@dataclass(frozen=True)
class Banner:
    """A lasting condition.

    Attributes:
        key: Names the condition, so that it can be replaced and taken away.
        tone: BAD, WARM, WAITING (a peer), COOL or OK.
        text: One sentence that says who acts.
        action: The button's word, or "".
    """

    key: str
    tone: Tone
    text: str
    action: str = ""


class BannerStack(QWidget):
    """Shows the two most severe of the banners it is given; takes no room when there are none.

    Signals:
        action_requested: (key) A banner's button was pressed.
    """

    action_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banners: tuple[Banner, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._strips = [_BannerStrip(theme, self) for _ in range(_MOST)]
        for strip in self._strips:
            layout.addWidget(strip)
            strip.pressed.connect(self.action_requested)
            strip.hide()
        self.hide()

    @property
    def banners(self) -> tuple[Banner, ...]:
        """All that hold now, most severe first; the first two are shown."""
        return self._banners

    def set_banners(self, banners: Iterable[Banner]) -> None:
        """Replace all banners; a key that comes twice counts once, the last one holds."""
        unique = {banner.key: banner for banner in banners}
        self._banners = tuple(sorted(unique.values(), key=lambda b: _SEVERITY.index(b.tone)))
        for number, strip in enumerate(self._strips):
            if number < len(self._banners):
                strip.show_banner(self._banners[number])
            strip.setVisible(number < len(self._banners))
        self.setVisible(bool(self._banners))


class _BannerStrip(Surface):
    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("banner", parent)
        self._key = ""
        self._icon = IconLabel(theme, "info", "running", 18, self)
        self._text = Label("", "", self, wrap=True)
        self._button = Button(theme, "", "quiet", parent=self)
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(44)

    def show_banner(self, banner: Banner) -> None:
        self._key = banner.key
        self._icon.set_icon(*tone_icon(banner.tone))
        self._text.setText(banner.text)
        self._button.setText(banner.action)
        self._button.setVisible(bool(banner.action))
        self.setAccessibleName(banner.text)
        restyle(self, tone=str(banner.tone))

    def _on_clicked(self) -> None:
        self.pressed.emit(self._key)
