"""What comes after the rest: images, other versions of images, settlements, a second study."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.modality import generate_study
from hbgz_desktop.sandbox.study_spec import make_uid
from tests.hospital import Study, dataset_bytes, make_studies, more_images
from tests.running_program import until

if TYPE_CHECKING:
    import random

    from tests.hospital import Hospital


def totals(hospital: Hospital) -> list[int]:
    """imageTotalNum announced with each image the platform keeps, in the order of arrival."""
    return [one.total for one in hospital.platform.images()]


def image_requests(hospital: Hospital) -> int:
    """How many images were sent so far."""
    return sum(one.service == "saveImgFile" for one in hospital.platform.requests())


def other_bytes(hospital: Hospital, study: Study) -> Study:
    """The same instances by their UIDs, reprocessed by the modality: other pixels."""
    folder = hospital.root / "reprocessed"
    paths = generate_study(study.spec, folder, hospital.seed + 77)
    files = dict(zip(study.files, paths, strict=True))
    assert all(
        dataset_bytes(study.files[uid]) != dataset_bytes(path) for uid, path in files.items()
    )
    return replace(study, files=files)


def test_late_images_are_a_supplement_and_the_same_again_is_nothing(hospital: Hospital) -> None:
    """After confirmation only the new ones go, with the new total; repeats change nothing."""
    (study,) = hospital.studies(images=3)
    late = more_images(study, hospital.root / "late", 2, hospital.seed)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    hospital.wait_confirmed(1)
    assert totals(hospital) == [3, 3, 3]

    assert hospital.send(engine, late)
    until("all confirmed", lambda: len(hospital.platform.images()) == 5)
    hospital.wait_confirmed(1)
    whole = replace(study, files=study.files | late.files)
    assert totals(hospital) == [3, 3, 3, 5, 5]
    assert image_requests(hospital) == 5

    before = hospital.program.query("select id, path from instances order by id")
    asked = len(hospital.platform.requests())
    assert hospital.send(engine, whole)
    until(
        "closed again", lambda: hospital.program.scalar("select state from studies") == "complete"
    )
    hospital.wait_confirmed(1)
    assert hospital.program.query("select id, path from instances order by id") == before
    assert len(hospital.platform.requests()) == asked
    assert not hospital.program.scalar("select has_changed from studies")
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(whole)


def test_another_version_before_confirmation_is_the_one_that_is_sent(hospital: Hospital) -> None:
    """Nothing was sent yet: the newest goes out, the older one stays in the ledger as superseded."""
    (study,) = hospital.studies(images=2)
    newer = other_bytes(hospital, study)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    until("complete", lambda: hospital.lanes() == {"no_record": 1})
    assert hospital.send(engine, newer)
    hospital.import_records(study)
    hospital.wait_confirmed(1)
    hospital.assert_delivered_once(newer)
    hospital.assert_nothing_lost()
    rows = hospital.program.query("select version, is_current, confirmed_at from instances")
    found = sorted((row["version"], row["is_current"], bool(row["confirmed_at"])) for row in rows)
    assert found == [(1, 0, False)] * 2 + [(2, 1, True)] * 2
    assert totals(hospital) == [2, 2]


def test_another_version_after_confirmation_waits_for_a_person(hospital: Hospital) -> None:
    """It is kept and acknowledged, the study is marked changed; it goes out when somebody says so."""
    (study,) = hospital.studies(images=2)
    newer = other_bytes(hospital, study)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    hospital.wait_confirmed(1)
    asked = len(hospital.platform.requests())

    assert hospital.send(engine, newer)
    until("waits for a person", lambda: hospital.lanes() == {"changed": 1})
    shown = hospital.program.json("studies", "show", study.uid)
    assert shown["has_changed"] is True
    assert hospital.program.scalar("select count(*) from instances") == 4
    hospital.assert_nothing_lost()
    assert len(hospital.platform.requests()) == asked
    hospital.assert_delivered_once(study)

    decided = hospital.program.json("studies", "changed", study.uid, "--send")
    assert len(decided["instances"]) == 2
    until("all are there", lambda: len(hospital.platform.images()) == 4)
    hospital.wait_confirmed(1)
    newest = {
        one.sop_instance_uid: dataset_bytes(hospital.platform.image_path(one))
        for one in hospital.platform.images()
    }
    assert newest == {uid: dataset_bytes(path) for uid, path in newer.files.items()}
    assert totals(hospital) == [2, 2, 2, 2]


def test_a_settlement_that_comes_days_later_lets_the_examination_go(hospital: Hospital) -> None:
    """G040: it waits, says so, and goes when the row comes, joined by the application number."""
    first, second = hospital.studies(2, images=1)
    engine = hospital.program.start()
    hospital.import_records(first, second, setlInfoList=None)
    assert hospital.send(engine, first, second)
    until("both wait", lambda: hospital.lanes() == {"waiting_settlement": 2})
    assert {one["blocked_reason"] for one in hospital.deliveries()} == {"settlement"}
    assert hospital.platform.requests() == ()

    rows = [
        {"appyNo": one.record["appyNo"], **setting}
        for one in (first, second)
        for setting in settlements_of(one)
    ]
    path = hospital.root / "settlements.csv"
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = hospital.work.record_import.import_file(path)
    assert (report.settlements, report.waiting_settlements, report.problems) == (2, 0, ())
    hospital.wait_confirmed(2)
    hospital.assert_delivered_once(first, second)


def settlements_of(study: Study) -> list[dict[str, object]]:
    """Settlement rows of a record."""
    rows: list[dict[str, object]] = json.loads(json.dumps(study.record["setlInfoList"]))
    return rows


@pytest.mark.parametrize("transport", [pytest.param("http", marks=pytest.mark.long), "dicom"])
def test_two_studies_of_one_record_go_under_one_index(
    hospital: Hospital, rng: random.Random, transport: str
) -> None:
    """G031, G048: a record that lists two accession numbers waits for both and counts both.

    By DICOM each study is announced, with the images of both as imageTotalNum.
    """
    if transport == "dicom":
        hospital.push_by_dicom()
    (first,) = hospital.studies(images=2)
    spec = replace(
        first.spec,
        study_instance_uid=make_uid(rng),
        accession_number=f"{first.spec.accession_number}B",
    )
    paths = generate_study(spec, hospital.root / "second", hospital.seed)
    (template,) = make_studies(hospital.root / "template", hospital.seed, images=2)
    uids = [
        f"{spec.study_instance_uid}.{uid.removeprefix(first.uid + '.')}" for uid in template.files
    ]
    second = replace(first, spec=spec, files=dict(zip(uids, paths, strict=True)))
    both = f"{first.spec.accession_number},{spec.accession_number}"

    engine = hospital.program.start()
    assert hospital.send(engine, first)
    hospital.import_records(first, accessionNumber=both)
    until("waits for the other", lambda: hospital.lanes() == {"no_images": 1})
    assert hospital.platform.requests() == ()
    assert hospital.send(engine, second)
    hospital.wait_confirmed(2)
    (record,) = hospital.platform.records()
    assert sorted(record.accession_numbers) == sorted(both.split(","))
    assert {one.index for one in hospital.platform.images()} == {record.index}
    assert totals(hospital) == [4, 4, 4, 4]
    assert {one.transport for one in hospital.platform.images()} == {transport}
    received: Any = hospital.platform.state()["examinations"]
    assert [(one["complete"], one["announced"]) for one in received] == [
        (True, transport == "dicom")
    ]
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(first, second)
