"""From the modality to the platform and back, by the commands an IT engineer types."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING, Any

from hbgz_desktop.sandbox.demo import LOCAL_CHARGE_TYPE
from tests.hospital import AE_TITLE, QUICK
from tests.peer_programs import run_peer
from tests.running_program import until
from tests.trial_hospital import INSTITUTION, KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hospital import Hospital, Study
    from tests.running_program import Engine, Program


CHARGE_TYPES = "chargeType"


def assert_ledger(program: Program, study: Study, state: str) -> dict[str, Any]:
    """The ledger names each instance once, with the file's own size and digest."""
    shown: dict[str, Any] = program.json("studies", "show", study.uid)
    assert {one["sop_instance_uid"] for one in shown["instances"]} == set(study.files)
    assert {one["state"] for one in shown["instances"]} == {state}
    for one in shown["instances"]:
        content = (program.data / "spool" / one["path"]).read_bytes()
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        assert (one["size_bytes"], one["md5"].lower()) == (len(content), digest)
    return shown


def test_a_study_from_our_own_sender_goes_out_by_the_readmes_words(hospital: Hospital) -> None:
    """Settings, engine, send, import, confirmed, stop: each by its command."""
    (study,) = hospital.studies(images=3)
    program = hospital.program
    (program.data / "hbgz.toml").unlink()
    known = {**QUICK, "guizhou.base_url": hospital.platform.base_url}
    del known["guizhou.institution_code"]
    hospital.configure(**known)
    program.run("config", "set", "guizhou.institution_code", INSTITUTION)
    program.run("config", "set", "guizhou.key", "-", stdin=f"{KEY}\n")
    assert KEY not in (program.data / "hbgz.toml").read_text(encoding="utf-8")
    engine = program.start()

    sent, imported = program.run_all(
        ("send", *map(str, study.paths), "--port", str(engine.port), "--json"),
        ("records", "import", str(hospital.record_file(study))),
    )
    assert {one["status"] for one in sent.json} == {0}
    assert (sent.code, imported.code) == (0, 0)

    hospital.wait_confirmed(1)
    shown = assert_ledger(program, study, "confirmed")
    assert (shown["received"], shown["sent"], shown["confirmed"]) == (3, 3, 3)
    hospital.assert_delivered_once(study)
    assert [one["state"] for one in hospital.deliveries()] == ["delivered"] * 3
    assert program.run("stop").stdout == "stopped\n"
    until("engine ended", lambda: engine.is_over)
    assert engine.process.returncode == 0


def write_csv(record: dict[str, object], folder: Path) -> Path:
    """A record with its settlement joined by appyNo, GB18030 as Excel writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = {k: str(v) for k, v in record.items() if k not in ("setlInfoList", "reportPdf")}
    path = folder / "ris.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, plain)
        writer.writeheader()
        writer.writerow(plain)
    return path


def test_storescu_and_csv_with_a_code_that_must_be_mapped_first(hospital: Hospital) -> None:
    """DCMTK sends; the record comes as CSV, its settlement later; one local code must be mapped."""
    (study,) = hospital.studies()
    program = hospital.program
    engine = program.start()
    storescu(engine, study)

    folder = hospital.root / "csv"
    program.run("records", "import", str(write_csv({**study.record, "chargeType": "MZ"}, folder)))
    until("needs a fix", lambda: hospital.lanes() == {"needs_fix": 1})
    showing = ("records", "show", str(program.scalar("select id from records")), "--json")
    mapping = ("mapping", "set", CHARGE_TYPES, LOCAL_CHARGE_TYPE)
    described, refused, mapped = program.run_all(
        showing, (*mapping, "no-such"), (*mapping, "02", "--json")
    )
    shown = described.json
    assert [(one["field"], one["value"]) for one in shown["problems"] if one["code_set"]] == [
        ("chargeType", LOCAL_CHARGE_TYPE)
    ]
    assert str(study.record["psnName"]) not in json.dumps(shown, ensure_ascii=False)

    assert {one["code_set"] for one in shown["problems"]} - {""} == {CHARGE_TYPES}
    assert refused.code == 2
    assert (mapped.json["released"], mapped.json["still_waiting"]) == (1, 0)
    until("waits for settlement", lambda: hospital.lanes() == {"waiting_settlement": 1})

    settlements = folder / "setlInfoList.json"
    rows = study.record["setlInfoList"]
    assert isinstance(rows, list)
    wanted = {**study.record, "chargeType": LOCAL_CHARGE_TYPE, "setlInfoList": rows}
    settlements.write_text(json.dumps([wanted], ensure_ascii=False), encoding="utf-8")
    program.run("records", "import", str(settlements))
    hospital.wait_state("images", "delivered")
    hospital.assert_delivered_once(study)
    (sent,) = hospital.platform.records()
    content = json.loads(hospital.platform.ledger.record_path(sent).read_text(encoding="utf-8"))
    assert content["chargeType"] == "02"


def storescu(engine: Engine, study: Study) -> None:
    """Send by DCMTK's own sender."""
    run_peer("storescu", "-aec", AE_TITLE, "127.0.0.1", str(engine.port), *study.paths)


def test_a_failed_delivery_is_listed_retried_and_cancelled_by_hand(hospital: Hospital) -> None:
    """What the platform refuses for the file is for IT; retry and cancel count their changes."""
    hospital.break_platform("saveImgFile:refused:message=图像不合格")
    hospital.configure(**{"upload.parallel": 1})
    (study,) = hospital.studies(images=1)
    program = hospital.program
    engine = program.start()
    assert hospital.send(engine, study)
    hospital.import_records(study)
    failed = hospital.wait_state("images", "failed")

    both = ("--id", str(failed["id"]), str(hospital.delivery("record")["id"]))
    listed, shown, cancelled = program.run_all(
        ("queue", "list", "--state", "failed", "--json"),
        ("queue", "show", str(failed["id"]), "--json"),
        ("queue", "cancel", *both, "--json"),
    )
    (row,) = listed.json
    assert (row["id"], row["kind"], row["cause"]) == (failed["id"], "images", "platform_rejected")
    assert [one["message"] for one in shown.json["attempts"]] == ["图像不合格"]
    assert cancelled.json == {"changed": 1, "skipped": 1}
    assert hospital.lanes() == {"cancelled": 1}

    hospital.break_platform()
    report = program.json("queue", "retry", "--all", "--state", "cancelled")
    assert report == {"changed": 1, "skipped": 0}
    hospital.wait_confirmed(1)
    hospital.assert_delivered_once(study)


def test_wrong_use_and_wrong_settings_are_one_clear_line(hospital: Hospital) -> None:
    """Exit 2 for wrong use, 1 for a known error, each with its code; a bad key is named by line."""
    program = hospital.program
    command, study, stop = program.run_all(
        ("no-such-command",), ("studies", "show", "1.2.3"), ("stop",)
    )
    assert (command.code, study.code, stop.code) == (2, 2, 1)
    assert "usage" in command.err
    assert study.err.count("\n") == 1
    assert "[study_unknown uid=1.2.3]" in study.err
    assert "engine_not_running" in stop.err
    toml = program.data / "hbgz.toml"
    good = toml.read_text(encoding="utf-8")
    toml.write_text(f"{good}\n[matching]\nwindow_dais = 3\n", encoding="utf-8")
    line = toml.read_text(encoding="utf-8").splitlines().index("window_dais = 3") + 1
    complaint = program.run("status", exit_code=1).stderr
    assert complaint.count("\n") == 1
    assert "setting_unknown" in complaint
    assert f"line={line}" in complaint
    assert "window_days" in complaint, "the allowed keys are named"


def test_doctor_says_what_it_proved(hospital: Hospital) -> None:
    """With engine and platform up nothing fails; with both down it says which."""
    program = hospital.program
    engine = program.start()
    examined, asked = program.run_all(("doctor", "--json"), ("status", "--json"))
    assert examined.code == 0
    checks = {one["name"]: one for one in examined.json}
    names = {"database", "disk", "encryption", "resources", "receiver", "echo", "platform", "key"}
    names |= {"ciphers", "forecast", "clock", "volume", "rights", "held_files", "secrets"}
    assert names == set(checks), "image_receiver is asked only where images go by DICOM"
    of_this_machine = {"encryption", "disk", "clock", "volume", "rights"}
    proved = names - of_this_machine
    assert {name: checks[name]["state"] for name in proved} == dict.fromkeys(proved, "ok")
    assert checks["receiver"]["facts"] == {"port": engine.port}
    status = asked.json["engine"]
    assert (status["is_alive"], status["dicom_port"]) == (True, engine.port)
    engine.stop()
    hospital.platform.stop()
    checks = {one["name"]: one for one in program.json("doctor", exit_code=1)}
    assert checks["platform"]["state"] == "failed"
    assert checks["platform"]["detail"] == "platform_refused_connection"
    assert checks["receiver"]["state"] == "warning"
