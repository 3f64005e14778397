"""Images that came again with other content after the platform had confirmed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.services.uploading import Uploaders
    from tests.unit.services.clinic import Clinic


@pytest.fixture
def uploaders(clinic: Clinic) -> Uploaders:
    clinic.open_platform()
    return clinic.uploaders()


def confirmed_then_changed(
    clinic: Clinic, uploaders: Uploaders, *, images: int = 3, changed: int = 2
) -> int:
    """A study the platform has confirmed, some of whose images came again; its id."""
    spec = clinic.specs[0]
    clinic.ready(spec, images=images)
    assert clinic.upload_all(uploaders) == ["record", "images"]
    clinic.send(spec, changed, pixel=9)
    return clinic.close(spec)


def row_of(clinic: Clinic) -> StudyRow:
    row = StudyViews(clinic.work.database).by_uid(clinic.specs[0].study_instance_uid)
    assert row is not None
    return row


def images_asked_for(clinic: Clinic) -> int:
    return int(clinic.scalar("select count(*) from attempts where instance_id is not null"))


def events(clinic: Clinic, kind: str) -> list[tuple[str, int]]:
    found = [one for one in clinic.work.events.page(limit=100) if one.kind == kind]
    return [(str(one.facts["actor"]), int(str(one.facts["images"]))) for one in found]


def test_it_waits_and_nothing_goes_out_by_itself(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed_then_changed(clinic, uploaders)
    found = clinic.work.changed_images.of_study(study_id)
    assert [(one.sent_version, one.newer_version) for one in found] == [(1, 2)] * 2
    assert all(one.sent_md5 and one.newer_md5 and one.sent_md5 != one.newer_md5 for one in found)
    assert row_of(clinic).lane is Lane.CHANGED
    assert clinic.upload_all(uploaders) == []
    states = StudyViews(clinic.work.database).instances_of(study_id)
    assert sorted(one.state for one in states) == ["confirmed"] * 3 + ["undecided"] * 2


def test_the_newer_ones_are_sent_and_only_they(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed_then_changed(clinic, uploaders)
    asked = images_asked_for(clinic)
    control = clinic.work.changed_images
    assert control.send(study_id, control.of_study(study_id), "王工") == 2
    assert clinic.upload_all(uploaders) == ["images"]
    assert images_asked_for(clinic) == asked + 2
    row = row_of(clinic)
    assert row.lane is Lane.CONFIRMED
    assert (row.received, row.sendable, row.sent, row.confirmed) == (3, 3, 3, 3)
    assert not row.has_changed
    states = StudyViews(clinic.work.database).instances_of(study_id)
    assert sorted((one.version, one.state) for one in states) == [
        (1, "confirmed"),
        (1, "superseded"),
        (1, "superseded"),
        (2, "confirmed"),
        (2, "confirmed"),
    ]
    assert events(clinic, "study_changed_sent") == [("王工", 2)]


def test_what_was_sent_stays_and_is_not_asked_about_again(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    study_id = confirmed_then_changed(clinic, uploaders)
    asked, files = images_asked_for(clinic), clinic.spooled()
    control = clinic.work.changed_images
    assert control.keep(study_id, control.of_study(study_id), "王工") == 2
    assert clinic.upload_all(uploaders) == []
    assert (row_of(clinic).lane, row_of(clinic).has_changed) == (Lane.CONFIRMED, False)
    assert (images_asked_for(clinic), clinic.spooled()) == (asked, files)
    assert events(clinic, "study_changed_kept") == [("王工", 2)]
    clinic.send(clinic.specs[0], 1, pixel=9)
    clinic.send(clinic.specs[0], 1, first=3, pixel=9)
    clinic.close(clinic.specs[0])
    (asked_now,) = control.of_study(study_id)
    assert asked_now.sop_instance_uid.endswith(".1.3"), "the declined ones are not among them"


def test_of_several_newer_versions_the_newest_counts(clinic: Clinic, uploaders: Uploaders) -> None:
    study_id = confirmed_then_changed(clinic, uploaders, changed=1)
    clinic.send(clinic.specs[0], 1, pixel=11)
    clinic.close(clinic.specs[0])
    control = clinic.work.changed_images
    (found,) = control.of_study(study_id)
    assert (found.sent_version, found.newer_version) == (1, 3)
    control.send(study_id, (found,), "王工")
    assert control.of_study(study_id) == ()
    assert clinic.query("select version from instances where is_current order by version") == [
        (1,),
        (1,),
        (3,),
    ]


def test_what_was_sent_may_come_again_without_a_new_question(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """A device that sends the confirmed content once more after another stored the newer one."""
    study_id = confirmed_then_changed(clinic, uploaders, changed=1)
    (before,) = clinic.work.changed_images.of_study(study_id)
    spooled = clinic.spooled()
    clinic.send(clinic.specs[0], 1)
    clinic.close(clinic.specs[0])
    assert clinic.work.changed_images.of_study(study_id) == (before,)
    assert clinic.spooled() == spooled


@pytest.mark.parametrize("decision", ["send", "keep"])
def test_a_decision_on_what_the_person_did_not_see_is_refused(
    clinic: Clinic, uploaders: Uploaders, decision: str
) -> None:
    study_id = confirmed_then_changed(clinic, uploaders, changed=1)
    control = clinic.work.changed_images
    seen = control.of_study(study_id)
    clinic.send(clinic.specs[0], 1, first=2, pixel=9)
    clinic.close(clinic.specs[0])
    with pytest.raises(UsageError) as refused:
        getattr(control, decision)(study_id, seen, "王工")
    assert refused.value.code == "study_changed_meanwhile"
    assert len(control.of_study(study_id)) == 2
    assert row_of(clinic).has_changed


def test_a_half_sent_study_waits_so_that_no_mixture_goes_out(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """One image confirmed, then all came again: the unconfirmed take the newer content, but they wait."""
    spec = clinic.specs[0]
    examination_id = clinic.ready(spec, images=2)
    clinic.break_platform("saveImgFile:http_500:after=1")
    record = clinic.claim()
    assert record is not None
    uploaders.run(record)
    images = clinic.claim()
    assert images is not None
    uploaders.run(images)
    assert row_of(clinic).confirmed == 1
    clinic.break_platform()
    clinic.send(spec, 2, pixel=9)
    study_id = clinic.close(spec)
    assert clinic.deliveries(examination_id)["images"] == "changed"
    assert row_of(clinic).lane is Lane.CHANGED
    assert clinic.upload_all(uploaders) == []
    control = clinic.work.changed_images
    control.send(study_id, control.of_study(study_id), "王工")
    assert clinic.upload_all(uploaders) == ["images"]
    assert clinic.query(
        "select version from instances where is_current and confirmed_at is not null"
    ) == [(2,), (2,)]


def test_the_rest_of_a_study_is_not_sent_while_one_image_waits(
    clinic: Clinic, uploaders: Uploaders
) -> None:
    """Also when the change came after the delivery was planned."""
    spec = clinic.specs[0]
    clinic.configure(**{"upload.parallel": 1})
    examination_id = clinic.ready(spec, images=2)
    clinic.break_platform("saveImgFile:http_500:after=1")
    for _ in ("record", "images"):
        delivery = clinic.claim()
        assert delivery is not None
        uploaders.run(delivery)
    clinic.break_platform()
    (confirmed,) = clinic.query(
        "select instance_number from instances where confirmed_at is not null"
    )
    asked = images_asked_for(clinic)
    clinic.send(spec, 1, first=confirmed[0], pixel=9)
    wait_until("due again", lambda: clinic.upload_all(uploaders))
    assert images_asked_for(clinic) == asked
    clinic.close(spec)
    assert clinic.deliveries(examination_id)["images"] == "changed"
