"""A data folder written on Linux goes on working on Windows, and back; secrets are asked for again."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.sandbox.demo import write_record_file
from installer.check_machine import COMMAND_LIMIT_S, Engine, Machine
from installer.check_report import CheckError, expect, expect_that
from installer.steps import sha256_of
from installer.wine import Ran, Running, until

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from installer.check_peers import Hospital
    from installer.check_report import Report
    from tests.hospital import Study

KEPT = ("spool", "reports", "cache", "quarantine", "hbgz.toml", "ui.json")
"""What must be the same byte for byte wherever the folder is opened."""
PICTURE_LIMIT_S = 60.0
KINDS = (0, 2, 4)
IMAGES = 3


class LinuxMachine(Machine):
    """The same program on this machine, from the sources; what a ``Machine`` says of its data folder holds for it."""

    def __init__(self, data: Path, logs: Path) -> None:
        """Name its folder; nothing is started."""
        self.data = data
        self._logs = logs
        self._printed = 0

    @override
    def command(self, *words: object, limit_s: float = COMMAND_LIMIT_S, status: int = 0) -> Ran:
        ran = self._start(words, f"hbgz-{words[0]}").wait(limit_s)
        if ran.status != status:
            raise CheckError(f"hbgz {words[0]} on Linux: status {ran.status}; {ran.output[-600:]}")
        return ran

    @override
    def start_engine(self, env: Mapping[str, str] | None = None) -> Engine:
        return Engine(self._start(("engine",), "engine", env))

    def _start(
        self, words: tuple[object, ...], name: str, env: Mapping[str, str] | None = None
    ) -> Running:
        self._printed += 1
        argv = [sys.executable, "-m", "hbgz_desktop", "--data", self.data, *words]
        output = self._logs / f"{self._printed:03d}-linux-{name}.txt"
        return Running([str(one) for one in argv], {**os.environ, **(env or {})}, output)


def check_data_folder(report: Report, machine: Machine, hospital: Hospital) -> None:
    """Linux → Windows → Linux, with work left to do at each move.

    Args:
        report: Gets the steps.
        machine: Of Windows; its data folder is not there yet.
        hospital: Its platform gets what is delivered on either side.

    Raises:
        StepFailedError: A step failed.
    """
    place = hospital.root / "moved"
    first = LinuxMachine(place / "Linux 数据", place / "logs")
    last = LinuxMachine(place / "Linux 再来", place / "logs")
    studies = [hospital.make_study(kind, IMAGES) for kind in KINDS]
    with report.step("data folder on Linux: one study delivered, one waiting for its record", 300):
        first.write_settings(hospital.settings(**{"hospital.name": "示例人民医院"}))
        hospital.give_key(first)
        _work(first, hospital, received=studies[:2], delivered=studies[:1], confirmed=1)
    with report.step("moved to Windows: same rows, same bytes, key asked for again", 900) as step:
        count = _move(first, machine)
        step.note(f"{count} files equal")
        _ask_for_key(machine, hospital)
        _work(machine, hospital, received=studies[2:], delivered=studies[1:2], confirmed=2)
    with report.step(
        "moved back to Linux: same rows, same bytes, key asked for again", 300
    ) as step:
        count = _move(machine, last)
        step.note(f"{count} files equal")
        _ask_for_key(last, hospital)
        _work(last, hospital, received=(), delivered=studies[2:], confirmed=3)
        hospital.expect_delivered_once(*studies)


def _work(
    machine: Machine,
    hospital: Hospital,
    *,
    received: list[Study] | tuple[()],
    delivered: list[Study],
    confirmed: int,
) -> None:
    """Receive some studies, import the records of some, wait until those are confirmed, and stop."""
    engine = machine.start_engine()
    for study in received:
        hospital.send(study, engine.port)
    _import_records(machine, hospital, delivered)
    until(
        f"{confirmed} studies confirmed",
        lambda: machine.lanes().get("confirmed") == confirmed,
        limit_s=240,
    )
    pictures = machine.data / "cache" / "thumbnails"
    until("thumbnails", lambda: pictures.is_dir() and any(pictures.rglob("*.*")), PICTURE_LIMIT_S)
    machine.stop_engine()
    engine.wait_end()
    machine.expect_kept(hospital.acknowledged, hospital.studies)
    machine.expect_spool_is_exact()
    machine.expect_no_bugs()


def _import_records(machine: Machine, hospital: Hospital, studies: list[Study]) -> None:
    if not isinstance(machine, LinuxMachine):
        hospital.import_records(machine, *studies)
        return
    place = hospital.root / "moved" / "records" / studies[0].uid[-12:]
    machine.command("records", "import", write_record_file([one.record for one in studies], place))


def _move(before: Machine, after: Machine) -> int:
    """Copy the folder as IT does it, engine stopped; how many files stayed the same.

    Raises:
        CheckError: Something reads otherwise on the other side.
    """
    told = before.json("studies", "list")
    files = _files(before.data)
    shutil.copytree(before.data, after.data)
    expect("studies as listed", after.json("studies", "list"), told)
    settings = {one["key"]: one["value"] for one in after.json("config", "show")}
    expect("hospital.name", settings["hospital.name"], "示例人民医院")
    expect("files", _files(after.data), files)
    for table in ("instances", "reports"):
        paths = [row["path"] for row in after.rows(f"select path from {table}")]  # noqa: S608  # two names of ours
        expect_that(paths, f"no row in {table}")
        wrong = [one for one in paths if "\\" in one or ":" in one or one.startswith("/")]
        expect(f"paths in {table} that hold on one system only", wrong, [])
    return len(files)


def _files(data: Path) -> dict[str, str]:
    places = [data / name for name in KEPT]
    found = [one for place in places for one in [place, *place.rglob("*")] if one.is_file()]
    return {one.relative_to(data).as_posix(): sha256_of(one) for one in found}


def _ask_for_key(machine: Machine, hospital: Hospital) -> None:
    """What another system sealed counts as missing and says so; entered again, all is well."""
    for one in machine.json("config", "show"):
        if one["key"] == "guizhou.key":
            expect("guizhou.key", one["value"], "")
    found = _doctor(machine, 1)
    expect("doctor", (found["secrets"], found["key"]), ("failed", "failed"))
    expect_that(found["database"] == "ok", "doctor: the database is not well")
    hospital.give_key(machine)
    found = _doctor(machine, 0)
    expect("doctor", (found["secrets"], found["key"], found["platform"]), ("ok", "ok", "ok"))


def _doctor(machine: Machine, status: int) -> dict[str, str]:
    said = machine.command("doctor", "--json", status=status).output
    try:
        return {one["name"]: one["state"] for one in json.loads(said)}
    except ValueError:
        raise CheckError(f"hbgz doctor: no JSON: {said[-300:]}") from None
