"""The listener against pynetdicom's own requestor and against bare sockets."""

from __future__ import annotations

import itertools
import socket
import struct
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from pydicom.dataset import FileMetaDataset
from pydicom.uid import UID
from pynetdicom import build_context, evt

from hbgz_desktop.dicom.storage_scp import ScpOptions, StorageScp
from hbgz_desktop.dicom.storage_scu import echo, send_files
from hbgz_desktop.model.errors import DicomError, DiskFullError, InvalidInstanceError
from hbgz_desktop.model.instance import Admission, IncomingInstance, StoreAnswer
from tests.unit.dicom.samples import (
    CT,
    EXPLICIT,
    IMPLICIT,
    JPEG_LOSSLESS,
    KeepingReceiver,
    encoded,
    image,
    stored,
    uid,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pynetdicom.association import Association

    from tests.unit.dicom.conftest import Bench, BenchMaker

REJECTION = r"Association Rejected|Result:|Reason:"
LOST = r"Connection closed|Network timeout|Abort|shorter than expected|PDU|timed out"


def associate(bench: Bench, *contexts: tuple[str, list[str]]) -> Association:
    """Open an association that proposes these (abstract syntax, transfer syntaxes)."""
    built = [build_context(abstract, list(syntaxes)) for abstract, syntaxes in contexts]
    return bench.associate(built)


def test_what_arrives_is_byte_for_byte_what_was_sent(bench: Bench, tmp_path: Path) -> None:
    data = encoded(image())
    file = stored(tmp_path / "a.dcm", image(), data=data)
    (result,) = send_files([file], bench.peer())
    assert result.is_accepted
    ((incoming, received),) = bench.receiver.instances
    assert received == data
    assert incoming.sop_class_uid == CT
    assert incoming.sop_instance_uid == uid(1, 1, 1, 1)
    assert incoming.transfer_syntax_uid == EXPLICIT
    assert (incoming.peer.calling_ae, incoming.peer.called_ae) == ("TEST", "HBGZ")
    assert incoming.peer.address == "127.0.0.1"
    bench.receiver.wait_for("closed", "released")


def test_every_storage_class_and_syntax_is_accepted(bench: Bench, tmp_path: Path) -> None:
    classes = [CT, "1.2.840.10008.5.1.4.1.1.999.9", "1.3.12.2.1107.5.9.1", "1.2.3.4.5.6"]
    syntaxes = [
        IMPLICIT,
        "1.2.840.10008.1.2.1.99",
        JPEG_LOSSLESS,
        "1.2.840.10008.1.2.4.201",
        "1.2.840.10008.1.2.4.110",
        "1.2.840.10008.1.2.4.102",
        "1.2.840.113619.5.2",
        "1.2.3.4.5.6.7",
    ]
    pairs = list(itertools.product(classes, syntaxes))
    data = b"\x01\x02" * 50
    files = [
        stored(tmp_path / f"{number}.dcm", image(number, sop_class), syntax, data)
        for number, (sop_class, syntax) in enumerate(pairs)
    ]
    results = send_files(files, bench.peer())
    assert [result for result in results if result.status != 0] == []
    arrived = [(one.sop_class_uid, one.transfer_syntax_uid) for one, _ in bench.receiver.instances]
    assert sorted(arrived) == sorted(pairs)
    assert {received for _, received in bench.receiver.instances} == {data}


def test_the_first_proposed_syntax_is_taken(bench: Bench) -> None:
    assoc = associate(bench, (CT, [JPEG_LOSSLESS, EXPLICIT, IMPLICIT]))
    assert [str(cx.transfer_syntax[0]) for cx in assoc.accepted_contexts] == [JPEG_LOSSLESS]
    assoc.release()


def test_a_service_that_is_not_ours_is_refused_and_told(bench: Bench) -> None:
    worklist = "1.2.840.10008.5.1.4.31"
    assoc = associate(bench, (CT, [EXPLICIT]), (worklist, [IMPLICIT, EXPLICIT]))
    assert [str(cx.abstract_syntax) for cx in assoc.accepted_contexts] == [CT]
    bench.receiver.wait_for("refused", worklist, (IMPLICIT, EXPLICIT))
    assoc.release()


def test_echo(bench: Bench) -> None:
    result = echo(bench.peer())
    assert (result.ok, result.detail_code) == (True, "echo_ok")
    assert result.elapsed_ms > 0


@pytest.mark.parametrize(
    ("answer", "status", "comment"),
    [
        (StoreAnswer(0xA700, "disk_full"), 0xA700, "disk_full"),
        (StoreAnswer(0xB007), 0xB007, ""),
        (StoreAnswer(0xC000, "x" * 80), 0xC000, "x" * 64),
        (StoreAnswer(0xC000, "磁盘"), 0xC000, "??"),
    ],
)
def test_the_answer_reaches_the_sender(
    bench: Bench, tmp_path: Path, answer: StoreAnswer, status: int, comment: str
) -> None:
    bench.receiver.answer = answer
    (result,) = send_files([stored(tmp_path / "a.dcm", image())], bench.peer())
    assert (result.status, result.comment) == (status, comment)


@pytest.mark.parametrize(
    ("error", "status", "comment"),
    [
        (DiskFullError("disk_full"), 0xA700, "disk_full"),
        (InvalidInstanceError("sop_class_mismatch", status=0xA900), 0xA900, "sop_class_mismatch"),
        (OSError(28, "no space"), 0xA700, "out_of_resources"),
    ],
)
@pytest.mark.allow_warnings("store_failed")
def test_errors_become_statuses(
    bench: Bench, tmp_path: Path, error: Exception, status: int, comment: str
) -> None:
    def fail(_incoming: IncomingInstance) -> None:
        raise error

    bench.receiver.on_store = fail
    (result,) = send_files([stored(tmp_path / "a.dcm", image())], bench.peer())
    assert (result.status, result.comment) == (status, comment)


@pytest.mark.allow_warnings("store_failed")
def test_a_bug_ends_neither_association_nor_listener(
    bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_once(_incoming: IncomingInstance) -> None:
        bench.receiver.on_store = None
        raise KeyError("secret name")

    bench.receiver.on_store = fail_once
    files = [stored(tmp_path / f"{n}.dcm", image(n)) for n in (1, 2)]
    first, second = send_files(files, bench.peer())
    assert (first.status, first.comment) == (0xC000, "internal_error")
    assert second.status == 0
    assert "secret" not in caplog.text
    assert "KeyError" in caplog.text


@pytest.mark.allow_warnings(REJECTION)
@pytest.mark.parametrize(
    ("admission", "code"),
    [
        (Admission.REJECT_CALLING_AE, "rejected_calling_ae"),
        (Admission.REJECT_CALLED_AE, "rejected_called_ae"),
        (Admission.REJECT_BUSY, "rejected_busy"),
    ],
)
def test_the_receiver_decides_who_comes_in(bench: Bench, admission: Admission, code: str) -> None:
    bench.receiver.admission = admission
    assert echo(bench.peer()).detail_code == code
    bench.receiver.wait_for("rejected", admission)
    assert bench.scp.associations() == ()


@pytest.mark.allow_warnings(REJECTION)
def test_another_called_ae_is_refused_and_listed(bench: Bench) -> None:
    assert echo(bench.peer(called_ae="OTHER")).detail_code == "rejected_called_ae"
    bench.receiver.wait_for("rejected", Admission.REJECT_CALLED_AE)


def test_the_called_ae_check_can_be_switched_off(make_bench: BenchMaker) -> None:
    bench = make_bench(check_called_ae=False)
    assert echo(bench.peer(called_ae="OTHER")).ok


@pytest.mark.allow_warnings(REJECTION)
def test_the_last_place_is_kept_for_echo(make_bench: BenchMaker) -> None:
    bench = make_bench(max_associations=3)
    held = [associate(bench, (CT, [EXPLICIT])) for _ in range(2)]
    assert all(assoc.is_established for assoc in held)
    assert associate(bench, (CT, [EXPLICIT])).is_rejected
    bench.receiver.wait_for("rejected", Admission.REJECT_BUSY)
    assert echo(bench.peer()).ok
    held[0].release()
    bench.receiver.wait_for("closed", "released", times=2)
    again = associate(bench, (CT, [EXPLICIT]))
    assert again.is_established
    again.release()
    held[1].release()


def test_sixty_associations_at_once(bench: Bench) -> None:
    """Fifty-nine senders and an echo; bare sockets, as threads of a requestor cost more."""
    sent: list[bytes] = []
    handler = (evt.EVT_DATA_SENT, lambda event: sent.append(event.data))
    bench.associate([build_context(CT, [EXPLICIT])], handler).release()
    bench.receiver.wait_for("closed", "released")
    with ExitStack() as stack:
        for _ in range(59):
            held = stack.enter_context(socket.create_connection(("127.0.0.1", bench.scp.port)))
            held.settimeout(10)
            held.sendall(sent[0])
            assert held.recv(1) == b"\x02"
        assert len(bench.scp.associations()) == 59
        assert echo(bench.peer()).ok
        bench.scp.stop()


def test_live_associations_are_listed(bench: Bench, tmp_path: Path) -> None:
    assoc = associate(bench, (CT, [EXPLICIT]))
    assoc.send_c_store(stored(tmp_path / "a.dcm", image()))
    (live,) = bench.scp.associations()
    assert live.peer.calling_ae == "TEST"
    assert live.instances == 1
    assert live.bytes > len(encoded(image()))
    assert live.opened_at <= live.last_activity_at
    assoc.release()
    bench.receiver.wait_for("closed", "released")
    assert bench.scp.associations() == ()


def test_an_association_can_be_aborted(bench: Bench) -> None:
    assoc = associate(bench, (CT, [EXPLICIT]))
    bench.receiver.wait_for("opened")
    (live,) = bench.scp.associations()
    assert bench.scp.abort(live.peer.association_id)
    bench.receiver.wait_for("closed", "aborted")
    assoc.join(5)
    assert assoc.is_aborted
    assert not bench.scp.abort(live.peer.association_id)


def test_a_cut_connection_is_told_as_lost(bench: Bench) -> None:
    assoc = associate(bench, (CT, [EXPLICIT]))
    wrapper = assoc.dul.socket
    assert wrapper is not None
    assert wrapper.socket is not None
    wrapper.socket.shutdown(socket.SHUT_RDWR)
    bench.receiver.wait_for("closed", "lost")
    assoc.join(5)


def test_a_silent_connection_holds_no_place(make_bench: BenchMaker) -> None:
    bench = make_bench(acse_timeout_s=0.3)
    with socket.create_connection(("127.0.0.1", bench.scp.port)) as scanner:
        scanner.settimeout(10)
        assert bench.scp.associations() == ()
        assert scanner.recv(64) == b""


def test_a_stalled_pdu_is_given_up(make_bench: BenchMaker) -> None:
    bench = make_bench(network_timeout_s=0.3, acse_timeout_s=5.0)
    with socket.create_connection(("127.0.0.1", bench.scp.port)) as stalled:
        stalled.settimeout(10)
        stalled.sendall(struct.pack(">BBL", 1, 0, 500) + b"half")
        assert stalled.recv(64) == b""


@pytest.mark.allow_warnings(LOST)
def test_an_absurd_pdu_length_is_refused(bench: Bench) -> None:
    with socket.create_connection(("127.0.0.1", bench.scp.port)) as hostile:
        hostile.settimeout(10)
        hostile.sendall(struct.pack(">BBL", 4, 0, 0xFFFFFFF0))
        assert hostile.recv(64)[:1] in {b"", b"\x07"}
    assert echo(bench.peer()).ok


@pytest.mark.allow_warnings(LOST)
def test_an_idle_association_is_aborted(make_bench: BenchMaker) -> None:
    bench = make_bench(idle_timeout_s=0.3)
    assoc = associate(bench, (CT, [EXPLICIT]))
    bench.receiver.wait_for("closed", "aborted")
    assoc.join(5)


@pytest.mark.allow_warnings(LOST)
def test_a_dataset_beyond_the_limit_aborts(make_bench: BenchMaker, tmp_path: Path) -> None:
    bench = make_bench(max_instance_bytes=200_000)
    file = stored(tmp_path / "a.dcm", image(), data=b"\0" * 500_000)
    (result,) = send_files([file], bench.peer())
    assert result.error is not None
    assert result.error.retryable
    bench.receiver.wait_for("closed")
    assert bench.receiver.instances == []


@pytest.mark.allow_warnings("Non-conformant")
def test_malformed_uids_reach_the_receiver(bench: Bench) -> None:
    long_uid = "1." + "2" * 70
    assoc = associate(bench, (CT, [EXPLICIT]))
    ds = image()
    ds.SOPInstanceUID = UID(long_uid)
    ds.file_meta = pydicom_meta(CT, long_uid)
    status = assoc.send_c_store(ds)
    assert status.Status == 0
    assert bench.receiver.instances[0][0].sop_instance_uid == long_uid
    assoc.release()


def pydicom_meta(sop_class: str, sop_instance: str) -> FileMetaDataset:
    """Return file meta as pynetdicom wants it."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = UID(sop_instance)
    meta.TransferSyntaxUID = UID(EXPLICIT)
    return meta


def taken_port(bench: Bench) -> DicomError:
    options = ScpOptions("HBGZ", bench.scp.port, "127.0.0.1")
    with pytest.raises(DicomError) as caught:
        StorageScp(options, KeepingReceiver()).start()
    assert (caught.value.code, caught.value.retryable) == ("port_taken", True)
    return caught.value


def test_a_taken_port_is_named(bench: Bench) -> None:
    assert taken_port(bench).facts["port"] == bench.scp.port


@pytest.mark.skip_under_wine("it does not tell whose a port is")
def test_a_taken_port_names_its_holder(bench: Bench) -> None:
    assert str(taken_port(bench).facts["holder"])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ScpOptions("HBGZ", 0, "203.0.113.7"), "bind_address_unknown"),
        (ScpOptions("HBGZ", 0, "no.such.host.invalid"), "bind_address_unknown"),
        (ScpOptions("", 0, "127.0.0.1"), "ae_title_invalid"),
    ],
)
@pytest.mark.allow_warnings("Invalid 'ae_title'")
def test_what_cannot_be_listened_on(options: ScpOptions, code: str) -> None:
    with pytest.raises(DicomError) as caught:
        StorageScp(options, KeepingReceiver()).start()
    assert caught.value.code == code


def test_stop_ends_associations_and_frees_the_port(make_bench: BenchMaker) -> None:
    bench = make_bench()
    port = bench.scp.port
    assoc = associate(bench, (CT, [EXPLICIT]))
    bench.scp.stop(timeout_s=5.0)
    assoc.join(5)
    assert assoc.is_aborted
    bench.receiver.wait_for("closed", "aborted")
    again = make_bench(port=port)
    assert again.scp.port == port


def test_stop_waits_for_a_handler_that_is_storing(make_bench: BenchMaker, tmp_path: Path) -> None:
    bench = make_bench()
    entered, leave = threading.Event(), threading.Event()

    def slow(_incoming: IncomingInstance) -> None:
        entered.set()
        leave.wait(10)

    bench.receiver.on_store = slow
    file = stored(tmp_path / "a.dcm", image())
    sender = threading.Thread(target=send_files, args=([file], bench.peer()))
    sender.start()
    assert entered.wait(10)
    stopper = threading.Thread(target=bench.scp.stop)
    stopper.start()
    sender.join(10)
    assert stopper.is_alive()
    leave.set()
    stopper.join(10)
    assert [data for _, data in bench.receiver.instances] == [encoded(image())]


def test_the_reply_leaves_at_once(bench: Bench) -> None:
    assoc = associate(bench, (CT, [EXPLICIT]))
    bench.receiver.wait_for("opened")
    (live,) = bench.scp.associations()
    accepted = bench.scp._handlers.find(live.peer.association_id)
    assert accepted is not None
    wrapper = accepted.dul.socket
    assert wrapper is not None
    assert wrapper.socket is not None
    assert wrapper.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assoc.release()
