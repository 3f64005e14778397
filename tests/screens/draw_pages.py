"""Shows every page of a data folder and prints, as JSON, the words of each that are clipped or of another language.

``python -m tests.screens.draw_pages DATA LANGUAGE ROLE WIDTHxHEIGHT``; the scale comes from QT_SCALE_FACTOR.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.app import visit_pages
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.ui_state import UiState
from tests.clipping import clipped
from tests.full_width import full_width

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def main(data: str, language: str, role: str, size: str) -> None:
    """Visit the pages and print what is clipped, and in English what has Chinese punctuation."""
    found: dict[str, dict[str, list[str]]] = {}

    def look(key: str, window: QWidget) -> None:
        found[key] = {
            "clipped": clipped(window),
            "full_width": full_width(window) if language == "en" else [],
        }

    width, _, height = size.partition("x")
    visit_pages(
        DataFolder(Path(data)),
        look,
        UiState(scheme="light", language=language, role=role),
        (int(width), int(height)),
    )
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
