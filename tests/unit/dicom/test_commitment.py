"""Storage commitment: the report on the same association, or on a new one to the caller."""

from __future__ import annotations

import queue
import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom import AE, build_context, build_role, evt
from pynetdicom.dimse_primitives import C_STORE, N_EVENT_REPORT
from typing_extensions import override

from hbgz_desktop.dicom.requestor import Requestor
from tests.unit.dicom.samples import CT, EXPLICIT, KeepingReceiver, encoded, image, stored, uid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pynetdicom.association import Association
    from pynetdicom.events import Event

    from hbgz_desktop.model.instance import IncomingInstance
    from tests.unit.dicom.conftest import Bench, BenchMaker

PUSH = "1.2.840.10008.1.20.1"
INSTANCE = "1.2.840.10008.1.20.1.1"


class Reports:
    """Keeps the N-EVENT-REPORTs that arrive."""

    def __init__(self) -> None:
        self.arrived: queue.Queue[tuple[int, Dataset]] = queue.Queue()

    def on_report(self, event: Event) -> tuple[int, None]:
        self.arrived.put((int(event.event_type or 0), event.event_information))
        return 0x0000, None

    def handlers(self) -> list[tuple[evt.EventType, Any]]:
        return [(evt.EVT_N_EVENT_REPORT, self.on_report)]

    def next(self) -> tuple[int, Dataset]:
        return self.arrived.get(timeout=10)


def request(*instances: str, transaction: str = uid(7)) -> Dataset:
    ds = Dataset()
    if transaction:
        ds.TransactionUID = transaction
    ds.ReferencedSOPSequence = []
    for instance in instances:
        item = Dataset()
        item.ReferencedSOPClassUID = CT
        item.ReferencedSOPInstanceUID = instance
        ds.ReferencedSOPSequence.append(item)
    return ds


def ask(assoc: Association, ds: Dataset, action: int = 1) -> int:
    status, _ = assoc.send_n_action(ds, action, PUSH, INSTANCE)
    return int(status.Status)


class AnsweredReports(Reports):
    """Keeps each once its answer has left: pynetdicom's sender ends badly when it releases before."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: list[tuple[int, Dataset]] = []
        self._is_answering = False

    @override
    def on_report(self, event: Event) -> tuple[int, None]:
        self._taken.append((int(event.event_type or 0), event.event_information))
        return 0x0000, None

    @override
    def handlers(self) -> list[tuple[evt.EventType, Any]]:
        sent = [(evt.EVT_DIMSE_SENT, self._on_message), (evt.EVT_PDU_SENT, self._on_pdu)]
        return [*super().handlers(), *sent]

    def _on_message(self, event: Event) -> None:
        if type(event.message).__name__ == "N_EVENT_REPORT_RSP":
            self._is_answering = True

    def _on_pdu(self, _event: Event) -> None:
        if self._is_answering:
            self._is_answering = False
            self.arrived.put(self._taken.pop(0))


def open_with(bench: Bench, reports: Reports) -> Association:
    contexts = [build_context(PUSH), build_context(CT, [EXPLICIT])]
    return bench.associate(contexts, *reports.handlers())


def uids(ds: Dataset, keyword: str) -> list[str]:
    return [str(item.ReferencedSOPInstanceUID) for item in ds.get(keyword) or ()]


def test_the_report_comes_on_the_same_association(bench: Bench) -> None:
    reports = AnsweredReports()
    assoc = open_with(bench, reports)
    assert ask(assoc, request(uid(1), uid(2))) == 0
    kind, ds = reports.next()
    assert (kind, ds.TransactionUID) == (1, uid(7))
    assert uids(ds, "ReferencedSOPSequence") == [uid(1), uid(2)]
    assert "FailedSOPSequence" not in ds
    assoc.release()


def test_instances_that_are_not_stored_are_named(bench: Bench) -> None:
    bench.receiver.unknown = {uid(2)}
    reports = AnsweredReports()
    assoc = open_with(bench, reports)
    assert ask(assoc, request(uid(1), uid(2))) == 0
    kind, ds = reports.next()
    assert kind == 2
    assert uids(ds, "ReferencedSOPSequence") == [uid(1)]
    assert [(str(i.ReferencedSOPInstanceUID), i.FailureReason) for i in ds.FailedSOPSequence] == [
        (uid(2), 0x0112)
    ]
    assoc.release()


def test_the_sender_may_go_on_storing_meanwhile(bench: Bench, tmp_path: Path) -> None:
    reports = AnsweredReports()
    assoc = open_with(bench, reports)
    assert ask(assoc, request(uid(1))) == 0
    statuses: list[object] = []
    while reports.arrived.empty():
        number = len(statuses) + 1
        answer = assoc.send_c_store(stored(tmp_path / f"{number}.dcm", image(number)), number)
        statuses.append(answer.get("Status"))
    assert set(statuses) == {0}
    assert len(bench.receiver.instances) == len(statuses)
    assoc.release()


def store_request(number: int) -> C_STORE:
    asked = C_STORE()
    asked.MessageID = number
    asked.Priority = 2
    asked.AffectedSOPClassUID = UID(CT)
    asked.AffectedSOPInstanceUID = UID(uid(number))
    asked.DataSet = BytesIO(encoded(image(number)))
    return asked


def event_report() -> N_EVENT_REPORT:
    told = N_EVENT_REPORT()
    told.MessageID = 7
    told.AffectedSOPClassUID = UID(PUSH)
    told.AffectedSOPInstanceUID = UID(INSTANCE)
    told.EventTypeID = 1
    return told


@pytest.mark.allow_warnings("N_EVENT_REPORT'|Received unexpected|during association release")
def test_a_report_of_a_sender_that_does_not_wait_brings_no_second_storing_thread(
    make_bench: BenchMaker,
) -> None:
    """pynetdicom serves an N-EVENT-REPORT request on a thread of its own."""
    told = threading.Event()
    threads: list[str] = []

    def on_store(_incoming: IncomingInstance) -> None:
        threads.append(threading.current_thread().name)
        if len(threads) == 1:
            assoc.dimse.send_msg(event_report(), 1)
            assoc.dimse.send_msg(store_request(2), 3)
            told.wait(1.0)  # time in which another thread would take the second image
        else:
            told.set()

    bench = make_bench(KeepingReceiver(on_store=on_store))
    assoc = open_with(bench, Reports())
    assoc.dimse.send_msg(store_request(1), 3)
    bench.receiver.wait_for("store", times=2)
    assert len(set(threads)) == 1
    assoc.release()


@pytest.fixture
def caller() -> Iterator[tuple[int, Reports]]:
    """The modality's own listener for reports."""
    reports = Reports()
    ae = AE("TEST")
    ae.add_supported_context(PUSH, scu_role=True, scp_role=True)
    server = ae.start_server(
        ("127.0.0.1", 0),
        block=False,
        evt_handlers=[(evt.EVT_N_EVENT_REPORT, reports.on_report)],
    )
    assert server is not None
    yield int(server.server_address[1]), reports
    ae.shutdown()


def test_a_sender_that_left_is_called_back(
    make_bench: BenchMaker, caller: tuple[int, Reports]
) -> None:
    port, reports = caller
    bench = make_bench(commitment_peers={"TEST": ("127.0.0.1", port)})
    assoc = open_with(bench, Reports())
    assert ask(assoc, request(uid(1))) == 0
    assoc.release()
    kind, ds = reports.next()
    assert (kind, uids(ds, "ReferencedSOPSequence")) == (1, [uid(1)])


@pytest.mark.allow_warnings("commitment_report_|Invalid value|Received unexpected|Abort|division")
def test_a_peer_that_takes_nothing_does_not_stop_the_reports_of_others(
    make_bench: BenchMaker, caller: tuple[int, Reports]
) -> None:
    """Longest PDU 6: not one byte of a message fits into it."""
    port, reports = caller
    narrow = AE("NARROW")
    narrow.maximum_pdu_size = 6
    narrow.add_supported_context(PUSH, scu_role=True, scp_role=True)
    server = narrow.start_server(("127.0.0.1", 0), block=False)
    assert server is not None
    peers = {"NARROW": int(server.server_address[1]), "TEST": port}
    bench = make_bench(commitment_peers={ae: ("127.0.0.1", number) for ae, number in peers.items()})
    for name in peers:
        assoc = Requestor(name).associate(
            "127.0.0.1", bench.scp.port, contexts=[build_context(PUSH)], ae_title="HBGZ"
        )
        assert ask(assoc, request(uid(1))) == 0
        assoc.release()
    assert reports.next()[0] == 1
    narrow.shutdown()


@pytest.mark.allow_warnings("commitment_report_undeliverable")
def test_without_an_address_the_report_is_dropped(bench: Bench) -> None:
    assoc = open_with(bench, Reports())
    assert ask(assoc, request(uid(1))) == 0
    assoc.release()
    bench.receiver.wait_for("closed", "released")


@pytest.mark.parametrize(
    ("ds", "action", "status"),
    [
        (request(uid(1)), 2, 0x0123),
        (request(), 1, 0x0115),
        (request(uid(1), transaction=""), 1, 0x0115),
    ],
)
def test_what_makes_no_sense_is_refused(
    bench: Bench, ds: Dataset, action: int, status: int
) -> None:
    assoc = open_with(bench, Reports())
    assert ask(assoc, ds, action) == status
    assoc.release()


@pytest.mark.allow_warnings("commitment_failed")
def test_a_bug_in_looking_up_is_a_processing_failure(make_bench: BenchMaker) -> None:
    class Failing(KeepingReceiver):
        @override
        def committed(self, references: tuple[tuple[str, str], ...]) -> Any:
            raise KeyError("secret")

    bench = make_bench(Failing())
    assoc = open_with(bench, Reports())
    assert ask(assoc, request(uid(1))) == 0x0110
    assoc.release()


def test_a_peer_that_proposes_roles_gets_them(bench: Bench) -> None:
    assoc = bench.associate([build_context(PUSH)])
    assert assoc.is_established
    assoc.release()
    role = build_role(PUSH, scu_role=True, scp_role=False)
    again = Requestor("TEST").associate(
        "127.0.0.1", bench.scp.port, [build_context(PUSH)], ae_title="HBGZ", ext_neg=[role]
    )
    assert again.accepted_contexts[0].as_scu
    again.release()
