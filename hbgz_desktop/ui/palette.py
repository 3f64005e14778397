"""Tokens of ``resources/theme/palette.json``: colours, sizes and font lists, without Qt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Scheme(StrEnum):
    """Light or dark ground."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Palette:
    """What the palette file says.

    Attributes:
        colours: For each scheme, token to ``#RRGGBB``. The states appear as ``failed`` (text)
            and ``failed_bg`` (ground).
        sizes: Pixels at 100 %, by ``<group>_<name>`` such as ``row_clerk`` or ``radius_card``.
        fonts: Font families in order of preference, by ``ui`` and ``mono``.
        ratios: For each scheme, (foreground, ground) to the contrast the file promises.
    """

    colours: Mapping[Scheme, Mapping[str, str]]
    sizes: Mapping[str, int]
    fonts: Mapping[str, tuple[str, ...]]
    ratios: Mapping[Scheme, Mapping[tuple[str, str], float]]


_SIZE_GROUPS = ("space", "radius", "type", "row", "width")


def load_palette(path: Path) -> Palette:
    """Read the palette file.

    Raises:
        OSError: The file cannot be read.
        KeyError: A part of it is missing.
    """
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Palette(
        colours={scheme: _colours(raw[scheme]) for scheme in Scheme},
        sizes={
            f"{group}_{name}": int(value)
            for group in _SIZE_GROUPS
            for name, value in raw[f"{group}_px"].items()
        },
        fonts={name: tuple(families) for name, families in raw["fonts"].items()},
        ratios={scheme: _ratios(raw[scheme]) for scheme in Scheme},
    )


def _colours(raw: dict[str, Any]) -> dict[str, str]:
    tokens = dict(raw["colours"])
    for state, look in raw["states"].items():
        tokens[state] = look["foreground"]
        tokens[f"{state}_bg"] = look["background"]
    return tokens


def _ratios(raw: dict[str, Any]) -> dict[tuple[str, str], float]:
    ratios: dict[tuple[str, str], float] = {}
    for front, grounds in raw["contrast"].items():
        for ground, ratio in grounds.items():
            pair = (ground, "surface") if front == "fill_on_surface" else (front, ground)
            ratios[pair] = ratio
    for state, look in raw["states"].items():
        for ground, ratio in look["contrast"].items():
            ratios[state, f"{state}_bg" if ground == "own_background" else ground] = ratio
    return ratios


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast of two ``#RRGGBB`` colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
