"""Words are joined as the console's language joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from hbgz_desktop.ui.phrases import clauses, labelled, listed, noted, sentences, statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def english(qapp: QApplication, resources: Path) -> Iterator[None]:
    """The console speaks English."""
    translator = QTranslator()
    assert translator.load(str(resources / "i18n" / "hbgz_en.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def said() -> list[str]:
    """One of each."""
    return [
        listed(["A", "", "B"]),
        clauses(("A", "B")),
        statements(("A", "B")),
        labelled("A", "B"),
        labelled("A", ""),
        noted("A", "B"),
        noted("A", ""),
    ]


def test_chinese(qapp: QApplication) -> None:
    assert said() == ["A、B", "A，B", "A；B", "A：B", "A", "A（B）", "A"]
    assert sentences("文件读不出来", "换一个文件。") == "文件读不出来。换一个文件。"


def test_english(english: None) -> None:
    assert said() == ["A, B", "A, B", "A; B", "A: B", "A", "A (B)", "A"]
    assert sentences("Cannot be read.", "", "Choose another.") == "Cannot be read. Choose another."
