"""A clean Debian 12 for the check: made by mmdebstrap, started with its own systemd, thrown away afterwards.

It shares this machine's network, so peers of the test stand on this side and find its ports on the loopback.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from installer.check_report import CheckError
from installer.steps import BuildError, fresh_folder, run
from installer.wine import until

if TYPE_CHECKING:
    from types import TracebackType

SUITE = "bookworm"
BESIDES = ("ca-certificates", "dbus", "polkitd")
"""What a Debian desktop has and a bare one has not, as far as an operator needs it to ask systemd."""
BASE = "debian-12.tar"
BOOT_LIMIT_S = 60.0
END_LIMIT_S = 40.0
LANGUAGE = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}


def make_base(cache: Path) -> Path:
    """The archive of a clean system; made once, then taken from ``cache``.

    Raises:
        BuildError: mmdebstrap's words.
    """
    base = cache / BASE
    if not base.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        half = cache / f".{BASE}"
        included = f"--include={','.join(BESIDES)}"
        run(["mmdebstrap", "--variant=important", included, SUITE, half])  # from its usual mirror
        half.rename(base)
    return base


class DebianMachine:
    """One running Debian.

    Attributes:
        root: Its disk, as a folder of this machine.
    """

    def __init__(self, root: Path, packages: Path) -> None:
        """Name it.

        Args:
            root: Made anew when it starts, deleted when it ends.
            packages: What apt downloads is kept here for the next time.
        """
        self.root = root.resolve()
        self._packages = packages.resolve()
        self._process: subprocess.Popen[bytes] | None = None
        self._first = 0

    def start(self, base: Path) -> None:
        """Unpack it and boot.

        Raises:
            BuildError: It did not come up.
        """
        fresh_folder(self.root)
        self._packages.mkdir(parents=True, exist_ok=True)
        run(["tar", "-C", self.root, "--numeric-owner", "-xf", base])
        words = [
            "systemd-nspawn",
            "--quiet",
            "--register=no",
            "--keep-unit",
            "--boot",
            "--console=pipe",
        ]
        place = [f"--machine=hbgz-{os.getpid()}", f"--directory={self.root}"]
        kept = [f"--bind={self._packages}:/var/cache/apt/archives"]
        nothing = subprocess.DEVNULL
        # the old hierarchy where this machine has no other; nspawn itself cannot tell inside a container
        has_new = Path("/sys/fs/cgroup/cgroup.controllers").exists()
        environment = {**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1" if has_new else "0"}
        self._process = subprocess.Popen(
            [*words, *place, *kept], stdin=nothing, stdout=nothing, stderr=nothing, env=environment
        )
        until("a running Debian", self._is_up, BOOT_LIMIT_S)

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise BuildError("systemd-nspawn ended: it needs root and a kernel that lets it")
        children = psutil.Process(self._process.pid).children()
        self._first = children[0].pid if children else 0
        status, said = self.attempt("systemctl", "is-system-running") if self._first else (1, "")
        return status == 0 or said.strip() == "degraded"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.attempt("systemctl", "--no-block", "poweroff")
            try:
                self._process.wait(END_LIMIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(END_LIMIT_S)
        with contextlib.suppress(OSError):
            shutil.rmtree(self.root)

    def attempt(
        self,
        *words: object,
        user: str = "root",
        env: dict[str, str] | None = None,
        limit_s: float = 600.0,
    ) -> tuple[int, str]:
        """Run a program in it; exit status and everything it printed.

        Raises:
            CheckError: It still ran after the limit.
        """
        inside = ["nsenter", "-t", str(self._first), "--mount", "--uts", "--ipc", "--pid", "--root"]
        settings = [f"{name}={value}" for name, value in {**LANGUAGE, **(env or {})}.items()]
        account = (
            [] if user == "root" else ["setpriv", "--reuid", user, "--regid", user, "--init-groups"]
        )
        argv = [*inside, "env", "-i", "--chdir=/", *settings, *account, *map(str, words)]
        try:
            done = subprocess.run(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=limit_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise CheckError(f"still ran after {limit_s:g} s: {words[0]}") from None
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def command(
        self, *words: object, user: str = "root", env: dict[str, str] | None = None, status: int = 0
    ) -> str:
        """As ``attempt``, but only this exit status will do.

        Raises:
            CheckError: It ended with another.
        """
        found, said = self.attempt(*words, user=user, env=env)
        if found != status:
            shown = " ".join(map(str, words))
            raise CheckError(f"{shown}: status {found}; {said[-900:]}")
        return said
