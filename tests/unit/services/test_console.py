"""The console's door: what each press does to the database, and that it is written down who pressed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.services import console as module
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_commands import EngineCommands
from hbgz_desktop.services.engine_supervisor import EngineSupervisor

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


@pytest.fixture
def console(clinic: Clinic) -> ConsoleServices:
    """The facade over a clinic."""
    work = clinic.work
    return ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state))


def audited(clinic: Clinic) -> list[tuple[str, str]]:
    return [
        tuple(row) for row in clinic.query("select actor, action from audit_entries order by id")
    ]


def test_the_overview_counts_what_the_lists_show(clinic: Clinic, console: ConsoleServices) -> None:
    clinic.ready(clinic.specs[0])
    clinic.ready(clinic.specs[1], chargeType="MZ")
    clinic.send(clinic.specs[2], 1)
    overview = console.overview()
    assert overview.snapshot.lanes[Lane.QUEUED] == 1
    assert overview.snapshot.lanes[Lane.NEEDS_FIX] == 1
    assert overview.snapshot.lanes[Lane.RECEIVING] == 1
    assert (overview.snapshot.waiting, overview.snapshot.unmapped) == (1, 1)
    assert len(overview.recent) == 3
    assert [one.value for one in overview.causes] == ["MZ"]
    assert sum(one.received for one in overview.throughput) == 3
    assert not overview.snapshot.engine.is_alive
    assert console.events_since(overview.snapshot.event_id) == ()
    assert len(console.events_since(0)) > 3


def test_a_day_begins_at_local_midnight(console: ConsoleServices) -> None:
    start = console.today()
    assert start.utcoffset() == timedelta(0)
    assert (start.astimezone(ZoneInfo("Asia/Shanghai")).hour, start.minute) == (0, 0)


def test_closing_and_assigning_a_study_by_hand(clinic: Clinic, console: ConsoleServices) -> None:
    spec = clinic.specs[0]
    clinic.send(spec, 1)
    report = clinic.take(clinic.record(spec, studyUid=None, accessionNumber="X1"))
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    study_id = clinic.study_id(spec)
    console.complete_study(study_id)
    assert clinic.scalar("select lane from worklist where study_id is not null") == "no_record"
    console.assign_study(study_id, examination_id)
    assert clinic.deliveries(examination_id)["record"] == "digest"
    actions = [action for _, action in audited(clinic)]
    assert actions == ["study_completed", "study_assigned"]
    assert {actor for actor, _ in audited(clinic)} == {console.actor}


def test_a_study_assigned_away_is_planned_on_both_sides(
    clinic: Clinic, console: ConsoleServices
) -> None:
    first = clinic.ready(clinic.specs[0])
    report = clinic.take(clinic.record(clinic.specs[1]))
    other = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    console.assign_study(clinic.study_id(clinic.specs[0]), other)
    assert clinic.deliveries(first)["record"] == "no_images"
    assert clinic.deliveries(other)["record"] == "ready"


def test_a_corrected_field_is_checked_and_matched_again(
    clinic: Clinic, console: ConsoleServices
) -> None:
    spec = clinic.specs[0]
    clinic.send(spec)
    clinic.close(spec)
    report = clinic.take(
        clinic.record(spec, studyUid=None, accessionNumber="TYPO", chargeType="MZ")
    )
    examination_id = clinic.work.examinations.of_record(report.record_ids[0]) or 0
    assert clinic.deliveries(examination_id)["record"] == "no_images"
    assert not console.correct_field(examination_id, "accessionNumber", spec.accession_number)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"
    assert console.correct_field(examination_id, "chargeType", "02")
    assert clinic.deliveries(examination_id)["record"] == "ready"
    assert [action for _, action in audited(clinic)] == ["record_corrected"] * 2


def test_what_does_not_stand_in_the_record_cannot_be_corrected_there(
    clinic: Clinic, console: ConsoleServices
) -> None:
    examination_id = clinic.ready(clinic.specs[0])
    for field in ("setlInfoList[0].examPart", "setlInfoList", "nonsense"):
        with pytest.raises(UsageError, match="field_not_correctable"):
            console.correct_field(examination_id, field, "x")
    assert not console.correct_field(9999, "psnName", "x"), "no such examination"


def test_the_engine_is_asked_and_its_silence_is_said(
    clinic: Clinic, console: ConsoleServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COMMAND_LIMIT_S", 0.2)
    assert console.ask_engine("echo") == {"state": "void"}
    assert console.test_receiver().code == "engine_not_running"
    clinic.work.engine_state.write(stopped_at=None)
    assert console.test_receiver().code == "engine_does_not_answer"
    monkeypatch.setattr(module, "COMMAND_LIMIT_S", 15.0)
    commands = EngineCommands(
        clinic.work.engine_state,
        {"echo": lambda _: {"ok": True, "detail": "echo_ok", "elapsed_ms": 1.5}},
    )
    commands.worker.start()
    result = console.test_receiver()
    assert (result.is_ok, result.code, result.elapsed_ms) == (True, "echo_ok", 1.5)
    commands.worker.stop()
    assert commands.worker.join()


def test_the_platform_test_claims_only_that_something_answers(
    clinic: Clinic, console: ConsoleServices
) -> None:
    result = console.test_platform("guizhou")
    assert (result.is_ok, result.code) == (False, "platform_refused_connection")
    clinic.open_platform()
    assert console.test_platform("guizhou").is_ok
    clinic.configure(**{"guizhou.base_url": ""})
    assert console.test_platform("guizhou").code == "platform_setting_missing"


def test_a_device_is_let_in_and_the_engine_is_told(
    clinic: Clinic, console: ConsoleServices
) -> None:
    console.set_peer("CT1", policy="accept", fallback_charset="utf-8")
    (peer,) = console.peers()
    assert (peer.ae_title, peer.policy, peer.fallback_charset) == ("CT1", "accept", "utf-8")
    command = clinic.work.engine_state.take()
    assert command is not None
    assert command.kind == "reload_peers"


def test_looks_and_settings_leave_an_audit_row(clinic: Clinic, console: ConsoleServices) -> None:
    console.reveal("name", 7)
    console.save_settings({"dicom.quiet_time_s": 30.0}, {"guizhou.key": "x"})
    assert clinic.work.settings().dicom.quiet_time_s == 30.0
    assert clinic.work.secrets.get("guizhou.key") == "x"
    assert [action for _, action in audited(clinic)] == [
        "identity_revealed",
        "setting_set",
        "setting_set",
    ]


def test_files_are_imported_one_after_another(clinic: Clinic, console: ConsoleServices) -> None:
    paths = [clinic.write([clinic.record(spec)]) for spec in clinic.specs[:2]]
    assert [one.new for one in console.import_records(paths)] == [1, 1]
