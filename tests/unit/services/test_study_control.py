"""What a person says of a study: complete, belongs to a record, so many images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from tests.unit.services.clinic import caller

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow
    from tests.unit.services.clinic import Clinic


def row_of(clinic: Clinic) -> StudyRow:
    row = StudyViews(clinic.work.database).by_uid(clinic.specs[0].study_instance_uid)
    assert row is not None
    return row


def test_a_study_that_lacks_images_is_not_confirmed(clinic: Clinic) -> None:
    """DESIGN 5.6: green is received = sent = confirmed = expected."""
    clinic.open_platform()
    spec = clinic.specs[0]
    clinic.ready(spec, images=2)
    assert clinic.upload_all(clinic.uploaders()) == ["record", "images"]
    assert (row_of(clinic).lane, row_of(clinic).expected) == (Lane.CONFIRMED, None)
    control, study_id = clinic.work.study_control, clinic.study_id(spec)
    control.expect(study_id, 3, "王工")
    assert (row_of(clinic).lane, row_of(clinic).expected) == (Lane.COUNT_DIFFERS, 3)
    assert StudyViews(clinic.work.database).origin_of(study_id)[0] == "person"
    clinic.send(spec, 1, first=3)
    clinic.close(spec)
    assert clinic.upload_all(clinic.uploaders()) == ["images"]
    assert row_of(clinic).lane is Lane.CONFIRMED
    control.expect(study_id, 2, "王工")
    assert row_of(clinic).lane is Lane.COUNT_DIFFERS
    control.expect(study_id, None, "王工")
    assert (row_of(clinic).lane, row_of(clinic).expected) == (Lane.CONFIRMED, None)
    kinds = [one.kind for one in clinic.work.events.page(limit=100)]
    assert kinds.count("study_expected") == 2
    assert kinds.count("study_expected_unknown") == 1


@pytest.mark.parametrize("count", [0, -1, 1_000_001])
def test_a_count_no_study_can_have_is_refused(clinic: Clinic, count: int) -> None:
    clinic.send(clinic.specs[0], 1)
    with pytest.raises(UsageError) as refused:
        clinic.work.study_control.expect(clinic.study_id(clinic.specs[0]), count, "王工")
    assert refused.value.code == "expected_count_invalid"
    assert row_of(clinic).expected is None


def test_a_study_with_all_its_images_closes_at_once(clinic: Clinic) -> None:
    """DESIGN 5.2: at the count, but not under an association that may still send."""
    spec = clinic.specs[0]
    clinic.intake.opened(caller())
    clinic.send(spec, 1)
    study_id = clinic.study_id(spec)
    clinic.work.study_control.expect(study_id, 2, "王工")
    clinic.intake.closed(caller(), "released")
    clinic.completion.step()
    assert clinic.completed == [], "one is missing"
    clinic.intake.opened(caller())
    clinic.send(spec, 1, first=2)
    clinic.completion.step()
    assert clinic.completed == [], "the association holds it"
    clinic.intake.closed(caller(), "released")
    clinic.completion.step()
    assert clinic.completed == [study_id]
    assert clinic.scalar("select completed_by from studies") == "count"
    clinic.send(spec, 1, first=3)
    clinic.completion.step()
    assert clinic.completed == [study_id], "more than expected: the quiet time counts again"
