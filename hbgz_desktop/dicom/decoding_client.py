"""Our end of a decoding process: starts it, asks it, and starts another one when it dies."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from typing import IO, TYPE_CHECKING, Generic, Protocol, TypeVar

from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.system.child_process import PIPE, Streams, start_bound

if TYPE_CHECKING:
    from collections.abc import Callable

_GRACE_S = 3.0


class NumberedAnswer(Protocol):
    """What every answer has."""

    @property
    def id(self) -> int | None:
        """Number of the request."""


AnswerT = TypeVar("AnswerT", bound=NumberedAnswer)


class DecodingProcess(Generic[AnswerT]):
    """One process, spawned at the first request, without a window; requests of all threads queue up."""

    def __init__(self, module: str, read_answer: Callable[[IO[bytes]], AnswerT | None]) -> None:
        """Prepare it.

        Args:
            module: Run by ``python -m``; serves by ``serve_requests``.
            read_answer: Reads one answer from the pipe; None at its end; may raise on nonsense.
        """
        self._module = module
        self._read_answer = read_answer
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[AnswerT | None] = queue.Queue()
        self._reader: threading.Thread | None = None
        self._last_id = 0
        self._is_stopped = False

    def ask(self, request: dict[str, object], timeout_s: float) -> AnswerT:
        """Send a request and wait for its answer; blocks.

        Raises:
            DicomError: ``thumbnail_unavailable`` with reason ``timeout`` (the process was killed;
                the next request starts another) or ``crashed``.
        """
        with self._lock:
            if self._is_stopped:
                raise unavailable("crashed")
            return self._ask(request, timeout_s)

    def start(self) -> None:
        """Start the process before the first request; does not wait until it is ready."""
        with self._lock:
            if not self._is_stopped:
                self._running()

    def close(self) -> None:
        """End the process for good; it may finish what it is at for a moment."""
        with self._lock:
            self._is_stopped = True
            process, self._process = self._process, None
            if process is not None:
                _end(process)
            if self._reader is not None:
                self._reader.join(_GRACE_S)
                self._reader = None

    def abort(self) -> None:
        """Kill it at once, whatever it is at, and for good; safe from any thread."""
        self._is_stopped = True
        process = self._process
        if process is not None:
            process.kill()
        self.close()

    def _ask(self, request: dict[str, object], timeout_s: float) -> AnswerT:
        process = self._running()
        self._last_id += 1
        line = json.dumps({**request, "id": self._last_id}).encode("utf-8") + b"\n"
        try:
            _pipe(process.stdin).write(line)
            _pipe(process.stdin).flush()
            answer = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            self._discard()
            raise unavailable("timeout") from None
        except OSError as exc:
            self._discard()
            raise unavailable("crashed") from exc
        if answer is None or answer.id != self._last_id:
            self._discard()
            raise unavailable("crashed")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._discard()
            self._process = start_bound(self._module, streams=Streams(stdin=PIPE, stdout=PIPE))
            if self._is_stopped:  # meanwhile, by another thread
                self._process.kill()
            self._answers = queue.Queue()
            self._reader = threading.Thread(
                target=self._read_answers,
                args=(_pipe(self._process.stdout), self._answers),
                name="decoding-reader",
                daemon=True,
            )
            self._reader.start()
        return self._process

    def _read_answers(self, pipe: IO[bytes], answers: queue.Queue[AnswerT | None]) -> None:
        """Pass answers on until the process ends; None marks the end."""
        while True:
            try:
                answer = self._read_answer(pipe)
            except (
                OSError,
                ValueError,
                LookupError,
                TypeError,
            ):  # nonsense, or the pipe was closed
                answer = None
            answers.put(answer)
            if answer is None:
                return

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            _end(process)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("pipe closed")
    return pipe


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes and wait; kill what does not end."""
    try:
        _pipe(process.stdin).close()
    except OSError:
        process.kill()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_GRACE_S)
    _pipe(process.stdout).close()
