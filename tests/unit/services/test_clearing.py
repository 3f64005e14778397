"""Images go when every platform has them, and come again without being sent twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.file_meta import build_file_meta
from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.instance import SUCCESS
from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason, Kept
from hbgz_desktop.services.clearing_job import ClearingJob
from hbgz_desktop.services.digests import file_digests
from hbgz_desktop.services.intake import NO_SUCH_OBJECT
from tests.unit.dicom.samples import CT, EXPLICIT, encoded
from tests.unit.services.clinic import dataset
from tests.unit.services.keeping import POLICY, clear, confirmed, file_states, grow_old
from tests.unit.services.test_sweep import sweep

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic

DENIED = PermissionError(13, "held")


def study(clinic: Clinic, columns: str = "file_count, file_bytes") -> tuple[object, ...]:
    return tuple(clinic.query(f"select {columns} from studies")[0])  # noqa: S608 - names of ours


def test_files_go_and_the_ledger_stays(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed(clinic, uploaders, clinic.specs[0], images=3)
    size = clinic.scalar("select sum(size_bytes) from instances")
    assert study(clinic) == (3, size)
    grow_old(clinic)
    done = clear(clinic, study_id)
    assert (done.gone.files, done.gone.size_bytes, done.held) == (3, size, 0)
    assert clinic.spooled() == set()
    assert file_states(clinic) == ["cleared"] * 3
    assert study(clinic, "file_count, file_bytes, cleared_bytes") == (0, 0, size)
    counts = "instance_count, sendable_count, sent_count, confirmed_count"
    assert study(clinic, counts) == (3, 3, 3, 3)
    assert clinic.query("select lane from worklist") == [("confirmed",)]
    assert clear(clinic, study_id).gone.files == 0
    (entry,) = clinic.query(
        "select actor, study_id, facts from audit_entries where action = 'images_cleared'"
    )
    assert (entry[0], entry[1]) == ("engine", study_id)
    assert json.loads(entry[2])["images"] == 3
    assert clinic.scalar("select count(*) from events where kind = 'study_cleared'") == 1


def test_young_ones_and_unproved_ones_stay(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic, 179)
    assert clear(clinic, study_id).gone.files == 0
    grow_old(clinic)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "update delivery_items set sent_md5 = 'other' where instance_id ="
            " (select min(id) from instances)"
        )
    assert clear(clinic, study_id).gone.files == 0, "one image of it is not proved: all stay"
    assert file_states(clinic) == ["", ""]


def test_what_happens_between_the_look_and_the_mark_keeps_the_files(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """A late image and a correction race with the clearing; the write lock decides."""
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    store = clinic.work.clearing.store
    for change in (
        lambda: clinic.send(spec, 1, first=9),
        lambda: clinic.take(clinic.record(spec, diagRslt="改过的报告结论")),
    ):
        doomed = store.doomed(study_id, POLICY, datetime.now(UTC))
        assert doomed is not None
        heads = dict.fromkeys((one.instance_id for one in doomed.files), "")
        change()
        assert not store.mark(doomed, heads, reason=ClearingReason.AGE, actor="engine")
        clinic.close(spec)
        clinic.upload_all(uploaders)
        grow_old(clinic)
    assert set(file_states(clinic)) == {""}


def test_the_start_does_not_miss_what_was_cleared(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic)
    clear(clinic, study_id)
    assert sweep(clinic).lost == 0
    assert file_states(clinic) == ["cleared"] * 2
    assert (
        clinic.work.reception.mark_lost(
            [row[0] for row in clinic.query("select path from instances")]
        )
        == 0
    )


def test_the_same_image_again_lies_here_again_and_is_not_sent(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    before = clinic.query("select id, md5, sha256, size_bytes from instances order by id")
    grow_old(clinic)
    clear(clinic, study_id)
    clinic.send(spec, 2)
    assert clinic.query("select id, md5, sha256, size_bytes from instances order by id") == before
    assert file_states(clinic) == ["", ""]
    assert study(clinic, "file_count, cleared_bytes, state") == (2, 0, "complete")
    for row in clinic.query("select path, size_bytes from instances"):
        assert clinic.work.spool.absolute(row[0]).stat().st_size == row[1]
    assert len(clinic.spooled()) == 2
    clinic.close(spec)
    assert clinic.upload_all(uploaders) == []
    assert clear(clinic, study_id).gone.files == 0, "its age counts from when it came again"
    grow_old(clinic)
    assert clear(clinic, study_id).gone.files == 2


def test_the_same_image_again_after_an_upgrade_of_the_program_is_the_same(
    clinic: Clinic, uploaders: Uploaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    sums = clinic.query("select sha256, md5 from instances order by id")
    grow_old(clinic)
    clear(clinic, study_id)

    def newer(sop_class_uid: str, sop_instance_uid: str, transfer_syntax_uid: str) -> bytes:
        return build_file_meta(
            sop_class_uid, sop_instance_uid, transfer_syntax_uid, version_name="HBGZ_99.1"
        )

    monkeypatch.setattr("hbgz_desktop.services.intake.build_file_meta", newer)
    clinic.send(spec, 2)
    assert clinic.scalar("select count(*) from instances") == 2
    assert len(clinic.spooled()) == 2
    paths = [row[0] for row in clinic.query("select path from instances order by id")]
    now = [file_digests(clinic.work.spool, path)[::-1] for path in paths]
    assert now == [tuple(row) for row in sums], "what the platform was told of the file holds"


def test_other_bytes_for_a_cleared_image_wait_for_a_person(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clear(clinic, study_id)
    clinic.send(spec, 1, pixel=7)
    clinic.close(spec)
    assert clinic.query("select lane from worklist") == [("changed",)]
    grow_old(clinic)
    assert clear(clinic, study_id).gone.files == 0


def test_a_file_of_a_cleared_image_that_no_row_names_is_no_new_version(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """A kill between the second file and its row: the sender has no answer and sends again."""
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clear(clinic, study_id)
    ds = dataset(spec, 1)
    clinic.work.spool.write(build_file_meta(CT, str(ds.SOPInstanceUID), EXPLICIT), encoded(ds))
    assert sweep(clinic).lost == 0
    assert clinic.spooled() == set()
    assert clinic.scalar("select count(*) from instances") == 2


def test_commitment_is_not_promised_for_what_is_gone(clinic: Clinic, uploaders: Uploaders) -> None:
    """PS3.4 J.3.3: 0x0112, no such object instance."""
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    asked = ((CT, f"{spec.study_instance_uid}.1.1"),)
    assert clinic.intake.committed(asked) == (asked, ())
    grow_old(clinic)
    clear(clinic, study_id)
    assert clinic.intake.committed(asked) == ((), ((*asked[0], NO_SUCH_OBJECT),))


def test_late_images_of_a_cleared_study_go_alone_with_the_right_total(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec, images=3)
    grow_old(clinic)
    clear(clinic, study_id)
    clinic.send(spec, 2, first=8)
    clinic.close(spec)
    assert clinic.upload_all(uploaders) == ["images"]
    assert clinic.query("select lane from worklist") == [("confirmed",)]
    total = clinic.scalar("select items_total from deliveries where kind = 'images'")
    assert total == clinic.scalar("select items_confirmed from deliveries where kind = 'images'")
    assert total == 5
    assert file_states(clinic) == ["cleared"] * 3 + [""] * 2


def test_a_correction_of_a_cleared_study_needs_no_files(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clear(clinic, study_id)
    clinic.take(clinic.record(spec, diagRslt="改过的报告结论"))
    clinic.close(spec)
    assert "record" in clinic.upload_all(uploaders)
    assert clinic.query("select lane from worklist") == [("confirmed",)]


def test_images_that_are_needed_again_are_said_to_be_cleared(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """Taken back and sent again: the platform needs them under a new index, and this machine has none."""
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clear(clinic, study_id)
    index = str(clinic.scalar("select code from index_codes"))
    (status,) = clinic.work.deletion.request(
        [index], reason="图像不对", actor="王工", then=AfterDeletion.RESEND
    )
    examination_id = status.examination_id
    assert examination_id is not None
    assert clinic.upload_all(uploaders) == ["deletion"]
    found = clinic.work.examinations.problems_of(examination_id)
    assert [one.rule for one in found if one.rule.startswith("file_")] == ["file_cleared"]
    assert clinic.query("select lane from worklist where study_id = ?", study_id) == [
        ("needs_fix",)
    ]
    clinic.send(spec, 2)
    clinic.work.planner.advance(examination_id)
    left = clinic.work.examinations.problems_of(examination_id)
    assert [one.rule for one in left if one.rule.startswith("file_")] == []


@pytest.mark.allow_warnings("file_held")
def test_a_file_somebody_holds_goes_later(
    clinic: Clinic, uploaders: Uploaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: a virus scanner has it open."""
    study_id = confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic)
    held = clinic.work.spool.absolute(clinic.scalar("select min(path) from instances"))
    free = type(held).unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == held:
            raise DENIED
        free(self, missing_ok=missing_ok)

    monkeypatch.setattr(type(held), "unlink", unlink)
    done = clear(clinic, study_id)
    assert (done.gone.files, done.held) == (1, 1)
    assert sorted(file_states(clinic)) == ["cleared", "clearing"]
    assert clinic.work.clearing.resume().held == 1
    assert sweep(clinic).lost == 0
    monkeypatch.undo()
    assert clinic.work.clearing.resume().gone.files == 1
    assert file_states(clinic) == ["cleared"] * 2
    assert clinic.work.clearing.store.pending() == ()


def test_a_lost_file_does_not_forget_what_a_person_decided(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    spec = clinic.specs[0]
    study_id = confirmed(clinic, uploaders, spec)
    clinic.send(spec, 1, pixel=7)
    clinic.close(spec)
    found = clinic.work.changed_images.of_study(study_id)
    clinic.work.changed_images.keep(study_id, found, "王工")
    path = clinic.scalar("select path from instances where version = 2")
    clinic.work.reception.mark_lost([path])
    assert clinic.work.reception.mark_found([path]) == 1
    assert clinic.scalar("select lane from instances where version = 2") == "declined"
    assert clinic.work.changed_images.of_study(study_id) == ()


def test_the_plan_names_exactly_what_goes_and_why_the_rest_stays(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    first, second, third = clinic.specs[:3]
    ids = [confirmed(clinic, uploaders, one, images=2) for one in (first, second)]
    grow_old(clinic)
    clinic.send(third, 1)
    clinic.close(third)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "update instances set is_sendable = 0 where id = (select min(id) from instances)"
        )
        connection.exec_driver_sql(
            "update studies set sendable_count = 1, confirmed_count = 1 where id = ?", (ids[0],)
        )
    plan = clinic.work.clearing.plan(POLICY)
    assert plan.study_ids == tuple(ids)
    assert (plan.clearable.studies, plan.clearable.files) == (2, 3)
    assert {why: one.files for why, one in plan.kept.items()} == {
        Kept.UNSENT: 1,
        Kept.NO_RECORD: 1,
    }
    job = ClearingJob(clinic.work.clearing, plan, "王工")
    done = job.run()
    assert (done.cleared, done.stayed, done.is_stopped) == (plan.clearable, 0, False)
    run = clinic.work.clearing.store.last_run()
    assert run is not None
    assert (run.actor, run.cleared) == ("王工", plan.clearable)
    assert run.ended_at is not None
    wider = replace(POLICY, unsent_days=10)
    assert clinic.work.clearing.plan(wider).clearable.files == 1


def test_no_platform_means_nothing_goes(clinic: Clinic, uploaders: Uploaders) -> None:
    confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic)
    plan = clinic.work.clearing.plan(ClearingPolicy((), 1))
    assert plan.study_ids == ()
    assert list(plan.kept) == [Kept.NO_PLATFORM]


def test_a_stop_ends_after_the_study_at_hand(clinic: Clinic, uploaders: Uploaders) -> None:
    confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic)
    job = ClearingJob(clinic.work.clearing, clinic.work.clearing.plan(POLICY), "王工")
    job.stop()
    done = job.run()
    assert (done.cleared.files, done.is_stopped) == (0, True)
    assert clinic.intake.store(clinic.incoming(dataset(clinic.specs[0], 1))) == SUCCESS
