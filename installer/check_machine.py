"""The front-end machine of the check: our program and one data folder in a prefix, seen from outside."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import sqlite3
import tempfile
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

from installer.check_report import CheckError, expect, expect_that
from installer.steps import BuildError
from installer.wine import until
from tests.hospital import dataset_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import psutil

    from installer.wine import Prefix, Ran, Running
    from tests.hospital import Study

COMMAND_LIMIT_S = 240.0
START_LIMIT_S = 240.0
STOP_LIMIT_S = 120.0
DELIVERED_LIMIT_S = 500.0
BUGS = ("Traceback", "worker_bug", "upload_bug", "store_failed", " ERROR ")
"""What no log of ours may hold."""


def _answers(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as one:
        one.settimeout(1.0)
        return one.connect_ex(("127.0.0.1", port)) == 0


class Engine:
    """One ``hbgz.exe engine`` that is ready.

    Attributes:
        port: Its DICOM port.
        recovered: What its start-up sweep found, by name.
    """

    def __init__(self, running: Running) -> None:
        """Wait for its ``ready`` line.

        Raises:
            BuildError: It did not come within the limit.
        """
        self._running = running
        until("ready line of the engine", lambda: self._ready() or running.is_over, START_LIMIT_S)
        expect_that(self._ready(), f"the engine ended before it was ready; {running.output}")
        words = (word.split("=") for word in self._ready().split()[1:])
        self.recovered = {name: int(value) for name, value in words}
        self.port = self.recovered.pop("port")

    def _ready(self) -> str:
        lines = self._running.said().splitlines(keepends=True)
        return next((one for one in lines if one.startswith("ready ") and one.endswith("\n")), "")

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._running.is_over

    def kill(self) -> None:
        """Kill -9."""
        self._running.kill()

    def wait_end(self) -> None:
        """Wait for its end."""
        self._running.wait(STOP_LIMIT_S)


class Machine:
    """Program folder and data folder in one prefix.

    Attributes:
        program: The program folder on this machine's disk.
        data: The data folder on this machine's disk.
    """

    def __init__(
        self, prefix: Prefix, program: Path, data: Path, *, is_default: bool = False
    ) -> None:
        """Name them; nothing is started.

        Args:
            prefix: Where it all runs.
            program: Holds ``hbgz.exe``.
            data: Made when missing.
            is_default: The program must find the folder without being told.
        """
        self.prefix = prefix
        self.program = program
        self.data = data
        self._place = () if is_default else ("--data", prefix.windows(data))

    # -- what a person at the machine does

    def command(self, *words: object, limit_s: float = COMMAND_LIMIT_S, status: int = 0) -> Ran:
        """One ``hbgz.exe`` command.

        Raises:
            CheckError: It ended with another status.
        """
        name = f"hbgz-{words[0]}"
        argv = (*self._place, *words)
        ran = self.prefix.run(self.program / "hbgz.exe", *argv, limit_s=limit_s, name=name)
        if ran.status != status:
            raise CheckError(f"hbgz {words[0]}: status {ran.status}; {ran.output[-600:]}")
        return ran

    def json(self, *words: object) -> Any:
        """What a listing says with ``--json``.

        Raises:
            CheckError: It says no JSON.
        """
        ran = self.command(*words, "--json")
        try:
            return json.loads(ran.output)
        except ValueError:
            raise CheckError(f"hbgz {words[0]}: no JSON: {ran.output[-300:]}") from None

    def write_settings(self, settings: Mapping[str, object]) -> None:
        """Put ``hbgz.toml`` into the data folder, as IT rolls it out."""
        self.data.mkdir(parents=True, exist_ok=True)
        sections: dict[str, list[str]] = {}
        for name, value in settings.items():
            section, _, key = name.partition(".")
            line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
            sections.setdefault(section, []).append(line)
        text = "\n".join(f"[{name}]\n" + "\n".join(rows) for name, rows in sections.items())
        (self.data / "hbgz.toml").write_text(f"{text}\n", encoding="utf-8")

    def start_engine(self, env: Mapping[str, str] | None = None) -> Engine:
        """Start the engine by itself and wait until it receives."""
        hbgz = self.program / "hbgz.exe"
        return Engine(self.prefix.start(hbgz, *self._place, "engine", env=env, name="engine"))

    def stop_engine(self) -> None:
        """``hbgz stop``.

        Raises:
            CheckError: Its lock or its process is still there.
        """
        expect("hbgz stop", self.command("stop").output, "stopped\n")

    def wait_listening(self, port: int, version: str = "") -> dict[str, Any]:
        """Wait until an engine of this data folder receives on this port; its row.

        Args:
            port: Where.
            version: Of the program it must be; any if "".

        Raises:
            BuildError: None does.
        """
        asked = "select * from engine_state where receiver_state = 'listening' and dicom_port = ?"
        found: list[dict[str, Any]] = []

        def is_there() -> bool:
            with contextlib.suppress(CheckError):  # no table yet
                found[:] = [
                    row
                    for row in (self.rows(asked, port) if self.has_database else ())
                    if (not version or row["program_version"] == version) and _answers(port)
                ]
            return bool(found)

        until(f"an engine {version} receives on port {port}", is_there, START_LIMIT_S)
        return found[0]

    @property
    def has_database(self) -> bool:
        """Whether a database is there."""
        return (self.data / "hbgz.sqlite").is_file()

    def processes(self) -> list[psutil.Process]:
        """Processes that run out of the program folder."""
        windows = self.prefix.windows(self.program).rstrip("\\")
        return self.prefix.processes(f"{windows}\\hbgz")

    def wait_alone(self) -> None:
        """Wait until no process of the program is left: helpers end with the engine that was killed.

        Raises:
            BuildError: One goes on.
        """
        until("helper processes have ended", lambda: not self.processes(), STOP_LIMIT_S)

    # -- what is on its disk

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Rows of the engine's database, read from a copy: nothing of ours opens the file it works on.

        Exact when no engine runs; while one runs the copy may be torn, then sqlite says so and it is tried again.

        Raises:
            CheckError: No copy could be read.
        """
        for _ in range(20):
            with tempfile.TemporaryDirectory() as place, contextlib.suppress(sqlite3.DatabaseError):
                return self._rows_of_copy(Path(place), sql, values)
        raise CheckError(f"the database could not be read: {sql}")

    def _rows_of_copy(
        self, place: Path, sql: str, values: tuple[object, ...]
    ) -> list[dict[str, Any]]:
        for name in ("hbgz.sqlite", "hbgz.sqlite-wal"):
            if (self.data / name).exists():
                shutil.copy(self.data / name, place / name)
        with contextlib.closing(sqlite3.connect(place / "hbgz.sqlite")) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(one) for one in connection.execute(sql, values)]

    def lanes(self) -> dict[str, int]:
        """The work list by lane."""
        rows = self.rows("select lane, count(*) as n from worklist group by lane")
        return {row["lane"]: row["n"] for row in rows}

    def wait_confirmed(self, count: int, limit_s: float = DELIVERED_LIMIT_S) -> None:
        """Wait until exactly so many studies are there and all are confirmed.

        Raises:
            CheckError: Not within the limit; names the deliveries.
        """
        try:
            until("confirmed", lambda: self.lanes() == {"confirmed": count}, limit_s)
        except BuildError as error:
            facts = "select kind, state, blocked_reason, cause, attempts from deliveries"
            shown = [tuple(one.values()) for one in self.rows(facts)]
            raise CheckError(f"{error}: {self.lanes()}, {shown}") from error

    def expect_kept(self, acknowledged: Iterable[str], studies: Iterable[Study]) -> None:
        """Every acknowledged instance has one row, and a file whose dataset is byte for byte what was sent.

        Raises:
            CheckError: One is missing, or differs.
        """
        sent = {uid: path for study in studies for uid, path in study.files.items()}
        rows = self.rows("select sop_instance_uid, path, file_state from instances")
        kept: dict[str, list[bytes]] = {}
        for row in rows:
            file = self.data / "spool" / PureWindowsPath(row["path"]).as_posix()
            expect_that(file.is_file(), f"a row without its file: {row['path']}")
            kept.setdefault(row["sop_instance_uid"], []).append(dataset_bytes(file))
        lost = [uid for uid in acknowledged if kept.get(uid) != [dataset_bytes(sent[uid])]]
        expect("acknowledged but not kept byte for byte, once", lost, [])

    def expect_spool_is_exact(self) -> None:
        """The spool holds the files its rows name and no others.

        Raises:
            CheckError: It does not.
        """
        spool = self.data / "spool"
        named = {
            PureWindowsPath(row["path"]).as_posix()
            for row in self.rows("select path from instances")
        }
        there = {one.relative_to(spool).as_posix() for one in spool.rglob("*") if one.is_file()}
        expect("files of the spool that no row names", sorted(there - named), [])
        expect("rows without file", sorted(named - there), [])

    def expect_no_bugs(self) -> None:
        """No log of the program tells of a bug.

        Raises:
            CheckError: One does.
        """
        files = sorted((self.data / "logs").glob("*.log*"))
        expect_that(files, f"no log in {self.data}")
        lines = [line for one in files for line in one.read_text("utf-8", "replace").splitlines()]
        expect("bugs in the logs", [one for one in lines if any(b in one for b in BUGS)][:5], [])
