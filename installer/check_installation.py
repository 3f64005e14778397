"""The installer for one user: silent, upgraded while it works, refused, broken off, removed."""

from __future__ import annotations

import shutil
import socket
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from installer.check_console import picture_console, start_console, visible_titles
from installer.check_delivery import MOMENT_LIMIT_S
from installer.check_machine import START_LIMIT_S, Machine
from installer.check_report import expect, expect_that
from installer.wine import until

if TYPE_CHECKING:
    from pathlib import Path

    from installer.check_builds import Installer
    from installer.check_peers import Hospital
    from installer.check_report import Report
    from installer.check_screen import VirtualScreen
    from installer.wine import Prefix, Ran, Running

NAME = "hbgz_desktop"
TITLE = "互认前置台"
UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
LINK_KEY = r"Software\Classes\hbgz\shell\open\command"
SETUP_LIMIT_S = 800.0
GONE_LIMIT_S = 120.0
AGAIN_LIMIT_S = 60.0
LAUNCHER_ALONE = 3
DAMAGED, OLDER, BROKEN = 2, 4, 6
"""Exit codes of the installer."""
WRONG_OPTION = 10
SETUP_LOG = r"C:\setup.log"
LONG_STUDY = 1500
"""Images of a study that still comes in when the installer stops the program."""
CHECKED = "-m check_program"
"""The installer logs this command when it is over."""
STRANGER = PureWindowsPath(r"C:\别人的程序\hbgz_desktop.exe")
"""Another program that happens to have our name: nobody of ours may end it."""
HOLD = """
import ctypes, sys, threading
kernel = ctypes.windll.kernel32
kernel.CreateFileW.restype = ctypes.c_void_p
handle = kernel.CreateFileW(sys.argv[1], 0x80000000, 0, None, 3, 0, None)
print('held' if handle != ctypes.c_void_p(-1).value else 'refused', flush=True)
threading.Event().wait()
"""
"""A virus scanner that lets nobody else at the file."""


def free_port() -> int:
    """A TCP port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Installation:
    """One installed program in a prefix, as the check looks at it.

    Attributes:
        prefix: Where it is.
        hive: ``HKCU`` or ``HKLM``.
        folder: The program folder, on this machine's disk.
    """

    def __init__(self, prefix: Prefix, hive: str, folder: Path) -> None:
        """Name it."""
        self.prefix = prefix
        self.hive = hive
        self.folder = folder

    def setup(self, installer: Path, *options: str) -> Ran:
        """Run an installer silently."""
        return self.prefix.run(installer, "/S", *options, limit_s=SETUP_LIMIT_S, name="setup")

    def remove(self, *options: str) -> None:
        """Run the uninstaller silently, and wait until the program folder is gone.

        Raises:
            BuildError: It does not go.
        """
        line = self.prefix.registry(rf"{self.hive}\{UNINSTALL_KEY}", "QuietUninstallString")
        expect_that(line and "uninstall.exe" in line, f"no way to uninstall: {line}")
        mode = "/AllUsers" if self.hive == "HKLM" else "/CurrentUser"
        program = self.folder / "uninstall.exe"
        self.prefix.run(program, "/S", mode, *options, limit_s=SETUP_LIMIT_S, name="uninstall")
        # it works on from a copy of itself, so that it can delete itself
        until("the program folder is gone", lambda: not self.folder.exists(), GONE_LIMIT_S)
        until(
            "the uninstaller has ended", lambda: not self.prefix.processes("Un.exe"), GONE_LIMIT_S
        )

    def expect_version(self, installer: Installer) -> None:
        """The folder holds exactly that version, and the registry says so.

        Raises:
            CheckError: It does not.
        """
        expect("files that differ", installer.differences(self.folder)[:10], [])
        key = rf"{self.hive}\{UNINSTALL_KEY}"
        expect("version", self.prefix.registry(key, "DisplayVersion"), installer.version)
        found = PureWindowsPath(self.prefix.registry(key, "InstallLocation") or "")
        expect("folder", found, PureWindowsPath(self.prefix.windows(self.folder)))

    def expect_nothing(self) -> None:
        """No file, shortcut or registry value of the program is left.

        Raises:
            CheckError: One is.
        """
        expect_that(not self.folder.exists(), f"{self.folder} is still there")
        for key in (UNINSTALL_KEY, r"Software\Classes\hbgz"):
            expect_that(
                not self.prefix.has_key(rf"{self.hive}\{key}"), f"{self.hive}\\{key} is left"
            )
        left = self.prefix.registry(rf"{self.hive}\{RUN_KEY}", NAME)
        expect("autostart", left, None)
        expect("shortcuts", self.shortcuts(), [])

    def shortcuts(self) -> list[str]:
        """Folders of the desktop and start menu that hold a shortcut of ours."""
        users = self.prefix.path("C:\\") / ("users" if self.hive == "HKCU" else "")
        places = [
            users,
            self.prefix.path("C:\\") / "ProgramData",
            users.parent / "users" / "Public",
        ]
        found = {
            one.parent.name for place in places for one in place.rglob("*.lnk") if TITLE in one.name
        }
        return sorted(found)


def check_installation(
    report: Report,
    prefix: Prefix,
    screen: VirtualScreen,
    hospital: Hospital,
    builds: tuple[Installer, Installer],
    pictures: Path,
) -> None:
    """Install for one user into an empty prefix, use it, upgrade it, remove it.

    Args:
        report: Gets the steps.
        prefix: Empty.
        screen: What its windows are shown on.
        hospital: Sends, and takes.
        builds: This version, and a higher one.
        pictures: Folder of the screenshots.

    Raises:
        StepFailedError: A step failed.
    """
    local = prefix.path(prefix.variable("LOCALAPPDATA"))
    installed = Installation(prefix, "HKCU", local / "Programs" / NAME)
    machine = Machine(prefix, installed.folder, local / NAME, is_default=True)
    port = free_port()
    _install(report, installed, machine, builds[0], port)
    _use(report, machine, hospital, screen, pictures, port)
    _upgrade(report, installed, machine, hospital, builds[1], port)
    _refuse(report, installed, machine, builds)
    _remove(report, installed, machine, hospital)
    _install_elsewhere(report, prefix, machine, builds[1])


def _install(
    report: Report, installed: Installation, machine: Machine, build: Installer, port: int
) -> None:
    with report.step("install silently for one user", 1000) as step:
        options = ("/CurrentUser", "/LANG=zh", "/AUTOSTART=1", f"/DICOMPORT={port}")
        ran = installed.setup(build.setup, *options)
        expect("exit code", ran.status, 0)
        installed.expect_version(build)
        started = installed.prefix.registry(rf"HKCU\{RUN_KEY}", NAME) or ""
        expect_that("hbgz_desktop.exe" in started, f"autostart: {started!r}")
        link = installed.prefix.registry(rf"HKCU\{LINK_KEY}") or ""
        expect_that(link.endswith('share -- "%1"'), f"hbgz:// opens {link!r}")
        expect_that(not installed.prefix.has_key(r"HKLM\Software\hbgz_desktop"), "HKLM was written")
        expect("shortcuts in", installed.shortcuts(), ["Desktop", "Programs"])
        step.note(f"{sum(1 for one in build.program.rglob('*') if one.is_file())} files equal")
    with report.step("hbgz --version, settings and doctor", 600) as step:
        expect("version", machine.command("--version").output.strip(), f"hbgz {build.version}")
        expect("port", machine.command("config", "get", "dicom.port").output.strip(), str(port))
        expect_that((machine.data / "hbgz.sqlite").is_file(), "no database in the user's folder")
        rows = machine.json("doctor")
        failed = [one for one in rows if one["state"] == "failed"]
        expect("doctor's failures", failed, [])
        step.note(f"doctor: {len(rows)} checks, none failed")
    with report.step("a launcher without its program says so, also into a pipe", 120):
        alone = installed.prefix.path("C:\\") / "只有 hbgz"
        alone.mkdir()
        shutil.copy(machine.program / "hbgz.exe", alone)
        ran = installed.prefix.run(alone / "hbgz.exe", "doctor", limit_s=60, name="launcher-alone")
        expect("its status", ran.status, LAUNCHER_ALONE)
        expect_that("程序文件不完整" in ran.output, f"it said {ran.output!r}")


def _use(
    report: Report,
    machine: Machine,
    hospital: Hospital,
    screen: VirtualScreen,
    pictures: Path,
    port: int,
) -> None:
    with report.step("console by the windows plugin starts the engine; picture", 1000) as step:
        machine.write_settings(hospital.settings(**{"dicom.port": port}))
        hospital.give_key(machine)
        start_console(machine, TITLE)
        machine.wait_listening(port)
        picture_console(screen, pictures / "console.png", step)
    with report.step(
        "the console opened again: one window, and it is the one there was", 600
    ) as step:
        again = machine.prefix.run(
            machine.program / "hbgz_desktop.exe", limit_s=AGAIN_LIMIT_S, name="console-again"
        )
        expect("status of the second console", again.status, 0)
        expect("windows", sum(TITLE in one for one in visible_titles(machine)), 1)
        step.note(f"over after {again.seconds:.1f} s")
    with report.step("the console's engine receives and uploads", 1000):
        study = hospital.make_study(0, 5)
        hospital.send(study, port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(1)
        hospital.expect_delivered_once(study)


def _upgrade(
    report: Report,
    installed: Installation,
    machine: Machine,
    hospital: Hospital,
    newer: Installer,
    port: int,
) -> None:
    with report.step("upgrade while the console runs and a study comes in", 1500) as step:
        stranger = start_stranger(installed.prefix)
        study = hospital.make_study(0, LONG_STUDY)
        settings = (machine.data / "hbgz.toml").read_bytes()
        setup = installed.prefix.start(
            newer.setup, "/S", "/CurrentUser", rf"/LOG={SETUP_LOG}", name="setup"
        )
        log = installed.prefix.path(SETUP_LOG)
        until(
            "the new files are checked, next it stops the program",
            lambda: setup.is_over or CHECKED in _read_log(log),
            SETUP_LIMIT_S,
        )
        taken = hospital.note(hospital.start_sending(study, port))
        ran = setup.wait(SETUP_LIMIT_S)
        step.note(f"{len(taken)} of {LONG_STUDY} came in before it stopped")
        expect_that(0 < len(taken) < LONG_STUDY, f"{len(taken)} came in: it did not stop meanwhile")
        expect("exit code", ran.status, 0)
        installed.expect_version(newer)
        expect_that(not stranger.is_over, "a stranger's program of our name was ended")
        stranger.kill()
        machine.wait_listening(port, newer.version)
        until("the console is back", lambda: TITLE in visible_titles(machine), START_LIMIT_S)
        expect("settings", (machine.data / "hbgz.toml").read_bytes(), settings)
        hospital.send(study, port)
        hospital.import_records(machine, study)
        machine.wait_confirmed(2)
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        hospital.expect_delivered_once(*hospital.studies)
        step.note("console and engine run again, all images once at the platform")


def _read_log(log: Path) -> str:
    return log.read_bytes().decode("utf-16", "replace") if log.is_file() else ""


def start_stranger(prefix: Prefix) -> Running:
    """Start a program that is not ours under our name."""
    place = prefix.path(STRANGER)
    place.parent.mkdir(exist_ok=True)
    shutil.copy(prefix.path(r"C:\windows\system32\notepad.exe"), place)
    return prefix.start(STRANGER, name="stranger")


def _refuse(
    report: Report, installed: Installation, machine: Machine, builds: tuple[Installer, Installer]
) -> None:
    older, newer = builds
    with report.step("older over newer is refused, nothing is touched", 1000):
        running = {one.pid for one in machine.processes()}
        expect("exit code", installed.setup(older.setup, "/CurrentUser").status, OLDER)
        installed.expect_version(newer)
        expect("processes", {one.pid for one in machine.processes()}, running)
    with report.step("wrong options are refused, nothing is touched", 1000):
        for wrong in ("/DICOMPORT=99999", "/SERVICE=1"):
            status = installed.setup(newer.setup, "/CurrentUser", wrong).status
            expect(f"exit code for {wrong}", status, WRONG_OPTION)
        expect("processes", {one.pid for one in machine.processes()}, running)
    with report.step("a damaged installer is refused", 1000):
        damaged = installed.prefix.root / "damaged-setup.exe"
        content = bytearray(newer.setup.read_bytes())
        content[len(content) // 2] ^= 0xFF
        damaged.write_bytes(content)
        expect("exit code", installed.setup(damaged, "/CurrentUser").status, DAMAGED)
        damaged.unlink()
        installed.expect_version(newer)
    with report.step(
        "an upgrade that cannot replace a file leaves the former version working", 500
    ):
        python = newer.program / "python" / "python.exe"
        file = installed.folder / "LICENSE"
        holder = machine.prefix.start(python, "-c", HOLD, file, name="holder")
        until("the file is held", lambda: holder.said() or holder.is_over, MOMENT_LIMIT_S)
        expect("holder", holder.said().strip(), "held")
        status = installed.setup(newer.setup, "/CurrentUser").status
        holder.kill()
        expect("exit code", status, BROKEN)
        installed.expect_version(newer)
        until("the console is back", lambda: TITLE in visible_titles(machine), START_LIMIT_S)


def _remove(report: Report, installed: Installation, machine: Machine, hospital: Hospital) -> None:
    with report.step("uninstall while it runs: program gone, data kept", 1000) as step:
        installed.remove()
        installed.expect_nothing()
        expect("processes left", [one.pid for one in machine.processes()], [])
        machine.expect_kept(hospital.acknowledged, hospital.studies)
        machine.expect_spool_is_exact()
        machine.expect_no_bugs()
        step.note(f"{len(set(hospital.acknowledged))} images are still there")


def _install_elsewhere(report: Report, prefix: Prefix, machine: Machine, build: Installer) -> None:
    with report.step("install into a Chinese folder over kept data, remove with /PURGE", 1800):
        installed = Installation(prefix, "HKCU", prefix.path("C:\\") / "前置机" / "程序")
        ran = installed.setup(build.setup, "/CurrentUser", r"/D=C:\前置机\程序")
        expect("exit code", ran.status, 0)
        installed.expect_version(build)
        there = Machine(prefix, installed.folder, machine.data, is_default=True)
        expect("studies found again", len(there.json("studies", "list")), 2)
        installed.remove("/PURGE")
        installed.expect_nothing()
        expect_that(not machine.data.exists(), f"{machine.data} is still there")
        shutil.rmtree(prefix.path("C:\\") / "前置机", ignore_errors=True)
