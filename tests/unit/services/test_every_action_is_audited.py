"""Each thing a person can do in the console leaves a row: all of them are done here, and none is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import AccountError
from hbgz_desktop.model.fix_views import FixKind
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.permissions import ACTIONS
from hbgz_desktop.model.queue_lane import QueueQuery
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.device_control import DeviceControl
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.fix_desk import FixDesk
from hbgz_desktop.services.queue_desk import QueueDesk
from hbgz_desktop.services.queue_jobs import BulkAction
from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.services.table_export import ExportJob

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.services.clinic import Clinic

ELSEWHERE = {
    "images_cleared",  # needs images that were confirmed long ago: test_clearing
    "audit_trimmed",  # the program's own, by rule: test_audit_log
    "study_changed_sent",  # needs a platform that has confirmed: the test below
    "study_changed_kept",
    "deletion_asked",  # these need a platform that has confirmed: test_deletion, test_corrections
    "deletion_undone",
    "index_deleted",
    "index_deleted_directly",
    "index_kept",
    "authorization_entered",  # the desk needs Hebei's platform: tests/integration/hebei
    "authorization_sent_again",
    "authorization_withdrawn",
    "sharing_asked",
    "sharing_opened",
    "sharing_orders_fetched",
    "sharing_results_fetched",
    "sharing_kept_viewed",
    "sharing_exported",
}
DESKS = ("authorization_", "sharing_", "outside_")
"""Actions of the reception desk: each is proved where its service is tested."""
NAME = "王工"
PIN = "402817"


@pytest.fixture
def console(clinic: Clinic) -> ConsoleServices:
    """A console at which 王工 of IT has sat down."""
    work = clinic.work
    console = ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state))
    console.choose_free_role(Role.IT)
    made = console.accounts.add(NAME, Role.IT, PIN)
    console.accounts.switch(made.operator.id, PIN)
    return console


def trail(clinic: Clinic) -> list[tuple[str, str]]:
    rows = clinic.query("select actor, action from audit_entries order by id")
    return [(str(row[0]), str(row[1])) for row in rows]


def do_the_queue(clinic: Clinic, console: ConsoleServices) -> None:
    desk = QueueDesk(console)
    clinic.ready(clinic.specs[0])
    running = clinic.claim()
    assert running is not None
    for action in (BulkAction.PAUSE, BulkAction.RESUME):
        desk.job(action, desk.ids(QueueQuery())).run()
    done = desk.job(BulkAction.CANCEL, desk.ids(QueueQuery())).run()
    undo = desk.undo_job(done)
    assert undo is not None
    undo.run()
    desk.job(BulkAction.CANCEL, desk.ids(QueueQuery())).run()
    desk.job(BulkAction.RETRY, desk.ids(QueueQuery())).run()
    assert desk.set_platforms_paused(["guizhou"], is_paused=True) == ("guizhou",)
    assert desk.set_platforms_paused(["guizhou"], is_paused=False) == ("guizhou",)


def do_the_studies(clinic: Clinic, console: ConsoleServices) -> None:
    spec = clinic.specs[1]
    clinic.send(spec, 1)
    path = clinic.write([clinic.record(spec, studyUid=None, accessionNumber="X1")])
    (report,) = console.import_records([path])
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    study_id = clinic.study_id(spec)
    console.complete_study(study_id)
    console.assign_study(study_id, examination_id)
    clinic.work.study_control.expect(study_id, 3, console.actor)
    clinic.work.study_control.expect(study_id, None, console.actor)
    console.correct_field(examination_id, "accessionNumber", spec.accession_number)
    console.reveal("examination", examination_id)
    (series,) = StudyDesk(console).series(study_id)
    assert StudyDesk(console).to_view(study_id, series.series_instance_uid).found


def do_the_codes(clinic: Clinic, console: ConsoleServices) -> None:
    desk = FixDesk(console)
    clinic.ready(clinic.specs[2], chargeType="MZ")
    (wrong,) = [one for one in clinic.work.mapping_control.waiting() if one.local_value == "MZ"]
    saved = desk.save_code(wrong.code_set, "MZ", "02")
    desk.undo_code(saved)
    desk.settle(FixKind.IMPORT, [1], is_settled=True)
    desk.settle(FixKind.IMPORT, [1], is_settled=False)


def do_the_machine(clinic: Clinic, console: ConsoleServices, folder: Path) -> None:
    console.save_settings({"dicom.quiet_time_s": 30.0}, {"guizhou.key": "not-to-be-seen"})
    console.set_peer("CT1", policy="accept")
    DeviceControl(clinic.work).set_charset("CT1", "utf-8", console.actor)
    clinic.work.engine_state.ask("stop", requested_by=console.actor)
    console.export_mappings(folder / "mapping.csv")
    job = ExportJob(folder / "list.csv", 1, console.note_export("studies"))
    assert job.run(("a",), [[("1",)]])


def do_who_acts(console: ConsoleServices) -> None:
    accounts = console.accounts
    clerk = accounts.add("李敏", Role.CLERK, "2222")
    accounts.set_role(clerk.operator.id, Role.IT)
    accounts.set_pin(clerk.operator.id, "3333")
    with pytest.raises(AccountError):
        accounts.switch(clerk.operator.id, "9999")
    accounts.set_active(clerk.operator.id, is_active=False)
    accounts.lock()


def test_every_action_of_the_table_is_done_and_written(
    clinic: Clinic, console: ConsoleServices, tmp_path: Path
) -> None:
    do_the_queue(clinic, console)
    do_the_studies(clinic, console)
    do_the_codes(clinic, console)
    do_the_machine(clinic, console, tmp_path)
    do_who_acts(console)
    rows = trail(clinic)
    here = {one for one in ACTIONS if not one.startswith(DESKS)}
    assert {action for _, action in rows} == here - ELSEWHERE
    begun = rows.index((NAME, "operator_switched"))
    others = {(actor, action) for actor, action in rows[begun:] if actor != NAME}
    assert others == {("李敏", "pin_refused")}
    secrets = clinic.query("select facts, key from audit_entries")
    written = str([tuple(row) for row in secrets])
    assert "not-to-be-seen" not in written
    assert not [spec for spec in clinic.specs if spec.patient_name in written]
    assert not [spec for spec in clinic.specs if spec.patient_id in written]


def test_changed_images_leave_a_row_each_way(clinic: Clinic, console: ConsoleServices) -> None:
    clinic.open_platform()
    uploaders = clinic.uploaders()
    spec = clinic.specs[0]
    clinic.ready(spec, images=2)
    clinic.upload_all(uploaders)
    control = clinic.work.changed_images
    for pixel, decide in ((9, control.keep), (7, control.send)):
        clinic.send(spec, 1, pixel=pixel)
        study_id = clinic.close(spec)
        decide(study_id, control.of_study(study_id), console.actor)
    assert trail(clinic)[-2:] == [(NAME, "study_changed_kept"), (NAME, "study_changed_sent")]


def test_a_clerk_is_refused_what_is_its_and_the_refusal_is_written(
    clinic: Clinic, console: ConsoleServices
) -> None:
    clerk = console.accounts.add("李敏", Role.CLERK, "2222")
    console.accounts.switch(clerk.operator.id, "2222")
    attempts: dict[str, Callable[[], object]] = {
        "setting_set": lambda: console.save_settings({"dicom.quiet_time_s": 9.0}, {}),
        "peer_set": lambda: console.set_peer("CT1", policy="accept"),
        "operator_added": lambda: console.accounts.add("赵丽", Role.CLERK, "3333"),
    }
    for action, attempt in attempts.items():
        with pytest.raises(AccountError) as caught:
            attempt()
        assert caught.value.facts == {"action": action}
    refused = "select actor, action from audit_entries where outcome = 'refused'"
    assert [tuple(row) for row in clinic.query(refused)] == [("李敏", one) for one in attempts]
    assert clinic.work.settings().dicom.quiet_time_s != 9.0
    assert console.peers() == ()
