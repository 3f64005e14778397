"""Our own SVG icons, tinted from tokens and drawn at the screen's pixel ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

_CACHE_LIMIT = 1024


class IconSet:
    """Renders the icons of one folder; every file draws with ``currentColor`` only.

    GUI thread only. Pixmaps are kept by name, colour, size and pixel ratio.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder of ``<name>.svg`` files; nothing is read before it is drawn."""
        self._folder = folder
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, int, int, int, float], QPixmap] = {}

    def names(self) -> list[str]:
        """Names of all icons in the folder."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def pixmap(
        self, name: str, colour: QColor, size: int, ratio: float, *, gap: int = 0
    ) -> QPixmap:
        """The icon as a square of ``size`` device-independent pixels.

        Args:
            name: File name without ``.svg``.
            colour: What ``currentColor`` becomes.
            size: Edge in device-independent pixels.
            ratio: Device pixels to one of them.
            gap: Clear pixels added at the right, where a style sets icon and text too close.

        Raises:
            FileNotFoundError: There is no such icon.
        """
        key = (name, colour.rgba(), size, gap, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) >= _CACHE_LIMIT:
                self._pixmaps.clear()
            found = self._pixmaps[key] = self._render(name, colour, size, ratio, gap)
        return found

    def _render(self, name: str, colour: QColor, size: int, ratio: float, gap: int) -> QPixmap:
        pixmap = QPixmap((QSizeF(size + gap, size) * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        tinted = self._source(name).replace(b"currentColor", colour.name().encode("ascii"))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(tinted)).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_bytes()
        return self._sources[name]
