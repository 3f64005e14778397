"""Colours, sizes, fonts and icons of the console, from ``resources/theme`` and nowhere else."""

from __future__ import annotations

import re
from enum import StrEnum
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPalette, QPixmap

from hbgz_desktop.ui.icons import IconSet
from hbgz_desktop.ui.palette import Scheme, load_palette

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "toast",
    QPalette.ColorRole.ToolTipText: "on_toast",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent_fill",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "border",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_control",
    QPalette.ColorRole.Shadow: "scrim",
}
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)
_DOT = "·"
_WIDE_DOT_EM = 0.6


class Density(StrEnum):
    """Row height and words by role: wide for the clerk, dense for IT (LOOK 4, roles)."""

    CLERK = "clerk"
    IT = "it"


class Theme(QObject):
    """The one source of how things look; handed to every widget's constructor.

    GUI thread only.

    Signals:
        changed: Scheme or density is another; palette and style sheet were already applied.
    """

    changed = Signal()

    def __init__(
        self,
        resources: Path,
        scheme: Scheme = Scheme.LIGHT,
        density: Density = Density.CLERK,
        parent: QObject | None = None,
    ) -> None:
        """Read ``theme/palette.json`` and ``theme/theme.qss`` below ``resources``.

        Raises:
            OSError: A file of the theme cannot be read.
        """
        super().__init__(parent)
        self._palette = load_palette(resources / "theme" / "palette.json")
        self._sheet = Template((resources / "theme" / "theme.qss").read_text(encoding="utf-8"))
        self.icons = IconSet(resources / "icons")
        self._scheme = scheme
        self._density = density
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, bool, bool], QFont] = {}
        self._separator: str | None = None
        self._app: QApplication | None = None

    @property
    def scheme(self) -> Scheme:
        """Light or dark."""
        return self._scheme

    @property
    def density(self) -> Density:
        """Clerk or IT."""
        return self._density

    @property
    def is_dense(self) -> bool:
        """True for IT."""
        return self._density is Density.IT

    def apply(self, app: QApplication) -> None:
        """Give the application font, palette and style sheet; later changes reach it too."""
        self._app = app
        app.setFont(self.font("body"))
        app.setPalette(self.qt_palette())
        app.setStyleSheet(self.style_sheet())

    def set_scheme(self, scheme: Scheme) -> None:
        """Change to light or dark at once."""
        self._become(scheme, self._density)

    def set_density(self, density: Density) -> None:
        """Change to wide or dense rows at once."""
        self._become(self._scheme, density)

    def _become(self, scheme: Scheme, density: Density) -> None:
        if (scheme, density) == (self._scheme, self._density):
            return
        self._scheme, self._density = scheme, density
        self._colours.clear()
        self._fonts.clear()
        if self._app is not None:
            self.apply(self._app)
        self.changed.emit()

    def colour(self, token: str) -> QColor:
        """The colour of a token such as ``text_2``, ``failed`` or ``failed_bg``.

        Raises:
            KeyError: The palette file has no such token.
        """
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self._palette.colours[self._scheme][token])
        # a copy: callers may give theirs an alpha of its own
        return QColor(found)

    def size(self, name: str) -> int:
        """Pixels at 100 % of ``<group>_<name>``: ``row_clerk``, ``width_drawer``, ``radius_card``.

        Raises:
            KeyError: The palette file has no such size.
        """
        return self._palette.sizes[name]

    @property
    def row_height(self) -> int:
        """Height of a table row: two lines for the clerk, one for IT."""
        return self.size(f"row_{self._density}")

    @property
    def control_height(self) -> int:
        """Height of fields and buttons."""
        return self.size(f"row_control_{self._density}")

    def font(self, role: str = "body", *, bold: bool = False, mono: bool = False) -> QFont:
        """The font of a role: caption, body, dense, section, verdict, title, ledger or figure.

        ``body`` follows the density; ``dense`` is the 13 px of navigation and IT everywhere.
        """
        key = (role, bold, mono)
        if key not in self._fonts:
            self._fonts[key] = self._build_font(role, bold=bold, mono=mono)
        return self._fonts[key]

    def _build_font(self, role: str, *, bold: bool, mono: bool) -> QFont:
        font = QFont()
        ui = list(self._palette.fonts["ui"])
        font.setFamilies([*self._palette.fonts["mono"], *ui] if mono else ui)
        font.setPixelSize(self._type_size(role))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        return font

    def _type_size(self, role: str) -> int:
        if role == "body" and not self.is_dense:
            role = "body_clerk"
        return self.size("type_body" if role == "dense" else f"type_{role}")

    def pixmap(
        self, name: str, token: str = "text_2", size: int = 16, ratio: float = 1.0
    ) -> QPixmap:
        """An icon in the colour of ``token``, for painting at ``ratio`` device pixels."""
        return self.icons.pixmap(name, self.colour(token), size, ratio)

    def icon(self, name: str, token: str = "text_2", size: int = 16, *, gap: int = 0) -> QIcon:
        """An icon for a Qt control, with a greyed form for when the control is disabled.

        Args:
            name: Icon file name without ``.svg``.
            token: Colour token.
            size: Edge in device-independent pixels.
            gap: Clear pixels at the right; the control's icon size is then ``size + gap`` wide.
        """
        icon = QIcon()
        for ratio in (1.0, 1.5, 2.0, 3.0):
            for mode, colour in ((QIcon.Mode.Normal, token), (QIcon.Mode.Disabled, "text_3")):
                icon.addPixmap(
                    self.icons.pixmap(name, self.colour(colour), size, ratio, gap=gap), mode
                )
        return icon

    @staticmethod
    def icon_size(size: int = 16, *, gap: int = 0) -> QSize:
        """The icon size that fits what ``icon`` drew with the same arguments."""
        return QSize(size + gap, size)

    def join(self, *parts: str) -> str:
        """Parts with the separator dot between them; empty parts are left out."""
        return self._dot().join(part for part in parts if part)

    def dotted(self, text: str) -> str:
        """The same text with blanks around ``·`` as this font needs them."""
        return re.sub(r"\s*·\s*", self._dot(), text)

    def _dot(self) -> str:
        # U+00B7 is a full em wide in Noto Sans CJK: blanks beside it would tear the line apart.
        if self._separator is None:
            font = self.font("body")
            wide = QFontMetricsF(font).horizontalAdvance(_DOT) > _WIDE_DOT_EM * font.pixelSize()
            self._separator = _DOT if wide else f" {_DOT} "
        return self._separator

    def qt_palette(self) -> QPalette:
        """Qt's own roles, so that what the sheet does not style still fits."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in _DISABLED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_3"))
        return palette

    def style_sheet(self) -> str:
        """The sheet with every token filled in.

        Raises:
            KeyError: The sheet names a token the palette does not have.
        """
        values: dict[str, str] = dict(self._palette.colours[self._scheme])
        values.update({name: f"{pixels}px" for name, pixels in self._palette.sizes.items()})
        values["body"] = f"{self._type_size('body')}px"
        # A control's min-height leaves out its two 1 px borders.
        values["control"] = f"{self.control_height - 2}px"
        values["mono"] = ", ".join(f'"{name}"' for name in self._palette.fonts["mono"])
        values["ui"] = ", ".join(f'"{name}"' for name in self._palette.fonts["ui"])
        return self._sheet.substitute(values)
