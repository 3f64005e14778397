"""The curve of SM2 (GB/T 32918.5): what a public key must be, and what is hashed before the message."""

from __future__ import annotations

from hbgz_desktop.platforms.gm import sm3

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
GX = 0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7
GY = 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0
SIZE = 32
"""Bytes of a coordinate."""

_CURVE = b"".join(one.to_bytes(SIZE, "big") for one in (A, B, GX, GY))


def is_on_curve(x: int, y: int) -> bool:
    """Whether the point is one of the curve (the point at infinity has no coordinates)."""
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x * x + A * x + B)) % P == 0


def y_of(x: int, *, is_odd: bool) -> int | None:
    """The second coordinate of a compressed point; None when there is none."""
    square = (x * x * x + A * x + B) % P
    y = pow(square, (P + 1) // 4, P)  # P is 3 modulo 4
    if x >= P or y * y % P != square:
        return None
    return y if y % 2 == is_odd else P - y


def message_digest(public_key: bytes, message: bytes, user_id: bytes) -> bytes:
    """SM3 over Z and the message (GB/T 32918.2, 5.5 and 6.1).

    Args:
        public_key: Both coordinates, 64 bytes.
        message: What is signed.
        user_id: Distinguishing id, fewer than 8192 bytes.
    """
    bits = (len(user_id) * 8).to_bytes(2, "big")
    return sm3(sm3(bits + user_id + _CURVE + public_key) + message)
