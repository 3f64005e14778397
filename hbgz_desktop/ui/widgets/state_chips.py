"""Filter chips with counts; one is chosen. A chip whose count is 0 stays, so nothing jumps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.ui.states import state_icon, state_icon_token
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from hbgz_desktop.ui.states import State
    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Chip:
    """One choice.

    Attributes:
        key: Reported when chosen.
        word: Shown before the count.
        state: Its icon stands before the word; None for 全部 and other groups.
    """

    key: str
    word: str
    state: State | None = None


class StateChips(QWidget):
    """A row of chips; exactly one is chosen. What does not fit goes on in the next line.

    Signals:
        chip_chosen: (key) Another chip was chosen by the user, or by ``choose``.
    """

    chip_chosen = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, flow: FlowLayout | None = None
    ) -> None:
        """Build it empty; with ``flow`` the chips stand there, among the owner's other widgets."""
        super().__init__(parent)
        self._theme = theme
        self._chips: dict[str, Chip] = {}
        self._buttons: dict[str, Button] = {}
        self._counts: dict[str, int] = {}
        self._chosen = ""
        self._layout = flow or FlowLayout(self)

    def set_chips(self, chips: Sequence[Chip], chosen: str = "") -> None:
        """Replace all chips; ``chosen`` defaults to the first. Nothing is reported."""
        for button in self._buttons.values():
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._chips = {chip.key: chip for chip in chips}
        self._buttons = {chip.key: self._add(chip) for chip in chips}
        self._chosen = chosen or (chips[0].key if chips else "")
        self._refresh()

    def _add(self, chip: Chip) -> Button:
        button = _ChipButton(self._theme, chip.word, self._layout.parentWidget() or self)
        button.setCheckable(True)
        button.setProperty("key", chip.key)
        if chip.state is not None:
            button.set_icon(state_icon(chip.state), state_icon_token(chip.state))
        button.clicked.connect(self._on_clicked)
        button.stepped.connect(self._on_stepped)
        self._layout.addWidget(button)
        return button

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show the counts; a key that is missing counts 0."""
        self._counts = dict(counts)
        self._refresh()

    @property
    def chosen(self) -> str:
        """Key of the chosen chip."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose a chip as if it were pressed; an unknown key is ignored."""
        if key in self._buttons and key != self._chosen:
            self._chosen = key
            self._refresh()
            self.chip_chosen.emit(key)

    def reset(self) -> None:
        """Return to the first chip."""
        self.choose(next(iter(self._chips), ""))

    def _refresh(self) -> None:
        for key, button in self._buttons.items():
            count = f" {self._counts.get(key, 0):,}" if self._counts else ""
            button.setText(f"{self._chips[key].word}{count}")
            button.setChecked(key == self._chosen)

    def _on_clicked(self) -> None:
        key = str(self.sender().property("key"))
        self.choose(key)
        self._refresh()

    def _on_stepped(self, step: int) -> None:
        buttons = list(self._buttons.values())
        at = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)


class _ChipButton(Button):
    stepped = Signal(int)

    def __init__(self, theme: Theme, word: str, parent: QWidget) -> None:
        super().__init__(theme, word, "chip", parent=parent)

    @override
    def sizeHint(self) -> QSize:
        # The chosen chip is bold: every chip keeps that room, so that choosing moves and clips nothing.
        hint = super().sizeHint()
        bold = self.font()
        bold.setBold(True)
        wider = QFontMetrics(bold).horizontalAdvance(self.text())
        return hint.grownBy(
            QMargins(0, 0, max(0, wider - self.fontMetrics().horizontalAdvance(self.text())), 0)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)
