"""Sending: what becomes of each file, and of the rest when the peer is lost."""

from __future__ import annotations

import socket
import struct
import threading
from typing import TYPE_CHECKING

import pytest
from pynetdicom import AE, build_context, evt

from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import SendResult, echo, send_files
from hbgz_desktop.model.errors import DicomError
from tests.unit.dicom.samples import (
    CT,
    DEFLATED,
    EXPLICIT,
    IMPLICIT,
    JPEG_LOSSLESS,
    encoded,
    image,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pynetdicom.events import Event

    from hbgz_desktop.model.instance import IncomingInstance
    from tests.unit.dicom.conftest import Bench

UNREACHABLE = "Association request failed|TCP Initialisation Error"
LOST = "Connection closed|DIMSE timeout|Abort|No accepted"


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def choosy() -> Iterator[Peer]:
    """A peer that takes CT in explicit little endian only."""
    ae = AE("PACS")
    ae.supported_contexts = [build_context(CT, [EXPLICIT])]
    server = ae.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, lambda event: 0)]
    )
    assert server is not None
    yield Peer("127.0.0.1", int(server.server_address[1]), "PACS", "TEST", 5.0)
    ae.shutdown()


def test_results_come_for_each_file_as_they_are_settled(bench: Bench, tmp_path: Path) -> None:
    files = [stored(tmp_path / f"{number}.dcm", image(number)) for number in range(3)]
    seen: list[SendResult] = []
    results = send_files(files, bench.peer(), on_result=seen.append)
    assert list(results) == seen
    assert [result.path for result in results] == files
    assert all(result.is_accepted for result in results)


@pytest.mark.parametrize("size", [0, 1, 2, 16_374, 131_066, 300_000, 5_000_001])
@pytest.mark.parametrize("syntax", [EXPLICIT, IMPLICIT, DEFLATED, JPEG_LOSSLESS])
def test_bytes_are_sent_as_stored(bench: Bench, tmp_path: Path, syntax: str, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    file = stored(tmp_path / "a.dcm", image(), syntax, data[:size])
    (result,) = send_files([file], bench.peer())
    assert result.status == 0
    # an odd dataset gets the padding of PS3.5 A.5
    assert bench.receiver.instances[0][1] == data[:size] + b"\0" * (size & 1)


def test_more_contexts_than_an_association_holds(bench: Bench, tmp_path: Path) -> None:
    files = [
        stored(tmp_path / f"{number}.dcm", image(number, f"1.2.3.4.{number + 1}"), data=b"\0\0")
        for number in range(200)
    ]
    assert {result.status for result in send_files(files, bench.peer())} == {0}
    assert len(bench.receiver.instances) == 200
    bench.receiver.wait_for("closed", "released", times=2)
    assert bench.receiver.count("opened") == 2


def test_a_refused_context_fails_its_files_only(choosy: Peer, tmp_path: Path) -> None:
    files = [
        stored(tmp_path / "1.dcm", image(1), IMPLICIT),
        stored(tmp_path / "2.dcm", image(2)),
        stored(tmp_path / "3.dcm", image(3), JPEG_LOSSLESS, b"\0\0"),
    ]
    first, second, third = send_files(files, choosy)
    assert second.status == 0
    for refused in (first, third):
        assert refused.status is None
        assert refused.error is not None
        assert (refused.error.code, refused.error.retryable) == ("context_refused", False)


@pytest.mark.allow_warnings(LOST)
def test_when_every_context_is_refused_nothing_is_raised(choosy: Peer, tmp_path: Path) -> None:
    (result,) = send_files([stored(tmp_path / "1.dcm", image(), IMPLICIT)], choosy)
    assert result.error is not None
    assert result.error.code == "context_refused"
    assert echo(choosy).detail_code == "context_refused"


def test_files_that_cannot_be_sent(bench: Bench, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("text", encoding="utf-8")
    good = stored(tmp_path / "a.dcm", image())
    results = {one.path: one for one in send_files([text, tmp_path / "none", good], bench.peer())}
    assert results[good].is_accepted
    codes = {path.name: one.error.code for path, one in results.items() if one.error is not None}
    assert codes == {"a.txt": "not_a_dicom_file", "none": "file_unreadable"}


@pytest.mark.allow_warnings(UNREACHABLE)
def test_a_dead_peer_raises(free_port: int, tmp_path: Path) -> None:
    peer = Peer("127.0.0.1", free_port, "PACS", "TEST", 2.0)
    with pytest.raises(DicomError) as caught:
        send_files([stored(tmp_path / "a.dcm", image())], peer)
    assert (caught.value.code, caught.value.retryable) == ("peer_unreachable", True)
    assert echo(peer).detail_code == "peer_unreachable"


@pytest.mark.allow_warnings("Association|Result|Reason")
def test_a_rejected_association_raises(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(DicomError) as caught:
        send_files([stored(tmp_path / "a.dcm", image())], bench.peer(called_ae="OTHER"))
    assert (caught.value.code, caught.value.retryable) == ("rejected_called_ae", False)


@pytest.mark.allow_warnings(LOST)
def test_a_peer_that_dies_half_way(bench: Bench, tmp_path: Path) -> None:
    leave = threading.Event()

    def die_at_the_second(incoming: IncomingInstance) -> None:
        if bench.receiver.instances:
            bench.scp.abort(incoming.peer.association_id)
            leave.wait(10)

    bench.receiver.on_store = die_at_the_second
    files = [stored(tmp_path / f"{number}.dcm", image(number)) for number in range(4)]
    first, *rest = send_files(files, bench.peer())
    leave.set()
    assert first.is_accepted
    assert [one.status for one in rest] == [None, None, None]
    assert {(one.error.code, one.error.retryable) for one in rest if one.error} == {
        ("peer_lost", True)
    }
    assert len(rest) == 3


def test_a_peer_that_dies_within_its_answer_is_no_error_of_ours() -> None:
    """It is reset behind the head of a PDU; a warning in the log would fail this test."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def die() -> None:
            connection, _ = server.accept()
            connection.recv(1)
            connection.sendall(struct.pack(">BBL", 2, 0, 200))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        dying = threading.Thread(target=die)
        dying.start()
        peer = Peer("127.0.0.1", server.getsockname()[1], "PACS", "TEST", 5.0)
        assert not echo(peer).ok
        dying.join()


@pytest.mark.allow_warnings("ACSE timeout|Abort")
def test_a_silent_peer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        peer = Peer("127.0.0.1", server.getsockname()[1], "PACS", "TEST", 0.3)
        assert echo(peer).detail_code == "peer_silent"


@pytest.mark.allow_warnings("DIMSE timeout|Abort")
def test_a_peer_that_does_not_answer_in_time(bench: Bench, tmp_path: Path) -> None:
    leave = threading.Event()

    def stall(_incoming: IncomingInstance) -> None:
        leave.wait(10)

    bench.receiver.on_store = stall
    peer = Peer("127.0.0.1", bench.scp.port, "HBGZ", "TEST", 0.3)
    results = send_files([stored(tmp_path / f"{n}.dcm", image(n)) for n in (1, 2)], peer)
    leave.set()
    assert [one.error.code for one in results if one.error] == ["peer_silent", "peer_silent"]


def test_sending_can_be_stopped_between_files(bench: Bench, tmp_path: Path) -> None:
    stop = threading.Event()
    files = [stored(tmp_path / f"{number}.dcm", image(number)) for number in range(3)]
    first, *rest = send_files(files, bench.peer(), on_result=lambda _result: stop.set(), stop=stop)
    assert first.is_accepted
    assert [one.error.code for one in rest if one.error] == ["send_stopped", "send_stopped"]
    stopped = send_files(files, bench.peer(), stop=stop)
    assert {one.error.code for one in stopped if one.error} == {"send_stopped"}


@pytest.mark.allow_warnings("Invalid")
def test_an_impossible_ae_title() -> None:
    assert echo(Peer("127.0.0.1", 104, "A" * 17, "TEST", 1.0)).detail_code == "ae_title_invalid"


def test_echo_status_of_a_peer_that_refuses() -> None:
    ae = AE("PACS")
    ae.supported_contexts = [build_context("1.2.840.10008.1.1")]

    def refuse(_event: Event) -> int:
        return 0x0122

    server = ae.start_server(("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_ECHO, refuse)])
    assert server is not None
    peer = Peer("127.0.0.1", int(server.server_address[1]), "PACS", "TEST", 5.0)
    assert echo(peer).detail_code == "echo_refused"
    ae.shutdown()


def test_warnings_count_as_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"
    accepted = [SendResult(path, "1", status).is_accepted for status in (0, 0xB000, 0xB006, 0xB007)]
    assert accepted == [True] * 4
    refused = [SendResult(path, "1", status).is_accepted for status in (None, 0xA700, 0xC000, 0xFE)]
    assert refused == [False] * 4


def test_the_dataset_is_not_read_into_another_encoding(bench: Bench, tmp_path: Path) -> None:
    data = encoded(image()).replace(b"ISO_IR 192", b"ISO_IR 100")
    send_files([stored(tmp_path / "a.dcm", image(), data=data)], bench.peer())
    assert bench.receiver.instances[0][1] == data
