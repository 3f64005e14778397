"""Our client, the simulated platform, and the wire between them, on which a test changes what goes by."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewRequest
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.sandbox.http_server import Exchange, Reply, SandboxServer

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from hbgz_desktop.model.access_token import AccessToken
    from hbgz_desktop.platforms.hebei.exchange import HebeiOutcome
    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

ORG = "130000000001"
OTHER_ORG = "130000000002"
SM4_KEY = "0123456789abcdeffedcba9876543210"
OTHER_KEY = "f" * 32
STUDY = "CT210300001-001-004"
STUDY_2 = "CT210300001-008-015"
VALUE = "002501010010000"
USER = HospitalUser(ORG, "", "K01", "D001")
VISIT = Visit(
    patient_id="P20260001",
    name="王小明",
    id_no="139999199003071234",  # of a county that does not exist
    phone="13800001111",
    visit_no="MZ20261122001",
    visit_time="2026-11-22 08:00:00",
)
ORDERS = OrderRelation(
    (OrderItems("S1", (STUDY, "CT-NOT-SHARED")), OrderItems("S2", (STUDY_2,))),
    (OrderItems("L1", (VALUE,)),),
)
ATTRIBUTE = {
    "patientId": "patient_id",
    "patientName": "name",
    "idNo": "id_no",
    "phoneNo": "phone",
    "visitNo": "visit_no",
    "visitTime": "visit_time",
    "orgCode": "org_code",
    "hisOrgCode": "his_org_code",
    "hisDeptCode": "his_dept_code",
    "hisUserCode": "his_user_code",
}
"""Printed name → our attribute of ``Visit`` or ``HospitalUser``."""
HEADERS = ("App_id", "Authorization", "Content-Type")
MAX_BYTES = 1 << 22


class Noted(list[Any]):
    """A change that changes nothing and keeps what went by."""

    def __call__(self, value: Any) -> Any:
        """Keep a value and hand it on."""
        self.append(value)
        return value


class Wire:
    """Hands requests on to the platform over real sockets, and its answers back.

    Attributes:
        service: The service whose requests and answers are changed.
        change_body: Gets the JSON that our client sent, returns what the platform gets.
        change_headers: The same of the headers.
        change_answer: Gets the JSON that the platform answered, returns what our client gets.
    """

    def __init__(self, platform: HebeiPlatform, http: httpx.Client) -> None:
        self.service = ""
        self.change_body: Callable[[Any], object] | None = None
        self.change_headers: Callable[[dict[str, str]], dict[str, str]] | None = None
        self.change_answer: Callable[[Any], object] | None = None
        self._platform = platform
        self._http = http
        self._server = SandboxServer("127.0.0.1", 0, self._hand_on)

    def __enter__(self) -> Wire:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    def _hand_on(self, exchange: Exchange) -> Reply:
        body = exchange.body.read_all(MAX_BYTES)
        headers = {name: exchange.headers[name] for name in HEADERS if name in exchange.headers}
        is_meant = exchange.path.endswith(f"/{self.service}")
        if is_meant and self.change_body is not None:
            body = _written(self.change_body(json.loads(body)))
        if is_meant and self.change_headers is not None:
            headers = self.change_headers(headers)
        answer = self._http.request(
            exchange.method,
            f"{self._platform.root_url}{exchange.path}",
            content=body,
            headers=headers,
        )
        content = answer.content
        if is_meant and self.change_answer is not None:
            content = _written(self.change_answer(json.loads(content)))
        return Reply(answer.status_code, content)


def _written(value: object) -> bytes:
    """Bytes as they are, anything else as JSON."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, ensure_ascii=False).encode()


def answer_of(outcome: HebeiOutcome[Any]) -> Any:
    """The answer of a call that was accepted."""
    assert outcome.answer is not None
    return outcome.answer


class SharingDesk:
    """A client that holds a token, and a patient on each step of the way.

    Attributes:
        wire: Between client and platform.
    """

    def __init__(self, platform: HebeiPlatform, wire: Wire, http: httpx.Client) -> None:
        self.platform = platform
        self.wire = wire
        self._http = http
        self._token: AccessToken | None = None

    def client(self, **changes: Any) -> HebeiClient:
        """Our client at the wire, with these options changed."""
        options = HebeiOptions(self.wire.base_url, Sm4(SM4_KEY))
        return HebeiClient(replace(options, **changes), self._http)

    @property
    def token(self) -> AccessToken:
        """A good token; asked for on first use."""
        if self._token is None:
            self._token = self.client().get_token(USER).answer
            assert self._token is not None
        return self._token

    def lead_to(self, service: str, visit: Visit = VISIT) -> None:
        """Everything that comes before a call in the life of a visit."""
        client = self.client()
        if service in ("hrPage", "getHrInfo", "restJcJyYyInfo"):
            assert client.save_auth_user(self.token, visit).accepted
        if service in ("getHrInfo", "restJcJyYyInfo"):
            assert client.hr_page(self.token, visit, ViewRequest()).accepted
            self.platform.open_page()
            self.platform.finish_page(recognised=frozenset({STUDY, VALUE}), reason="2")

    def call(
        self,
        service: str,
        *,
        visit: Visit = VISIT,
        user: HospitalUser = USER,
        client: HebeiClient | None = None,
    ) -> HebeiOutcome[Any]:
        """One call by our client, whatever the wire then makes of it."""
        own = client or self.client()
        if service == "getToken":
            return own.get_token(user)
        if service == "refreshToken":
            return own.refresh_token(self.token)
        if service == "saveAuthUser":
            return own.save_auth_user(self.token, visit)
        if service == "hrPage":
            return own.hr_page(self.token, visit, ViewRequest())
        if service == "getHrInfo":
            return own.get_hr_info(self.token, visit, ORDERS)
        return own.rest_jc_jy_yy_info(self.token, visit)

    def call_changed(
        self, service: str, change: Callable[[Any], object], **arguments: Any
    ) -> HebeiOutcome[Any]:
        """One call whose body is changed on the wire."""
        self.lead_to(service)
        self.wire.service, self.wire.change_body = service, change
        return self.call(service, **arguments)

    def answered(
        self, service: str, change: Callable[[Any], object], **arguments: Any
    ) -> HebeiOutcome[Any]:
        """One call whose answer is changed on the wire."""
        self.lead_to(service)
        self.wire.service, self.wire.change_answer = service, change
        return self.call(service, **arguments)

    def assert_judged(self, outcome: HebeiOutcome[Any], rule: str, subject: str = "") -> None:
        """The platform refused by this rule and named the member ("": it let the call pass).

        Our client has the rule's name in the platform's words, and nothing of the patient.
        """
        broken = self.platform.rules_broken()
        if not rule:
            assert broken == ()
            assert outcome.accepted
            return
        assert broken == (rule,)
        assert outcome.answer is None
        assert outcome.exchange.message.startswith(f"{rule}: ")
        assert subject in outcome.exchange.message
        self.assert_tells_nobody(outcome)

    def assert_tells_nobody(self, outcome: HebeiOutcome[Any]) -> None:
        """Neither error nor exchange holds a value of the patient, the token or the key."""
        error = outcome.error
        assert error is not None
        said = f"{error} {error!r} {error.facts} {outcome!r} {outcome.exchange.message}"
        private = [value for name, value in VISIT.values().items() if name != "visitTime"]
        shown = (self._token.token, self._token.app_id) if self._token else ()
        for secret in (*private, *shown, SM4_KEY):
            assert secret not in said
