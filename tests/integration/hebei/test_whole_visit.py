"""Our client and the simulated platform, which were written apart: a whole visit in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.settings import HebeiSettings
from hbgz_desktop.model.shared_viewing import ViewMode, ViewRequest
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.hebei.probe import probe_hebei
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from tests.integration.hebei.sharing_desk import (
    ORDERS,
    ORG,
    SM4_KEY,
    STUDY,
    STUDY_2,
    USER,
    VALUE,
    VISIT,
)

if TYPE_CHECKING:
    from pathlib import Path

VECTOR = "00112233445566778899aabbccddeeff"
TEXT_KEY = "sandbox-sm4-key1"
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
    {"token_prefix": "Bearer "},
    {"authorisation": "optional"},
)


def live_through(client: HebeiClient, platform: HebeiPlatform) -> None:
    """From the token to the results; the platform has nothing to complain of."""
    platform.set_results(studies=2, values=1)
    first = client.get_token(USER).answer
    assert first is not None
    token = client.refresh_token(first).answer
    assert token is not None
    assert client.save_auth_user(token, VISIT).accepted
    order = ViewRequest(ViewMode.ORDER, (STUDY, STUDY_2), (VALUE,))
    offer = client.hr_page(token, VISIT, order).answer
    assert offer is not None
    assert (offer.study_count, offer.lab_count, offer.id_no) == (2, 1, VISIT.id_no)
    assert httpx.get(offer.url, trust_env=False).status_code == 200
    platform.finish_page(recognised=frozenset({STUDY}), reason="2")
    orders = client.get_hr_info(token, VISIT, ORDERS).answer
    assert orders is not None
    assert orders.visit_no == VISIT.visit_no
    kept = [one for one in orders.relation.study_orders if one.item_codes]
    assert [(one.order_no, one.item_codes) for one in kept] == [("S1", (STUDY,))]
    assert not any(one.item_codes for one in orders.relation.lab_orders)
    result = client.rest_jc_jy_yy_info(token, VISIT).answer
    assert result is not None
    assert result.unknown == {}
    assert result.patient_name == VISIT.name
    decided = {one.study_item_code: one.is_recognised for one in result.studies}
    assert decided == {STUDY: True, STUDY_2: False}
    assert platform.rules_broken() == ()
    assert [page["opened"] for page in platform.pages()] == [1]
    assert platform.state()["page_addresses_changed"] == 0


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_in_every_variant_of_the_answers(
    platform: HebeiPlatform, http: httpx.Client, variant: dict[str, str]
) -> None:
    platform.set_variants(**variant)
    settings = HebeiSettings.model_validate(
        {"base_url": platform.root_url, "token_prefix": variant.get("token_prefix", "")}
    )
    live_through(HebeiClient(HebeiOptions.of(settings, SM4_KEY), http), platform)


@pytest.mark.parametrize("encoding", ["hex", "HEX", "base64"])
@pytest.mark.parametrize("vector", ["", VECTOR], ids=["ecb-H035", "cbc-H035"])
@pytest.mark.parametrize("key", [SM4_KEY, TEXT_KEY], ids=["hex_key-H035", "text_key-H035"])
def test_in_every_form_of_the_cipher(
    tmp_path: Path, http: httpx.Client, key: str, vector: str, encoding: Any
) -> None:
    access = HebeiAccess((ORG,), key, vector, encoding)
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
        live_through(HebeiClient(HebeiOptions.of(settings, key), http), platform)
