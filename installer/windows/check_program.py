"""``hbgz.exe -m check_program``: is this program folder whole, and does everything compiled in it load here?

The installer runs it on the new files before it lets go of the old ones; IT may run it at any time. Exit code 0, or 1
with a line for each thing that is wrong.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from pathlib import Path

MANIFEST = "files.sha256"
COMPILED = (
    *("PySide6.QtWidgets", "PySide6.QtSvg", "PySide6.QtPrintSupport", "PySide6.QtNetwork"),
    *("numpy", "gdcm", "openjpeg", "rle", "jpeg_ls", "pypdfium2", "PIL.Image"),
    *("imagecodecs._jpeg8", "imagecodecs._jpeg2k", "imagecodecs._imcd"),
    *("cryptography.hazmat.bindings._rust", "Cryptodome.Cipher.AES", "pydantic_core"),
    *("psutil", "sqlalchemy", "sqlite3", "ssl", "lzma", "ctypes"),
)
OURS = ("hbgz_desktop.app", "hbgz_desktop.engine", "hbgz_desktop.cli.main")


def problems(program: Path) -> list[str]:
    """What is wrong with the program folder, a line each."""
    return [*_wrong_files(program), *_what_does_not_load()]


def _wrong_files(program: Path) -> list[str]:
    """Files that are missing or differ from the list; what lies there besides is no matter."""
    try:
        lines = (program / MANIFEST).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        return [f"{MANIFEST}: {error.strerror}"]
    found = []
    for line in lines:
        wanted, _, name = line.partition("  ")
        try:
            with (program / name).open("rb") as file:
                is_right = hashlib.file_digest(file, "sha256").hexdigest() == wanted
        except OSError as error:
            found.append(f"{name}: {error.strerror}")
            continue
        if not is_right:
            found.append(f"{name}: not as it was built")
    return found


def _what_does_not_load() -> list[str]:
    found = []
    for name in (*COMPILED, *OURS):
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001  # whatever a broken library raises is the answer here
            said = str(error).strip().split("\n")[-1]  # numpy writes a page, its cause last
            found.append(f"{name}: {type(error).__name__}: {said}")
    return found


def main() -> int:
    """Print what is wrong with the folder this module lies in."""
    found = problems(Path(__file__).resolve().parent.parent)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
