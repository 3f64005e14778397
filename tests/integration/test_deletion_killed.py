"""An engine that dies in the middle of a deletion: the platform has deleted, and nobody wrote it down (G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.running_program import START_LIMIT_S

if TYPE_CHECKING:
    from tests.hospital import Hospital

pytestmark = [
    pytest.mark.kill,
    pytest.mark.timeout(300),  # four starts of an engine
    # the sender in this process says what it makes of a peer that dies
    pytest.mark.allow_warnings("(?i)connection|abort|pdu|socket"),
]


@pytest.mark.parametrize(
    "step", ["upload.after_answer", pytest.param("upload.after_row", marks=pytest.mark.long)]
)
def test_a_deletion_survives_a_kill_beside_its_answer(hospital: Hospital, step: str) -> None:
    """It is asked again; that the index is gone then counts, and everything goes once under a new one."""
    (study,) = hospital.studies(images=3)
    engine = hospital.program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    hospital.wait_confirmed(1, limit_s=120)
    engine.stop()
    with Workplace(DataFolder(hospital.program.data)) as work:
        (examination_id,) = work.examinations.all_ids()
        found = work.examinations.frozen_index(examination_id, "guizhou")
        assert found is not None
        work.deletion.ask(examination_id, then=AfterDeletion.RESEND, reason="试一试", actor="王工")
    dying = hospital.program.start(
        failpoints=f"{step}=kill@1", wait=False
    )  # maybe before it is ready
    dying.wait_killed(START_LIMIT_S)
    hospital.program.start()
    hospital.wait_confirmed(1, limit_s=120)
    rows = hospital.program.query("select code, deleted_at from index_codes order by id")
    assert [(row["code"] == found[0], row["deleted_at"] is not None) for row in rows] == [
        (True, True),
        (False, False),
    ]
    states = hospital.program.query("select kind, state from deliveries")
    kinds = ("deletion", "record", "images", "report")
    assert {(row["kind"], row["state"]) for row in states} == {(one, "delivered") for one in kinds}
