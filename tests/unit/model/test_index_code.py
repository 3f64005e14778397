"""The index code: grammar, what is accepted, what is sent (G001–G011)."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.index_code import (
    MAX_INDEX_LENGTH,
    IndexCode,
    IndexCodeOptions,
    advance_second,
    build_index_code,
    clean_certificate_number,
    is_well_formed_part,
    parse_index_code,
)

EXAMPLE = "111-100200300040506000-20241122143055-0000000000000-000000000"
MOMENT = datetime(2024, 11, 22, 6, 30, 55, tzinfo=UTC)
SIX_PARTS = "111-110101197804050038-20241122143000-0000000000000-000000000-123502004266007980"


def refusal(text: str) -> tuple[str, object]:
    with pytest.raises(RecordError) as error:
        parse_index_code(text)
    return error.value.code, error.value.facts.get("part")


def test_example_of_the_document() -> None:
    code, warnings = parse_index_code(EXAMPLE)
    assert code == IndexCode("111", "100200300040506000", MOMENT)
    assert warnings == ()
    assert build_index_code("111", "100200300040506000", MOMENT).text == EXAMPLE


def test_six_parts_are_accepted() -> None:
    code, warnings = parse_index_code(SIX_PARTS)
    assert (code.institution, code.text, warnings) == ("123502004266007980", SIX_PARTS, ())


def test_printed_variants_pass_with_a_warning() -> None:
    text = "11-X-20241122143055-" + "0" * 14 + "-" + "0" * 10 + "-12345"
    code, warnings = parse_index_code(text)
    assert code.text == text
    assert [(w.rule, w.part, w.decision) for w in warnings] == [
        ("index_device_length", 4, "G003"),
        ("index_part_length", 5, "G004"),
        ("index_institution_length", 6, "G001"),
    ]


def test_real_codes_are_accepted() -> None:
    text = "111-X-20241122143055-1100000000001-001000011"
    assert parse_index_code(text) == (
        IndexCode("111", "X", MOMENT, "1100000000001", "001000011"),
        (),
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", 0),
        ("111-X-20241122143055-0000000000000", 0),
        (EXAMPLE + "-1-2", 0),
        ("111 - X - 20241122143055 - 0000000000000 - 000000000", 1),
        ("-X-20241122143055-0000000000000-000000000", 1),
        ("1111111-X-20241122143055-0000000000000-000000000", 1),
        ("111-x-20241122143055-0000000000000-000000000", 2),
        ("111-\uff11-20241122143055-0000000000000-000000000", 2),
        ("111-" + "9" * 35 + "-20241122143055-0000000000000-000000000", 2),
        ("111-X-2024112214305-0000000000000-000000000", 3),
        ("111-X-20241322143055-0000000000000-000000000", 3),
        ("111-X-20240230143055-0000000000000-000000000", 3),
        ("111-X-20241122243055-0000000000000-000000000", 3),
        ("111-X-00000000000000-0000000000000-000000000", 3),
        ("111-X-19860504023000-0000000000000-000000000", 3),  # skipped by daylight saving
        ("111-X-20241122143055-000000000000-000000000", 4),
        ("111-X-20241122143055-000000000000000-000000000", 4),
        ("111-X-20241122143055-0000000000000-00000000", 5),
        ("111-X-20241122143055-0000000000000-00000000000", 5),
        ("111-X-20241122143055-0000000000000-000000000-", 6),
        ("111-X-20241122143055-0000000000000-000000000\n", 5),
    ],
)
def test_broken_grammar_names_the_part(text: str, part: int) -> None:
    assert refusal(text) == ("index_code_malformed", part)


def test_too_long() -> None:
    assert refusal("1" * (MAX_INDEX_LENGTH + 1)) == ("index_code_too_long", None)


def test_errors_and_repr_hold_no_certificate_number() -> None:
    with pytest.raises(RecordError) as error:
        parse_index_code(EXAMPLE.replace("2024", "9999-"))
    assert "100200300040506000" not in str(error.value)
    assert "100200300040506000" not in repr(parse_index_code(EXAMPLE)[0])


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("52010119900307653x", "52010119900307653X"),
        (" 5201 0119 9003 0765 3X\t", "52010119900307653X"),
        ("H12345678(01)", "H1234567801"),
        ("h\uff11\uff12\uff13（\uff10）", "H1230"),
        ("【E12345678】", "E12345678"),
    ],
)
def test_certificate_numbers_are_cleaned(written: str, cleaned: str) -> None:
    assert clean_certificate_number(written) == cleaned


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "certificate_empty"),
        (" () ", "certificate_empty"),
        ("AB-123", "certificate_hyphen"),
        ("AB－123", "certificate_hyphen"),
        ("AB—123", "certificate_hyphen"),
        ("军1234", "certificate_characters"),
        ("ß1234", "certificate_characters"),
        ("A.1", "certificate_characters"),
        ("9" * 35, "certificate_too_long"),
    ],
)
def test_certificate_numbers_that_are_refused(written: str, code: str) -> None:
    with pytest.raises(RecordError) as error:
        clean_certificate_number(written)
    assert error.value.code == code


def test_hyphen_by_setting() -> None:
    assert clean_certificate_number("AB-12—3", "") == "AB123"
    assert clean_certificate_number("AB-123", "0") == "AB0123"
    options = IndexCodeOptions(hyphen_replacement="")
    assert build_index_code("414", "e-1", MOMENT, options=options).cert_no == "E1"


def test_zeros_unless_real_codes_are_wanted() -> None:
    plain = build_index_code("111", "X", MOMENT, device="1100000000001", part="B020ZYZZZ")
    assert (plain.device, plain.part) == ("0" * 13, "0" * 9)
    options = IndexCodeOptions(send_device_and_part=True, institution="123502004266007980")
    real = build_index_code(
        "111", "X", MOMENT, device="1100000000001", part="B020ZYZZZ", options=options
    )
    assert real.text == ("111-X-20241122143055-1100000000001-B020ZYZZZ-123502004266007980")
    empty = build_index_code("111", "X", MOMENT, options=options)
    assert (empty.device, empty.part) == ("0" * 13, "0" * 9)


@pytest.mark.parametrize("part", ["BD0", "BB04ZZZZ21", "b020zyzzz", ""])
def test_malformed_part_becomes_zeros(part: str) -> None:
    options = IndexCodeOptions(send_device_and_part=True)
    assert not is_well_formed_part(part)
    assert build_index_code("111", "X", MOMENT, part=part, options=options).part == "0" * 9


@pytest.mark.parametrize(
    ("cert_type", "device", "institution", "part"),
    [
        ("1111111", "", "", 1),
        ("身份证", "", "", 1),
        ("111", "123", "", 4),
        ("111", "0" * 14, "", 4),
        ("111", "", "A-B", 0),
        ("111", "", "a", 6),
    ],
)
def test_nothing_malformed_is_built(
    cert_type: str, device: str, institution: str, part: int
) -> None:
    options = IndexCodeOptions(institution=institution, send_device_and_part=True)
    with pytest.raises(RecordError) as error:
        build_index_code(cert_type, "X", MOMENT, device=device, options=options)
    assert error.value.code == "index_code_malformed"
    assert error.value.facts["part"] == part


def test_naive_time_is_a_bug() -> None:
    with pytest.raises(ValueError, match="aware"):
        build_index_code("111", "X", MOMENT.replace(tzinfo=None))


def test_fraction_of_a_second_is_dropped() -> None:
    exact = MOMENT + timedelta(microseconds=999_999)
    assert build_index_code("111", "100200300040506000", exact).text == EXAMPLE


def test_collision_moves_on_by_a_second() -> None:
    code, _ = parse_index_code("111-X-20241231235959-0000000000000-000000000")
    assert advance_second(code).text == "111-X-20250101000000-0000000000000-000000000"
    assert advance_second(code).cert_no == code.cert_no


PART_TEXT = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=9, max_size=9)
MOMENTS = st.datetimes(datetime(1992, 1, 1), datetime(2199, 12, 31)).map(  # noqa: DTZ001 - hypothesis wants naive bounds
    lambda moment: moment.replace(tzinfo=UTC)
)


@given(
    st.from_regex(r"[0-9A-Z]{1,6}", fullmatch=True),
    st.from_regex(r"[0-9A-Z]{1,34}", fullmatch=True),
    MOMENTS,
    PART_TEXT,
    st.from_regex(r"([0-9A-Z]{18})?", fullmatch=True),
)
def test_what_is_built_is_read_back(
    cert_type: str, cert_no: str, moment: datetime, part: str, institution: str
) -> None:
    options = IndexCodeOptions(institution=institution, send_device_and_part=True)
    built = build_index_code(cert_type, cert_no, moment, part=part, options=options)
    assert len(built.text) <= 99
    read, warnings = parse_index_code(built.text)
    assert (read, warnings) == (built, ())
    assert advance_second(read).text != read.text


@given(st.text(max_size=120))
def test_any_text_is_read_exactly_or_refused(text: str) -> None:
    read = ""
    with contextlib.suppress(RecordError):
        read = parse_index_code(text)[0].text
    assert read in {"", text}
