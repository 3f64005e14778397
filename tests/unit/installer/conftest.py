"""The Windows package is built on Debian: on Windows itself there is nothing here to test."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program folder with everything the installer asks for, and no content to speak of."""
    folder = tmp_path / "program"
    files = {
        "hbgz.exe": b"MZ console",
        "hbgz_desktop.exe": b"MZ window",
        "hbgz_service.exe": b"MZ service",
        "app/hbgz_desktop/__init__.py": b"NUMBER = 7\n",
        "python/python311.dll": b"interpreter",
        "python/LICENSE.txt": b"PSF",
        "LICENSE": b"Apache-2.0",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "lib").mkdir()
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """What the installer carries besides: its own tool and the pictures."""
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "running_copies.exe").write_bytes(b"MZ tool")
    picture = Image.new("RGB", (32, 32), "blue")
    for name, form in (("hbgz_desktop.ico", "ICO"), ("side.bmp", "BMP")):
        buffer = io.BytesIO()
        picture.save(buffer, form)
        (folder / name).write_bytes(buffer.getvalue())
    return folder


@pytest.fixture
def add_wheel(program: Path) -> Callable[..., Path]:
    """Puts a library into the program folder; its dist-info."""

    def add(name: str, licence: str, texts: tuple[str, ...] = ("licenses/LICENSE",)) -> Path:
        info = program / "lib" / f"{name}-1.0.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{licence}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        for text in texts:
            (info / text).parent.mkdir(parents=True, exist_ok=True)
            (info / text).write_text(f"text of {name}", encoding="utf-8")
        return info

    return add
