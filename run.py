#!/usr/bin/env python3
"""Set up, show and test hbgz_desktop on a fresh machine; needs nothing but Python 3.11 or newer.

python3 run.py demo     sets everything up, then shows the main job on simulated peers
python3 run.py test     sets everything up, then runs lint, types, contracts and the tests
                        (--long: also the slow proofs; --help: seed, one stage alone)
python3 run.py setup    the set-up alone: system packages (Debian, as root), then .venv
python3 run.py windows  builds the Windows program and its installer (Debian; --help: options)
                        (--check: builds it, and proves under Wine that it does its work)
python3 run.py linux    builds the .deb and the wheel (Debian; --help: options)
                        (--check: builds them, and installs them in clean places, as root)
python3 run.py lock     makes requirements.lock anew after a change of pyproject.toml
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "hbgz-setup.sha256"
IS_WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if IS_WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if IS_WINDOWS else "python")
HBGZ = BIN / ("hbgz.exe" if IS_WINDOWS else "hbgz")
OTHER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3")

QT_PACKAGES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxkbcommon0",
)
FONT_PACKAGES = ("fonts-noto-cjk",)
PEER_PACKAGES = ("dcmtk", "orthanc", "strace")
BROWSER_PACKAGES = ("chromium", "chromium-driver")
WINDOWS_PACKAGES = (
    "binutils-mingw-w64-x86-64",
    "gcc-mingw-w64-x86-64-win32",
    "mingw-w64-x86-64-dev",
    "nsis",
    "osslsigncode",
)
WINE_PACKAGES = ("fonts-wqy-microhei", "wine", "wine64", "xvfb")
CLEAN_DEBIAN_PACKAGES = ("mmdebstrap", "systemd-container", "xvfb")
POLICY = Path("/usr/sbin/policy-rc.d")


class RunError(Exception):
    """Something a person must put right; the text says what."""


def say(text: str) -> None:
    """Print one progress line, at once, in order with what child processes print."""
    print(text, flush=True)


def call(argv: Sequence[str | Path], env: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder with no stdin; return its exit status."""
    words = [str(word) for word in argv]
    everything = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
    return subprocess.run(
        words, cwd=ROOT, env=everything, stdin=subprocess.DEVNULL, check=False
    ).returncode


def answers(argv: Sequence[str | Path]) -> str | None:
    """What a program prints, or None when it is not there or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in argv],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


# ---- set-up: system packages ------------------------------------------------------------------


def can_make_venv(python: str) -> bool:
    """Whether this Python is new enough and has venv with pip (Debian splits it off)."""
    test = f"import sys, venv, ensurepip; sys.exit(sys.version_info < {OLDEST})"
    return answers([python, "-c", test]) is not None


def find_python() -> str | None:
    """A Python that can make .venv: the running one if possible."""
    others = filter(None, map(shutil.which, OTHER_PYTHONS))
    return next((python for python in [sys.executable, *others] if can_make_venv(python)), None)


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Those of the Debian packages that dpkg does not have installed."""
    # since the 64-bit time change some libraries are called …t64
    names = [name for package in wanted for name in (package, f"{package}t64")]
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (line.split() for line in done.stdout.splitlines())
    installed = {words[1].removesuffix("t64") for words in lines if words[0].startswith("ii")}
    return [package for package in wanted if package not in installed]


@contextlib.contextmanager
def services_stay_off() -> Iterator[None]:
    """Keep apt from starting what it installs: Orthanc's service would take ports 8042 and 4242."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root; False when that did not work."""
    say(f"[setup] installing by apt: {' '.join(packages)}")
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call([*apt, "update"], quiet)  # an old list may do, so its failure alone decides nothing
    with services_stay_off():
        return call([*apt, "install", "-y", "--no-install-recommends", *packages], quiet) == 0


def is_root() -> bool:
    """Whether this user may install system packages."""
    return sys.platform != "win32" and os.geteuid() == 0


def install_system_packages(
    *, needs_peers: bool, needs_browser: bool, more: Sequence[str] = ()
) -> None:
    """Put in place what Debian does not bring along; elsewhere there is nothing to do.

    Args:
        needs_peers: Fonts, DCMTK, Orthanc and strace must be there.
        needs_browser: A browser with its driver must be there; otherwise none is installed.
        more: What this command cannot do without besides.

    Raises:
        RunError: Something this command cannot do without is missing and cannot be installed.
    """
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        return
    browser = BROWSER_PACKAGES if needs_browser else ()
    wanted = [*QT_PACKAGES, *FONT_PACKAGES, *PEER_PACKAGES, *browser, *more]
    missing = missing_packages(wanted)
    if not PYTHON.exists() and find_python() is None:
        missing.append("python3-venv")
    if not missing or (is_root() and apt_install(missing)):
        return
    command = f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
    spare = set() if needs_peers else {*FONT_PACKAGES, *PEER_PACKAGES}
    if set(missing) - spare:
        raise RunError(f"system packages are missing; run this once, then try again:\n  {command}")
    say(f"[setup] going on without {' '.join(missing)}; to have them:\n  {command}")


# ---- set-up: .venv ----------------------------------------------------------------------------


def fingerprint() -> str:
    """What .venv is made from; its last line is the folder, which scripts in .venv name."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return f"{hashlib.sha256(b'|'.join(parts)).hexdigest()}\n{ROOT}"


def is_usable() -> bool:
    """Whether the .venv that stands here works and was made here, not moved or copied here."""
    if answers([PYTHON, "-m", "pip", "--version"]) is None:
        return False
    return not STAMP.exists() or STAMP.read_text(encoding="utf-8").endswith(f"\n{ROOT}")


def make_venv() -> None:
    """Make .venv unless a usable one stands there.

    Raises:
        RunError: No Python here can make one.
    """
    if is_usable():
        return
    python = find_python()
    if python is None:
        raise RunError("this Python has no venv and pip (Debian: apt-get install python3-venv)")
    say(f"[setup] making {VENV} with {python}")
    if call([python, "-m", "venv", "--clear", VENV]) != 0:
        raise RunError(f"{python} could not make {VENV}")


def install_python_packages() -> None:
    """Fill .venv with exactly what the lock names, then the project itself, editable.

    Raises:
        RunError: pip failed; its own words stand above.
    """
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
    ]
    if not sys.stdout.isatty():
        pip += ["--quiet", "--progress-bar", "off"]
    count = len(re.findall(r"^[A-Za-z0-9].*==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    say(f"[setup] installing {count} locked packages by pip (the first time takes minutes)")
    if call([*pip, "--require-hashes", "-r", LOCK]) != 0:
        raise RunError("pip could not install requirements.lock")
    say("[setup] installing the project itself")
    if call([*pip, "--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT]) != 0:
        raise RunError("pip could not install the project")


def setup(*, needs_peers: bool, needs_browser: bool = False, more: Sequence[str] = ()) -> None:
    """Make the machine ready; a second time it only looks.

    Args:
        needs_peers: Whether to stop when fonts, DCMTK, Orthanc or strace cannot be installed.
        needs_browser: Whether the long tests' browser is installed too.
        more: Debian packages besides, which must be there.
    """
    start = time.monotonic()
    install_system_packages(needs_peers=needs_peers, needs_browser=needs_browser, more=more)
    wanted = fingerprint()
    if not (HBGZ.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted):
        make_venv()
        STAMP.unlink(missing_ok=True)
        install_python_packages()
        STAMP.write_text(wanted, encoding="utf-8")
    say(f"[setup] ready: {HBGZ} ({time.monotonic() - start:.1f} s)")


# ---- demo, lock, main -------------------------------------------------------------------------


def demo(arguments: Sequence[str]) -> int:
    """Hand over to the program's own demo."""
    command = [str(HBGZ), "demo", *arguments]
    say(f"[demo] {shlex.join(command)}")
    if not IS_WINDOWS:
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def lock(arguments: Sequence[str]) -> int:
    """Make requirements.lock anew by uv, for every system and Python that we support."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN))
    if uv is None:
        raise RunError("uv is not on the path (pip install uv)")
    say("[lock] resolving for all systems")
    resolve = ["--group", "dev", "--universal", "--python-version", "3.11"]
    form = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
    return call([uv, "pip", "compile", "pyproject.toml", *resolve, *form, *arguments, "-o", LOCK])


def linux(arguments: Sequence[str]) -> int:
    """Build the Debian package and the wheel; with ``--check`` also try them in clean places."""
    is_check = "--check" in arguments
    setup(needs_peers=is_check, more=CLEAN_DEBIAN_PACKAGES if is_check else ())
    module = "installer.check_linux" if is_check else "installer.build_linux"
    return call([PYTHON, "-m", module, *(word for word in arguments if word != "--check")])


def windows(arguments: Sequence[str]) -> int:
    """Build the Windows program, or with ``--check`` build it and try it under Wine."""
    is_check = "--check" in arguments
    setup(needs_peers=is_check, more=(*WINDOWS_PACKAGES, *(WINE_PACKAGES if is_check else ())))
    module = "installer.check_windows" if is_check else "installer.build_windows"
    rest = [word for word in arguments if word != "--check"]
    return call([PYTHON, "-m", module, *rest])


def restart_with_newer_python() -> int:
    """Run again by a Python that is new enough, or say that there is none."""
    python = next(filter(None, map(shutil.which, OTHER_PYTHONS[:-1])), None)
    if python is None:
        say(f"error: Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
        return 1
    return subprocess.run([python, *sys.argv], check=False).returncode


def parse() -> tuple[str, list[str]]:
    """Read the command; what stands behind it is for the program that does it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in ("setup", "demo", "test", "windows", "linux", "lock"):
        commands.add_parser(name, add_help=False)
    options, rest = parser.parse_known_args()
    if rest and options.command == "setup":
        parser.error(f"setup takes no arguments: {' '.join(rest)}")
    return options.command, rest


def wants_browser(rest: Sequence[str]) -> bool:
    """Whether these arguments of ``test`` lead to the long tests, some of which click in a browser."""
    return "--long" in rest or "--only=long" in rest or ("--only" in rest and "long" in rest)


def run(command: str, rest: Sequence[str]) -> int:
    """Do one command; its exit status."""
    if command == "lock":
        return lock(rest)
    if command == "windows":
        return windows(rest)
    if command == "linux":
        return linux(rest)
    is_test = command == "test"
    setup(needs_peers=is_test, needs_browser=is_test and wants_browser(rest))
    if command == "demo":
        return demo(rest)
    return call([PYTHON, ROOT / "tests" / "stages.py", *rest]) if command == "test" else 0


def main() -> int:
    """Do what the command line asks; status 1 with one clear line for trouble that is known."""
    if sys.version_info < OLDEST:
        return restart_with_newer_python()
    command, rest = parse()
    try:
        return run(command, rest)
    except RunError as error:
        say(f"error: {error}")
    except KeyboardInterrupt:
        say("interrupted")
    return 1


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese paths
    sys.exit(main())
