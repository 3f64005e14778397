"""The thumbnail process: one JSON request a line on stdin, one JSON answer a line on stdout.

Request ``{"id", "path", "out", "side_px"}``, answer ``{"id", "ok", "reason"}``. Ends at the end of
stdin, that is with its parent, and by itself when a request takes too long: a decoder that hangs
cannot be stopped from within.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

import psutil

from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.dicom.pixels import render_thumbnail
from hbgz_desktop.model.errors import DicomError

MEMORY_LIMIT_BYTES = 3 * 1024**3
REQUEST_LIMIT_S = 30.0


class _Watchdog:
    """Ends the process when a request runs past its limit."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._deadline: float | None = None
        threading.Thread(target=self._watch, name="thumbnail-watchdog", daemon=True).start()

    def begin(self) -> None:
        self._deadline = time.monotonic() + self._limit_s

    def end(self) -> None:
        self._deadline = None

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(0.2):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                psutil.Process().kill()


def main() -> int:
    """Serve requests until stdin ends."""
    answers = _take_stdout()
    _lower_priority()
    _limit_memory()
    watchdog = _Watchdog(REQUEST_LIMIT_S)
    for line in sys.stdin.buffer:
        watchdog.begin()
        answer = _answer(line)
        watchdog.end()
        answers.write(json.dumps(answer).encode("utf-8") + b"\n")
        answers.flush()
    return 0


def _answer(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        number = request["id"]
        path, out, side_px = Path(request["path"]), Path(request["out"]), int(request["side_px"])
    except (ValueError, KeyError, TypeError):
        return {"id": None, "ok": False, "reason": "bad_request"}
    try:
        _write_whole(out, render_thumbnail(path, side_px))
    except DicomError as exc:
        return {"id": number, "ok": False, "reason": str(exc.facts.get("reason", exc.code))}
    return {"id": number, "ok": True, "reason": ""}


def _write_whole(out: Path, picture: bytes) -> None:
    """Write beside the target, then rename: a reader never sees half a picture."""
    partial = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(picture)
        partial.replace(out)
    except OSError as exc:
        partial.unlink(missing_ok=True)
        raise unavailable("cannot_write") from exc


def _take_stdout() -> BinaryIO:
    """Keep stdout for answers alone; what a decoder prints goes to stderr."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _lower_priority() -> None:
    process = psutil.Process()
    if sys.platform == "win32":
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        process.nice(10)


def _limit_memory() -> None:
    """Bound the address space where the system can; on Windows the pixel limits have to do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))


if __name__ == "__main__":
    sys.exit(main())
