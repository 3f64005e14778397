"""Orthanc as the hospital's PACS forwards a study to us."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.hospital import AE_TITLE, dataset_bytes
from tests.peer_programs import PeerProgram, find_peer, native
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hospital import Hospital
    from tests.running_program import Engine

LIMIT_S = 60


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Orthanc:
    """A running Orthanc and its REST interface."""

    def __init__(self, http_port: int) -> None:
        self._port = http_port

    def ask(self, method: str, path: str, body: bytes | str = b"") -> bytes:
        """One request; the answer must be good."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=LIMIT_S)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, (path, answer.status, content[:500])
        return content

    def json(self, method: str, path: str, body: bytes | str = b"") -> Any:
        """The answer as JSON."""
        return json.loads(self.ask(method, path, body))

    def is_up(self) -> bool:
        """Whether it answers."""
        with suppress(OSError, AssertionError):
            return bool(self.ask("GET", "/system"))
        return False


@contextmanager
def orthanc(folder: Path, engine: Engine) -> Iterator[Orthanc]:
    """An Orthanc that knows our engine as ``front``, with a database of its own."""
    if not find_peer("Orthanc"):
        pytest.skip("Orthanc is not installed (run.py setup installs it on Debian)")
    folder.mkdir()
    http_port, dicom_port = free_port(), free_port()
    settings = {
        "Name": "PACS",
        "StorageDirectory": native(folder / "storage"),
        "IndexDirectory": native(folder / "index"),
        "HttpPort": http_port,
        "DicomPort": dicom_port,
        "DicomAet": "PACS",
        "AuthenticationEnabled": False,
        "RemoteAccessAllowed": False,
        "DicomModalities": {"front": [AE_TITLE, "127.0.0.1", engine.port]},
        "Plugins": [],
    }
    configuration = folder / "orthanc.json"
    configuration.write_text(json.dumps(settings), encoding="utf-8")
    program = PeerProgram("Orthanc", configuration, log=folder / "orthanc.log")
    try:
        pacs = Orthanc(http_port)
        until("Orthanc answers", lambda: pacs.is_up() or program.code is not None, LIMIT_S)
        assert program.code is None, (folder / "orthanc.log").read_text(encoding="utf-8")
        yield pacs
    finally:
        program.kill()


def test_a_pacs_forwards_studies_byte_for_byte(hospital: Hospital, tmp_path: Path) -> None:
    """Native, compressed and GBK studies: our dataset is Orthanc's, and they go out to the platform."""
    studies = hospital.studies(5, images=2)
    engine = hospital.program.start()
    hospital.import_records(*studies)
    with orthanc(tmp_path / "orthanc", engine) as pacs:
        stored = [
            pacs.json("POST", "/instances", path.read_bytes())
            for study in studies
            for path in study.paths
        ]
        parents = sorted({one["ParentStudy"] for one in stored})
        assert len(parents) == len(studies)
        job = pacs.json("POST", "/modalities/front/store", json.dumps(parents))
        assert (job["InstancesCount"], job["FailedInstancesCount"]) == (len(stored), 0)
        theirs = {}
        for one in stored:
            path = tmp_path / f"{one['ID']}.dcm"
            path.write_bytes(pacs.ask("GET", f"/instances/{one['ID']}/file"))
            uid = pacs.json("GET", f"/instances/{one['ID']}")["MainDicomTags"]["SOPInstanceUID"]
            theirs[uid] = dataset_bytes(path)
    rows = hospital.program.query("select sop_instance_uid, path, calling_ae from instances")
    ours = {
        row["sop_instance_uid"]: dataset_bytes(hospital.program.data / "spool" / row["path"])
        for row in rows
    }
    assert ours == theirs
    assert {row["calling_ae"] for row in rows} == {"PACS"}
    hospital.wait_confirmed(len(studies))
    there = {
        one.sop_instance_uid: dataset_bytes(hospital.platform.image_path(one))
        for one in hospital.platform.images()
    }
    assert there == theirs
