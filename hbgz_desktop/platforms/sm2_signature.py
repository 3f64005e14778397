"""The written forms of an SM2 signature: r‖s or DER, hex or Base64 (H039)."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Literal, NamedTuple

from hbgz_desktop.platforms.sm2_point import SIZE, N

Form = Literal["raw", "der"]
TextEncoding = Literal["hex", "HEX", "base64"]

_HEX = re.compile(r"([0-9A-Fa-f]{2})+")
_INTEGER, _SEQUENCE = 0x02, 0x30
_MAX_BYTES = 72


class Signature(NamedTuple):
    """The two numbers of a signature."""

    r: int
    s: int

    @property
    def is_in_range(self) -> bool:
        """Whether both lie where the standard wants them (GB/T 32918.2, 7.1)."""
        return 0 < self.r < N and 0 < self.s < N and (self.r + self.s) % N != 0

    def raw(self) -> bytes:
        """r‖s, 64 bytes."""
        return self.r.to_bytes(SIZE, "big") + self.s.to_bytes(SIZE, "big")

    def der(self) -> bytes:
        """SEQUENCE of two INTEGERs."""
        content = _integer(self.r) + _integer(self.s)
        return bytes([_SEQUENCE, len(content)]) + content

    def text(self, form: Form, encoding: TextEncoding) -> str:
        """As it is sent."""
        data = self.raw() if form == "raw" else self.der()
        if encoding == "base64":
            return base64.b64encode(data).decode("ascii")
        return data.hex().upper() if encoding == "HEX" else data.hex()


def _integer(number: int) -> bytes:
    data = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([_INTEGER, len(data)]) + data


def read_signature(text: str) -> Signature | None:
    """A signature as it came, in any of the four forms; None when it is none."""
    data = read_bytes("".join(text.split()))
    if data is None:
        return None
    if len(data) == 2 * SIZE:
        return Signature(int.from_bytes(data[:SIZE], "big"), int.from_bytes(data[SIZE:], "big"))
    return read_der(data)


def read_bytes(text: str) -> bytes | None:
    """Bytes out of hex in either case, or Base64 with or without its padding or in its URL form."""
    if _HEX.fullmatch(text):
        return bytes.fromhex(text)
    standard = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def read_der(data: bytes) -> Signature | None:
    """Strict DER: two positive INTEGERs, shortest form, nothing left over."""
    is_sequence = 8 <= len(data) <= _MAX_BYTES and data[0] == _SEQUENCE
    if not is_sequence or data[1] != len(data) - 2:
        return None
    first = _read_integer(data, 2)
    second = _read_integer(data, first[1]) if first else None
    if first is None or second is None or second[1] != len(data):
        return None
    return Signature(first[0], second[0])


def _read_integer(data: bytes, start: int) -> tuple[int, int] | None:
    """(number, where it ends)."""
    if len(data) < start + 3 or data[start] != _INTEGER:
        return None
    length = data[start + 1]
    end = start + 2 + length
    content = data[start + 2 : end]
    if not 1 <= length <= SIZE + 1 or len(content) != length or content[0] & 0x80:
        return None
    if length > 1 and content[0] == 0 and not content[1] & 0x80:
        return None
    return int.from_bytes(content, "big"), end
