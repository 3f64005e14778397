"""Each command against a real data folder: what it prints, what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import Outcome
from hbgz_desktop.model.errors import InvalidInstanceError
from hbgz_desktop.platforms.standards import list_standards
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from tests.trial_hospital import KEY
from tests.unit.dicom.samples import MR, stored
from tests.unit.services.clinic import dataset, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.cli.conftest import Shell
    from tests.unit.services.clinic import Clinic


# -- settings


def test_settings_are_shown_read_and_set(shell: Shell) -> None:
    shell("config", "set", "dicom.quiet_time_s", "30")
    shell("config", "set", "dicom.quiet_time_by_modality", "US=300")
    shell("config", "set", "platforms.enabled", "guizhou")
    assert shell("config", "get", "dicom.quiet_time_s").out == "30.0\n"
    assert shell("config", "get", "dicom.quiet_time_by_modality", "--json").json == {"US": 300.0}
    rows = {one["key"]: one for one in shell("config", "show", "--json").json}
    assert rows["platforms.enabled"]["value"] == ["guizhou"]
    assert rows["guizhou.key"]["value"] == "********"
    assert all(one["title"] for one in rows.values())
    assert "dicom.port" in shell("config", "show").out
    complaint = shell("config", "set", "dicom.port", "x", code=1).err
    assert "setting_invalid" in complaint
    assert "setting_unknown" in shell("config", "set", "dicom.prot", "1", code=1).err


@pytest.mark.parametrize(
    ("words", "stdin", "expected"),
    [
        (["-"], b"secret-1\r\nmore\n", "secret-1"),
        ([], b"secret-2", "secret-2"),
        (["secret-3"], b"", "secret-3"),
        (["-"], "\ufeff密钥4\n".encode(), "密钥4"),
        ([""], b"", ""),
    ],
)
def test_a_secret_is_sealed_and_never_in_the_file(
    shell: Shell, clinic: Clinic, words: list[str], stdin: bytes, expected: str
) -> None:
    shell("config", "set", "guizhou.key", *words, stdin=stdin)
    assert clinic.work.secrets.get("guizhou.key") == expected
    text = (shell.data / "hbgz.toml").read_text(encoding="utf-8")
    assert not expected or expected not in text
    shown = shell("config", "get", "guizhou.key").out
    assert shown == ("set\n" if expected else "\n")


@pytest.mark.parametrize(
    ("stdin", "code"),
    [(b"", "secret_missing"), (b"\n", "secret_missing"), (b"\xff", "stdin_not_utf8")],
)
def test_a_secret_that_did_not_come_leaves_the_old_one(
    shell: Shell, clinic: Clinic, stdin: bytes, code: str
) -> None:
    assert code in shell("config", "set", "guizhou.key", "-", code=2, stdin=stdin).err
    assert clinic.work.secrets.get("guizhou.key") == KEY


def test_a_setting_that_decides_checks_releases_what_waited(shell: Shell, clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0], sdryChkDate=None)
    assert clinic.deliveries(examination_id)["record"] == "needs_fix"
    assert "放行 1 份" in shell("config", "set", "guizhou.sdry_chk_date", "chkDate").out
    assert clinic.deliveries(examination_id)["record"] == "ready"


# -- what has come


def test_studies_are_listed_shown_closed_and_assigned(shell: Shell, clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec)
    (row,) = shell("studies", "list", "--json").json
    assert (row["study_instance_uid"], row["received"]) == (spec.study_instance_uid, 2)
    assert spec.patient_name.replace("^", "") not in str(row)
    (named,) = shell("studies", "list", "--show-names", "--json").json
    assert spec.patient_name.replace("^", "") in named["patient_name"].replace("^", "")
    assert spec.accession_number in shell("studies", "list", "--lane", "receiving").out
    shown = shell("studies", "show", spec.study_instance_uid, "--json").json
    assert {one["sop_instance_uid"] for one in shown["instances"]} == {
        f"{spec.study_instance_uid}.1.{number}" for number in (1, 2)
    }
    assert {"path", "md5", "size_bytes", "state"} <= set(shown["instances"][0])
    assert "应有 未知" in shell("studies", "show", spec.study_instance_uid).out
    assert shell("studies", "complete", spec.study_instance_uid).out == "completed\n"
    assert shell("studies", "complete", spec.study_instance_uid).out == "already complete\n"
    report = clinic.take(clinic.record(spec, studyUid=None, accessionNumber="X9"))
    shell("studies", "assign", spec.study_instance_uid, str(report.record_ids[0]))
    assert clinic.scalar("select match_kind from examinations") == "person"
    assert "record_unknown" in shell("studies", "assign", spec.study_instance_uid, "99", code=2).err


def test_images_that_changed_are_listed_and_decided_on(shell: Shell, clinic: Clinic) -> None:
    clinic.open_platform()
    spec = clinic.specs[0]
    uid = spec.study_instance_uid
    clinic.ready(spec)
    clinic.upload_all(clinic.uploaders())
    assert shell("studies", "changed", uid, "--json").json == {
        "study_instance_uid": uid,
        "decision": None,
        "instances": [],
    }
    assert "study_not_changed" in shell("studies", "changed", uid, "--send", code=2).err
    clinic.send(spec, 1, pixel=9)
    clinic.close(spec)
    (row,) = shell("studies", "list", "--lane", "changed", "--json").json
    assert row["study_instance_uid"] == uid
    (one,) = shell("studies", "changed", uid, "--json").json["instances"]
    assert (one["sop_instance_uid"], one["sent_version"], one["newer_version"]) == (
        f"{uid}.1.1",
        1,
        2,
    )
    assert "等人决定 1 幅" in shell("studies", "changed", uid).out
    assert "not allowed" in shell("studies", "changed", uid, "--send", "--keep", code=2).err
    said = shell("studies", "changed", uid, "--send", "--json").json
    assert (said["decision"], len(said["instances"])) == ("send", 1)
    assert clinic.upload_all(clinic.uploaders()) == ["images"]
    assert shell("studies", "list", "--json").json[0]["lane"] == "confirmed"
    clinic.send(spec, 1, pixel=10)
    clinic.close(spec)
    assert "平台上的不动 1 幅" in shell("studies", "changed", uid, "--keep").out
    assert clinic.upload_all(clinic.uploaders()) == []
    assert shell("studies", "list", "--json").json[0]["lane"] == "confirmed"


def test_how_many_images_a_study_should_have_is_noted(shell: Shell, clinic: Clinic) -> None:
    spec = clinic.specs[0]
    clinic.send(spec)
    uid = spec.study_instance_uid
    assert shell("studies", "expect", uid, "3").out == "expected 3  received 2\n"
    assert shell("studies", "show", uid, "--json").json["expected"] == 3
    assert shell("studies", "expect", uid, "unknown").out == "expected unknown  received 2\n"
    assert "expected_count_invalid" in shell("studies", "expect", uid, "0", code=2).err
    shell("studies", "expect", uid, "many", code=2)
    assert "study_unknown" in shell("studies", "expect", "1.2.3", "3", code=2).err


def test_what_was_not_taken_is_listed_and_counted(shell: Shell, clinic: Clinic) -> None:
    incoming = clinic.incoming(dataset(clinic.specs[0]), sop_class_uid=MR)
    with pytest.raises(InvalidInstanceError):
        clinic.intake.store(incoming)
    (row,) = shell("quarantine", "list", "--json").json
    assert (row["reason"], row["calling_ae"]) == ("sop_class_mismatch", "CT1")
    assert "CT1" in shell("quarantine", "list").out
    assert shell("status", "--json").json["quarantined"] == 1
    assert "quarantine list" in shell("status").out


def test_devices_are_let_in_kept_out_and_read_by_their_charset(
    shell: Shell, clinic: Clinic
) -> None:
    shell("peers", "allow", "CT1")
    shell("peers", "charset", "CT1", "utf-8")
    (row,) = shell("peers", "list", "--json").json
    assert (row["ae_title"], row["policy"], row["fallback_charset"]) == ("CT1", "accept", "utf-8")
    shell("peers", "refuse", "CT1")
    assert "拒绝" in shell("peers", "list").out
    shell("peers", "forget", "CT1")
    shell("peers", "charset", "CT1", "default")
    clinic.book.reload_peers()
    assert clinic.book.fallback_charset("CT1") == "gb18030"
    assert "ae_title_invalid" in shell("peers", "allow", "A" * 17, code=2).err


# -- records, mappings, queue


def test_reports_are_shown_by_their_file_names(shell: Shell, clinic: Clinic) -> None:
    """A folder or an address may name a patient or hold a key; the whole is shown when asked for."""
    spec = clinic.specs[0]
    report = clinic.take(clinic.record(spec, reportPdf="张三-1978/r1.pdf"))
    number = str(report.record_ids[0])
    shown = shell("records", "show", number, "--json").json["reports"]
    assert [one["reference"] for one in shown] == ["r1.pdf"]
    full = shell("records", "show", number, "--json", "--full").json["reports"]
    assert [one["reference"] for one in full] == ["张三-1978/r1.pdf"]


def test_records_are_imported_listed_and_shown_without_names(shell: Shell, clinic: Clinic) -> None:
    spec = clinic.specs[0]
    path = clinic.write([clinic.record(spec, chargeType="MZ"), 7])
    report = shell("records", "import", str(path), "--json").json
    assert (report["new"], len(report["problems"])) == (1, 1)
    assert "没变 1 条" in shell("records", "import", str(path)).out
    (row,) = shell("records", "list", "--json").json
    assert row["accession_numbers"] == [spec.accession_number]
    assert spec.accession_number in shell("records", "list").out
    name = str(clinic.record(spec)["psnName"])
    clinic.send(spec)
    clinic.close(spec)
    for words in (["--json"], []):
        shown = shell("records", "show", str(row["id"]), *words).out
        assert name not in shown
        assert spec.certificate_number not in shown
        assert "chargeType" in shown
    assert name in shell("records", "show", str(row["id"]), "--show-names").out
    assert "record_unknown" in shell("records", "show", "99", code=2).err
    assert "path_missing" in shell("records", "import", str(path) + "x", code=2).err


def test_a_file_of_which_nothing_could_be_taken_is_exit_1(shell: Shell, clinic: Clinic) -> None:
    clinic.take(clinic.record(clinic.specs[0]))
    other = clinic.record(
        clinic.specs[0], psnName="李四", certno=clinic.specs[1].certificate_number
    )
    said = shell("records", "import", str(clinic.write([other])), code=1)
    assert "record_other_patient" in said.out
    text = clinic.root / "x.json"
    text.write_text("{", encoding="utf-8")
    assert "record_json_invalid" in shell("records", "import", str(text), code=1).err


def test_a_template_is_written(shell: Shell, clinic: Clinic) -> None:
    path = clinic.root / "模板.xlsx"
    assert shell("records", "template", str(path)).out == f"{path}\n"
    assert path.read_bytes().startswith(b"PK")
    assert "template_suffix" in shell("records", "template", str(path) + ".csv", code=2).err


def test_a_mapping_is_set_listed_and_removed(shell: Shell, clinic: Clinic) -> None:
    examination_id = clinic.ready(clinic.specs[0], chargeType="MZ")
    code_set = clinic.problems(examination_id)["chargeType"].code_set
    assert "mapping_code_unknown" in shell("mapping", "set", code_set, "MZ", "99", code=2).err
    saved = shell("mapping", "set", code_set, "MZ", "02", "--json").json
    assert (saved["released"], saved["still_waiting"]) == (1, 0)
    (row,) = shell("mapping", "list", "--json").json
    assert (row["local_value"], row["standard_code"]) == ("MZ", "02")
    assert "MZ" in shell("mapping", "list", code_set).out
    assert shell("mapping", "unset", code_set, "MZ").out == "已删除\n"
    assert "mapping_unknown" in shell("mapping", "unset", code_set, "MZ", code=2).err


def test_the_queue_is_listed_retried_and_cancelled_exactly(shell: Shell, clinic: Clinic) -> None:
    for spec in clinic.specs[:2]:
        clinic.ready(spec)
        delivery = clinic.claim()
        assert delivery is not None
        clinic.work.queue.finish(delivery, Outcome.FAILED, cause="platform_rejected")
    rows = shell("queue", "list", "--state", "failed", "--json").json
    assert [one["cause"] for one in rows] == ["platform_rejected"] * 2
    assert len(shell("queue", "list").out.splitlines()) == 5
    ids = [str(one["id"]) for one in rows]
    assert shell("queue", "retry", "--id", *ids, "--json").json == {"changed": 2, "skipped": 0}
    assert shell("queue", "retry", "--all", "--json").json == {"changed": 0, "skipped": 0}
    assert shell("queue", "pause", "--id", ids[0], "--id", ids[1], "--json").json["changed"] == 2
    assert shell("queue", "resume", "--all", "--json").json["changed"] == 2
    assert shell("queue", "cancel", "--all", "--state", "ready").out == "2 项已改，0 项跳过\n"
    assert shell("queue", "show", ids[0], "--json").json["delivery"]["state"] == "cancelled"
    assert "cancelled" in shell("queue", "show", ids[0]).out
    assert "delivery_unknown" in shell("queue", "show", "999", code=2).err


# -- standards and self-test


def test_standards_are_data_to_look_at(shell: Shell) -> None:
    (standard,) = (
        one for one in shell("standards", "list", "--json").json if one["platform"] == "guizhou"
    )
    assert "saveExamRpotImgInfo" in standard["interfaces"]
    assert len(list_standards()) == len(shell("standards", "list", "--json").json)
    assert "guizhou" in shell("standards", "list").out
    name = next(iter(standard["code_sets"]))
    assert {"code", "name"} <= set(shell("standards", "show", "guizhou", name, "--json").json[0])
    fields = shell("standards", "show", "guizhou", "saveExamRpotImgInfo", "--json").json
    assert len(fields) >= 76
    assert "certno" in shell("standards", "show", "guizhou", "saveExamRpotImgInfo").out
    assert "standard_name_unknown" in shell("standards", "show", "guizhou", "x", code=2).err
    assert "standard_unknown" in shell("standards", "show", "mars", "x", code=2).err


def test_the_self_test_is_exit_1_when_something_failed(shell: Shell, clinic: Clinic) -> None:
    found = {one["name"]: one["state"] for one in shell("doctor", "--json", code=1).json}
    assert found["platform"] == "failed"
    assert "×" in shell("doctor", code=1).out
    clinic.open_platform()
    assert "×" not in shell("doctor").out


# -- the engine


@pytest.fixture
def engine(clinic: Clinic) -> Iterator[EngineSupervisor]:
    """A running engine."""
    supervisor = EngineSupervisor(clinic.work.folder, clinic.work.engine_state)
    assert supervisor.ensure_running().is_alive
    yield supervisor
    assert supervisor.stop("test")


@pytest.mark.allow_warnings("engine_ended code=engine_running")
@pytest.mark.timeout(100)
def test_every_command_works_while_the_engine_runs(
    shell: Shell, clinic: Clinic, engine: EngineSupervisor
) -> None:
    spec = clinic.specs[0]
    status = shell("status", "--json").json["engine"]
    assert (status["is_alive"], status["receiver_state"]) == (True, "listening")
    assert "运行中" in shell("status").out
    files = clinic.root / "modality"
    files.mkdir()
    for number in (1, 2):
        stored(files / f"{number}.dcm", dataset(spec, number))
    port = str(status["dicom_port"])
    sent = shell("send", str(files), "--port", port, "--json").json
    assert [one["status"] for one in sent] == [0, 0]
    assert "已发送 2 幅，失败 0 幅" in shell("send", str(files), "--port", port).out
    shell("records", "import", str(clinic.write([clinic.record(spec)])))
    shell("studies", "complete", spec.study_instance_uid)
    wait_until("queued", lambda: shell("queue", "list", "--json").json != [])
    shell("peers", "refuse", "CT9")
    shell("config", "set", "dicom.quiet_time_s", "5")
    assert "重新启动后生效" in shell("config", "set", "upload.parallel", "2").out
    (row,) = shell("studies", "list", "--json").json
    assert row["received"] == 2
    assert "engine_running" in shell("engine", code=1).err
    assert shell("status", "--json").json["engine"]["is_alive"], "the refused one changed nothing"
    assert shell("stop").out == "stopped\n"
    assert not engine.is_running()
    assert "engine_not_running" in shell("stop", code=1).err


@pytest.mark.allow_warnings("Association request failed|TCP Initialisation Error")
def test_sending_to_nobody_is_exit_1(shell: Shell, clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    (path,) = clinic.spooled()
    file = str(clinic.work.spool.absolute(path))
    assert "path_missing" in shell("send", "nowhere", "--port", "9", code=2).err
    assert "[peer_" in shell("send", file, "--port", "9", code=1).err
