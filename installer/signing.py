"""Authenticode signatures, for whoever holds a certificate: launchers, uninstaller, installer."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from installer.steps import ROOT, BuildError, run, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

KEY_OPTIONS = "HBGZ_SIGNING"
"""Environment variable with osslsigncode's own words, for the step that NSIS starts: it writes the uninstaller."""


class Signer(NamedTuple):
    """With what is signed: osslsigncode's words for certificate, key and time stamp."""

    words: tuple[str, ...]

    def sign(self, files: Iterable[Path]) -> None:
        """Sign files in place; one that is signed already gets the new signature instead.

        Raises:
            BuildError: The signing tool's words.
        """
        for file in files:
            signed = file.with_name(f"{file.name}.signed")
            run(["osslsigncode", "sign", *self.words, "-h", "sha256", "-in", file, "-out", signed])
            signed.replace(file)
            say(f"signed: {file.name}")

    @property
    def command(self) -> str:
        """The command line that signs the file named behind it; the key's words come by ``environment``."""
        return f"{shlex.quote(sys.executable)} -m installer.signing"

    @property
    def environment(self) -> dict[str, str]:
        """What ``command`` needs; the words do not show in a process list for long."""
        return {KEY_OPTIONS: shlex.join(self.words), "PYTHONPATH": str(ROOT)}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name certificate and key."""
    group = parser.add_argument_group("signing")
    group.add_argument("--certificate", type=Path, help="certificate with its chain (PEM)")
    group.add_argument("--key", help="its private key: a PEM file, or the URI of one in a token")
    group.add_argument("--pkcs12", type=Path, help="certificate and key in one file")
    group.add_argument("--password-file", type=Path, help="first line: password of the key")
    group.add_argument("--pkcs11-module", type=Path, help="driver of the token that holds the key")
    group.add_argument("--timestamp", help="address of an RFC 3161 time-stamp service")


def chosen_signer(options: argparse.Namespace) -> Signer | None:
    """The signer those options name; None = nothing is signed.

    Raises:
        BuildError: The options do not fit together, or a file is not there.
    """
    if options.pkcs12 is None and options.certificate is None:
        if options.key or options.pkcs11_module or options.password_file:
            raise BuildError("--certificate or --pkcs12 is missing")
        return None
    if options.pkcs12 is None and not options.key:
        raise BuildError("--key is missing")
    given = (options.certificate, options.pkcs12, options.password_file, options.pkcs11_module)
    for file in filter(None, given):
        if not file.is_file():
            raise BuildError(f"{file} is not there")
    words = {
        "-pkcs11module": options.pkcs11_module,
        "-pkcs12": options.pkcs12,
        "-certs": options.certificate,
        "-key": options.key,
        "-readpass": options.password_file,
        "-ts": options.timestamp,
    }
    pairs = [(name, str(value)) for name, value in words.items() if value]
    return Signer(tuple(word for pair in pairs for word in pair))


def main() -> int:
    """Sign the files named on the command line, as the environment says."""
    try:
        Signer(tuple(shlex.split(os.environ[KEY_OPTIONS]))).sign(map(Path, sys.argv[1:]))
    except BuildError as error:
        say(f"error: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
