"""``python3 run.py linux --check``: the wheel in a fresh environment, the .deb in a clean Debian 12, both at work."""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hbgz_desktop import __version__
from installer.build_linux import Built, build
from installer.check_console import picture_console
from installer.check_peers import AE_TITLE, Hospital
from installer.check_report import Report, StepFailedError, expect, expect_that, tell
from installer.check_screen import VirtualScreen
from installer.debian_machine import DebianMachine, make_base
from installer.debian_package import NAME, PROGRAM, repack
from installer.steps import ROOT, BuildError, fresh_folder, run
from installer.trimming import size_of
from installer.wheels import find_uv
from installer.wine import until
from tests.hospital import dataset_bytes
from tests.stages import write_proof

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "linux --check"
UNIT = "hbgz-engine.service"
GROUP = "hbgz_operators"
DATA = "/var/lib/hbgz_desktop"
OPERATOR, STRANGER = "zhang", "li"
READY_LIMIT_S = 60.0
STEP_LIMIT_S = 900
IMAGES = 12
PAGE_COLOURS = 60
"""Text alone has so many by its smoothed edges; the empty frame has a handful."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check; 1 when a step failed."""
    parser = argparse.ArgumentParser(prog="run.py linux --check", description=__doc__)
    place = ROOT / "dist" / "linux-check"
    parser.add_argument("--out", type=Path, default=place, help="where to build")
    options = parser.parse_args(arguments)
    try:
        return check(options.out)
    except BuildError as error:
        tell(f"error: {error}")
        return 1


def check(out: Path) -> int:
    """Build and try everything; 1 when a step failed. A line in bench/PROOFS.md either way."""
    report, start = Report(), time.monotonic()
    with contextlib.suppress(StepFailedError):
        built = _build(report, out)
        newer = _newer(report, built, out)
        _check_wheel(report, built, out)
        with DebianMachine(out / "work" / "root", out / "cache" / "packages") as machine:
            try:
                LinuxCheck(report, machine, out).run(built.package, newer)
            except StepFailedError:
                tell(machine.attempt("journalctl", "--no-pager", "-n", "25", "-u", UNIT)[1])
                raise
    tell(report.summary())
    counts = Counter(passed=len(report.steps) - len(report.failed), failed=len(report.failed))
    write_proof(KIND, counts, time.monotonic() - start)
    return 1 if report.failed else 0


def _build(report: Report, out: Path) -> Built:
    with report.step("build: .deb (zstd) and wheel", STEP_LIMIT_S) as step:
        built = build(out, fast=True)
        step.note(f".deb {built.package.stat().st_size / 1e6:.1f} MB")
        step.note(f"wheel {built.wheel.stat().st_size / 1e6:.1f} MB")
        step.note(f"installed {size_of(built.tree) / 1e6:.0f} MB")
    return built


def _newer(report: Report, built: Built, out: Path) -> Path:
    """The same program with a higher version, to upgrade to."""
    version = re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), __version__)
    with report.step(f"build: {version}, to upgrade to", STEP_LIMIT_S):
        package = built.tree / PROGRAM / "app" / "hbgz_desktop"
        named = package / "__init__.py"
        text = named.read_text(encoding="utf-8")
        changed = text.replace(f'"{__version__}"', f'"{version}"')
        expect_that(changed != text, f"{named} does not name version {__version__}")
        named.write_text(changed, encoding="utf-8")
        for compiled in (package / "__pycache__").glob("__init__.*"):
            compiled.unlink()
        return repack(built.tree, out, version, fast=True)


def _check_wheel(report: Report, built: Built, out: Path) -> None:
    with report.step("wheel: fresh environment, offline from the lock, hbgz doctor", 600) as step:
        place = fresh_folder(out / "work" / "environment")
        uv = find_uv()
        run([uv, "venv", "--quiet", "--python", "3.11", "--no-python-downloads", place])
        python = place / "bin" / "python"
        install: list[str | Path] = [uv, "pip", "install", "--quiet", "--offline"]
        install += ["--python", python]
        run([*install, "--require-hashes", "-r", built.requirements])
        run([*install, "--no-deps", built.wheel])
        pins = built.constraints.read_text(encoding="ascii").split()
        there = run([uv, "pip", "freeze", "--python", python]).split()
        expect("versions that are not the locked ones", sorted({*pins} - {*there}), [])
        hbgz: list[str | Path] = [
            place / "bin" / "hbgz",
            "--data",
            fresh_folder(out / "work" / "data"),
        ]
        run([*hbgz, "config", "set", "dicom.port", str(_free_port())])
        said = run([*hbgz, "doctor", "--json"])
        failed = [one["name"] for one in json.loads(said) if one["state"] == "failed"]
        expect("doctor's failures", failed, [])
        step.note(f"{len(pins)} locked libraries")


class LinuxCheck:
    """The package on a clean Debian."""

    def __init__(self, report: Report, machine: DebianMachine, out: Path) -> None:
        """Prepare it; the machine is started by ``run``."""
        self._report = report
        self._machine = machine
        self._out = out
        self._data = machine.root / DATA.lstrip("/")
        self._port = 0

    def run(self, package: Path, newer: Path) -> None:
        """Every step.

        Raises:
            StepFailedError: One failed; the later ones build on it.
        """
        with self._report.step("a clean Debian 12, booted", STEP_LIMIT_S) as step:
            self._machine.start(make_base(self._out / "cache"))
            step.note(self._machine.command("cat", "/etc/debian_version").strip())
            step.note(f"{size_of(self._machine.root) / 1e6:.0f} MB")
        self._install(package)
        self._look_at_files()
        self._rights_of_accounts()
        with Hospital(fresh_folder(self._out / "work" / "hospital"), 1) as hospital:
            self._receive(hospital)
            self._kill(hospital)
            self._console()
            self._upgrade(package, newer, hospital)
            self._remove(newer, hospital)

    # -- installation

    def _install(self, package: Path) -> None:
        with self._report.step(
            "apt install: the package and what it depends on", STEP_LIMIT_S
        ) as step:
            self._apt("update")
            self._apt(
                "install", "--no-install-recommends", "fonts-wqy-microhei", self._inside(package)
            )
            expect("engine", self._state(), "active")
            for name in (OPERATOR, STRANGER):
                self._machine.command("useradd", "--create-home", name)
            self._machine.command("usermod", "-aG", GROUP, OPERATOR)
            expect("hbgz --version", self._hbgz("--version").split()[-1], __version__)
            expect_that(
                "用法" in self._hbgz("--help") or "usage" in self._hbgz("--help"),
                "hbgz --help is silent",
            )
            step.note("the engine runs")

    def _look_at_files(self) -> None:
        with self._report.step("files as built, every library loads, unit verified", 300) as step:
            expect("dpkg --verify", self._machine.command("dpkg", "--verify", NAME), "")
            python = f"/{PROGRAM}/python/bin/python3"
            expect("check_program", self._machine.command(python, "-I", "-m", "check_program"), "")
            torn = "find /opt -path '*plugins*' -name '*.so' -exec ldd {} + | grep 'not found' | sort -u"
            expect(
                "libraries of Qt's plugins",
                self._machine.command("sh", "-c", f"{torn} || true"),
                "",
            )
            unit = f"/lib/systemd/system/{UNIT}"
            expect(
                "systemd-analyze verify",
                self._machine.command("systemd-analyze", "verify", unit),
                "",
            )
            said = self._machine.attempt("systemd-analyze", "security", "--no-pager", UNIT)[1]
            step.note(
                said.strip().splitlines()[-1].lstrip("→ ")
                if said.strip()
                else "no verdict on hardening"
            )

    def _rights_of_accounts(self) -> None:
        with self._report.step(
            "operator: settings, doctor, restart; stranger: nothing", 300
        ) as step:
            self._port = _free_port()
            self._hbgz("config", "set", "dicom.port", self._port)
            self._hbgz("config", "set", "dicom.bind_address", "127.0.0.1")
            self._hbgz("config", "set", "guizhou.key", "check-key")
            self._machine.command("systemctl", "restart", UNIT, user=OPERATOR)
            self._wait_for_port()
            rows = json.loads(self._hbgz("doctor", "--json"))
            expect("doctor's failures", [one for one in rows if one["state"] == "failed"], [])
            step.note(f"doctor: {len(rows)} checks, none failed")
            status, said = self._machine.attempt("hbgz", "doctor", user=STRANGER)
            expect_that(
                status == 1 and "Traceback" not in said, f"a stranger: {status}, {said[-300:]}"
            )
            stopped, _ = self._machine.attempt("systemctl", "stop", UNIT, user=STRANGER)
            expect_that(stopped != 0, "a stranger stopped the engine")
            wrong = [p.name for p in self._data.rglob("*") if p.stat().st_mode & 0o007]
            expect("files that others can open", wrong, [])

    # -- work

    def _receive(self, hospital: Hospital) -> None:
        with self._report.step("C-ECHO and C-STORE by DCMTK to the service", 300) as step:
            echo = ["echoscu", "-aec", AE_TITLE, "127.0.0.1", str(self._port)]
            run(echo)
            hospital.send(hospital.make_study(0, IMAGES), self._port)
            self._expect_kept(hospital)
            step.note(f"{IMAGES} images byte for byte")

    def _kill(self, hospital: Hospital) -> None:
        with self._report.step("kill -9: systemd starts it again, nothing is lost", 300):
            before = self._pid()
            self._machine.command("systemctl", "kill", "--signal=KILL", "--kill-whom=main", UNIT)
            until("another engine", lambda: self._pid() not in ("0", before), READY_LIMIT_S)
            self._wait_for_port()
            hospital.send(hospital.make_study(1, IMAGES), self._port)
            self._expect_kept(hospital)

    def _console(self) -> None:
        with (
            self._report.step("console of an operator, beside the service", 300) as step,
            VirtualScreen() as screen,
        ):
            before = self._pid()
            self._machine.command(
                *("systemd-run", "--quiet", "--unit=console", f"--uid={OPERATOR}"),
                f"--setenv=DISPLAY={screen.display}",
                "/usr/bin/hbgz",
            )
            until("a page in the window", lambda: _shows_a_page(screen), READY_LIMIT_S)
            picture_console(screen, self._out / "console.png", step)
            expect("console", self._state("console"), "active")
            expect("engine", (self._state(), self._pid()), ("active", before))
            self._machine.command("systemctl", "stop", "console")

    # -- upgrade and removal

    def _upgrade(self, package: Path, newer: Path, hospital: Hospital) -> None:
        with self._report.step(
            "same version again, then a higher one, engine running", STEP_LIMIT_S
        ) as step:
            self._apt("install", "--reinstall", self._inside(package))
            self._expect_back(__version__, hospital)
            before = self._pid()
            self._apt("install", self._inside(newer))
            self._expect_back(newer.name.split("_")[1], hospital)
            expect_that(self._pid() != before, "the old engine still runs")
            step.note(newer.name.split("_")[1])
        with self._report.step("older over newer refused; stopped stays stopped", STEP_LIMIT_S):
            status, said = self._machine.attempt("dpkg", "-i", self._inside(package))
            expect_that(status != 0 and "older program" in said, f"not refused: {said[-300:]}")
            self._expect_back(newer.name.split("_")[1], hospital)
            self._machine.command("systemctl", "stop", UNIT, user=OPERATOR)
            self._apt("install", "--reinstall", self._inside(newer))
            expect("engine", self._state(), "inactive")
            self._machine.command("systemctl", "start", UNIT, user=OPERATOR)
            self._wait_for_port()

    def _remove(self, newer: Path, hospital: Hospital) -> None:
        with self._report.step(
            "removed: data kept; installed again: goes on with it", STEP_LIMIT_S
        ):
            self._apt("remove", NAME)
            expect_that(
                not (self._machine.root / PROGRAM).exists(), "the program folder is still there"
            )
            expect_that(self._state() != "active", "the engine still runs")
            self._expect_kept(hospital)
            self._apt("install", self._inside(newer))
            self._expect_back(newer.name.split("_")[1], hospital)
        with self._report.step("purged: nothing of it is left", STEP_LIMIT_S):
            self._apt("purge", NAME)
            places = (DATA, f"/{PROGRAM}", "/etc/hbgz_desktop", "/usr/bin/hbgz")
            left = [one for one in places if (self._machine.root / one.lstrip("/")).exists()]
            expect("left behind", left, [])
            expect("account of the engine", self._machine.attempt("getent", "passwd", "hbgz")[0], 2)

    # -- small questions

    def _apt(self, *words: object) -> str:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        return self._machine.command("apt-get", "-q", "-y", *words, env=quiet)

    def _inside(self, package: Path) -> str:
        """Where the machine finds a package of ours: in the folder it shares with us."""
        shared = self._machine.root / "srv" / package.name
        if not shared.exists():
            shared.write_bytes(package.read_bytes())
        return f"/srv/{package.name}"

    def _hbgz(self, *words: object) -> str:
        return self._machine.command("hbgz", *words, user=OPERATOR)

    def _state(self, unit: str = UNIT) -> str:
        return self._machine.attempt("systemctl", "is-active", unit)[1].strip()

    def _pid(self) -> str:
        return self._machine.command(
            "systemctl", "show", "--property=MainPID", "--value", UNIT
        ).strip()

    def _wait_for_port(self) -> None:
        def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self._port)) == 0

        until(f"the engine on port {self._port}", listens, READY_LIMIT_S)

    def _expect_back(self, version: str, hospital: Hospital) -> None:
        expect("hbgz --version", self._hbgz("--version").split()[-1], version)
        expect("engine", self._state(), "active")
        self._wait_for_port()
        self._expect_kept(hospital)

    def _expect_kept(self, hospital: Hospital) -> None:
        """Every acknowledged instance has one row and a file that is byte for byte what was sent."""
        sent = {uid: path for study in hospital.studies for uid, path in study.files.items()}
        rows = _rows(self._data, "select sop_instance_uid, path from instances")
        kept = {uid: dataset_bytes(self._data / "spool" / path) for uid, path in rows}
        expect("rows", len(rows), len(hospital.acknowledged))
        lost = [uid for uid in hospital.acknowledged if kept.get(uid) != dataset_bytes(sent[uid])]
        expect("acknowledged but not kept byte for byte", lost, [])


def _shows_a_page(screen: VirtualScreen) -> bool:
    """Whether the middle of the screen holds more than the empty frame that is painted first."""
    shown = screen.picture()
    width, height = shown.size
    middle = shown.crop((width // 4, height // 10, width * 3 // 4, height * 3 // 4))
    return len(middle.getcolors(middle.width * middle.height) or ()) > PAGE_COLOURS


def _rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """From a copy: nothing of ours opens the file the engine works on."""
    with tempfile.TemporaryDirectory() as place:
        for name in ("hbgz.sqlite", "hbgz.sqlite-wal"):
            with contextlib.suppress(FileNotFoundError):
                (Path(place) / name).write_bytes((data / name).read_bytes())
        with contextlib.closing(sqlite3.connect(Path(place) / "hbgz.sqlite")) as connection:
            return connection.execute(sql).fetchall()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
