"""Images meet their record only when that is sure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.examination import MatchCandidate, StudyFacts
from hbgz_desktop.services.matching import agrees, choose

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
MONTH = timedelta(days=30)


def study(**changes: Any) -> StudyFacts:
    values: dict[str, Any] = {
        "id": 1,
        "study_instance_uid": "1.2.3",
        "accession_number": "A1",
        "patient_id": "P1",
        "name_key": "王小明 wangxiaoming wxm",
        "birth_date": "19780102",
        "study_date": "20260301",
        "study_time": "081500",
        "modality": "CT",
        "last_received_at": NOW,
        "is_complete": True,
        "examination_id": None,
        "has_digests": True,
        "has_lost": False,
        "items": (),
    }
    return StudyFacts(**(values | changes))


def candidate(examination_id: int = 1, **changes: Any) -> MatchCandidate:
    values: dict[str, Any] = {
        "examination_id": examination_id,
        "record_id": examination_id,
        "study_uid": "",
        "accessions": ("A1",),
        "patient_id": "P1",
        "name_key": "王小明 wangxiaoming wxm",
        "birth_date": "19780102",
        "at": NOW,
    }
    return MatchCandidate(**(values | changes))


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([candidate(study_uid="1.2.3", accessions=(), patient_id="other")], (1, "uid")),
        ([candidate(1, study_uid="1.2.3"), candidate(2, study_uid="1.2.3")], None),
        ([candidate(1), candidate(2, study_uid="1.2.3", accessions=())], (2, "uid")),
        ([candidate()], (1, "accession")),
        ([candidate(accessions=("A0", "A1"))], (1, "accession")),
        ([candidate(1), candidate(2)], None),
        ([candidate(1), candidate(2, at=NOW - timedelta(days=31))], (1, "accession")),
        ([candidate(at=NOW - timedelta(days=31))], None),
        ([candidate(at=NOW + timedelta(days=31))], None),
        ([candidate(patient_id="P2", name_key="李四 lisi ls")], None),
        ([candidate(patient_id="")], (1, "accession")),
        ([candidate(patient_id="", birth_date="")], None),
        ([], None),
    ],
)
def test_the_one_record_a_study_surely_belongs_to(
    candidates: list[MatchCandidate], expected: tuple[int, str] | None
) -> None:
    found = choose(study(), tuple(candidates), MONTH)
    assert (found and (found[0].examination_id, found[1])) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({}, {}, True),
        ({"patient_id": ""}, {"patient_id": ""}, True),
        ({"patient_id": "X"}, {"birth_date": "1978-01-02"}, True),
        ({"patient_id": "X"}, {"birth_date": "19780103"}, False),
        ({"patient_id": "X", "name_key": "wangxiaoming wxm"}, {}, True),
        ({"patient_id": "X", "name_key": ""}, {"name_key": ""}, False),
    ],
)
def test_who_is_the_same_patient(
    ours: dict[str, Any], theirs: dict[str, Any], *, expected: bool
) -> None:
    assert agrees(study(**ours), candidate(**theirs)) is expected


def test_images_that_come_first_are_joined_when_the_record_comes(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec)
    study_id = clinic.close(spec)
    assert clinic.work.matching.match_study(study_id) is None
    assert clinic.scalar("select lane from worklist") == "no_record"
    report = clinic.take(clinic.record(spec))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0])
    assert clinic.scalar("select examination_id from studies") == examination_id
    assert clinic.work.matching.match_study(study_id) == examination_id


def test_two_records_with_the_same_number_wait_for_a_person(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec)
    study_id = clinic.close(spec)
    plain = clinic.record(spec, studyUid=None)
    other = clinic.record(spec, studyUid=None, accessionNumber=f"{spec.accession_number},ZZ")
    report = clinic.take(plain, other)
    assert report.new == 2
    assert clinic.scalar("select examination_id from studies") is None, "both are in one file"
    first, second = (clinic.work.examinations.of_record(one) or 0 for one in report.record_ids)
    assert clinic.work.matching.assign(study_id, second, "李敏") == (second,)
    assert clinic.work.matching.assign(study_id, first, "李敏") == (second, first)
    assert clinic.scalar("select examination_id from studies") == first


def test_a_record_with_two_numbers_gets_both_studies_and_waits_for_the_second(
    clinic: Clinic,
) -> None:
    one, other = clinic.specs[:2]
    numbers = f"{one.accession_number},{other.accession_number}"
    report = clinic.take(clinic.record(one, studyUid=None, accessionNumber=numbers))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    for spec, expected in ((one, "no_images"), (other, "ready")):
        clinic.send(spec, PatientID=one.patient_id)
        clinic.close(spec)
        assert clinic.deliveries(examination_id)["record"] == expected
    studies = clinic.work.examinations.studies_of(examination_id)
    assert [item.accession_number for item in studies] == numbers.split(",")
