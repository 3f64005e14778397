"""共享调阅: look at what other hospitals share, and take over what was recognised (V1.5, 2.2.3.4-6)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.errors import (
    PlatformError,
    PlatformRejectedError,
    PlatformUnreachableError,
    UsageError,
)
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.shared_viewing import is_page_host_allowed
from hbgz_desktop.model.sharing_launch import (
    LaunchState,
    OrdersLook,
    ResultsLook,
    SharingForm,
    SharingLaunch,
)
from hbgz_desktop.model.visit import VisitCall
from hbgz_desktop.services.authorization_sending import PLATFORM
from hbgz_desktop.services.kept_sharing import KeptSharing, order_lines
from hbgz_desktop.services.share_form import form_as_json, form_of_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.access_token import AccessToken
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.model.shared_viewing import OrderRelation, SharingOffer
    from hbgz_desktop.model.sharing_launch import ItemChoice
    from hbgz_desktop.model.visit import HospitalUser, Visit
    from hbgz_desktop.platforms.hebei.client import HebeiClient
    from hbgz_desktop.platforms.hebei.exchange import HebeiOutcome
    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.services.audit import Audit
    from hbgz_desktop.services.hebei_clients import HebeiClients
    from hbgz_desktop.services.hebei_tokens import HebeiTokens
    from hbgz_desktop.services.shared_answers import SharedAnswers
    from hbgz_desktop.storage.authorizations import AuthorizationStore
    from hbgz_desktop.storage.item_codes import ItemCodes
    from hbgz_desktop.storage.platform_state import PlatformStates
    from hbgz_desktop.storage.sharing_forms import SharingFormStore
    from hbgz_desktop.storage.sharing_launches import SharingLaunchStore

AnswerT = TypeVar("AnswerT")


class ViewingStores(NamedTuple):
    """What the database holds for it."""

    launches: SharingLaunchStore
    authorizations: AuthorizationStore
    forms: SharingFormStore
    items: ItemCodes


class SharedViewing(KeptSharing):
    """Asks for the shared page, opens it once, and fetches what the physician did. Blocks; any thread.

    Every launch and every look leaves an audit row. The order is: ``ask`` → ``open`` (or, where the
    browser belongs to another thread, ``begin_opening`` … ``opening_failed``) → as often as wanted
    ``fetch_orders`` and ``fetch_results``; the platform never says that the physician has finished
    (H057).
    """

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        stores: ViewingStores,
        tokens: HebeiTokens,
        clients: HebeiClients,
        states: PlatformStates,
        answers: SharedAnswers,
        accounts: Accounts,
        audit: Audit,
    ) -> None:
        """Wire the parts."""
        super().__init__(stores.launches, answers, audit)
        self._settings = settings
        self._authorizations = stores.authorizations
        self._forms = stores.forms
        self._items = stores.items
        self._tokens = tokens
        self._clients = clients
        self._states = states
        self._accounts = accounts

    # The form

    def form_of_authorization(self, authorization_id: int) -> SharingForm:
        """A form with the values of an authorization, visit time included (H076).

        Raises:
            UsageError: ``authorization_unknown``.
        """
        row = self._authorizations.get(authorization_id)
        return SharingForm(
            visit=row.visit,
            his_dept_code=row.his_dept_code,
            his_user_code=row.his_user_code,
            authorization_id=row.id,
        )

    def problems(self, form: SharingForm) -> tuple[Problem, ...]:
        """What stands against asking for the page with these values; all six are demanded (2.2.3.4)."""
        length = self._settings().hebei.patient_id_length
        return form.visit.problems(VisitCall.HR_PAGE, patient_id_length=length)

    def hand_over(self, form: SharingForm) -> int:
        """Leave a form, sealed, for a console to take; returns its number."""
        return self._forms.put(form_as_json(form).encode(), self._accounts.current().name)

    def is_handed_over(self, form_id: int) -> bool:
        """True when a console has taken the form."""
        return not self._forms.is_waiting(form_id)

    def handed_form(self) -> SharingForm | None:
        """Console: the form that was left from outside (event ``sharing_form_left``), once; None when none is.

        It only fills the form: nothing is sent before a person says so.
        """
        left = self._forms.take()
        return None if left is None else form_of_json(left.decode())

    def item_codes(self, text: str, kind: str = "study", limit: int = 50) -> tuple[ItemChoice, ...]:
        """Item codes for an order: those mapped for this platform, and those of our own records.

        Args:
            text: Part of code, name, pinyin or initials; "" lists the first ones.
            kind: ``study`` or ``lab``.
            limit: At most so many.
        """
        return self._items.search(text, kind, limit)

    # The page

    def ask(self, form: SharingForm) -> SharingLaunch:
        """Ask the platform for the page; network.

        Returns:
            The launch: state ``nothing`` when both counts are 0, else ``asked`` with ``url`` to open.

        Raises:
            AccountError: ``action_not_permitted``.
            UsageError: ``hebei_order_items`` (an order without items, a view with some),
                ``visit_values`` (an error in the values; ``problems`` has them),
                ``authorization_withdrawn``.
            SettingsError: Address, key or a code of the hospital is missing.
            PlatformError: The platform refused or did not answer; ``hebei_page_refused`` when its page
                may not be opened (another host, no http).
        """
        operator = self._accounts.require("sharing_asked")
        self._check(form)
        user = self._user(form.his_dept_code, form.his_user_code)
        self._clients.check(user)
        found = self._authorizations.of_visit(form.visit)
        authorization_id = found.id if found is not None else None
        launch = self._launches.add(form, user, operator, authorization_id)
        try:
            offer = self._call(
                launch, lambda client, token: client.hr_page(token, form.visit, form.request)
            )
            url = self._page(launch, offer)
        except PlatformError as error:
            self._note("sharing_asked", launch, error)
            raise
        state = LaunchState.ASKED if offer.has_results else LaunchState.NOTHING
        launch = self._launches.offered(launch.id, state, offer)
        self._note(
            "sharing_asked",
            launch,
            mode=form.request.mode.value,
            studies=offer.study_count,
            labs=offer.lab_count,
        )
        return self._launches.with_url(launch, url)

    def begin(self, form: SharingForm) -> SharingLaunch:
        """A launch for a page that was asked for elsewhere, e.g. by HIS itself; nothing is sent.

        Raises:
            UsageError: ``authorization_withdrawn``.
        """
        operator = self._accounts.require("sharing_asked")
        self._refuse_withdrawn(form.visit)
        found = self._authorizations.of_visit(form.visit)
        user = self._user(form.his_dept_code, form.his_user_code)
        return self._launches.add(form, user, operator, found.id if found else None)

    def open(self, launch: SharingLaunch, open_page: Callable[[str], bool]) -> SharingLaunch:
        """Open the page in the browser: once, unchanged (H075).

        Args:
            launch: As ``ask`` returned it, with its url.
            open_page: Opens an address in the default browser; False when it cannot.

        Raises:
            UsageError: ``page_already_opened``, ``page_not_opened``, ``page_missing``.
        """
        url = self.begin_opening(launch)
        if not open_page(url):
            self.opening_failed(launch.id)
            raise UsageError("page_not_opened", launch=launch.id)
        return self._launches.get(launch.id)

    def begin_opening(self, launch: SharingLaunch) -> str:
        """Take the one opening there is; the caller opens the address that is returned, unchanged.

        Raises:
            UsageError: ``page_already_opened``, ``page_missing`` (no url, or nothing to look at).
        """
        if not launch.url:
            raise UsageError("page_missing", launch=launch.id)
        if not self._launches.take_opening(launch.id):
            raise UsageError("page_already_opened", launch=launch.id)
        self._note("sharing_opened", launch)
        return launch.url

    def opening_failed(self, launch_id: int) -> SharingLaunch:
        """No browser took the address: it may be opened once more."""
        self._launches.give_back_opening(launch_id)
        launch = self._launches.get(launch_id)
        self._note("sharing_opened", launch, UsageError("page_not_opened"))
        return launch

    # What the physician did

    def fetch_orders(self, launch_id: int, relation: OrderRelation) -> OrdersLook:
        """Ask which items of the orders were recognised (2.2.3.5); as often as wanted; network.

        Raises:
            UsageError: ``sharing_launch_unknown``, ``sharing_no_orders`` (no order with an item),
                ``authorization_withdrawn``.
            SettingsError: Address, key or a code of the hospital is missing.
            PlatformError: The platform refused or did not answer.
        """
        self._accounts.require("sharing_orders_fetched")
        launch = self._launches.get(launch_id)
        if relation.is_empty:
            raise UsageError("sharing_no_orders")
        self._refuse_withdrawn(launch.visit)
        try:
            answer = self._call(
                launch, lambda client, token: client.get_hr_info(token, launch.visit, relation)
            )
        except PlatformError as error:
            self._note("sharing_orders_fetched", launch, error)
            raise
        lines = order_lines(relation, answer.relation)
        kept = self._answers.sealed_orders(relation, answer)
        launch = self._launches.keep_orders(launch.id, kept)
        self._note("sharing_orders_fetched", launch, orders=len(lines))
        return OrdersLook(launch, answer, lines, datetime.now(UTC))

    def fetch_results(self, launch_id: int) -> ResultsLook:
        """Fetch everything that was worked on in the page (2.2.3.6); as often as wanted; network.

        Raises:
            UsageError: ``sharing_launch_unknown``, ``authorization_withdrawn``.
            SettingsError: Address, key or a code of the hospital is missing.
            PlatformError: The platform refused or did not answer.
        """
        self._accounts.require("sharing_results_fetched")
        launch = self._launches.get(launch_id)
        self._refuse_withdrawn(launch.visit)
        try:
            result = self._call(
                launch, lambda client, token: client.rest_jc_jy_yy_info(token, launch.visit)
            )
        except PlatformError as error:
            self._note("sharing_results_fetched", launch, error)
            raise
        launch = self._launches.keep_results(launch.id, self._answers.sealed_results(result))
        self._note(
            "sharing_results_fetched",
            launch,
            studies=len(result.studies),
            labs=len(result.lab_reports),
        )
        return ResultsLook(launch, result, datetime.now(UTC))

    # Inside

    def _check(self, form: SharingForm) -> None:
        if not form.request.is_sound:
            raise UsageError("hebei_order_items", mode=form.request.mode.value)
        wrong = [one.field for one in self.problems(form) if one.severity is Severity.ERROR]
        if wrong:
            raise UsageError("visit_values", fields=", ".join(dict.fromkeys(wrong)))
        self._refuse_withdrawn(form.visit)

    def _refuse_withdrawn(self, visit: Visit) -> None:
        found = self._authorizations.of_visit(visit)
        if found is not None and found.state is AuthorizationState.WITHDRAWN:
            raise UsageError("authorization_withdrawn", authorization=found.id)

    def _user(self, his_dept_code: str, his_user_code: str) -> HospitalUser:
        operator = self._accounts.current()
        return self._settings().hebei.user(
            his_dept_code.strip() or operator.his_dept_code,
            his_user_code.strip() or operator.his_user_code,
        )

    def _call(
        self,
        launch: SharingLaunch,
        send: Callable[[HebeiClient, AccessToken], HebeiOutcome[AnswerT]],
    ) -> AnswerT:
        """The answer, or the error with the platform's own words kept in the launch."""
        user = self._settings().hebei.user(launch.his_dept_code, launch.his_user_code)
        outcome = self._tokens.call(user, send)
        exchange = outcome.exchange
        if exchange.http_status is not None and not isinstance(
            outcome.error, PlatformUnreachableError
        ):
            elapsed = exchange.finished_at - exchange.started_at
            self._states.note_answer(PLATFORM, elapsed.total_seconds() * 1000)
        error = outcome.error
        self._launches.note(launch.id, error.code if error else "", exchange.message)
        if error is not None:
            raise error
        if outcome.answer is None:
            raise PlatformRejectedError("hebei_answer_incomplete", service=exchange.service)
        return outcome.answer

    def _page(self, launch: SharingLaunch, offer: SharingOffer) -> str:
        """The page as the platform gave it; "" when there is nothing to look at."""
        if not offer.has_results:
            return ""
        own = self._settings().hebei
        if not offer.url or not is_page_host_allowed(offer.url, own.base_url, own.page_hosts):
            self._launches.note(launch.id, "hebei_page_refused", "")
            raise PlatformRejectedError("hebei_page_refused", setting="hebei.page_hosts")
        return offer.url
