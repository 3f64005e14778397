"""The answers as printed: with data for 2.1, flat for 2.2 and 2.4 (G025, G026)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.field_table import text_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.sandbox.envelope import Refusal
    from hbgz_desktop.sandbox.guizhou_intake import Message

SAVE_RECORD: Final = "saveExamRpotImgInfo"
SAVE_IMAGE: Final = "saveImgFile"
SAVE_REPORT: Final = "saveRptFile"
SERVICES: Final = (SAVE_RECORD, SAVE_IMAGE, SAVE_REPORT)

# As in the printed examples; the table of 2.2 says hiImgIdx (G016).
FLAT_INDEX_NAME: Final = {SAVE_IMAGE: "hiImgIndx", SAVE_REPORT: "hiImgIdx"}
ALL_FAILED: Final = "-1"
PARTLY_FAILED: Final = "0"
SUCCEEDED: Final = "1"
MAX_MESSAGE: Final = 3000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service says, and what the ledger keeps of it.

    Attributes:
        value: The JSON to answer.
        outcome: ``accepted``, ``refused`` or ``partly``.
        code: Its code as text.
        message: Its message.
    """

    value: dict[str, object]
    outcome: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RecordResult:
    """One element of 2.1's data; ``code`` is 0 for a record that was accepted."""

    index: str
    code: int
    message: str
    flag: str


def accepted_record(index: str, message: str) -> RecordResult:
    """Say that one record was kept."""
    return RecordResult(index, 0, message, SUCCEEDED)


def refused_record(index: str, refusal: Refusal, flag: str = ALL_FAILED) -> RecordResult:
    """Say why one record was not kept."""
    return RecordResult(index, refusal.code, refusal.message[:MAX_MESSAGE], flag)


def record_answer(results: Iterable[RecordResult]) -> Answer:
    """Put 2.1's answer together: code 0 unless every record failed."""
    rows = list(results)
    failed = [row for row in rows if row.flag != SUCCEEDED]
    code = rows[0].code if rows and len(failed) == len(rows) else 0
    if not failed:
        outcome, message = "accepted", "成功"
    elif code == 0:
        outcome, message = "partly", "部分数据失败"
    else:
        outcome, message = "refused", rows[0].message
    value: dict[str, object] = {
        "code": code,
        "type": "error" if code else "success",
        "message": message,
        "data": [
            {"hiImgIndx": row.index, "succFlag": row.flag, "message": row.message} for row in rows
        ],
    }
    return Answer(value, outcome, str(code), message)


def flat_answer(service: str, index: str, code: int, message: str) -> Answer:
    """Put 2.2's or 2.4's answer together."""
    text = message[:MAX_MESSAGE]
    value: dict[str, object] = {"code": code, FLAT_INDEX_NAME[service]: index, "message": text}
    return Answer(value, "refused" if code else "accepted", str(code), text)


def refused_answer(
    service: str, message: Message | None, refusal: Refusal, flag: str = ALL_FAILED
) -> Answer:
    """Refuse a whole request in the shape of its service."""
    indexes = [text_at(item, "hiImgIndx") for item in message.items] if message else []
    if service != SAVE_RECORD:
        return flat_answer(service, indexes[0] if indexes else "", refusal.code, refusal.message)
    if indexes:
        return record_answer(refused_record(index, refusal, flag) for index in indexes)
    text = refusal.message[:MAX_MESSAGE]
    value: dict[str, object] = {
        "code": refusal.code,
        "type": "error",
        "message": text,
        "data": [],
    }
    return Answer(value, "refused", str(refusal.code), text)
