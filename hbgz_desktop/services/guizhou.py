"""Guizhou as a ``PlatformAdapter``: check by ``guizhou_check``, sending by the client of 2.1 to 2.5 and by DICOM."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import sending_order
from hbgz_desktop.model.errors import NotAuthorisedError
from hbgz_desktop.platforms.guizhou.masking import mask_answer
from hbgz_desktop.platforms.guizhou.messages import ImageInfo
from hbgz_desktop.services.guizhou_check import PLATFORM, GuizhouCheck
from hbgz_desktop.services.guizhou_clients import PROBE_LIMIT_S, GuizhouClients
from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView, FileToSend, Sent
from hbgz_desktop.storage.attempts import NewAttempt
from hbgz_desktop.storage.content_digest import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.dicom.storage_scu import EchoResult
    from hbgz_desktop.model.delivery import DeliveryKind
    from hbgz_desktop.model.examination import StudyFacts
    from hbgz_desktop.model.record import Report
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.platforms.guizhou.messages import BatchResult
    from hbgz_desktop.services.message_numbers import MessageNumbers
    from hbgz_desktop.services.platform_adapter import ImagePush

_PATIENT_FIELDS = ("psnName", "certno", "tel", "fmAddr", "elecHlCardNo", "patnId", "optNo", "iptNo")
_THERE_WITHOUT_ECHO = frozenset({"context_refused", "echo_refused"})
"""It took the association, which is what sending needs."""
_PLATFORM_WIDE = frozenset(
    {
        "platform_dns",
        "platform_no_route",
        "platform_not_authorised",
        "platform_path_unknown",
        "platform_refused_connection",
        "platform_timeout_connect",
        "platform_tls",
    }
)
"""Failures that would meet every delivery alike; the others may lie in one record or file."""


class GuizhouAdapter:
    """Checks by ``checker``, sends by a client that follows settings and key."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        key: Callable[[], str],
        checker: GuizhouCheck,
        numbers: MessageNumbers,
    ) -> None:
        """Wire the parts; ``key`` unseals the secret."""
        self._settings = settings
        self._key = key
        self._checker = checker
        self._clients = GuizhouClients(settings, key, numbers)

    @property
    def platform(self) -> str:
        """``guizhou``."""
        return PLATFORM

    @property
    def sending_order(self) -> tuple[DeliveryKind, ...]:
        """As the settings say (G046, G071)."""
        return sending_order(self._settings().guizhou.send_order)

    def check(self, view: ExaminationView) -> CheckResult:
        """Map and check one record."""
        return self._checker.check(view)

    def send_record(self, view: ExaminationView, result: CheckResult) -> Sent:
        """2.1 saveExamRpotImgInfo."""
        with self._clients.lend() as client:
            exchange = client.save_exam_record(result.payload)
        return self._sent(view, exchange, 0)

    def send_image(self, view: ExaminationView, study: StudyFacts, file: FileToSend) -> Sent:
        """2.2 saveImgFile, one instance."""
        with self._clients.lend() as client:
            exchange = client.save_image(
                self.index_code(view),
                study.study_instance_uid,
                self._checker.accessions(view),
                file.path,
                file.size_bytes,
                file.md5,
                view.image_total,
            )
        return self._sent(view, exchange, file.size_bytes)

    def image_push(self, view: ExaminationView, study: StudyFacts) -> ImagePush | None:
        """By DICOM when the setting says so: 2.3 saveImgInfo, then C-STORE (G048, G075).

        Raises:
            SettingsError: Nobody said where the images go.
        """
        settings = self._settings()
        if settings.guizhou.image_transport != "dicom":
            return None
        # pynetdicom costs 300 ms: only who pushes pays for it
        from hbgz_desktop.services.guizhou_push import GuizhouPush

        return GuizhouPush.to_receiver(
            settings,
            partial(self._announce, view, study),
            lambda text: mask_answer(text, [*self._hidden(view), study.patient_id]),
        )

    def _announce(self, view: ExaminationView, study: StudyFacts) -> Sent:
        info = ImageInfo(
            self.index_code(view),
            study.study_instance_uid,
            self._checker.accessions(view),
            view.image_total,
        )
        with self._clients.lend() as client:
            exchange = client.save_image_info(info)
        sent = self._sent(view, exchange, 0)
        return replace(sent, attempt=replace(sent.attempt, content=content_digest(astuple(info))))

    def send_report(self, view: ExaminationView, report: Report, file: FileToSend) -> Sent:
        """2.4 saveRptFile, one PDF."""
        uid = view.studies[0].study_instance_uid if view.studies else view.record.keys.study_uid
        with self._clients.lend() as client:
            exchange = client.save_report(
                self.index_code(view), uid, report.rpot_no, file.path, file.size_bytes, file.md5
            )
        return self._sent(view, exchange, file.size_bytes)

    def delete_index(self, view: ExaminationView, index_code: str) -> Sent:
        """2.5 deleteExamRpotImgIndxInfo, one index: its own answer counts (G052)."""
        with self._clients.lend() as client:
            result = client.delete_indexes([index_code])
        answer, exchange = result.answers[0], result.exchanges[0]
        own = replace(
            exchange,
            accepted=answer.accepted,
            answer_code=exchange.answer_code if answer.flag is None else answer.flag,
            message=answer.message,
            already=answer.already,
            error=answer.error,
        )
        return self._sent(view, own, 0, hidden=(index_code, *index_code.split("-")[1:2]))

    def delete_indexes(self, index_codes: Sequence[str]) -> BatchResult:
        """2.5 for several indexes at once, outside the queue; each has its own answer (G052)."""
        with self._clients.lend() as client:
            return client.delete_indexes(index_codes)

    def probe(self) -> tuple[bool, float, str]:
        """Ask whether anything answers at the address, and at the image receiver where there is one."""
        result = self._clients.probe()
        cause = result.error.code if result.error else ""
        if result.reachable and self._settings().guizhou.image_transport == "dicom":
            receiver = self.probe_receiver()
            is_there = receiver.ok or receiver.detail_code in _THERE_WITHOUT_ECHO
            return is_there, receiver.elapsed_ms, "" if is_there else receiver.detail_code
        return result.reachable, float(result.elapsed_ms), cause

    def probe_receiver(self) -> EchoResult:
        """C-ECHO to the image receiver of the front end: it answers; not that it takes every image.

        Raises:
            SettingsError: Nobody said where it is.
        """
        from hbgz_desktop.services.guizhou_push import echo_receiver  # as in image_push

        return echo_receiver(self._settings(), PROBE_LIMIT_S)

    def clock_offset_s(self) -> float | None:
        """How far our clock is ahead of the platform's, by its Date header; None when it gives none."""
        text = self._clients.probe().server_date
        try:
            then = parsedate_to_datetime(text)
        except ValueError:
            return None
        return (datetime.now(UTC) - then).total_seconds() if then.tzinfo else None

    def index_code(self, view: ExaminationView) -> str:
        """The index under which the examination's files go."""
        return self._checker.frozen_index(view.id)

    def close(self) -> None:
        """Close the connections."""
        self._clients.close()

    def _sent(
        self,
        view: ExaminationView,
        exchange: Exchange,
        size_bytes: int,
        hidden: tuple[str, ...] = (),
    ) -> Sent:
        hidden = (*hidden, *self._hidden(view))
        error = exchange.error
        elapsed = (exchange.finished_at - exchange.started_at).total_seconds() * 1000
        attempt = NewAttempt(
            delivery_id=0,
            instance_id=None,
            token=0,
            started_at=exchange.started_at,
            finished_at=exchange.finished_at,
            service=exchange.service,
            msgid=exchange.msgid,
            http_status=exchange.http_status,
            answer_code=exchange.answer_code or "",
            message=mask_answer(exchange.message, hidden),
            outcome=_outcome(exchange),
            cause=error.code if error else "",
            answer=mask_answer(exchange.answer_text, hidden),
            size_bytes=size_bytes,
        )
        wide = error is not None and error.code in _PLATFORM_WIDE
        return Sent(attempt, error, exchange.already, wide, exchange.retry_after_s, elapsed)

    def _hidden(self, view: ExaminationView) -> list[str]:
        """What no kept answer may show: the key, and who the patient is."""
        return [self._key(), *(view.record.fields.get(name, "") for name in _PATIENT_FIELDS)]


def _outcome(exchange: Exchange) -> str:
    if exchange.error is None:
        return "accepted"
    if isinstance(exchange.error, NotAuthorisedError):
        return "unauthorised"
    return "transient" if exchange.error.retryable else "refused"
