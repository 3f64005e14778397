"""The answers as printed: data for 2.1, 2.3 and 2.5 to 2.8, flat for 2.2 and 2.4 (G025, G026)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.field_table import text_at
from hbgz_desktop.sandbox.guizhou_transactions import BATCHES, FORMS, SAVE_IMAGE, SAVE_REPORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hbgz_desktop.sandbox.envelope import Refusal
    from hbgz_desktop.sandbox.guizhou_intake import Message

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
        content: The file whose Base64 stands in data.fileContent (2.8).
    """

    value: dict[str, object]
    outcome: str
    code: str
    message: str
    content: Path | None = None


@dataclass(frozen=True, slots=True)
class RecordResult:
    """One element of 2.1's, 2.3's or 2.5's data; ``code`` is 0 for one that was accepted."""

    index: str | None
    code: int
    message: str
    flag: str


def accepted_record(index: str, message: str) -> RecordResult:
    """Say that one record was kept."""
    return RecordResult(index, 0, message, SUCCEEDED)


def refused_record(index: str, refusal: Refusal, flag: str = ALL_FAILED) -> RecordResult:
    """Say why one record was not kept."""
    return RecordResult(index, refusal.code, refusal.message[:MAX_MESSAGE], flag)


def for_all(results: Iterable[RecordResult]) -> RecordResult:
    """Say of all together what is printed of 2.5: one record whose index is null (G052)."""
    rows = list(results)
    failed = [row for row in rows if row.flag != SUCCEEDED]
    if not failed:
        return RecordResult(None, 0, rows[0].message, SUCCEEDED)
    if len(failed) == len(rows):
        return RecordResult(None, failed[0].code, failed[0].message, ALL_FAILED)
    return RecordResult(None, 0, failed[0].message, PARTLY_FAILED)


def record_answer(results: Iterable[RecordResult]) -> Answer:
    """Put 2.1's, 2.3's or 2.5's answer together: code 0 unless every record failed."""
    rows = list(results)
    failed = [row for row in rows if row.flag != SUCCEEDED]
    is_all = len(failed) == len(rows) and all(row.flag != PARTLY_FAILED for row in rows)
    code = rows[0].code if rows and is_all else 0
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


def found_answer(data: object, content: Path | None = None) -> Answer:
    """Put a query's answer together (2.6 to 2.8)."""
    value: dict[str, object] = {"code": 0, "type": "success", "message": "成功", "data": data}
    return Answer(value, "accepted", "0", "成功", content)


def cache_data(index: str, **members: object) -> Mapping[str, object]:
    """Return data of 2.7 or 2.8: what is not asked for stands there as null, as printed (G062)."""
    printed: dict[str, object] = {
        "areaCode": None,
        "imgDldLink": None,
        "hiImgIndx": index,
        "imgFileSnList": None,
        "fileContent": None,
    }
    return {**printed, **members}


def refused_answer(
    service: str, message: Message | None, refusal: Refusal, flag: str = ALL_FAILED
) -> Answer:
    """Refuse a whole request in the shape of its service."""
    indexes = [text_at(item, "hiImgIndx") for item in message.items] if message else []
    if service in FORMS:
        return flat_answer(service, indexes[0] if indexes else "", refusal.code, refusal.message)
    if service in BATCHES and indexes:
        return record_answer(refused_record(index, refusal, flag) for index in indexes)
    text = refusal.message[:MAX_MESSAGE]
    value: dict[str, object] = {
        "code": refusal.code,
        "type": "error",
        "message": text,
        "data": [] if service in BATCHES else None,
    }
    return Answer(value, "refused", str(refusal.code), text)
