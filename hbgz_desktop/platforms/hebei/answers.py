"""Answers of 2.2.3 as frozen values: tolerant in every way the print leaves open (H037, H047, H050, H057-H060)."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin, urlsplit

from hbgz_desktop.model.access_token import AccessToken
from hbgz_desktop.model.shared_viewing import (
    OrderItems,
    OrderRelation,
    RecognisedOrders,
    RecognitionResult,
    SharedLabReport,
    SharedLabResult,
    SharedStudy,
    SharedStudyDetail,
    SharingOffer,
)
from hbgz_desktop.platforms.hebei.verdict import Verdict, folded, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hbgz_desktop.model.visit import HospitalUser
    from hbgz_desktop.platforms.hebei.options import HebeiOptions

Row = TypeVar("Row", SharedStudy, SharedStudyDetail, SharedLabReport, SharedLabResult)

OWN_NAMES = {
    "positivity": "yyx",
    "details": "studyDetails",
    "results": "labDetails",
    "studies": "studyItem",
    "lab_reports": "labItem",
}
"""Our names that are not the printed ones in snake case."""
_MAX_LIFE_S = 366 * 86400.0


def printed_name(attribute: str) -> str:
    """The platform's own spelling of an attribute of the results (2.2.3.6)."""
    if attribute in OWN_NAMES:
        return OWN_NAMES[attribute]
    head, *rest = attribute.split("_")
    return head + "".join(part.capitalize() for part in rest)


class AnswerReader:
    """Reads ``data`` of an accepted answer; nothing that came makes it fail."""

    def __init__(self, options: HebeiOptions) -> None:
        """Decrypt as ``options`` say."""
        self._options = options

    def token(self, verdict: Verdict, user: HospitalUser, asked_at: datetime) -> AccessToken | None:
        """Of getToken and refreshToken; None without a token or an id that a header could carry."""
        data = folded(_first(verdict.data))
        app_id, token = text_of(data.get("appid")), text_of(data.get("token"))
        if not (_is_header_text(app_id) and _is_header_text(token)):
            return None
        return AccessToken(user, app_id, token, _life_s(data.get("expire")), asked_at)

    def offer(self, verdict: Verdict) -> SharingOffer:
        """Of hrPage: the first element of a list, or the object itself (H057)."""
        data = folded(_first(verdict.data))
        return SharingOffer(
            study_count=_count(data.get("studyresultno")),
            lab_count=_count(data.get("labresultno")),
            url=self._page_address(text_of(data.get("url"))),
            patient_name=self._plain("patientName", data),
            id_no=self._plain("idNo", data),
            phone=self._plain("phoneNo", data),
        )

    def orders(self, verdict: Verdict) -> RecognisedOrders:
        """Of getHrInfo; a list that is missing means nothing was recognised (H058)."""
        data = folded(_first(verdict.data))
        relation = folded(_first(data.get("relation")))
        return RecognisedOrders(
            relation=OrderRelation(
                study_orders=_orders(relation.get("studyitem"), "studyitemcodes"),
                lab_orders=_orders(relation.get("labitem"), "labitemcodes"),
            ),
            id_no=self._plain("idNo", data),
            visit_no=self._plain("visitNo", data),
            visit_time=text_of(data.get("visittime")),
        )

    def results(self, verdict: Verdict) -> RecognitionResult:
        """Of restJcJyYyInfo: both levels apart, codes untouched, unknown members kept (H059, H060)."""
        raw = _first(verdict.data)
        data = folded(raw)
        studies = tuple(
            _row(SharedStudy, one, details=_rows(SharedStudyDetail, one, "studydetails"))
            for one in _objects(data.get("studyitem"))
        )
        reports = tuple(
            _row(SharedLabReport, one, results=_rows(SharedLabResult, one, "labdetails"))
            for one in _objects(data.get("labitem"))
        )
        return RecognitionResult(
            patient_name=self._plain("patientName", data),
            id_no=self._plain("idNo", data),
            visit_no=self._plain("visitNo", data),
            visit_time=text_of(data.get("visittime")),
            data_source=text_of(data.get("datasource")),
            studies=studies,
            lab_reports=reports,
            unknown=_unknown(RecognitionResult, raw),
        )

    def _plain(self, name: str, data: Mapping[str, object]) -> str:
        """A patient's value in the clear: decrypted where it is ciphertext, else as it came (H037)."""
        value = text_of(data.get(name.lower()))
        if name not in self._options.decrypted or self._options.sm4 is None:
            return value
        plain = self._options.sm4.decrypt(value)
        return value if plain is None else plain

    def _page_address(self, address: str) -> str:
        """Unchanged (H075), by the base where it is relative (H057); "" when no browser may open it."""
        if not address:
            return ""
        try:
            absolute = address
            if not urlsplit(address).scheme:
                absolute = urljoin(self._options.base_url.rstrip("/") + "/", address)
            parts = urlsplit(absolute)
        except ValueError:
            return ""
        is_page = parts.scheme in ("http", "https") and bool(parts.hostname)
        return absolute if is_page and parts.username is None else ""


def _first(value: object) -> object:
    """The object itself, or the first one of a list."""
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, dict)), None)
    return value


def _objects(value: object) -> list[dict[str, object]]:
    """A list of objects; a single object counts as a list of one."""
    items = value if isinstance(value, list) else [value]
    return [one for one in items if isinstance(one, dict)]


def _is_header_text(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable()


def _number(value: object) -> float | None:
    try:
        number = float(text_of(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _life_s(value: object) -> float | None:
    """``expire`` as text or number; None when it means nothing (H050)."""
    seconds = _number(value)
    return seconds if seconds is not None and 0 < seconds <= _MAX_LIFE_S else None


def _count(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 <= number < 2**31 else None


def _orders(value: object, codes_name: str) -> tuple[OrderItems, ...]:
    orders = [folded(one) for one in _objects(value)]
    return tuple(
        OrderItems(text_of(one.get("hisno")), _codes(one.get(codes_name))) for one in orders
    )


def _codes(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    codes = (text_of(one) for one in items)
    return tuple(code for code in codes if code)


def _rows(kind: type[Row], holder: object, name: str) -> tuple[Row, ...]:
    return tuple(_row(kind, one) for one in _objects(folded(holder).get(name)))


def _row(kind: type[Row], raw: Mapping[str, object], **nested: Any) -> Row:
    data = folded(raw)
    texts: dict[str, Any] = {
        one.name: text_of(data.get(printed_name(one.name).lower()))
        for one in fields(kind)
        if one.name != "unknown" and one.name not in nested
    }
    return kind(**texts, **nested, unknown=_unknown(kind, raw))


def _unknown(kind: type[object], raw: object) -> dict[str, object]:
    """Members whose names are not printed, as they came (H060)."""
    known = {printed_name(one.name).lower() for one in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(raw, dict):
        return {}
    return {
        str(name): member
        for name, member in raw.items()
        if str(name).strip().lower().replace("_", "") not in known
    }
