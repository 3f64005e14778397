"""SM2 with SM3 (GB/T 32918.2) as the platform uses it for getDicomFile: keys, signing, verifying (H039, H040)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.sm2_engine import Sm2Engine, public_key_of, sm2_engine
from hbgz_desktop.platforms.sm2_point import SIZE, N, is_on_curve, y_of
from hbgz_desktop.platforms.sm2_signature import (
    Form,
    Signature,
    TextEncoding,
    read_bytes,
    read_signature,
)

DEFAULT_USER_ID = b"1234567812345678"
"""Everyone's default (H039)."""

_ARMOUR = re.compile(r"-----[A-Z ]+-----")
_SPKI_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""SubjectPublicKeyInfo of the SM2 curve, up to the uncompressed point."""
_COMPRESSED = (2, 3)
_UNCOMPRESSED = 4


@dataclass(frozen=True, slots=True)
class Sm2PublicKey:
    """A point of the curve.

    Attributes:
        point: Both coordinates, 64 bytes.
    """

    point: bytes

    @classmethod
    def read(cls, text: str) -> Sm2PublicKey:
        """A key as people write it: hex or Base64 of 64 bytes, 04 and 64, 02 or 03 and 32, or PEM.

        Raises:
            SettingsError: ``sm2_key_invalid``; also for a point that is not on the curve.
        """
        data = read_bytes("".join(_ARMOUR.sub("", text).split())) or b""
        point = _uncompressed(data.removeprefix(_SPKI_HEAD))
        if point is None:
            raise SettingsError("sm2_key_invalid")
        x, y = (int.from_bytes(part, "big") for part in (point[:SIZE], point[SIZE:]))
        if not is_on_curve(x, y):
            raise SettingsError("sm2_key_invalid")
        return cls(point)

    def verify(
        self,
        message: bytes,
        signature: str,
        *,
        user_id: bytes = DEFAULT_USER_ID,
        engine: Sm2Engine | None = None,
    ) -> bool:
        """Whether a signature in any form is this key's; what is no signature at all is not.

        Args:
            message: By default of H039 the raw bytes of the request body.
            signature: r‖s or DER, hex or Base64.
            user_id: Distinguishing id of the signer.
            engine: The fastest one when None.
        """
        read = read_signature(signature)
        if read is None or not read.is_in_range:
            return False
        return (engine or sm2_engine()).verify(self.point, message, read, user_id)


def _uncompressed(data: bytes) -> bytes | None:
    if len(data) == 2 * SIZE:
        return data
    if len(data) == 1 + 2 * SIZE and data[0] == _UNCOMPRESSED:
        return data[1:]
    if len(data) == 1 + SIZE and data[0] in _COMPRESSED:
        y = y_of(int.from_bytes(data[1:], "big"), is_odd=data[0] == _COMPRESSED[1])
        return None if y is None else data[1:] + y.to_bytes(SIZE, "big")
    return None


@dataclass(frozen=True, slots=True)
class Sm2PrivateKey:
    """A secret number; the platform has it, we only where we play its part (H040).

    Attributes:
        number: The secret.
        point: Of its public key, 64 bytes.
    """

    number: int = field(repr=False)
    point: bytes

    @classmethod
    def read(cls, text: str) -> Sm2PrivateKey:
        """A key as people write it: hex or Base64 of 32 bytes.

        Raises:
            SettingsError: ``sm2_key_invalid``.
        """
        data = read_bytes("".join(text.split())) or b""
        number = int.from_bytes(data, "big")
        if len(data) != SIZE or not 0 < number < N - 1:
            raise SettingsError("sm2_key_invalid")
        return cls(number, public_key_of(number))

    def public_key(self) -> Sm2PublicKey:
        """The other half."""
        return Sm2PublicKey(self.point)

    def sign(
        self,
        message: bytes,
        *,
        form: Form = "raw",
        encoding: TextEncoding = "hex",
        user_id: bytes = DEFAULT_USER_ID,
        engine: Sm2Engine | None = None,
    ) -> str:
        """A signature in the form the other side wants (H039)."""
        chosen = engine or sm2_engine()
        made: Signature = chosen.sign(self.number, self.point, message, user_id)
        return made.text(form, encoding)
