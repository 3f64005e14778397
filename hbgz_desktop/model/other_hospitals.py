"""Other hospitals' images (V1.4, 2.6–2.8): whom is asked for and why, what was found, what may be opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hbgz_desktop.model.identity_card import read_identity_card
from hbgz_desktop.model.masking import mask_identity, mask_name
from hbgz_desktop.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

IDENTITY_CARD = "111"
"""居民身份证, the one code the document shows (G042); the only kind whose number can be checked."""
LONGEST_REASON = 200
_SHORTEST_REASON = 2
_CERT_TYPE = re.compile(r"[0-9A-Za-z]{1,6}", re.ASCII)
_LONGEST = {"certno": 600, "psnName": 50}
"""Of 2.6, input (G055)."""
_CACHE_SERVICE = "queryImgCaheFIndex"

LABELS = {
    "reason": "查看原因",
    "psnCertType": "人员证件类型",
    "certno": "证件号码",
    "psnName": "人员姓名",
    "begntime": "检查开始时间",
    "endtime": "检查结束时间",
}
"""Parameter code of 2.6 → printed name; the reason is ours."""


@dataclass(frozen=True, slots=True)
class OutsideQuestion:
    """Whose examinations, of which days (2.6); the days are inclusive on both sides (G058).

    Attributes:
        cert_type: GA/T 2000.156; 111 = identity card.
        name: Optional.
        begin: None = no bound.
        end: None = no bound.
    """

    cert_type: str = IDENTITY_CARD
    cert_no: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    begin: date | None = None
    end: date | None = None

    @property
    def masked(self) -> str:
        """The person as an audit row may say it: 欧阳** 5201***********26X."""
        return " ".join(filter(None, (mask_name(self.name), mask_identity(self.cert_no))))

    def problems(self, reason: str) -> tuple[Problem, ...]:
        """What stands against asking, in printed order; a doubtful identity number only warns."""
        found = [*self._reason_problems(reason.strip()), *self._number_problems()]
        if not _CERT_TYPE.fullmatch(self.cert_type):
            found.append(_problem("psnCertType", "required", decision="G042"))
        if len(self.name) > _LONGEST["psnName"]:
            found.append(_problem("psnName", "length", limit=str(_LONGEST["psnName"])))
        if self.begin and self.end and self.begin > self.end:
            found.append(_problem("begntime", "date_order", decision="G058"))
        return tuple(found)

    def _reason_problems(self, reason: str) -> list[Problem]:
        if len(reason) < _SHORTEST_REASON:
            return [_problem("reason", "required")]
        if len(reason) > LONGEST_REASON:
            return [_problem("reason", "length", limit=str(LONGEST_REASON))]
        names = [one for one in (self.cert_no.strip(), self.name.strip()) if len(one) > 1]
        if any(one in reason for one in names):
            return [_problem("reason", "names_patient")]
        return []

    def _number_problems(self) -> list[Problem]:
        number = self.cert_no.strip()
        if not number:
            return [_problem("certno", "required", decision="G055")]
        if len(number) > _LONGEST["certno"]:
            return [_problem("certno", "length", limit="600", decision="G055")]
        if self.cert_type == IDENTITY_CARD and (fault := read_identity_card(number).fault):
            return [_problem("certno", fault.value, severity=Severity.WARNING)]
        return []


def _problem(
    name: str,
    rule: str,
    *,
    limit: str = "",
    decision: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(name, LABELS[name], rule, "", severity, decision=decision, limit=limit)


class LinkState(StrEnum):
    """Whether an address of an answer may be used."""

    NONE = "none"
    ALLOWED = "allowed"
    HOST_NOT_ALLOWED = "host_not_allowed"
    """IT would have to allow its host."""
    UNUSABLE = "unusable"
    """No http or https, credentials in it, or no address at all: it never can be opened."""


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """An address of an answer, judged (DESIGN 11).

    Attributes:
        host: With its port when it has one; "" when there is none.
    """

    state: LinkState = LinkState.NONE
    url: str = field(default="", repr=False)
    host: str = ""

    @property
    def is_open(self) -> bool:
        """True when it may be opened."""
        return self.state is LinkState.ALLOWED


def allowed_hosts(base_url: str, hosts: Iterable[str]) -> frozenset[str]:
    """Hosts that may be used: the platform's own and the configured ones (G056)."""
    name = _host_name(judge_link(base_url, ()).host)
    configured = {one.strip().lower() for one in hosts}
    return frozenset(filter(None, {name, *configured}))


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def judge_link(url: str, hosts: Collection[str]) -> OutsideLink:
    """Say whether an address may be opened; ``hosts`` as ``allowed_hosts`` gives them."""
    text = url.strip()
    if not text:
        return OutsideLink()
    if not text.isprintable() or any(one in text for one in ' \\"<>'):
        return OutsideLink(LinkState.UNUSABLE)
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return OutsideLink(LinkState.UNUSABLE)
    is_web = parts.scheme.lower() in ("http", "https")
    if not is_web or not name or "@" in parts.netloc:
        return OutsideLink(LinkState.UNUSABLE)
    host = parts.netloc.lower()
    is_allowed = name in hosts or (port is not None and host in hosts)
    return OutsideLink(LinkState.ALLOWED if is_allowed else LinkState.HOST_NOT_ALLOWED, text, host)


def is_cache_service(url: str) -> bool:
    """Whether an imgDldLink is the cache service of 2.7 and 2.8 (G056)."""
    try:
        return urlsplit(url.strip()).path.rstrip("/").endswith(f"/{_CACHE_SERVICE}")
    except ValueError:
        return False


class ImagesState(StrEnum):
    """What can be had of an examination's images."""

    CACHED = "cached"
    PARTLY = "partly"
    FETCHABLE = "fetchable"
    HOST_NOT_ALLOWED = "host_not_allowed"
    """The platform has them at a host that IT would have to allow."""
    LINK_ONLY = "link_only"
    """A page in the browser, no files."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OutsideExamination:
    """One examination of another hospital, as kept.

    Attributes:
        exam_date: As it came, ``yyyy-MM-dd``.
        exam_part: Code or codes of 3.6, as they came.
        is_bare: Known by its index code alone, not from an answer of 2.6.
        image_total: Images of the list (2.7); None before it was asked for.
        cached: Images that are in the cache.
        failed: Images the platform did not give.
    """

    id: int
    index_code: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    cert_type: str = ""
    cert_no: str = field(default="", repr=False)
    hospital_code: str = ""
    hospital: str = ""
    exam_date: str = ""
    exam_part: str = ""
    report_url: str = field(default="", repr=False)
    viewer_url: str = field(default="", repr=False)
    download_url: str = field(default="", repr=False)
    is_bare: bool = False
    listed_at: datetime | None = None
    image_total: int | None = None
    cached: int = 0
    cached_bytes: int = 0
    failed: int = 0

    @property
    def masked(self) -> str:
        """The person as an audit row may say it."""
        return " ".join(filter(None, (mask_name(self.name), mask_identity(self.cert_no))))


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """An examination as a page shows it.

    Attributes:
        part: Body part in words, the code where it has none.
        download: imgDldLink, judged as an ordinary link.
        address: Where 2.7 and 2.8 are asked: imgDldLink where G056 allows it, "" = the platform itself.
        images: What can be had of its images.
    """

    exam: OutsideExamination
    part: str
    report: OutsideLink
    viewer: OutsideLink
    download: OutsideLink
    address: str = field(repr=False)
    images: ImagesState

    @property
    def id(self) -> int:
        """Of the examination."""
        return self.exam.id

    @property
    def may_fetch(self) -> bool:
        """True when images can be asked for."""
        return self.exam.is_bare or bool(self.address)


def outside_row(
    exam: OutsideExamination, part: str, hosts: Collection[str], address: str
) -> OutsideRow:
    """Judge an examination's addresses by the hosts allowed now.

    Args:
        exam: As kept.
        part: Body part in words.
        hosts: As ``allowed_hosts`` gives them.
        address: imgDldLink where G056 allows it, else "".
    """
    report = judge_link(exam.report_url, hosts)
    viewer = judge_link(exam.viewer_url, hosts)
    download = judge_link(exam.download_url, hosts)
    images = _images(exam, viewer, download, address)
    return OutsideRow(exam, part, report, viewer, download, address, images)


def _images(
    exam: OutsideExamination, viewer: OutsideLink, download: OutsideLink, address: str
) -> ImagesState:
    if exam.cached:
        is_whole = exam.cached == exam.image_total
        return ImagesState.CACHED if is_whole else ImagesState.PARTLY
    if (exam.is_bare or address) and exam.image_total != 0:
        return ImagesState.FETCHABLE
    is_cache = is_cache_service(exam.download_url)
    if is_cache and download.state is LinkState.HOST_NOT_ALLOWED:
        return ImagesState.HOST_NOT_ALLOWED
    others = [viewer] if is_cache else [viewer, download]
    usable = (LinkState.ALLOWED, LinkState.HOST_NOT_ALLOWED)
    return ImagesState.LINK_ONLY if any(one.state in usable for one in others) else ImagesState.NONE


@dataclass(frozen=True, slots=True)
class OutsideLook:
    """One question to the platform: who asked it when and why, and what came of it.

    Attributes:
        question: None when it was sealed by another account, or an index code was looked at directly.
        found: Examinations of the answer; None when there was none.
        error_code: How the question ended, "" when well.
    """

    id: int
    asked_at: datetime
    operator: str
    reason: str
    question: OutsideQuestion | None = None
    found: int | None = None
    error_code: str = ""


@dataclass(frozen=True, slots=True)
class OutsideImage:
    """One image of an examination's list (2.7).

    Attributes:
        series: Ordinal of its series in the list, from 1.
        number: Its place in the series: by InstanceNumber once that is known, else as listed, from 1.
        is_cached: Its file is in the cache.
        size_bytes: Of the file, exactly as received.
        sha256: Of the file, hex.
        error_code: Why the platform did not give it, or "".
        modality: From its header, as are the two that follow.
    """

    id: int
    examination_id: int
    series: int
    number: int
    is_cached: bool = False
    size_bytes: int = 0
    sha256: str = ""
    error_code: str = ""
    modality: str = ""
    series_title: str = ""
    instance_number: int | None = None
