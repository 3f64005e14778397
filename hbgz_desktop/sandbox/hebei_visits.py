"""The visits the simulated Hebei platform knows, their pages, and what was recognised on them.

A visit is one patient's authorisation in one organisation (2.2.3.3); its number may become known
later (H053), its time never changes (H076). Facts go to the ledger sealed: names and numbers of
patients lie on disk as ciphertext only.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hbgz_desktop.sandbox.hebei_fields import Body
    from hbgz_desktop.sandbox.hebei_results import SharedResults, SharedStudy, SharedValue

RECOGNISED: Final = "1"
REFUSED: Final = "2"
# The document names no reasons (H060). These are the sandbox's own codes for the cases in which
# 国卫医发 2022 年 6 号 lets a physician examine again.
REASONS: Final[Mapping[str, str]] = {
    "1": "因病情变化，结果与临床表现、疾病诊断不符",
    "2": "结果在疾病发展演变过程中变化较快",
    "3": "项目对疾病诊疗意义重大",
    "4": "患者处于急诊、急救等紧急状态",
    "5": "涉及司法、伤残及病退等鉴定",
    "6": "其他情形确需复查",
}
KEPT_MEMBERS: Final = ("patientId", "patientName", "phoneNo")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a physician decided about one result; ``reason`` is a code of REASONS when refused."""

    key: str
    is_recognised: bool
    reason: str = ""


@dataclass(slots=True)
class SharedPage:
    """One answer of hrPage with something to show.

    Attributes:
        number: Of the page, counted from 1.
        ticket: The one-time word in its address.
        session: What the opened page shows when it is finished; not in the address.
        opened: How often its exact address was asked for.
    """

    number: int
    visit: Visit
    results: SharedResults
    ticket: str
    session: str
    opened: int = 0
    is_finished: bool = False

    def keys(self) -> tuple[str, ...]:
        """Return the keys of everything on it, in the order shown."""
        return tuple(one.key for one in self.results.each())


@dataclass(slots=True)
class Visit:
    """One visit of one patient, in one organisation."""

    number: int
    org_code: str
    id_no: str
    visit_time: str
    visit_no: str = ""
    known: dict[str, str] = field(default_factory=dict)
    page_requests: int = 0
    shared: int = 0
    decisions: dict[str, Decision] = field(default_factory=dict)
    studies: dict[str, SharedStudy] = field(default_factory=dict)
    values: dict[str, SharedValue] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A name for control answers and logs that tells nobody who it is."""
        text = f"{self.org_code}|{self.id_no}|{self.visit_time}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def recognised_codes(self, kind: str) -> frozenset[str]:
        """Return the item codes recognised so far, of ``studyItem`` or ``labItem``."""
        results: Mapping[str, SharedStudy | SharedValue] = (
            self.studies if kind == "studyItem" else self.values
        )
        return frozenset(
            one.code
            for one in results.values()
            if one.key in self.decisions and self.decisions[one.key].is_recognised
        )


class VisitBook:
    """All visits and pages. The caller holds one lock around every call."""

    def __init__(self) -> None:
        """Begin empty."""
        self._visits: list[Visit] = []
        self._pages: list[SharedPage] = []

    def authorise(self, org_code: str, body: Body) -> Visit:
        """Keep an authorisation of 2.2.3.3; the same one again changes nothing.

        Raises:
            RuleBrokenError: VISIT_TIME_DIFFERS, PATIENT_DIFFERS.
        """
        visit_no, visit_time = body.text("visitNo"), body.text("visitTime")
        for visit in self._of(org_code, body.text("idNo")):
            if visit_no and visit.visit_no == visit_no and visit.visit_time != visit_time:
                raise RuleBrokenError(Rule.VISIT_TIME_DIFFERS, "visitTime")
            if visit.visit_time == visit_time and _fits(visit.visit_no, visit_no):
                _learn(visit, body)
                return visit
        visit = Visit(
            len(self._visits) + 1, org_code, body.text("idNo"), visit_time, visit_no=visit_no
        )
        _learn(visit, body)
        self._visits.append(visit)
        return visit

    def find(self, org_code: str, body: Body) -> Visit:
        """Return the visit a call of 2.2.3.4 to 2.2.3.6 is about.

        Raises:
            RuleBrokenError: PATIENT_NOT_AUTHORISED, VISIT_UNKNOWN, VISIT_TIME_DIFFERS or
                PATIENT_DIFFERS.
        """
        visit_no, visit_time = body.text("visitNo"), body.text("visitTime")
        visits = self._of(org_code, body.text("idNo"))
        if not visits:
            raise RuleBrokenError(Rule.PATIENT_NOT_AUTHORISED, "idNo")
        named = [one for one in visits if one.visit_no == visit_no]
        named += [one for one in visits if not one.visit_no]
        if not named:
            raise RuleBrokenError(Rule.VISIT_UNKNOWN, "visitNo")
        timed = [one for one in named if visit_time in ("", one.visit_time)]
        if not timed:
            raise RuleBrokenError(Rule.VISIT_TIME_DIFFERS, "visitTime")
        _learn(timed[0], body)
        return timed[0]

    def add_page(self, visit: Visit, results: SharedResults) -> SharedPage | None:
        """Count a call of hrPage; a page comes of it only when there is something to show."""
        visit.page_requests += 1
        count = len(results.studies) + len(results.values)
        visit.shared += count
        if not count:
            return None
        visit.studies |= {one.key: one for one in results.studies}
        visit.values |= {one.key: one for one in results.values}
        page = SharedPage(
            number=len(self._pages) + 1,
            visit=visit,
            results=results,
            ticket=secrets.token_hex(24),
            session=secrets.token_hex(24),
        )
        self._pages.append(page)
        return page

    def open(self, ticket: str) -> SharedPage:
        """Count an opening of a page.

        Raises:
            RuleBrokenError: TICKET_UNKNOWN, or TICKET_USED from the second time on.
        """
        page = self._page_with("ticket", ticket)
        page.opened += 1
        if page.opened > 1:
            raise RuleBrokenError(Rule.TICKET_USED)
        return page

    def page_of(self, session: str) -> SharedPage:
        """Return the page an opened window belongs to; RuleBrokenError: TICKET_UNKNOWN."""
        return self._page_with("session", session)

    def finish(self, page: SharedPage, decisions: tuple[Decision, ...]) -> None:
        """Keep what was decided on a page; every result on it wants a decision.

        Raises:
            RuleBrokenError: PAGE_NOT_OPENED, PAGE_FINISHED, DECISION_UNKNOWN, DECISION_MISSING,
                REASON_MISSING, REASON_UNKNOWN.
        """
        if not page.opened:
            raise RuleBrokenError(Rule.PAGE_NOT_OPENED)
        if page.is_finished:
            raise RuleBrokenError(Rule.PAGE_FINISHED)
        keys = page.keys()
        for decision in decisions:
            if decision.key not in keys:
                raise RuleBrokenError(Rule.DECISION_UNKNOWN)
            if not decision.is_recognised and not decision.reason:
                raise RuleBrokenError(Rule.REASON_MISSING)
            if not decision.is_recognised and decision.reason not in REASONS:
                raise RuleBrokenError(Rule.REASON_UNKNOWN)
        if {decision.key for decision in decisions} != set(keys):
            raise RuleBrokenError(Rule.DECISION_MISSING)
        page.is_finished = True
        page.visit.decisions |= {one.key: one for one in decisions}

    def visits(self) -> tuple[Visit, ...]:
        """Return all visits, oldest first."""
        return tuple(self._visits)

    def pages(self) -> tuple[SharedPage, ...]:
        """Return all pages, oldest first."""
        return tuple(self._pages)

    def study(self, key: str) -> SharedStudy | None:
        """Return a study some page has shown."""
        return next((one.studies[key] for one in self._visits if key in one.studies), None)

    def report(self, key: str) -> tuple[SharedValue, ...]:
        """Return the values of a laboratory report some page has shown."""
        for visit in self._visits:
            values = tuple(one for one in visit.values.values() if one.report_key == key)
            if values:
                return values
        return ()

    def forget(self) -> None:
        """Begin anew."""
        self._visits.clear()
        self._pages.clear()

    def _of(self, org_code: str, id_no: str) -> list[Visit]:
        return [one for one in self._visits if (one.org_code, one.id_no) == (org_code, id_no)]

    def _page_with(self, name: str, secret: str) -> SharedPage:
        found: Iterator[SharedPage] = (
            page
            for page in self._pages
            if secrets.compare_digest(getattr(page, name).encode(), secret.encode("utf-8"))
        )
        page = next(found, None)
        if page is None:
            raise RuleBrokenError(Rule.TICKET_UNKNOWN)
        return page


def _fits(known: str, given: str) -> bool:
    return not known or not given or known == given


def _learn(visit: Visit, body: Body) -> None:
    """Compare what is told with what was told before, then keep what is new."""
    for code in KEPT_MEMBERS:
        told = body.text(code)
        if told and visit.known.get(code, told) != told:
            raise RuleBrokenError(Rule.PATIENT_DIFFERS, code)
    visit.known |= {code: body.text(code) for code in KEPT_MEMBERS if body.text(code)}
    visit.visit_no = visit.visit_no or body.text("visitNo")
