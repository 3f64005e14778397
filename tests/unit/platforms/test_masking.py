from __future__ import annotations

import json

import pytest

from hbgz_desktop.platforms.guizhou.masking import mask_answer

TAIL = "20241122143000-0000000000000-000000000"
INDEX = f"111-110101197804050038-{TAIL}"
MASKED_INDEX = f"111-***-{TAIL}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (INDEX, MASKED_INDEX),
        (f"引{INDEX}-123502004266007980重复", f"引{MASKED_INDEX}-***重复"),
        (f"引414-e12345678 - {TAIL}", f"引414-*** - {TAIL}"),
        ("证件号码11010119780405003X有误", "证件号码***有误"),
        ("旧证110101780405003", "旧证***"),
        ('{"code":0,"message":"成功"}', '{"code":0,"message":"成功"}'),
        ("H52030200193202503030100000001", "H52030200193202503030100000001"),
    ],
)
def test_numbers_that_name_a_person(text: str, masked: str) -> None:
    assert mask_answer(text, []) == masked


def test_secrets_also_as_json_writes_them() -> None:
    answer = json.dumps({"message": '张三丰 张三 KEY"1'}) + '张三 key"1'
    masked = mask_answer(answer, ["张三", "张三丰", 'KEY"1', "三", ""])
    assert masked == '{"message": "*** *** ***"}*** ***'


def test_masking_twice_changes_nothing() -> None:
    once = mask_answer(f"{INDEX} 张三", ["张三"])
    assert mask_answer(once, ["张三"]) == once


ROW = '{"hiImgIndx": "I", "psnName": "李\\"丽", "certno":"110*****1", "fixmedinsName": "医院"}'


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (ROW, '{"hiImgIndx": "I", "psnName": "***", "certno":"***", "fixmedinsName": "医院"}'),
        (
            f"[{ROW}",
            '[{"hiImgIndx": "I", "psnName": "***", "certno":"***", "fixmedinsName": "医院"}',
        ),
        ('{"PSNNAME" : "李丽', '{"PSNNAME" : "***'),
        ('{"fileContent":"AAAA\\/BB"}', '{"fileContent":"***"}'),
        ('{"data":"[{\\"psnName\\":\\"李丽\\"}]"}', '{"data":"[{\\"psnName\\":\\"***\\"}]"}'),
        ('{"psnName": null}', '{"psnName": null}'),
    ],
)
def test_personal_members_of_2_6_and_2_8(text: str, masked: str) -> None:
    assert mask_answer(text, []) == masked
    assert mask_answer(masked, []) == masked
