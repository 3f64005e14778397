"""What was begun and not followed through is taken up again, and nothing holds the rest up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DatabaseBusyError
from hbgz_desktop.services.catching_up import LOOK_EVERY_S, CatchUp

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def catch_up(clinic: Clinic, planner: object = None) -> CatchUp:
    work = clinic.work
    return CatchUp(
        examinations=work.examinations,
        matching=work.matching,
        planner=planner or work.planner,  # type: ignore[arg-type]  # a planner or what stands before it
        settings=work.settings,
    )


def test_a_first_look_matches_and_plans_what_an_earlier_life_left(clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.take(clinic.record(spec))
    clinic.send(spec)
    while clinic.digests.step() == 0.0:
        pass
    clinic.work.examinations.complete(clinic.study_id(spec), "quiet")
    assert clinic.query("select state from deliveries where kind = 'images'") == []
    assert catch_up(clinic).step() == LOOK_EVERY_S
    states = [tuple(row) for row in clinic.query("select kind, state from deliveries order by id")]
    assert states == [("record", "ready"), ("images", "blocked")]


def test_what_is_handed_over_is_planned_next(clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    catching = catch_up(clinic)
    catching.step()
    clinic.take(clinic.record(clinic.specs[1]))
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("delete from delivery_items")
        connection.exec_driver_sql("delete from deliveries")
    catching.take([examination_id, examination_id])
    catching.step()
    assert clinic.deliveries(examination_id)["record"] == "ready"


def test_one_that_fails_now_waits_behind_the_others(clinic: Clinic) -> None:
    ids = [clinic.ready(spec, images=1) for spec in clinic.specs[:3]]
    planned: list[int] = []
    busy: list[int] = []

    class Stubborn:
        def advance(self, examination_id: int) -> None:
            if examination_id in busy:
                raise DatabaseBusyError("database_busy")
            planned.append(examination_id)

    catching = catch_up(clinic, Stubborn())
    catching.step()
    planned.clear()
    busy.append(ids[0])
    catching.take(reversed(ids))
    with pytest.raises(DatabaseBusyError):
        catching.step()
    busy.clear()
    assert catching.step() == LOOK_EVERY_S
    assert sorted(planned) == ids
    assert planned[-1] == ids[0]
