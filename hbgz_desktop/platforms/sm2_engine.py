"""Who does the arithmetic of SM2: gmssl in pure Python, or a libcrypto that proved itself."""

from __future__ import annotations

import contextlib
import secrets
from functools import lru_cache
from typing import Protocol

from gmssl.sm2 import CryptSM2
from typing_extensions import override

from hbgz_desktop.model.errors import StandardError
from hbgz_desktop.platforms.libcrypto import Libcrypto, find_libcrypto
from hbgz_desktop.platforms.sm2_point import GX, GY, SIZE, A, B, N, P, message_digest
from hbgz_desktop.platforms.sm2_signature import Signature, read_der

_TABLE = {
    "n": f"{N:064X}",
    "p": f"{P:064X}",
    "g": f"{GX:064x}{GY:064x}",
    "a": f"{A:064X}",
    "b": f"{B:064X}",
}
_TRIAL_ID = b"1234567812345678"


class Sm2Engine(Protocol):
    """Signs and verifies; keys, ranges and forms have been checked before. Safe from any thread."""

    @property
    def name(self) -> str:
        """What ``hbgz doctor`` shows."""

    def verify(
        self, public_key: bytes, message: bytes, signature: Signature, user_id: bytes
    ) -> bool:
        """Whether the signature is the key's over the message."""

    def sign(
        self, private_key: int, public_key: bytes, message: bytes, user_id: bytes
    ) -> Signature:
        """A new signature."""


class GmsslEngine(Sm2Engine):
    """Pure Python: some milliseconds a call. Its own random source is no secret one, so k is ours."""

    @property
    @override
    def name(self) -> str:
        return "gmssl"

    @override
    def verify(
        self, public_key: bytes, message: bytes, signature: Signature, user_id: bytes
    ) -> bool:
        digest = message_digest(public_key, message, user_id)
        try:
            return bool(_crypt("", public_key).verify(signature.raw().hex(), digest))
        except TypeError:  # gmssl has no word for the point at infinity
            return False

    @override
    def sign(
        self, private_key: int, public_key: bytes, message: bytes, user_id: bytes
    ) -> Signature:
        while True:
            k = 1 + secrets.randbelow(N - 1)
            made = self.sign_with(k, private_key, public_key, message, user_id)
            if made is not None:
                return made

    @staticmethod
    def sign_with(
        k: int, private_key: int, public_key: bytes, message: bytes, user_id: bytes
    ) -> Signature | None:
        """With this k, which only a test vector may choose; None when k will not do."""
        digest = message_digest(public_key, message, user_id)
        made = _crypt(f"{private_key:064x}", public_key).sign(digest, f"{k:064x}")
        return None if made is None else Signature(int(made[:64], 16), int(made[64:], 16))


def _crypt(private_key: str, public_key: bytes) -> CryptSM2:
    """The key is set afterwards: the constructor eats leading 0s and 4s of some."""
    crypt = CryptSM2(private_key=private_key, public_key="", ecc_table=_TABLE)
    crypt.public_key = public_key.hex()
    return crypt


class LibcryptoEngine(Sm2Engine):
    """A libcrypto of version 3 by its EVP functions: some tenths of a millisecond a call."""

    def __init__(self, library: Libcrypto) -> None:
        """Use one that was loaded."""
        self._library = library

    @property
    @override
    def name(self) -> str:
        return f"libcrypto {self._library.version}"

    @override
    def verify(
        self, public_key: bytes, message: bytes, signature: Signature, user_id: bytes
    ) -> bool:
        return self._library.sm2_verify(public_key, message, signature.der(), user_id)

    @override
    def sign(
        self, private_key: int, public_key: bytes, message: bytes, user_id: bytes
    ) -> Signature:
        secret = private_key.to_bytes(SIZE, "big")
        made = read_der(self._library.sm2_sign(secret, public_key, message, user_id))
        assert made is not None, "libcrypto writes DER"  # noqa: S101
        return made


@lru_cache(maxsize=1)
def sm2_engine() -> Sm2Engine:
    """The fastest engine of this computer that agrees with gmssl; looked for once in a process."""
    library = find_libcrypto()
    if library is not None:
        engine = LibcryptoEngine(library)
        with contextlib.suppress(StandardError):  # built without SM2
            if agrees(engine, GmsslEngine()):
                return engine
    return GmsslEngine()


def agrees(engine: Sm2Engine, other: Sm2Engine) -> bool:
    """Whether each accepts the other's signature of a trial message and refuses one of another."""
    private_key = 1 + secrets.randbelow(N - 2)
    public_key = public_key_of(private_key)
    for signer, reader in ((engine, other), (other, engine)):
        made = signer.sign(private_key, public_key, b"trial", _TRIAL_ID)
        if not reader.verify(public_key, b"trial", made, _TRIAL_ID):
            return False
        if reader.verify(public_key, b"trials", made, _TRIAL_ID):
            return False
    return True


def public_key_of(private_key: int) -> bytes:
    """Both coordinates of the public key, 64 bytes."""
    crypt = CryptSM2(private_key="", public_key="", ecc_table=_TABLE)
    return bytes.fromhex(crypt._kg(private_key, _TABLE["g"]))  # noqa: SLF001 - its only name for it
