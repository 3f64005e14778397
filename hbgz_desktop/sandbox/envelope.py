"""The envelope every service shares: infno, msgid, infTime, infCode and key (2.1 to 2.8 (4)).

The queries (2.6 to 2.8) name the institution fixmedinsCode and have no key (G020, G023).
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.field_table import text_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

CODE_ENVELOPE: Final = 400
CODE_NOT_AUTHORISED: Final = 401
CODE_ORDER: Final = 409
CODE_CONTENT: Final = 422

INFNO: Final = "infno 交易编号"
MSGID: Final = "msgid 发送方报文 ID"
INF_TIME: Final = "infTime 交易时间"
INF_CODE: Final = "infCode 交易机构编号"
FIXMEDINS_CODE: Final = "fixmedinsCode 医疗机构编号"
KEY: Final = "key 密钥值"
TIME_SHAPES: Final = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"), "%Y-%m-%d %H:%M:%S"),
    (re.compile(r"[0-9]{14}"), "%Y%m%d%H%M%S"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was refused: the answer's code (never 0) and its message."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The five members, "" where absent; ``info`` and ``fixmedinsCode`` count (G017, G020)."""

    infno: str
    msgid: str
    inf_time: str
    inf_code: str
    key: str

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Envelope:
        """Read from members by folded name."""

        def first(*names: str) -> str:
            return next((text for name in names if (text := text_at(values, name))), "")

        return cls(
            infno=first("infno", "info"),
            msgid=first("msgid"),
            inf_time=first("infTime"),
            inf_code=first("infCode", "fixmedinsCode"),
            key=first("key"),
        )


class EnvelopeRules:
    """Checks envelopes for one institution and its key.

    Attributes:
        asking_code: The only fixmedinsCode known to queries; "" for the infCode (G076).
    """

    def __init__(self, institution_code: str, key: str, note_msgid: Callable[[str], bool]) -> None:
        """Let in one institution.

        Args:
            institution_code: The only infCode known.
            key: Its key.
            note_msgid: Keeps a msgid for good and returns False when it was there already.
        """
        self.asking_code = ""
        self._institution_code = institution_code
        self._key = key
        self._note_msgid = note_msgid

    def check(
        self, infnos: Collection[str], envelope: Envelope, *, has_key: bool = True
    ) -> Refusal | None:
        """Return why it is refused, or None; a well-formed msgid is used up either way.

        Args:
            infnos: What infno may say; the first is what a refusal asks for (G018, G019).
            envelope: Of the request.
            has_key: False for a query: its key may be absent, but not wrong (G023).
        """
        institution = INF_CODE if has_key else FIXMEDINS_CODE
        msgid_error = self._msgid_error(envelope.msgid)
        errors = [
            *_demand_text(INFNO, envelope.infno, 50),
            *_demand_text(institution, envelope.inf_code, 30),
            *(_demand_text(KEY, envelope.key, 50) if has_key or envelope.key else ()),
            *_time_errors(envelope.inf_time),
        ]
        if msgid_error:
            errors.append(msgid_error)
        if envelope.infno and envelope.infno not in infnos:
            errors.append(f"{INFNO}：应为 {next(iter(infnos))}")
        if errors:
            return Refusal(CODE_ENVELOPE, "；".join(errors))
        return self._authorise(envelope, institution, has_key=has_key)

    def _msgid_error(self, msgid: str) -> str:
        if not msgid:
            return f"{MSGID}：必填项为空"
        if len(msgid) > 50:
            return f"{MSGID}：长度 {len(msgid)} 超过 50 个字符"
        return "" if self._note_msgid(msgid) else f"{MSGID}：报文 ID 重复，每次交易应唯一"

    def _authorise(self, envelope: Envelope, institution: str, *, has_key: bool) -> Refusal | None:
        known = "" if has_key else self.asking_code
        if not _is_equal(envelope.inf_code, known or self._institution_code):
            return Refusal(CODE_NOT_AUTHORISED, f"{institution}：机构未登记")
        if not envelope.key and not has_key:
            return None
        if not _is_equal(envelope.key, self._key):
            return Refusal(CODE_NOT_AUTHORISED, f"{KEY}：与登记的密钥不一致")
        return None


def _is_equal(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8"), known.encode("utf-8"))


def _demand_text(title: str, text: str, limit: int) -> list[str]:
    if not text:
        return [f"{title}：必填项为空"]
    return [f"{title}：长度 {len(text)} 超过 {limit} 个字符"] if len(text) > limit else []


def _time_errors(text: str) -> list[str]:
    """The pattern of the samples, or its digits (G022)."""
    if not text:
        return [f"{INF_TIME}：必填项为空"]
    for shape, pattern in TIME_SHAPES:
        if shape.fullmatch(text):
            try:
                # A calendar check of a local time; no instant is computed.
                datetime.strptime(text, pattern)  # noqa: DTZ007 - a calendar check only
            except ValueError:
                break
            return []
    return [f"{INF_TIME}：格式应为 yyyy-MM-dd HH:mm:ss"]
