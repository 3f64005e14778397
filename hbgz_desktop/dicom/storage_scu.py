"""Sending stored files by C-STORE, byte for byte, and C-ECHO (PS3.4 annexes A and B)."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
from hbgz_desktop.dicom.requestor import Peer, negotiate, open_association
from hbgz_desktop.dicom.store_channel import StoreRequest
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.system.timer_resolution import fine_timer

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pynetdicom.presentation import PresentationContext

    from hbgz_desktop.dicom.store_channel import StoreChannel

_SLOWEST_BYTES_PER_S = 200_000
"""The wait for an answer grows with the file at this rate, for big files on slow lines."""
_RELEASE_LIMIT_S = 5.0
_LOSSES_IN_A_ROW = 2
"""After so many associations lost without an answer between them the peer is taken for lost."""

WARNING_STATUSES = frozenset({0xB000, 0xB006, 0xB007})
"""Coercion, elements discarded, not as its class says: stored nevertheless (PS3.4 table B.2-1)."""
ACCEPTED_STATUSES = WARNING_STATUSES | {0x0000}


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one file.

    Attributes:
        status: DIMSE status of the peer's answer; None when there was none.
        comment: The answer's ErrorComment.
        error: Why there is no answer: ``not_a_dicom_file``, ``file_unreadable``,
            ``context_refused``, ``send_stopped``, or how the peer was lost (retryable).
        is_left: Its turn never came: the run was stopped, or the peer was lost before.
        seconds: From the first byte to the answer, or to giving it up.
    """

    path: Path
    sop_instance_uid: str
    status: int | None
    comment: str = ""
    error: DicomError | None = None
    is_left: bool = False
    seconds: float = 0.0

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

    @property
    def uids(self) -> tuple[str, str]:
        return self.meta.sop_class_uid, self.meta.sop_instance_uid


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
        fails that file only, and so does a lost association: the next file goes on a new one. A peer
        that is lost twice in a row, or cannot be reached any more, leaves the rest.

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
def _open_channel(
    peer: Peer, contexts: Sequence[PresentationContext]
) -> Iterator[tuple[StoreChannel | None, dict[tuple[str, str], int]]]:
    """A channel and the id of each accepted (class, syntax); none when every context was refused."""
    with fine_timer().needed():
        assoc = negotiate(peer, contexts)
        if not assoc.is_established:
            yield None, {}
            return
        accepted = {
            (str(cx.abstract_syntax), str(cx.transfer_syntax[0])): cx.context_id or 0
            for cx in assoc.accepted_contexts
        }
        channel = assoc.take_over()
        try:
            yield channel, accepted
        finally:
            channel.release(min(peer.timeout_s, _RELEASE_LIMIT_S))


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
        self._losses = 0
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
        """Send files that fit one association; a lost one is opened anew for the rest."""
        contexts = list(dict.fromkeys(item.pair for item in items))
        left = deque(items)
        while left and not self._is_stopped():
            try:
                self._send_on_one(contexts, left)
            except DicomError as exc:
                if not self._has_sent:
                    raise
                self._leave(left, exc)
        self._leave(left, DicomError("send_stopped", retryable=True))

    def _send_on_one(self, pairs: Sequence[tuple[str, str]], left: deque[_Item]) -> None:
        """Take from ``left`` what one association settles."""
        with _open_channel(self._peer, storage_contexts(pairs)) as (channel, accepted):
            self._has_sent = True
            message_id = 0
            while left and not self._is_stopped():
                item = left.popleft()
                context_id = accepted.get(item.pair)
                if context_id is None or channel is None:
                    self._settle_error(item, DicomError("context_refused"))
                    continue
                message_id = message_id % 0xFFFF + 1
                request = StoreRequest(*item.uids, message_id, context_id)
                lost = self._send(channel, item, request)
                if lost is not None:
                    self._note_loss(lost, left)
                    return

    def _send(self, channel: StoreChannel, item: _Item, request: StoreRequest) -> DicomError | None:
        """Send one file; returns how the association was lost, if it was."""
        started = time.perf_counter()
        lost: DicomError | None = None
        result = SendResult(item.path, item.meta.sop_instance_uid, None)
        try:
            with item.path.open("rb") as file, _mapped(file) as view:
                timeout_s = self._peer.timeout_s + len(view) / _SLOWEST_BYTES_PER_S
                with view[item.meta.dataset_offset :] as dataset:
                    reply = channel.store(request, dataset, timeout_s)
            result = replace(result, status=reply.status, comment=reply.comment)
        except DicomError as exc:
            lost = exc
            result = replace(result, error=exc)
        except (OSError, ValueError) as exc:  # mmap says ValueError of an empty file
            errno = getattr(exc, "errno", None)
            result = replace(result, error=DicomError("file_unreadable", errno=errno))
        if lost is None:
            self._losses = 0
        self._settle(replace(result, seconds=time.perf_counter() - started))
        return lost

    def _note_loss(self, lost: DicomError, left: deque[_Item]) -> None:
        self._losses += 1
        if self._losses >= _LOSSES_IN_A_ROW:
            self._leave(left, lost)

    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def _settle_error(self, item: _Item, error: DicomError) -> None:
        self._settle(SendResult(item.path, item.meta.sop_instance_uid, None, error=error))

    def _leave(self, items: deque[_Item], error: DicomError) -> None:
        while items:
            item = items.popleft()
            uid = item.meta.sop_instance_uid
            self._settle(SendResult(item.path, uid, None, error=error, is_left=True))

    def _settle(self, result: SendResult) -> None:
        self.results.append(result)
        if self._on_result is not None:
            self._on_result(result)
