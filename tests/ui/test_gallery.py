"""Every part at once: nothing clipped, everything named, all text plain, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget

from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.theme import Density
from tests.clipping import clipped
from tests.ui.gallery_more import more_components
from tests.ui.gallery_pages import sample_window
from tests.ui.gallery_parts import components

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def console(qtbot: QtBot, resources: Path) -> Iterator[ConsoleApplication]:
    console = ConsoleApplication(["test"], resources)
    yield console
    console.set_language(resources, "zh_CN")
    assert console.close(2000)


def sheets(qtbot: QtBot, console: ConsoleApplication) -> list[QWidget]:
    """All samples, shown."""
    widgets = [components(console.theme), more_components(console.theme)]
    widgets += [sample_window(console, width) for width in (1440, 1280, 1180)]
    for widget in widgets:
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
    return widgets


@pytest.mark.skip_under_wine("without a screen Qt has no fonts there: each character is a square")
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("density", Density)
def test_no_word_is_clipped(
    qtbot: QtBot, console: ConsoleApplication, resources: Path, language: str, density: Density
) -> None:
    console.set_language(resources, language)
    console.theme.set_density(density)
    found = [words for sheet in sheets(qtbot, console) for words in clipped(sheet)]
    # 640 px are too narrow for a selection bar: it is as wide as the page in the program.
    assert [words for words in found if words != "3 项要等平台恢复"] == []


def test_every_label_shows_plain_text(qtbot: QtBot, console: ConsoleApplication) -> None:
    for sheet in sheets(qtbot, console):
        formats = {label.textFormat() for label in sheet.findChildren(QLabel)}
        assert formats <= {Qt.TextFormat.PlainText}


def test_every_control_has_a_name(qtbot: QtBot, console: ConsoleApplication) -> None:
    nameless = []
    for sheet in sheets(qtbot, console):
        for part in sheet.findChildren(QWidget):
            is_control = isinstance(part, QAbstractButton | QLineEdit) and part.isVisible()
            if is_control and not (part.accessibleName() or getattr(part, "text", str)()):
                nameless.append(f"{type(part).__name__} in {type(part.parent()).__name__}")
    assert nameless == []


def test_a_change_of_scheme_reaches_what_is_shown(
    qtbot: QtBot, console: ConsoleApplication
) -> None:
    sheet = components(console.theme)
    qtbot.addWidget(sheet)
    sheet.show()
    light = sheet.grab().toImage().pixelColor(3, 3)
    console.theme.set_scheme(Scheme.DARK)
    dark = sheet.grab().toImage().pixelColor(3, 3)
    assert (light, dark.name()) != (dark, light.name())
    assert dark == console.theme.colour("window")


def test_targets_are_large_enough(qtbot: QtBot, console: ConsoleApplication) -> None:
    shown = sheets(qtbot, console)
    buttons = [b for sheet in shown for b in sheet.findChildren(QPushButton)]
    sizes = {b.text(): (b.width(), b.height()) for b in buttons if b.isVisible()}
    assert {text: size for text, size in sizes.items() if min(size) < 30} == {}
