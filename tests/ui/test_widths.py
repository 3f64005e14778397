"""What must not clip: the chosen chip in bold, a dialog whose words wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question
from hbgz_desktop.ui.widgets.keys_dialog import KeysDialog
from hbgz_desktop.ui.widgets.state_chips import Chip, StateChips
from tests.clipping import clipped
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

_SIDES = 22
"""Border and padding of a chip, both sides."""


def test_a_chip_has_room_for_its_bold_words_chosen_or_not(theme: Theme, qtbot: QtBot) -> None:
    chips = StateChips(theme)
    chips.set_chips([Chip("open", "Unfinished"), Chip("all", "No record or images")])
    chips.set_counts({"open": 0, "all": 1204})
    shown(qtbot, chips)
    buttons = chips.findChildren(QPushButton)
    before = [button.geometry() for button in buttons]
    for button in buttons:
        bold = QFont(button.font())
        bold.setBold(True)
        words = QFontMetrics(bold).horizontalAdvance(button.text())
        assert button.width() >= words + _SIDES
    chips.choose("all")
    assert [button.geometry() for button in buttons] == before


def test_a_dialog_is_as_high_as_its_wrapped_words(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 700)
    shown(qtbot, window)
    long = "Mappings that are not in the file are kept; the import can be undone. " * 4
    question = Question(title="Import?", body=(long, "One line.", long), act="Import", keep="Not")
    dialogs = (ConfirmDialog(theme, question, window), KeysDialog(theme, "Log", long, window))
    for dialog in dialogs:
        dialog.show()
        qtbot.waitExposed(dialog)
        layout = dialog.layout()
        assert layout is not None
        assert dialog.height() == layout.totalHeightForWidth(dialog.width())
        assert clipped(dialog) == []
        dialog.close()
