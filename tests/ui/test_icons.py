"""Our icons: drawn alike, tinted from tokens, all there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from hbgz_desktop.ui.icons import IconSet
from hbgz_desktop.ui.palette import Scheme, load_palette
from hbgz_desktop.ui.states import Badge, State, Tone, state_icon, tone_icon

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

UI = Path(__file__).resolve().parents[2] / "hbgz_desktop" / "ui"
ICON_CALLS = {"IconLabel", "icon_button", "paint_icon", "set_icon"}


@pytest.fixture
def icons(qapp: object, resources: Path) -> IconSet:
    return IconSet(resources / "icons")


def test_every_icon_is_one_colour_on_the_20_unit_grid(resources: Path) -> None:
    for path in (resources / "icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in text, path.name
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) <= {"none", "currentColor"}
        assert set(re.findall(r'stroke-width="([^"]+)"', text)) <= {"1.6"}, path.name


def test_an_icon_is_drawn_in_its_colour_at_the_screens_ratio(icons: IconSet) -> None:
    red = QColor(200, 20, 20)
    pixmap = icons.pixmap("state_confirmed", red, 16, 1.5)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (24, 1.5)
    image = pixmap.toImage()
    assert image.pixelColor(12, 4).name() == red.name()
    assert image.pixelColor(0, 0).alpha() == 0


def test_every_icon_draws_something(icons: IconSet) -> None:
    for name in icons.names():
        image = icons.pixmap(name, QColor(0, 0, 0), 20, 2.0).toImage()
        drawn = sum(
            image.pixelColor(x, y).alpha() > 128
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )
        assert drawn > 5, name


def test_states_and_tones_have_icons_and_colours(theme: Theme) -> None:
    names = set(theme.icons.names())
    assert {state_icon(state) for state in State} <= names
    for tone in Tone:
        icon, token = tone_icon(tone)
        assert icon in names
        assert theme.colour(token).isValid()
    shapes = {Badge.of(state).icon for state in State}
    assert len(shapes) == len(State)


def test_every_icon_the_code_names_is_there(icons: IconSet, resources: Path) -> None:
    names = set(icons.names())
    tokens = load_palette(resources / "theme" / "palette.json").colours[Scheme.LIGHT]
    missing = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            if called not in ICON_CALLS:
                continue
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            words = [t for t in texts if isinstance(t, str) and t.isascii() and t not in tokens]
            if words and words[0] and words[0] not in names:
                missing.add(f"{path.name}: {words[0]}")
    assert missing == set()
