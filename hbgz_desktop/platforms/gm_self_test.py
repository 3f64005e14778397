"""The printed examples of GB/T 32905, 32907 and 32918, run on this computer (H036: never the platform's samples)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import HbgzError, StandardError
from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.platforms.gm import BLOCK, Sm4, sm3
from hbgz_desktop.platforms.sm2 import Sm2PrivateKey, Sm2PublicKey
from hbgz_desktop.platforms.sm2_engine import GmsslEngine, sm2_engine
from hbgz_desktop.platforms.sm2_point import message_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.platforms.sm2_engine import Sm2Engine

Vector = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GmSelfTest:
    """What was run.

    Attributes:
        passed: Sources of the examples that came out right.
        failed: Sources of those that did not.
        sm2_engine: Who does SM2 here.
    """

    passed: tuple[str, ...]
    failed: tuple[str, ...]
    sm2_engine: str


def read_vectors() -> dict[str, list[Vector]]:
    """The examples by algorithm.

    Raises:
        StandardError: ``standard_unreadable``: the file is missing or damaged.
    """
    path = resources_dir() / "ciphers" / "gm_vectors.json"
    try:
        vectors: dict[str, list[Vector]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise StandardError("standard_unreadable", file=path.name) from exc
    return vectors


def run_self_test(vectors: dict[str, list[Vector]] | None = None) -> GmSelfTest:
    """Run every example (those of ``read_vectors`` when None); some tenths of a second, blocks on one file.

    Raises:
        StandardError: ``standard_unreadable``: the examples cannot be read.
    """
    engine = sm2_engine()
    engines = [GmsslEngine(), engine] if engine.name != GmsslEngine().name else [engine]
    checks: dict[str, Callable[[Vector], bool]] = {
        "sm3": _sm3_holds,
        "sm4": _sm4_holds,
        "sm2": lambda vector: all(_sm2_holds(vector, one) for one in engines),
    }
    passed: list[str] = []
    failed: list[str] = []
    for algorithm, examples in (read_vectors() if vectors is None else vectors).items():
        for vector in examples:
            (passed if _holds(checks[algorithm], vector) else failed).append(vector["source"])
    return GmSelfTest(tuple(passed), tuple(failed), engine.name)


def _holds(check: Callable[[Vector], bool], vector: Vector) -> bool:
    try:
        return check(vector)
    except HbgzError:
        return False


def _sm3_holds(vector: Vector) -> bool:
    expected: str = vector["digest"]
    return sm3(bytes.fromhex(vector["message"])).hex() == expected


def _sm4_holds(vector: Vector) -> bool:
    key, iv, plain = (bytes.fromhex(vector[name]) for name in ("key", "iv", "plain"))
    sm4 = Sm4(key, mode=vector["mode"], iv=iv)
    cipher = sm4.encrypt_bytes(plain)
    is_same = cipher[:BLOCK].hex() == vector["cipher"]
    return is_same and sm4.decrypt_bytes(cipher) == plain


def _sm2_holds(vector: Vector, engine: Sm2Engine) -> bool:
    message, user_id = (bytes.fromhex(vector[name]) for name in ("message", "user_id"))
    private = Sm2PrivateKey.read(vector["private_key"])
    public = Sm2PublicKey.read(vector["public_key"])
    if message_digest(public.point, message, user_id).hex() != vector["digest"]:
        return False
    k = int(vector["k"], 16)
    made = GmsslEngine.sign_with(k, private.number, public.point, message, user_id)
    printed = vector["r"] + vector["s"]
    if made is None or made.raw().hex() != printed or private.public_key() != public:
        return False
    fresh = private.sign(message, user_id=user_id, engine=engine)
    return all(
        public.verify(message, signature, user_id=user_id, engine=engine)
        and not public.verify(message + b"?", signature, user_id=user_id, engine=engine)
        for signature in (printed, fresh)
    )
