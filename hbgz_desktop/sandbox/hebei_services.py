"""What the simulated Hebei platform does with a request that broke no rule of form: 2.2.3.1 to 6.

One lock over visits and pages: requests are short, and a page that is being finished must not be
quoted half.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hbgz_desktop.sandbox.hebei_fields import (
    GET_HR_INFO,
    HR_PAGE,
    ITEM_LISTS,
    QUOTE,
    REFRESH_TOKEN,
    SAVE_AUTH_USER,
    Body,
    Order,
)
from hbgz_desktop.sandbox.hebei_page import PAGE_PATH
from hbgz_desktop.sandbox.hebei_quotation import quoted_reports, quoted_studies
from hbgz_desktop.sandbox.hebei_results import Wish, make_results
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from hbgz_desktop.sandbox.hebei_tokens import Token, TokenIssuer, TokenUser
from hbgz_desktop.sandbox.hebei_variants import Variants
from hbgz_desktop.sandbox.hebei_visits import Visit, VisitBook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher
    from hbgz_desktop.sandbox.hebei_ledger import HebeiLedger

ENCRYPTED_IN_ANSWERS: Final = ("patientName", "idNo", "phoneNo", "visitNo")
# 2.2.3.5 is the only answer with marks (H037).
MARKED_IN_ANSWERS: Final = {GET_HR_INFO: ("idNo", "visitNo")}
DONE: Final = "操作成功"


@dataclass(slots=True)
class Clerk:
    """All the services share; changed while holding ``lock``. ``variants`` is replaced whole.

    Attributes:
        variants: How answers look.
        wishes: What patients have, by identity number; "" for every other one.
        seed: Of what they have by chance.
        addresses_changed: How often a page address was asked for that was never handed out so.
    """

    org_codes: Collection[str]
    cipher: Sm4Cipher
    ledger: HebeiLedger
    tokens: TokenIssuer
    root_url: Callable[[], str]
    seed: int = 1
    visits: VisitBook = field(default_factory=VisitBook)
    variants: Variants = field(default_factory=Variants)
    wishes: dict[str, Wish] = field(default_factory=dict)
    addresses_changed: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def remember(self) -> None:
        """Take the authorisations of earlier runs from the ledger."""
        with self.lock:
            for org_code, texts in self.ledger.authorisations():
                self.visits.authorise(org_code, Body(texts, {}))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the token that was shown, None for getToken; the fault's token skew in seconds."""

    token: Token | None
    shorter_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Served:
    """What a service answers: its data, None where the printed answer has none, and about whom."""

    data: object = None
    visit: Visit | None = None
    code: str = "200"


class HebeiServices:
    """The six services. Safe from any thread."""

    def __init__(self, clerk: Clerk) -> None:
        """Serve from what ``clerk`` holds."""
        self._clerk = clerk

    def serve(self, service: str, caller: Caller, body: Body) -> Served:
        """Do what is asked.

        Raises:
            RuleBrokenError: The request is refused.
        """
        with self._clerk.lock:
            if caller.token is None:
                return self._get_token(caller, body)
            if service == REFRESH_TOKEN:
                return self._refresh(caller.token, caller)
            org_code = caller.token.user.org_code
            if service == SAVE_AUTH_USER:
                return self._save_auth_user(org_code, body)
            if service == HR_PAGE:
                return self._hr_page(org_code, body)
            visit = self._worked_on(org_code, body)
            if service == GET_HR_INFO:
                return self._get_hr_info(visit, body)
            return self._quote(visit)

    # -- 2.2.3.1 and 2.2.3.2

    def _get_token(self, caller: Caller, body: Body) -> Served:
        if body.text("orgCode") not in self._clerk.org_codes:
            raise RuleBrokenError(Rule.ORG_UNKNOWN, "orgCode")
        user = TokenUser(
            body.text("orgCode"),
            body.text("hisOrgCode"),
            body.text("hisDeptCode"),
            body.text("hisUserCode"),
        )
        limit = int(self._clerk.variants.token_limit)
        token = self._clerk.tokens.issue(user, limit=limit, shorter_s=caller.shorter_s)
        return Served(self._token_data(token))

    def _refresh(self, old: Token, caller: Caller) -> Served:
        token = self._clerk.tokens.issue(old.user, shorter_s=caller.shorter_s)
        if self._clerk.variants.old_token == "revoked":  # noqa: S105 - a choice
            self._clerk.tokens.replace(old)
        return Served(self._token_data(token), code=self._clerk.variants.refresh_code)

    def _token_data(self, token: Token) -> dict[str, object]:
        variants = self._clerk.variants
        data: dict[str, object] = {variants.app_id_name: token.app_id}
        if variants.expire_type != "missing":
            seconds = int(token.life_s)
            forms: dict[str, object] = {"number": seconds, "nonsense": "永久"}
            data["expire"] = forms.get(variants.expire_type, str(seconds))
        return {**data, "token": token.value}

    # -- 2.2.3.3 and 2.2.3.4

    def _save_auth_user(self, org_code: str, body: Body) -> Served:
        visit = self._clerk.visits.authorise(org_code, body)
        self._clerk.ledger.keep_authorisation(org_code, body.texts)
        return Served(visit=visit)

    def _hr_page(self, org_code: str, body: Body) -> Served:
        clerk = self._clerk
        if clerk.variants.authorisation == "optional":
            visit = clerk.visits.authorise(org_code, body)
        else:
            visit = clerk.visits.find(org_code, body)
        wish = clerk.wishes.get(visit.id_no, clerk.wishes.get(""))
        everything = make_results(clerk.seed, visit.id_no, visit.visit_time, wish)
        results = everything.matching(body.items("studyItem"), body.items("labItem"))
        page = clerk.visits.add_page(visit, results)
        data: dict[str, object] = {
            "patientName": body.text("patientName"),
            "idNo": body.text("idNo"),
            "phoneNo": body.text("phoneNo"),
            **self._counts(len(results.studies), len(results.values)),
            "url": self._address(f"{PAGE_PATH}?ticket={page.ticket}") if page else "",
        }
        self._encrypt(HR_PAGE, data)
        is_array = clerk.variants.page_data == "array"
        return Served([data] if is_array else data, visit)

    def _counts(self, studies: int, values: int) -> dict[str, object]:
        form = self._clerk.variants.counts_type
        if form == "missing":
            return {}
        counts = {"studyResultNo": studies, "labResultNo": values}
        return {name: count if form == "number" else str(count) for name, count in counts.items()}

    # -- 2.2.3.5 and 2.2.3.6

    def _worked_on(self, org_code: str, body: Body) -> Visit:
        visit = self._clerk.visits.find(org_code, body)
        if not visit.page_requests:
            raise RuleBrokenError(Rule.PAGE_NOT_REQUESTED)
        if not visit.shared:
            raise RuleBrokenError(Rule.NOTHING_SHARED)
        return visit

    def _get_hr_info(self, visit: Visit, body: Body) -> Served:
        relation: dict[str, object] = {}
        for kind in ITEM_LISTS:
            if kind in body.orders:
                recognised = visit.recognised_codes(kind)
                self._add_list(relation, kind, self._orders(kind, body.orders[kind], recognised))
        data: dict[str, object] = {
            "idNo": visit.id_no,
            "visitNo": body.text("visitNo"),
            "visitTime": visit.visit_time,
            "relation": relation,
        }
        self._encrypt(GET_HR_INFO, data)
        return Served(data, visit)

    def _orders(
        self, kind: str, orders: tuple[Order, ...], recognised: frozenset[str]
    ) -> list[object]:
        """Return the orders without the items that were not recognised."""
        kept: list[object] = []
        for order in orders:
            codes = [code for code in order.codes if code in recognised]
            if codes or self._clerk.variants.empty_orders == "kept":
                kept.append({"hisNo": order.his_no, f"{kind}Codes": codes})
        return kept

    def _quote(self, visit: Visit) -> Served:
        data: dict[str, object] = {
            "patientName": visit.known.get("patientName", ""),
            "idNo": visit.id_no,
            "visitNo": visit.visit_no,
            "visitTime": visit.visit_time,
            "dataSource": "省检查检验结果互认共享系统（模拟）",
        }
        self._add_list(data, "studyItem", quoted_studies(visit, self._address))
        self._add_list(data, "labItem", quoted_reports(visit, self._address))
        self._encrypt(QUOTE, data)
        return Served(data, visit)

    # -- what answers share

    def _add_list(self, data: dict[str, object], name: str, members: list[Any]) -> None:
        if members or self._clerk.variants.empty_lists == "kept":
            data[name] = members
        elif self._clerk.variants.empty_lists == "null":
            data[name] = None

    def _encrypt(self, service: str, data: dict[str, object]) -> None:
        choice = self._clerk.variants.encryption
        marked = MARKED_IN_ANSWERS.get(service, ()) if choice == "marked" else ENCRYPTED_IN_ANSWERS
        for name in () if choice == "none" else marked:
            if text := data.get(name):
                data[name] = self._clerk.cipher.encrypt(str(text))

    def _address(self, path: str) -> str:
        """A path of the platform as the answer shows it; a relative one starts at the host."""
        if self._clerk.variants.url_form == "relative":
            return path
        return f"{self._clerk.root_url()}{path}"
