"""After a crash spool and database agree again, and a start says what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.file_meta import build_file_meta
from hbgz_desktop.services.sweep import StartupSweep, SweepReport
from tests.unit.dicom.samples import CT, EXPLICIT, encoded
from tests.unit.services.clinic import dataset

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def sweep(clinic: Clinic) -> SweepReport:
    work = clinic.work
    return StartupSweep(
        spool=work.spool,
        quarantine=work.quarantine,
        reception=work.reception,
        committer=clinic.committer,
        queue=work.queue,
        intake=clinic.intake,
        held=work.held_files,
    ).run("")


def orphan(clinic: Clinic, number: int = 1, *, pixel: int = 0) -> str:
    """A file that was renamed into the spool before its row was written."""
    ds = dataset(clinic.specs[0], number, pixel=pixel)
    meta = build_file_meta(CT, str(ds.SOPInstanceUID), EXPLICIT)
    return clinic.work.spool.write(meta, encoded(ds)).path


def test_an_empty_folder_has_nothing_to_tell(clinic: Clinic) -> None:
    assert sweep(clinic) == SweepReport(0, 0, 0, 0)


def test_a_file_without_a_row_is_adopted(clinic: Clinic) -> None:
    path = orphan(clinic)
    assert sweep(clinic) == SweepReport(1, 0, 0, 0)
    assert [tuple(r) for r in clinic.query("select path, version from instances")] == [(path, 1)]
    clinic.send(clinic.specs[0], 1)
    assert clinic.scalar("select count(*) from instances") == 1, "the sender's repeat is known"
    assert sweep(clinic) == SweepReport(0, 0, 0, 0)


def test_a_second_copy_of_what_is_stored_goes(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    (stored,) = clinic.spooled()
    orphan(clinic)
    assert sweep(clinic) == SweepReport(0, 0, 0, 0)
    assert clinic.spooled() == {stored}


def test_an_orphan_with_other_bytes_waits_as_a_version_beside_the_acknowledged_one(
    clinic: Clinic,
) -> None:
    clinic.send(clinic.specs[0], 1)
    orphan(clinic, pixel=9)
    assert sweep(clinic) == SweepReport(1, 0, 0, 0)
    found = [tuple(row) for row in clinic.query("select version, is_current from instances")]
    assert found == [(1, 1), (2, 0)]


def test_an_orphan_of_a_row_whose_file_is_gone_does_not_stop_the_start(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    (stored,) = clinic.spooled()
    clinic.work.spool.remove(stored)
    path = orphan(clinic)
    assert sweep(clinic) == SweepReport(1, 0, 1, 0)
    assert clinic.spooled() == {path}


def test_half_a_file_is_removed(clinic: Clinic) -> None:
    for spool in (clinic.work.spool, clinic.work.quarantine):
        folder = spool.root / "20260301" / "aa"
        folder.mkdir(parents=True)
        (folder / ".1-aa.dcm.part").write_bytes(b"half")
    assert sweep(clinic) == SweepReport(0, 0, 0, 2)
    assert list(clinic.work.folder.root.rglob("*.part")) == []


def test_a_row_without_its_file_is_lost_until_the_file_is_back(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 2)
    path = clinic.scalar("select path from instances")
    file = clinic.work.spool.absolute(path)
    away = clinic.root / "disk that was away"
    file.rename(away)
    assert sweep(clinic).lost == 1
    assert clinic.scalar("select count(*) from instances where file_state = 'lost'") == 1
    away.rename(file)
    assert sweep(clinic) == SweepReport(0, 0, 0, 0)
    assert clinic.scalar("select count(*) from instances where file_state = 'lost'") == 0


def test_what_was_put_into_quarantine_without_a_row_is_listed(clinic: Clinic) -> None:
    kept = clinic.work.quarantine.write(b"bytes of a refused object")
    sweep(clinic)
    sweep(clinic)
    rows = [tuple(row) for row in clinic.query("select path, reason, size_bytes from quarantine")]
    assert rows == [(kept.path, "found_at_start", kept.size_bytes)]


def test_what_was_being_sent_is_ready_again(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    assert clinic.claim() is not None
    assert clinic.deliveries(examination_id)["record"] == "running"
    assert sweep(clinic).sends == 1
    assert clinic.deliveries(examination_id)["record"] == "ready"


@pytest.mark.allow_warnings("orphan_unreadable")
def test_a_foreign_file_is_left_where_it_is(clinic: Clinic) -> None:
    clinic.work.spool.write(b"not DICOM at all")
    assert sweep(clinic) == SweepReport(0, 0, 0, 0)
    assert len(clinic.spooled()) == 1
