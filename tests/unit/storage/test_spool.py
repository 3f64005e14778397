from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hbgz_desktop.model.errors import DiskFullError, StorageError
from hbgz_desktop.model.failpoints import ENVIRONMENT, EXIT_CODE
from hbgz_desktop.storage.spool import Spool
from hbgz_desktop.system.os_errors import translate_os_error
from tests.held_open import kept_open

if sys.platform != "win32":
    import resource

WRITE = """
import sys
from pathlib import Path
from hbgz_desktop.storage.spool import Spool
print(Spool(Path(sys.argv[1]), reserve_mb=0).write(b"DICM" * 1000).path)
"""


@pytest.fixture
def spool(data_dir: Path) -> Spool:
    return Spool(data_dir / "spool", reserve_mb=0)


def every_file(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_are_kept_exactly(spool: Spool) -> None:
    done = spool.write(b"meta", memoryview(b"dataset"), b"")
    assert spool.absolute(done.path).read_bytes() == b"metadataset"
    assert done.size_bytes == 11
    assert list(spool.files()) == [done.path]


def test_names_are_ours_alone(spool: Spool) -> None:
    names = {spool.write(b"x").path for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"\d{8}/\d{4}/[0-9a-f]+-[0-9a-f]{8}\.dcm", one) for one in names)


def test_files_of_another_kind_have_their_suffix(data_dir: Path) -> None:
    spool = Spool(data_dir / "reports", reserve_mb=0, suffix=".pdf")
    assert spool.write(b"%PDF-").path.endswith(".pdf")


@pytest.mark.kill
@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("receive.after_write", False),
        ("receive.after_sync", False),
        ("receive.after_rename", True),
        ("receive.after_folder_sync", True),
    ],
)
def test_a_kill_leaves_a_whole_file_or_a_part_that_is_swept(
    spool: Spool, place: str, kept: bool
) -> None:
    environment = {**os.environ, ENVIRONMENT: f"{place}=kill"}
    command = [sys.executable, "-c", WRITE, str(spool.root)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == EXIT_CODE
    assert len(every_file(spool.root)) == 1
    assert spool.remove_parts() == int(not kept)
    found = list(spool.files())
    assert len(found) == int(kept)
    assert all(spool.absolute(one).stat().st_size == 4000 for one in found)


def test_the_reserve_is_kept(data_dir: Path) -> None:
    spool = Spool(data_dir / "spool", reserve_mb=10**9)
    assert not spool.has_room()
    with pytest.raises(DiskFullError) as caught:
        spool.write(b"x")
    assert caught.value.code == "disk_reserve_reached"
    assert every_file(spool.root) == []


def test_the_systems_refusal_leaves_nothing(spool: Spool) -> None:
    """A limit on the file's size stands in for a full disk: the write fails half way."""
    if sys.platform == "win32":
        pytest.skip("needs RLIMIT_FSIZE; tests/integration fills a real volume")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(StorageError) as caught:
            spool.write(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.retryable
    assert every_file(spool.root) == []
    assert spool.write(b"x").size_bytes == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs /dev/full")
def test_a_full_disk_is_named(spool: Spool) -> None:
    """/dev/full answers every write with ENOSPC."""
    with (
        pytest.raises(OSError, match="No space left") as caught,
        Path("/dev/full").open("wb", buffering=0) as full,
    ):
        full.write(b"x")
    assert isinstance(translate_os_error(caught.value), DiskFullError)
    assert spool.has_room()


def test_a_folder_that_was_taken_away_is_made_again(spool: Spool) -> None:
    spool.write(b"x")
    shutil.rmtree(spool.root)
    spool.root.mkdir()
    errors = []
    for _ in range(10):
        try:
            spool.write(b"x")
        except StorageError as error:
            errors.append(error.code)
    assert errors in ([], ["storage_io"]), "it is missed at most once, then made"


def test_removing_is_patient(spool: Spool) -> None:
    done = spool.write(b"x")
    spool.remove(done.path)
    spool.remove(done.path)
    assert list(spool.files()) == []


def test_a_file_that_cannot_go_is_told(data_dir: Path) -> None:
    told: list[str] = []
    spool = Spool(data_dir / "spool", reserve_mb=0, on_held=told.append)
    path = spool.write(b"x").path
    with kept_open(spool.absolute(path)):
        spool.remove(path)
        assert told == [path]
    spool.remove(path)
    assert (told, list(spool.files())) == ([path], [])


def test_work_in_progress_is_no_file(spool: Spool) -> None:
    scratch = spool.root / ".fetch-abc"
    scratch.mkdir()
    (scratch / "report.dcm").write_bytes(b"half")
    assert list(spool.files()) == []


def test_a_root_that_cannot_be_made_is_an_error_of_ours(data_dir: Path) -> None:
    (data_dir / "spool").write_bytes(b"a file in the way")
    with pytest.raises(StorageError):
        Spool(data_dir / "spool" / "deeper", reserve_mb=0)


def test_a_root_that_vanished_is_an_error_of_ours(spool: Spool) -> None:
    spool.root.rmdir()
    with pytest.raises(StorageError) as caught:
        spool.has_room()
    assert caught.value.code == "storage_io"
