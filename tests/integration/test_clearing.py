"""An engine clears by rule, is killed between any two steps, and is asked for what it cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hospital import Study, dataset_bytes, more_images
from tests.long_ago import grow_old
from tests.running_program import START_LIMIT_S, until

if TYPE_CHECKING:
    from tests.hospital import Hospital
    from tests.running_program import Engine

STEPS = ("clear.after_mark", "clear.after_file", "clear.after_remove", "clear.after_settle")
QUICK_STEPS = ("clear.after_file",)


def confirmed_long_ago(hospital: Hospital, *, images: int = 4) -> tuple[Engine, Study]:
    """A study the platform confirmed 400 days ago; its engine still runs."""
    (study,) = hospital.studies(images=images)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    hospital.wait_confirmed(1)
    come_to_rest(hospital)
    grow_old(hospital.work)
    return engine, study


def come_to_rest(hospital: Hospital) -> None:
    """Everything that changed was planned: an engine that starts now finds nothing to do first."""
    stale = "select count(*) from examinations where is_stale"
    until("planned", lambda: hospital.program.scalar(stale) == 0)


def states(hospital: Hospital) -> list[str]:
    return [
        row["file_state"]
        for row in hospital.program.query("select file_state from instances order by id")
    ]


def spooled(hospital: Hospital) -> int:
    return sum(one.is_file() for one in (hospital.program.data / "spool").rglob("*"))


def wait_cleared(hospital: Hospital, count: int) -> None:
    until("cleared", lambda: states(hospital).count("cleared") == count, 40.0)


def test_an_engine_that_may_not_clears_nothing(hospital: Hospital) -> None:
    """The default of a new installation."""
    engine, _ = confirmed_long_ago(hospital)
    engine.stop()
    hospital.program.start()
    until("looked", lambda: hospital.program.scalar("select count(*) from disk_forecast") == 1)
    assert states(hospital) == [""] * 4
    shown = hospital.program.json("retention", "show")
    assert shown["auto_clear"] is False
    assert shown["plan"]["clearable"]["files"] == 4


def kill_while_clearing(hospital: Hospital, step: str) -> None:
    """The second passing meets the kill, or the only one; the next engine ends what was begun."""
    engine, study = confirmed_long_ago(hospital)
    engine.stop()
    hospital.configure(**{"storage.auto_clear": True})
    at = 2 if step == "clear.after_file" else 1
    dying = hospital.program.start(
        failpoints=f"{step}=kill@{at}", wait=False
    )  # maybe before it is ready
    dying.wait_killed(START_LIMIT_S)
    hospital.work.database.close()
    engine = hospital.program.start()
    assert engine.recovered == {"recovered_receives": 0, "recovered_sends": 0, "lost": 0}
    wait_cleared(hospital, 4)
    until("no file left", lambda: spooled(hospital) == 0)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(study)
    assert hospital.lanes() == {"confirmed": 1}
    (row,) = hospital.program.query("select file_count, file_bytes, cleared_bytes from studies")
    assert (row["file_count"], row["file_bytes"]) == (0, 0)
    assert row["cleared_bytes"] == hospital.program.scalar("select sum(size_bytes) from instances")


@pytest.mark.kill
@pytest.mark.parametrize("step", QUICK_STEPS)
def test_kill_at_a_fixed_step_of_clearing(hospital: Hospital, step: str) -> None:
    kill_while_clearing(hospital, step)


@pytest.mark.kill
@pytest.mark.long
@pytest.mark.parametrize("step", [one for one in STEPS if one not in QUICK_STEPS])
def test_kill_at_every_other_step_of_clearing(hospital: Hospital, step: str) -> None:
    kill_while_clearing(hospital, step)


def test_a_cleared_study_lives_on(hospital: Hospital) -> None:
    """Sent again by its modality, grown by late images, shown in the ledger: nothing goes out twice."""
    engine, study = confirmed_long_ago(hospital)
    run = hospital.program.json("retention", "run", "--yes")
    assert run["done"]["cleared"]["files"] == 4
    assert (spooled(hospital), states(hospital)) == (0, ["cleared"] * 4)
    shown = hospital.program.json("studies", "show", study.uid)
    assert {one["state"] for one in shown["instances"]} == {"cleared"}
    assert (shown["received"], shown["sent"], shown["confirmed"]) == (4, 4, 4)
    asked = len(hospital.platform.requests())

    late = more_images(study, hospital.root / "late", 2, hospital.seed)
    assert hospital.send(engine, late)
    until("late ones are there", lambda: len(hospital.platform.images()) == 6)
    hospital.wait_confirmed(1)
    assert [one.total for one in hospital.platform.images()] == [4] * 4 + [6] * 2
    images = [one for one in hospital.platform.requests() if one.service == "saveImgFile"]
    assert len(images) == 6
    assert len(hospital.platform.requests()) > asked

    asked = len(hospital.platform.requests())
    assert hospital.send(engine, study)
    assert states(hospital) == [""] * 6
    assert spooled(hospital) == 6
    hospital.assert_nothing_lost()
    whole = Study(study.spec, study.record, study.files | late.files)
    hospital.assert_delivered_once(whole)
    assert len(hospital.platform.requests()) == asked
    kept = {
        row["sop_instance_uid"]: dataset_bytes(hospital.program.data / "spool" / row["path"])
        for row in hospital.program.query("select sop_instance_uid, path from instances")
    }
    assert kept == {uid: dataset_bytes(path) for uid, path in whole.files.items()}


def test_short_of_room_the_oldest_goes_first(hospital: Hospital) -> None:
    """Nothing has reached its days; the low mark lies above what is free, so all that may go goes."""
    first, second = hospital.studies(2, images=2)
    engine = hospital.program.start()
    for study in (first, second):
        assert hospital.send(engine, study)
        hospital.import_records(study)
    hospital.wait_confirmed(2)
    come_to_rest(hospital)
    grow_old(hospital.work, 3)
    engine.stop()
    hospital.configure(
        **{
            "storage.auto_clear": True,
            "storage.clear_below_mb": 10_000_000,
            "storage.clear_until_mb": 10_000_000,
        }
    )
    hospital.program.start()
    images = len(first.files) + len(second.files)
    wait_cleared(hospital, images)
    ended = "select count(*) from clearing_runs where ended_at notnull"
    until("over", lambda: hospital.program.scalar(ended) == 1)
    (run,) = hospital.program.query("select reason, studies, files from clearing_runs")
    assert tuple(run) == ("space", 2, images)
    hospital.assert_nothing_lost()
