"""Our Hebei client and the simulated platform meet: each has rules of its own from the same print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx
import pytest

from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.http import HttpTimeouts, make_client
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.model.access_token import AccessToken

ORG = "130000000001"
SM4_KEY = "0123456789abcdeffedcba9876543210"
STUDY = "CT210300001-001-004"
STUDY_2 = "CT210300001-008-015"
VALUE = "002501010010000"
VISIT = Visit(
    "P1", "王小明", "01", "139999199003071234", "13800001111", "V1", "2026-11-22 08:00:00"
)
ORDERS = OrderRelation(
    (OrderItems("S1", (STUDY,)), OrderItems("S2", (STUDY_2,))), (OrderItems("L1", (VALUE,)),)
)
TIMEOUTS = HttpTimeouts(connect_s=5, read_s=5, write_s=5, pool_s=5)
VARIANTS: tuple[dict[str, str], ...] = (
    {},
    {"page_data": "object"},
    {"counts_type": "number"},
    {"url_form": "relative"},
    {"encryption": "all"},
    {"encryption": "none"},
    {"empty_lists": "null"},
    {"empty_lists": "omitted"},
    {"empty_orders": "kept"},
    {"code_type": "number"},
    {"app_id_name": "app_id"},
    {"app_id_name": "appId"},
    {"expire_type": "number"},
    {"expire_type": "nonsense"},
    {"expire_type": "missing"},
    {"refresh_code": ""},
    {"old_token": "valid"},
)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    with HebeiPlatform(tmp_path, access=HebeiAccess((ORG,), SM4_KEY)) as running:
        running.set_results(studies=2, values=1)
        yield running


@pytest.fixture
def client(platform: HebeiPlatform) -> Iterator[HebeiClient]:
    with make_client(platform.base_url, timeouts=TIMEOUTS) as http:
        yield HebeiClient(HebeiOptions(platform.base_url, Sm4(SM4_KEY)), http)


def token_of(client: HebeiClient) -> AccessToken:
    answer = client.get_token(HospitalUser(ORG, "", "K1", "D1")).answer
    assert answer is not None
    return answer


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_a_visit_from_authorisation_to_quotation(
    platform: HebeiPlatform, client: HebeiClient, variant: dict[str, str]
) -> None:
    platform.set_variants(**variant)
    token = client.refresh_token(token_of(client)).answer
    assert token is not None
    assert client.save_auth_user(token, VISIT).accepted
    order = ViewRequest(ViewMode.ORDER, (STUDY, STUDY_2), (VALUE,))
    offer = client.hr_page(token, VISIT, order).answer
    assert offer is not None
    assert (offer.study_count, offer.lab_count) == (2, 1)
    assert offer.id_no == VISIT.id_no
    page = urljoin(platform.base_url, offer.url)
    assert httpx.get(page, trust_env=False).status_code == 200
    platform.finish_page(recognised=frozenset({STUDY}), reason="2")
    orders = client.get_hr_info(token, VISIT, ORDERS).answer
    assert orders is not None
    assert orders.visit_no == VISIT.visit_no
    kept = [(one.order_no, one.item_codes) for one in orders.relation.study_orders]
    assert [one for one in kept if one[1]] == [("S1", (STUDY,))]
    assert not any(one.item_codes for one in orders.relation.lab_orders)
    result = client.rest_jc_jy_yy_info(token, VISIT)
    assert result.accepted
    assert result.answer is not None
    assert platform.rules_broken() == ()
    assert [page["opened"] for page in platform.pages()] == [1]


def test_a_visit_without_shared_results(platform: HebeiPlatform, client: HebeiClient) -> None:
    platform.set_results(studies=0, values=0)
    token = token_of(client)
    assert client.save_auth_user(token, VISIT).accepted
    offer = client.hr_page(token, VISIT, ViewRequest()).answer
    assert offer is not None
    assert (offer.study_count, offer.lab_count, offer.url) == (0, 0, "")


@pytest.mark.parametrize(
    "fault",
    [
        "http_500",
        "http_429",
        "http_401",
        "html_200",
        "refused",
        "token_expired",
        "stored_no_answer",
    ],
)
def test_what_goes_wrong_is_an_outcome_with_an_error(
    platform: HebeiPlatform, client: HebeiClient, fault: str
) -> None:
    token = token_of(client)
    platform.faults.add(parse_fault(f"saveAuthUser:{fault}:1"))
    outcome = client.save_auth_user(token, VISIT)
    assert not outcome.accepted
    assert outcome.error is not None
    assert VISIT.name not in str(outcome.error)
    assert VISIT.id_no not in str(outcome.error)
