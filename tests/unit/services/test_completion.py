"""A study closes after its quiet time, when nobody holds it, or when a person says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.services.completion import Completion, quiet_time
from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.system.machine_clock import Clocks, ClockWatch
from tests.unit.services.clinic import caller

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic


def last_image(clinic: Clinic, ago_s: float) -> None:
    """Put the last image of every study so far back."""
    moment = UtcDateTime().process_bind_param(
        datetime.now(UTC) - timedelta(seconds=ago_s), clinic.work.database.engine.dialect
    )
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update studies set last_received_at = ?", (moment,))


def test_it_closes_after_the_quiet_time_of_its_modality(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(
        **{"dicom.quiet_time_s": 60.0, "dicom.quiet_time_by_modality": {"US": 300.0}}
    )
    assert quiet_time(clinic.work.settings().dicom, "US") == timedelta(minutes=5)
    clinic.send(clinic.specs[0], 1)
    clinic.send(clinic.specs[1], 1, Modality="US")
    assert 0 < clinic.completion.step() <= 1
    assert clinic.completed == []
    last_image(clinic, 90)
    clinic.completion.step()
    assert clinic.completed == [clinic.study_id(clinic.specs[0])]
    last_image(clinic, 400)
    clinic.completion.step()
    assert clinic.completed == [clinic.study_id(one) for one in clinic.specs[:2]]
    clinic.completion.step()
    assert len(clinic.completed) == 2, "once"


def test_time_asleep_is_no_quiet_time(make_clinic: MakeClinic) -> None:
    """The device that was cut off in the middle of a study sends the rest when we are awake again."""
    clinic = make_clinic(**{"dicom.quiet_time_s": 60.0})
    clinic.send(clinic.specs[0], 1)
    last_image(clinic, 3600)
    looks = iter([Clocks(0, 0, 0), Clocks(3600, 3600, 2), Clocks(3602, 3602, 4)])
    completion = Completion(
        clinic.work.examinations,
        clinic.book,
        clinic.work.settings,
        clinic.completed.append,
        ClockWatch(lambda: next(looks)),
    )
    completion.step()
    completion.step()
    assert clinic.completed == []
    clinic.completion.step()
    assert clinic.completed, "awake all the time it would have been closed"


def test_the_next_look_comes_no_later_than_the_end_of_the_quiet_time(
    make_clinic: MakeClinic,
) -> None:
    clinic = make_clinic(**{"dicom.quiet_time_s": 0.5})
    clinic.send(clinic.specs[0], 1)
    assert clinic.completion.step() <= 0.5


def test_an_open_association_holds_what_it_sent(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"dicom.quiet_time_s": 0.05})
    clinic.intake.opened(caller())
    clinic.send(clinic.specs[0], 1)
    last_image(clinic, 60)
    assert clinic.completion.step() <= 1
    assert clinic.completed == []
    clinic.intake.closed(caller(), "released")
    clinic.completion.step()
    assert clinic.completed == [clinic.study_id(clinic.specs[0])]


def test_a_person_closes_it_at_once_and_only_once(clinic: Clinic) -> None:
    clinic.intake.opened(caller())
    clinic.send(clinic.specs[0], 1)
    study_id = clinic.study_id(clinic.specs[0])
    assert clinic.completion.complete_by_hand(study_id)
    assert not clinic.completion.complete_by_hand(study_id)
    assert clinic.completed == [study_id]
    assert clinic.scalar("select completed_by from studies") == "person"


def test_a_late_image_opens_it_again(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"dicom.quiet_time_s": 60.0})
    clinic.send(clinic.specs[0], 1)
    last_image(clinic, 90)
    clinic.completion.step()
    clinic.send(clinic.specs[0], 1, first=2)
    assert clinic.scalar("select state from studies") == "receiving"
    clinic.completion.step()
    assert len(clinic.completed) == 1
    last_image(clinic, 90)
    clinic.completion.step()
    assert len(clinic.completed) == 2
