"""What the Hebei client makes of every printed answer and its variants."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import PlatformRejectedError
from hbgz_desktop.model.shared_viewing import (
    OrderItems,
    OrderRelation,
    RecognisedOrders,
    RecognitionResult,
    SharingOffer,
    ViewRequest,
)
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.hebei.answers import AnswerReader, printed_name
from hbgz_desktop.platforms.hebei.verdict import Verdict
from tests.unit.platforms.hebei.sharing_bench import (
    CIPHERS,
    KEY,
    NOW,
    TOKEN,
    USER,
    VISIT,
    SharingBench,
    success,
)

if TYPE_CHECKING:
    from hbgz_desktop.model.access_token import AccessToken
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

VIEW = ViewRequest()


def token_of(platform: ScriptedFrontEnd, bench: SharingBench, body: object) -> AccessToken | None:
    platform.answer(body)
    return bench.client().get_token(USER).answer


def offer_of(platform: ScriptedFrontEnd, bench: SharingBench, data: object) -> SharingOffer:
    platform.answer(success(data))
    answer = bench.client().hr_page(TOKEN, VISIT, VIEW).answer
    assert answer is not None
    return answer


# ---- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app_id", "App_id", "appId", "APPID"])
@pytest.mark.parametrize("code", ["200", 200, 200.0], ids=repr)
@pytest.mark.parametrize("expire", ["14400", 14400], ids=repr)
def test_a_token_in_every_spelling(
    platform: ScriptedFrontEnd,
    bench: SharingBench,
    name: str,
    code: object,
    expire: object,
) -> None:
    body = {"code": code, "msg": "操作成功", "data": {name: "a1", "expire": expire, "token": "t.1"}}
    token = token_of(platform, bench, body)
    assert token is not None
    assert (token.app_id, token.token, token.life_s) == ("a1", "t.1", 14400)
    assert (token.user, token.obtained_at) == (USER, NOW)
    assert (token.expires_at - NOW).total_seconds() == 14400
    assert (token.renew_at(0.9) - NOW).total_seconds() == 12960


@pytest.mark.parametrize(
    "expire", ["", None, "很久", "-5", "0", "nan", "inf", True, 1e20], ids=repr
)
def test_a_life_that_cannot_be_read_lasts_a_minute(
    platform: ScriptedFrontEnd, bench: SharingBench, expire: object
) -> None:
    token = token_of(
        platform, bench, success({"app_id": "a1", "expire": expire, "token": "t"}) | {"x": 1}
    )
    assert token is not None
    assert token.life_s is None
    assert (token.expires_at - NOW).total_seconds() == 60


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [],
        {"app_id": "a"},
        {"token": "t"},
        {"app_id": "", "token": "t"},
        {"app_id": "令牌", "token": "t"},
        {"app_id": "a", "token": "t\r\nX: 1"},
    ],
)
def test_a_success_without_a_usable_token_is_none(
    platform: ScriptedFrontEnd, bench: SharingBench, data: object
) -> None:
    platform.answer({"code": "200", "msg": "", "data": data})
    outcome = bench.client().get_token(USER)
    assert outcome.answer is None
    assert isinstance(outcome.error, PlatformRejectedError)
    assert outcome.error.code == "hebei_answer_incomplete"


def test_data_may_be_a_list_or_a_text_of_json(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    data = {"App_id": "a1", "token": "t"}
    assert token_of(platform, bench, success([data])) is not None
    assert token_of(platform, bench, success(json.dumps(data))) is not None


def test_a_renewal_with_an_empty_code_counts_if_it_brings_a_token(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    renewed = {"code": "", "msg": "提示信息", "data": {"App_id": "a2", "expire": 60, "token": "t2"}}
    platform.answer(renewed)
    token = bench.client().refresh_token(TOKEN).answer
    assert token is not None
    assert (token.user, token.token) == (USER, "t2")
    platform.answers.clear()
    platform.answer({"code": "", "msg": "", "data": {}})
    assert not bench.client().refresh_token(TOKEN).accepted
    platform.answers.clear()
    platform.answer(renewed)
    assert not bench.client().get_token(USER).accepted


# ---- hrPage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_list", [True, False])
@pytest.mark.parametrize("count", ["3", 3, 3.0], ids=repr)
def test_an_offer_as_list_or_object_with_counts_as_text_or_number(
    platform: ScriptedFrontEnd, bench: SharingBench, count: object, *, as_list: bool
) -> None:
    data = {
        "patientName": CIPHERS["patientName"],
        "idNo": CIPHERS["idNo"].upper(),
        "phoneNo": "138****2071",
        "studyResultNo": count,
        "labResultNo": "0",
        "url": "http://view.example/p?a=1&b=%20",
    }
    offer = offer_of(platform, bench, [data] if as_list else data)
    assert offer == SharingOffer(
        3, 0, "http://view.example/p?a=1&b=%20", VISIT.name, VISIT.id_no, "138****2071"
    )
    assert offer.has_results


@pytest.mark.parametrize(
    ("study", "lab", "url", "has_results"),
    [
        ("0", "0", "http://h/p", False),
        (0, 0, "", False),
        ("0", "2", "http://h/p", True),
        ("many", "0", "http://h/p", True),
        (None, None, "http://h/p", True),
        ("many", "0", "", False),
        (None, None, "javascript:alert(1)", False),
    ],
)
def test_whether_there_is_something_to_look_at(
    platform: ScriptedFrontEnd,
    bench: SharingBench,
    study: object,
    lab: object,
    url: str,
    *,
    has_results: bool,
) -> None:
    data = {"studyResultNo": study, "labResultNo": lab, "url": url}
    assert offer_of(platform, bench, data).has_results is has_results


@pytest.mark.parametrize(
    ("printed", "absolute"),
    [
        ("/hr/page?x=1", "{base}/hr/page?x=1"),
        ("hr/page", "{base}/hr/page"),
        ("HTTPS://Other.example/p#t", "HTTPS://Other.example/p#t"),
        ("http://h.example/a/../b?", "http://h.example/a/../b?"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("http://user:pw@h/p", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_page_address(
    platform: ScriptedFrontEnd, bench: SharingBench, printed: str, absolute: str
) -> None:
    data = {"studyResultNo": 1, "labResultNo": 1, "url": printed}
    assert offer_of(platform, bench, data).url == absolute.format(base=bench.base_url)


@pytest.mark.parametrize("data", [None, [], {}, "", 7, [None]], ids=repr)
def test_an_offer_of_nothing_is_nothing_to_look_at(
    platform: ScriptedFrontEnd, bench: SharingBench, data: object
) -> None:
    platform.answer({"code": 200, "msg": "", "data": data})
    answer = bench.client().hr_page(TOKEN, VISIT, VIEW).answer
    assert answer == SharingOffer(None, None)
    assert not answer.has_results


# ---- getHrInfo -----------------------------------------------------------------------------------


def test_orders_that_were_recognised(platform: ScriptedFrontEnd, bench: SharingBench) -> None:
    data = {
        "idNo": CIPHERS["idNo"],
        "visitNo": CIPHERS["visitNo"],
        "visitTime": "2024-02-04 08:00:00",
        "relation": {
            "studyItem": [{"hisNo": "J1", "studyItemCodes": ["CT1"]}, {"hisNo": "J2"}],
            "labItem": [{"hisNo": 77, "labItemCodes": [], "extra": 1}],
        },
    }
    platform.answer(success(data))
    answer = bench.client().get_hr_info(TOKEN, VISIT, OrderRelation()).answer
    assert answer == RecognisedOrders(
        OrderRelation(
            (OrderItems("J1", ("CT1",)), OrderItems("J2")),
            (OrderItems("77"),),
        ),
        VISIT.id_no,
        VISIT.visit_no,
        VISIT.visit_time,
    )
    assert not answer.relation.is_empty


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"relation": None},
        {"relation": {}},
        {"relation": {"studyItem": None}},
        {"relation": {"labItem": [{"hisNo": "Y1", "labItemCodes": None}]}},
    ],
)
def test_a_missing_list_means_nothing_was_recognised(
    platform: ScriptedFrontEnd, bench: SharingBench, data: object
) -> None:
    platform.answer({"code": "200", "msg": "", "data": data})
    answer = bench.client().get_hr_info(TOKEN, VISIT, OrderRelation()).answer
    assert answer is not None
    assert answer.relation.is_empty


# ---- restJcJyYyInfo ------------------------------------------------------------------------------


def results_of(bench: SharingBench, data: object) -> RecognitionResult:
    return AnswerReader(bench.options).results(Verdict(True, "200", "", data))


def test_both_levels_and_what_is_not_printed(bench: SharingBench) -> None:
    result = results_of(
        bench,
        {
            "patientName": CIPHERS["patientName"],
            "dataSource": "省平台",
            "traceId": "x",
            "studyItem": [
                {
                    "recordId": 12,
                    "studyNo": "流水1",
                    "studyResultCode": "1",
                    "isRecognition": "1",
                    "studyTypeCode": "01",
                    "grade": {"a": 1},
                    "studyDetails": [{"studyNo": "检查号1", "yyx": "阳性", "isImage": 1, "n": 2}],
                }
            ],
            "labItem": [
                {
                    "labSerialNumber": "L1",
                    "labDetails": [
                        {"itemId": "R1", "resultPrompt": "3", "isRecognition": "2"},
                        {"itemId": "R2", "resultPrompt": "9", "isRecognition": ""},
                    ],
                }
            ],
        },
    )
    study, report = result.studies[0], result.lab_reports[0]
    assert (result.patient_name, result.data_source, result.unknown) == (
        VISIT.name,
        "省平台",
        {"traceId": "x"},
    )
    assert (study.record_id, study.study_no, study.study_result_code) == ("12", "流水1", "1")
    assert study.is_recognised is True
    assert study.unknown == {"grade": {"a": 1}}
    detail = study.details[0]
    assert (detail.study_no, detail.positivity, detail.is_image) == ("检查号1", "阳性", "1")
    assert detail.unknown == {"n": 2}
    assert [one.is_recognised for one in report.results] == [False, None]
    assert [one.result_prompt for one in report.results] == ["3", "9"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"studyItem": None, "labItem": {}},
        {"studyItem": ["x", 7, None], "labItem": "x"},
        {"studyItem": {"studyDetails": "x"}},
    ],
)
def test_nothing_that_comes_makes_the_reader_fail(bench: SharingBench, data: object) -> None:
    result = results_of(bench, data)
    assert all(not study.details for study in result.studies)


def test_no_result_shows_in_a_repr(bench: SharingBench) -> None:
    result = results_of(bench, {"patientName": "王小丽", "studyItem": [{"studyResult": "阳性"}]})
    assert "王小丽" not in repr(result)
    assert "阳性" not in repr(result.studies)


def test_printed_names() -> None:
    assert printed_name("call_mapping_item_code") == "callMappingItemCode"
    assert printed_name("positivity") == "yyx"


# ---- decrypting answers (H037) -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decrypted", "value", "shown"),
    [
        (True, CIPHERS["idNo"], VISIT.id_no),
        (True, VISIT.id_no, VISIT.id_no),
        (True, "0" * 32, "0" * 32),
        (True, "1101********002X", "1101********002X"),
        (False, CIPHERS["idNo"], CIPHERS["idNo"]),
    ],
)
def test_what_looks_like_ciphertext_is_decrypted_where_the_switch_says(
    platform: ScriptedFrontEnd, bench: SharingBench, value: str, shown: str, *, decrypted: bool
) -> None:
    platform.answer(success({"idNo": value}))
    client = bench.client(decrypted=frozenset({"idNo"}) if decrypted else frozenset())
    answer = client.get_hr_info(TOKEN, VISIT, OrderRelation()).answer
    assert answer is not None
    assert answer.id_no == shown


def test_a_base64_answer_is_decrypted_too(platform: ScriptedFrontEnd, bench: SharingBench) -> None:
    platform.answer(success({"visitNo": Sm4(KEY, encoding="base64").encrypt("MZ0001")}))
    answer = bench.client().get_hr_info(TOKEN, VISIT, OrderRelation()).answer
    assert answer is not None
    assert answer.visit_no == "MZ0001"
