"""Uploaders: claim, send, record. Fencing decides; a late result is recorded and dropped (DESIGN 5.5)."""

from __future__ import annotations

import logging
import os
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import Delivery, DeliveryItem, DeliveryKind, Outcome
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.model.retry import retry_delay
from hbgz_desktop.services.leases import Leases
from hbgz_desktop.services.platform_adapter import (
    ExaminationView,
    FileToSend,
    PlatformAdapter,
    Sent,
)
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.attempts import AttemptLog
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.platform_state import PlatformStates
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)
IDLE_S = 1.0
OWNER_PREFIX = "engine"


class StoppedError(Exception):
    """The delivery has to end after the current file."""


class SendFailedError(Exception):
    """A request did not succeed; ``sent`` says how."""

    def __init__(self, sent: Sent) -> None:
        """Keep what came of the request."""
        super().__init__(sent.attempt.cause)
        self.sent = sent


class Uploaders:
    """``upload.parallel`` threads over one queue, and at most as many requests at a time."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        queue: DeliveryQueue,
        attempts: AttemptLog,
        examinations: ExaminationStore,
        states: PlatformStates,
        planner: Planner,
        adapters: Mapping[str, PlatformAdapter],
        images: Spool,
        reports: Spool,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._queue = queue
        self._attempts = attempts
        self._examinations = examinations
        self._states = states
        self._planner = planner
        self._adapters = adapters
        self._images = images
        self._reports = reports
        self._parallel = settings().upload.parallel
        self._requests = threading.Semaphore(self._parallel)
        self._owner = f"{OWNER_PREFIX}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self._leases = Leases(queue, lambda: self._settings().upload.lease_s)
        self._workers = [
            Worker(f"uploader-{number}", self._step) for number in range(1, self._parallel + 1)
        ]
        self._probe = Worker("probe", self._probe_step)

    def start(self) -> None:
        """Start the threads."""
        self._leases.worker.start()
        self._probe.start()
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """Stop after the files now on their way."""
        for worker in (*self._workers, self._probe):
            worker.stop()
        self._leases.stop_all()
        for worker in (*self._workers, self._probe, self._leases.worker):
            worker.join()

    def wake(self) -> None:
        """Something may be due."""
        for worker in self._workers:
            worker.wake()

    def _step(self) -> float:
        settings = self._settings()
        delivery = self._queue.claim(
            self._owner,
            lease_s=settings.upload.lease_s,
            platforms=[one for one in settings.enabled_platforms() if one in self._adapters],
        )
        if delivery is None:
            return IDLE_S
        self.run(delivery)
        return 0.0

    def run(self, delivery: Delivery) -> None:
        """Carry out one claim to its end, whatever it is."""
        adapter = self._adapters[delivery.platform]
        stop = self._leases.hold(delivery)
        try:
            view = self._planner.view(delivery.examination_id)
            if view is None:
                self._queue.finish(delivery, Outcome.FAILED, cause="examination_gone")
                return
            self._send(delivery, adapter, view, stop)
            self._queue.finish(delivery, Outcome.DELIVERED)
        except StoppedError:
            self._stopped(delivery)
        except SendFailedError as failed:
            self._failed(delivery, failed.sent)
        except HbgzError as error:
            self._broke(delivery, error)
        except Exception:
            LOG.exception("upload_bug delivery=%d kind=%s", delivery.id, delivery.kind.value)
            self._later(delivery, "internal_error")
        finally:
            self._leases.release(delivery)
        self._planner.advance(delivery.examination_id)

    def _send(
        self,
        delivery: Delivery,
        adapter: PlatformAdapter,
        view: ExaminationView,
        stop: threading.Event,
    ) -> None:
        if delivery.kind is DeliveryKind.RECORD:
            self._send_record(delivery, adapter, view)
        elif delivery.kind is DeliveryKind.IMAGES:
            self._send_images(delivery, adapter, view, stop)
        else:
            self._send_report(delivery, adapter, view)

    def _send_record(
        self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView
    ) -> None:
        result = adapter.check(view)
        if result.content_digest != delivery.content_digest or not result.index_code:
            raise StoppedError
        self._examinations.freeze_index(view.id, delivery.platform, result.index_code)
        was_silent = self._attempts.had_silence(delivery.id)
        with self._requests:
            sent = adapter.send_record(view, result)
        self._keep(delivery, sent, None, "", forgiven=sent.already and was_silent)

    def _send_images(
        self,
        delivery: Delivery,
        adapter: PlatformAdapter,
        view: ExaminationView,
        stop: threading.Event,
    ) -> None:
        items = self._queue.open_items(delivery.id)
        study = next((one for one in view.studies if one.id == delivery.part), None)
        if study is None:
            raise StoppedError
        failed = threading.Event()

        def send(item: DeliveryItem) -> None:
            if failed.is_set() or stop.is_set():
                raise StoppedError
            file = FileToSend(self._images.absolute(item.path), item.size_bytes, item.md5)
            try:
                with self._requests:
                    sent = adapter.send_image(view, study, file)
                self._keep(delivery, sent, item.instance_id, item.md5, forgiven=sent.already)
            except BaseException:
                failed.set()
                raise

        if len(items) < 2 or self._parallel < 2:
            for item in items:
                send(item)
            return
        with ThreadPoolExecutor(
            min(self._parallel, len(items)), thread_name_prefix=f"hbgz-images-{delivery.id}"
        ) as pool:
            results = [pool.submit(send, item) for item in items]
        errors = [error for one in results if (error := one.exception()) is not None]
        if errors:
            raise next((one for one in errors if not isinstance(one, StoppedError)), errors[0])

    def _send_report(
        self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView
    ) -> None:
        report = next((one for one in view.reports if one.id == delivery.part), None)
        if report is None or not report.path:
            raise StoppedError
        file = FileToSend(self._reports.absolute(report.path), report.size_bytes, report.md5)
        with self._requests:
            sent = adapter.send_report(view, report, file)
        self._keep(delivery, sent, None, "", forgiven=sent.already)

    def _keep(
        self, delivery: Delivery, sent: Sent, instance_id: int | None, md5: str, *, forgiven: bool
    ) -> None:
        """Record one exchange; raise unless the platform has it.

        ``forgiven``: it says it had it before, and that is success here (G046; after a silence also 2.1).
        """
        passing("upload.after_answer")
        is_there = sent.error is None or forgiven
        attempt = replace(
            sent.attempt,
            delivery_id=delivery.id,
            token=delivery.token,
            instance_id=instance_id,
            outcome="accepted" if is_there else sent.attempt.outcome,
        )
        ours = self._queue.record_exchange(delivery, attempt, confirmed_md5=md5 if is_there else "")
        passing("upload.after_row")
        if not ours:
            raise StoppedError
        if not is_there:
            raise SendFailedError(sent)
        self._states.note_answer(delivery.platform, sent.elapsed_ms)

    def _stopped(self, delivery: Delivery) -> None:
        cancelled = self._queue.is_cancelled(delivery.id)
        self._queue.finish(
            delivery, Outcome.CANCELLED if cancelled else Outcome.STOPPED, counts=False
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
            self._examinations.set_problems(
                delivery.examination_id, delivery.platform, [problem], origin="platform"
            )
        self._finish(delivery, sent, Outcome.REFUSED if is_record else Outcome.FAILED)

    def _transient(self, delivery: Delivery, sent: Sent) -> None:
        settings = self._settings()
        is_open = self._states.failed(
            delivery.platform,
            sent.attempt.cause,
            delivery_id=delivery.id,
            threshold=settings.upload.breaker_failures,
            probe_delay_s=settings.upload.probe_delay_s,
            is_platform_wide=sent.is_platform_wide,
        )
        if is_open:
            self._finish(delivery, sent, Outcome.TRANSIENT, counts=False)
            return
        if delivery.attempts + 1 >= settings.retry.max_attempts:
            self._finish(delivery, sent, Outcome.FAILED)
            return
        delay = self._delay(delivery, sent.retry_after_s)
        self._finish(delivery, sent, Outcome.TRANSIENT, next_attempt_at=datetime.now(UTC) + delay)

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
        """Our own side failed (a file is gone, a setting is missing, the disk is full)."""
        LOG.warning("upload_failed delivery=%d code=%s", delivery.id, error.code)
        if error.retryable:
            self._later(delivery, error.code)
        else:
            self._queue.finish(delivery, Outcome.FAILED, cause=error.code)

    def _later(self, delivery: Delivery, cause: str) -> None:
        if delivery.attempts + 1 >= self._settings().retry.max_attempts:
            self._queue.finish(delivery, Outcome.FAILED, cause=cause)
            return
        at = datetime.now(UTC) + self._delay(delivery, None)
        self._queue.finish(delivery, Outcome.TRANSIENT, cause=cause, next_attempt_at=at)

    def _probe_step(self) -> float:
        """While a breaker is open: look lightly whether the platform answers again."""
        settings = self._settings()
        for platform in settings.enabled_platforms():
            health = self._states.health(platform)
            adapter = self._adapters.get(platform)
            due = health.next_probe_at is not None and health.next_probe_at <= datetime.now(UTC)
            if adapter is None or health.opened_at is None or not due:
                continue
            reachable, elapsed_ms, cause = adapter.probe()
            if reachable:
                self._states.answered(platform, elapsed_ms, is_probe=True)
                self.wake()
            else:
                self._states.probe_failed(platform, cause, settings.upload.probe_delay_s)
        return min(IDLE_S, settings.upload.probe_delay_s)
