"""Deletions (2.5) of which nobody knows whether the platform carried them out, and decisions taken back (G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.errors import UsageError
from tests.unit.services.clinic import NOWHERE
from tests.unit.services.test_deletion import DELETE, WHY, ask, confirmed, index_of

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic


def tried(clinic: Clinic, uploaders: Uploaders, *faults: str) -> int:
    """One more try of the deletion that is due, under these faults; its id."""
    clinic.break_platform(*faults)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update deliveries set next_attempt_at = null")
        connection.exec_driver_sql("update platform_state set opened_at = null")
    delivery = clinic.claim()
    assert delivery is not None
    assert delivery.kind.value == "deletion"
    uploaders.run(delivery)
    return delivery.id


@pytest.mark.allow_warnings("platform")
@pytest.mark.parametrize("is_there", [True, False])
def test_a_try_that_says_nothing_of_the_index_does_not_undo_an_earlier_silence(
    clinic: Clinic, uploaders: Uploaders, *, is_there: bool
) -> None:
    """The platform has deleted it and did not say so; a wrong key or no connection proves nothing."""
    platform = clinic.open_platform()
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    ask(clinic, examination_id)
    tried(clinic, uploaders, f"{DELETE}:stored_no_answer:1")
    if not is_there:
        clinic.configure(**{"guizhou.base_url": NOWHERE})
    deletion = tried(clinic, uploaders, f"{DELETE}:http_401:1")
    assert platform.ledger.record(old) is None
    assert clinic.work.queue_control.cancel([deletion], "王工").changed == 0
    assert clinic.delivery(examination_id, "deletion").state.value in ("failed", "retrying")


def test_an_index_the_platform_says_it_has_not_cannot_stay_green_by_cancelling(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = confirmed(clinic, uploaders)
    clinic.work.guizhou.delete_indexes([index_of(clinic, examination_id)])
    ask(clinic, examination_id)
    deletion = tried(clinic, uploaders)
    assert clinic.delivery(examination_id, "deletion").cause == "platform_already_gone"
    assert clinic.work.queue_control.cancel([deletion], "王工").changed == 0


def test_a_kill_after_a_refusal_is_a_doubt(clinic: Clinic, uploaders: Uploaders) -> None:
    examination_id = confirmed(clinic, uploaders)
    ask(clinic, examination_id)
    deletion = tried(clinic, uploaders, f"{DELETE}:refused:message=现在不能删除:1")
    control = clinic.work.queue_control
    control.retry([deletion], "王工")
    clinic.break_platform()
    assert clinic.claim() is not None
    assert clinic.work.queue.recover("engine-test") == 1  # the engine was killed while it asked
    assert control.cancel([deletion], "王工").changed == 0


def test_a_plain_refusal_can_be_cancelled(clinic: Clinic, uploaders: Uploaders) -> None:
    """Also after a silence: the platform has looked at this very index and did not delete it."""
    examination_id = confirmed(clinic, uploaders)
    ask(clinic, examination_id)
    tried(clinic, uploaders, f"{DELETE}:http_500:1")
    deletion = tried(clinic, uploaders, f"{DELETE}:refused:message=现在不能删除:1")
    assert clinic.work.queue_control.cancel([deletion], "王工").changed == 1


def test_old_answers_of_an_open_deletion_are_not_cleared_away(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """They are what says that its outcome is unknown."""
    examination_id = confirmed(clinic, uploaders)
    ask(clinic, examination_id)
    deletion = tried(clinic, uploaders, f"{DELETE}:stored_no_answer:1")
    clinic.work.attempts.trim(-1)
    assert clinic.work.attempts.had_silence(deletion)
    assert clinic.work.queue_control.cancel([deletion], "王工").changed == 0
    assert clinic.scalar("select count(*) from attempts") == 1, "all others went"


def test_a_cancelled_deletion_is_not_revived_by_a_retry(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """Whoever wants it after all decides anew: reason, accession number and right are asked again."""
    platform = clinic.open_platform()
    examination_id = confirmed(clinic, uploaders)
    old = index_of(clinic, examination_id)
    ask(clinic, examination_id)
    deletion = clinic.delivery(examination_id, "deletion")
    control = clinic.work.queue_control
    assert control.cancel([deletion.id], "王工").changed == 1
    report = control.retry([deletion.id], "小李")
    assert (report.changed, report.skipped) == (0, 1)
    assert clinic.upload_all(uploaders) == []
    assert platform.ledger.record(old) is not None

    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.upload_all(uploaders)[0] == "deletion"


def test_taking_a_cancellation_back_at_once_revives_it(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    examination_id = confirmed(clinic, uploaders)
    ask(clinic, examination_id)
    deletion = clinic.delivery(examination_id, "deletion")
    control = clinic.work.queue_control
    control.cancel([deletion.id], "王工")
    assert control.uncancel([deletion.id], "王工").changed == 1
    assert clinic.upload_all(uploaders) == ["deletion"]


def test_asking_directly_is_in_the_trail_with_the_index_masked(clinic: Clinic) -> None:
    """Before it is asked, for nobody may come back to tell; and how it ended."""
    clinic.open_platform(f"{DELETE}:stored_no_answer")
    unknown = "111-520103199001011234-20260301081500-0-0"
    (answer,) = clinic.work.deletion.delete_unknown([unknown], reason=WHY, actor="王工")
    assert not answer.accepted
    rows = clinic.query("select action, outcome, facts from audit_entries order by id desc limit 2")
    assert [(row.action, row.outcome) for row in rows] == [
        ("index_deleted_directly", "failed"),
        ("deletion_asked", "ok"),
    ]
    for row in rows:
        assert "-20260301081500-0-0" in row.facts
        assert "199001011234" not in row.facts


def test_what_was_not_shown_is_not_deleted(clinic: Clinic, uploaders: Uploaders) -> None:
    """A colleague had it deleted and sent again while the question stood on the screen."""
    examination_id = confirmed(clinic, uploaders)
    shown = index_of(clinic, examination_id)
    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]
    with pytest.raises(UsageError, match="index_changed_meanwhile"):
        clinic.work.deletion.ask(
            examination_id, then=AfterDeletion.HOLD, reason=WHY, actor="王工", index_code=shown
        )
    assert clinic.upload_all(uploaders) == []


def test_a_study_that_is_sent_in_this_moment_does_not_change_its_record(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """Between the look and the word of a person the platform has got it: the word comes too late."""
    examination_id = confirmed(clinic, uploaders)
    other = clinic.take(clinic.record(clinic.specs[1]))
    right = clinic.work.examinations.of_record(other.record_ids[0])
    assert right is not None
    study_id = clinic.study_id(clinic.specs[0])
    with pytest.raises(UsageError, match="study_sent_already"):
        clinic.work.examinations.join(study_id, right, "person", "王工")
    study = clinic.work.examinations.study(study_id)
    assert study is not None
    assert study.examination_id == examination_id


def test_images_of_a_study_that_was_just_given_to_another_record_do_not_go(
    clinic: Clinic, uploaders: Uploaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Images may go before their record (G071): the index is frozen by them, and only then it is certain."""
    platform = clinic.open_platform()
    clinic.configure(**{"guizhou.send_order": "images_record_report"})
    wrong = clinic.ready(clinic.specs[0])
    other = clinic.take(clinic.record(clinic.specs[1]))
    right = clinic.work.examinations.of_record(other.record_ids[0])
    assert right is not None
    study_id = clinic.study_id(clinic.specs[0])
    images = clinic.claim()
    assert images is not None
    assert (images.kind.value, images.examination_id) == ("images", wrong)
    store = clinic.work.examinations
    freeze = store.freeze_index

    def given_away_first(examination_id: int, platform_name: str, code: str) -> bool:
        monkeypatch.setattr(store, "freeze_index", freeze)
        store.join(study_id, right, "person", "王工")
        return freeze(examination_id, platform_name, code)

    monkeypatch.setattr(store, "freeze_index", given_away_first)
    uploaders.run(images)
    assert not any(one.service == "saveImgFile" for one in platform.requests())
