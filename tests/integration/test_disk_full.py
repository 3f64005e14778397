"""Disk full, under the reserve and for real, for images and for the database; then freed."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.storage_scu import SendResult, send_files
from hbgz_desktop.model.errors import DicomError
from tests.hospital import Hospital
from tests.running_program import until
from tests.small_disk import MEGABYTE, SmallDisk, small_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hospital import Study
    from tests.running_program import Engine

# what the sender in this process logs when it is turned away
pytestmark = pytest.mark.allow_warnings("^(Association Rejected|Result:|Reason:)")

OUT_OF_RESOURCES = 0xA700
DISK_MB = 24
RESERVE_MB = 8


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Ends what a test entered, in reverse order."""
    with ExitStack() as entered:
        yield entered


def send_while(
    hospital: Hospital, engine: Engine, study: Study, after_first: Callable[[], None]
) -> list[int | None]:
    """Send a study on one association; something happens after its first image. Returns statuses."""
    results: list[SendResult] = []

    def note(result: SendResult) -> None:
        results.append(result)
        if len(results) == 1:
            after_first()

    send_files(study.paths, hospital.peer(engine), on_result=note)
    hospital.acknowledge(results)
    return [one.status for one in results]


def state_is(hospital: Hospital, state: str) -> Callable[[], bool]:
    """A condition on what the receiver says of itself."""
    return lambda: hospital.program.scalar("select receiver_state from engine_state") == state


def assert_rejected(hospital: Hospital, engine: Engine, study: Study) -> None:
    """A new association is turned away for now."""
    with pytest.raises(DicomError) as caught:
        send_files(study.paths, hospital.peer(engine))
    assert caught.value.code == "rejected_busy"


def sends_again(hospital: Hospital, engine: Engine, study: Study) -> Callable[[], bool]:
    """A modality's own retry, as a condition."""

    def attempt() -> bool:
        try:
            return hospital.send(engine, study)
        except DicomError:
            return False

    return attempt


def assert_recovered(hospital: Hospital, engine: Engine, *studies: Study) -> None:
    """Everything goes out, nothing acknowledged is missing, no file lies about without a row."""
    for study in studies:
        until("taken again", sends_again(hospital, engine, study))
    hospital.import_records(*studies)
    hospital.wait_confirmed(len(studies))
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)
    spool = hospital.program.data / "spool"
    assert len([one for one in spool.rglob("*") if one.is_file()]) == len(hospital.acknowledged)


def test_under_the_reserve_nothing_is_taken_until_there_is_room(
    stack: ExitStack, tmp_path: Path, seed: int
) -> None:
    """A700 on the open association, rejection of new ones, listening again when space is freed."""
    disk = stack.enter_context(small_disk(tmp_path / "盘 一", DISK_MB))
    hospital = stack.enter_context(Hospital(tmp_path, disk.root / "前置机 数据", seed))
    hospital.configure(**{"storage.reserve_mb": RESERVE_MB})
    first, second = hospital.studies(2, images=3)
    engine = hospital.program.start()

    def fill() -> None:
        disk.fill(leave_bytes=RESERVE_MB * MEGABYTE - 1)
        until("disk full", state_is(hospital, "disk_full"))

    assert send_while(hospital, engine, first, fill) == [0, OUT_OF_RESOURCES, OUT_OF_RESOURCES]
    assert_rejected(hospital, engine, second)
    hospital.assert_nothing_lost()
    disk.clear()
    until("listening again", state_is(hospital, "listening"))
    assert_recovered(hospital, engine, first, second)


@pytest.mark.parametrize("what", ["images", pytest.param("database", marks=pytest.mark.long)])
def test_no_space_at_all_is_answered_and_survived(
    stack: ExitStack, tmp_path: Path, seed: int, what: str
) -> None:
    """The system itself says ENOSPC: for the spool, or for the database on a volume of its own."""
    small = stack.enter_context(small_disk(tmp_path / "盘 一", DISK_MB))
    large = tmp_path / "large"
    data = (large if what == "images" else small.root) / "前置机 数据"
    spool = (small.root if what == "images" else large) / "spool"
    spool.mkdir(parents=True)
    data.mkdir(parents=True)
    (data / "spool").symlink_to(spool, target_is_directory=True)
    hospital = stack.enter_context(Hospital(tmp_path, data, seed))
    hospital.configure(**{"storage.reserve_mb": 0})
    first, second = hospital.studies(2, images=12, rows=128)
    engine = hospital.program.start()
    statuses = send_while(hospital, engine, first, lambda: fill_up(small))
    assert set(statuses) == {0, OUT_OF_RESOURCES}
    assert_rejected(hospital, engine, second)
    hospital.assert_nothing_lost()
    small.clear()
    assert_recovered(hospital, engine, first, second)


def fill_up(disk: SmallDisk) -> None:
    """Leave nothing."""
    disk.fill(leave_bytes=0)
    assert disk.free_bytes == 0
