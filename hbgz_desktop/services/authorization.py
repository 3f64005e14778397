"""患者授权: a patient allows this hospital to look at shared results (V1.5, 2.2.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.authorization import (
    Authorization,
    AuthorizationFilter,
    AuthorizationState,
    KnownPatient,
    SlipData,
    Submission,
)
from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.visit import Visit, VisitCall

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.model.visit import HospitalUser
    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.services.authorization_sending import AuthorizationSender
    from hbgz_desktop.services.hebei_clients import HebeiClients
    from hbgz_desktop.storage.authorizations import AuthorizationStore
    from hbgz_desktop.storage.known_patients import KnownPatients


class AuthorizationControl:
    """Enters, sends, lists and withdraws authorizations. Blocks; safe from any thread."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        store: AuthorizationStore,
        patients: KnownPatients,
        sender: AuthorizationSender,
        clients: HebeiClients,
        accounts: Accounts,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._store = store
        self._patients = patients
        self._sender = sender
        self._clients = clients
        self._accounts = accounts

    # Entering

    def problems(self, visit: Visit) -> tuple[Problem, ...]:
        """What stands against sending these values, in printed order; no I/O but settings.

        Errors keep it from being sent; warnings name what the shared page will ask for later (H053).
        """
        length = self._settings().hebei.patient_id_length
        return visit.problems(VisitCall.SAVE_AUTH_USER, patient_id_length=length)

    def submit(
        self, visit: Visit, *, his_dept_code: str = "", his_user_code: str = ""
    ) -> Submission:
        """Enter an authorization and send it at once; network.

        When it did not reach the platform it waits and the engine sends it when the platform is back.
        When nobody knows (``is_answer_unknown``), only ``send_again`` sends it (H006).

        Args:
            visit: Whom and which visit.
            his_dept_code: On whose behalf; "" = the operator's, else the settings' (H046).
            his_user_code: As ``his_dept_code``.

        Returns:
            The row as it is now; ``is_known`` when this visit had one already and nothing was sent;
            no row when ``problems`` has an error.

        Raises:
            AccountError: ``action_not_permitted``.
            SettingsError: Address, key or a code of the hospital is missing; nothing was kept.
        """
        operator = self._accounts.require("authorization_entered")
        problems = self.problems(visit)
        if any(one.severity is Severity.ERROR for one in problems):
            return Submission(None, problems=problems)
        user = self.user(his_dept_code, his_user_code)
        self._clients.check(user)
        row, is_known = self._store.add(visit, user, operator)
        if not is_known:
            row = self._sender.send_now(row.id)
        return Submission(row, is_known, problems)

    def user(self, his_dept_code: str = "", his_user_code: str = "") -> HospitalUser:
        """On whose behalf: as given, else the operator's codes, else the settings' (H046); no I/O."""
        operator = self._accounts.current()
        return self._settings().hebei.user(
            his_dept_code.strip() or operator.his_dept_code,
            his_user_code.strip() or operator.his_user_code,
        )

    def send_again(self, authorization_id: int) -> Authorization:
        """Try one that waits or was refused again, now; network.

        The only way for one that may have reached the platform (H006). Should the platform be away
        now, the person's wish stands: the engine sends it later.

        Raises:
            AccountError: ``action_not_permitted``.
            UsageError: ``authorization_unknown``.
        """
        operator = self._accounts.require("authorization_sent_again")
        row = self._store.send_again(authorization_id, operator)
        if row.state is AuthorizationState.WAITING:
            return self._sender.send_now(authorization_id)
        return row

    def withdraw(self, authorization_id: int, reason: str = "") -> Authorization:
        """The patient took it back: what waits is not sent, and nothing more is asked for this visit.

        V1.5 has no call for it: a platform that has the authorization already is not told.

        Raises:
            AccountError: ``action_not_permitted``.
            UsageError: ``authorization_unknown``.
        """
        operator = self._accounts.require("authorization_withdrawn")
        return self._store.withdraw(authorization_id, operator, reason)

    # Looking

    def known_patients(self, text: str, limit: int = 20) -> tuple[KnownPatient, ...]:
        """Patients known from authorizations, records and studies; to be shown masked.

        Args:
            text: Part of name, pinyin, initials or patient number, or the whole certificate number.
            limit: At most so many.
        """
        return self._patients.search(text, limit)

    def get(self, authorization_id: int) -> Authorization:
        """One row.

        Raises:
            UsageError: ``authorization_unknown``.
        """
        return self._store.get(authorization_id)

    def of_visit(self, visit: Visit) -> Authorization | None:
        """The newest authorization of a visit, whatever its state."""
        return self._store.of_visit(visit)

    def ids(
        self, wanted: AuthorizationFilter, *, sort: str = "created_at", descending: bool = True
    ) -> tuple[int, ...]:
        """Ids that match now; ``sort``: created_at, name, state, visit_time or operator."""
        return self._store.ids(wanted, sort=sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> tuple[Authorization, ...]:
        """Rows of these ids in their order; those that are gone are left out."""
        return self._store.rows(ids)

    def page(
        self,
        wanted: AuthorizationFilter,
        *,
        limit: int = 100,
        offset: int = 0,
        sort: str = "created_at",
        descending: bool = True,
    ) -> tuple[Authorization, ...]:
        """One page of the history, newest first."""
        return self._store.page(
            wanted, limit=limit, offset=offset, sort=sort, descending=descending
        )

    def count(self, wanted: AuthorizationFilter) -> int:
        """How many match."""
        return self._store.count(wanted)

    def counts(self, wanted: AuthorizationFilter) -> Mapping[AuthorizationState, int]:
        """How many of each state match; every state has a number."""
        return self._store.counts(wanted)

    def slip(self, authorization_id: int) -> SlipData:
        """What the printed slip says.

        Raises:
            UsageError: ``authorization_unknown``.
        """
        row = self._store.get(authorization_id)
        return SlipData(
            hospital=self._settings().hospital.name,
            number=row.id,
            name=mask_name(row.visit.name),
            id_no=mask_identity(row.visit.id_no),
            phone=mask_phone(row.visit.phone),
            visit_no=row.visit.visit_no,
            visit_time=row.visit.visit_time,
            state=row.state,
            entered_at=row.created_at,
            sent_at=row.sent_at,
            withdrawn_at=row.withdrawn_at,
            operator=row.operator,
        )
