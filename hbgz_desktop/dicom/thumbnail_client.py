"""Our end of the thumbnail process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from hbgz_desktop.dicom.decoding_client import DecodingProcess
from hbgz_desktop.dicom.pixel_reasons import unavailable

if TYPE_CHECKING:
    from pathlib import Path

_MODULE = "hbgz_desktop.dicom.thumbnail_worker"


@dataclass(frozen=True, slots=True)
class _Answer:
    id: int | None
    is_ok: bool
    reason: str


class ThumbnailProcess:
    """One thumbnail process, started at the first request; requests of all threads queue up."""

    def __init__(self) -> None:
        self._process: DecodingProcess[_Answer] = DecodingProcess(_MODULE, _read_answer)

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
        request: dict[str, object] = {"path": str(path), "out": str(out), "side_px": side_px}
        answer = self._process.ask(request, timeout_s)
        if not answer.is_ok:
            raise unavailable(answer.reason)

    def close(self) -> None:
        """End the process for good; it may finish what it is at for a moment."""
        self._process.close()


def _read_answer(pipe: IO[bytes]) -> _Answer | None:
    line = pipe.readline()
    if not line:
        return None
    facts = json.loads(line)
    return _Answer(facts.get("id"), bool(facts["ok"]), str(facts["reason"]))
