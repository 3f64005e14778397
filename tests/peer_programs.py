"""Other people's programs: DCMTK, Orthanc, openssl. They run on Linux, also when we run inside Wine there."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.operating_system import IS_WINE
from tests.running_program import until

LIMIT_S = 60.0
# DCMTK's own Nagle would cost 40 ms an image
ENVIRONMENT = {"TCP_NODELAY": "1"}
LINUX_PLACES = ("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/Orthanc")


class Ended(NamedTuple):
    """How a program ended and what it printed."""

    code: int
    out: bytes
    err: bytes


def find_peer(name: str) -> str:
    """Where a program is, "" when it is not installed."""
    if not IS_WINE:
        places = os.pathsep.join([os.environ.get("PATH", ""), *LINUX_PLACES])
        return shutil.which(name, path=places) or ""
    found = (f"{place}/{name}" for place in LINUX_PLACES if Path(f"Z:{place}/{name}").is_file())
    return next(found, "")


def native(path: Path) -> str:
    """A path as these programs know it."""
    if sys.platform == "win32" and IS_WINE:
        ask = ctypes.CDLL("kernel32").wine_get_unix_file_name
        ask.argtypes, ask.restype = [ctypes.c_wchar_p], ctypes.c_void_p
        return os.fsdecode(ctypes.string_at(ask(str(path.resolve()))))
    return str(path)


class PeerProgram:
    """A program that runs until it ends or is killed."""

    def __init__(self, *words: str | Path, log: Path | None = None, data: bytes = b"") -> None:
        """Start it.

        Args:
            words: The program's name and arguments; paths are handed over as it knows them.
            log: Takes all it prints; otherwise ``ended`` has it.
            data: Its standard input.
        """
        self._folder = Path(tempfile.mkdtemp(prefix="peer-"))
        self._out = log or self._folder / "out"
        self._err = log or self._folder / "err"
        (self._folder / "in").write_bytes(data)
        program = find_peer(str(words[0]))
        assert program, f"{words[0]} is not installed (run.py setup installs it on Debian)"
        self._words = [
            program,
            *(native(word) if isinstance(word, Path) else word for word in words[1:]),
        ]
        self._code: int | None = None
        self._process = None if IS_WINE else self._start()
        if IS_WINE:
            self._start_beside_wine()

    def _start(self) -> subprocess.Popen[bytes]:
        with (
            (self._folder / "in").open("rb") as stdin,
            self._out.open("wb") as out,
            self._err.open("ab") as err,
        ):
            return subprocess.Popen(
                self._words, env={**os.environ, **ENVIRONMENT}, stdin=stdin, stdout=out, stderr=err
            )

    def _start_beside_wine(self) -> None:
        """Wine gives no handle of such a process: a shell beside it writes down number and exit code."""
        out, err, stdin, number, code = (
            shlex.quote(native(path))
            for path in (self._out, self._err, *map(self._folder.joinpath, ("in", "pid", "code")))
        )
        lines = [
            *(f"export {name}={value}" for name, value in ENVIRONMENT.items()),
            f"{shlex.join(self._words)} <{stdin} >>{out} 2>>{err} &",
            f"echo $! >{number}.new",
            f"mv {number}.new {number}",
            "wait $!",
            f"echo $? >{code}.new",
            f"mv {code}.new {code}",
        ]
        script = self._folder / "run.sh"
        script.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
        self._beside_wine("/bin/sh", native(script))

    def _beside_wine(self, *words: str) -> None:
        subprocess.run(["start.exe", "/unix", *words], check=True, stdin=subprocess.DEVNULL)

    @property
    def code(self) -> int | None:
        """Its exit code, None while it runs."""
        if self._process is not None:
            return self._process.poll()
        with suppress(FileNotFoundError):
            self._code = int((self._folder / "code").read_text(encoding="ascii"))
        return self._code

    def kill(self) -> None:
        """End at once, in the middle of whatever it does."""
        if self._process is not None:
            self._process.kill()
        elif self.code is None:
            until("a number", (self._folder / "pid").is_file, LIMIT_S)
            number = (self._folder / "pid").read_text(encoding="ascii").strip()
            self._beside_wine("/bin/kill", "-9", number)
        self.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def wait(self) -> int:
        """Wait for its end; its exit code.

        Raises:
            TimeoutError: It goes on, under Wine.
            TimeoutExpired: It goes on.
        """
        if self._process is not None:
            return self._process.wait(LIMIT_S)
        until(f"{self._words[0]} has ended", lambda: self.code is not None, LIMIT_S)
        return self.code or 0

    def ended(self) -> Ended:
        """Wait for its end; how it ended."""
        code = self.wait()
        ended = Ended(code, self._out.read_bytes(), self._err.read_bytes())
        shutil.rmtree(self._folder, ignore_errors=True)
        return ended


def run_peer(*words: str | Path, data: bytes = b"") -> Ended:
    """Run a program that must end well."""
    ended = PeerProgram(*words, data=data).ended()
    assert ended.code == 0, f"{words[0]} ended with {ended.code}: {ended.err[-2000:]!r}"
    return ended
