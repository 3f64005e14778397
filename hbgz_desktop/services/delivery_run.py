"""One claimed delivery carried out to its end: sent, recorded, finished as what came of it says (DESIGN 5.5)."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import Delivery, DeliveryKind, Outcome
from hbgz_desktop.model.errors import (
    DatabaseBusyError,
    DiskFullError,
    HbgzError,
    SettingsError,
    StorageError,
)
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.retry import retry_delay
from hbgz_desktop.services.deletion_run import ask_to_delete
from hbgz_desktop.services.delivery_ends import (
    ExchangeKeeper,
    ImagesRefusedError,
    OutdatedError,
    SendFailedError,
    StoppedError,
    UnrecordedError,
)
from hbgz_desktop.services.image_delivery import ImageDelivery
from hbgz_desktop.services.platform_adapter import (
    ExaminationView,
    FileToSend,
    PlatformAdapter,
    Sent,
)

if TYPE_CHECKING:
    from hbgz_desktop.services.leases import Leases
    from hbgz_desktop.services.upload_parts import UploadParts

LOG = logging.getLogger(__name__)
REPLAN_PAUSE = timedelta(seconds=1)
_MEETS_ALL = frozenset({"clock_went_back", "msgid_sequence", "secret_unreadable"})
"""Our own failures that would meet every delivery alike, as a missing setting does."""


class DeliveryRun:
    """Carries out claims; ``carry_out`` runs on uploader threads, concurrently."""

    def __init__(self, parts: UploadParts, leases: Leases, parallel: int) -> None:
        """Send with ``parallel`` requests at a time, of all deliveries together."""
        self._parts = parts
        self._settings = parts.settings
        self._queue = parts.queue
        self._leases = leases
        self._requests = threading.Semaphore(parallel)
        self._keeper = ExchangeKeeper(parts.queue, parts.states)
        self._images = ImageDelivery(parts, self._keeper, self._requests, parallel)

    def carry_out(self, delivery: Delivery) -> None:
        """Carry out one claim to its end, whatever it is.

        Where the end cannot be written down the claim is left to lapse, which remembers that what was
        being sent may have arrived.
        """
        stop = self._leases.hold(delivery)
        try:
            self._send(delivery, stop)
        except StoppedError as error:
            self._stopped(delivery, is_outdated=isinstance(error, OutdatedError))
        except UnrecordedError:
            LOG.warning("answer_not_recorded delivery=%d", delivery.id)
            return
        except SendFailedError as failed:
            self._failed(delivery, failed.sent)
        except ImagesRefusedError as refused:
            self._queue.finish(
                delivery, Outcome.FAILED, cause=refused.cause, answer_code=refused.answer_code
            )
        except HbgzError as error:
            self._broke(delivery, error)
        except Exception:
            LOG.exception("upload_bug delivery=%d kind=%s", delivery.id, delivery.kind.value)
            self._later(delivery, "internal_error")
        else:
            self._queue.finish(delivery, Outcome.DELIVERED)
        finally:
            self._leases.release(delivery)
        for one in self._queue.concerned(delivery.id, delivery.examination_id):
            self._parts.planner.advance(one)

    # -- sending

    def _send(self, delivery: Delivery, stop: threading.Event) -> None:
        adapter = self._parts.adapters[delivery.platform]
        view = self._parts.planner.view(delivery.examination_id)
        if view is None:
            raise StorageError("examination_gone", retryable=False)
        if self._queue.is_crossed(delivery):
            raise OutdatedError
        if delivery.kind is DeliveryKind.DELETION:
            self._delete(delivery, adapter, view)
        elif delivery.kind is DeliveryKind.RECORD:
            self._send_record(delivery, adapter, view)
        elif delivery.kind is DeliveryKind.IMAGES:
            self._images.send(delivery, adapter, view, stop)
        else:
            self._send_report(delivery, adapter, view)

    def _delete(self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView) -> None:
        with self._requests:
            answer = ask_to_delete(
                delivery, adapter, view, queue=self._queue, attempts=self._parts.attempts
            )
        self._keeper.keep(delivery, answer.sent, None, "", forgiven=answer.is_forgiven)

    def _send_record(
        self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView
    ) -> None:
        result = adapter.check(view)
        if result.content_digest != delivery.content_digest or not result.index_code:
            raise OutdatedError
        if result.has_errors:
            raise OutdatedError
        if not self._parts.examinations.freeze_index(view.id, delivery.platform, result.index_code):
            raise OutdatedError
        was_silent = self._parts.attempts.had_silence(delivery.id)
        with self._requests:
            sent = adapter.send_record(view, result)
        forgiven = sent.already and was_silent
        self._keeper.keep(delivery, sent, None, "", forgiven=forgiven, record=result.payload)

    def _send_report(
        self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView
    ) -> None:
        report = next((one for one in view.reports if one.id == delivery.part), None)
        if report is None or not report.path:
            raise OutdatedError
        if view.report_digest(adapter.index_code(view), report) != delivery.content_digest:
            raise OutdatedError
        file = FileToSend(self._parts.reports.absolute(report.path), report.size_bytes, report.md5)
        if not file.path.is_file():
            raise StorageError("upload_file_missing", retryable=False)
        with self._requests:
            sent = adapter.send_report(view, report, file)
        self._keeper.keep(delivery, sent, None, "", forgiven=sent.already)

    # -- what came of it

    def _stopped(self, delivery: Delivery, *, is_outdated: bool = False) -> None:
        """Back into the queue, or cancelled; what has to be planned anew waits a moment for that."""
        cancelled = self._queue.is_cancelled(delivery.id)
        self._queue.finish(
            delivery,
            Outcome.CANCELLED if cancelled else Outcome.STOPPED,
            next_attempt_at=datetime.now(UTC) + REPLAN_PAUSE if is_outdated else None,
            counts=False,
        )

    def _failed(self, delivery: Delivery, sent: Sent) -> None:
        error = sent.error
        if error is None or error.retryable or sent.is_platform_wide:
            self._transient(delivery, sent)
            return
        is_record = delivery.kind is DeliveryKind.RECORD and not sent.already
        if is_record:
            problem = Problem(
                "",
                "平台退回",
                "platform_refused",
                sent.attempt.message,
                Severity.ERROR,
                limit=sent.attempt.answer_code,
            )
            self._parts.examinations.set_problems(
                delivery.examination_id, delivery.platform, [problem], origin="platform"
            )
        self._finish(delivery, sent, Outcome.REFUSED if is_record else Outcome.FAILED)

    def _transient(self, delivery: Delivery, sent: Sent) -> None:
        if self._leases.is_ending:
            self._stopped(delivery)
            return
        cause, is_wide = sent.attempt.cause, sent.is_platform_wide
        if self._opens_breaker(delivery, cause, is_wide=is_wide, at_once=sent.is_outage):
            self._finish(delivery, sent, Outcome.TRANSIENT, counts=False)
            return
        if delivery.attempts + 1 >= self._settings().retry.max_attempts:
            self._finish(delivery, sent, Outcome.FAILED)
            return
        at = datetime.now(UTC) + self._delay(delivery, sent.retry_after_s)
        self._finish(delivery, sent, Outcome.TRANSIENT, next_attempt_at=at)

    def _opens_breaker(
        self, delivery: Delivery, cause: str, *, is_wide: bool, at_once: bool = False
    ) -> bool:
        upload = self._settings().upload
        return self._parts.states.failed(
            delivery.platform,
            cause,
            delivery_id=delivery.id,
            threshold=1 if at_once else upload.breaker_failures,
            probe_delay_s=upload.probe_delay_s,
            is_platform_wide=is_wide,
        )

    def _delay(self, delivery: Delivery, retry_after_s: float | None) -> timedelta:
        retry = self._settings().retry
        delay = retry_delay(
            delivery.attempts + 1,
            first_delay_s=retry.first_delay_s,
            max_delay_s=retry.max_delay_s,
        )
        return max(delay, timedelta(seconds=min(retry_after_s or 0.0, retry.max_delay_s)))

    def _finish(
        self,
        delivery: Delivery,
        sent: Sent,
        outcome: Outcome,
        *,
        next_attempt_at: datetime | None = None,
        counts: bool = True,
    ) -> None:
        self._queue.finish(
            delivery,
            outcome,
            cause=sent.attempt.cause,
            http_status=sent.attempt.http_status,
            answer_code=sent.attempt.answer_code,
            message=sent.attempt.message,
            next_attempt_at=next_attempt_at,
            counts=counts,
        )

    def _broke(self, delivery: Delivery, error: HbgzError) -> None:
        """Our own side failed before anything was sent."""
        LOG.warning("upload_failed delivery=%d code=%s", delivery.id, error.code)
        if isinstance(error, SettingsError) or error.code in _MEETS_ALL:
            self._opens_breaker(delivery, error.code, is_wide=True)
            self._later(delivery, error.code, counts=False)
        elif error.retryable:
            is_ours = isinstance(error, (DatabaseBusyError, DiskFullError))
            self._later(delivery, error.code, counts=not is_ours)
        else:
            self._queue.finish(delivery, Outcome.FAILED, cause=error.code)

    def _later(self, delivery: Delivery, cause: str, *, counts: bool = True) -> None:
        if self._leases.is_ending:
            self._stopped(delivery)
            return
        if counts and delivery.attempts + 1 >= self._settings().retry.max_attempts:
            self._queue.finish(delivery, Outcome.FAILED, cause=cause)
            return
        at = datetime.now(UTC) + self._delay(delivery, None)
        self._queue.finish(
            delivery, Outcome.TRANSIENT, cause=cause, next_attempt_at=at, counts=counts
        )
