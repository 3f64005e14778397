"""Fetches report PDFs from the places that are allowed, and from no other (DESIGN 11)."""

from __future__ import annotations

import hashlib
import http.client
import os
import ssl
import stat
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.report_reference import (
    ReportAddress,
    allowed_address,
    allowed_path,
    is_address,
)
from hbgz_desktop.system.durable_files import atomic_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import IO

_BLOCK_BYTES = 256 * 1024
_PDF_MARK = b"%PDF-"
_MARK_WITHIN_BYTES = 1024
_STEP_TIMEOUT_S = 15.0
_DEADLINE_S = 120.0
_MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class FetchedReport:
    """A report that stands complete under our own name.

    Attributes:
        size_bytes: Size of the PDF.
        md5: MD5 of its bytes, 32 upper-case hex digits (G045).
    """

    size_bytes: int
    md5: str


def fetch_report(
    reference: str,
    *,
    base_folder: Path,
    allowed_folders: Sequence[Path],
    allowed_hosts: Sequence[str],
    max_bytes: int,
    out: Path,
) -> FetchedReport:
    """Copy one report to ``out``; ``out`` is complete and synced, or as it was before.

    Blocks on disk or network, at most about two minutes: not for the GUI thread.

    Args:
        reference: What ``reportPdf`` says: a path, or an http or https address.
        base_folder: Folder of the imported file; paths are relative to it.
        allowed_folders: Further folders that paths may lead to.
        allowed_hosts: ``host`` or ``host:port`` that addresses may name.
        max_bytes: Size limit.
        out: Where the PDF goes; its folder exists.

    Raises:
        RecordError: ``report_outside_folders``, ``report_host_refused``, ``report_too_large``,
            ``report_not_pdf``, ``report_missing``; ``report_unreachable`` is retryable.
        DiskFullError: No room for the copy.
        OSError: ``out`` cannot be written.
    """
    if is_address(reference):
        source = _open_address(allowed_address(reference, allowed_hosts), allowed_hosts)
    else:
        source = _open_path(allowed_path(reference, base_folder, allowed_folders))
    with source as read, atomic_file(out) as target:
        return _copy(read, target, max_bytes)


def _copy(read: Callable[[], bytes], target: IO[bytes], max_bytes: int) -> FetchedReport:
    """Copy in pieces; size and mark are checked before a piece too many is written."""
    digest = hashlib.md5(usedforsecurity=False)
    head = b""
    size = 0
    while piece := read():
        size += len(piece)
        if size > max_bytes:
            raise RecordError("report_too_large", limit_bytes=max_bytes)
        if len(head) < _MARK_WITHIN_BYTES:
            head = (head + piece)[:_MARK_WITHIN_BYTES]
            if len(head) == _MARK_WITHIN_BYTES:
                _check_mark(head)
        digest.update(piece)
        target.write(piece)
    _check_mark(head)
    return FetchedReport(size, digest.hexdigest().upper())


def _check_mark(head: bytes) -> None:
    if _PDF_MARK not in head:
        raise RecordError("report_not_pdf")


# ---- from a folder ------------------------------------------------------------------------------


@contextmanager
def _open_path(path: Path) -> Iterator[Callable[[], bytes]]:
    """Open a resolved path; what was checked must be what is opened."""
    try:
        before = path.lstat()
        if not stat.S_ISREG(before.st_mode):
            raise RecordError("report_missing")
        stream = path.open("rb", buffering=0)
    except FileNotFoundError:
        raise RecordError("report_missing") from None
    except OSError as exc:
        raise _unreachable(exc) from None
    with stream:
        if not os.path.samestat(before, os.fstat(stream.fileno())):
            raise RecordError("report_outside_folders")
        yield lambda: _read_disk(stream)


def _read_disk(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_BLOCK_BYTES)
    except OSError as exc:
        raise _unreachable(exc) from None


def _unreachable(exc: Exception) -> RecordError:
    # facts instead of a chain: the exception's text names the file
    number = exc.errno if isinstance(exc, OSError) else None
    return RecordError("report_unreachable", retryable=True, errno=number, kind=type(exc).__name__)


# ---- from a host --------------------------------------------------------------------------------


@contextmanager
def _open_address(
    address: ReportAddress, allowed_hosts: Sequence[str]
) -> Iterator[Callable[[], bytes]]:
    """Open an address, following redirects within the same host only."""
    deadline = time.monotonic() + _DEADLINE_S
    for _ in range(_MAX_REDIRECTS + 1):
        with closing(_connection(address)) as connection:
            response = _request(connection, address)
            if response.status not in _REDIRECTS:
                _check_status(response.status)
                yield _Download(response, deadline)
                return
            address = _redirected(address, response, allowed_hosts)
    raise RecordError("report_unreachable", retryable=False, redirects=_MAX_REDIRECTS)


def _connection(address: ReportAddress) -> http.client.HTTPConnection:
    if address.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            address.host, address.port, timeout=_STEP_TIMEOUT_S, context=context
        )
    return http.client.HTTPConnection(address.host, address.port, timeout=_STEP_TIMEOUT_S)


def _request(
    connection: http.client.HTTPConnection, address: ReportAddress
) -> http.client.HTTPResponse:
    headers = {"Accept": "application/pdf, */*", "Accept-Encoding": "identity"}
    try:
        connection.request("GET", address.target, headers=headers)
        return connection.getresponse()
    except (OSError, http.client.HTTPException) as exc:
        raise _unreachable(exc) from None


def _check_status(status: int) -> None:
    if status == http.client.OK:
        return
    if status in _TRANSIENT or status >= http.client.INTERNAL_SERVER_ERROR:
        raise RecordError("report_unreachable", retryable=True, http_status=status)
    raise RecordError("report_missing", http_status=status)


def _redirected(
    address: ReportAddress, response: http.client.HTTPResponse, allowed_hosts: Sequence[str]
) -> ReportAddress:
    base = f"{address.scheme}://{_bracketed(address.host)}:{address.port}{address.target}"
    try:
        location = urljoin(base, response.getheader("Location", ""))
    except ValueError:
        raise RecordError("report_host_refused") from None
    target = allowed_address(location, allowed_hosts)
    if target.host != address.host:
        raise RecordError("report_host_refused", http_status=response.status)
    return target


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class _Download:
    """Reads the body of an answer piece by piece.

    A drip ends at the deadline; an answer that is cut short is no answer. The library's own count
    of what is left is not kept by ``read1`` in every version of Python 3.11.
    """

    def __init__(self, response: http.client.HTTPResponse, deadline: float) -> None:
        self._response = response
        self._deadline = deadline
        self._left: int | None = response.length

    def __call__(self) -> bytes:
        if self._left == 0:
            return b""
        if time.monotonic() > self._deadline:
            raise RecordError("report_unreachable", retryable=True, deadline_s=_DEADLINE_S)
        wanted = _BLOCK_BYTES if self._left is None else min(_BLOCK_BYTES, self._left)
        try:
            piece = self._response.read1(wanted)
        except (OSError, http.client.HTTPException) as exc:
            raise _unreachable(exc) from None
        if self._left is not None:
            if not piece:
                raise RecordError("report_unreachable", retryable=True, missing_bytes=self._left)
            self._left -= len(piece)
        return piece
