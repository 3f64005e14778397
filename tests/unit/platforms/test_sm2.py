"""SM2: the printed example, every written form, and both engines on keys that gmssl's constructor damages."""

from __future__ import annotations

import base64

import pytest
from gmssl.sm2 import CryptSM2
from hypothesis import given, settings
from hypothesis import strategies as st
from typing_extensions import override

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.gm_self_test import read_vectors
from hbgz_desktop.platforms.libcrypto import find_libcrypto
from hbgz_desktop.platforms.sm2 import Sm2PrivateKey, Sm2PublicKey
from hbgz_desktop.platforms.sm2_engine import (
    GmsslEngine,
    LibcryptoEngine,
    Sm2Engine,
    agrees,
    public_key_of,
    sm2_engine,
)
from hbgz_desktop.platforms.sm2_point import GX, GY, N, P
from hbgz_desktop.platforms.sm2_signature import Signature, read_der, read_signature

VECTOR = read_vectors()["sm2"][0]
PUBLIC = VECTOR["public_key"]
MESSAGE = bytes.fromhex(VECTOR["message"])
PRINTED = Signature(int(VECTOR["r"], 16), int(VECTOR["s"], 16))
LIBRARY = find_libcrypto()
ENGINES: list[Sm2Engine] = [GmsslEngine()]
if LIBRARY is not None and sm2_engine().name != "gmssl":
    ENGINES.append(LibcryptoEngine(LIBRARY))

each_engine = pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.name.split()[0])


def keys_that_gmssl_damages() -> list[int]:
    """Private keys whose X begins with 0, with 4, and with 04: one of each, found by trying."""
    wanted = {"0": 0, "4": 0, "04": 0}
    number = 0
    while not all(wanted.values()):
        number += 1
        digits = public_key_of(number).hex()
        for head in wanted:
            if digits.startswith(head) and not wanted[head]:
                wanted[head] = number
    return list(wanted.values())


@each_engine
def test_the_printed_signature_verifies_in_every_form(engine: Sm2Engine) -> None:
    public = Sm2PublicKey.read(PUBLIC)
    for form in ("raw", "der"):
        for encoding in ("hex", "HEX", "base64"):
            text = PRINTED.text(form, encoding)
            assert public.verify(MESSAGE, text, engine=engine), (form, encoding)
            assert public.verify(MESSAGE, f" {text}\r\n", engine=engine)
            assert not public.verify(MESSAGE + b"!", text, engine=engine)


def test_with_the_printed_k_the_printed_signature_comes_out() -> None:
    private = Sm2PrivateKey.read(VECTOR["private_key"])
    user_id = bytes.fromhex(VECTOR["user_id"])
    made = GmsslEngine.sign_with(
        int(VECTOR["k"], 16), private.number, private.point, MESSAGE, user_id
    )
    assert made == PRINTED
    assert private.public_key().point.hex() == PUBLIC


@each_engine
@pytest.mark.parametrize("user_id", [b"1234567812345678", b"ALICE123@YAHOO.COM", b"x" * 300])
def test_the_user_id_is_part_of_it(engine: Sm2Engine, user_id: bytes) -> None:
    private = Sm2PrivateKey.read(VECTOR["private_key"])
    signature = private.sign(MESSAGE, user_id=user_id, engine=engine)
    public = private.public_key()
    for reader in ENGINES:
        assert public.verify(MESSAGE, signature, user_id=user_id, engine=reader)
        assert not public.verify(MESSAGE, signature, user_id=b"another", engine=reader)


@pytest.mark.parametrize("number", keys_that_gmssl_damages())
def test_keys_whose_x_begins_with_0_or_4(number: int) -> None:
    private = Sm2PrivateKey.read(f"{number:064x}")
    public = Sm2PublicKey.read("04" + private.point.hex())
    assert CryptSM2(private_key="", public_key="04" + private.point.hex()).public_key != (
        private.point.hex()
    )
    for signer in ENGINES:
        signature = private.sign(b"m", engine=signer)
        for reader in ENGINES:
            assert public.verify(b"m", signature, engine=reader), (signer.name, reader.name)


@settings(max_examples=10)
@given(number=st.integers(1, N - 2), message=st.binary(max_size=80))
def test_each_engine_accepts_the_others_signatures(number: int, message: bytes) -> None:
    private = Sm2PrivateKey.read(f"{number:064x}")
    for signer in ENGINES:
        signature = private.sign(message, form="der", encoding="base64", engine=signer)
        for reader in ENGINES:
            assert private.public_key().verify(message, signature, engine=reader)


def test_an_engine_that_says_yes_to_all_does_not_agree() -> None:
    class Yes(GmsslEngine):
        @override
        def verify(
            self, public_key: bytes, message: bytes, signature: Signature, user_id: bytes
        ) -> bool:
            return True

    assert agrees(GmsslEngine(), GmsslEngine())
    assert not agrees(Yes(), GmsslEngine())


def test_public_key_forms() -> None:
    point = bytes.fromhex(PUBLIC)
    spki = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004") + point
    half = bytes([2 + point[-1] % 2]) + point[:32]
    pem = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(spki).decode()}\n-----END PUBLIC KEY-----"
    for text in (
        PUBLIC,
        PUBLIC.upper(),
        "04" + PUBLIC,
        half.hex(),
        base64.b64encode(point).decode(),
        base64.b64encode(b"\4" + point).decode(),
        pem,
        f" 04{PUBLIC}\n",
    ):
        assert Sm2PublicKey.read(text).point == point, text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "04",
        PUBLIC[:-2],
        PUBLIC[:-1] + ("0" if PUBLIC[-1] != "0" else "1"),
        "00" * 64,
        "05" + PUBLIC,
        "02" + "ff" * 32,
        f"{P:064x}{GY:064x}",
        f"{GX:064x}{P - 1:064x}",
        "密钥",
    ],
    ids=range(10),
)
def test_what_is_no_public_key(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Sm2PublicKey.read(text)
    assert (caught.value.code, caught.value.facts) == ("sm2_key_invalid", {})


@pytest.mark.parametrize("text", ["", "00" * 32, f"{N - 1:064x}", f"{N:064x}", "1" * 63, "钥"])
def test_what_is_no_private_key(text: str) -> None:
    with pytest.raises(SettingsError):
        Sm2PrivateKey.read(text)


@each_engine
def test_signatures_out_of_range_are_refused_before_any_arithmetic(engine: Sm2Engine) -> None:
    public = Sm2PublicKey.read(PUBLIC)
    r, s = PRINTED
    for bad in (
        Signature(0, s),
        Signature(r, 0),
        Signature(N, s),
        Signature(r, N),
        Signature(r, N - r),
    ):
        assert not public.verify(MESSAGE, bad.raw().hex(), engine=engine)
    assert not public.verify(MESSAGE, PRINTED.text("raw", "hex")[:-2], engine=engine)


@pytest.mark.parametrize(
    "text", ["", "zz", "00", "签名", "30" * 70, "3006020101020101", "3006020100020101"]
)
def test_what_is_no_signature_verifies_nothing(text: str) -> None:
    assert not Sm2PublicKey.read(PUBLIC).verify(MESSAGE, text)


@given(r=st.integers(1, N - 1), s=st.integers(1, N - 1))
def test_der_and_raw_say_the_same_numbers(r: int, s: int) -> None:
    signature = Signature(r, s)
    assert read_der(signature.der()) == signature
    assert read_signature(signature.raw().hex()) == signature


@given(st.binary(max_size=80))
def test_whatever_is_read_as_der_is_its_only_form(data: bytes) -> None:
    read = read_der(data)
    assert read is None or read.der() == data


def test_der_is_strict() -> None:
    good = Signature(1, 0x80)
    assert good.der() == bytes.fromhex("300702010102020080")
    for bad in (
        "300802010102020080",
        "3008020200010202008000",
        "30060201010201ff",
        "30070201010202",
    ):
        assert read_der(bytes.fromhex(bad)) is None
