"""What holds for all six interfaces: addresses, framing, faults of platform and network, decisions."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import (
    NotAuthorisedError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
)
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.http import HttpTimeouts, make_client
from hbgz_desktop.sandbox.faults import parse_fault
from tests.integration.hebei.printed_fields import PRINTED, SERVICES, WITH_PATIENT, WITH_TOKEN
from tests.integration.hebei.sharing_desk import OTHER_KEY, SM4_KEY, SharingDesk, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = HttpTimeouts(connect_s=5, read_s=0.3, write_s=5, pool_s=5)
REJECTED, REFUSED = PlatformRejectedError, NotAuthorisedError
AWAY = PlatformUnreachableError
FAULTS: tuple[tuple[str, type[PlatformError], str], ...] = (
    ("http_500", AWAY, "hebei_server_error"),
    ("http_503", AWAY, "hebei_server_error"),
    ("http_429", AWAY, "hebei_busy"),
    ("http_401", REFUSED, "hebei_token_refused"),
    ("html_200", AWAY, "hebei_answer_not_json"),
    ("refused", AWAY, "hebei_busy"),
    ("timeout", AWAY, "hebei_timeout_read"),
    ("reset_at_80", AWAY, "hebei_reset"),
    ("stored_no_answer", AWAY, "hebei_reset"),
)
REFUSED_AS = {"getToken": "hebei_user_refused"}
DECISIONS = {f"H{number:03d}" for number in (6, 7, 35, 36, 37, *range(46, 61), 75, 76, 77)}


@pytest.mark.parametrize("service", SERVICES)
def test_the_address_is_the_printed_path(desk: SharingDesk, service: str) -> None:
    """H007: without the blank of the print."""
    url = desk.client()._options.url(service)
    assert url == f"{desk.wire.base_url}{PRINTED[service]['path']}"


@pytest.mark.parametrize(
    ("service", "options", "code"),
    [
        pytest.param("hrPage", {"hr_page_name": "hrpage"}, "hebei_path_unknown", id="case-H007"),
        pytest.param("hrPage", {"hr_page_name": "openPage"}, "hebei_path_unknown", id="name-H007"),
        pytest.param(
            "hrPage",
            {"service_path": "/basic-api/api/jc jyrest"},
            "hebei_path_unknown",
            id="the_printed_blank-H007",
        ),
        pytest.param(
            "getToken", {"oauth_path": "/basic-api/auth"}, "hebei_path_unknown", id="oauth-H007"
        ),
    ],
)
def test_another_path_is_refused(
    desk: SharingDesk, service: str, options: dict[str, Any], code: str
) -> None:
    desk.lead_to(service)
    outcome = desk.call(service, client=desk.client(**options))
    assert outcome.error is not None
    assert outcome.error.code == code
    assert desk.platform.rules_broken() == ("PATH_UNKNOWN",)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param(lambda _: b"", "BODY_NOT_JSON", id="nothing"),
        pytest.param(lambda _: b"{", "BODY_NOT_JSON", id="cut"),
        pytest.param(lambda _: '{"orgCode":"王"}'.encode("gb18030"), "BODY_NOT_JSON", id="gbk"),
        pytest.param(lambda _: [], "BODY_NOT_OBJECT", id="list"),
        pytest.param(lambda _: "text", "BODY_NOT_OBJECT", id="text"),
        pytest.param(lambda _: b'{"idNo":"a","idNo":"b"}', "FIELD_TWICE", id="member_twice"),
    ],
)
@pytest.mark.parametrize("service", [one for one in SERVICES if one != "refreshToken"])
def test_a_body_that_is_none(
    desk: SharingDesk, service: str, change: Callable[[Any], object], rule: str
) -> None:
    desk.assert_judged(desk.call_changed(service, change), rule)


@pytest.mark.parametrize("service", SERVICES)
def test_the_content_type(desk: SharingDesk, service: str) -> None:
    form = "application/x-www-form-urlencoded"
    desk.lead_to(service)
    desk.wire.service = service
    desk.wire.change_headers = lambda headers: {**headers, "Content-Type": form}
    desk.assert_judged(desk.call(service), "CONTENT_TYPE_NOT_JSON", "Content-Type")


@pytest.mark.parametrize(("fault", "kind", "code"), FAULTS, ids=[one[0] for one in FAULTS])
@pytest.mark.parametrize("service", SERVICES)
def test_a_fault_has_its_own_error(
    desk: SharingDesk, service: str, fault: str, kind: type[PlatformError], code: str
) -> None:
    """Each fault on each service, straight at the platform; the call after it goes well."""
    desk.lead_to(service)
    desk.platform.faults.add(parse_fault(f"{service}:{fault}:1"))
    with closing(make_client(desk.platform.base_url, timeouts=SHORT)) as http:
        client = HebeiClient(desk.client(base_url=desk.platform.base_url)._options, http)
        outcome = desk.call(service, client=client)
        desk.platform.faults.release()
        assert outcome.answer is None
        assert type(outcome.error) is kind
        wanted = REFUSED_AS.get(service, code) if kind is REFUSED else code
        assert outcome.error.code == wanted
        assert outcome.error.retryable == (kind is AWAY)
        desk.assert_tells_nobody(outcome)
        # H052: who refreshed without hearing of it shows a void token, and gets a new one
        is_void = (service, fault) == ("refreshToken", "stored_no_answer")
        assert desk.call(service, client=client).accepted != is_void


@pytest.mark.parametrize("service", WITH_TOKEN)
def test_a_token_that_ends_in_mid_flight(desk: SharingDesk, service: str) -> None:
    """Good when it was sent, ended when it was read: told apart from every other refusal."""
    desk.lead_to(service)
    desk.platform.faults.add(parse_fault(f"{service}:token_expired:1"))
    outcome = desk.call(service)
    desk.assert_judged(outcome, "TOKEN_EXPIRED", "Authorization")
    assert isinstance(outcome.error, NotAuthorisedError)


@pytest.mark.parametrize("status", ["200", "401"])
@pytest.mark.parametrize("service", WITH_TOKEN)
def test_a_token_the_platform_does_not_know(desk: SharingDesk, service: str, status: str) -> None:
    """By its words or by its status line."""
    desk.lead_to(service)
    desk.platform.set_variants(token_status=status)
    desk.wire.service = service
    desk.wire.change_headers = lambda headers: {**headers, "Authorization": "nonsense"}
    outcome = desk.call(service)
    desk.assert_judged(outcome, "TOKEN_UNKNOWN", "Authorization")
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.http_status) == ("hebei_token_refused", int(status))


@pytest.mark.parametrize("service", WITH_PATIENT)
def test_our_key_is_another_one(desk: SharingDesk, service: str) -> None:
    """H035: the platform cannot decipher; nothing of the patient is in what we keep of it."""
    desk.lead_to(service)
    outcome = desk.call(service, client=desk.client(sm4=Sm4(OTHER_KEY)))
    desk.assert_judged(outcome, "CIPHER_PADDING")
    assert isinstance(outcome.error, PlatformRejectedError)


@pytest.mark.parametrize("service", ["hrPage", "getHrInfo", "restJcJyYyInfo"])
def test_the_platform_pads_wrongly(desk: SharingDesk, service: str) -> None:
    """H037: what cannot be deciphered is taken as it came; the answer itself is good."""
    desk.lead_to(service)
    desk.platform.faults.replace([parse_fault(f"{service}:bad_padding:1")])
    outcome = desk.call(service)
    assert re.fullmatch(r"[0-9a-f]{32}", answer_of(outcome).id_no)


@pytest.mark.parametrize("encoding", ["HEX", "base64"])
@pytest.mark.parametrize("service", WITH_PATIENT)
def test_another_way_to_write_ciphertext_is_refused(
    desk: SharingDesk, service: str, encoding: Any
) -> None:
    """H035: the encoding is agreed on."""
    desk.lead_to(service)
    outcome = desk.call(service, client=desk.client(sm4=Sm4(SM4_KEY, encoding=encoding)))
    desk.assert_judged(outcome, "CIPHER_ENCODING" if encoding == "HEX" else "FIELD_NOT_ENCRYPTED")


def test_every_decision_about_these_interfaces_is_named_in_a_case() -> None:
    """The register's decisions on 2.2.1 and 2.2.3, and those its extraction cites."""
    cited = {decision for one in PRINTED.values() for decision in re.findall(r"H\d{3}", str(one))}
    folder = Path(__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert sorted(one for one in DECISIONS | cited if one not in text) == []
