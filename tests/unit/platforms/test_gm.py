"""SM4 and SM3 against gmssl and the printed examples; every mode, padding, encoding and key form (H035)."""

from __future__ import annotations

import json

import pytest
from gmssl import sm3 as gmssl_sm3
from gmssl.sm4 import SM4_DECRYPT, SM4_ENCRYPT, CryptSM4
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.gm import Encoding, Mode, Padding, Sm4, sm3, sm4_iv, sm4_key
from hbgz_desktop.platforms.gm_self_test import read_vectors, run_self_test

KEY_HEX = "0123456789abcdeffedcba9876543210"
KEY = bytes.fromhex(KEY_HEX)
IV = bytes(range(16))
VECTORS = read_vectors()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def gmssl_encrypt(mode: Mode, plain: bytes) -> bytes:
    cipher = CryptSM4()
    cipher.set_key(KEY, SM4_ENCRYPT)
    made = cipher.crypt_ecb(plain) if mode == "ecb" else cipher.crypt_cbc(IV, plain)
    return bytes(made)


def gmssl_decrypt(mode: Mode, sent: bytes) -> bytes:
    cipher = CryptSM4()
    cipher.set_key(KEY, SM4_DECRYPT)
    read = cipher.crypt_ecb(sent) if mode == "ecb" else cipher.crypt_cbc(IV, sent)
    return bytes(read)


@pytest.mark.parametrize("vector", VECTORS["sm3"], ids=lambda one: one["source"])
def test_sm3_examples(vector: dict[str, str]) -> None:
    assert sm3(bytes.fromhex(vector["message"])).hex() == vector["digest"]


@given(st.binary(max_size=300))
def test_sm3_is_gmssls(data: bytes) -> None:
    assert sm3(data).hex() == gmssl_sm3.sm3_hash(list(data))


@pytest.mark.parametrize("vector", VECTORS["sm4"], ids=lambda one: one["source"])
def test_sm4_examples(vector: dict[str, str]) -> None:
    sm4 = Sm4(vector["key"], mode=vector["mode"], iv=bytes.fromhex(vector["iv"]))  # type: ignore[arg-type]  # from data
    assert sm4.encrypt_bytes(bytes.fromhex(vector["plain"]))[:16].hex() == vector["cipher"]


@pytest.mark.parametrize("mode", ["ecb", "cbc"])
@given(plain=st.binary(max_size=100))
def test_sm4_is_gmssls_byte_for_byte(mode: Mode, plain: bytes) -> None:
    sm4 = Sm4(KEY, mode=mode, iv=IV)
    sent = sm4.encrypt_bytes(plain)
    assert sent == gmssl_encrypt(mode, plain)
    assert gmssl_decrypt(mode, sent) == plain
    assert sm4.decrypt_bytes(sent) == plain


@pytest.mark.parametrize("mode", ["ecb", "cbc"])
@pytest.mark.parametrize("padding", ["pkcs7", "zero"])
@pytest.mark.parametrize("encoding", ["hex", "HEX", "base64"])
@given(text=TEXTS)
def test_every_form_comes_back(mode: Mode, padding: Padding, encoding: Encoding, text: str) -> None:
    text = text.rstrip("\0")  # zero padding cannot tell them from its own
    sm4 = Sm4(KEY, mode=mode, iv=IV, padding=padding, encoding=encoding)
    sent = sm4.encrypt(text)
    if padding == "zero" and not text:
        assert sent == ""
        return
    reader = Sm4(KEY, mode=mode, iv=IV, padding=padding)
    assert reader.decrypt(sent) == text
    if encoding != "base64":
        assert sent == (sent.lower() if encoding == "hex" else sent.upper())
        assert reader.decrypt(sent.swapcase()) == text


def test_lengths_are_those_of_the_printed_samples() -> None:
    sm4 = Sm4(KEY)
    assert len(sm4.encrypt("王小丽")) == 32
    assert len(sm4.encrypt("11010519491231002X")) == 64


def test_the_same_value_gives_the_same_text_and_another_key_another() -> None:
    assert Sm4(KEY).encrypt("王小丽") == Sm4(KEY_HEX.upper()).encrypt("王小丽")
    assert Sm4(KEY).encrypt("王小丽") != Sm4("0123456789abcdef").encrypt("王小丽")
    assert Sm4(KEY, mode="cbc", iv=IV).encrypt("王小丽") != Sm4(KEY).encrypt("王小丽")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (KEY_HEX, KEY),
        (f" {KEY_HEX.upper()}\n", KEY),
        ("0123456789abcdef", b"0123456789abcdef"),
        ("!2#4%6&8(0)a_c+e", b"!2#4%6&8(0)a_c+e"),
    ],
)
def test_key_forms(text: str, key: bytes) -> None:
    assert sm4_key(text) == key
    assert sm4_iv(text) == key


@pytest.mark.parametrize("text", ["", "abc", KEY_HEX[:-1], KEY_HEX + "0", "g" * 32, "密" * 16])
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Sm4(text)
    assert caught.value.code == "sm4_key_invalid"
    assert caught.value.facts == {}
    with pytest.raises(SettingsError) as caught:
        Sm4(KEY, mode="cbc", iv=text)
    assert caught.value.code == "sm4_iv_invalid"


@pytest.mark.parametrize("length", [0, 15, 17])
def test_key_and_vector_of_bytes_have_sixteen(length: int) -> None:
    with pytest.raises(SettingsError):
        Sm4(bytes(length))
    with pytest.raises(SettingsError):
        Sm4(KEY, mode="cbc", iv=bytes(length))


@pytest.mark.parametrize(
    "text",
    ["", "王小丽", "0" * 31, "0" * 32, "zz" * 16, "MZ20260101", "AAAA", "====", "A" * 22 + "=="],
)
def test_what_is_no_ciphertext_is_none(text: str) -> None:
    assert Sm4(KEY).decrypt(text) is None


def test_the_self_test_passes_here_and_names_who_does_sm2() -> None:
    found = run_self_test()
    assert found.failed == ()
    assert len(found.passed) == sum(map(len, VECTORS.values()))
    assert found.sm2_engine


def test_the_self_test_notices_a_wrong_result() -> None:
    spoiled = json.loads(json.dumps(VECTORS))
    for algorithm, name in (("sm3", "digest"), ("sm4", "cipher"), ("sm2", "s")):
        digits = spoiled[algorithm][0][name]
        spoiled[algorithm][0][name] = ("0" if digits[0] != "0" else "1") + digits[1:]
    found = run_self_test(spoiled)
    assert found.failed == tuple(VECTORS[name][0]["source"] for name in ("sm3", "sm4", "sm2"))
    assert len(found.passed) == 2
