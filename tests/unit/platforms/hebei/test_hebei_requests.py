"""What the Hebei client sends: paths, headers and bodies of 2.2.3, over real sockets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.platforms.gm import Sm4
from tests.unit.platforms.hebei.sharing_bench import (
    CIPHERS,
    KEY,
    TOKEN,
    USER,
    VISIT,
    SharingBench,
    success,
)

if TYPE_CHECKING:
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

VIEW = ViewRequest()
ALL_FIELDS = {
    "patientId": "P-1",
    "patientName": CIPHERS["patientName"],
    "idNo": CIPHERS["idNo"],
    "phoneNo": CIPHERS["phoneNo"],
    "visitNo": CIPHERS["visitNo"],
    "visitTime": "2024-02-04 08:00:00",
}


@pytest.fixture(autouse=True)
def says_yes(platform: ScriptedFrontEnd) -> None:
    """Every request here is welcome; what is looked at is the request."""
    platform.answer(success({}))


def test_get_token_sends_the_codes_and_no_header(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    bench.client().get_token(USER)
    sent = platform.requests[0]
    assert (sent.method, sent.path) == ("POST", "/basic-api/oauth/getToken")
    assert sent.headers["content-type"] == "application/json; charset=utf-8"
    assert sent.json() == {"orgCode": "13010001", "hisDeptCode": "D01", "hisUserCode": "U007"}
    assert not {"app_id", "authorization"} & sent.headers.keys()


def test_his_org_code_is_sent_when_there_is_one(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    bench.client().get_token(replace(USER, his_org_code="H9"))
    assert platform.requests[0].json()["hisOrgCode"] == "H9"


@pytest.mark.parametrize(
    ("user", "missing"),
    [
        (HospitalUser("", "", "D", "U"), "orgCode"),
        (HospitalUser("O", "H", " ", ""), "hisDeptCode, hisUserCode"),
    ],
)
def test_a_user_without_codes_is_our_own_mistake(
    platform: ScriptedFrontEnd, bench: SharingBench, user: HospitalUser, missing: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        bench.client().get_token(user)
    assert caught.value.code == "hebei_setting_missing"
    assert caught.value.facts == {"setting": missing}
    assert platform.requests == []


def test_refresh_token_sends_the_old_one_and_an_empty_object(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    bench.client().refresh_token(TOKEN)
    sent = platform.requests[0]
    assert sent.path == "/basic-api/oauth/refreshToken"
    assert sent.json() == {}
    assert (sent.headers["app_id"], sent.headers["authorization"]) == (
        TOKEN.app_id,
        TOKEN.token,
    )


def test_save_auth_user_encrypts_the_marked_fields(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    assert bench.client().save_auth_user(TOKEN, VISIT).accepted
    sent = platform.requests[0]
    assert sent.path == "/basic-api/api/jcjyrest/saveAuthUser"
    assert sent.json() == ALL_FIELDS
    assert list(sent.json()) == list(ALL_FIELDS)
    assert sent.headers["authorization"] == TOKEN.token


def test_what_is_unknown_is_left_out_not_sent_empty(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    visit = Visit(id_no=VISIT.id_no, visit_time=VISIT.visit_time, phone="  ")
    assert bench.client().save_auth_user(TOKEN, visit).accepted
    assert platform.requests[0].json() == {
        "idNo": CIPHERS["idNo"],
        "visitTime": "2024-02-04 08:00:00",
    }


def test_view_sends_no_item_list_and_order_sends_commas_without_blanks(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    client = bench.client()
    order = ViewRequest(ViewMode.ORDER, ("CT210300001-008- 015", "CT2"), ("002501010010000",))
    assert client.hr_page(TOKEN, VISIT, VIEW).accepted
    assert client.hr_page(TOKEN, VISIT, order).accepted
    assert [one.path for one in platform.requests] == ["/basic-api/api/jcjyrest/hrPage"] * 2
    assert platform.requests[0].json() == ALL_FIELDS
    assert platform.requests[1].json() == ALL_FIELDS | {
        "studyItem": "CT210300001-008-015,CT2",
        "labItem": "002501010010000",
    }


def test_an_order_with_one_list_sends_only_that_one(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    assert (
        bench.client().hr_page(TOKEN, VISIT, ViewRequest(ViewMode.ORDER, (), ("L1", ""))).accepted
    )
    assert platform.requests[0].json() == ALL_FIELDS | {"labItem": "L1"}


@pytest.mark.parametrize(
    "request_",
    [ViewRequest(ViewMode.ORDER, ("", " "), ()), ViewRequest(ViewMode.VIEW, ("CT1",))],
)
def test_neither_an_order_of_nothing_nor_a_view_of_something_is_sent(
    platform: ScriptedFrontEnd, bench: SharingBench, request_: ViewRequest
) -> None:
    outcome = bench.client().hr_page(TOKEN, VISIT, request_)
    assert outcome.error is not None
    assert outcome.error.code == "hebei_order_items"
    assert platform.requests == []


def test_get_hr_info_sends_arrays_of_objects(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    relation = OrderRelation(
        (OrderItems("J1", ("CT1", "CT2")), OrderItems("J2", ("CT3",))),
        (OrderItems("Y1", ("L1",)),),
    )
    assert bench.client().get_hr_info(TOKEN, VISIT, relation).accepted
    sent = platform.requests[0]
    assert sent.path == "/basic-api/api/jcjyrest/getHrInfo"
    assert sent.json() == {
        "idNo": CIPHERS["idNo"],
        "visitNo": CIPHERS["visitNo"],
        "visitTime": "2024-02-04 08:00:00",
        "relation": {
            "studyItem": [
                {"hisNo": "J1", "studyItemCodes": ["CT1", "CT2"]},
                {"hisNo": "J2", "studyItemCodes": ["CT3"]},
            ],
            "labItem": [{"hisNo": "Y1", "labItemCodes": ["L1"]}],
        },
    }


def test_a_kind_without_orders_is_left_out(platform: ScriptedFrontEnd, bench: SharingBench) -> None:
    relation = OrderRelation(lab_orders=(OrderItems("Y1", ("L1",)),))
    bench.client().get_hr_info(TOKEN, replace(VISIT, visit_time=""), relation)
    assert platform.requests[0].json() == {
        "idNo": CIPHERS["idNo"],
        "visitNo": CIPHERS["visitNo"],
        "relation": {"labItem": [{"hisNo": "Y1", "labItemCodes": ["L1"]}]},
    }


def test_results_are_asked_by_name_number_and_visit(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    assert bench.client().rest_jc_jy_yy_info(TOKEN, VISIT).accepted
    sent = platform.requests[0]
    assert sent.path == "/basic-api/api/jcjyrest/restJcJyYyInfo"
    assert sent.json() == {
        name: ALL_FIELDS[name] for name in ("patientName", "idNo", "visitNo", "visitTime")
    }


def test_each_field_can_go_in_the_clear(platform: ScriptedFrontEnd, bench: SharingBench) -> None:
    client = bench.client(encrypted=frozenset({"idNo"}))
    client.save_auth_user(TOKEN, VISIT)
    sent = platform.requests[0].json()
    assert sent["idNo"] == CIPHERS["idNo"]
    assert (sent["patientName"], sent["phoneNo"], sent["visitNo"]) == (
        "王小丽",
        "13812342071",
        "MZ0001",
    )


def test_paths_prefix_and_page_name_are_settings(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    client = bench.client(
        service_path="/api/v2/", oauth_path="/oauth", hr_page_name="hrPage2", token_prefix="Bearer "
    )
    client.hr_page(TOKEN, VISIT, VIEW)
    client.refresh_token(TOKEN)
    assert [one.path for one in platform.requests] == ["/api/v2/hrPage2", "/oauth/refreshToken"]
    assert platform.requests[0].headers["authorization"] == f"Bearer {TOKEN.token}"


@pytest.mark.parametrize(
    ("visit", "missing"),
    [
        (replace(VISIT, phone=""), "phoneNo"),
        (replace(VISIT, patient_id="", visit_no=" "), "patientId, visitNo"),
    ],
)
def test_the_page_is_not_asked_for_without_what_it_must_have(
    platform: ScriptedFrontEnd, bench: SharingBench, visit: Visit, missing: str
) -> None:
    outcome = bench.client().hr_page(TOKEN, visit, VIEW)
    assert outcome.error is not None
    assert outcome.error.code == "hebei_visit_incomplete"
    assert outcome.error.facts == {"fields": missing}
    assert outcome.answer is None
    assert platform.requests == []


def test_a_character_that_cannot_be_sent_is_said_not_replaced(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    broken = replace(VISIT, name="王\udc80")
    for client in (bench.client(), bench.client(encrypted=frozenset(), decrypted=frozenset())):
        outcome = client.save_auth_user(TOKEN, broken)
        assert outcome.error is not None
        assert outcome.error.code == "hebei_not_encodable"
    assert platform.requests == []


def test_without_a_key_nothing_that_must_be_encrypted_leaves(
    platform: ScriptedFrontEnd, bench: SharingBench
) -> None:
    with pytest.raises(SettingsError) as caught:
        bench.client(sm4=None).save_auth_user(TOKEN, VISIT)
    assert caught.value.facts == {"setting": "hebei.sm4_key"}
    bench.client(sm4=None, encrypted=frozenset()).save_auth_user(TOKEN, VISIT)
    assert len(platform.requests) == 1


def test_no_form_of_the_key_or_patient_is_in_any_repr(bench: SharingBench) -> None:
    outcome = bench.client().hr_page(TOKEN, VISIT, VIEW)
    shown = repr((bench.options, VISIT, TOKEN, outcome, Sm4(KEY)))
    for secret in (KEY, TOKEN.token, TOKEN.app_id, VISIT.name, VISIT.id_no, VISIT.phone, "MZ0001"):
        assert secret not in shown
