"""Our end of a viewing process; knows no decoder and no pixels but those it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.dicom.decoding_client import DecodingProcess
from hbgz_desktop.dicom.view_wire import ViewAnswer, read_answer
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.model.view_frame import FrameFailure

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.view_frame import ViewFrame

MODULE = "hbgz_desktop.dicom.view_worker"


class ViewProcess:
    """One viewing process, spawned at the first request and again after it died."""

    def __init__(self) -> None:
        """Start nothing."""
        self._process: DecodingProcess[ViewAnswer] = DecodingProcess(MODULE, read_answer)

    def read(
        self, path: Path, frame: int, side_px: int, timeout_s: float
    ) -> ViewFrame | FrameFailure:
        """Have one frame decoded; blocks.

        Args:
            path: A DICOM file.
            frame: From 0.
            side_px: Shrunk, but not below this length; 0 = whole.
            timeout_s: Then the process is killed and the frame given up.
        """
        request: dict[str, object] = {"path": str(path), "frame": frame, "side_px": side_px}
        try:
            answer = self._process.ask(request, timeout_s)
        except DicomError as error:
            return FrameFailure(str(error.facts["reason"]))
        return answer.frame or FrameFailure(answer.reason)

    def start(self) -> None:
        """Start the process now, so that the first frame does not wait for it."""
        self._process.start()

    def close(self) -> None:
        """Kill the process at once, for good; safe from any thread."""
        self._process.abort()
