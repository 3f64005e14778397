"""``python3 run.py windows``: the Windows program folder and its installer, built on Debian without Windows."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from hbgz_desktop import __version__
from installer.launchers import version_numbers
from installer.program_folder import lay_out, source_epoch
from installer.steps import ROOT, BuildError, require_tools, run, say
from installer.trimming import size_of

SCRIPT = ROOT / "installer" / "windows" / "setup.nsi"


def main() -> int:
    """Build; 1 with one clear line for trouble that is known."""
    options = _parse()
    try:
        setup = build(options.out, options.runtime_zip, options.runtime_sha256, fast=options.fast)
        if options.certificate is not None:
            sign(setup, options.certificate, options.key, options.timestamp)
    except BuildError as error:
        say(f"error: {error}")
        return 1
    return 0


def build(out: Path, runtime_zip: Path | None, runtime_sha256: str, *, fast: bool) -> Path:
    """Program folder and installer; where the installer is.

    Args:
        out: ``program/`` and the installer come to stand here.
        runtime_zip: The official embeddable Python, for releases.
        runtime_sha256: Its hash.
        fast: Compress quickly instead of small.

    Raises:
        BuildError: What is missing or failed.
    """
    start = time.monotonic()
    require_tools()
    program = out / "program"
    facts = lay_out(
        program,
        out / "work",
        version=__version__,
        runtime_zip=runtime_zip,
        runtime_sha256=runtime_sha256,
    )
    say(f"program folder: {size_of(program) >> 20} MB, payload sha256 {facts['payload_sha256']}")
    setup = make_setup(program, out, fast=fast)
    size = setup.stat().st_size / 1e6
    say(f"{setup} {size:.1f} MB, {time.monotonic() - start:.0f} s")
    return setup


def make_setup(program: Path, out: Path, *, fast: bool) -> Path:
    """Pack the program folder into one installer."""
    setup = out / f"hbgz_desktop-{__version__}-setup.exe"
    facts = {
        "VERSION": __version__,
        "NUMBERS": ".".join(version_numbers(__version__)),
        "PROGRAM": str(program),
        "OUT": str(setup),
        "ICON": str(out / "work" / "launchers" / "hbgz_desktop.ico"),
        "SIZE_KB": str(size_of(program) >> 10),
        "COMPRESSOR": "zlib" if fast else "/SOLID lzma",
    }
    say("installer: packing")
    given = [f"-D{name}={value}" for name, value in facts.items()]
    epoch = {"SOURCE_DATE_EPOCH": str(source_epoch())}
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, SCRIPT], env=epoch)
    return setup


def sign(file: Path, certificate: Path, key: Path, timestamp: str) -> None:
    """Sign one file in place.

    Raises:
        BuildError: The signing tool's words.
    """
    signed = file.with_suffix(".signed")
    place = ["-ts", timestamp] if timestamp else []
    keys: list[str | Path] = ["-certs", certificate, "-key", key]
    run(["osslsigncode", "sign", *keys, "-h", "sha256", *place, "-in", file, "-out", signed])
    signed.replace(file)
    say(f"signed: {file.name}")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py windows", description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=ROOT / "dist" / "windows", help="where to build"
    )
    parser.add_argument(
        "--fast", action="store_true", help="zlib instead of LZMA: bigger, 5 x faster"
    )
    parser.add_argument("--runtime-zip", type=Path, help="official python-3.11.x-embed-amd64.zip")
    parser.add_argument("--runtime-sha256", default="", help="the hash that file must have")
    parser.add_argument("--certificate", type=Path, help="sign with this certificate (PEM)")
    parser.add_argument("--key", type=Path, help="its private key (PEM)")
    parser.add_argument("--timestamp", default="", help="address of a time-stamp service")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
