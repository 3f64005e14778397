"""makensis takes the script without a warning; the same input gives the same installer; both parts get signed."""

from __future__ import annotations

import argparse
import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from installer.launchers import version_numbers
from installer.setup_file import SCRIPT, make_setup
from installer.signing import Signer, add_options, chosen_signer
from installer.steps import BuildError, attempt

if TYPE_CHECKING:
    from pathlib import Path

needs_nsis = pytest.mark.skipif(
    shutil.which("makensis") is None or shutil.which("osslsigncode") is None,
    reason="run.py windows installs makensis and osslsigncode",
)


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """Signs with a certificate of its own."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hbgz_desktop test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(secret)
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    words = ["--certificate", str(tmp_path / "certificate.pem"), "--key", str(tmp_path / "key.pem")]
    chosen = chosen_signer(_parsed(*words))
    assert chosen is not None
    return chosen


def _parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(words)


@needs_nsis
@pytest.mark.long  # makensis reads its 60 include files for 2 s each time
@pytest.mark.parametrize("fast", [True, False])
def test_two_installers_of_one_folder_are_equal(
    program: Path, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fast: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found = []
    for name in ("first", "second"):
        setup = tmp_path / f"{name}.exe"
        make_setup(program, tools, setup, version="1.2.3", fast=fast, signer=None)
        found.append(setup.read_bytes())
    assert found[0] == found[1]
    assert found[0][:2] == b"MZ"


@needs_nsis
@pytest.mark.timeout(120)
def test_the_installer_is_signed(
    program: Path, tools: Path, tmp_path: Path, signer: Signer, capfd: pytest.CaptureFixture[str]
) -> None:
    setup = tmp_path / "1.2.3-setup.exe"
    make_setup(program, tools, setup, version="1.2.3", fast=True, signer=signer)
    certificate = tmp_path / "certificate.pem"
    verify: list[str | Path] = [
        "osslsigncode",
        "verify",
        "-ignore-cdp",
        "-CAfile",
        certificate,
        "-in",
        setup,
    ]
    status, said = attempt(verify)
    assert status == 0, said
    assert "hbgz_desktop test" in said
    assert "signed: 1.2.3-setup.exe" in capfd.readouterr().out


@needs_nsis
@pytest.mark.timeout(120)
def test_an_uninstaller_that_cannot_be_signed_ends_the_build(
    program: Path, tools: Path, tmp_path: Path
) -> None:
    """It is signed while makensis works, before the installer itself."""
    nobody = Signer(("-certs", str(tmp_path / "no.pem"), "-key", str(tmp_path / "no.pem")))
    setup = tmp_path / "1.2.3-setup.exe"
    with pytest.raises(BuildError, match=r"makensis failed[\s\S]*osslsigncode failed"):
        make_setup(program, tools, setup, version="1.2.3", fast=True, signer=nobody)


@pytest.mark.parametrize(
    "words",
    [
        ("--key", "key.pem"),
        ("--password-file", "password.txt"),
        ("--certificate", "not_there.pem", "--key", "key.pem"),
        ("--certificate", "not_there.pem"),
        ("--pkcs12", "not_there.p12"),
    ],
)
def test_half_a_certificate_is_refused_before_anything_is_built(words: tuple[str, ...]) -> None:
    with pytest.raises(BuildError):
        chosen_signer(_parsed(*words))


def test_without_a_certificate_nothing_is_signed() -> None:
    assert chosen_signer(_parsed()) is None


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("1.2.3", ("1", "2", "3", "0")),
        ("0.1", ("0", "1", "0", "0")),
        ("2.0.0rc1", ("2", "0", "0", "0")),
        ("1.2.3.4.5", ("1", "2", "3", "4")),
    ],
)
def test_versions_become_four_numbers(version: str, numbers: tuple[str, ...]) -> None:
    assert version_numbers(version) == numbers


def test_every_text_of_the_pages_is_used_and_every_used_one_is_there() -> None:
    folder = SCRIPT.parent
    texts = (folder / "texts.nsh").read_text(encoding="utf-8")
    names = set(re.findall(r"^!insertmacro Text (\w+)", texts, re.MULTILINE))
    scripts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.ns[hi]"))
    used = {name for name in re.findall(r"\$\((\w+)\)", scripts) if not name.startswith("MUI")}
    assert used == names
