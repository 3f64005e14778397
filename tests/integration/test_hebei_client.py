"""The Hebei client and the simulated platform, which were written apart: a whole visit in every cipher form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import NotAuthorisedError
from hbgz_desktop.model.settings import HebeiSettings
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.hebei.probe import probe_hebei
from hbgz_desktop.platforms.http import make_client
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform

if TYPE_CHECKING:
    from pathlib import Path

KEY = "0123456789abcdeffedcba9876543210"
VISIT = Visit(
    "P-1", "王小丽", "01", "11010519491231002X", "13812342071", "MZ0001", "2026-02-04 08:00:00"
)
USER = HospitalUser("13010001", "", "D01", "U007")
WANTED = ("CT210300001-001-004", "CT210300001-008-015")


@pytest.mark.parametrize("encoding", ["hex", "base64"])
@pytest.mark.parametrize("vector", ["", "00112233445566778899aabbccddeeff"], ids=["ecb", "cbc"])
def test_a_whole_visit(tmp_path: Path, vector: str, encoding: str) -> None:
    access = HebeiAccess((USER.org_code,), KEY, vector, encoding)  # type: ignore[arg-type]  # two of its values
    with HebeiPlatform(tmp_path, access=access) as platform:
        settings = HebeiSettings.model_validate(
            {
                "base_url": platform.root_url,
                "sm4_mode": "cbc" if vector else "ecb",
                "sm4_iv": vector,
                "sm4_encoding": encoding,
            }
        )
        assert probe_hebei(settings).reachable
        with make_client(settings.base_url) as http:
            _live_through(HebeiClient(HebeiOptions.of(settings, KEY), http), platform)


def _live_through(client: HebeiClient, platform: HebeiPlatform) -> None:
    platform.set_results(VISIT.id_no, studies=WANTED, values=2)
    first = client.get_token(USER).answer
    assert first is not None
    token = client.refresh_token(first).answer
    assert token is not None
    assert client.save_auth_user(token, VISIT).accepted
    everything = client.hr_page(token, VISIT, ViewRequest()).answer
    assert everything is not None
    assert (everything.study_count, everything.lab_count) == (2, 2)
    order = client.hr_page(token, VISIT, ViewRequest(ViewMode.ORDER, WANTED)).answer
    assert order is not None
    assert (order.study_count, order.lab_count) == (2, 0)
    assert order.url.startswith(platform.root_url)
    platform.open_page()
    platform.finish_page(recognised=frozenset(WANTED[:1]))
    relation = OrderRelation((OrderItems("J1", WANTED[:1]), OrderItems("J2", WANTED[1:])))
    recognised = client.get_hr_info(token, VISIT, relation).answer
    assert recognised is not None
    kept = [one for one in recognised.relation.study_orders if one.item_codes]
    assert kept == [OrderItems("J1", WANTED[:1])]
    assert (recognised.id_no, recognised.visit_no) == (VISIT.id_no, VISIT.visit_no)
    results = client.rest_jc_jy_yy_info(token, VISIT).answer
    assert results is not None
    assert results.unknown == {}
    assert results.patient_name == VISIT.name
    decided = {one.study_item_code: one.is_recognised for one in results.studies}
    assert decided == {WANTED[0]: True, WANTED[1]: False}
    assert all(one.details and not one.unknown for one in results.studies)
    assert platform.rules_broken() == ()
    refused = client.hr_page(replace(token, token="nonsense"), VISIT, ViewRequest())
    assert isinstance(refused.error, NotAuthorisedError)
    assert refused.error.code == "hebei_token_refused"
