"""The Hebei REST client: tokens (2.2.3.1-2), authorized patients, shared page, orders, results (2.2.3.3-6)."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import httpx

from hbgz_desktop.model.errors import (
    HbgzError,
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
    SettingsError,
)
from hbgz_desktop.model.visit import VisitCall
from hbgz_desktop.platforms.answer_masking import mask_text
from hbgz_desktop.platforms.hebei import requests
from hbgz_desktop.platforms.hebei.answers import AnswerReader
from hbgz_desktop.platforms.hebei.exchange import HebeiExchange, HebeiOutcome
from hbgz_desktop.platforms.hebei.options import (
    GET_HR_INFO,
    GET_TOKEN,
    HR_PAGE,
    REFRESH_TOKEN,
    REST_JC_JY_YY_INFO,
    SAVE_AUTH_USER,
    HebeiOptions,
)
from hbgz_desktop.platforms.hebei.verdict import failure_of, judge
from hbgz_desktop.platforms.http import translate
from hbgz_desktop.platforms.http_answer import read_answer, retry_after_s
from hbgz_desktop.platforms.reachability import probe_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hbgz_desktop.model.access_token import AccessToken
    from hbgz_desktop.model.shared_viewing import (
        OrderRelation,
        RecognisedOrders,
        RecognitionResult,
        SharingOffer,
        ViewRequest,
    )
    from hbgz_desktop.model.visit import HospitalUser, Visit
    from hbgz_desktop.platforms.hebei.requests import Body
    from hbgz_desktop.platforms.hebei.verdict import Verdict
    from hbgz_desktop.platforms.http_answer import Answer
    from hbgz_desktop.platforms.reachability import ProbeResult

_HTTP_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
_MAX_ANSWER_BYTES = 16 * 1024 * 1024
_MAX_MESSAGE = 2000
AnswerT = TypeVar("AnswerT")


class HebeiClient:
    """Calls the sharing system; safe for use by several threads at a time.

    Whatever happens on the wire comes back as a ``HebeiOutcome``, with ``error`` set when the
    platform did not accept; nothing is sent twice by itself. Raised are only mistakes of our side:
    settings (SettingsError). Blocks: not for the GUI thread.
    """

    def __init__(
        self,
        options: HebeiOptions,
        http: httpx.Client,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """Take what the composition root built.

        Args:
            options: Address, cipher and switches.
            http: From ``make_client``; closed by its owner.
            clock: Aware UTC time; the system clock when None.
        """
        self._options = options
        self._http = http
        self._clock = clock or _utc_now
        self._answers = AnswerReader(options)

    def probe(self) -> ProbeResult:
        """Ask whether anything answers at the address; proves nothing about key, token or services."""
        result = probe_address(self._http, self._options.base_url)
        return replace(result, error=_worded(result.error)) if result.error else result

    def get_token(self, user: HospitalUser) -> HebeiOutcome[AccessToken]:
        """Get a token for one user (2.2.3.1); must not be called often: cache it (H046, H050).

        Raises:
            SettingsError: No address; ``hebei_setting_missing`` when a code of the user is empty.
        """
        body = requests.token_body(user)
        asked_at = self._clock()
        return self._call(
            GET_TOKEN,
            body,
            read=lambda verdict: self._answers.token(verdict, user, asked_at),
        )

    def refresh_token(self, token: AccessToken) -> HebeiOutcome[AccessToken]:
        """Exchange a token before it ends (2.2.3.2); on any failure get a new one (H052).

        Raises:
            SettingsError: No address.
        """
        asked_at = self._clock()
        return self._call(
            REFRESH_TOKEN,
            {},
            token=token,
            read=lambda verdict: self._answers.token(verdict, token.user, asked_at),
        )

    def save_auth_user(self, token: AccessToken, visit: Visit) -> HebeiOutcome[None]:
        """Record that the patient authorized viewing (2.2.3.3); ``accepted`` tells whether it is kept.

        Raises:
            SettingsError: Address or key is missing.
        """
        return self._visit_call(SAVE_AUTH_USER, VisitCall.SAVE_AUTH_USER, token, visit, {}, None)

    def hr_page(
        self, token: AccessToken, visit: Visit, request: ViewRequest
    ) -> HebeiOutcome[SharingOffer]:
        """Ask for the shared page (2.2.3.4).

        Raises:
            SettingsError: Address or key is missing.
        """
        if not request.is_sound:
            refused = PlatformRejectedError("hebei_order_items", mode=request.mode.value)
            return self._not_sent(HR_PAGE, refused)
        extra = requests.item_fields(request)
        return self._visit_call(
            HR_PAGE, VisitCall.HR_PAGE, token, visit, extra, self._answers.offer
        )

    def get_hr_info(
        self, token: AccessToken, visit: Visit, relation: OrderRelation
    ) -> HebeiOutcome[RecognisedOrders]:
        """Ask which items of the orders were recognised (2.2.3.5).

        Raises:
            SettingsError: Address or key is missing.
        """
        extra = requests.relation_field(relation)
        return self._visit_call(
            GET_HR_INFO, VisitCall.GET_HR_INFO, token, visit, extra, self._answers.orders
        )

    def rest_jc_jy_yy_info(
        self, token: AccessToken, visit: Visit
    ) -> HebeiOutcome[RecognitionResult]:
        """Fetch everything the physician worked on in the shared page (2.2.3.6).

        Raises:
            SettingsError: Address or key is missing.
        """
        return self._visit_call(
            REST_JC_JY_YY_INFO,
            VisitCall.REST_JC_JY_YY_INFO,
            token,
            visit,
            {},
            self._answers.results,
        )

    def _visit_call(
        self,
        service: str,
        call: VisitCall,
        token: AccessToken,
        visit: Visit,
        extra: Body,
        read: Callable[[Verdict], AnswerT] | None,
    ) -> HebeiOutcome[AnswerT]:
        missing = visit.missing(call)
        if missing:
            refused = PlatformRejectedError("hebei_visit_incomplete", fields=", ".join(missing))
            return self._not_sent(service, refused)
        self._options.check(service)
        try:
            own = requests.visit_fields(visit, call, self._options)
        except UnicodeEncodeError:
            return self._not_sent(service, PlatformRejectedError("hebei_not_encodable"))
        hidden = (*visit.values().values(), *own.values())
        return self._call(service, own | extra, token=token, read=read, hidden=hidden)

    def _not_sent(self, service: str, error: PlatformError) -> HebeiOutcome[AnswerT]:
        now = self._clock()
        return HebeiOutcome(HebeiExchange(service, now, now, error=error))

    def _call(
        self,
        service: str,
        body: Body,
        *,
        token: AccessToken | None = None,
        read: Callable[[Verdict], AnswerT | None] | None = None,
        hidden: Iterable[object] = (),
    ) -> HebeiOutcome[AnswerT]:
        """Do one exchange; only our own mistakes leave as exceptions."""
        self._options.check(service)
        secrets = [str(one) for one in hidden]
        headers: dict[str, str] = {}
        if token is not None:
            secrets += [token.token, token.app_id]
            headers = {
                "App_id": token.app_id,
                "Authorization": self._options.token_prefix + token.token,
            }
        try:
            content = json.dumps(body, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            return self._not_sent(service, PlatformRejectedError("hebei_not_encodable"))
        started_at = self._clock()
        try:
            answer = self._post(service, headers, content)
        except _HTTP_ERRORS as exc:
            error = _translated(exc)
            return HebeiOutcome(HebeiExchange(service, started_at, self._clock(), error=error))
        verdict = judge(answer, service)
        wait_s = retry_after_s(answer.headers)
        failure = failure_of(answer, verdict, service, wait_s)
        value: AnswerT | None = None
        if failure is None and verdict is not None and read is not None:
            value = read(verdict)
            if value is None:
                failure = PlatformRejectedError(
                    "hebei_answer_incomplete", http_status=answer.status, service=service
                )
        exchange = HebeiExchange(
            service=service,
            started_at=started_at,
            finished_at=self._clock(),
            http_status=answer.status,
            answer_code=verdict.code if verdict else None,
            message=mask_text(verdict.message, secrets)[:_MAX_MESSAGE] if verdict else "",
            retry_after_s=wait_s,
            error=failure,
        )
        return HebeiOutcome(exchange, value)

    def _post(self, service: str, headers: dict[str, str], content: bytes) -> Answer:
        own = {
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json; charset=utf-8",
        }
        url = self._options.url(service)
        with self._http.stream("POST", url, content=content, headers=own | headers) as response:
            deadline = time.monotonic() + self._options.answer_deadline_s
            return read_answer(response, deadline, max_bytes=_MAX_ANSWER_BYTES)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _translated(exc: Exception) -> PlatformError:
    error = _worded(translate(exc))
    if isinstance(error, PlatformError):
        return error
    raise error from None


def _worded(error: HbgzError) -> HbgzError:
    """The same step, in the words of this platform: ``platform_dns`` becomes ``hebei_dns``."""
    code = error.code.replace("platform_", "hebei_", 1)
    if isinstance(error, PlatformError):
        return PlatformUnreachableError(code)
    return SettingsError(code)
