"""待处理, rows of files: exported, corrected, imported again, from the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from hbgz_desktop.ui.pages.needs_fix_page import NeedsFixPage
from tests.ui.study_stage import SETTINGS
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

LIMIT_MS = 10_000


def test_bad_rows_are_corrected_without_leaving_the_page(
    context: PageContext, workplace: Workplace, journal: Journal, qtbot: QtBot, tmp_path: Path
) -> None:
    workplace.settings_file.set_many(SETTINGS)
    kept = workplace.drop_folder() / "processed" / "ris.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("accessionNumber,psnName\nA1,张三,多余\n", encoding="utf-8")
    workplace.record_import.import_file(kept)
    page = NeedsFixPage(context)
    shown(qtbot, page)
    page.activate()
    bar = page._rows.repair
    qtbot.waitUntil(bar.isVisible, timeout=LIMIT_MS)

    out = tmp_path / "要改的行.xlsx"
    bar.export(out)
    qtbot.waitUntil(lambda: bool(journal.toasts), timeout=LIMIT_MS)
    assert journal.toasts[-1].text.startswith("导出了 1 行")
    book = openpyxl.load_workbook(out)
    book.worksheets[0]["C2"] = None
    book.save(out)

    bar.import_again(out)
    qtbot.waitUntil(lambda: len(journal.toasts) == 2, timeout=LIMIT_MS)
    assert journal.toasts[-1].text == "收下了 1 条，没有问题行了"
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=LIMIT_MS)


def test_a_file_that_is_gone_is_said_beside_the_button(
    context: PageContext, workplace: Workplace, journal: Journal, qtbot: QtBot, tmp_path: Path
) -> None:
    workplace.settings_file.set_many(SETTINGS)
    path = tmp_path / "ris.csv"
    path.write_text("accessionNumber,psnName\nA1,张三,多余\n", encoding="utf-8")
    workplace.record_import.import_file(path)
    page = NeedsFixPage(context)
    shown(qtbot, page)
    page.activate()
    bar = page._rows.repair
    qtbot.waitUntil(bar.isVisible, timeout=LIMIT_MS)
    bar.export(tmp_path / "out.xlsx")
    qtbot.waitUntil(lambda: bool(journal.toasts), timeout=LIMIT_MS)
    assert "投递文件夹" in journal.toasts[-1].text
    assert not (tmp_path / "out.xlsx").exists()
