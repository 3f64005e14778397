"""Several processes on one file: nothing is claimed twice, no number given out twice."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState, PlannedDelivery
from hbgz_desktop.storage.platform_state import SEQUENCE_MAX
from tests.unit.storage.claiming_process import PLATFORM, claim_everything, reserve_numbers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.storage.database import Database
    from tests.unit.storage.hospital_rows import HospitalRows

SPAWN = multiprocessing.get_context("spawn")
PROCESSES = 2
LIMIT_S = 25


def run_at_once(work: Callable[..., None], *arguments: Any) -> list[Any]:
    """Run ``work`` in some processes that begin together; what each reported."""
    start = SPAWN.Barrier(PROCESSES)
    pipes = [SPAWN.Pipe(duplex=False) for _ in range(PROCESSES)]
    processes = [
        SPAWN.Process(target=work, args=(*arguments, start, writer)) for _, writer in pipes
    ]
    for process in processes:
        process.start()
    for _, writer in pipes:
        writer.close()
    found = []
    for reader, _ in pipes:
        assert reader.poll(LIMIT_S), "a process did not answer"
        found.append(reader.recv())
        reader.close()
    for process in processes:
        process.join(LIMIT_S)
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    return found


def test_eight_threads_in_two_processes_claim_nothing_twice(
    rows: HospitalRows, data_dir: Path
) -> None:
    for number in range(40):
        _, examination_id, _ = rows.record(f"A{number}")
        plan = PlannedDelivery(DeliveryKind.RECORD, 0, None, "d")
        rows.queue.apply_plan(examination_id, PLATFORM, [plan])
    path = str(data_dir / "hbgz.sqlite")
    claimed = [pair for found in run_at_once(claim_everything, path, "engine") for pair in found]
    assert len(claimed) == 40
    assert len({delivery_id for delivery_id, _ in claimed}) == 40
    assert {token for _, token in claimed} == {1}
    states = {rows.queue.get(delivery_id).state for delivery_id, _ in claimed}  # type: ignore[union-attr]  # it is there
    assert states == {DeliveryState.DELIVERED}


def test_message_numbers_never_repeat_across_processes(database: Database, data_dir: Path) -> None:
    now = datetime.now(UTC)
    path = str(data_dir / "hbgz.sqlite")
    found = run_at_once(reserve_numbers, path, now, 70)
    numbers = [
        (second, number)
        for blocks in found
        for second, first, last in blocks
        for number in range(first, last + 1)
    ]
    assert len(numbers) == len(set(numbers)) >= 13_000
    assert {number for _, number in numbers} == set(range(1, SEQUENCE_MAX + 1))
    for blocks in found:
        assert all(one < other for one, other in pairwise(blocks)), "each process sees them grow"
