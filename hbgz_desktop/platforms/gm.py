"""SM4 and SM3 as Hebei's V1.5 needs them (2.2.1, H035); SM2 stands in ``sm2``.

Both come from ``cryptography``; gmssl proves them in the tests. Nothing here logs or quotes a value.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from hbgz_desktop.model.errors import SettingsError

Mode = Literal["ecb", "cbc"]
Padding = Literal["pkcs7", "zero"]
Encoding = Literal["hex", "HEX", "base64"]

BLOCK = 16
_HEX_BLOCK = re.compile(r"[0-9A-Fa-f]{32}")
_HEX_TEXT = re.compile(r"([0-9A-Fa-f]{32})+")
_BASE64_TEXT = re.compile(r"[A-Za-z0-9+/]+={0,2}")


def sm3(data: bytes) -> bytes:
    """SM3 digest (GB/T 32905), 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def sm4_key(text: str) -> bytes:
    """A key as people write it: 32 hex digits, or 16 characters of ASCII (H035).

    Raises:
        SettingsError: ``sm4_key_invalid``; the text is not among the facts.
    """
    key = _block(text.strip())
    if key is None:
        raise SettingsError("sm4_key_invalid")
    return key


def sm4_iv(text: str) -> bytes:
    """An initial vector, written as a key is.

    Raises:
        SettingsError: ``sm4_iv_invalid``.
    """
    iv = _block(text.strip())
    if iv is None:
        raise SettingsError("sm4_iv_invalid")
    return iv


def _block(text: str) -> bytes | None:
    if _HEX_BLOCK.fullmatch(text):
        return bytes.fromhex(text)
    return text.encode() if len(text) == BLOCK and text.isascii() else None


class Sm4:
    """Encrypts and decrypts single fields; immutable and safe from any thread.

    The same value gives the same text: that is what the printed samples show, and there is no place
    for a vector in the request (H035).
    """

    def __init__(
        self,
        key: str | bytes,
        *,
        mode: Mode = "ecb",
        iv: str | bytes = b"",
        padding: Padding = "pkcs7",
        encoding: Encoding = "hex",
    ) -> None:
        """Take what the platform's operator told the hospital.

        Args:
            key: 16 bytes, or as ``sm4_key`` reads it.
            mode: ECB, or CBC with a fixed vector.
            iv: 16 bytes, or as ``sm4_iv`` reads it; of no account in ECB.
            padding: PKCS#7, or zero bytes up to the next block (none when the value fills it).
            encoding: Of the ciphertext that is sent.

        Raises:
            SettingsError: ``sm4_key_invalid`` or ``sm4_iv_invalid``.
        """
        raw = key if isinstance(key, bytes) else sm4_key(key)
        if len(raw) != BLOCK:
            raise SettingsError("sm4_key_invalid")
        self._padding = padding
        self._encoding = encoding
        self._cipher: Cipher[modes.ECB | modes.CBC]
        if mode == "ecb":
            self._cipher = Cipher(SM4(raw), modes.ECB())  # noqa: S305 - what the platform speaks (H035)
            return
        vector = iv if isinstance(iv, bytes) else sm4_iv(iv)
        if len(vector) != BLOCK:
            raise SettingsError("sm4_iv_invalid")
        self._cipher = Cipher(SM4(raw), modes.CBC(vector))

    def encrypt_bytes(self, plain: bytes) -> bytes:
        """Pad and encrypt."""
        encryptor = self._cipher.encryptor()
        return encryptor.update(self._padded(plain)) + encryptor.finalize()

    def decrypt_bytes(self, cipher: bytes) -> bytes | None:
        """Decrypt and take the padding off; None when length or padding is impossible."""
        if not cipher or len(cipher) % BLOCK:
            return None
        decryptor = self._cipher.decryptor()
        return self._unpadded(decryptor.update(cipher) + decryptor.finalize())

    def encrypt(self, text: str) -> str:
        """One field as it is sent: UTF-8, padded, encrypted, encoded."""
        cipher = self.encrypt_bytes(text.encode())
        if self._encoding == "base64":
            return base64.b64encode(cipher).decode("ascii")
        digits = cipher.hex()
        return digits.upper() if self._encoding == "HEX" else digits

    def decrypt(self, text: str) -> str | None:
        """A field as it came: hex in either case, or Base64; None when it is no ciphertext of this key.

        What is returned for None is the caller's: the value may be plain (H037).
        """
        compact = "".join(text.split())
        for cipher in (_from_hex(compact), _from_base64(compact)):
            plain = None if cipher is None else self.decrypt_bytes(cipher)
            if plain is not None:
                try:
                    return plain.decode()
                except UnicodeDecodeError:
                    continue
        return None

    def _padded(self, plain: bytes) -> bytes:
        count = BLOCK - len(plain) % BLOCK
        if self._padding == "pkcs7":
            return plain + bytes([count]) * count
        return plain + bytes(count % BLOCK)

    def _unpadded(self, padded: bytes) -> bytes | None:
        if self._padding == "zero":
            return padded.rstrip(b"\0")
        count = padded[-1]
        if not 1 <= count <= BLOCK or padded[-count:] != bytes([count]) * count:
            return None
        return padded[:-count]


def _from_hex(text: str) -> bytes | None:
    return bytes.fromhex(text) if _HEX_TEXT.fullmatch(text) else None


def _from_base64(text: str) -> bytes | None:
    if not _BASE64_TEXT.fullmatch(text):
        return None
    try:
        cipher = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    return cipher if cipher and len(cipher) % BLOCK == 0 else None
