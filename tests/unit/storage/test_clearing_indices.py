"""What the engine asks again and again is found by an index, also among a million images, and locks shortly."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, text

from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason
from hbgz_desktop.storage.clearing import SLICE, ClearingStore
from hbgz_desktop.storage.columns import microseconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.storage.hospital_rows import HospitalRows

POLICY = ClearingPolicy(("guizhou",), 1)
LOCK_S = 0.5
"""Ten times what a quiet machine may need: this one also runs everything else."""


def plans_of(rows: HospitalRows, ask: Callable[[], object]) -> str:
    """How SQLite answers everything ``ask`` asks."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, sql: str, values: Any, *_rest: object) -> None:
        asked.append((sql, values))

    event.listen(rows.database.engine, "before_cursor_execute", note)
    ask()
    event.remove(rows.database.engine, "before_cursor_execute", note)
    with rows.database.read() as connection:
        return "\n".join(
            str(row)
            for sql, values in asked
            if sql.lstrip().upper().startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        )


def test_they_are_found_by_index(rows: HospitalRows) -> None:
    store = ClearingStore(rows.database)
    assert "ix_instances_file_state" in plans_of(rows, store.pending)
    assert "ix_instances_file_state" in plans_of(rows, store.pending_count)
    assert "ix_studies_files" in plans_of(rows, store.with_files)
    assert "ix_studies_files" in plans_of(rows, store.on_disk)
    assert "ix_studies_last_received_at" in plans_of(
        rows, lambda: store.received_since(datetime.now(UTC))
    )


def test_a_slice_of_a_big_study_holds_the_lock_shortly(rows: HospitalRows) -> None:
    """Twice a slice in one study: the write lock is held for one slice's rows and a handful of facts."""
    joined = rows.joined(images=2 * SLICE)
    rows.plan(joined)
    rows.deliver(joined)
    at = microseconds(datetime.now(UTC) - timedelta(days=400))
    with rows.database.write() as connection:
        connection.execute(text("update examinations set is_stale = 0"))
        connection.execute(text("update studies set last_received_at = :at"), {"at": at})
        connection.execute(text("update deliveries set updated_at = :at"), {"at": at})
    store = ClearingStore(rows.database)
    now = datetime.now(UTC)
    for left in (2, 1):
        doomed = store.doomed(joined.study_id, POLICY, now)
        assert doomed is not None
        assert len(doomed.files) == SLICE
        heads = dict.fromkeys((one.instance_id for one in doomed.files), "HBGZ")
        began = time.perf_counter()
        assert store.mark(doomed, heads, reason=ClearingReason.AGE, actor="engine")
        marked = time.perf_counter()
        assert store.settle(doomed.files).files == SLICE
        assert max(marked - began, time.perf_counter() - marked) < LOCK_S
        assert store.on_disk().files == (left - 1) * SLICE
    assert store.doomed(joined.study_id, POLICY, now) is None
