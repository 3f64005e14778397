from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.platforms.guizhou.answers import judge, parse_json, refusal
from hbgz_desktop.platforms.guizhou.outcome import outcome_of
from hbgz_desktop.platforms.http_answer import Answer, retry_after_s

INDEX = "111-110101197804050038-20241122143000-0000000000000-000000000"
NOW = datetime(2025, 3, 1, 12, 0, 0, tzinfo=UTC)

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_NAMES = st.sampled_from(["code", "data", "succFlag", "hiImgIdx", "message"]) | st.text(max_size=3)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(_JSON, st.sampled_from([200, 302, 400, 401, 404, 413, 429, 500]), st.booleans())
def test_any_json_is_judged(value: object, status: int, needs_flag: bool) -> None:
    outcome = outcome_of(
        Answer(status, {}, json.dumps(value)), "saveImgFile", INDEX, needs_flag=needs_flag
    )
    assert outcome.accepted is (outcome.error is None)
    if outcome.accepted:
        assert status == 200
        assert outcome.answer_code in (None, "0")


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_not(text: str) -> None:
    parsed = parse_json(text)
    assert parsed is None or isinstance(parsed, dict)


def test_acceptance_is_code_0_and_flag_1_and_nothing_else() -> None:
    codes = [None, 0, "0", 0.0, 1, "1", -1, "", "00", True, False, "success", 200]
    flags = [None, 1, "1", 1.0, 0, "0", -1, "", True, "true"]
    for code, flag in product(codes, flags):
        answer = {"code": code, "data": [{"succFlag": flag}]}
        verdict = judge(parse_json(json.dumps(answer)) or {}, INDEX, needs_flag=True)
        # True == 1 in Python: booleans are no codes of this standard
        wanted = str(code) in ("None", "0", "0.0") and str(flag) in ("1", "1.0")
        assert (verdict is not None and verdict.accepted) is wanted, (code, flag)


@pytest.mark.parametrize(
    ("code", "message", "reasons"),
    [
        ("1", "影像已存在", "already"),
        ("1", "请勿重复提交", "already"),
        ("1", "File Already exists", "already"),
        ("1", "请勿重复提交同一报文", "already"),
        ("1", "报文 ID 重复", "number_again"),
        ("1", "发送方报文ID：H52010000001202611201200000001 已存在", "number_again"),
        ("1", "msgid已使用", "number_again"),
        ("1", "Duplicate message id", "number_again"),
        ("1", "流水号重复，请重新发送", "number_again"),
        ("1", "报文ID正确，影像已存在", "already"),
        ("1", "索引不存在", ""),
        ("403", "", "not_authorised"),
        ("1", "密钥不正确", "not_authorised"),
        ("503", "", "busy"),
        ("500", "系统繁忙，请稍后再试", "busy"),
        ("1", "fileMd5校验失败", "md5"),
        ("1", "fileMd5不能为空", ""),
        (None, "", ""),
    ],
)
def test_reasons_of_a_refusal(code: str | None, message: str, reasons: str) -> None:
    found = refusal(code, message)
    names = ("already", "number_again", "not_authorised", "busy", "md5")
    assert " ".join(name for name in names if getattr(found, name)) == reasons


def test_a_message_number_used_before_is_tried_again_with_another() -> None:
    answer = Answer(200, {}, json.dumps({"code": 1, "message": "报文 ID 重复"}))
    outcome = outcome_of(answer, "saveExamRpotImgInfo", INDEX, needs_flag=True)
    assert not outcome.already
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.retryable) == ("platform_number_repeated", True)


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1.5", None),
        ("0", 0.0),
        ("9" * 30, 3600.0),
        ("9" * 400, None),
        ("9" * 5000, None),
        ("Sat, 01 Mar 2025 12:00:30 GMT", 30.0),
        ("Sat, 01 Mar 2025 11:00:00 GMT", 0.0),
        ("Sat, 01 Mar 2025 12:00:30 -0000", 30.0),
    ],
)
def test_retry_after(value: str, wait_s: float | None) -> None:
    assert retry_after_s({"retry-after": value}, NOW) == wait_s
