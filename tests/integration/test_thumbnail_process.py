"""The thumbnail process: pictures from outside our own process, and a new one when it dies."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from hbgz_desktop.dicom.thumbnail_client import ThumbnailProcess
from hbgz_desktop.model.errors import DicomError
from tests.unit.dicom.samples import CT_SMALL, PYDICOM_FILES, jpeg_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def thumbnails() -> Iterator[ThumbnailProcess]:
    """A client; its process starts at the first request."""
    client = ThumbnailProcess()
    yield client
    client.close()


def workers() -> list[psutil.Process]:
    """Ours; other tests of this process may have left children of their own."""
    return [
        child
        for child in psutil.Process().children()
        if any("thumbnail_worker" in word for word in child.cmdline())
    ]


def worker() -> psutil.Process:
    (child,) = workers()
    return child


def test_a_picture_is_written_whole(thumbnails: ThumbnailProcess, data_dir: Path) -> None:
    out = data_dir / "缩略图.jpg"
    thumbnails.render(CT_SMALL, out)
    assert jpeg_size(out.read_bytes()) == (128, 128)
    thumbnails.render(CT_SMALL, out, side_px=64)
    assert jpeg_size(out.read_bytes()) == (64, 64)
    assert [path.name for path in data_dir.iterdir()] == [out.name]


def test_one_process_serves_many_requests(thumbnails: ThumbnailProcess, tmp_path: Path) -> None:
    thumbnails.render(CT_SMALL, tmp_path / "1.jpg")
    first = worker().pid
    thumbnails.render(CT_SMALL, tmp_path / "2.jpg")
    assert worker().pid == first
    assert worker().nice() != psutil.Process().nice()


def test_reasons_come_back(thumbnails: ThumbnailProcess, tmp_path: Path) -> None:
    for path, reason in (
        (PYDICOM_FILES / "test_files" / "test-SR.dcm", "no_pixels"),
        (tmp_path / "none", "unreadable"),
    ):
        with pytest.raises(DicomError) as caught:
            thumbnails.render(path, tmp_path / "a.jpg")
        assert caught.value.code == "thumbnail_unavailable"
        assert caught.value.facts["reason"] == reason
    with pytest.raises(DicomError) as caught:
        thumbnails.render(CT_SMALL, tmp_path / "missing" / "a.jpg")
    assert caught.value.facts["reason"] == "cannot_write"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.kill
def test_a_dead_process_is_replaced(thumbnails: ThumbnailProcess, tmp_path: Path) -> None:
    thumbnails.render(CT_SMALL, tmp_path / "1.jpg")
    dead = worker()
    dead.kill()
    dead.wait(10)
    thumbnails.render(CT_SMALL, tmp_path / "2.jpg")
    assert worker().pid != dead.pid


@pytest.mark.kill
def test_a_hanging_process_is_given_up(thumbnails: ThumbnailProcess, tmp_path: Path) -> None:
    thumbnails.render(CT_SMALL, tmp_path / "1.jpg")
    stuck = worker()
    stuck.suspend()
    with pytest.raises(DicomError) as caught:
        thumbnails.render(CT_SMALL, tmp_path / "2.jpg", timeout_s=0.3)
    assert caught.value.facts["reason"] == "timeout"
    thumbnails.render(CT_SMALL, tmp_path / "3.jpg")
    assert worker().pid != stuck.pid


def test_closing_ends_the_process(tmp_path: Path) -> None:
    client = ThumbnailProcess()
    client.render(CT_SMALL, tmp_path / "1.jpg")
    client.close()
    assert workers() == []
    client.close()


def test_who_comes_after_the_closing_starts_no_new_process(tmp_path: Path) -> None:
    client = ThumbnailProcess()
    client.close()
    with pytest.raises(DicomError) as caught:
        client.render(CT_SMALL, tmp_path / "1.jpg")
    assert caught.value.facts["reason"] == "crashed"
    assert workers() == []


def test_the_process_ends_with_its_input() -> None:
    asked = json.dumps({"id": 1, "path": "none", "out": "none", "side_px": 64})
    done = subprocess.run(
        [sys.executable, "-m", "hbgz_desktop.dicom.thumbnail_worker"],
        input=f"{asked}\nnonsense\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": 1, "ok": False, "reason": "unreadable"},
        {"id": None, "ok": False, "reason": "bad_request"},
    ]
