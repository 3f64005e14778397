"""Our end of the thumbnail process: starts it, asks it, and starts another one when it dies."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from hbgz_desktop import dicom
from hbgz_desktop.dicom.pixel_reasons import unavailable

_MODULE = "hbgz_desktop.dicom.thumbnail_worker"
_GRACE_S = 3.0


class ThumbnailProcess:
    """One thumbnail process, started at the first request; requests of all threads queue up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader: threading.Thread | None = None
        self._last_id = 0

    def render(self, path: Path, out: Path, timeout_s: float = 30.0, side_px: int = 256) -> None:
        """Write a JPEG thumbnail of ``path`` to ``out``, whole or not at all.

        Args:
            path: A stored DICOM file.
            out: Where the picture goes; its folder must exist.
            timeout_s: Then the process is killed; the next request starts another.
            side_px: Longest side.

        Raises:
            DicomError: ``thumbnail_unavailable``; ``reason`` as in ``render_thumbnail``, or
                ``cannot_write``, ``timeout`` or ``crashed``.
        """
        with self._lock:
            answer = self._ask(path, out, timeout_s, side_px)
        if not answer["ok"]:
            raise unavailable(str(answer["reason"]))

    def close(self) -> None:
        """End the process; it may finish what it is at for a moment."""
        with self._lock:
            process, self._process = self._process, None
            if process is not None:
                _end(process)
            if self._reader is not None:
                self._reader.join(_GRACE_S)
                self._reader = None

    def _ask(self, path: Path, out: Path, timeout_s: float, side_px: int) -> dict[str, Any]:
        process = self._running()
        self._last_id += 1
        request = {"id": self._last_id, "path": str(path), "out": str(out), "side_px": side_px}
        try:
            _pipe(process.stdin).write(json.dumps(request).encode("utf-8") + b"\n")
            _pipe(process.stdin).flush()
            answer = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            self._discard()
            raise unavailable("timeout") from None
        except OSError as exc:
            self._discard()
            raise unavailable("crashed") from exc
        if answer is None or answer.get("id") != self._last_id:
            self._discard()
            raise unavailable("crashed")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._discard()
            self._process = _start()
            self._answers = queue.Queue()
            self._reader = threading.Thread(
                target=_read_answers,
                args=(_pipe(self._process.stdout), self._answers),
                name="thumbnail-reader",
                daemon=True,
            )
            self._reader.start()
        return self._process

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            _end(process)


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(dicom.__file__).parents[2])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return subprocess.Popen(
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=_creation_flags(),
    )


def _creation_flags() -> int:
    """Open no console window on Windows."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return flags


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("pipe closed")
    return pipe


def _read_answers(pipe: IO[bytes], answers: queue.Queue[dict[str, Any] | None]) -> None:
    """Pass answers on until the process ends; None marks the end."""
    for line in pipe:
        try:
            answers.put(json.loads(line))
        except ValueError:
            continue
    answers.put(None)


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
