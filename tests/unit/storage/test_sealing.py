from __future__ import annotations

import os
import stat
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.sealing import KeyFileSealer, make_sealer
from hbgz_desktop.storage.secret_store import SecretStore
from hbgz_desktop.storage.tables import secrets

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.storage.database import Database

SECRET = "DFDK045DSF1DSF55DS 密钥"


def test_what_is_sealed_comes_back(data_dir: Path) -> None:
    sealed = make_sealer(data_dir).seal(SECRET.encode())
    assert SECRET.encode() not in sealed
    assert make_sealer(data_dir).unseal(sealed).decode() == SECRET


def test_another_machine_cannot_read_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    sealed = KeyFileSealer(here / "secret.key").seal(SECRET.encode())
    with pytest.raises(StorageError) as caught:
        KeyFileSealer(there / "secret.key").unseal(sealed)
    assert (caught.value.code, caught.value.retryable) == ("secret_unreadable", False)
    assert SECRET not in repr(caught.value)


@pytest.mark.parametrize("damage", [b"", b"x", b"\xff" * 200])
def test_damaged_bytes_are_refused(data_dir: Path, damage: bytes) -> None:
    with pytest.raises(StorageError):
        KeyFileSealer(data_dir / "secret.key").unseal(damage)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_key_file_is_its_owners_alone(data_dir: Path) -> None:
    path = data_dir / "secret.key"
    before = os.umask(0)
    try:
        KeyFileSealer(path)
    finally:
        os.umask(before)
    assert mode(path) == 0o600 or sys.platform == "win32"
    path.chmod(0o644)
    KeyFileSealer(path)
    assert mode(path) == 0o600 or sys.platform == "win32", "a restored copy is closed again"
    assert [one.name for one in data_dir.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\xfe"])
def test_a_damaged_key_file_is_an_error_of_ours(data_dir: Path, content: bytes) -> None:
    path = data_dir / "secret.key"
    path.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        KeyFileSealer(path)
    assert caught.value.code == "secret_key_damaged"
    assert path.read_bytes() == content, "it is not overwritten: a backup may still be wanted"


def test_a_folder_in_its_place_is_an_error_of_ours(data_dir: Path) -> None:
    (data_dir / "secret.key").mkdir()
    with pytest.raises(StorageError) as caught:
        KeyFileSealer(data_dir / "secret.key")
    assert caught.value.code == "storage_io"


def test_all_who_start_at_once_use_one_key(data_dir: Path) -> None:
    start = threading.Barrier(8)
    sealed: list[bytes] = []

    def make() -> None:
        start.wait()
        sealed.append(KeyFileSealer(data_dir / "secret.key").seal(b"x"))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = KeyFileSealer(data_dir / "secret.key")
    assert [reader.unseal(one) for one in sealed] == [b"x"] * 8


def test_secrets_are_kept_sealed(database: Database, data_dir: Path) -> None:
    store = SecretStore(database, make_sealer(data_dir))
    assert (store.get("guizhou.key"), store.has("guizhou.key")) == ("", False)
    store.set("guizhou.key", "old")
    store.set("guizhou.key", SECRET)
    assert (store.get("guizhou.key"), store.has("guizhou.key")) == (SECRET, True)
    with database.read() as connection:
        sealed = connection.execute(select(secrets.c.sealed)).scalar_one()
    assert SECRET.encode() not in sealed
    store.set("guizhou.key", "")
    assert not store.has("guizhou.key")


def test_a_database_moved_elsewhere_asks_for_its_secrets_again(
    database: Database, data_dir: Path, tmp_path: Path
) -> None:
    SecretStore(database, make_sealer(data_dir)).set("guizhou.key", SECRET)
    with pytest.raises(StorageError) as caught:
        SecretStore(database, make_sealer(tmp_path)).get("guizhou.key")
    assert caught.value.code == "secret_unreadable"
