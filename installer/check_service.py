"""The installer for everybody, with the engine as a service: started, killed, stopped, upgraded, started at boot."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from installer.check_console import picture_console, start_console
from installer.check_installation import NAME, TITLE, Installation, free_port
from installer.check_machine import Machine
from installer.check_report import expect, expect_that
from installer.wine import until

if TYPE_CHECKING:
    from pathlib import Path

    import psutil

    from installer.check_builds import Installer
    from installer.check_peers import Hospital
    from installer.check_report import Report
    from installer.check_screen import VirtualScreen
    from installer.wine import Prefix

SERVICE = "hbgz_engine"
SERVICE_KEY = rf"HKLM\System\CurrentControlSet\Services\{SERVICE}"
SOURCE_KEY = rf"HKLM\System\CurrentControlSet\Services\EventLog\Application\{SERVICE}"
OWN_KEY = rf"HKLM\Software\{NAME}"
NONE, STOPPED, RUNNING = 0, 1, 4
"""What ``hbgz_service.exe state`` answers."""
STARTS_BY_ITSELF = "0x2"
ASK_LIMIT_S = 120.0
RESTART_LIMIT_S = 240.0
STOP_WITHIN_S = 20.0


class Service(Machine):
    """A front-end machine whose engine is a service."""

    def state(self) -> int:
        """State of the service."""
        return self.ask("state")

    def ask(self, verb: str) -> int:
        """Exit code of one verb of ``hbgz_service.exe``."""
        program = self.program / "hbgz_service.exe"
        name = f"service-{verb}"
        return self.prefix.run(program, verb, limit_s=ASK_LIMIT_S, name=name).status

    def engines(self) -> list[psutil.Process]:
        """Processes of the engine."""
        return [one for one in self.processes() if "engine" in one.cmdline()]

    def keepers(self) -> list[psutil.Process]:
        """Processes of the service."""
        return [one for one in self.processes() if "hbgz_service" in one.cmdline()[0]]


def check_service(
    report: Report,
    prefix: Prefix,
    screen: VirtualScreen,
    hospital: Hospital,
    builds: tuple[Installer, Installer],
    pictures: Path,
) -> None:
    """Install for everybody into an empty prefix, let the service work, remove it with its data.

    Args:
        report: Gets the steps.
        prefix: A made prefix on ``screen``.
        screen: Where the console shows.
        hospital: Modality and platform.
        builds: This version, and a higher one.
        pictures: Folder for the pictures of the screen.

    Raises:
        StepFailedError: A step failed.
    """
    shared = prefix.path(prefix.variable("ProgramData"))
    installed = Installation(prefix, "HKLM", prefix.path(prefix.variable("ProgramW6432")) / NAME)
    machine = Service(prefix, installed.folder, shared / NAME, is_default=True)
    port = free_port()
    _install(report, installed, machine, builds[0], port)
    _receive(report, machine, hospital, port)
    _look(report, machine, screen, pictures)
    _crash(report, machine, hospital, port)
    _stop_and_boot(report, machine, port)
    _upgrade(report, installed, machine, hospital, builds[1], port)
    _remove(report, installed, machine, hospital)


def _install(
    report: Report, installed: Installation, machine: Service, build: Installer, port: int
) -> None:
    with report.step("install silently for everybody, engine as a service", 1000) as step:
        # Wine has no `net localgroup` to make the usual group of operators with
        options = ("/AllUsers", "/SERVICE=1", "/OPERATORS=Users", f"/DICOMPORT={port}")
        ran = installed.setup(build.setup, *options)
        expect("exit code", ran.status, 0)
        installed.expect_version(build)
        prefix = installed.prefix
        program = prefix.registry(SERVICE_KEY, "ImagePath") or ""
        expect_that("hbgz_service.exe" in program, f"program of the service: {program!r}")
        expect("start of the service", prefix.registry(SERVICE_KEY, "Start"), STARTS_BY_ITSELF)
        expect_that(prefix.registry(SOURCE_KEY, "EventMessageFile"), "no event source")
        data = prefix.registry(OWN_KEY, "DataFolder")
        expect("data folder", data, prefix.windows(machine.data))
        expect("state", machine.state(), RUNNING)
        machine.wait_listening(port)
        step.note("registered, starts by itself, runs and receives")


def _receive(report: Report, machine: Service, hospital: Hospital, port: int) -> None:
    with report.step("the service receives and uploads with nobody at the machine", 1000) as step:
        for name, value in hospital.settings(**{"dicom.port": port}).items():
            if name != "dicom.port":
                machine.command("config", "set", name, _as_typed(value))
        hospital.give_key(machine)
        study = hospital.make_study(1, 4)
        hospital.send(study, port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(1)
        hospital.expect_delivered_once(study)
        rows = machine.json("doctor")
        expect("doctor's failures", [one for one in rows if one["state"] == "failed"], [])
        step.note(f"doctor: {len(rows)} checks, none failed")


def _look(report: Report, machine: Service, screen: VirtualScreen, pictures: Path) -> None:
    with report.step("the console beside the service starts no engine and ends none", 1000) as step:
        (engine,) = machine.engines()
        console = start_console(machine, TITLE)
        picture_console(screen, pictures / "console-service.png", step)
        expect("engines", [one.pid for one in machine.engines()], [engine.pid])
        console.kill()
        expect("state", machine.state(), RUNNING)
        expect("engines", [one.pid for one in machine.engines()], [engine.pid])


def _as_typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _crash(report: Report, machine: Service, hospital: Hospital, port: int) -> None:
    with report.step("kill -9 of its engine: the service starts another", 1000) as step:
        before = machine.wait_listening(port)
        (engine,) = machine.engines()
        engine.kill()
        begun = time.monotonic()
        until(
            "another engine receives",
            lambda: machine.wait_listening(port)["started_at"] != before["started_at"],
            RESTART_LIMIT_S,
        )
        step.note(f"after {time.monotonic() - begun:.0f} s")
        expect("state", machine.state(), RUNNING)
        study = hospital.make_study(2, 1)
        hospital.send(study, port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(2)


def _stop_and_boot(report: Report, machine: Service, port: int) -> None:
    with report.step("stop of the service ends the engine cleanly", 400) as step:
        begun = time.monotonic()
        expect("hbgz_service stop", machine.ask("stop"), 0)
        lasted = time.monotonic() - begun
        expect_that(lasted < STOP_WITHIN_S, f"the stop took {lasted:.0f} s")
        expect("state", machine.state(), STOPPED)
        expect("engines", machine.engines(), [])
        (row,) = machine.rows("select stopped_at, heartbeat_at from engine_state")
        expect_that(row["stopped_at"], "the engine did not say good-bye: it was ended by force")
        step.note(f"{lasted:.1f} s")
    with report.step("kill -9 of service and engine together: nothing lost at the next start", 600):
        expect("hbgz_service start", machine.ask("start"), 0)
        machine.wait_listening(port)
        for one in (*machine.keepers(), *machine.engines()):
            one.kill()
        machine.expect_spool_is_exact()
    with report.step(
        "the machine is switched off and on: the service runs before anybody signs in", 300
    ):
        machine.prefix.restart()
        machine.wait_listening(port)
        expect("state", machine.state(), RUNNING)


def _upgrade(
    report: Report,
    installed: Installation,
    machine: Service,
    hospital: Hospital,
    newer: Installer,
    port: int,
) -> None:
    with report.step("upgrade while the service runs", 1500):
        ran = installed.setup(newer.setup, "/AllUsers")
        expect("exit code", ran.status, 0)
        installed.expect_version(newer)
        machine.wait_listening(port, newer.version)
        expect("state", machine.state(), RUNNING)
        study = hospital.make_study(4, 3)
        hospital.send(study, port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(3)
        hospital.expect_delivered_once(*hospital.studies)


def _remove(report: Report, installed: Installation, machine: Service, hospital: Hospital) -> None:
    with report.step("uninstall for everybody: service gone, data kept", 1000):
        machine.expect_no_bugs()
        installed.remove()
        installed.expect_nothing()
        left = [key for key in (SERVICE_KEY, SOURCE_KEY) if installed.prefix.has_key(key)]
        expect("registry keys left", left, [])
        expect("DataFolder", installed.prefix.registry(OWN_KEY, "DataFolder"), None)
        expect("processes left", [one.pid for one in machine.processes()], [])
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        machine.expect_spool_is_exact()
