"""上传队列 below its page: chips and rows from one query, bulk actions exact to the row, undone whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.queue_lane import OPEN_LANES, QueueLane, QueueQuery
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.queue_desk import QueueDesk
from hbgz_desktop.services.queue_jobs import SLICE, BulkAction
from hbgz_desktop.services.retry_preview import Forecast
from tests.queue_rows import STATES, fill_queue

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


@pytest.fixture
def desk(clinic: Clinic) -> QueueDesk:
    work = clinic.work
    return QueueDesk(ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state)))


def states(clinic: Clinic) -> dict[str, int]:
    """Deliveries by state, paused ones apart."""
    rows = clinic.query("select state, is_paused, count(*) from deliveries group by 1, 2")
    return {f"{row[0]}{' paused' if row[1] else ''}": row[2] for row in rows}


def test_every_number_is_the_number_of_its_rows(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 300)
    look = desk.look(QueueQuery(), with_groups=True)
    for lane in QueueLane:
        assert len(desk.ids(QueueQuery(lane=lane))) == look.counts[lane]
    whole = desk.ids(QueueQuery())
    assert len(whole) == sum(look.counts[lane] for lane in OPEN_LANES) == 270
    assert sum(group.count for group in look.groups) == len(whole)
    of_groups = [one for group in look.groups for one in desk.ids(group.narrow(QueueQuery()))]
    assert sorted(of_groups) == sorted(whole)
    for group in look.groups:
        assert len(desk.ids(group.narrow(QueueQuery()))) == group.count


def test_the_search_is_that_of_the_studies(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 300)
    for text in ("wang7", "W7", "CT00000007", "P7"):
        found = desk.rows(desk.ids(QueueQuery(text=text)))
        assert "王7" in {row.patient_name for row in found}, text
    look = desk.look(QueueQuery(text="CT00000007"), with_groups=True)
    assert sum(group.count for group in look.groups) == len(desk.ids(QueueQuery("CT00000007")))


def test_a_bulk_retry_is_exact(clinic: Clinic, desk: QueueDesk) -> None:
    """Every state ten times; only failed and retrying ones are touched, the report adds up."""
    fill_queue(clinic.work, 10 * len(STATES))
    ids = desk.ids(QueueQuery())
    before = desk.selection(ids).preview
    done = desk.job(BulkAction.RETRY, ids).run()
    assert (done.total, done.changed, done.skipped, done.queued) == (90, 40, 50, 0)
    assert done.changed == before.retryable
    assert states(clinic)["ready"] == 50
    assert done.undo_action is None


def test_what_a_closed_platform_gets_is_called_queued(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 20, (STATES[0],))
    desk.set_platforms_paused(("guizhou",), is_paused=True)
    ids = desk.ids(QueueQuery())
    assert desk.selection(ids).preview.counts[Forecast.PAUSED] == 20
    done = desk.job(BulkAction.RETRY, ids).run()
    assert (done.changed, done.queued) == (20, 20)


def test_ten_thousand_with_half_of_them_not_to_be_retried(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 10_000, (STATES[0], STATES[7]))
    ids = desk.ids(QueueQuery())
    job = desk.job(BulkAction.RETRY, ids)
    done = job.run()
    assert (job.done, done.changed, done.skipped) == (10_000, 5000, 5000)
    assert states(clinic) == {"ready": 10_000}
    assert clinic.scalar("select count(*) from events where kind = 'delivery_retried'") == 5000


def test_a_stopped_job_says_what_it_left(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 3 * SLICE, (STATES[0],))
    job = desk.job(BulkAction.RETRY, desk.ids(QueueQuery()))
    job.stop()
    done = job.run()
    assert done.is_stopped
    assert (done.changed, done.skipped, done.total) == (0, 0, 3 * SLICE)
    assert states(clinic) == {"failed": 3 * SLICE}


def test_an_undone_cancel_lets_all_of_them_go_on(clinic: Clinic, desk: QueueDesk) -> None:
    """Also what was on its way, and what somebody had paused stays paused."""
    examination = clinic.ready(clinic.specs[0])
    held = clinic.ready(clinic.specs[1])
    queue = clinic.work.queue
    paused = [one.id for one in queue.of_examination(held)]
    desk.job(BulkAction.PAUSE, paused).run()
    running = clinic.claim()
    assert running is not None
    assert running.examination_id == examination
    before = {one.id: one.state for one in queue.of_examination(held)}
    ids = desk.ids(QueueQuery())
    assert desk.selection(ids).preview.running == 1
    done = desk.job(BulkAction.CANCEL, ids).run()
    assert done.changed == len(ids)
    assert queue.is_cancelled(running.id)
    undo = desk.undo_job(done)
    assert undo is not None
    undo.run()
    assert not queue.is_cancelled(running.id)
    after = queue.of_examination(held)
    assert {one.id: one.state for one in after} == before
    assert all(one.is_paused for one in after)
    others = {one.state for one in queue.of_examination(examination)}
    assert DeliveryState.CANCELLED not in others


def test_pause_and_its_undo(clinic: Clinic, desk: QueueDesk) -> None:
    fill_queue(clinic.work, 20, (STATES[7], STATES[8]))
    done = desk.job(BulkAction.PAUSE, desk.ids(QueueQuery())).run()
    assert (done.changed, done.skipped) == (10, 10)
    undo = desk.undo_job(done)
    assert undo is not None
    assert undo.run().changed == 10
    assert states(clinic) == {"ready": 10, "ready paused": 10}


def test_platforms_are_paused_once(desk: QueueDesk) -> None:
    assert desk.set_platforms_paused(("guizhou",), is_paused=True) == ("guizhou",)
    assert desk.set_platforms_paused(("guizhou",), is_paused=True) == ()
    assert desk.platforms()["guizhou"].is_paused


def test_the_drawer_knows_every_request(clinic: Clinic, desk: QueueDesk) -> None:
    clinic.open_platform("saveImgFile:http_500:1")
    examination = clinic.ready(clinic.specs[0], images=2)
    clinic.upload_all(clinic.uploaders())
    images = clinic.delivery(examination, "images")
    shown = desk.shown(images.id, with_attempts=True)
    assert shown is not None
    assert shown.study is not None
    assert shown.progress.total == 2
    assert {one.http_status for one in shown.attempts} >= {500}
    assert desk.shown(99_999, with_attempts=True) is None
