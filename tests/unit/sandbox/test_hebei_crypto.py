"""SM4 as the simulated Hebei platform speaks it, against the standard and another implementation."""

from __future__ import annotations

import pytest
from gmssl.sm4 import SM4_ENCRYPT, CryptSM4

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.hebei_crypto import Encoding, Sm4Cipher
from hbgz_desktop.sandbox.hebei_rules import RuleBrokenError
from tests.unit.sandbox.hebei_caller import ID_NO, SM4_KEY

# GB/T 32907, appendix A.1: key and plain text are the same.
STANDARD_CIPHERTEXT = "681edf34d206965e86b3e94f536e4246"


def rule(cipher: Sm4Cipher, value: str) -> str:
    with pytest.raises(RuleBrokenError) as caught:
        cipher.decrypt(value, "idNo")
    assert "idNo" in caught.value.message
    return caught.value.rule.name


def test_the_vector_of_the_standard() -> None:
    """The vector is one block without padding: the first block of what padding makes of it."""
    other = CryptSM4()
    other.set_key(bytes.fromhex(SM4_KEY), SM4_ENCRYPT)
    block = bytes.fromhex(SM4_KEY)
    assert bytes(other.one_round(other.sk, list(block))).hex() == STANDARD_CIPHERTEXT
    text = "0123456789abcdef"
    assert Sm4Cipher(SM4_KEY).encrypt(text) == other.crypt_ecb(text.encode()).hex()
    assert Sm4Cipher(SM4_KEY).encrypt("王小明") == other.crypt_ecb("王小明".encode()).hex()


def test_lengths_are_those_of_the_printed_samples() -> None:
    cipher = Sm4Cipher(SM4_KEY)
    assert len(cipher.encrypt("13800001111")) == 32
    assert len(cipher.encrypt(ID_NO)) == 64


@pytest.mark.parametrize("vector", ["", "fedcba98765432100123456789abcdef"])
@pytest.mark.parametrize("encoding", ["hex", "HEX", "base64"])
@pytest.mark.parametrize("text", ["王小明", "0123456789abcdef", "x"])
def test_every_dialect_reads_what_it_wrote(vector: str, encoding: Encoding, text: str) -> None:
    cipher = Sm4Cipher(SM4_KEY, vector=vector, encoding=encoding)
    assert cipher.decrypt(cipher.encrypt(text), "patientName") == text


def test_a_vector_changes_everything() -> None:
    vector = "fedcba98765432100123456789abcdef"
    with_vector = Sm4Cipher(SM4_KEY, vector=vector)
    assert with_vector.encrypt("x") != Sm4Cipher(SM4_KEY).encrypt("x")
    assert rule(Sm4Cipher(SM4_KEY), with_vector.encrypt("王小明")) in (
        "CIPHER_PADDING",
        "CIPHER_TEXT",
    )


@pytest.mark.parametrize(
    ("encoding", "value", "expected"),
    [
        ("hex", ID_NO, "FIELD_NOT_ENCRYPTED"),
        ("hex", "王小明", "FIELD_NOT_ENCRYPTED"),
        ("hex", "ab" * 15, "FIELD_NOT_ENCRYPTED"),
        ("hex", Sm4Cipher(SM4_KEY).encrypt("王小明").upper(), "CIPHER_ENCODING"),
        ("HEX", Sm4Cipher(SM4_KEY).encrypt("王小明"), "CIPHER_ENCODING"),
        ("base64", Sm4Cipher(SM4_KEY).encrypt("王小明"), "CIPHER_ENCODING"),
        ("base64", "王小明", "FIELD_NOT_ENCRYPTED"),
        ("base64", "QUJD", "FIELD_NOT_ENCRYPTED"),
        ("hex", Sm4Cipher("1" * 32).encrypt("王小明"), "CIPHER_PADDING"),
        ("hex", Sm4Cipher(SM4_KEY).badly_padded(), "CIPHER_PADDING"),
    ],
)
def test_what_is_refused(encoding: Encoding, value: str, expected: str) -> None:
    assert rule(Sm4Cipher(SM4_KEY, encoding=encoding), value) == expected


def test_bytes_that_are_no_text() -> None:
    other = CryptSM4()
    other.set_key(bytes.fromhex(SM4_KEY), SM4_ENCRYPT)
    gb18030 = other.crypt_ecb("王小明".encode("gb18030")).hex()
    assert rule(Sm4Cipher(SM4_KEY), gb18030) == "CIPHER_TEXT"


@pytest.mark.parametrize("key", ["", "short", "g" * 32, "密" * 16, "a" * 17])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        Sm4Cipher(key)
    assert caught.value.code == "sandbox_sm4_key_invalid"
    assert caught.value.facts == {}


def test_a_key_may_be_sixteen_characters() -> None:
    assert Sm4Cipher("hbgz-trial-key-1").encrypt("x") == (
        Sm4Cipher(b"hbgz-trial-key-1".hex()).encrypt("x")
    )
