"""跨院调阅: whom and why, what other hospitals have of them, and their images (V1.4, 2.6–2.8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hbgz_desktop.model.audit import FAILED, OK
from hbgz_desktop.model.errors import HbgzError, UsageError
from hbgz_desktop.model.other_hospitals import (
    OutsideExamination,
    OutsideQuestion,
    allowed_hosts,
    outside_row,
)
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.platforms.code_list import split_list
from hbgz_desktop.platforms.guizhou.cache_address import cache_address
from hbgz_desktop.platforms.guizhou.messages import IndexQuery, SharedExamination
from hbgz_desktop.services.guizhou_check import PLATFORM
from hbgz_desktop.services.outside_fetch import FetchParts, FetchReport, ImageFetch, keep_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.other_hospitals import (
        OutsideImage,
        OutsideLink,
        OutsideLook,
        OutsideRow,
    )
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.services.audit import Audit
    from hbgz_desktop.services.guizhou_clients import GuizhouClients
    from hbgz_desktop.services.outside_cache import OutsideCache
    from hbgz_desktop.storage.outside_files import OutsideFiles
    from hbgz_desktop.storage.outside_images import OutsideImageStore
    from hbgz_desktop.storage.outside_looks import OutsideLookStore
    from hbgz_desktop.storage.platform_state import PlatformStates

RECENT = 30


class OutsideParts(NamedTuple):
    """What the database and the disk hold for it."""

    looks: OutsideLookStore
    images: OutsideImageStore
    files: OutsideFiles
    cache: OutsideCache


class Findings(NamedTuple):
    """An answer of 2.6 as a page shows it."""

    look: OutsideLook
    rows: tuple[OutsideRow, ...]


class OtherHospitals:
    """Asks, lists, fetches and opens; every one of these leaves an audit row with its reason. Blocks; any thread.

    Nothing of it can be uploaded: rows and files are of their own, and the queue knows neither.

    Attributes:
        cache: What was fetched.
    """

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        parts: OutsideParts,
        clients: GuizhouClients,
        states: PlatformStates,
        standard: Standard,
        accounts: Accounts,
        audit: Audit,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._looks = parts.looks
        self._images = parts.images
        self.cache = parts.cache
        self._clients = clients
        self._states = states
        self._part_names = standard.code_set("examPart").names()
        self._accounts = accounts
        self._audit = audit
        self._fetching = FetchParts(
            settings, clients, parts.images, parts.files, parts.cache, self._answered
        )

    # Asking

    def search(self, question: OutsideQuestion, reason: str) -> Findings:
        """Ask for a person's examinations in other hospitals (2.6); network.

        Raises:
            AccountError: ``action_not_permitted``.
            UsageError: ``outside_values`` (an error in the values; ``OutsideQuestion.problems`` has them).
            SettingsError: Address, code or key is missing.
            PlatformError: The platform refused or did not answer.
        """
        operator = self._accounts.require("outside_searched")
        wrong = [one.field for one in question.problems(reason) if one.severity is Severity.ERROR]
        if wrong:
            raise UsageError("outside_values", fields=", ".join(dict.fromkeys(wrong)))
        look = self._looks.add(question, operator.name, reason.strip())
        try:
            found = self._ask(question)
        except HbgzError as error:
            self._looks.failed(look.id, error.code)
            self._note_look("outside_searched", look, error)
            raise
        exams = self._looks.answered(look.id, found)
        self._note_look("outside_searched", look, found=len(exams))
        return Findings(self._looks.look(look.id), self._rows(exams))

    def _ask(self, question: OutsideQuestion) -> tuple[OutsideExamination, ...]:
        with self._clients.lend() as client:
            answer = client.query_indexes(
                IndexQuery(
                    cert_type=question.cert_type.strip(),
                    cert_no=question.cert_no.strip(),
                    name=question.name.strip(),
                    begin=question.begin,
                    end=question.end,
                )
            )
        self._answered(answer.exchange)
        if answer.exchange.error is not None:
            raise answer.exchange.error
        return tuple(_kept(one) for one in answer.rows)

    def recent(self, since: datetime) -> tuple[OutsideLook, ...]:
        """This operator's own looks since a moment, newest first; no audit row: nothing is looked at yet."""
        return self._looks.recent(self._accounts.current().name, since, RECENT)

    def is_fresh(self, look: OutsideLook) -> bool:
        """True while its answer may be looked at again without asking the platform."""
        minutes = self._settings().other_hospitals.fresh_minutes
        return datetime.now(UTC) - look.asked_at < timedelta(minutes=minutes)

    def reopen(self, look_id: int) -> Findings:
        """Look again at what a look found; the platform is asked only when the answer is no longer fresh.

        Raises:
            UsageError: ``outside_look_unknown``, also for another operator's look.
            StorageError: ``secret_unreadable``.
            PlatformError: As ``search``.
        """
        operator = self._accounts.require("outside_reopened")
        look = self._looks.look(look_id)
        if look.operator != operator.name or look.question is None:
            raise UsageError("outside_look_unknown", look=look_id)
        if not self.is_fresh(look):
            return self.search(look.question, look.reason)
        exams = self._looks.found_by(look.id)
        self._note_look("outside_reopened", look, found=len(exams))
        return Findings(look, self._rows(exams))

    def by_index(self, index_code: str, reason: str) -> OutsideRow:
        """The examination of an index code, whether or not it was found by a question.

        Raises:
            UsageError: ``outside_values`` without index or reason.
        """
        operator = self._accounts.require("outside_listed")
        text = index_code.strip()
        known = self._looks.by_index(text) if text else None
        if known is not None and (not reason.strip() and self._reason(known.id)):
            return self.row(known.id)
        wrong = [one.field for one in OutsideQuestion(cert_no=text).problems(reason)]
        if "reason" in wrong or not text:
            raise UsageError("outside_values", fields="reason" if text else "hiImgIndx")
        exam = known or _bare(text)
        look = self._looks.add(None, operator.name, reason.strip())
        (kept,) = self._looks.answered(look.id, (exam,))
        return self.row(kept.id)

    # One examination

    def row(self, examination_id: int) -> OutsideRow:
        """An examination as it stands now.

        Raises:
            UsageError: ``outside_examination_unknown``: it was cleared meanwhile.
        """
        (row,) = self._rows((self._looks.examination(examination_id),))
        return row

    def rows(self, ids: Sequence[int]) -> tuple[OutsideRow, ...]:
        """Examinations as they stand now, in any order; those that were cleared are left out."""
        return self._rows(self._looks.examinations(ids))

    def list_images(self, examination_id: int) -> OutsideRow:
        """Ask which images there are (2.7); network.

        Raises:
            UsageError: ``outside_examination_unknown``, ``outside_not_fetchable``.
            PlatformError: The platform refused or did not answer; ``outside_list_too_long``.
        """
        self._accounts.require("outside_listed")
        row = self._fetchable(examination_id)
        try:
            keep_list(self._fetching, row.exam, row.address)
        except HbgzError as error:
            self._note("outside_listed", row.exam, error)
            raise
        row = self.row(examination_id)
        self._note("outside_listed", row.exam, images=row.exam.image_total)
        return row

    def images(self, examination_id: int) -> tuple[OutsideImage, ...]:
        """Images of the list, in order."""
        return self.cache.images(examination_id)

    def fetching(self, examination_id: int) -> ImageFetch:
        """Prepare fetching all images that are missing; the audit row is written now.

        Raises:
            UsageError: ``outside_examination_unknown``, ``outside_not_fetchable``.
        """
        self._accounts.require("outside_fetched")
        row = self._fetchable(examination_id)
        self._note("outside_fetched", row.exam, cached=row.exam.cached, of=row.exam.image_total)
        return ImageFetch(self._fetching, row.exam, row.address)

    def note_fetched(self, examination_id: int, report: FetchReport) -> None:
        """Write down how a fetch ended that did not bring everything."""
        if not report.is_complete:
            exam = self._looks.examination(examination_id)
            facts = {"cached": report.cached, "of": report.total, "stopped": report.is_stopped}
            code = report.error.code if report.error is not None else "outside_images_refused"
            error = None if report.is_stopped else UsageError(code)
            self._note("outside_fetched", exam, error, **facts)

    def fetch(self, examination_id: int) -> FetchReport:
        """Fetch all images that are missing, blocking until it is over; network. Raises as ``fetching``."""
        report = self.fetching(examination_id).run()
        self.note_fetched(examination_id, report)
        self.cache.release(examination_id)
        return report

    def note_exported(self, examination_id: int, files: int) -> None:
        """Images were copied out of the program."""
        self._accounts.require("outside_exported")
        self._note("outside_exported", self._looks.examination(examination_id), files=files)

    def note_viewed(self, examination_id: int) -> None:
        """Somebody opens the viewer on an examination's images."""
        self._accounts.require("outside_viewed")
        self._note("outside_viewed", self._looks.examination(examination_id))

    def open_link(self, examination_id: int, kind: str, open_page: Callable[[str], bool]) -> None:
        """Open a page of the other hospital in the browser, if its host is allowed (DESIGN 11).

        Args:
            examination_id: Ours.
            kind: ``report``, ``viewer`` or ``download``.
            open_page: Opens an address in the default browser; False when it cannot.

        Raises:
            UsageError: ``outside_link_refused``, ``page_not_opened``.
        """
        self._accounts.require("outside_link_opened")
        row = self.row(examination_id)
        link: OutsideLink = {"report": row.report, "viewer": row.viewer}.get(kind, row.download)
        error: UsageError | None = None
        if not link.is_open:
            error = UsageError("outside_link_refused", setting="other_hospitals.link_hosts")
        elif not open_page(link.url):
            error = UsageError("page_not_opened")
        self._note("outside_link_opened", row.exam, error, link=kind, host=link.host)
        if error is not None:
            raise error

    def clear_cache(self) -> int:
        """Empty the cache of what nobody looks at; returns how many bytes went."""
        self._accounts.require("outside_cache_emptied")
        freed = self.cache.clear()
        self._audit.record("outside_cache_emptied", kind="outside_cache", bytes=freed)
        return freed

    # Inside

    def _fetchable(self, examination_id: int) -> OutsideRow:
        row = self.row(examination_id)
        if not row.may_fetch:
            raise UsageError("outside_not_fetchable", examination=examination_id)
        return row

    def _rows(self, exams: Sequence[OutsideExamination]) -> tuple[OutsideRow, ...]:
        settings = self._settings()
        base_url, configured = settings.guizhou.base_url, settings.other_hospitals.link_hosts
        hosts = allowed_hosts(base_url, configured)
        return tuple(
            outside_row(
                one,
                self._part(one.exam_part),
                hosts,
                cache_address(one.download_url, base_url, configured),
            )
            for one in exams
        )

    def _part(self, codes: str) -> str:
        """Body parts in words (3.6); zeros say nothing (G034), an unknown code stands for itself."""
        parts = [one for one in split_list(codes) if one.strip("0")]
        return " / ".join(self._part_names.get(one, one) for one in parts)

    def _reason(self, examination_id: int) -> str:
        """Why it is looked at: the newest question that found it, while it is fresh."""
        minutes = self._settings().other_hospitals.fresh_minutes
        since = datetime.now(UTC) - timedelta(minutes=minutes)
        look = self._looks.last_of(examination_id, self._accounts.current().name, since)
        return "" if look is None else look.reason

    def _answered(self, exchange: Exchange) -> None:
        if exchange.http_status is not None and (
            exchange.error is None or not exchange.error.retryable
        ):
            elapsed = exchange.finished_at - exchange.started_at
            self._states.note_answer(PLATFORM, elapsed.total_seconds() * 1000)

    def _note_look(
        self, action: str, look: OutsideLook, error: HbgzError | None = None, **facts: Any
    ) -> None:
        whom = look.question.masked if look.question is not None else ""
        self._record(action, "outside_look", look.id, look.reason, whom, error, facts)

    def _note(
        self, action: str, exam: OutsideExamination, error: HbgzError | None = None, **facts: Any
    ) -> None:
        look = self._looks.last_of(exam.id, self._accounts.current().name)
        reason, whom = "", exam.masked
        if look is not None:
            facts["look"], reason = look.id, look.reason
            whom = look.question.masked if look.question is not None else exam.masked
        facts["hospital"] = exam.hospital_code
        self._record(action, "outside_examination", exam.id, reason, whom, error, facts)

    def _record(
        self,
        action: str,
        kind: str,
        key: int,
        reason: str,
        whom: str,
        error: HbgzError | None,
        facts: dict[str, Any],
    ) -> None:
        if error is not None:
            facts["error"] = error.code
        outcome = OK if error is None else FAILED
        self._audit.record(
            action, kind=kind, key=key, outcome=outcome, reason=reason, patient=whom, **facts
        )


def _bare(index_code: str) -> OutsideExamination:
    """What an index code says by itself."""
    cert_type, _, rest = index_code.partition("-")
    return OutsideExamination(
        id=0,
        index_code=index_code,
        cert_type=cert_type,
        cert_no=rest.partition("-")[0],
        is_bare=True,
    )


def _kept(row: SharedExamination) -> OutsideExamination:
    return OutsideExamination(
        id=0,
        index_code=row.index_code,
        name=row.name,
        cert_type=row.cert_type,
        cert_no=row.cert_no,
        hospital_code=row.fixmedins_code,
        hospital=row.fixmedins_name,
        exam_date=row.exam_date,
        exam_part=row.exam_part,
        report_url=row.report_url,
        viewer_url=row.viewer_url,
        download_url=row.download_url,
    )
