"""Composition root of the engine: built once, closed in reverse. No Qt (DESIGN 2)."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop import __version__
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.scp_options import ScpOptions
from hbgz_desktop.dicom.storage_scp import StorageScp
from hbgz_desktop.dicom.storage_scu import echo
from hbgz_desktop.model.errors import DatabaseBusyError, DicomError, HbgzError, StorageError
from hbgz_desktop.services.association_book import AssociationBook
from hbgz_desktop.services.catching_up import CatchUp
from hbgz_desktop.services.committer import Committer
from hbgz_desktop.services.completion import Completion
from hbgz_desktop.services.digests import DigestWorker
from hbgz_desktop.services.drop_watch import DropWatch
from hbgz_desktop.services.engine_commands import EngineCommands
from hbgz_desktop.services.intake import Intake
from hbgz_desktop.services.network_addresses import own_address
from hbgz_desktop.services.retention_watch import RetentionWatch
from hbgz_desktop.services.sweep import StartupSweep, SweepReport
from hbgz_desktop.services.thumbnails import Thumbnails
from hbgz_desktop.services.upload_parts import UploadParts
from hbgz_desktop.services.uploading import Uploaders
from hbgz_desktop.services.worker import Worker
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.engine_lock import EngineLock
from hbgz_desktop.storage.engine_state import HEARTBEAT_S
from hbgz_desktop.storage.thumbnail_index import ThumbnailIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from hbgz_desktop.services.folders import DataFolder

    StopRequests = queue.SimpleQueue[None]

LOG = logging.getLogger(__name__)
PORT_RETRY_S = 5.0
TIDY_EVERY_S = 600.0
CLOSE_LIMIT_S = 10.0
START_TRIES = 5
"""Each waits the database's busy timeout (30 s) for whoever holds it."""
SWITCH_INTERVAL_S = 0.001
"""An image passes from its socket's thread to its association's: five times quicker than Python's default."""
NO_LOCK_ENVIRONMENT = "HBGZ_TEST_NO_ENGINE_LOCK"
"""Test only: two engines on one folder, to prove that fencing needs no lock (issue 2, section 9)."""


class Engine:
    """Receiver, intake and uploaders of one data folder."""

    def __init__(self, folder: DataFolder, stops: StopRequests | None = None) -> None:
        """Build everything; nothing runs yet.

        Args:
            folder: The data folder.
            stops: Where requests to end are put; one of its own when None.

        Raises:
            SettingsError: ``hbgz.toml`` is invalid.
            StorageError: The data folder cannot be used.
        """
        self.work = Workplace(folder, on_ready=self._wake_uploaders)
        work = self.work
        self._lock = EngineLock(folder.engine_lock)
        self._stop_requests: StopRequests = queue.SimpleQueue() if stops is None else stops
        self._has_started = False
        self._scp: StorageScp | None = None
        self._next_bind = 0.0
        self._bind_trouble = ""
        self.book = AssociationBook(work.associations, work.settings)
        self.committer = Committer(work.reception)
        self.digests = DigestWorker(work.reception, work.spool, self._on_digests)
        self.intake = Intake(
            settings=work.settings,
            spool=work.spool,
            quarantine=work.quarantine,
            reception=work.reception,
            committer=self.committer,
            book=self.book,
            on_stored=self.digests.note_stored,
        )
        self.completion = Completion(work.examinations, self.book, work.settings, self._on_complete)
        self.catch_up = CatchUp(
            examinations=work.examinations,
            matching=work.matching,
            planner=work.planner,
            settings=work.settings,
            rescoped=work.upload_scope.changed,
        )
        self.uploaders = Uploaders(
            UploadParts(
                settings=work.settings,
                queue=work.queue,
                attempts=work.attempts,
                examinations=work.examinations,
                reception=work.reception,
                states=work.platform_states,
                planner=work.planner,
                adapters=work.adapters,
                images=work.spool,
                reports=work.reports,
            )
        )
        self.thumbnails = Thumbnails(
            settings=work.settings,
            index=ThumbnailIndex(work.database),
            spool=work.spool,
            folder=folder.thumbnails,
        )
        self.retention = RetentionWatch(work)
        self.drop_watch = DropWatch(work.drop_folder, work.record_import, work.events)
        self.commands = EngineCommands(
            work.engine_state,
            {
                "stop": lambda _: self.request_stop(),
                "echo": self._echo,
                "complete": lambda facts: self.completion.complete_by_hand(int(facts["study_id"])),
                "reload_peers": lambda _: self.book.reload_peers(),
                "thumbnails": lambda facts: self.thumbnails.want(int(facts["study_id"])),
            },
        )
        self._heart = Worker("heartbeat", self._beat)
        self._tidy = Worker("tidy", self._trim)

    def start(self) -> SweepReport:
        """Lock, sweep, start every thread, listen.

        Raises:
            EngineLockedError: Another engine owns the folder.
        """
        if not os.environ.get(NO_LOCK_ENVIRONMENT):
            self._lock.acquire()
        work = self.work
        self.commands.forget("stop")
        self.committer.start()
        report = StartupSweep(
            spool=work.spool,
            quarantine=work.quarantine,
            reception=work.reception,
            committer=self.committer,
            queue=work.queue,
            intake=self.intake,
        ).run("" if os.environ.get(NO_LOCK_ENVIRONMENT) is None else "no-such-owner")
        work.associations.end_all()
        self.book.reload_peers()
        work.engine_state.write(
            pid=os.getpid(),
            program_version=__version__,
            started_at=datetime.now(UTC),
            stopped_at=None,
            receiver_state="",
            receiver_detail="",
            dicom_port=0,
            recovered_receives=report.receives,
            recovered_sends=report.sends,
            lost=report.lost,
            rejected_associations=0,
        )
        self._has_started = True
        work.events.add(
            "engine_started",
            level="error" if report.lost else "info",
            receives=report.receives,
            sends=report.sends,
            lost=report.lost,
        )
        for worker in self._workers():
            worker.start()
        self.uploaders.start()
        self._listen()
        self._heart.start()
        return report

    def _workers(self) -> tuple[Worker, ...]:
        """Threads that only read, close and tidy; the receiver and the uploaders have their own order."""
        return (
            self.digests.worker,
            self.completion.worker,
            self.catch_up.worker,
            self.commands.worker,
            self.thumbnails.worker,
            self.retention.worker,
            self.drop_watch.worker,
            self.work.authorization_sender.worker,
            self._tidy,
        )

    def _listen(self) -> None:
        settings = self.work.settings().dicom
        scp = StorageScp(
            ScpOptions(
                ae_title=settings.ae_title,
                port=settings.port,
                bind_address=settings.bind_address,
                max_associations=settings.max_associations,
                check_called_ae=settings.check_called_ae,
                network_timeout_s=settings.network_timeout_s,
                idle_timeout_s=settings.idle_timeout_s,
            ),
            self.intake,
        )
        try:
            scp.start()
        except DicomError as error:
            self._next_bind = time.monotonic() + PORT_RETRY_S
            self._bind_trouble = error.code
            holder = str(error.facts.get("holder", "") or "")
            self.work.engine_state.write(
                receiver_state=error.code, receiver_detail=holder, dicom_port=settings.port
            )
            LOG.warning(
                "not_listening code=%s port=%d holder=%s", error.code, settings.port, holder
            )
            return
        self._scp = scp
        self.work.engine_state.write(
            receiver_state="listening", receiver_detail="", dicom_port=scp.port
        )

    def _wake_uploaders(self) -> None:
        self.uploaders.wake()

    @property
    def port(self) -> int:
        """Port the receiver listens on, 0 while it does not."""
        return self._scp.port if self._scp is not None else 0

    def _beat(self) -> float:
        if self._scp is None and time.monotonic() >= self._next_bind:
            self._listen()
        self.book.flush()
        state, free = self._receiver_state()
        self.work.engine_state.write(
            receiver_state=state,
            disk_free_bytes=free,
            rejected_associations=self.book.rejected_count,
        )
        return HEARTBEAT_S

    def _receiver_state(self) -> tuple[str, float | None]:
        """(state, free bytes); a disk that is gone counts as full: nothing can be stored."""
        try:
            has_room, free = self.work.spool.has_room(), float(self.work.spool.free_bytes())
        except StorageError as error:
            LOG.warning("disk_not_seen code=%s", error.code)
            return "disk_full", None
        if not has_room:
            return "disk_full", free
        return ("listening" if self._scp is not None else self._bind_trouble), free

    def _trim(self) -> float:
        """Old events, attempts and associations, in small batches."""
        self.work.reception.prepare()
        left = self.work.events.trim() + self.work.other_hospitals.cache.tidy()
        keep_days = self.work.settings().upload.keep_answers_days
        left += self.work.attempts.trim(keep_days) + self.work.shared_viewing.trim(keep_days)
        left += self.work.audit.trim_by_rule(self.work.settings().console.audit_keep_days)
        self.work.associations.trim()
        self.work.engine_state.trim()
        return 1.0 if left else TIDY_EVERY_S

    def _on_complete(self, study_id: int) -> None:
        examination_id = self.work.matching.match_study(study_id)
        if examination_id is not None:
            self.catch_up.take((examination_id,))

    def _on_digests(self) -> None:
        self.catch_up.take(self.work.examinations.waiting_for_digest())

    def _echo(self, facts: dict[str, object]) -> dict[str, object]:
        settings = self.work.settings().dicom
        result = echo(
            Peer(
                str(facts.get("host", own_address(settings.bind_address))),
                int(str(facts.get("port", self.port))),
                called_ae=str(facts.get("ae", settings.ae_title)),
                calling_ae=settings.ae_title,
                timeout_s=10.0,
            )
        )
        return {"ok": result.ok, "elapsed_ms": result.elapsed_ms, "detail": result.detail_code}

    def request_stop(self) -> None:
        """Ask the engine to end; safe from any thread and from signal handlers."""
        self._stop_requests.put(None)  # the only one of its kind that a signal handler may use

    def wait(self) -> None:
        """Block until someone asks to stop."""
        is_asked = False
        while not is_asked:
            with contextlib.suppress(queue.Empty):  # the pause is the system's chance for a signal
                self._stop_requests.get(timeout=0.5)
                is_asked = True

    def close(self) -> None:
        """Close in reverse: no new images, finish what waits, then the database.

        Of an engine that did not get the lock nothing is written down: the one that has it still runs.
        """
        self._heart.stop()  # first: it would open the port again
        self._heart.join()
        if self._scp is not None:
            self._scp.stop()
            self._scp = None
        workers = self._workers()
        for worker in workers:
            worker.stop()
        if not self.uploaders.stop(CLOSE_LIMIT_S):
            LOG.warning("stopped_during_upload")
        limit = time.monotonic() + CLOSE_LIMIT_S
        for worker in workers:
            worker.join(max(limit - time.monotonic(), 0.1))
        self.retention.close()
        self.thumbnails.close()
        self.committer.stop()
        if self._has_started:
            self._note_stop()
        self.work.close()
        self._lock.release()

    def _note_stop(self) -> None:
        try:
            self.work.engine_state.write(stopped_at=datetime.now(UTC), receiver_state="stopped")
            self.work.events.add("engine_stopped")
        except HbgzError as error:
            LOG.warning("stop_not_recorded code=%s", error.code)


def _started(
    folder: DataFolder, engines: list[Engine], stops: StopRequests | None = None
) -> SweepReport:
    """Build and start an engine; a database that somebody keeps locked is tried again.

    Args:
        folder: The data folder.
        engines: Gets the engine as soon as it is built, for whoever has to close it.
        stops: As in ``Engine``; a request ends the trying.
    """
    for tries_left in reversed(range(START_TRIES)):
        try:
            engines[:] = [Engine(folder, stops)]
            return engines[0].start()
        except DatabaseBusyError:
            for engine in engines:
                engine.close()
            if not tries_left or (stops is not None and not stops.empty()):
                raise
            LOG.warning("database_busy_at_start tries_left=%d", tries_left)
    raise AssertionError("the last try returns or raises")


def run(folder: DataFolder, say: Callable[[str], None]) -> None:
    """Run an engine until SIGTERM, Ctrl-C or ``hbgz stop``.

    Args:
        folder: The data folder.
        say: Prints one line; ``ready port=<n>`` once images can be received.

    Raises:
        HbgzError: It could not be started; the reason is in the log as well.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    engines: list[Engine] = []
    stops: StopRequests = queue.SimpleQueue()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stops.put(None)

    numbers = [signal.SIGTERM, signal.SIGINT]
    if sys.platform == "win32":
        numbers.append(signal.SIGBREAK)
    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        report = _started(folder, engines, stops)
        say(
            f"ready port={engines[0].port} recovered_receives={report.receives} "
            f"recovered_sends={report.sends} lost={report.lost}"
        )
        engines[0].wait()
    except HbgzError as error:
        LOG.warning("engine_ended code=%s", error.code)
        raise
    finally:
        for engine in engines:
            engine.close()
        for number, handler in before.items():
            signal.signal(number, handler)
