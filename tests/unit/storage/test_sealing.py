from __future__ import annotations

import ctypes
import os
import stat
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.sealing import DpapiSealer, KeyFileSealer, make_sealer
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no key file")
def test_where_accounts_share_the_folder_its_group_reads_the_key(data_dir: Path) -> None:
    path = data_dir / "secret.key"
    sealed = KeyFileSealer(path, for_group=True).seal(b"k")
    assert mode(path) == 0o640
    assert KeyFileSealer(path, for_group=True).unseal(sealed) == b"k"
    KeyFileSealer(path)
    assert mode(path) == 0o600, "taken home to an account's own folder it is closed again"


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


@pytest.mark.linux_only(
    "Windows' key is the account's or the machine's, not a file beside the data"
)
def test_a_database_moved_elsewhere_asks_for_its_secrets_again(
    database: Database, data_dir: Path, tmp_path: Path
) -> None:
    SecretStore(database, make_sealer(data_dir)).set("guizhou.key", SECRET)
    with pytest.raises(StorageError) as caught:
        SecretStore(database, make_sealer(tmp_path)).get("guizhou.key")
    assert caught.value.code == "secret_unreadable"


class DataProtection:
    """Windows' data protection as a program of one account sees it: the wire below ``DpapiSealer``.

    Flag 4 seals for every account of the machine, else only the same account can unseal.
    """

    def __init__(self, account: bytes) -> None:
        self._account = account
        self._kept: list[object] = []
        self.crypt32: Any = SimpleNamespace(
            CryptProtectData=self._protect, CryptUnprotectData=self._unprotect
        )
        self.kernel32: Any = SimpleNamespace(LocalFree=Freeing())

    def _protect(self, source: Any, *rest: Any) -> int:
        content = ctypes.string_at(source._obj.data, source._obj.size)
        reader = b"*" if rest[-2] & 4 else self._account
        return self._give(rest[-1], reader + b"|" + bytes(255 - one for one in content))

    def _unprotect(self, source: Any, *rest: Any) -> int:
        blob = ctypes.string_at(source._obj.data, source._obj.size)
        reader, _, content = blob.partition(b"|")
        if reader not in (b"*", self._account):
            return 0
        return self._give(rest[-1], bytes(255 - one for one in content))

    def _give(self, target: Any, content: bytes) -> int:
        buffer = ctypes.create_string_buffer(content, len(content))
        self._kept.append(buffer)
        target._obj.data = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char))
        target._obj.size = len(content)
        return 1

    def sealer(self, *, for_machine: bool) -> DpapiSealer:
        return DpapiSealer(self.crypt32, self.kernel32, for_machine=for_machine)


class Freeing:
    """LocalFree: ``ctypes`` is told its types on it."""

    def __call__(self, _pointer: object) -> None:
        """The buffers are Python's here."""


CLERK, SERVICE = DataProtection(b"clerk"), DataProtection(b"NetworkService")


def test_what_is_sealed_for_the_machine_every_account_reads() -> None:
    sealed = CLERK.sealer(for_machine=True).seal(SECRET.encode())
    assert SERVICE.sealer(for_machine=True).unseal(sealed).decode() == SECRET
    assert SERVICE.sealer(for_machine=False).unseal(sealed).decode() == SECRET


def test_what_is_sealed_for_an_account_no_other_reads() -> None:
    sealed = CLERK.sealer(for_machine=False).seal(SECRET.encode())
    assert CLERK.sealer(for_machine=True).unseal(sealed).decode() == SECRET
    for damaged in (sealed, b"", b"A:", sealed[2:]):
        with pytest.raises(StorageError) as caught:
            SERVICE.sealer(for_machine=True).unseal(damaged)
        assert caught.value.code == "secret_unreadable"


def test_seals_are_renewed_when_the_folder_becomes_the_machines(database: Database) -> None:
    own = SecretStore(database, CLERK.sealer(for_machine=False))
    own.set("guizhou.key", SECRET)
    own.set("hebei.sm4_key", "0123456789abcdef")
    assert own.renew_seals() == 0
    assert SecretStore(database, SERVICE.sealer(for_machine=True)).renew_seals() == 0, "it cannot"
    assert SecretStore(database, CLERK.sealer(for_machine=True)).renew_seals() == 2
    service = SecretStore(database, SERVICE.sealer(for_machine=True))
    assert (service.get("guizhou.key"), service.get("hebei.sm4_key")) == (
        SECRET,
        "0123456789abcdef",
    )
    assert SecretStore(database, SERVICE.sealer(for_machine=False)).renew_seals() == 2
    with pytest.raises(StorageError):
        own.get("guizhou.key")


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows' own data protection")
def test_windows_seals_for_account_and_machine() -> None:
    if sys.platform == "win32":
        for for_machine in (False, True):
            sealer = DpapiSealer(
                ctypes.windll.crypt32, ctypes.windll.kernel32, for_machine=for_machine
            )
            sealed = sealer.seal(SECRET.encode())
            assert SECRET.encode() not in sealed
            assert sealer.unseal(sealed).decode() == SECRET
            assert sealer.is_current(sealed)
