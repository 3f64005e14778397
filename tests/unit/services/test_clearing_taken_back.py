"""A clearing that was begun and not ended is looked at again before a file goes (DESIGN 5.7)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.retention import ClearingReason
from tests.unit.services.keeping import POLICY, confirmed, file_states, grow_old
from tests.unit.services.test_deletion import ask

if TYPE_CHECKING:
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic


def killed_after_the_mark(clinic: Clinic, uploaders: Uploaders, images: int = 2) -> tuple[int, int]:
    """(study, examination) whose files are marked, and none of them removed yet."""
    study_id = confirmed(clinic, uploaders, clinic.specs[0], images=images)
    grow_old(clinic)
    store = clinic.work.clearing.store
    doomed = store.doomed(study_id, POLICY, datetime.now(UTC))
    assert doomed is not None
    heads = dict.fromkeys((one.instance_id for one in doomed.files), "HBGZ")
    assert store.mark(doomed, heads, reason=ClearingReason.AGE, actor="engine")
    assert file_states(clinic) == ["clearing"] * images
    return study_id, int(clinic.scalar("select examination_id from studies"))


def test_what_the_platform_has_deleted_meanwhile_is_given_back_and_sent_again(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """The last copy of the images: nothing unverified is ever cleared."""
    _, examination_id = killed_after_the_mark(clinic, uploaders)
    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.upload_all(uploaders) == ["deletion"]
    assert clinic.problems(examination_id)["images"].rule == "file_cleared"
    assert clinic.work.clearing.resume().gone.files == 0
    assert file_states(clinic) == ["", ""]
    assert len(clinic.spooled()) == 2
    clinic.work.planner.advance(examination_id)
    assert clinic.upload_all(uploaders) == ["record", "images"]
    assert clinic.query("select sent_count, confirmed_count from studies") == [(2, 2)]


def test_a_deletion_that_is_only_asked_keeps_them(clinic: Clinic, uploaders: Uploaders) -> None:
    _, examination_id = killed_after_the_mark(clinic, uploaders)
    ask(clinic, examination_id, AfterDeletion.RESEND)
    clinic.work.clearing.resume()
    assert file_states(clinic) == ["", ""]
    assert clinic.work.deletion.scope(examination_id) is not None
    assert clinic.upload_all(uploaders) == ["deletion", "record", "images"]


def test_of_a_half_removed_study_only_what_is_there_is_given_back(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    _, examination_id = killed_after_the_mark(clinic, uploaders, images=3)
    first = clinic.query("select path from instances order by id")[0].path
    clinic.work.spool.absolute(first).unlink()
    ask(clinic, examination_id, AfterDeletion.RESEND)
    assert clinic.work.clearing.resume().gone.files == 1
    assert file_states(clinic) == ["cleared", "", ""]
    assert clinic.query("select file_count from studies") == [(2,)]


def test_what_is_still_proved_goes(clinic: Clinic, uploaders: Uploaders) -> None:
    killed_after_the_mark(clinic, uploaders)
    assert clinic.work.clearing.resume().gone.files == 2
    assert clinic.spooled() == set()
