"""OpenSSL's own SM2, where a libcrypto of version 3 lies with Python or the system.

``cryptography`` has no SM2 and hides its library's functions; so they are called by ctypes. Files are
only loaded from the interpreter's folders and, not on Windows, from the system's: never by PATH.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import ssl
import sys
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import StandardError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OLDEST = 0x30000000
_MAX_SIGNATURE = 80
_KEPT_KEYS = 8
_P, _C, _I, _S = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_size_t
_PP, _SP = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_size_t)
_CP = ctypes.POINTER(ctypes.c_char_p)

_FUNCTIONS: dict[str, tuple[object, list[object]]] = {
    "OpenSSL_version_num": (ctypes.c_ulong, []),
    "OpenSSL_version": (_C, [_I]),
    "d2i_PUBKEY": (_P, [_PP, _CP, ctypes.c_long]),
    "d2i_AutoPrivateKey": (_P, [_PP, _CP, ctypes.c_long]),
    "EVP_PKEY_free": (None, [_P]),
    "EVP_sm3": (_P, []),
    "EVP_MD_CTX_new": (_P, []),
    "EVP_MD_CTX_free": (None, [_P]),
    "EVP_PKEY_CTX_new": (_P, [_P, _P]),
    "EVP_PKEY_CTX_free": (None, [_P]),
    "EVP_PKEY_CTX_set1_id": (_I, [_P, _C, _I]),
    "EVP_MD_CTX_set_pkey_ctx": (None, [_P, _P]),
    "EVP_DigestVerifyInit": (_I, [_P, _PP, _P, _P, _P]),
    "EVP_DigestVerify": (_I, [_P, _C, _S, _C, _S]),
    "EVP_DigestSignInit": (_I, [_P, _PP, _P, _P, _P]),
    "EVP_DigestSign": (_I, [_P, _C, _SP, _C, _S]),
    "ERR_clear_error": (None, []),
}

_ALGORITHM = bytes.fromhex("301306072a8648ce3d020106082a811ccf5501822d")
_PUBLIC_HEAD = bytes.fromhex("3059") + _ALGORITHM + bytes.fromhex("03420004")
_PRIVATE_HEAD = bytes.fromhex("308187020100") + _ALGORITHM + bytes.fromhex("046d306b0201010420")
_PRIVATE_MIDDLE = bytes.fromhex("a14403420004")


class _Key:
    """A key inside the library, freed when nobody has it any more."""

    def __init__(self, handle: int, free: Callable[[int], None]) -> None:
        self.handle = handle
        self._free = free

    def __del__(self) -> None:
        self._free(self.handle)


class Libcrypto:
    """One loaded library. Every call has contexts of its own: safe from any thread."""

    def __init__(self, path: str) -> None:
        """Load it.

        Raises:
            OSError: It cannot be loaded.
            AttributeError: It lacks a function.
            ValueError: It is older than version 3.
        """
        self._library = ctypes.CDLL(path)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        if self._library.OpenSSL_version_num() < _OLDEST:
            raise ValueError("libcrypto before version 3")
        self._sm3 = self._library.EVP_sm3()
        self._key = lru_cache(maxsize=_KEPT_KEYS)(self._read_key)

    @property
    def version(self) -> str:
        """Such as ``OpenSSL 3.0.19 27 Jan 2026``."""
        text: bytes = self._library.OpenSSL_version(0)
        return text.decode("ascii", errors="replace")

    def sm2_verify(self, point: bytes, message: bytes, der: bytes, user_id: bytes) -> bool:
        """Whether a DER signature is the key's over the message."""
        lib = self._library
        key = self._key("d2i_PUBKEY", _PUBLIC_HEAD + point)
        with self._context(key, user_id) as md:
            if lib.EVP_DigestVerifyInit(md, None, self._sm3, None, key.handle) != 1:
                return False
            verdict: int = lib.EVP_DigestVerify(md, der, len(der), message, len(message))
            return verdict == 1

    def sm2_sign(self, secret: bytes, point: bytes, message: bytes, user_id: bytes) -> bytes:
        """A DER signature.

        Raises:
            StandardError: ``sm2_failed``.
        """
        lib = self._library
        made, size = ctypes.create_string_buffer(_MAX_SIGNATURE), _S(_MAX_SIGNATURE)
        length = ctypes.byref(size)
        key = self._key("d2i_AutoPrivateKey", _PRIVATE_HEAD + secret + _PRIVATE_MIDDLE + point)
        with self._context(key, user_id) as md:
            begun = lib.EVP_DigestSignInit(md, None, self._sm3, None, key.handle) == 1
            if not begun or lib.EVP_DigestSign(md, made, length, message, len(message)) != 1:
                raise StandardError("sm2_failed")
        return made.raw[: size.value]

    def _read_key(self, reader: str, encoded: bytes) -> _Key:
        start = ctypes.c_char_p(encoded)
        handle = getattr(self._library, reader)(None, ctypes.byref(start), len(encoded))
        if not handle:
            self._library.ERR_clear_error()
            raise StandardError("sm2_failed")
        return _Key(handle, self._library.EVP_PKEY_free)

    @contextmanager
    def _context(self, key: _Key, user_id: bytes) -> Iterator[int]:
        lib = self._library
        md, pkey_context = lib.EVP_MD_CTX_new(), lib.EVP_PKEY_CTX_new(key.handle, None)
        try:
            lib.EVP_PKEY_CTX_set1_id(pkey_context, user_id, len(user_id))
            lib.EVP_MD_CTX_set_pkey_ctx(md, pkey_context)
            yield md
        finally:
            lib.EVP_MD_CTX_free(md)
            lib.EVP_PKEY_CTX_free(pkey_context)
            lib.ERR_clear_error()


def find_libcrypto() -> Libcrypto | None:
    """The first library that loads, is new enough and has all that is needed; None when none is."""
    for path in _candidates():
        try:
            return Libcrypto(path)
        except (OSError, AttributeError, ValueError):
            continue
    return None


def _candidates() -> Iterator[str]:
    folders = {Path(sys.base_prefix) / "DLLs", Path(sys.base_prefix) / "lib", Path(sys.prefix)}
    extension = getattr(sys.modules.get("_ssl"), "__file__", None) or ssl.__file__
    folders.add(Path(extension).parent)
    pattern = "libcrypto-3*.dll" if sys.platform == "win32" else "libcrypto.so.3*"
    for folder in sorted(folders):
        yield from sorted(str(path) for path in folder.glob(pattern))
    if sys.platform != "win32":
        found = ctypes.util.find_library("crypto")
        if found:
            yield found
