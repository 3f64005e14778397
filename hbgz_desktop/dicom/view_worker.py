"""A viewing process: one JSON request a line on stdin; an answer is a JSON line and the bytes it announces.

Request ``{"id", "path", "frame", "side_px"}``; answer ``{"id", "ok", "reason", "facts", "sizes"}``,
then pixels and VOI LUTs of these sizes. A pipe, not shared memory: 512 KiB pass in 0.7 ms, nothing of a
patient is left behind in a file or a mapping when a process is killed, and half a frame is seen as such.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.decoding_process import serve_requests
from hbgz_desktop.dicom.view_frames import FrameReader
from hbgz_desktop.dicom.view_wire import encoded_failure, encoded_frame
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Server:
    def __init__(self) -> None:
        self._reader = FrameReader()

    def answer(self, line: bytes) -> Sequence[bytes | bytearray]:
        try:
            request = json.loads(line)
            number, path = int(request["id"]), Path(request["path"])
            index, side_px = int(request["frame"]), int(request["side_px"])
        except (ValueError, KeyError, TypeError):
            return encoded_failure(None, "bad_request")
        try:
            return encoded_frame(number, self._reader.read(path, index, side_px))
        except DicomError as exc:
            return encoded_failure(number, str(exc.facts.get("reason", exc.code)))


def main() -> int:
    """Serve requests until stdin ends."""
    return serve_requests(_Server().answer, is_background=False)


if __name__ == "__main__":
    sys.exit(main())
