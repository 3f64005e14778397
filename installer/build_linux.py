"""``python3 run.py linux``: a .deb for Debian 12 with the engine as a systemd unit, and a wheel for pipx."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop import __version__
from installer.debian_package import make_package
from installer.linux_program import lay_out
from installer.python_wheel import build_wheel, write_constraints
from installer.steps import ROOT, BuildError, say, sha256_of
from installer.trimming import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Built(NamedTuple):
    """What a build made.

    Attributes:
        package: The .deb.
        wheel: Of the program alone.
        constraints: The versions of everything else.
        requirements: The same with hashes.
        tree: What is packed in the .deb, as it will lie on the machine.
    """

    package: Path
    wheel: Path
    constraints: Path
    requirements: Path
    tree: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; 1 with one clear line for trouble that is known."""
    options = _parse(arguments)
    try:
        build(options.out, fast=options.fast)
    except BuildError as error:
        say(f"error: {error}")
        return 1
    return 0


def build(out: Path, *, fast: bool) -> Built:
    """Package and wheel.

    Args:
        out: They come to stand here, the tree in ``work/``.
        fast: Compress quickly instead of small.

    Raises:
        BuildError: What is missing or failed.
    """
    work = out / "work"
    bill = lay_out(work / "program", work, __version__)
    say(
        f"program folder: {size_of(work / 'program') >> 20} MB, payload sha256 {bill['payload_sha256']}"
    )
    tree = work / "tree"
    package = make_package(work / "program", tree, out, __version__, fast=fast)
    say(f"{package} {package.stat().st_size / 1e6:.1f} MB, sha256 {sha256_of(package)}")
    wheel = build_wheel(out, __version__)
    requirements = work / "requirements-linux.txt"
    constraints = write_constraints(requirements, out, __version__)
    say(f"{wheel} {wheel.stat().st_size / 1e6:.1f} MB, sha256 {sha256_of(wheel)}")
    return Built(package, wheel, constraints, requirements, tree)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py linux", description=__doc__)
    place = ROOT / "dist" / "linux"
    parser.add_argument("--out", type=Path, default=place, help="where to build")
    quick = "zstd instead of xz: half as big again, packed in seconds"
    parser.add_argument("--fast", action="store_true", help=quick)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
