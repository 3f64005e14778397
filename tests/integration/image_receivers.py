"""Other people's image receivers as the platform's: DCMTK's storescp, plain or TLS."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.dicom.file_meta import parse_file_meta
from tests.peer_programs import PeerProgram, find_peer
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

AE_TITLE = "FRONT"
LIMIT_S = 30


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class StoreScp:
    """DCMTK's receiver on one folder and one port, started as often as one likes."""

    folder: Path
    options: Sequence[str | Path] = ()
    port: int = field(default_factory=free_port)
    program: PeerProgram | None = None

    def start(self) -> None:
        """Listen; every syntax is taken, bytes are kept as they come."""
        self.folder.mkdir(exist_ok=True)
        keep_all = ("-aet", AE_TITLE, "+B", "+xa")
        self.program = PeerProgram(
            "storescp", *keep_all, *self.options, "-od", self.folder, str(self.port)
        )
        until("storescp listens", self._is_listening, LIMIT_S)

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """End at once, in the middle of whatever it does."""
        if self.program is not None:
            self.program.kill()

    def settings(self) -> dict[str, Any]:
        """What makes it the platform's receiver."""
        return {
            "guizhou.image_transport": "dicom",
            "guizhou.dicom_host": "127.0.0.1",
            "guizhou.dicom_port": self.port,
            "guizhou.dicom_called_ae": AE_TITLE,
            "guizhou.dicom_timeout_s": 10.0,
        }

    def files(self) -> list[Path]:
        """What it keeps."""
        return [path for path in self.folder.iterdir() if path.is_file()]

    def datasets(self) -> dict[str, tuple[str, bytes]]:
        """(syntax, dataset) by SOP Instance UID."""
        found = {}
        for path in self.files():
            content = path.read_bytes()
            meta = parse_file_meta(content)
            found[meta.sop_instance_uid] = (
                meta.transfer_syntax_uid,
                content[meta.dataset_offset :],
            )
        return found


@contextmanager
def storescp(folder: Path, *options: str | Path) -> Iterator[StoreScp]:
    """A running storescp; skips where DCMTK is not installed."""
    if not find_peer("storescp"):
        pytest.skip("DCMTK is not installed (run.py setup installs it on Debian)")
    receiver = StoreScp(folder, options)
    receiver.start()
    try:
        yield receiver
    finally:
        receiver.kill()
