"""2.5: record, announcement, images and reports of an index code are deleted together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.sandbox.envelope import CODE_CONTENT, Refusal
from hbgz_desktop.sandbox.field_table import text_at
from hbgz_desktop.sandbox.guizhou_answers import (
    Answer,
    RecordResult,
    accepted_record,
    for_all,
    record_answer,
    refused_record,
)
from hbgz_desktop.sandbox.guizhou_parameters import DELETION, INDEX, check_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.sandbox.guizhou_intake import Message
    from hbgz_desktop.sandbox.ledger import Ledger


class DeletionService:
    """deleteExamRpotImgIndxInfo over one ledger. Safe from any thread."""

    def __init__(self, ledger: Ledger) -> None:
        """Delete from ``ledger``."""
        self._ledger = ledger

    def serve(self, message: Message, *, one_for_all: bool) -> Answer:
        """Delete each index; one that is named twice, as in the printed example, counts once.

        Args:
            message: The request.
            one_for_all: Answer with the one record whose index is null that is printed (G052).
        """
        done: dict[str, RecordResult] = {}
        for item in message.items:
            index = text_at(item, "hiImgIndx")
            if index not in done:
                done[index] = self._delete(index, item)
        results = [done[text_at(item, "hiImgIndx")] for item in message.items]
        return record_answer([for_all(results)] if one_for_all else results)

    def _delete(self, index: str, item: Mapping[str, object]) -> RecordResult:
        errors = check_parameters(DELETION, item)
        if not errors and self._ledger.delete(index) is None:
            errors = [f"{INDEX.title}：索引不存在或已删除"]
        if errors:
            return refused_record(index, Refusal(CODE_CONTENT, "；".join(errors)))
        return accepted_record(index, "删除数据成功")
