"""The real program as processes: engines that start, stop and are killed, and the command line."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import psutil

from tests.operating_system import IS_WINDOWS, SLOWNESS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Never

START_LIMIT_S = 60.0
STOP_LIMIT_S = 30.0 * SLOWNESS
LIMIT_S = 40.0
LOOK_EVERY_S = 0.03
SUSPEND_TRIES = 50
KILLED_AT_FAILPOINT = 137
BUGS = ("Traceback", "worker_bug", "upload_bug", "store_failed", " ERROR ")
"""What no log of an engine may hold: each is a bug, whatever the test was about."""


RUN_ALL = """
import contextlib, io, json, sys
from hbgz_desktop.cli.main import run
said = []
for arguments, typed in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    said.append((code, out.getvalue(), err.getvalue()))
json.dump(said, sys.stdout)
"""


class Said(NamedTuple):
    """How one command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output as JSON."""
        return json.loads(self.out)


def until(what: str, is_done: Callable[[], object], limit_s: float = LIMIT_S) -> None:
    """Wait for a condition.

    Raises:
        TimeoutError: It did not become true within the limit, which is longer on a slower system;
            ``what`` is its message.
    """
    pause = threading.Event()
    end = time.monotonic() + limit_s * SLOWNESS
    while not is_done():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {limit_s:g} s: {what}")
        pause.wait(LOOK_EVERY_S)


class Engine:
    """One ``hbgz engine``, started and ready unless it was started with ``wait=False``.

    Attributes:
        port: Its DICOM port, 0 before it is ready.
        recovered: What its start-up sweep found, by name.
    """

    def __init__(self, process: subprocess.Popen[bytes], out: Path, err: Path) -> None:
        self.process = process
        self.out = out
        self.err = err
        self.port = 0
        self.recovered: dict[str, int] = {}

    def wait_ready(self, limit_s: float = START_LIMIT_S) -> Self:
        """Wait for its ``ready`` line."""
        until("ready line", lambda: self._ready_line() or self.is_over, limit_s)
        line = self._ready_line()
        if not line:
            self._complain("ended before it was ready")
        facts = {key: int(value) for key, value in (one.split("=") for one in line.split()[1:])}
        self.port = facts.pop("port")
        self.recovered = facts
        return self

    def _ready_line(self) -> str:
        lines = self.out.read_text(encoding="utf-8").splitlines(keepends=True)
        return next((one for one in lines if one.startswith("ready ") and one.endswith("\n")), "")

    @property
    def is_over(self) -> bool:
        """Whether the process has ended."""
        return self.process.poll() is not None

    def has_said(self, text: str) -> bool:
        """Whether it printed this so far."""
        return text in self.out.read_text(encoding="utf-8")

    def stop(self) -> None:
        """SIGTERM, or the end of its stdin where there are no signals; it must end well."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        elif not self.is_over:
            self.process.terminate()
        code = self.process.wait(STOP_LIMIT_S)
        if code != 0:
            self._complain(f"ended with {code}")

    def kill(self) -> None:
        """Kill -9, on Windows TerminateProcess."""
        self.process.kill()
        self.process.wait(STOP_LIMIT_S)
        if self.process.stdin is not None:
            self.process.stdin.close()

    def wait_killed(self, limit_s: float = LIMIT_S) -> None:
        """Wait until a failpoint has killed it."""
        code = self.process.wait(limit_s * SLOWNESS)
        if code != KILLED_AT_FAILPOINT:
            self._complain(f"ended with {code}, not at its failpoint")

    def _complain(self, what: str) -> Never:
        text = self.err.read_text(encoding="utf-8")[-2000:]
        raise AssertionError(f"engine {self.process.pid} {what}\n{text}")


class Program:
    """One data folder and the processes that work on it; nothing of them outlives the block."""

    def __init__(self, data: Path, output: Path) -> None:
        """Work on ``data``; what the processes print is kept in files below ``output``."""
        self.data = data
        self.output = output
        self.output.mkdir(parents=True, exist_ok=True)
        self.engines: list[Engine] = []
        self._printed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for engine in self.engines:
            self.resume(engine)
            if error is None and not engine.is_over:
                engine.stop()
            engine.kill()
        if error is None:
            self.assert_no_bugs()

    def start(
        self,
        *,
        failpoints: str = "",
        environment: Mapping[str, str] | None = None,
        before: tuple[str, ...] = (),
        wait: bool = True,
    ) -> Engine:
        """Start an engine.

        Args:
            failpoints: Value of HBGZ_FAILPOINTS.
            environment: Further variables.
            before: Command that runs it, such as strace.
            wait: Wait until it is ready.
        """
        out, err = self._file("engine.out"), self._file("engine.err")
        extra = {"HBGZ_FAILPOINTS": failpoints} if failpoints else {}
        with out.open("wb") as to_out, err.open("wb") as to_err:
            process = subprocess.Popen(
                [
                    *before,
                    *self._command("engine", *(["--until-stdin-ends"] if IS_WINDOWS else [])),
                ],
                stdin=subprocess.PIPE if IS_WINDOWS else subprocess.DEVNULL,
                stdout=to_out,
                stderr=to_err,
                env={**os.environ, **extra, **(environment or {})},
            )
        engine = Engine(process, out, err)
        self.engines.append(engine)
        return engine.wait_ready() if wait else engine

    def suspend(self, engine: Engine) -> None:
        """Hold all its threads, at a moment when none of them holds the database."""
        pause = threading.Event()
        seen = psutil.Process(engine.process.pid)
        for _ in range(SUSPEND_TRIES):
            seen.suspend()
            if not IS_WINDOWS:  # a signal takes its time; there it is done at once
                until("stopped", lambda: seen.status() == psutil.STATUS_STOPPED)
            if self._may_write():
                return
            seen.resume()
            pause.wait(LOOK_EVERY_S)
        raise AssertionError("the engine always holds the database")

    def resume(self, engine: Engine) -> None:
        """Let one that was held go on; nothing happens to one that was not, or is over."""
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(engine.process.pid).resume()

    def _may_write(self) -> bool:
        place = self.data / "hbgz.sqlite"
        with contextlib.closing(sqlite3.connect(place, timeout=0.2)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "hbgz_desktop", "--data", str(self.data), *arguments]

    def _file(self, name: str) -> Path:
        self._printed += 1
        return self.output / f"{self._printed:03d}-{name}"

    def run(
        self, *arguments: str, exit_code: int = 0, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """One command of the command line; its exit code must be this one."""
        done = subprocess.run(
            self._command(*arguments),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_S * SLOWNESS,
            check=False,
        )
        self._file("cli.out").write_text(done.stdout, encoding="utf-8")
        self._file("cli.err").write_text(done.stderr, encoding="utf-8")
        assert done.returncode == exit_code, f"{arguments}: {done.returncode}\n{done.stderr}"
        return done

    def run_all(self, *commands: tuple[str, ...], typed: Sequence[str] = ()) -> list[Said]:
        """Several commands one after another in one process: the imports cost more than the commands.

        Args:
            commands: Their words.
            typed: Standard input of the first commands; the others find it empty.
        """
        place = ["--data", str(self.data)]
        inputs = [*typed, *[""] * (len(commands) - len(typed))]
        done = subprocess.run(
            [sys.executable, "-c", RUN_ALL],
            input=json.dumps(
                [([*place, *one], text) for one, text in zip(commands, inputs, strict=True)]
            ),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_S * SLOWNESS,
            check=True,
        )
        said = [Said(*one) for one in json.loads(done.stdout)]
        for one in said:
            self._file("cli.out").write_text(one.out, encoding="utf-8")
            self._file("cli.err").write_text(one.err, encoding="utf-8")
        return said

    def json(self, *arguments: str, exit_code: int = 0) -> Any:
        """What a listing says with ``--json``."""
        return json.loads(self.run(*arguments, "--json", exit_code=exit_code).stdout)

    def query(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Read the database the way a foreign program would."""
        uri = f"{(self.data / 'hbgz.sqlite').as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=LIMIT_S)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, values).fetchall()

    def scalar(self, sql: str, *values: object) -> Any:
        """The first column of the first row."""
        return self.query(sql, *values)[0][0]

    def log(self) -> str:
        """Everything the engines logged so far."""
        files = sorted((self.data / "logs").glob("*.log*"))
        return "\n".join(one.read_text(encoding="utf-8") for one in files)

    def assert_no_bugs(self) -> None:
        """No engine logged a bug or printed a traceback."""
        printed = "\n".join(one.err.read_text(encoding="utf-8") for one in self.engines)
        lines = f"{self.log()}\n{printed}".splitlines()
        found = [one for one in lines if any(bug in one for bug in BUGS)]
        assert not found, "\n".join(["an engine told of a bug:", *found[:20]])
