"""2.3 (5): the front end's C-STORE door, sent to by our own sender: links, counts, bytes and every fault of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import send_files
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.platforms.guizhou.messages import ImageInfo
from hbgz_desktop.sandbox.faults import (
    ASSOCIATION_FAULTS,
    DICOM_ONLY,
    STATUS_OF,
    STORE_FAULTS,
    FaultKind,
    parse_fault,
)
from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.sandbox.received import folder_of
from hbgz_desktop.sandbox.study_spec import Syntax
from tests.hospital import dataset_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hbgz_desktop.dicom.storage_scu import SendResult
    from hbgz_desktop.sandbox.study_spec import StudySpec
    from tests.integration.guizhou.front_desk import FrontDesk

AE = "HBGZ"


@dataclass(frozen=True)
class Case:
    """One study on the modality's disk."""

    spec: StudySpec
    record: dict[str, str]
    files: tuple[Path, ...]

    @property
    def index(self) -> str:
        return self.record["hiImgIndx"]


@pytest.fixture
def case(desk: FrontDesk, tmp_path: Path) -> Case:
    """Three images whose record the platform has."""
    return made(desk, desk.spec(), tmp_path)


def made(desk: FrontDesk, spec: StudySpec, folder: Path) -> Case:
    """A study with its record sent."""
    record = desk.record(spec)
    assert desk.client().save_exam_record(record).accepted
    return Case(spec, record, generate_study(spec, folder / "modality", 1))


def announce(desk: FrontDesk, case: Case, total: int = 3, accession: str = "") -> None:
    """2.3 (4)."""
    numbers = (accession or case.spec.accession_number,)
    info = ImageInfo(case.index, case.spec.study_instance_uid, numbers, total)
    assert desk.client().save_image_info(info).accepted


def peer_of(desk: FrontDesk, title: str = "") -> Peer:
    receiver = desk.platform.receiver
    assert receiver is not None
    return Peer("127.0.0.1", receiver.port, title or receiver.door.ae_title, AE, timeout_s=5)


def send(desk: FrontDesk, files: Sequence[Path]) -> tuple[SendResult, ...]:
    return send_files(files, peer_of(desk))


def statuses(results: Sequence[SendResult]) -> list[int | None]:
    return [one.status for one in results]


def state_of(desk: FrontDesk, case: Case) -> dict[str, object]:
    """What the control address says of one examination."""
    url = f"{desk.platform.root_url}/_sandbox/state"
    rows = desk.http.get(url).json()["examinations"]
    (row,) = [one for one in rows if one["index"] == folder_of(case.index)]
    return dict(row)


@pytest.mark.parametrize("syntax", [one for one in Syntax if one is not Syntax.JPEG_BASELINE])
def test_what_was_sent_is_kept_byte_for_byte(
    desk: FrontDesk, tmp_path: Path, syntax: Syntax
) -> None:
    """In every transfer syntax; linked to its index and complete (G048)."""
    case = made(desk, replace(desk.spec(), transfer_syntax=syntax), tmp_path)
    announce(desk, case)
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    kept = {one.sop_instance_uid: one for one in desk.platform.images(case.index)}
    assert {one.transport for one in kept.values()} == {"dicom"}
    there = [dataset_bytes(desk.platform.image_path(one)) for one in kept.values()]
    assert there == [dataset_bytes(path) for path in case.files]
    state = state_of(desk, case)
    assert (state["images_by_dicom"], state["images_by_http"], state["complete"]) == (3, 0, True)


def test_nothing_before_it_is_announced(desk: FrontDesk, case: Case) -> None:
    """G048: metadata first."""
    results = send(desk, case.files)
    assert statuses(results) == [0xC001] * 3
    assert results[0].comment == "study not announced by saveImgInfo"
    assert desk.platform.images(case.index) == ()
    announce(desk, case)
    assert statuses(send(desk, case.files)) == [0, 0, 0]


def test_a_lenient_front_end_links_later(desk: FrontDesk, case: Case) -> None:
    """G048 leaves the order to the front end: what came first belongs to the index once that is told."""
    desk.platform.set_variants(dicom_order="any")
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    assert desk.platform.images(case.index) == ()
    assert len(desk.platform.images("")) == 3
    announce(desk, case)
    assert len(desk.platform.images(case.index)) == 3
    assert desk.platform.images("") == ()
    assert state_of(desk, case)["complete"] is True


def test_another_accession_number_than_announced(desk: FrontDesk, tmp_path: Path) -> None:
    """G048: it must equal the headers'."""
    spec = desk.spec()
    record = desk.record(replace(spec, accession_number="OTHER1"))
    assert desk.client().save_exam_record(record).accepted
    case = Case(spec, record, generate_study(spec, tmp_path / "modality", 1))
    announce(desk, case, accession="OTHER1")
    assert statuses(send(desk, case.files)) == [0xC002] * 3


def test_more_than_announced_until_it_is_announced_anew(desk: FrontDesk, case: Case) -> None:
    """G046, G048; DESIGN 5.5: late images after a new saveImgInfo."""
    announce(desk, case, total=2)
    assert statuses(send(desk, case.files)) == [0, 0, 0xC003]
    assert state_of(desk, case)["complete"] is True
    announce(desk, case, total=3)
    assert state_of(desk, case)["complete"] is False
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    assert state_of(desk, case)["complete"] is True
    assert desk.platform.ledger.sent_twice_as_new() == ()


def test_a_deleted_index_takes_no_images(desk: FrontDesk, case: Case) -> None:
    announce(desk, case)
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    assert desk.client().delete_indexes([case.index]).answers[0].accepted
    assert state_of(desk, case) == {
        "index": folder_of(case.index),
        "deleted": True,
        "images": 3,
        "reports": 0,
    }
    assert statuses(send(desk, case.files)) == [0xC001] * 3


def test_another_title_is_not_known(desk: FrontDesk, case: Case) -> None:
    with pytest.raises(DicomError) as caught:
        send_files(case.files, peer_of(desk, "SOMEBODY"))
    assert caught.value.code == "rejected_called_ae"


# -- faults


@pytest.mark.parametrize("kind", sorted(one.value for one in STATUS_OF))
def test_a_status_for_one_instance(desk: FrontDesk, case: Case, kind: str) -> None:
    """A warning keeps the instance, a failure does not; the others are not touched by it."""
    announce(desk, case)
    desk.platform.faults.replace([parse_fault(f"C-STORE:{kind}:nth=2")])
    wanted = STATUS_OF[FaultKind(kind)]
    results = send(desk, case.files)
    assert statuses(results) == [0, wanted, 0]
    is_warning = wanted < 0xC000 and wanted >= 0xB000
    assert results[1].is_accepted == is_warning
    assert len(desk.platform.images(case.index)) == (3 if is_warning else 2)
    kept = {one.status for one in desk.platform.images(case.index)}
    assert kept == ({0, wanted} if is_warning else {0})
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    assert len(desk.platform.images(case.index)) == 3


@pytest.mark.parametrize(
    ("fault", "there"),
    [("abort:nth=2", 1), ("timeout:nth=2,seconds=0.05", 1), ("stored_no_answer:nth=2", 2)],
)
def test_an_association_that_ends_in_the_middle(
    desk: FrontDesk, case: Case, fault: str, there: int
) -> None:
    """The instance without an answer is told apart; what may follow goes on another association."""
    announce(desk, case)
    desk.platform.faults.replace([parse_fault(f"C-STORE:{fault}")])
    results = send(desk, case.files)
    assert results[1].status is None
    assert results[1].error is not None
    assert results[1].error.retryable
    settled = sum(one.is_accepted for one in results)
    assert len(desk.platform.images(case.index)) == settled + (there - 1)
    desk.platform.faults.clear()
    assert statuses(send(desk, case.files)) == [0, 0, 0]
    assert desk.platform.ledger.sent_twice_as_new() == ()


def test_a_slow_answer(desk: FrontDesk, case: Case) -> None:
    announce(desk, case)
    desk.platform.faults.replace([parse_fault("C-STORE:slow:seconds=0.02")])
    assert statuses(send(desk, case.files)) == [0, 0, 0]


def test_a_refused_association(desk: FrontDesk, case: Case) -> None:
    announce(desk, case)
    desk.platform.faults.replace([parse_fault(f"A-ASSOCIATE:refuse_association:1:match={AE}")])
    with pytest.raises(DicomError) as caught:
        send(desk, case.files)
    assert caught.value.code == "rejected_busy"
    assert caught.value.retryable
    assert statuses(send(desk, case.files)) == [0, 0, 0]


@pytest.mark.parametrize("which", ["", ":syntax=1.2.840.10008.1.2.1"])
def test_a_refused_context(desk: FrontDesk, case: Case, which: str) -> None:
    """Refused are the files of that context, and nothing else."""
    announce(desk, case)
    desk.platform.faults.replace([parse_fault(f"A-ASSOCIATE:refuse_context:1{which}")])
    results = send(desk, case.files)
    assert [one.error.code if one.error else "" for one in results] == ["context_refused"] * 3
    assert statuses(send(desk, case.files)) == [0, 0, 0]


def test_a_fault_of_one_study_alone(desk: FrontDesk, case: Case, tmp_path: Path) -> None:
    other = made(desk, desk.spec(), tmp_path / "other")
    announce(desk, case)
    announce(desk, other)
    uid = case.spec.study_instance_uid
    desk.platform.faults.replace([parse_fault(f"C-STORE:a700:match={uid}")])
    assert statuses(send(desk, other.files)) == [0, 0, 0]
    assert statuses(send(desk, case.files)) == [0xA700] * 3


def test_faults_of_http_do_not_reach_the_door(desk: FrontDesk, case: Case) -> None:
    announce(desk, case)
    desk.platform.faults.replace([parse_fault("*:http_500"), parse_fault("*:a700:nth=99")])
    assert statuses(send(desk, case.files)) == [0, 0, 0]


def test_every_fault_of_the_door_is_tried() -> None:
    assert {*ASSOCIATION_FAULTS, *STATUS_OF, FaultKind.ABORT} == DICOM_ONLY
    others = {FaultKind.TIMEOUT, FaultKind.SLOW, FaultKind.STORED_NO_ANSWER, FaultKind.ABORT}
    assert {*STATUS_OF, *others} == STORE_FAULTS


def test_the_door_counts(desk: FrontDesk, case: Case) -> None:
    """The control address tells associations and answers."""
    announce(desk, case)
    url = f"{desk.platform.root_url}/_sandbox/state"
    before = desk.http.get(url).json()["dicom"]
    send(desk, case.files)
    after = desk.http.get(url).json()["dicom"]
    assert after["port"] == peer_of(desk).port
    assert after["answers"]["0000"] - before["answers"].get("0000", 0) == 3
    assert after["associations"]["opened"] - before["associations"].get("opened", 0) == 1
