"""Our ciphers and the ``openssl`` program, both ways: SM3, SM4 in ECB and CBC, SM2 signatures."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.platforms.gm import Mode, Sm4, sm3
from hbgz_desktop.platforms.gm_self_test import read_vectors
from hbgz_desktop.platforms.sm2 import Sm2PrivateKey, Sm2PublicKey
from hbgz_desktop.platforms.sm2_engine import GmsslEngine, Sm2Engine, sm2_engine
from tests.peer_programs import run_peer

if TYPE_CHECKING:
    from pathlib import Path

KEY, IV = os.urandom(16), os.urandom(16)
USER_ID = "1234567812345678"
ENGINES = {one.name.split()[0]: one for one in (GmsslEngine(), sm2_engine())}


def openssl(*arguments: str | Path, data: bytes = b"") -> bytes:
    return run_peer("openssl", *arguments, data=data).out


@pytest.mark.parametrize("size", [0, 1, 55, 56, 64, 1000])
def test_sm3(size: int) -> None:
    data = os.urandom(size)
    assert sm3(data) == openssl("dgst", "-sm3", "-binary", data=data)


@pytest.mark.parametrize("mode", ["ecb", "cbc"])
@pytest.mark.parametrize("text", ["", "王小丽", "11010519491231002X", "x" * 32])
def test_sm4_both_ways(mode: Mode, text: str) -> None:
    vector = ["-iv", IV.hex()] if mode == "cbc" else []
    program = ("enc", f"-sm4-{mode}", "-K", KEY.hex(), *vector)
    sm4 = Sm4(KEY, mode=mode, iv=IV)
    assert sm4.decrypt(openssl(*program, data=text.encode()).hex()) == text
    assert openssl(*program, "-d", data=sm4.encrypt_bytes(text.encode())).decode() == text


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sm2") / "key.pem"
    openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", path)
    return path


@pytest.fixture(scope="module")
def private_key(key_file: Path) -> Sm2PrivateKey:
    text = openssl("ec", "-in", key_file, "-noout", "-text").decode()
    digits = re.search(r"priv:\s*([0-9a-f:\s]+?)\s*pub:", text)
    assert digits is not None
    return Sm2PrivateKey.read(re.sub(r"[:\s]", "", digits[1])[-64:].zfill(64))


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_sm2_both_ways(
    engine: Sm2Engine, key_file: Path, private_key: Sm2PrivateKey, tmp_path: Path
) -> None:
    public_pem = openssl("ec", "-in", key_file, "-pubout").decode()
    public = Sm2PublicKey.read(public_pem)
    assert public == private_key.public_key()
    (tmp_path / "public.pem").write_text(public_pem, encoding="ascii")
    message = b'{"hosCode":"HZ00123","studyInstanceId":"1.2.3"}'
    (tmp_path / "message").write_bytes(message)
    of_message = ("-rawin", "-in", tmp_path / "message", "-digest", "sm3")
    how = (*of_message, "-pkeyopt", f"distid:{USER_ID}")
    theirs = openssl("pkeyutl", "-sign", "-inkey", key_file, *how)
    assert public.verify(message, theirs.hex(), engine=engine)
    assert not public.verify(message + b" ", theirs.hex(), engine=engine)
    ours = private_key.sign(message, form="der", engine=engine)
    (tmp_path / "signature").write_bytes(bytes.fromhex(ours))
    of_file = ("-pubin", "-inkey", tmp_path / "public.pem")
    signature = ("-sigfile", tmp_path / "signature")
    assert b"Successfully" in openssl("pkeyutl", "-verify", *of_file, *signature, *how)


def test_the_printed_examples_are_openssls_too() -> None:
    vectors = read_vectors()
    for vector in vectors["sm3"]:
        made = openssl("dgst", "-sm3", "-binary", data=bytes.fromhex(vector["message"]))
        assert made.hex() == vector["digest"]
    for vector in vectors["sm4"]:
        how = ["-nopad", "-K", vector["key"]] + (["-iv", vector["iv"]] if vector["iv"] else [])
        made = openssl("enc", f"-sm4-{vector['mode']}", *how, data=bytes.fromhex(vector["plain"]))
        assert made.hex() == vector["cipher"]
