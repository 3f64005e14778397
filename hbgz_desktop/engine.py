"""Composition root of the engine: built once, closed in reverse. No Qt (DESIGN 2)."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hbgz_desktop import __version__
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import echo
from hbgz_desktop.model.errors import DatabaseBusyError, HbgzError
from hbgz_desktop.services.association_book import AssociationBook
from hbgz_desktop.services.catching_up import CatchUp
from hbgz_desktop.services.committer import Committer
from hbgz_desktop.services.completion import Completion
from hbgz_desktop.services.digests import DigestWorker
from hbgz_desktop.services.drop_watch import DropWatch
from hbgz_desktop.services.engine_commands import EngineCommands
from hbgz_desktop.services.intake import Intake
from hbgz_desktop.services.machine_watch import MachineWatch
from hbgz_desktop.services.network_addresses import network_ways, own_address
from hbgz_desktop.services.receiver import Receiver
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
from hbgz_desktop.system.end_requests import SESSION_END_S, EndRequests
from hbgz_desktop.system.life_line import when_stdin_ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.folders import DataFolder

    StopRequests = queue.SimpleQueue[None]

LOG = logging.getLogger(__name__)
TIDY_EVERY_S = 600.0
CLOSE_LIMIT_S = 15.0
"""Altogether; a service that is asked to stop has 20 s (issue 5, 3)."""
HURRY_S = SESSION_END_S - 1.0
"""At sign-out: what is not done by then is found by the next start, as after a power cut."""
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
        self.receiver = Receiver(work.settings, self.intake, work.spool, work.engine_state)
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
        self.machine_watch = MachineWatch(work.events, self._ways, self._look_again)
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
            held=work.held_files,
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
        self.receiver.open()
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
            self.machine_watch.worker,
            self._tidy,
        )

    def _wake_uploaders(self) -> None:
        self.uploaders.wake()

    @property
    def port(self) -> int:
        """Port the receiver listens on, 0 while it does not."""
        return self.receiver.port

    def _beat(self) -> float:
        state, free = self.receiver.look()
        self.book.flush()
        self.work.engine_state.write(
            receiver_state=state,
            disk_free_bytes=free,
            rejected_associations=self.book.rejected_count,
        )
        return HEARTBEAT_S

    def _ways(self) -> frozenset[str]:
        """How this computer reaches the platforms; compared with what was."""
        settings = self.work.settings()
        addresses = (settings.guizhou.base_url, settings.hebei.base_url)
        return network_ways(tuple(urlsplit(one).hostname or "" for one in addresses))

    def _look_again(self) -> None:
        """The computer slept, or is connected in another way: nobody waits for what used to be."""
        self.work.platform_states.probe_soon()
        self.receiver.try_soon()
        self.uploaders.look_again()
        self.work.authorization_sender.worker.wake()
        self._heart.wake()

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

    def close(self, limit_s: float = CLOSE_LIMIT_S) -> None:
        """Close in reverse: no new images, finish what waits, then the database.

        Of an engine that did not get the lock nothing is written down: the one that has it still runs.

        Args:
            limit_s: What is not finished by then is left to the next start.
        """
        limit = time.monotonic() + limit_s

        def left_s() -> float:
            return max(limit - time.monotonic(), 0.1)

        self._heart.stop()  # first: it would open the port again
        self._heart.join(left_s())
        workers = self._workers()
        for worker in workers:
            worker.stop()
        self.receiver.stop(left_s() / 2)
        if not self.uploaders.stop(left_s()):
            LOG.warning("stopped_during_upload")
        for worker in workers:
            worker.join(left_s())
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


def run(folder: DataFolder, say: Callable[[str], None], *, until_stdin_ends: bool = False) -> None:
    """Run an engine until ``hbgz stop``, or until the system or a terminal asks it to end.

    Args:
        folder: The data folder.
        say: Prints one line; ``ready port=<n>`` once images can be received.
        until_stdin_ends: It serves whoever started it, and ends with that.

    Raises:
        HbgzError: It could not be started; the reason is in the log as well.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    engines: list[Engine] = []
    stops: StopRequests = queue.SimpleQueue()

    def stop() -> None:
        stops.put(None)

    if until_stdin_ends:
        when_stdin_ends(stop)
    with EndRequests(stop) as requests:
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
                engine.close(HURRY_S if requests.is_session_over else CLOSE_LIMIT_S)
