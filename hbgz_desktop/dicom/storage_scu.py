"""Sending stored files by C-STORE, byte for byte, and C-ECHO (PS3.4 annexes A and B)."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, BinaryIO

from pynetdicom.presentation import build_context

from hbgz_desktop.dicom.contexts import (
    MAX_CONTEXTS,
    SERVICE_SYNTAXES,
    VERIFICATION,
    storage_contexts,
)
from hbgz_desktop.dicom.file_meta import FileMeta, read_file_meta
from hbgz_desktop.dicom.requestor import Peer, open_association
from hbgz_desktop.dicom.sending_association import StoreRequest
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from hbgz_desktop.dicom.sending_association import SendingAssociation

_SLOWEST_BYTES_PER_S = 200_000
"""The wait for an answer grows with the file at this rate, for big files on slow lines."""

ACCEPTED_STATUSES = frozenset({0x0000, 0xB000, 0xB006, 0xB007})
"""Success, and the three warnings with which the instance was stored (PS3.4 table B.2-1)."""


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one file.

    Attributes:
        status: DIMSE status of the peer's answer; None when there was none.
        comment: The answer's ErrorComment.
        error: Why there is no answer: ``not_a_dicom_file``, ``file_unreadable``,
            ``context_refused``, ``send_stopped``, or how the peer was lost (retryable).
    """

    path: Path
    sop_instance_uid: str
    status: int | None
    comment: str = ""
    error: DicomError | None = None

    @property
    def is_accepted(self) -> bool:
        """True when the peer says that it stored the instance, be it with a warning."""
        return self.status in ACCEPTED_STATUSES


@dataclass(frozen=True, slots=True)
class EchoResult:
    """Outcome of a C-ECHO.

    Attributes:
        detail_code: ``echo_ok``, or the code of the error that explains the failure.
    """

    ok: bool
    elapsed_ms: float
    detail_code: str


@dataclass(frozen=True, slots=True)
class _Item:
    path: Path
    meta: FileMeta

    @property
    def pair(self) -> tuple[str, str]:
        return self.meta.sop_class_uid, self.meta.transfer_syntax_uid


def send_files(
    paths: Iterable[Path],
    peer: Peer,
    *,
    on_result: Callable[[SendResult], None] | None = None,
    stop: threading.Event | None = None,
) -> tuple[SendResult, ...]:
    """Send stored files as they are: one context for each (SOP class, transfer syntax).

    Blocks until all are answered; runs in the calling thread. More than 128 contexts need several
    associations, one after another.

    Args:
        paths: Files with file meta.
        peer: Whom to send to; ``timeout_s`` is the wait for connecting, for acceptance and, growing
            with the file, for each answer.
        on_result: Called after each file, in the calling thread.
        stop: Checked between files; what is left then gets ``send_stopped``.

    Returns:
        One result a file, in the order they were settled. A refused context or an unreadable file
        fails that file only; a peer lost on the way gives the rest a retryable error.

    Raises:
        DicomError: The first association could not be opened: nothing was sent.
    """
    sender = _Sender(peer, on_result, stop)
    items = list(sender.readable(paths))
    for group in _groups(items):
        sender.send_group(group)
    return tuple(sender.results)


def echo(peer: Peer) -> EchoResult:
    """Ask a peer for C-ECHO on an association of its own; never raises for what the peer does."""
    started = time.perf_counter()
    try:
        code = _echo(peer)
    except DicomError as exc:
        code = exc.code
    elapsed_ms = (time.perf_counter() - started) * 1000
    return EchoResult(code == "echo_ok", elapsed_ms, code)


def _echo(peer: Peer) -> str:
    contexts = [build_context(VERIFICATION, list(SERVICE_SYNTAXES))]
    with open_association(peer, contexts) as assoc:
        if not assoc.is_established:
            return "context_refused"
        try:
            status = assoc.send_c_echo().get("Status")
        except (RuntimeError, ValueError):
            return "peer_lost"
    if status is None:
        return "peer_silent"
    return "echo_ok" if status == 0 else "echo_refused"


def _groups(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Split into groups of at most 128 contexts, keeping a pair's files together."""
    pairs = list(dict.fromkeys(item.pair for item in items))
    for start in range(0, len(pairs), MAX_CONTEXTS):
        wanted = set(pairs[start : start + MAX_CONTEXTS])
        yield [item for item in items if item.pair in wanted]


@contextmanager
def _mapped(file: BinaryIO) -> Iterator[memoryview]:
    with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped, memoryview(mapped) as view:
        yield view


class _Sender:
    """One run of ``send_files``."""

    def __init__(
        self,
        peer: Peer,
        on_result: Callable[[SendResult], None] | None,
        stop: threading.Event | None,
    ) -> None:
        self._peer = peer
        self._on_result = on_result
        self._stop = stop
        self._has_sent = False
        self.results: list[SendResult] = []

    def readable(self, paths: Iterable[Path]) -> Iterator[_Item]:
        """Yield what can be sent; settle the other files."""
        for path in paths:
            try:
                meta = read_file_meta(path)
            except DicomError as exc:
                self._settle(SendResult(path, "", None, error=exc))
                continue
            if meta.sop_class_uid and meta.sop_instance_uid and meta.transfer_syntax_uid:
                yield _Item(path, meta)
            else:
                error = DicomError("not_a_dicom_file", reason="no_uids")
                self._settle(SendResult(path, meta.sop_instance_uid, None, error=error))

    def send_group(self, items: Sequence[_Item]) -> None:
        """Send files that fit one association."""
        if self._is_stopped():
            self._settle_all(items, DicomError("send_stopped", retryable=True))
            return
        contexts = storage_contexts(list(dict.fromkeys(item.pair for item in items)))
        try:
            with open_association(self._peer, contexts) as assoc:
                self._has_sent = True
                self._send_on(assoc, items)
        except DicomError as exc:
            if not self._has_sent:
                raise
            self._settle_all(items, exc)

    def _send_on(self, assoc: SendingAssociation, items: Sequence[_Item]) -> None:
        accepted = {
            (str(cx.abstract_syntax), str(cx.transfer_syntax[0])): cx.context_id or 0
            for cx in assoc.accepted_contexts
        }
        for number, item in enumerate(items):
            if self._is_stopped():
                self._settle_all(items[number:], DicomError("send_stopped", retryable=True))
                return
            context_id = accepted.get(item.pair)
            if context_id is None:
                self._settle_error(item, DicomError("context_refused"))
            elif not self._send(assoc, item, context_id, number % 0xFFFF + 1):
                self._settle_all(items[number:], DicomError("peer_lost", retryable=True))
                return

    def _send(
        self, assoc: SendingAssociation, item: _Item, context_id: int, message_id: int
    ) -> bool:
        """Send one file; returns False when the association is of no use any more."""
        sop_class, sop_instance = item.meta.sop_class_uid, item.meta.sop_instance_uid
        request = StoreRequest(sop_class, sop_instance, message_id, context_id)
        try:
            with item.path.open("rb") as file, _mapped(file) as view:
                timeout_s = self._peer.timeout_s + len(view) / _SLOWEST_BYTES_PER_S
                with view[item.meta.dataset_offset :] as dataset:
                    reply = assoc.store(request, dataset, timeout_s)
        except OSError as exc:
            self._settle_error(item, DicomError("file_unreadable", errno=exc.errno))
            return True
        if reply is None:
            return False
        self._settle(SendResult(item.path, sop_instance, reply.status, reply.comment))
        return True

    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def _settle_error(self, item: _Item, error: DicomError) -> None:
        self._settle(SendResult(item.path, item.meta.sop_instance_uid, None, error=error))

    def _settle_all(self, items: Sequence[_Item], error: DicomError) -> None:
        for item in items:
            self._settle_error(item, error)

    def _settle(self, result: SendResult) -> None:
        self.results.append(result)
        if self._on_result is not None:
            self._on_result(result)
