"""A changed record goes as a correction, its old and new values are shown; a changed index is asked about (G071)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.storage.queue_views import QueueViews

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic

RECORD = "saveExamRpotImgInfo"
OTHER_CARD = "52999919800603674X"
"""Another valid number: a clerk had mistyped the patient's."""


def confirmed(clinic: Clinic, uploaders: Uploaders, number: int = 0) -> int:
    examination_id = clinic.ready(clinic.specs[number])
    clinic.upload_all(uploaders)
    assert clinic.deliveries(examination_id) == {"record": "delivered", "images": "delivered"}
    return examination_id


def change(clinic: Clinic, number: int = 0, **fields: str) -> None:
    assert clinic.take(clinic.record(clinic.specs[number], **fields)).problems == ()


def index_of(clinic: Clinic, examination_id: int) -> str:
    found = clinic.work.examinations.frozen_index(examination_id, "guizhou")
    assert found is not None
    return found[0]


def test_what_was_sent_last_is_shown_beside_what_goes_now(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = confirmed(clinic, uploaders)
    shown = clinic.work.corrections.of_examination
    assert shown(examination_id) is None
    change(clinic, diagRslt="右肺上叶结节。")
    view = shown(examination_id)
    assert view is not None
    assert view.corrected_at is None
    (one,) = view.changes
    assert (one.name, one.label, one.new) == ("diagRslt", "诊断结果", "右肺上叶结节。")
    assert one.old != one.new
    (row,) = (
        row
        for row in QueueViews(clinic.work.database).rows(
            (clinic.delivery(examination_id, "record").id,)
        )
    )
    assert row.is_correction

    assert clinic.upload_all(uploaders) == ["record"]
    view = shown(examination_id)
    assert view is not None
    assert view.corrected_at is not None
    assert [change.new for change in view.changes] == ["右肺上叶结节。"]
    what = clinic.query("select facts from events where kind = 'delivery_delivered' order by id")
    assert ['"correction"' in row[0] for row in what] == [False, False, True]
    assert clinic.scalar("select count(*) from sent_records") == 2
    sealed = clinic.query("select sealed from sent_records")
    assert all("右肺".encode() not in row[0] for row in sealed)


def test_only_the_two_newest_are_kept(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    for words in ("第一次改。", "第二次改。", "第三次改。"):
        change(clinic, diagRslt=words)
        clinic.upload_all(uploaders)
    view = clinic.work.corrections.of_examination(examination_id)
    assert view is not None
    assert [(one.old, one.new) for one in view.changes] == [("第二次改。", "第三次改。")]
    assert clinic.scalar("select count(*) from sent_records") == 2


def test_a_refused_correction_is_deleted_and_sent_again(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    clinic.break_platform(f"{RECORD}:already_exists:code=1")
    change(clinic, diagRslt="改过。")
    clinic.upload_all(uploaders)
    record = clinic.delivery(examination_id, "record")
    assert (record.state.value, record.cause) == ("failed", "platform_already_exists")
    clinic.break_platform()
    clinic.work.deletion.ask(
        examination_id, then=AfterDeletion.RESEND, reason="平台不收更正", actor="王工"
    )
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]
    assert index_of(clinic, examination_id) != old
    assert clinic.work.corrections.of_examination(examination_id) is None


def test_another_certificate_number_asks_first(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    change(clinic, certno=OTHER_CARD)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"
    assert [one.rule for one in clinic.problems(examination_id).values()] == ["index_outdated"]
    assert clinic.upload_all(uploaders) == []
    asked = clinic.work.deletion.index_change(examination_id)
    assert asked is not None
    assert asked.old == old
    assert OTHER_CARD in asked.new

    clinic.work.deletion.ask(
        examination_id, then=AfterDeletion.RESEND, reason="证件号写错", actor="王工"
    )
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]
    assert index_of(clinic, examination_id) == asked.new
    assert clinic.work.deletion.index_change(examination_id) is None


def test_the_old_index_may_stay_until_the_next_change(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    change(clinic, certno=OTHER_CARD)
    control = clinic.work.deletion
    assert control.keep_index(examination_id, reason="平台说不用改", actor="王工")
    assert not control.keep_index(examination_id, reason="再说一次", actor="王工")
    assert clinic.upload_all(uploaders) == ["record"]
    assert index_of(clinic, examination_id) == old
    view = clinic.work.corrections.of_examination(examination_id)
    assert view is not None
    assert [one.name for one in view.changes] == ["certno"]
    rows = clinic.query("select action, facts from audit_entries where action = 'index_kept'")
    assert [("平台说不用改" in row[1]) for row in rows] == [True]
    change(clinic, certno="529999198006036598")
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"


def test_another_time_of_the_images_asks_and_another_study_does_not(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = confirmed(clinic, uploaders)
    spec = clinic.specs[0]
    change(clinic, examDate="2026-03-02")
    assert (
        clinic.deliveries(examination_id)["record"] != "needs_fix"
    )  # the images' time counts (G011)
    clinic.upload_all(uploaders)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "update studies set study_time = '091500' where study_instance_uid = ?",
            (spec.study_instance_uid,),
        )
    clinic.work.planner.advance(examination_id)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"


def test_other_settings_of_the_index_ask_nobody(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    clinic.configure(**{"guizhou.real_part_code": True})
    clinic.work.planner.advance(examination_id)
    assert clinic.problems(examination_id) == {}
