"""Receiving and uploading under Wine, and a hard kill in the middle of either: nothing acknowledged is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.check_report import expect, expect_that
from installer.wine import until

if TYPE_CHECKING:
    from installer.check_machine import Machine
    from installer.check_peers import Hospital
    from installer.check_report import Report

MANY = 90
"""Images of a study that a kill meets in the middle."""
KILL_AT = 12
MOMENT_LIMIT_S = 240.0
SERVICE = "saveImgFile"


def check_delivery(report: Report, machine: Machine, hospital: Hospital) -> None:
    """From the modality to the platform, then both kills.

    Raises:
        StepFailedError: A step failed.
    """
    with report.step("settings by file, key sealed by hbgz config set", 300):
        machine.write_settings(hospital.settings())
        hospital.give_key(machine)
        text = (machine.data / "hbgz.toml").read_text(encoding="utf-8")
        expect_that("sandbox-key" not in text, "the key stands in hbgz.toml")
    _deliver_all_kinds(report, machine, hospital)
    _kill_while_receiving(report, machine, hospital)
    _kill_while_uploading(report, machine, hospital)
    with report.step("logs of the engine tell of no bug", 60):
        machine.expect_no_bugs()


def _deliver_all_kinds(report: Report, machine: Machine, hospital: Hospital) -> None:
    with report.step("five studies of other encodings: storescu, engine, platform", 1200) as step:
        studies = [hospital.make_study(kind, images) for kind, images in enumerate((6, 3, 1, 4, 3))]
        engine = machine.start_engine()
        for study in studies:
            hospital.send(study, engine.port)
        hospital.import_records(machine, *studies)
        machine.wait_confirmed(len(studies))
        shown = machine.json("studies", "show", studies[0].uid)
        expect("ledger", [shown[k] for k in ("received", "sent", "confirmed")], [6, 6, 6])
        machine.stop_engine()
        engine.wait_end()
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        machine.expect_spool_is_exact()
        hospital.expect_delivered_once(*studies)
        step.note(f"{len(hospital.acknowledged)} images equal at modality, machine and platform")


def _kill_while_receiving(report: Report, machine: Machine, hospital: Hospital) -> None:
    with report.step("kill -9 in the middle of a receive", 1200) as step:
        study = hospital.make_study(0, MANY)
        engine = machine.start_engine()
        sending = hospital.start_sending(study, engine.port)
        until(
            "some images acknowledged",
            lambda: len(sending.acknowledged()) >= KILL_AT or sending.is_over,
            MOMENT_LIMIT_S,
        )
        engine.kill()
        machine.wait_alone()
        taken = hospital.note(sending)
        expect_that(
            KILL_AT <= len(taken) < MANY, f"not in the middle: {len(taken)} of {MANY} acknowledged"
        )
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        step.note(f"{len(taken)} of {MANY} were acknowledged and are kept")

        engine = machine.start_engine()
        expect("images lost at the next start", engine.recovered["lost"], 0)
        hospital.send(study, engine.port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(len(hospital.studies))
        machine.stop_engine()
        engine.wait_end()
        machine.expect_kept(study.files, hospital.studies)
        machine.expect_spool_is_exact()
        hospital.expect_delivered_once(*hospital.studies)
        step.note(f"{MANY} delivered once after a second sending")


def _kill_while_uploading(report: Report, machine: Machine, hospital: Hospital) -> None:
    with report.step(
        "TerminateProcess in the middle of an upload, answer outstanding", 600
    ) as step:
        study = hospital.make_study(4, MANY)
        hospital.break_platform(f"{SERVICE}:slow:nth={KILL_AT},seconds=300")
        engine = machine.start_engine()
        hospital.send(study, engine.port)
        hospital.import_records(machine, study)
        until(
            "the platform holds an answer back",
            lambda: hospital.faults.snapshot()[0]["struck"] == 1,
            MOMENT_LIMIT_S,
        )
        (status,) = machine.rows("select pid from engine_state")
        machine.prefix.run("taskkill.exe", "/F", "/PID", status["pid"], limit_s=MOMENT_LIMIT_S)
        engine.wait_end()
        machine.wait_alone()
        there = hospital.images_there([study])
        expect_that(KILL_AT <= there < MANY, f"not in the middle: {there} of {MANY} uploaded")
        hospital.faults.release()
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        step.note(f"{there} of {MANY} were at the platform")

        engine = machine.start_engine()
        expect("images lost at the next start", engine.recovered["lost"], 0)
        expect_that(engine.recovered["recovered_sends"] >= 1, "no send was taken up again")
        machine.wait_confirmed(len(hospital.studies))
        machine.stop_engine()
        engine.wait_end()
        hospital.expect_delivered_once(*hospital.studies)
        step.note(f"{MANY} there once, none sent twice as new")
