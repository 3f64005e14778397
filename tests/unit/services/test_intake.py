"""One instance: what is stored, what is refused, what comes twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop import __version__
from hbgz_desktop.model.errors import DatabaseBusyError, DiskFullError, InvalidInstanceError
from hbgz_desktop.model.instance import SUCCESS, Admission
from hbgz_desktop.services.stored_dataset import hold_same_dataset
from tests.unit.dicom.samples import CT, IMPLICIT, MR, encoded
from tests.unit.services.clinic import caller, dataset

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic


def rows(clinic: Clinic) -> list[tuple[int, bool]]:
    return [tuple(row) for row in clinic.query("select version, is_current from instances")]


def test_an_instance_is_on_disk_and_in_the_ledger_when_it_is_acknowledged(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    incoming = clinic.incoming(dataset(spec))
    assert clinic.intake.store(incoming) == SUCCESS
    (row,) = clinic.query("select path, size_bytes, calling_ae, is_sendable from instances")
    stored = clinic.work.spool.absolute(row.path).read_bytes()
    assert stored.endswith(bytes(incoming.dataset))
    assert (row.size_bytes, row.calling_ae, row.is_sendable) == (len(stored), "CT1", 1)
    assert clinic.spooled() == {row.path}
    facts = clinic.work.examinations.study(clinic.study_id(spec))
    assert facts is not None
    assert facts.name_key.startswith(spec.patient_name.replace("^", ""))


def test_the_same_bytes_again_are_acknowledged_and_stored_once(clinic: Clinic) -> None:
    for is_digested in (False, True):
        clinic.send(clinic.specs[0], 1)
        assert rows(clinic) == [(1, True)]
        assert len(clinic.spooled()) == 1
        if not is_digested:
            clinic.digests.step()


def test_the_same_dataset_after_an_upgrade_of_the_program_is_the_same(clinic: Clinic) -> None:
    """Our file meta header names our version; it must not make a change of what did not change."""
    clinic.send(clinic.specs[0], 1)
    clinic.digests.step()
    file = clinic.work.spool.absolute(clinic.scalar("select path from instances"))
    mine = f"HBGZ_{__version__}".encode()
    file.write_bytes(file.read_bytes().replace(mine, mine[:-1] + b"~"))
    clinic.send(clinic.specs[0], 1)
    assert rows(clinic) == [(1, True)]
    assert len(clinic.spooled()) == 1


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_other_bytes_are_a_new_version_that_replaces_only_what_was_not_confirmed(
    clinic: Clinic, *, is_confirmed: bool
) -> None:
    clinic.send(clinic.specs[0], 1)
    if is_confirmed:
        with clinic.work.database.write() as connection:
            connection.exec_driver_sql("update instances set confirmed_at = 1")
    clinic.send(clinic.specs[0], 1, pixel=9)
    assert rows(clinic) == [(1, is_confirmed), (2, not is_confirmed)]
    assert clinic.scalar("select has_changed from studies") == 1
    assert clinic.scalar("select instance_count from studies") == 1
    assert len(clinic.spooled()) == 2


def test_another_transfer_syntax_is_another_version(clinic: Clinic) -> None:
    ds = dataset(clinic.specs[0])
    clinic.intake.store(clinic.incoming(ds))
    clinic.intake.store(
        clinic.incoming(ds, transfer_syntax_uid=IMPLICIT, dataset=encoded(ds, IMPLICIT))
    )
    assert [version for version, _ in rows(clinic)] == [1, 2]


def test_one_instance_uid_in_two_series_is_two_instances(clinic: Clinic) -> None:
    for series in (1, 2):
        clinic.send(clinic.specs[0], 1, series=series)
    assert rows(clinic) == [(1, True), (1, True)]
    assert clinic.scalar("select instance_count from studies") == 2


def test_a_file_that_was_lost_comes_back_with_the_same_bytes(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    clinic.digests.step()
    (path,) = clinic.spooled()
    clinic.work.spool.remove(path)
    clinic.work.reception.mark_lost([path])
    clinic.send(clinic.specs[0], 1)
    assert clinic.spooled() == {path}
    assert [tuple(row) for row in clinic.query("select version, lane from instances")] == [(1, "")]


def test_a_file_that_was_lost_before_its_digest_was_known_gets_a_new_version(
    clinic: Clinic,
) -> None:
    clinic.send(clinic.specs[0], 1)
    (path,) = clinic.spooled()
    clinic.work.spool.remove(path)
    clinic.send(clinic.specs[0], 1)
    assert rows(clinic) == [(1, False), (2, True)]
    assert len(clinic.spooled()) == 1


def test_many_threads_with_the_same_instance_store_it_once(clinic: Clinic) -> None:
    incoming = clinic.incoming(dataset(clinic.specs[0]))
    start = threading.Barrier(8)

    def send() -> None:
        start.wait()
        clinic.intake.store(incoming)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(clinic) == [(1, True)]
    assert len(clinic.spooled()) == 1


@pytest.mark.parametrize(
    ("tags", "changes", "code", "status"),
    [
        ({"StudyInstanceUID": None}, {}, "uid_missing", 0xC000),
        ({"SeriesInstanceUID": "1.2.77"}, {}, "uid_malformed", 0xC000),
        ({}, {"sop_instance_uid": "1.9"}, "sop_instance_mismatch", 0xA900),
        ({}, {"sop_class_uid": MR}, "sop_class_mismatch", 0xA900),
        ({}, {"sop_class_uid": ""}, "uid_missing", 0xC000),
    ],
)
def test_what_cannot_be_filed_is_refused_and_its_bytes_are_kept(
    clinic: Clinic, tags: dict[str, Any], changes: dict[str, Any], code: str, status: int
) -> None:
    ds = dataset(clinic.specs[0], **tags)
    raw = encoded(ds).replace(b"1.2.77", b"1.2.x7")
    incoming = clinic.incoming(ds, **{"dataset": raw, **changes})
    with pytest.raises(InvalidInstanceError) as caught:
        clinic.intake.store(incoming)
    assert (caught.value.code, caught.value.facts["status"]) == (code, status)
    assert rows(clinic) == []
    assert clinic.spooled() == set()
    (row,) = clinic.query("select path, reason, calling_ae, address from quarantine")
    assert (row.reason, row.calling_ae, row.address) == (code, "CT1", "10.0.0.7")
    kept = clinic.work.quarantine.absolute(row.path).read_bytes()
    assert kept.endswith(bytes(incoming.dataset))


def test_what_no_reader_understands_is_acknowledged_and_kept_apart(clinic: Clinic) -> None:
    noise = bytes(range(1, 255)) * 4
    incoming = clinic.incoming(dataset(clinic.specs[0]), dataset=noise)
    assert clinic.intake.store(incoming) == SUCCESS
    (row,) = clinic.query("select path, reason from quarantine")
    assert row.reason == "unreadable"
    assert clinic.work.quarantine.absolute(row.path).read_bytes().endswith(noise)
    assert rows(clinic) == []


def test_under_the_reserve_nothing_is_taken_and_nobody_is_let_in(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"storage.reserve_mb": 9_000_000})
    with pytest.raises(DiskFullError):
        clinic.intake.store(clinic.incoming(dataset(clinic.specs[0])))
    assert clinic.intake.admit(caller()) is Admission.REJECT_BUSY
    assert clinic.spooled() == set()
    clinic.work.spool.reserve_bytes = 0
    assert clinic.intake.admit(caller()) is Admission.ACCEPT
    clinic.send(clinic.specs[0], 1)


def test_a_database_that_stays_locked_refuses_and_leaves_no_file(clinic: Clinic) -> None:
    with clinic.impatient() as intake, clinic.locked_database(), pytest.raises(DatabaseBusyError):
        intake.store(clinic.incoming(dataset(clinic.specs[0])))
    assert clinic.spooled() == set()
    clinic.send(clinic.specs[0], 1)
    assert len(clinic.spooled()) == 1


def test_names_without_a_charset_are_read_by_the_devices_own(clinic: Clinic) -> None:
    clinic.work.associations.set_peer("US_UTF8", fallback_charset="utf-8")
    clinic.book.reload_peers()
    name = "王^小明"
    for number, (ae, charset) in enumerate((("US_UTF8", "utf-8"), ("CT_OLD", "gb18030"))):
        spec = clinic.specs[number]
        ds = dataset(spec, SpecificCharacterSet=None, PatientName="PLACEHOLDER^X")
        raw = encoded(ds)
        coded = name.encode(charset).ljust(len("PLACEHOLDER^X") + 1)
        raw = raw.replace(b"PLACEHOLDER^X ", coded[:14])
        clinic.intake.store(clinic.incoming(ds, ae, dataset=raw))
        shown = clinic.scalar(
            "select patient_name from studies where study_instance_uid = ?",
            spec.study_instance_uid,
        )
        assert shown.replace("^", "") == name.replace("^", ""), ae


def test_only_the_wanted_classes_are_sent(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"upload.sop_classes": [MR]})
    clinic.send(clinic.specs[0], 1)
    assert clinic.scalar("select is_sendable from instances") == 0
    assert clinic.scalar("select sendable_count from studies") == 0


def test_storage_commitment_answers_from_what_is_stored(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec, 1)
    known = dataset(spec).SOPInstanceUID
    success, failures = clinic.intake.committed(((CT, known), (MR, known), (CT, "1.2.3")))
    assert success == ((CT, known),)
    assert failures == ((MR, known, 0x0119), (CT, "1.2.3", 0x0112))


def test_two_files_with_the_same_dataset(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 2)
    one, other = (clinic.work.spool.absolute(path) for path in sorted(clinic.spooled()))
    assert hold_same_dataset(one, one)
    assert not hold_same_dataset(one, other)
    other.write_bytes(b"")
    assert not hold_same_dataset(one, other)
    assert not hold_same_dataset(other, one)
    other.unlink()
    assert not hold_same_dataset(other, one)
