"""The garbled-name table of FIELD section 3 and its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.dicom.charset import (
    candidates,
    codec_of,
    decode_text,
    person_name_display,
    plausibility,
)

NAMES = [
    "张三",
    "欧阳娜娜",
    "李昊",
    "陈堃",
    "刘喆",
    "张珺",
    "丁一",
    "联通",
    "朱镕基",
    "胸部CT平扫",
    "CT胸部+增强",
    "DR-胸片(正位)",
    "肝胆胰脾彩超",
    "阿依古丽·买买提",
    "黄骅市人民医院（东院）",
    "Zhang^San=张^三=",
]
DECLARATIONS = [
    [],
    [""],
    ["ISO_IR 100"],
    ["ISO_IR 6"],
    ["GB18030"],
    ["gb18030"],
    ["GBK"],
    ["GB2312"],
    ["ISO_IR 58"],
    ["ISO IR 58"],
    ["ISO_IR 192"],
    ["ISO IR 192"],
    ["GB18030", "ISO IR 192"],
    ["ISO 2022 IR 6", "ISO 2022 IR 58"],
    ["", "ISO 2022 IR 58"],
    ["nonsense"],
]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("fallback", ["GB18030", "ISO_IR 192", ""])
@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_text_is_read_whatever_is_declared(
    name: str, fallback: str, encoding: str
) -> None:
    raw = name.encode(encoding)
    read = {tuple(declared): decode_text(raw, declared, fallback).text for declared in DECLARATIONS}
    assert set(read.values()) == {name}, read


@pytest.mark.parametrize(
    ("raw", "declared", "fallback", "origin", "codec"),
    [
        ("张三".encode("gbk"), ["GB18030"], "", "dataset", "gb18030"),
        ("张三".encode("gbk"), ["GBK"], "", "dataset", "gb18030"),
        ("张三".encode(), ["ISO_IR 192"], "", "dataset", "utf_8"),
        ("张三".encode("gbk"), [], "GB18030", "fallback", "gb18030"),
        ("张三".encode("gbk"), ["ISO_IR 100"], "GB18030", "fallback", "gb18030"),
        ("张三".encode("gbk"), ["ISO_IR 192"], "", "detected", "gb18030"),
        ("张三".encode(), [], "GB18030", "detected", "utf_8"),
        ("张三".encode(), ["GB18030"], "", "detected", "utf_8"),
        (b"ZHANG^SAN", ["nonsense"], "GB18030", "dataset", "ascii"),
        (b"", [], "", "dataset", "ascii"),
    ],
)
def test_where_the_encoding_came_from(
    raw: bytes, declared: list[str], fallback: str, origin: str, codec: str
) -> None:
    decoded = decode_text(raw, declared, fallback)
    assert (decoded.origin, decoded.codec) == (origin, codec)


@pytest.mark.parametrize("name", ["Müller", "Jörg Müßig", "José Peña", "Größe", "François"])
def test_a_western_name_stays_one(name: str) -> None:
    assert decode_text(name.encode("latin-1"), ["ISO_IR 100"], "GB18030").text == name
    assert decode_text(name.encode(), ["ISO_IR 192"], "GB18030").text == name
    assert decode_text(name.encode(), [], "GB18030").text == name


@pytest.mark.parametrize(
    ("raw", "declared", "text"),
    [
        (
            b"Wang^XiaoDong=\x1b$)A\xcd\xf5^\x1b$)A\xd0\xa1\xb6\xab=",
            ["", "ISO 2022 IR 58"],
            "王小东",
        ),
        (b"\x1b$)A\xd5\xc5\xc8\xfd", ["ISO 2022 IR 6", "ISO 2022 IR 58"], "张三"),
        (b"\x1b$)A\xd5\xc5\xc8\xfd", [], "张三"),
        (
            b"Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7",
            ["", "ISO 2022 IR 149"],
            "洪吉洞",
        ),
        (
            b"Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B",
            ["", "ISO 2022 IR 87"],
            "山田太郎",
        ),
    ],
)
def test_code_extensions(raw: bytes, declared: list[str], text: str) -> None:
    assert person_name_display(decode_text(raw, declared, "").text) == text


def test_a_value_cut_within_a_character_is_still_read() -> None:
    assert decode_text("人民医院".encode()[:-1], ["ISO_IR 192"], "").text == "人民医"
    assert decode_text("人民医院".encode("gbk")[:-1], ["GB18030"], "").text == "人民医"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ([], None),
        ([""], None),
        (["ISO_IR 6"], None),
        (["ISO_IR 100"], "iso8859_1"),
        (["ISO_IR 192"], "utf_8"),
        (["utf-8"], "utf_8"),
        (["GB18030", "ISO IR 192"], "gb18030"),
        (["ISO_IR 144"], "iso_ir_144"),
        (["ISO-IR 144"], "iso_ir_144"),
        (["ISO_IR 13"], "shift_jis"),
        (["cp1251"], "cp1251"),
        (["nonsense"], None),
    ],
)
def test_declared_terms(declared: list[str], codec: str | None) -> None:
    assert codec_of(declared) == codec


def test_candidates_come_most_plausible_first() -> None:
    gbk = candidates("张三".encode("gbk"))
    assert (gbk[0].codec, gbk[0].text) == ("gb18030", "张三")
    utf8 = candidates("张三".encode())
    assert utf8[0].text == "张三"
    assert len(utf8) >= 2
    assert len({one.text for one in utf8}) == len(utf8)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("张^三", "张三"),
        ("ZHANG^SAN", "ZHANG SAN"),
        ("ZHANG^SAN==", "ZHANG SAN"),
        ("Zhang^San=张^三=", "张三"),
        ("Zhang^San=张^三=ㄓㄤ^ㄙㄢ", "张三"),
        ("=张三=", "张三"),
        ("Doe^John^^Dr^", "Doe John Dr"),
        ("  ^ ", ""),
        ("", ""),
        ("Müller^Ärni", "Müller Ärni"),
    ],
)
def test_person_names_are_shown_as_people_write_them(value: str, shown: str) -> None:
    assert person_name_display(value) == shown


def test_plausibility_prefers_common_characters() -> None:
    assert plausibility("张三") == 1.0
    assert plausibility("ascii") == 1.0
    assert plausibility("寮犱笁") < 0.5
    assert plausibility("ÕÅÈý") < 0


@given(st.binary(max_size=80), st.lists(st.text(max_size=16), max_size=3), st.text(max_size=12))
def test_any_bytes_give_a_text(raw: bytes, declared: list[str], fallback: str) -> None:
    decoded = decode_text(raw, declared, fallback)
    assert decoded.origin in {"dataset", "fallback", "detected"}
    assert isinstance(person_name_display(decoded.text), str)
    candidates(raw)
