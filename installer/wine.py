"""Windows programs on Linux, for the check: one prefix, how programs run in it, how they are killed.

Rules found by trial: a program's stdout is a pipe and its stdin /dev/null, or Python does not start; Wine's exit
codes prove nothing by themselves; a process of Wine is an ordinary process of this machine, so kill -9 of it is
what TerminateProcess is on Windows.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple, Self

import psutil

from installer.stand_ins import install_stand_ins
from installer.steps import BuildError
from installer.wine_registry import exported_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

START_LIMIT_S = 180.0
LOOK_EVERY_S = 0.1
LAST_WORDS_S = 3.0
"""How long output is waited for after its program has ended: what it started may hold the pipe open."""
ENVIRONMENT = {
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "ucrtbase,mscms=n,b;mscoree,mshtml,winemenubuilder.exe=",
    "LC_ALL": "C.UTF-8",
}
CHINESE_FONT = "WenQuanYi Micro Hei"
FONTS_MISSING = (
    *("SimSun", "宋体", "NSimSun", "Microsoft YaHei", "微软雅黑", "Microsoft YaHei UI"),
    *("Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "Segoe UI"),
)
"""What installer pages and dialogs ask for; without a replacement their Chinese is boxes."""


class Ran(NamedTuple):
    """How a program ended: its exit status, everything it printed, how long it took."""

    status: int
    output: str
    seconds: float


def until(
    what: str, is_done: Callable[[], object], limit_s: float, *, every_s: float = LOOK_EVERY_S
) -> None:
    """Wait for a condition, looking at it every ``every_s`` seconds.

    Raises:
        BuildError: It did not become true within the limit; ``what`` names it.
    """
    pause = threading.Event()
    end = time.monotonic() + limit_s
    while not is_done():
        if time.monotonic() > end:
            raise BuildError(f"not within {limit_s:g} s: {what}")
        pause.wait(every_s)


class Running:
    """A program that was started; what it prints comes to stand in a file.

    Attributes:
        pid: Its process of this machine (Windows knows it by another number).
        output: The file, UTF-8.
    """

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        output: Path,
        folder: Path | None = None,
    ) -> None:
        """Start it; for ``Prefix.start``."""
        self.words = tuple(words)
        self.output = output
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(b"")
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            self.words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._copier = threading.Thread(target=self._copy, name=f"wine-{self.pid}", daemon=True)
        self._copier.start()

    def _copy(self) -> None:
        source = self._process.stdout
        with self.output.open("wb", buffering=0) as file:
            while source is not None and (part := os.read(source.fileno(), 65536)):
                file.write(part)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def said(self) -> str:
        """What it printed so far."""
        return self.output.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")

    def wait(self, limit_s: float) -> Ran:
        """Wait for its end.

        Raises:
            BuildError: It still runs after the limit; it was killed.
        """
        try:
            status = self._process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self.kill()
            shown = " ".join(self.words[:6])
            raise BuildError(f"still ran after {limit_s:g} s: {shown}; {self.output}") from None
        self._copier.join(LAST_WORDS_S)
        return Ran(status, self.said(), time.monotonic() - self._begun)

    def kill(self) -> None:
        """Kill -9: no clean-up of its own, as by TerminateProcess or a power cut."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.wait(LAST_WORDS_S)
        self._copier.join(LAST_WORDS_S)


class Prefix:
    """One Wine prefix: a Windows machine of its own; nothing of it outlives the ``with`` block.

    Attributes:
        root: Its folder.
        logs: What its programs print is kept here, a numbered file each.
        environment: What every program in it gets.
    """

    def __init__(self, root: Path, logs: Path, *, display: str = "") -> None:
        """Name it; ``create`` makes it.

        Args:
            root: Folder of the prefix.
            logs: Folder of the programs' output.
            display: X display such as ``:99``; "" = none, so no window can be shown. It must be the same for all
                programs of one prefix: Wine asks once.
        """
        self.root = root.resolve()
        self.logs = logs
        cleared = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("WINE", "HBGZ_", "QT_", "PYTHON", "DISPLAY", "LANG", "LC_"))
        }
        self.environment = {**cleared, **ENVIRONMENT, "WINEPREFIX": str(self.root)}
        if display:
            self.environment["DISPLAY"] = display
        self._printed = 0
        self._power: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    # -- the machine

    def create(self) -> None:
        """Make it anew: empty, with the stand-in DLLs, no crash debugger, Chinese fonts in place of Windows' own.

        Raises:
            BuildError: Wine is not there or does not start.
        """
        self.end()
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self._wine_itself("wineboot", "-i")
        self._server("-w")
        system32 = self.root / "drive_c" / "windows" / "system32"
        if not system32.is_dir():
            raise BuildError(f"wine made no prefix at {self.root}")
        self._cut_links()
        install_stand_ins(system32, self.root / "stand_ins")
        self._wine_itself("winecfg", "-v", "win10")
        self._import_registry(
            r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\AeDebug",
            {"Auto": "0"},
        )
        self._import_registry(
            r"HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements",
            dict.fromkeys(FONTS_MISSING, CHINESE_FONT),
        )
        self.restart()

    def _cut_links(self) -> None:
        """Make folders of the links to ours: what is put on a desktop in there stays in there."""
        for link in (self.root / "drive_c" / "users").glob("*/*"):
            if link.is_symlink():
                link.unlink()
                link.mkdir()

    def restart(self) -> None:
        """End everything in it and start it anew, as a machine that is switched off and on."""
        self.end()
        self._server("-w")
        self._wine_itself("wineboot")
        self._stay_on()

    def _stay_on(self) -> None:
        """Keep one ordinary program waiting: without any, Wine ends the services as well."""
        nothing = subprocess.DEVNULL
        waiting = ["wine", "cmd.exe", "/c", "pause"]
        self._power = subprocess.Popen(
            waiting, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, env=self.environment
        )

    def end(self) -> None:
        """End every process of this prefix, and of no other."""
        if not self.root.is_dir():
            return
        if self._power is not None:
            self._power.kill()
            self._power.communicate()
            self._power = None
        self._server("-k")
        for one in self.processes():
            with contextlib.suppress(psutil.Error):
                one.kill()

    def _wine_itself(self, *words: str) -> None:
        """Run a program of Wine's own; no pipe: the services it starts would hold it open."""
        self._quietly("wine", *words)

    def _server(self, option: str) -> None:
        self._quietly("wineserver", option)

    def _quietly(self, *argv: str) -> None:
        nothing = subprocess.DEVNULL
        try:
            subprocess.run(
                argv,
                stdin=nothing,
                stdout=nothing,
                stderr=nothing,
                env=self.environment,
                timeout=START_LIMIT_S,
                check=False,
            )
        except FileNotFoundError:
            raise BuildError(f"{argv[0]} is not there") from None
        except subprocess.TimeoutExpired:
            raise BuildError(f"{argv} took more than {START_LIMIT_S:g} s") from None

    # -- programs

    def start(
        self,
        program: str | Path | PureWindowsPath,
        *arguments: object,
        env: Mapping[str, str] | None = None,
        name: str = "",
        folder: Path | None = None,
    ) -> Running:
        """Start a Windows program and let it run.

        Args:
            program: Windows path, or a file of this machine.
            arguments: Its words; a ``Path`` becomes a Windows path.
            env: Further environment variables. Wine drops QT_… ones.
            name: Of its output file; the program's name if "".
            folder: Where it is started; here if None.
        """
        words = [self._word(program), *map(self._word, arguments)]
        self._printed += 1
        stem = name or PureWindowsPath(words[0]).stem
        output = self.logs / f"{self._printed:03d}-{stem}.txt"
        return Running(["wine", *words], {**self.environment, **(env or {})}, output, folder)

    def run(
        self,
        program: str | Path | PureWindowsPath,
        *arguments: object,
        limit_s: float,
        env: Mapping[str, str] | None = None,
        name: str = "",
    ) -> Ran:
        """Run a Windows program to its end; as ``start``.

        Raises:
            BuildError: It still ran after the limit; it was killed.
        """
        return self.start(program, *arguments, env=env, name=name).wait(limit_s)

    def processes(self, having: str = "") -> list[psutil.Process]:
        """The living processes of this prefix whose command line has this text, oldest first."""
        found = []
        for one in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if one.status() == psutil.STATUS_ZOMBIE:
                    continue
                is_ours = one.environ().get("WINEPREFIX") == str(self.root)
                if is_ours and having.lower() in " ".join(one.cmdline()).lower():
                    found.append(one)
        return sorted(found, key=lambda one: one.create_time())

    def kill(self, having: str) -> int:
        """Kill -9 every process of this prefix whose command line has this text; how many there were."""
        found = self.processes(having)
        for one in found:
            with contextlib.suppress(psutil.Error):
                one.kill()
        psutil.wait_procs(found, LAST_WORDS_S)
        return len(found)

    # -- paths and registry

    def path(self, windows: str | PureWindowsPath) -> Path:
        r"""Where a Windows path (``C:\…``, ``Z:\…``) lies on this machine; letters' case must be right."""
        given = PureWindowsPath(windows)
        drive = self.root / "dosdevices" / given.drive.lower()
        return drive.resolve().joinpath(*given.parts[1:])

    def windows(self, path: Path) -> str:
        r"""The Windows path of a file of this machine: on C: when it lies in the prefix, else on Z:."""
        place = path if path.is_absolute() else Path.cwd() / path
        drive_c = self.root / "drive_c"
        if place.is_relative_to(drive_c):
            return str(PureWindowsPath("C:\\", *place.relative_to(drive_c).parts))
        return str(PureWindowsPath("Z:\\", *place.parts[1:]))

    def _word(self, word: object) -> str:
        return self.windows(word) if isinstance(word, Path) else str(word)

    def variable(self, name: str) -> PureWindowsPath:
        """A folder that Windows names by an environment variable, such as LOCALAPPDATA.

        Raises:
            BuildError: There is no such variable.
        """
        ran = self.run(
            "cmd.exe", "/c", f"echo %{name}%", limit_s=START_LIMIT_S, name=f"echo-{name}"
        )
        value = ran.output.strip()
        if not value or value.startswith("%"):
            raise BuildError(f"Windows variable {name} is not set")
        return PureWindowsPath(value)

    def registry(self, key: str, value: str = "") -> str | None:
        r"""One registry value in the 64-bit view, a number as ``0x2``; None when it is not there.

        Args:
            key: Such as ``HKLM\Software\…``.
            value: Its name, "" = the key's default value.
        """
        file = self.root / "exported.reg"
        file.unlink(missing_ok=True)
        words = ["export", key, file, "/y", "/reg:64"]
        self.run("reg.exe", *words, limit_s=START_LIMIT_S, name="reg-export")
        if not file.is_file():
            return None
        return exported_value(file.read_bytes().decode("utf-16"), key, value)

    def has_key(self, key: str) -> bool:
        """Whether a registry key is there."""
        words = ["query", key, "/reg:64"]
        return self.run("reg.exe", *words, limit_s=START_LIMIT_S, name="reg-query").status == 0

    def _import_registry(self, key: str, values: Mapping[str, str]) -> None:
        """Write text values of one key, all at once."""
        lines = [f'"{name}"="{content}"' for name, content in values.items()]
        text = "\r\n".join(["Windows Registry Editor Version 5.00", "", f"[{key}]", *lines, ""])
        file = self.root / "values.reg"
        file.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
        self._wine_itself("regedit.exe", "/S", self.windows(file))
        name, content = next(iter(values.items()))
        if self.registry(key, name) != content:
            raise BuildError(f"registry: {key} was not written")
