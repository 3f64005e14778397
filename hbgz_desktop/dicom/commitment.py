"""Storage commitment (PS3.4 annex J): the N-EVENT-REPORT that follows an N-ACTION.

The report goes out on the association the request came on while that is open, else on a new one to
the caller's configured address. One thread, ``dicom-commitment``, sends them all.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom.dimse_primitives import N_EVENT_REPORT
from pynetdicom.dsutils import encode
from pynetdicom.presentation import build_context, build_role

from hbgz_desktop.dicom.contexts import (
    SERVICE_SYNTAXES,
    STORAGE_COMMITMENT_PUSH,
    STORAGE_COMMITMENT_PUSH_INSTANCE,
)
from hbgz_desktop.dicom.dimse_status import where
from hbgz_desktop.dicom.requestor import Requestor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.dicom.association import ReceivingAssociation

LOGGER = logging.getLogger(__name__)

_ALL_COMMITTED = 1
_SOME_FAILED = 2
_MAX_WAITING = 1000
_MAX_ATTEMPTS = 4
_FIRST_DELAY_S = 0.3
"""Most senders release right after N-ACTION and want a new association; the others wait."""

_ANSWER_TIMEOUT_S = 10.0
_ACSE_TIMEOUT_S = 3.0
"""For acceptance and release of a new association; stopping waits for no longer."""
_OF_THE_PEER = (
    ArithmeticError,  # pynetdicom divides by what a longest PDU of 6 leaves for a message
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What one peer may bring about must not end the reports of all others."""


@dataclass(frozen=True, slots=True, eq=False)
class CommitmentReport:
    """One report to deliver.

    Attributes:
        committed: (SOP class, SOP instance) pairs that are durably stored.
        failed: (SOP class, SOP instance, failure reason) of the others.
        due: ``time.monotonic()`` before which it is not sent.
    """

    association: ReceivingAssociation
    context_id: int
    transfer_syntax_uid: str
    caller_ae: str
    transaction_uid: str
    committed: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str, int], ...]
    due: float = 0.0
    attempts: int = 0


class CommitmentReporter:
    """Delivers commitment reports on a thread of its own."""

    def __init__(
        self, ae_title: str, peers: Mapping[str, tuple[str, int]], timeout_s: float
    ) -> None:
        self._ae_title = ae_title
        self._peers = peers
        self._timeout_s = timeout_s
        self._waiting: list[CommitmentReport] = []
        self._condition = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="dicom-commitment", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self, timeout_s: float) -> None:
        """Stop and join; reports not delivered are dropped, their senders ask again."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify_all()
        self._thread.join(timeout_s)

    def has_room(self) -> bool:
        """Tell whether another report can be queued."""
        with self._condition:
            return len(self._waiting) < _MAX_WAITING

    def submit(self, report: CommitmentReport) -> None:
        """Queue a report; safe from any thread."""
        with self._condition:
            self._waiting.append(replace(report, due=time.monotonic() + _FIRST_DELAY_S))
            self._condition.notify_all()

    def _run(self) -> None:
        while (report := self._next()) is not None:
            try:
                is_delivered = self._deliver(report)
            except _OF_THE_PEER as exc:
                LOGGER.warning("commitment_report_failed error=%s", where(exc))
                is_delivered = False
            if not is_delivered:
                self._retry(report)

    def _next(self) -> CommitmentReport | None:
        with self._condition:
            while not self._is_stopping:
                now = time.monotonic()
                report = min(self._waiting, key=lambda item: item.due, default=None)
                if report is not None and report.due <= now:
                    self._waiting.remove(report)
                    return report
                self._condition.wait(None if report is None else report.due - now)
        return None

    def _retry(self, report: CommitmentReport) -> None:
        association_id = report.association.association_id
        if report.attempts + 1 >= _MAX_ATTEMPTS or report.caller_ae not in self._peers:
            LOGGER.warning("commitment_report_undeliverable association=%d", association_id)
            return
        delay_s = 5.0 * 4**report.attempts
        later = replace(report, attempts=report.attempts + 1, due=time.monotonic() + delay_s)
        with self._condition:
            self._waiting.append(later)

    def _deliver(self, report: CommitmentReport) -> bool:
        if report.association.is_established and self._deliver_on_same(report):
            return True
        address = self._peers.get(report.caller_ae)
        return address is not None and self._deliver_on_new(report, address)

    def _deliver_on_same(self, report: CommitmentReport) -> bool:
        request = N_EVENT_REPORT()
        request.MessageID = 1
        request.AffectedSOPClassUID = UID(STORAGE_COMMITMENT_PUSH)
        request.AffectedSOPInstanceUID = UID(STORAGE_COMMITMENT_PUSH_INSTANCE)
        request.EventTypeID = _SOME_FAILED if report.failed else _ALL_COMMITTED
        syntax = UID(report.transfer_syntax_uid)
        request.EventInformation = _encoded(event_information(report), syntax)
        answered = threading.Event()
        statuses: list[int] = []

        def on_answer(status: int) -> None:
            statuses.append(status)
            answered.set()

        report.association.send_report(request, report.context_id, on_answer)
        deadline = time.monotonic() + _ANSWER_TIMEOUT_S
        while not answered.wait(0.1):
            is_over = time.monotonic() > deadline or not report.association.is_established
            if is_over or self._is_stopping:
                return False
        return statuses == [0]

    def _deliver_on_new(self, report: CommitmentReport, address: tuple[str, int]) -> bool:
        ae = Requestor(self._ae_title)
        ae.dimse_timeout = ae.connection_timeout = self._timeout_s
        ae.acse_timeout = min(self._timeout_s, _ACSE_TIMEOUT_S)
        assoc = ae.associate(
            *address,
            contexts=[build_context(STORAGE_COMMITMENT_PUSH, list(SERVICE_SYNTAXES))],
            ae_title=report.caller_ae,
            ext_neg=[build_role(STORAGE_COMMITMENT_PUSH, scp_role=True)],
        )
        if not assoc.is_established:
            return False
        try:
            status, _ = assoc.send_n_event_report(
                event_information(report),
                _SOME_FAILED if report.failed else _ALL_COMMITTED,
                STORAGE_COMMITMENT_PUSH,
                STORAGE_COMMITMENT_PUSH_INSTANCE,
            )
            return bool(status.get("Status") == 0)
        finally:
            assoc.release()


def _encoded(ds: Dataset, syntax: UID) -> BytesIO:
    encoded = encode(ds, syntax.is_implicit_VR, syntax.is_little_endian)
    return BytesIO(encoded or b"")


def event_information(report: CommitmentReport) -> Dataset:
    """Return the Event Information of a report (PS3.4 table J.3-2)."""
    ds = Dataset()
    ds.TransactionUID = report.transaction_uid
    if report.committed:
        ds.ReferencedSOPSequence = [_reference(*pair) for pair in report.committed]
    if report.failed:
        ds.FailedSOPSequence = [_reference(*triple) for triple in report.failed]
    return ds


def references_of(ds: Dataset) -> tuple[tuple[str, str], ...]:
    """Return the (SOP class, SOP instance) pairs of an N-ACTION (PS3.4 table J.3-1)."""
    items: Sequence[Dataset] = ds.get("ReferencedSOPSequence") or ()
    return tuple(
        (str(item.get("ReferencedSOPClassUID", "")), str(item.get("ReferencedSOPInstanceUID", "")))
        for item in items
    )


def _reference(sop_class: str, sop_instance: str, reason: int | None = None) -> Dataset:
    ds = Dataset()
    ds.ReferencedSOPClassUID = sop_class
    ds.ReferencedSOPInstanceUID = sop_instance
    if reason is not None:
        ds.FailureReason = reason
    return ds
