"""Sends generated studies by C-STORE, the way a modality does: one association a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.dicom.storage_scu import SendResult, send_files

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from hbgz_desktop.dicom.requestor import Peer


def send_studies(
    studies: Iterable[Sequence[Path]],
    peer: Peer,
    *,
    on_result: Callable[[SendResult], None] | None = None,
    stop: threading.Event | None = None,
) -> tuple[SendResult, ...]:
    """Send studies one after another in the calling thread.

    Args:
        studies: The files of each study, as ``generate_study`` returns them.
        peer: The listener to send to.
        on_result: Called after each file.
        stop: Checked between files and studies.

    Returns:
        One result a file that was tried or settled.

    Raises:
        DicomError: A study's association could not be opened; earlier studies are sent.
    """
    results: list[SendResult] = []
    for paths in studies:
        if stop is not None and stop.is_set():
            break
        results += send_files(paths, peer, on_result=on_result, stop=stop)
    return tuple(results)
