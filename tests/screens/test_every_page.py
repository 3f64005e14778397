"""Every page, empty and full, in both languages, at 100 % and 150 %: no clipped word (DESIGN 8)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.operating_system import IS_WINDOWS
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    *("audit", "overview", "needs_fix", "studies", "queue"),
    *("other_hospitals", "mapping", "log", "settings"),
}
SCREEN = "windows" if IS_WINDOWS else "offscreen"
"""Without a screen Qt has no fonts on Windows, and every word is as wide as it has characters."""
LOOKS = (("zh_CN", "1", "1440x900", "clerk"), ("en", "1.5", "1180x720", "it"))


def looked_at(
    data: Path, language: str, scale: str, size: str, role: str
) -> dict[str, dict[str, list[str]]]:
    """What is wrong with the words of each page of a console of its own; the scale is fixed when Qt starts."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.screens.draw_pages", str(data), language, role, size],
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": SCREEN},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=True,
    )
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("language", "scale", "size", "role"), LOOKS)
def test_no_word_is_clipped_on_any_page(
    data_dir: Path, tmp_path: Path, language: str, scale: str, size: str, role: str
) -> None:
    with Workplace(DataFolder(data_dir)) as work:
        stage = StudyStage(work, tmp_path)
        stage.all_states()
        bad = tmp_path / "bad.csv"
        bad.write_text("accessionNumber,psnName\nA1,A,B,C\nA2,A,B,C\n", encoding="utf-8")
        assert work.record_import.import_file(bad).problems
    found = looked_at(data_dir, language, scale, size, role)
    assert set(found) == PAGES
    assert {key: words for key, words in found.items() if any(words.values())} == {}
