"""What a virus scanner holds goes later: by the list, also after a restart, and never what is needed again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.held_file import HeldPlace
from hbgz_desktop.services.doctor import Doctor
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.held_files import HeldFiles
from hbgz_desktop.services.retention_watch import RetentionWatch
from hbgz_desktop.services.thumbnails import thumbnail_path
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.held_files import HeldFileStore
from hbgz_desktop.storage.thumbnail_index import READY
from tests.held_open import kept_open
from tests.unit.services.keeping import clear, confirmed, file_states, grow_old
from tests.unit.services.test_sweep import orphan, sweep

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic


def listed(clinic: Clinic) -> list[tuple[str, str, int]]:
    rows = clinic.query("select place, path, tries from held_files order by id")
    return [(row[0], row[1], row[2]) for row in rows]


def with_picture(clinic: Clinic, uploaders: Uploaders) -> tuple[int, Path]:
    """A confirmed study of long ago whose only image has a small picture."""
    study_id = confirmed(clinic, uploaders, clinic.specs[0], images=1)
    grow_old(clinic)
    instance_id = int(clinic.scalar("select id from instances"))
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update instances set thumbnail = ?", (READY,))
    picture = thumbnail_path(clinic.work.folder.thumbnails, instance_id)
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture of a patient")
    clinic.configure(**{"storage.keep_thumbnails": False})
    return study_id, picture


def test_a_held_picture_goes_after_a_restart(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id, picture = with_picture(clinic, uploaders)
    path = f"{picture.parent.name}/{picture.name}"
    with kept_open(picture):
        assert clear(clinic, study_id).gone.files == 1
        assert clinic.work.held_files.sweep() == 0
    assert listed(clinic) == [("thumbnails", path, 1)]
    with Workplace(DataFolder(clinic.data)) as later:
        watch = RetentionWatch(later)
        watch.step()
        watch.close()
    assert not picture.exists()
    assert listed(clinic) == []


def test_a_picture_that_is_wanted_again_stays(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id, picture = with_picture(clinic, uploaders)
    with kept_open(picture):
        clear(clinic, study_id)
    clinic.send(clinic.specs[0], 1)
    assert file_states(clinic) == [""]
    assert clinic.work.held_files.sweep() == 1
    assert picture.exists()


@pytest.mark.parametrize("place", [HeldPlace.SPOOL, HeldPlace.QUARANTINE, HeldPlace.REPORTS])
def test_a_file_of_nobody_goes(clinic: Clinic, place: HeldPlace) -> None:
    work = clinic.work
    spool = {
        HeldPlace.SPOOL: work.spool,
        HeldPlace.QUARANTINE: work.quarantine,
        HeldPlace.REPORTS: work.reports,
    }[place]
    path = spool.write(b"x").path
    with kept_open(spool.absolute(path)):
        spool.remove(path)
        spool.remove(path)
    assert listed(clinic) == [(place.value, path, 0)]
    assert work.held_files.sweep() == 1
    assert not spool.absolute(path).exists()


def test_what_a_row_names_stays(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    path = str(clinic.scalar("select path from instances"))
    clinic.work.held_files.note(HeldPlace.SPOOL, path)
    assert clinic.work.held_files.sweep() == 1
    assert listed(clinic) == []
    assert clinic.work.spool.absolute(path).is_file()


def test_the_start_does_not_adopt_what_is_to_go(clinic: Clinic) -> None:
    """A sender was told that this image could not be stored; it will send it again."""
    refused, kept = orphan(clinic, 1), orphan(clinic, 2)
    with kept_open(clinic.work.spool.absolute(refused)):
        clinic.work.spool.remove(refused)
        assert sweep(clinic).receives == 1
    assert clinic.query("select path from instances") == [(kept,)]
    assert sweep(clinic).receives == 0
    assert not clinic.work.spool.absolute(refused).exists()


def test_the_doctor_says_when_it_lasts(clinic: Clinic) -> None:
    clinic.work.held_files.note(HeldPlace.REPORTS, "20260101/0000/x.pdf")

    def found() -> tuple[str, object]:
        (check,) = [one for one in Doctor(clinic.work).run() if one.name == "held_files"]
        return check.state, check.facts["n"]

    assert found() == ("ok", 1)
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "update held_files set held_at = ?", (int(long_ago.timestamp() * 1_000_000),)
        )
    assert found() == ("warning", 1)


@pytest.mark.allow_warnings("held_file_not_noted place=spool code=database_busy")
def test_a_busy_database_is_no_reason_to_fail(clinic: Clinic) -> None:
    impatient = Database(clinic.work.folder.database, busy_timeout_s=0.05)
    held = HeldFiles(HeldFileStore(impatient), {})
    with clinic.work.database.write():
        held.note(HeldPlace.SPOOL, "x")
    impatient.close()
    assert listed(clinic) == []
