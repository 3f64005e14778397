"""The palette keeps its promises; the theme knows every token it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.ui.palette import Palette, Scheme, contrast, load_palette
from hbgz_desktop.ui.theme import Density, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

STATES = ("waiting", "running", "retrying", "needs_fix", "failed", "confirmed", "paused")
TEXT = ("text", "text_2", "text_3", "accent")
GROUNDS = ("surface", "window", "nav", "sunken", "hover", "selected")


@pytest.fixture(scope="module")
def palette(resources: Path) -> Palette:
    return load_palette(resources / "theme" / "palette.json")


@pytest.mark.parametrize("scheme", Scheme)
def test_every_promised_ratio_is_true(palette: Palette, scheme: Scheme) -> None:
    colours = palette.colours[scheme]
    found = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in palette.ratios[scheme]
    }
    assert found == pytest.approx(dict(palette.ratios[scheme]), abs=0.011)


@pytest.mark.parametrize("scheme", Scheme)
def test_text_can_be_read_on_every_ground(palette: Palette, scheme: Scheme) -> None:
    colours = palette.colours[scheme]
    pairs = [(ink, ground) for ink in TEXT for ground in GROUNDS]
    pairs += [(state, f"{state}_bg") for state in STATES]
    pairs += [(state, ground) for state in STATES for ground in ("surface", "window", "selected")]
    pairs += [("text", f"{state}_bg") for state in STATES]
    pairs += [("accent", f"{state}_bg") for state in ("retrying", "failed", "needs_fix")]
    pairs += [("text_2", f"{state}_bg") for state in ("running", "needs_fix", "failed")]
    pairs += [("on_accent", "accent_fill"), ("on_accent", "accent_hover")]
    pairs += [("on_danger", "danger_fill"), ("on_toast", "toast"), ("toast_link", "toast")]
    low = {p: contrast(colours[p[0]], colours[p[1]]) for p in pairs}
    assert {p: ratio for p, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_outlines_and_focus_can_be_seen(palette: Palette, scheme: Scheme) -> None:
    colours = palette.colours[scheme]
    for token in ("border_control", "focus"):
        for ground in ("surface", "window"):
            assert contrast(colours[token], colours[ground]) >= 3
    for fill in ("confirmed", "running", "queued", "needs_fix", "failed", "missing"):
        assert contrast(colours[f"fill_{fill}"], colours["surface"]) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    black, white = "".join(("#", "000000")), "".join(("#", "FFFFFF"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)


def test_both_schemes_have_the_same_tokens(palette: Palette) -> None:
    assert set(palette.colours[Scheme.LIGHT]) == set(palette.colours[Scheme.DARK])


def test_the_sheet_holds_no_colour_of_its_own(resources: Path) -> None:
    sheet = (resources / "theme" / "theme.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet) == []


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("density", Density)
def test_every_token_of_the_sheet_is_known(theme: Theme, scheme: Scheme, density: Density) -> None:
    theme.set_scheme(scheme)
    theme.set_density(density)
    assert "${" not in theme.style_sheet()
    theme.set_scheme(Scheme.LIGHT)


def test_type_is_never_under_12_px(palette: Palette) -> None:
    sizes = {name: px for name, px in palette.sizes.items() if name.startswith("type_")}
    assert min(sizes.values()) >= 12


def test_density_decides_rows_controls_and_body(theme: Theme) -> None:
    assert (theme.row_height, theme.control_height) == (44, 36)
    assert theme.font("body").pixelSize() == 14
    theme.set_density(Density.IT)
    assert (theme.row_height, theme.control_height) == (32, 32)
    assert theme.font("body").pixelSize() == 13


def test_change_is_told_once_and_only_when_there_is_one(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme(Scheme.DARK)
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme(Scheme.DARK)
    theme.set_scheme(Scheme.LIGHT)


def test_the_dot_has_no_blanks_where_it_is_wide(theme: Theme) -> None:
    # Noto Sans CJK draws U+00B7 a full em wide, Microsoft YaHei does not.
    joined = theme.join("今天 486 份", "", "按筛选显示 102 份")
    assert joined in {"今天 486 份·按筛选显示 102 份", "今天 486 份 · 按筛选显示 102 份"}
    assert theme.dotted("今天 486 份  ·按筛选显示 102 份") == joined
