"""Draws the components and two sample pages as pictures, for looking at.

``python -m tests.ui.gallery OUTDIR`` renders light and dark; set ``QT_SCALE_FACTOR=1.5`` for 150 %.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.theme import Density
from tests.ui.gallery_more import more_components
from tests.ui.gallery_pages import sample_window
from tests.ui.gallery_parts import components

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def settle(app: QApplication) -> None:
    """Let layouts, timers and page loads of a sample come to rest."""
    QTest.qWait(300)
    app.processEvents()


def save(app: QApplication, widget: QWidget, path: Path) -> None:
    """Show, settle, draw, close."""
    widget.show()
    settle(app)
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()
    settle(app)


def draw(out: Path) -> None:
    """Render every sample into ``out``."""
    console = ConsoleApplication(["gallery"], RESOURCES)
    for scheme in Scheme:
        console.theme.set_scheme(scheme)
        save(console.qt, components(console.theme), out / f"components-{scheme}.png")
        save(console.qt, more_components(console.theme), out / f"more-{scheme}.png")
        console.theme.set_density(Density.CLERK)
        for width in (1440, 1280, 1180):
            window = sample_window(console, width)
            save(console.qt, window, out / f"window-{scheme}-{width}.png")
        console.theme.set_density(Density.IT)
        save(console.qt, sample_window(console, 1440), out / f"window-{scheme}-it.png")
        console.theme.set_density(Density.CLERK)
    console.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    draw(folder)
