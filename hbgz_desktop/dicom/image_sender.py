"""Who pushes the images of a study: one small interface, so that another sender can take its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hbgz_desktop.dicom.storage_scu import send_files

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hbgz_desktop.dicom.requestor import Peer
    from hbgz_desktop.dicom.storage_scu import SendResult


class ImageSender(Protocol):
    """Sends stored files to one peer as they are, never transcoded (DESIGN 5.5)."""

    def send(
        self,
        paths: Sequence[Path],
        *,
        on_result: Callable[[SendResult], None],
        stop: threading.Event,
    ) -> None:
        """Send files one after another; blocks until each has its result or ``stop`` is set.

        Args:
            paths: Files of one study.
            on_result: Called once for each file, in the calling thread.
            stop: Checked between two files.

        Raises:
            DicomError: The peer could not be reached or did not take the association at all.
        """


@dataclass(frozen=True, slots=True)
class StudySender:
    """One association for the whole study, one more for each further 128 contexts."""

    peer: Peer

    def send(
        self,
        paths: Sequence[Path],
        *,
        on_result: Callable[[SendResult], None],
        stop: threading.Event,
    ) -> None:
        """As ``ImageSender.send``, by ``send_files``."""
        send_files(paths, self.peer, on_result=on_result, stop=stop)
