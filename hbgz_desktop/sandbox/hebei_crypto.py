"""SM4 the way the simulated Hebei platform speaks it; its own, not the client's (2.2.1, H035).

Printed is only "国密算法 sm4". Default: ECB, PKCS#7, UTF-8, lower-case hex, as the printed samples
look; CBC with a fixed initialisation vector, upper-case hex and Base64 can be chosen.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, Literal

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError

Encoding = Literal["hex", "HEX", "base64"]
BLOCK_BYTES: Final = 16
SHAPES: Final = {"hex": re.compile(r"[0-9a-f]+"), "HEX": re.compile(r"[0-9A-F]+")}
ANY_HEX: Final = re.compile(r"[0-9a-fA-F]+")


class Sm4Cipher:
    """Encrypts and decrypts field values with one key. Safe from any thread."""

    def __init__(self, key: str, *, vector: str = "", encoding: Encoding = "hex") -> None:
        """Speak one dialect.

        Args:
            key: 32 hexadecimal digits, or 16 characters of ASCII.
            vector: As the key; given, CBC is spoken instead of ECB.
            encoding: How ciphertext is written.

        Raises:
            UsageError: ``sandbox_sm4_key_invalid``.
        """
        self._algorithm = algorithms.SM4(_block(key))
        self._mode = modes.CBC(_block(vector)) if vector else modes.ECB()  # noqa: S305 - H035
        self._encoding = encoding

    def encrypt(self, text: str) -> str:
        """Return the ciphertext of ``text``."""
        padder = padding.PKCS7(BLOCK_BYTES * 8).padder()
        return self._written(padder.update(text.encode("utf-8")) + padder.finalize())

    def badly_padded(self) -> str:
        """Return ciphertext of the right shape that no padding rule accepts."""
        return self._written(bytes(BLOCK_BYTES))

    def decrypt(self, value: str, field: str) -> str:
        """Return the text of a field's ciphertext.

        Raises:
            RuleBrokenError: FIELD_NOT_ENCRYPTED, CIPHER_ENCODING, CIPHER_PADDING or CIPHER_TEXT.
        """
        decryptor = Cipher(self._algorithm, self._mode).decryptor()
        padded = decryptor.update(self._read(value, field)) + decryptor.finalize()
        unpadder = padding.PKCS7(BLOCK_BYTES * 8).unpadder()
        try:
            return (unpadder.update(padded) + unpadder.finalize()).decode("utf-8")
        except UnicodeDecodeError as exc:
            raise RuleBrokenError(Rule.CIPHER_TEXT, field) from exc
        except ValueError as exc:
            raise RuleBrokenError(Rule.CIPHER_PADDING, field) from exc

    def _written(self, blocks: bytes) -> str:
        encryptor = Cipher(self._algorithm, self._mode).encryptor()
        data = encryptor.update(blocks) + encryptor.finalize()
        if self._encoding == "base64":
            return base64.b64encode(data).decode("ascii")
        return data.hex() if self._encoding == "hex" else data.hex().upper()

    def _read(self, value: str, field: str) -> bytes:
        as_hex = bytes.fromhex(value) if _is_hex(value) else b""
        if self._encoding == "base64":
            if _is_whole(as_hex):
                raise RuleBrokenError(Rule.CIPHER_ENCODING, field)
            try:
                data = base64.b64decode(value, validate=True)
            except (binascii.Error, ValueError) as exc:
                raise RuleBrokenError(Rule.FIELD_NOT_ENCRYPTED, field) from exc
        else:
            data = as_hex
        if not _is_whole(data):
            raise RuleBrokenError(Rule.FIELD_NOT_ENCRYPTED, field)
        if self._encoding != "base64" and not SHAPES[self._encoding].fullmatch(value):
            raise RuleBrokenError(Rule.CIPHER_ENCODING, field)
        return data


def _is_hex(value: str) -> bool:
    return len(value) % 2 == 0 and ANY_HEX.fullmatch(value) is not None


def _is_whole(data: bytes) -> bool:
    return bool(data) and len(data) % BLOCK_BYTES == 0


def _block(text: str) -> bytes:
    """Sixteen bytes, as 32 hexadecimal digits or 16 characters (H035)."""
    if len(text) == 2 * BLOCK_BYTES and _is_hex(text):
        return bytes.fromhex(text)
    if len(text) == BLOCK_BYTES and text.isascii():
        return text.encode("ascii")
    raise UsageError("sandbox_sm4_key_invalid")
