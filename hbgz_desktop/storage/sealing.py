"""Secrets at rest (DESIGN 11): Windows DPAPI of user or machine, elsewhere a key file only its owner can read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import stat
import sys
from typing import TYPE_CHECKING, Protocol

from cryptography.fernet import Fernet, InvalidToken

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.system.durable_files import sync_folder
from hbgz_desktop.system.machine_folder import is_machine_folder
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.removal import discard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_OWNER_ONLY = 0o600
_GROUP_READS = 0o640
"""Where accounts share a data folder: the group that folder belongs to."""
_FERNET = b"gAAAA"
_FOR_ACCOUNT, _FOR_MACHINE = b"A:", b"M:"
_NO_PROMPT, _LOCAL_MACHINE = 0x1, 0x4
"""CRYPTPROTECT_UI_FORBIDDEN, CRYPTPROTECT_LOCAL_MACHINE."""


class Sealer(Protocol):
    """Turns secrets into bytes that are useless on another machine."""

    def seal(self, secret: bytes) -> bytes:
        """Encrypt."""

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt.

        Raises:
            StorageError: ``secret_unreadable``: sealed elsewhere, or damaged; ask for it again.
        """

    def is_current(self, sealed: bytes) -> bool:
        """True when ``seal`` would do it in the same way today."""


def _read_or_make(key_file: Path, mode: int) -> bytes:
    """The key; made whole beside its place and linked there, so that nobody ever reads half of one."""
    if not key_file.exists():
        temporary = key_file.with_name(f".{key_file.name}.{secrets.token_hex(4)}.part")
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(handle, "wb") as stream:
                stream.write(Fernet.generate_key())
                stream.flush()
                os.fsync(stream.fileno())
            with contextlib.suppress(FileExistsError):
                key_file.hardlink_to(temporary)
            sync_folder(key_file.parent)
        finally:
            discard(temporary)
    if stat.S_IMODE(key_file.stat().st_mode) != mode:
        key_file.chmod(mode)
    return key_file.read_bytes()


class KeyFileSealer:
    """Fernet (AES-128-CBC, HMAC-SHA256) with the key in a file that only its owner can read, or its group too."""

    def __init__(self, key_file: Path, *, for_group: bool = False) -> None:
        """Read the key, or make one.

        Args:
            key_file: In the data folder.
            for_group: Other accounts must read it too: the engine's, every operator's.

        Raises:
            StorageError: ``secret_key_damaged``: the file does not hold a key; ``storage_io``: it cannot be read.
        """
        try:
            self._fernet = Fernet(
                _read_or_make(key_file, _GROUP_READS if for_group else _OWNER_ONLY)
            )
        except OSError as error:
            raise translate_os_error(error) from error
        except ValueError:
            raise StorageError("secret_key_damaged", retryable=False) from None

    def seal(self, secret: bytes) -> bytes:
        """Encrypt."""
        return self._fernet.encrypt(secret)

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt; raises as the protocol says."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise StorageError("secret_unreadable", retryable=False) from error

    def is_current(self, sealed: bytes) -> bool:
        """There is but one way; what looks otherwise is damaged."""
        return sealed.startswith(_FERNET)


class _Blob(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char))]


class DpapiSealer:
    """Windows data protection by ctypes: for one account, or for every account of this machine.

    What is sealed for the machine is kept from others by the rights of the data folder alone.
    """

    def __init__(
        self, crypt32: ctypes.CDLL, kernel32: ctypes.CDLL, *, for_machine: bool = False
    ) -> None:
        """Take the two system libraries.

        Args:
            crypt32: Has the protection.
            kernel32: Frees its results.
            for_machine: Other accounts of this machine must read it too: the service's, every operator's.
        """
        self._protect = crypt32.CryptProtectData
        self._unprotect = crypt32.CryptUnprotectData
        self._free = kernel32.LocalFree
        self._free.argtypes = [ctypes.c_void_p]
        self._scope = _FOR_MACHINE if for_machine else _FOR_ACCOUNT
        self._flags = _NO_PROMPT | (_LOCAL_MACHINE if for_machine else 0)

    def _call(self, function: Callable[..., int], content: bytes, flags: int) -> bytes:
        buffer = ctypes.create_string_buffer(content, len(content))
        source = _Blob(len(content), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
        target = _Blob()
        if not function(ctypes.byref(source), None, None, None, None, flags, ctypes.byref(target)):
            raise StorageError("secret_unreadable", retryable=False)
        try:
            return ctypes.string_at(target.data, target.size)
        finally:
            self._free(target.data)

    def seal(self, secret: bytes) -> bytes:
        """Encrypt."""
        return self._scope + self._call(self._protect, secret, self._flags)

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt, whichever of the two it was sealed for; raises as the protocol says."""
        scope, blob = sealed[: len(self._scope)], sealed[len(self._scope) :]
        if scope not in (_FOR_ACCOUNT, _FOR_MACHINE):
            raise StorageError("secret_unreadable", retryable=False)
        return self._call(self._unprotect, blob, _NO_PROMPT)

    def is_current(self, sealed: bytes) -> bool:
        """True when it was sealed for the same readers as ``seal`` has in mind."""
        return sealed.startswith(self._scope)


def make_sealer(data_folder: Path) -> Sealer:
    """The sealer of this system for one data folder; for the machine where all accounts share it."""
    if sys.platform == "win32":
        return DpapiSealer(
            ctypes.windll.crypt32,
            ctypes.windll.kernel32,
            for_machine=is_machine_folder(data_folder),
        )
    else:  # noqa: RET505  # mypy looks at one of the two systems at a time
        return KeyFileSealer(data_folder / "secret.key", for_group=is_machine_folder(data_folder))
