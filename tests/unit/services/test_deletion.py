"""Deletions (2.5) as rows of the queue: asked, carried out, and what becomes of the examination."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import AccountError, UsageError
from hbgz_desktop.model.operator import Role
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic

DELETE = "deleteExamRpotImgIndxInfo"
WHY = "传错了病人"


def confirmed(clinic: Clinic, uploaders: Uploaders, number: int = 0) -> int:
    """An examination the platform has confirmed."""
    examination_id = clinic.ready(clinic.specs[number])
    clinic.upload_all(uploaders)
    assert clinic.deliveries(examination_id) == {"record": "delivered", "images": "delivered"}
    return examination_id


def index_of(clinic: Clinic, examination_id: int) -> str:
    found = clinic.work.examinations.frozen_index(examination_id, "guizhou")
    assert found is not None
    return found[0]


def ask(clinic: Clinic, examination_id: int, then: AfterDeletion = AfterDeletion.HOLD) -> None:
    clinic.work.deletion.ask(examination_id, then=then, reason=WHY, actor="王工")


def lane(clinic: Clinic, examination_id: int) -> tuple[str, str]:
    row = clinic.query(
        "select lane, detail from worklist where examination_id = ?", examination_id
    )[0]
    return row.lane, row.detail


def test_a_deleted_examination_is_held_back_until_a_person_lets_it_go(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    platform = clinic.open_platform()
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    scope = clinic.work.deletion.scope(examination_id)
    assert scope is not None
    assert (scope.index_code, scope.images, scope.reports) == (old, 2, 0)
    assert scope.accessions == (clinic.specs[0].accession_number,)

    ask(clinic, examination_id)
    assert lane(clinic, examination_id)[0] == "deleting"
    assert clinic.upload_all(uploaders) == ["deletion"]

    assert clinic.deliveries(examination_id) == {
        "deletion": "delivered",
        "record": "not_required",
        "images": "not_required",
    }
    assert lane(clinic, examination_id) == ("not_required", "deleted_from_platform")
    assert clinic.query("select sent_count, confirmed_count from studies") == [(0, 0)]
    assert clinic.scalar("select count(*) from instances where confirmed_at is not null") == 0
    assert platform.ledger.record(old) is None
    assert clinic.work.deletion.scope(examination_id) is None

    assert clinic.work.deletion.let_go(examination_id, "王工")
    assert not clinic.work.deletion.let_go(examination_id, "王工")
    assert clinic.upload_all(uploaders) == ["record", "images"]
    new = index_of(clinic, examination_id)
    assert new != old
    assert lane(clinic, examination_id)[0] == "confirmed"


def test_delete_and_send_again_takes_a_new_index(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]
    assert index_of(clinic, examination_id) != old
    assert clinic.query("select sent_count, confirmed_count from studies") == [(2, 2)]
    (status,) = clinic.work.deletion.status([old])
    assert status.deletion is not None
    assert status.deletion.finished_at is not None
    assert status.deletion.reason == WHY


def test_nothing_else_goes_while_a_deletion_is_open(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    clinic.break_platform(f"{DELETE}:http_500:1")
    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.take(clinic.record(clinic.specs[0], diagRslt="改过的诊断")).problems == ()
    assert clinic.deliveries(examination_id)["record"] == "order"
    first = clinic.claim()
    assert first is not None
    assert first.kind.value == "deletion"
    uploaders.run(first)
    assert clinic.deliveries(examination_id)["deletion"] == "retrying"
    record = clinic.delivery(examination_id, "record")
    clinic.work.queue_control.retry([record.id], "王工")  # nothing to retry: it waits its turn
    assert clinic.deliveries(examination_id)["record"] == "order"


def test_a_deletion_waits_for_what_is_being_sent(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    images = clinic.claim()
    assert images is not None
    ask(clinic, examination_id)
    assert clinic.deliveries(examination_id)["deletion"] == "order"
    assert not clinic.work.queue.renew(images.id, images.token, lease_s=60)
    uploaders.run(images)
    assert clinic.upload_all(uploaders) == ["deletion"]
    assert clinic.scalar("select count(*) from attempts where service = 'saveImgFile'") == 0


@pytest.mark.parametrize("then", list(AfterDeletion))
def test_an_outage_drains(clinic: Clinic, uploaders: Uploaders, then: AfterDeletion) -> None:
    examination_id = confirmed(clinic, uploaders)
    clinic.break_platform(f"{DELETE}:http_503")
    ask(clinic, examination_id, then)
    for _ in range(3):
        delivery = clinic.claim()
        if delivery is not None:
            uploaders.run(delivery)
    assert clinic.deliveries(examination_id)["deletion"] == "retrying"
    clinic.break_platform()
    clinic.work.platform_states.answered("guizhou", 1.0, is_probe=True)
    wait_until("due again", lambda: "deletion" in clinic.upload_all(uploaders))
    assert clinic.deliveries(examination_id)["deletion"] == "delivered"


def test_only_what_was_not_asked_can_be_cancelled(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    ask(clinic, examination_id)
    deletion = clinic.delivery(examination_id, "deletion")
    control = clinic.work.queue_control
    assert control.cancel([deletion.id], "王工").changed == 1
    assert clinic.deliveries(examination_id) == {
        "deletion": "cancelled",
        "record": "delivered",
        "images": "delivered",
    }
    assert lane(clinic, examination_id)[0] == "confirmed"

    control.uncancel([deletion.id], "王工")
    clinic.break_platform(f"{DELETE}:http_500:1")
    claimed = clinic.claim()
    assert claimed is not None
    assert control.cancel([claimed.id], "王工").changed == 0  # under way
    uploaders.run(claimed)
    assert control.cancel([claimed.id], "王工").changed == 0  # nobody knows what came of it
    assert clinic.delivery(examination_id, "deletion").state is DeliveryState.RETRYING


def test_gone_after_a_silence_counts_as_deleted(clinic: Clinic, uploaders: Uploaders) -> None:
    platform = clinic.open_platform(f"{DELETE}:stored_no_answer:1")
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    ask(clinic, examination_id)
    delivery = clinic.claim()
    assert delivery is not None
    uploaders.run(delivery)
    assert clinic.deliveries(examination_id)["deletion"] == "retrying"
    assert platform.ledger.record(old) is None
    wait_until("due again", lambda: "deletion" in clinic.upload_all(uploaders))
    assert clinic.deliveries(examination_id)["deletion"] == "delivered"


def test_gone_at_the_first_try_is_for_a_person(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    clinic.work.guizhou.delete_indexes([old])
    ask(clinic, examination_id)
    delivery = clinic.claim()
    assert delivery is not None
    uploaders.run(delivery)
    row = clinic.delivery(examination_id, "deletion")
    assert (row.state, row.cause) == (DeliveryState.FAILED, "platform_already_gone")
    assert lane(clinic, examination_id) == ("failed", "platform_already_gone")
    clinic.work.queue_control.retry([row.id], "王工")
    assert clinic.upload_all(uploaders) == ["deletion"]
    assert clinic.deliveries(examination_id)["deletion"] == "delivered"


def test_a_deleted_index_is_never_used_again(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    ask(clinic, examination_id)
    clinic.upload_all(uploaders)
    store = clinic.work.examinations
    assert not store.claim_index(examination_id, "guizhou", old)
    assert not store.freeze_index(examination_id, "guizhou", old)


def test_another_patients_images_go_to_their_own_record(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    platform = clinic.open_platform()
    wrong = confirmed(clinic, uploaders)
    report = clinic.take(clinic.record(clinic.specs[1]))
    right = clinic.work.examinations.of_record(report.record_ids[0])
    assert right is not None
    study_id = clinic.study_id(clinic.specs[0])
    old = index_of(clinic, wrong)
    control = clinic.work.deletion
    with pytest.raises(UsageError, match="deletion_reason_missing"):
        control.wrong_patient(study_id, right, reason="  ", actor="王工")
    with pytest.raises(UsageError, match="study_already_there"):
        control.wrong_patient(study_id, wrong, reason=WHY, actor="王工")
    assert control.wrong_patient(study_id, right, reason=WHY, actor="王工") is not None
    assert clinic.deliveries(right)["record"] == "no_images"  # not before the old one is gone
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]
    assert platform.ledger.record(old) is None
    assert clinic.deliveries(right) == {"record": "delivered", "images": "delivered"}
    assert clinic.deliveries(wrong)["record"] == "no_images"
    spec = clinic.specs[0]
    clinic.send(spec, 2, first=11, StudyInstanceUID=f"{spec.study_instance_uid}.9")
    assert index_of(clinic, right) != old
    done = [row[0] for row in clinic.query("select action from audit_entries order by id")]
    assert done[-3:] == ["deletion_asked", "index_deleted", "study_assigned"]


def test_images_that_were_not_sent_need_no_deletion(clinic: Clinic) -> None:
    wrong = clinic.ready(clinic.specs[0])
    report = clinic.take(clinic.record(clinic.specs[1]))
    right = clinic.work.examinations.of_record(report.record_ids[0])
    assert right is not None
    study_id = clinic.study_id(clinic.specs[0])
    assert clinic.work.deletion.wrong_patient(study_id, right, reason=WHY, actor="王工") is None
    study = clinic.work.examinations.study(study_id)
    assert study is not None
    assert study.examination_id == right
    assert "deletion" not in clinic.deliveries(wrong)


def test_who_may_not_is_told_and_it_is_in_the_trail(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    clinic.work.accounts.begin_console(Role.IT)
    it = clinic.work.accounts.add("王工", Role.IT, "402817")
    clinic.work.accounts.switch(it.operator.id, "402817")
    clerk = clinic.work.accounts.add("小李", Role.CLERK, "913820")
    clinic.work.accounts.switch(clerk.operator.id, "913820")
    with pytest.raises(AccountError, match="action_not_permitted"):
        ask(clinic, examination_id)
    row = clinic.query("select action, outcome from audit_entries order by id desc limit 1")[0]
    assert tuple(row) == ("deletion_asked", "refused")
    assert "deletion" not in clinic.deliveries(examination_id)


def test_indexes_by_code_known_and_unknown(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    known, unknown = index_of(clinic, examination_id), "111-520103199001011234-20260301081500-0-0"
    first, second = clinic.work.deletion.request([known, unknown], reason=WHY, actor="王工")
    assert first.deletion is not None
    assert first.examination_id == examination_id
    assert (second.deletion, second.examination_id) == (None, None)
    with pytest.raises(UsageError, match="deletion_under_way"):
        clinic.work.deletion.request([known], reason=WHY, actor="王工")
    with pytest.raises(UsageError, match="index_known"):
        clinic.work.deletion.delete_unknown([known], reason=WHY, actor="王工")
