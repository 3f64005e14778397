"""What an answer says, whatever shape it has (G025, G026, X005)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import NamedTuple

_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ALREADY = re.compile(r"已存在|已经存在|重复|already|duplicate", re.IGNORECASE)
_GONE = re.compile(r"不存在|未找到|查无|已删除|已被删除|not (?:found|exist)|no such", re.IGNORECASE)
_NUMBER = r"((报文|消息)\s*(ID|编号|标识|号)|流水号|msg_?\s*id|message\s*id)"
_AGAIN = r"(重复|已存在|已经存在|已使用|already|duplicate)"
_NUMBER_AGAIN = re.compile(
    rf"{_NUMBER}[^，,。；;]{{0,60}}{_AGAIN}|(重复的?|duplicate)\s*{_NUMBER}", re.IGNORECASE
)
_NOT_AUTHORISED = re.compile(r"密钥|秘钥|未授权|鉴权|认证失败|unauthori[sz]ed", re.IGNORECASE)
_BUSY = re.compile(
    r"繁忙|稍后|超时|服务不可用|限流|过于频繁|too many|timed? ?out|busy", re.IGNORECASE
)
_MD5 = re.compile(r"md5.*(不一致|不匹配|不符|不正确|有误|错误|校验|mismatch)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")

Json = dict[str, object]


class Verdict(NamedTuple):
    """What a JSON answer means for what was sent.

    Attributes:
        accepted: Stored, as far as the answer can say so.
        code: The answer's own ``code`` as text, None when it has none.
        message: Its text: the record's own where it has one.
        index_matched: Whether the index it names is the one sent; None when it names none.
        flag: ``succFlag`` of the record, None when absent.
    """

    accepted: bool
    code: str | None
    message: str
    index_matched: bool | None
    flag: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer that is not an acceptance refuses.

    Attributes:
        already: Says that it has this already (G046, G071): the caller decides.
        gone: Says that there is no such index; after 2.5 that is as if deleted before (G052).
        number_again: Had this message number before (G021), says nothing of what was sent: a new
            number will do.
        not_authorised: Blames key or institution.
        busy: Asks to come back.
        md5: Blames the checksum: the transfer was damaged.
    """

    already: bool = False
    gone: bool = False
    number_again: bool = False
    not_authorised: bool = False
    busy: bool = False
    md5: bool = False


def fold(name: str) -> str:
    """Fold a member's name: case and the confusion of l and I do not count (G016, G074)."""
    folded = name.strip().lower().replace("l", "i")
    return "hiimgindx" if folded == "hiimgidx" else folded


def parse_json(text: str) -> Json | None:
    """Read an object; a trailing comma as in the printed examples does no harm (G015).

    Returns:
        The object with folded names, None for anything else (HTML, a bare text, nothing).
    """
    document = _loads(text)
    if isinstance(document, str):
        document = _loads(document)
    return folded(document) if isinstance(document, dict) else None


def judge(answer: Json, index_code: str, *, needs_flag: bool) -> Verdict | None:
    """Judge an answer of 2.1, 2.2 or 2.4.

    Accepted is ``code`` 0 as number or text and, for a record, ``succFlag`` 1 (G026). The record is
    found by its index, else by position; ``data`` may be a list, an object, or the answer itself.

    Args:
        answer: As ``parse_json`` returns it.
        index_code: The index that was sent.
        needs_flag: Whether an answer without ``succFlag`` proves nothing.

    Returns:
        None when the answer has neither code nor flag, hence is no answer of this platform.
    """
    return judge_record(answer, _record(answer, index_code), index_code, needs_flag=needs_flag)


def judge_record(
    answer: Json, record: Json, index_code: str, *, needs_flag: bool
) -> Verdict | None:
    """Judge what an answer says by one of its records.

    Args:
        answer: As ``parse_json`` returns it.
        record: One of ``records_of(answer)``, or the answer itself.
        index_code: The index that was sent.
        needs_flag: As for ``judge``.
    """
    code = text_of(answer.get("code"))
    flag = text_of(record.get("succfiag"))
    if code is None and flag is None:
        return None
    flag_accepts = flag == "1" if flag is not None else not needs_flag
    named = named_index(record) or named_index(answer)
    return Verdict(
        accepted=code in (None, "0") and flag_accepts,
        code=code,
        message=_message(record) or _message(answer),
        index_matched=None if not named else same_index(named, index_code),
        flag=flag,
    )


def records_of(answer: Json) -> list[Json]:
    """The records of ``data``: a list, a single object, JSON in a string, or nothing (G054)."""
    data = answer.get("data")
    if isinstance(data, str):
        data = _loads(data)
    items = data if isinstance(data, list) else [data]
    return [folded(item) for item in items if isinstance(item, dict)]


def named_index(record: Json) -> str:
    """The index a record names, "" when it names none."""
    return text_of(record.get("hiimgindx")) or ""


def same_index(named: str, index_code: str) -> bool:
    """Whether two spellings are one index: blanks and case do not count, zeros do (G004)."""
    return _BLANKS.sub("", named).upper() == _BLANKS.sub("", index_code).upper()


def refusal(code: str | None, message: str) -> Refusal:
    """Read the reason out of code and words; the standard lists no failure codes (G025)."""
    is_number = bool(_NUMBER_AGAIN.search(message))
    return Refusal(
        already=not is_number and bool(_ALREADY.search(message)),
        gone=bool(_GONE.search(message)),
        number_again=is_number,
        not_authorised=code in ("401", "403") or bool(_NOT_AUTHORISED.search(message)),
        busy=code in ("429", "502", "503", "504") or bool(_BUSY.search(message)),
        md5=bool(_MD5.search(message)),
    )


def _loads(text: str) -> object:
    stripped = text.strip().strip("\ufeff")
    for attempt in (stripped, _TRAILING_COMMA.sub("", stripped)):
        try:
            return json.loads(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def folded(value: object) -> Json:
    """Fold the names of an object; of two spellings the first wins."""
    members: Json = {}
    if isinstance(value, dict):
        for name, member in value.items():
            members.setdefault(fold(str(name)), member)
    return members


def _record(answer: Json, index_code: str) -> Json:
    records = records_of(answer)
    for record in records:
        if (named := named_index(record)) and same_index(named, index_code):
            return record
    return records[0] if records else answer


def _message(record: Json) -> str:
    for name in ("message", "msg", "errmsg", "error"):
        if text := text_of(record.get(name)):
            return text
    return ""


def text_of(value: object) -> str | None:
    """A member as text: 0, 0.0 and "0" are one value; true is not 1."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip()
