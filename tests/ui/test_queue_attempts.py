"""Lines of one delivery's requests: which image, which status (PS3.4 table B.2-1)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.delivery import Attempt
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.ui.pages.queue_attempts import AttemptWords
from hbgz_desktop.ui.states import State

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


def pushed(number: int, status: str, outcome: str, cause: str = "") -> Attempt:
    """One C-STORE of series 2."""
    at = datetime(2026, 9, 1, tzinfo=UTC)
    facts = (at, at, "C-STORE", "", None, status, "remark", outcome, cause, "")
    return Attempt(number, 1, number, 1, *facts, series_number=2, instance_number=number)


def test_a_warning_and_a_refusal_name_their_image(theme: Theme) -> None:
    parent = QObject()
    words = AttemptWords(theme, ErrorTexts("zh"), parent, with_codes=True)
    refused, warned, stored = words.entries(
        [
            pushed(9, "C000", "refused", "store_not_understood"),
            pushed(8, "B007", "accepted"),
            pushed(7, "0000", "accepted"),
        ]
    )
    assert (warned.title, warned.state) == ("B007 已存，有提示", State.NEEDS_FIX)
    assert "序列 2 第 8 幅" in warned.detail
    assert "remark" in warned.detail
    assert "序列 2 第 9 幅" in refused.detail
    assert "影像接收端看不懂这张图像" in refused.detail
    assert (stored.title, stored.state) == ("平台收下了", State.CONFIRMED)
    assert "序列" not in stored.detail
