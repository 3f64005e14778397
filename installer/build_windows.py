"""``python3 run.py windows``: the Windows program folder and its installer, built on Debian without Windows."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop import __version__
from installer.program_folder import TOOLS, finish, lay_out
from installer.setup_file import make_setup
from installer.signing import add_options, chosen_signer
from installer.steps import ROOT, BuildError, require_tools, say
from installer.trimming import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from installer.signing import Signer


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; 1 with one clear line for trouble that is known."""
    options = _parse(arguments)
    start = time.monotonic()
    try:
        require_tools()
        signer = chosen_signer(options)
        if options.sign_only:
            setup = sign_built(options.out, signer, fast=options.fast)
        else:
            setup = build(
                options.out,
                options.runtime_zip,
                options.runtime_sha256,
                fast=options.fast,
                signer=signer,
            )
    except BuildError as error:
        say(f"error: {error}")
        return 1
    say(f"{setup} {setup.stat().st_size / 1e6:.1f} MB, {time.monotonic() - start:.0f} s")
    return 0


def build(
    out: Path,
    runtime_zip: Path | None,
    runtime_sha256: str,
    *,
    fast: bool,
    signer: Signer | None = None,
) -> Path:
    """Program folder and installer; where the installer is.

    Args:
        out: ``program/`` and the installer come to stand here.
        runtime_zip: The official embeddable Python, for releases.
        runtime_sha256: Its hash.
        fast: Do not compress: for tries.
        signer: Signs everything of ours; None = nothing is signed.

    Raises:
        BuildError: What is missing or failed.
    """
    program, work = out / "program", out / "work"
    lay_out(
        program,
        work,
        version=__version__,
        runtime_zip=runtime_zip,
        runtime_sha256=runtime_sha256,
    )
    return _pack(out, signer, fast=fast)


def sign_built(out: Path, signer: Signer | None, *, fast: bool) -> Path:
    """Sign what ``build`` left in ``out`` and pack it anew: for a certificate that lies on another machine.

    Raises:
        BuildError: No certificate was named, nothing was built there, or signing failed.
    """
    if signer is None:
        raise BuildError("--certificate or --pkcs12 is missing")
    if not (out / "work" / TOOLS / "running_copies.exe").is_file():
        raise BuildError(f"nothing was built in {out}")
    return _pack(out, signer, fast=fast)


def _pack(out: Path, signer: Signer | None, *, fast: bool) -> Path:
    program, work = out / "program", out / "work"
    bill = finish(program, work, __version__, signer)
    say(f"program folder: {size_of(program) >> 20} MB, payload sha256 {bill['payload_sha256']}")
    setup = out / f"hbgz_desktop-{__version__}-setup.exe"
    make_setup(program, work / TOOLS, setup, version=__version__, fast=fast, signer=signer)
    return setup


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py windows", description=__doc__)
    place = ROOT / "dist" / "windows"
    parser.add_argument("--out", type=Path, default=place, help="where to build")
    fast = "not compressed: four times as big, packed in seconds"
    parser.add_argument("--fast", action="store_true", help=fast)
    parser.add_argument("--runtime-zip", type=Path, help="official python-3.11.x-embed-amd64.zip")
    parser.add_argument("--runtime-sha256", default="", help="the hash that file must have")
    only = "build nothing: sign what stands in --out, and pack it anew"
    parser.add_argument("--sign-only", action="store_true", help=only)
    add_options(parser)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
