"""2.3 (4): how many images an examination has, told before they come by DICOM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.envelope import CODE_CONTENT, CODE_ORDER, Refusal
from hbgz_desktop.sandbox.field_table import fold, text_at
from hbgz_desktop.sandbox.guizhou_answers import (
    Answer,
    RecordResult,
    accepted_record,
    record_answer,
    refused_record,
)
from hbgz_desktop.sandbox.guizhou_parameters import (
    IMAGE_INFO,
    INDEX,
    check_parameters,
    count_of,
)
from hbgz_desktop.sandbox.received import StoredImageInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.sandbox.guizhou_intake import Message
    from hbgz_desktop.sandbox.ledger import Ledger
    from hbgz_desktop.sandbox.received import StoredRecord

ACCESSION: Final = IMAGE_INFO[2]
TEXT_OF: Final = {
    "new": "保存数据成功",
    "changed": "更新数据成功",
    "again": "数据已存在，未重复保存",
}


class ImageInfoService:
    """saveImgInfo over one ledger. Safe from any thread."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep what is accepted in ``ledger``."""
        self._ledger = ledger

    def serve(self, message: Message, *, needs_record: bool) -> Answer:
        """Keep each announcement, or say by which rule it is refused.

        Args:
            message: The request.
            needs_record: Whether 2.1 must have come before (G071).
        """
        return record_answer(self._save(item, needs_record=needs_record) for item in message.items)

    def _save(self, item: Mapping[str, object], *, needs_record: bool) -> RecordResult:
        index = text_at(item, "hiImgIndx")
        errors = check_parameters(IMAGE_INFO, item)
        record = self._ledger.record(index)
        if record is None and needs_record and not errors:
            text = f"{INDEX.title}：索引不存在，应先上传影像检查数据（2.1）"
            return refused_record(index, Refusal(CODE_ORDER, text))
        numbers = [one.strip() for one in text_at(item, "accessionNumber").split(",")]
        errors += _accession_errors(numbers, record) if not errors else []
        if errors:
            return refused_record(index, Refusal(CODE_CONTENT, "；".join(errors)))
        kept = self._ledger.add_image_info(
            StoredImageInfo(
                index=index,
                study_uid=text_at(item, "studyUid"),
                accession_numbers=tuple(numbers),
                total=count_of(item.get(fold("imageTotalNum"))),
                outcome="",
            )
        )
        return accepted_record(index, TEXT_OF[kept.outcome])


def _accession_errors(numbers: list[str], record: StoredRecord | None) -> list[str]:
    """Demand the numbers 2.1 named (G031)."""
    if record is not None and not set(numbers) <= set(record.accession_numbers):
        return [f"{ACCESSION.title}：与 2.1 检查数据中的影像关联编号不一致"]
    return []
