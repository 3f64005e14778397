"""The request bodies of 2.2.3, member by member as printed, and the checks of single values.

Strict in what a client sends: a member that is not printed, a wrong type, an empty string where
"omit when unknown" was decided (H049, H053), an encrypted member in clear and the other way round
are refused. Patient values are compared with their format after decryption.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from hbgz_desktop.sandbox.identity import CHECK_DIGITS, WEIGHTS

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher

GET_TOKEN: Final = "getToken"  # noqa: S105 - a service
REFRESH_TOKEN: Final = "refreshToken"  # noqa: S105 - a service
SAVE_AUTH_USER: Final = "saveAuthUser"
HR_PAGE: Final = "hrPage"
GET_HR_INFO: Final = "getHrInfo"
QUOTE: Final = "restJcJyYyInfo"
# The blank printed inside "jc jyrest" is a conversion artefact (H007).
SERVICE_OF_PATH: Final = {
    "/basic-api/oauth/getToken": GET_TOKEN,
    "/basic-api/oauth/refreshToken": REFRESH_TOKEN,
    "/basic-api/api/jcjyrest/saveAuthUser": SAVE_AUTH_USER,
    "/basic-api/api/jcjyrest/hrPage": HR_PAGE,
    "/basic-api/api/jcjyrest/getHrInfo": GET_HR_INFO,
    "/basic-api/api/jcjyrest/restJcJyYyInfo": QUOTE,
}
MAX_PATIENT_ID: Final = 64  # H077
MAX_CODE: Final = 64
RELATION: Final = "relation"
ITEM_LISTS: Final = ("studyItem", "labItem")
CARD: Final = re.compile(r"[0-9]{17}[0-9X]")
OLD_CARD: Final = re.compile(r"[0-9]{15}")
OTHER_CERTIFICATE: Final = re.compile(r"(?=.*[A-Z])[A-Z0-9()]{5,32}")
PHONE: Final = re.compile(r"1[3-9][0-9]{9}")
VISIT_NO: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
VISIT_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
ITEM_CODE: Final = re.compile(rf"[A-Za-z0-9._-]{{1,{MAX_CODE}}}")
ITEM_SEPARATORS: Final = re.compile("[,，]")
NOT_IN_NAMES: Final = re.compile(r"[\^\x00-\x1f\x7f<>]")


@dataclass(frozen=True, slots=True)
class PrintedMember:
    """One member of a request body.

    Attributes:
        is_required: Marked 必传.
        is_encrypted: Marked 加密传输 (H037).
    """

    code: str
    is_required: bool = False
    is_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One order of 2.2.3.5's relation: its number and its item codes."""

    his_no: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One request body that broke no rule.

    Attributes:
        texts: Plain values by member, decrypted; members that were not sent are not there.
        orders: Of the relation, by ``studyItem`` and ``labItem``.
    """

    texts: Mapping[str, str]
    orders: Mapping[str, tuple[Order, ...]]

    def text(self, code: str) -> str:
        """Return a member's plain value, "" when it was not sent."""
        return self.texts.get(code, "")

    def items(self, code: str) -> tuple[str, ...]:
        """Return the codes of hrPage's studyItem or labItem; () means not sent (H054)."""
        text = self.text(code)
        return tuple(part.strip() for part in ITEM_SEPARATORS.split(text)) if text else ()


MEMBERS: Final[Mapping[str, tuple[PrintedMember, ...]]] = {
    GET_TOKEN: (
        PrintedMember("orgCode", is_required=True),
        PrintedMember("hisDeptCode", is_required=True),
        PrintedMember("hisUserCode", is_required=True),
        PrintedMember("hisOrgCode"),
    ),
    REFRESH_TOKEN: (),
    SAVE_AUTH_USER: (
        PrintedMember("patientId"),
        PrintedMember("patientName", is_encrypted=True),
        PrintedMember("idNo", is_required=True, is_encrypted=True),
        PrintedMember("phoneNo", is_encrypted=True),
        PrintedMember("visitNo", is_encrypted=True),
        PrintedMember("visitTime", is_required=True),
    ),
    HR_PAGE: (
        PrintedMember("patientId", is_required=True),
        PrintedMember("patientName", is_required=True, is_encrypted=True),
        PrintedMember("idNo", is_required=True, is_encrypted=True),
        PrintedMember("phoneNo", is_required=True, is_encrypted=True),
        PrintedMember("visitNo", is_required=True, is_encrypted=True),
        PrintedMember("visitTime", is_required=True),
        PrintedMember("studyItem"),
        PrintedMember("labItem"),
    ),
    GET_HR_INFO: (
        PrintedMember("idNo", is_required=True, is_encrypted=True),
        PrintedMember("visitNo", is_required=True, is_encrypted=True),
        PrintedMember("visitTime"),
        # Without a mark, but the call has no purpose without it.
        PrintedMember(RELATION, is_required=True),
    ),
    QUOTE: (
        PrintedMember("patientName", is_required=True, is_encrypted=True),
        PrintedMember("idNo", is_required=True, is_encrypted=True),
        PrintedMember("visitNo", is_required=True, is_encrypted=True),
        PrintedMember("visitTime"),
    ),
}


def read_body(service: str, body: Mapping[str, object], cipher: Sm4Cipher) -> Body:
    """Check a body and decrypt it.

    Raises:
        RuleBrokenError: The first rule it breaks, in printed order of the members.
    """
    members = MEMBERS[service]
    for code in body:
        if code not in {member.code for member in members}:
            rule = Rule.FIELD_UNKNOWN if members else Rule.BODY_NOT_EMPTY
            raise RuleBrokenError(rule, code[:MAX_CODE])
    texts: dict[str, str] = {}
    orders: dict[str, tuple[Order, ...]] = {}
    for member in members:
        if member.code == RELATION:
            orders = _relation(body.get(RELATION))
        elif (text := _text(member, body)) is not None:
            texts[member.code] = cipher.decrypt(text, member.code) if member.is_encrypted else text
            if check := CHECKS.get(member.code):
                check(member.code, texts[member.code])
    if texts.get("patientId") and texts["patientId"] == texts.get("idNo"):
        raise RuleBrokenError(Rule.PATIENT_ID_IS_ID_NO, "patientId")  # H077
    return Body(texts, orders)


def _text(member: PrintedMember, body: Mapping[str, object]) -> str | None:
    """The member's text as sent; None when it was not, or may be left empty (H054)."""
    value = body.get(member.code)
    if member.code in ITEM_LISTS and value in (None, ""):
        return None
    if member.code not in body:
        if member.is_required:
            raise RuleBrokenError(Rule.FIELD_MISSING, member.code)
        return None
    if not isinstance(value, str):
        raise RuleBrokenError(Rule.FIELD_TYPE, member.code)
    if not value:
        raise RuleBrokenError(Rule.FIELD_EMPTY, member.code)
    _no_outer_blanks(member.code, value)
    return value


def _relation(value: object) -> dict[str, tuple[Order, ...]]:
    if value is None:
        raise RuleBrokenError(Rule.FIELD_MISSING, RELATION)
    if not isinstance(value, Mapping):
        raise RuleBrokenError(Rule.FIELD_TYPE, RELATION)
    for code in value:
        if code not in ITEM_LISTS:
            raise RuleBrokenError(Rule.FIELD_UNKNOWN, f"{RELATION}.{code[:MAX_CODE]}")
    orders = {code: _orders(code, value[code]) for code in ITEM_LISTS if code in value}
    if not any(orders.values()):
        raise RuleBrokenError(Rule.FIELD_MISSING, f"{RELATION}.studyItem/labItem")
    return orders


def _orders(code: str, value: object) -> tuple[Order, ...]:
    title = f"{RELATION}.{code}"
    if not isinstance(value, list):
        raise RuleBrokenError(Rule.FIELD_TYPE, title)
    orders = tuple(_order(title, f"{code}Codes", item) for item in value)
    if len({order.his_no for order in orders}) != len(orders):
        raise RuleBrokenError(Rule.ORDER_NO_TWICE, f"{title}.hisNo")
    return orders


def _order(title: str, list_name: str, item: object) -> Order:
    if not isinstance(item, Mapping):
        raise RuleBrokenError(Rule.FIELD_TYPE, title)
    for code in item:
        if code not in ("hisNo", list_name):
            raise RuleBrokenError(Rule.FIELD_UNKNOWN, f"{title}.{code[:MAX_CODE]}")
    for code in ("hisNo", list_name):
        if code not in item:
            raise RuleBrokenError(Rule.FIELD_MISSING, f"{title}.{code}")
    his_no, codes = item["hisNo"], item[list_name]
    if not isinstance(his_no, str):
        raise RuleBrokenError(Rule.FIELD_TYPE, f"{title}.hisNo")
    if not his_no:
        raise RuleBrokenError(Rule.FIELD_EMPTY, f"{title}.hisNo")
    if not isinstance(codes, list) or not all(isinstance(one, str) for one in codes):
        raise RuleBrokenError(Rule.FIELD_TYPE, f"{title}.{list_name}")
    if not codes:
        raise RuleBrokenError(Rule.ORDER_EMPTY, f"{title}.{list_name}")
    _check_codes(f"{title}.{list_name}", codes)
    return Order(his_no, tuple(codes))


# -- single values


def _no_outer_blanks(code: str, text: str) -> None:
    if text != text.strip():
        raise RuleBrokenError(Rule.FIELD_BLANKS, code)


def _check_name(code: str, text: str) -> None:
    _no_outer_blanks(code, text)
    if not text or len(text) > MAX_CODE or NOT_IN_NAMES.search(text):
        raise RuleBrokenError(Rule.NAME_FORMAT, code)


def _check_id(code: str, text: str) -> None:
    """An identity card with its birth date and check digit (GB 11643), or another certificate."""
    _no_outer_blanks(code, text)
    if not CARD.fullmatch(text):
        if not (OLD_CARD.fullmatch(text) or OTHER_CERTIFICATE.fullmatch(text)):
            raise RuleBrokenError(Rule.ID_FORMAT, code)
        return
    if not _is_time(text[6:14], "%Y%m%d"):
        raise RuleBrokenError(Rule.ID_BIRTH_DATE, code)
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    if CHECK_DIGITS[total % 11] != text[17]:
        raise RuleBrokenError(Rule.ID_CHECK_DIGIT, code)


def _check_phone(code: str, text: str) -> None:
    if not PHONE.fullmatch(text):
        raise RuleBrokenError(Rule.PHONE_FORMAT, code)


def _check_visit_no(code: str, text: str) -> None:
    if not VISIT_NO.fullmatch(text):
        raise RuleBrokenError(Rule.VISIT_NO_FORMAT, code)


def _check_visit_time(code: str, text: str) -> None:
    """The pattern of the samples (H076), and a time that exists."""
    if not (VISIT_TIME.fullmatch(text) and _is_time(text, "%Y-%m-%d %H:%M:%S")):
        raise RuleBrokenError(Rule.VISIT_TIME_FORMAT, code)


def _check_patient_id(code: str, text: str) -> None:
    """The hospital's own number, not encrypted (H077)."""
    if len(text) > MAX_PATIENT_ID:
        raise RuleBrokenError(Rule.FIELD_TOO_LONG, code)


def _check_item_list(code: str, text: str) -> None:
    """Half- or full-width commas, blanks around them allowed (H055)."""
    _check_codes(code, [part.strip() for part in ITEM_SEPARATORS.split(text)])


def _check_codes(code: str, codes: list[str]) -> None:
    if not all(codes):
        raise RuleBrokenError(Rule.ITEM_CODE_EMPTY, code)
    if not all(ITEM_CODE.fullmatch(one) for one in codes):
        raise RuleBrokenError(Rule.ITEM_CODE_FORMAT, code)
    if len(set(codes)) != len(codes):
        raise RuleBrokenError(Rule.ITEM_CODE_TWICE, code)


def _is_time(text: str, pattern: str) -> bool:
    try:
        # A calendar check of a local time; no instant is computed.
        datetime.strptime(text, pattern)  # noqa: DTZ007
    except ValueError:
        return False
    return True


CHECKS: Final[Mapping[str, Callable[[str, str], None]]] = {
    "patientId": _check_patient_id,
    "patientName": _check_name,
    "idNo": _check_id,
    "phoneNo": _check_phone,
    "visitNo": _check_visit_no,
    "visitTime": _check_visit_time,
    "studyItem": _check_item_list,
    "labItem": _check_item_list,
}
