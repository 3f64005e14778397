"""What the simulated cloud shares, how its answers may look, and what survives a restart."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.guizhou_library import OtherHospitals
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor
from hbgz_desktop.sandbox.guizhou_variants import CHOICES, GuizhouVariants
from hbgz_desktop.sandbox.ledger import Ledger
from hbgz_desktop.sandbox.ledger_state import state_of
from hbgz_desktop.sandbox.received import StoredImageInfo
from tests.unit.sandbox.caller import INSTITUTION, KEY, Caller

if TYPE_CHECKING:
    from pathlib import Path


def test_the_library_is_always_the_same(tmp_path: Path) -> None:
    """Index codes, UIDs and bytes follow from the seed, in whatever order they are asked for."""
    first, second = (OtherHospitals(tmp_path / name, 1, 24) for name in ("a", "b"))
    assert first.exams() == second.exams()
    index = first.exams()[0].index
    assert len(first.images(index)) == 60
    wanted = (59, 0, 30)
    forward = [digest(first.images(index)[number].path()) for number in sorted(wanted)]
    backward = [digest(second.images(index)[number].path()) for number in sorted(wanted)[::-1]]
    assert forward == backward[::-1]
    assert len(set(forward)) == 3
    others = {one.index for one in OtherHospitals(tmp_path / "c", 2, 24).exams()}
    assert not others & {one.index for one in first.exams()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_defaults_are_choices() -> None:
    values = GuizhouVariants().as_json()
    assert {*values} == {*CHOICES}
    assert all(values[name] == CHOICES[name][0] for name in values)
    for name, value in (("no_such", "x"), ("code_type", "complex")):
        with pytest.raises(UsageError):
            GuizhouVariants().changed({name: value})


def test_variants_over_the_control_address(caller: Caller, record: dict[str, Any]) -> None:
    url = f"{caller.platform.root_url}/_sandbox/variants"
    answer = caller.http.post(url, json={"code_type": "string"})
    assert answer.json()["variants"]["code_type"] == "string"
    assert caller.record(record).json()["code"] == "0"
    assert caller.http.post(url, json={"code_type": "x"}).status_code == 400
    assert caller.http.post(url, json=[]).status_code == 400


def test_announcements_and_deletions_survive_a_restart(
    tmp_path: Path, record: dict[str, Any]
) -> None:
    ledger = Ledger(tmp_path)
    for index in ("I1", "I2"):
        ledger.add_record(
            index,
            study_uid="1.2",
            accession_numbers=["A1"],
            report_numbers=["R1"],
            content=record,
            warnings=[],
        )
        ledger.add_image_info(StoredImageInfo(index, "1.2", ("A1",), 3, ""))
    changed = ledger.add_image_info(StoredImageInfo("I2", "1.2", ("A1",), 4, ""))
    again = ledger.add_image_info(StoredImageInfo("I2", "1.2", ("A1",), 4, ""))
    assert (changed.outcome, again.outcome) == ("changed", "again")
    assert ledger.delete("I1") is not None
    assert ledger.delete("I1") is None
    restarted = Ledger(tmp_path)
    assert state_of(restarted) == state_of(ledger)
    assert restarted.image_info("I1") is None
    assert restarted.announced_total("I2") == 4
    assert [one.index for one in restarted.infos_of("1.2")] == ["I2"]


def test_the_door_keeps_its_port_through_an_outage(tmp_path: Path) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY, dicom=DicomDoor())
    with platform:
        address = platform.dicom_address
    with platform:
        assert platform.dicom_address == address
        other = GuizhouPlatform(
            tmp_path / "other",
            institution_code=INSTITUTION,
            key=KEY,
            dicom=DicomDoor(port=int(address.rpartition(":")[2])),
        )
        with pytest.raises(UsageError):
            other.start()


def test_a_rule_counts_only_what_it_can_strike(caller: Caller, record: dict[str, Any]) -> None:
    """A fault of the DICOM door waits for that door; one for an inner service for that service."""
    rules = ["*:a700:1", "queryImgCahe:http_500:1", "saveExamRpotImgInfo:http_503:1"]
    caller.platform.faults.replace([parse_fault(one) for one in rules])
    assert [caller.record(record).status_code for _ in range(2)] == [503, 200]
    assert [one["seen"] for one in caller.platform.faults.snapshot()] == [0, 0, 2]


def test_an_answer_that_is_cut(caller: Caller, record: dict[str, Any]) -> None:
    """The work is done; of the answer comes a part."""
    caller.platform.faults.replace([parse_fault("saveExamRpotImgInfo:cut_answer:1")])
    with pytest.raises(httpx.TransportError):
        caller.record(record)
    assert len(caller.platform.records()) == 1
    assert caller.platform.requests()[-1].outcome == "accepted"
