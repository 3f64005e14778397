"""Tokens of Hebei's platform: one row a user, sealed, renewed under a lease with a fencing token (H046-H052)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import hebei_tokens

if TYPE_CHECKING:
    from hbgz_desktop.model.access_token import AccessToken
    from hbgz_desktop.model.visit import HospitalUser
    from hbgz_desktop.storage.database import Database
    from hbgz_desktop.storage.sealing import Sealer


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What is known of one user's token.

    Attributes:
        version: Grows with every token that was kept; two reads with the same one show the same token.
        app_id: "" when there is no token, or it was sealed by another account or machine.
        token: As ``app_id``.
        obtained_at: When it was asked for.
        renew_at: From here on it is renewed.
        expires_at: From here on it is no good.
        lease_until: Somebody renews it until then; None when nobody does.
        failures: Renewals that failed, or tokens that were refused, since a call was last answered.
        blocked_until: Nobody asks again before that; None when nothing holds it back.
        error_code: Why the last renewal failed.
    """

    id: int
    version: int
    app_id: str = field(repr=False)
    token: str = field(repr=False)
    obtained_at: datetime | None
    renew_at: datetime | None
    expires_at: datetime | None
    lease_until: datetime | None
    failures: int
    blocked_until: datetime | None
    error_code: str


class HebeiTokenStore(Repository):
    """Repository of tokens; safe from any thread and process."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        """Keep sealed tokens in ``database``."""
        super().__init__(database)
        self._sealer = sealer

    def row(self, user: HospitalUser, issuer: str) -> TokenRow:
        """The row of one user, made when it is the first time.

        A token of another issuer (another address was set since) counts as none, and so do its failures.
        """
        query = select(hebei_tokens).where(*_is_of(user))
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            self._insert(user, issuer)
        elif row.issuer != issuer:
            self._forget(row.id, issuer)
        else:
            return self._row(row)
        with self._database.read() as connection:
            return self._row(connection.execute(query).one())

    def _insert(self, user: HospitalUser, issuer: str) -> None:
        try:
            with self._database.write() as connection:
                connection.execute(insert(hebei_tokens), {**_key(user), "issuer": issuer})
        except IntegrityError:
            return  # somebody else was quicker: the row is there

    def _forget(self, row_id: int, issuer: str) -> None:
        with self._database.write() as connection:
            connection.execute(
                update(hebei_tokens)
                .where(hebei_tokens.c.id == row_id, hebei_tokens.c.issuer != issuer)
                .values(
                    issuer=issuer,
                    sealed=None,
                    version=hebei_tokens.c.version + 1,
                    fence=hebei_tokens.c.fence + 1,
                    lease_owner="",
                    lease_until=None,
                    failures=0,
                    blocked_until=None,
                    error_code="",
                )
            )

    def _row(self, row: Row[Any]) -> TokenRow:
        app_id, token = self._unsealed(row.sealed)
        return TokenRow(
            id=row.id,
            version=row.version,
            app_id=app_id,
            token=token,
            obtained_at=row.obtained_at,
            renew_at=row.renew_at,
            expires_at=row.expires_at,
            lease_until=row.lease_until,
            failures=row.failures,
            blocked_until=row.blocked_until,
            error_code=row.error_code,
        )

    def _unsealed(self, sealed: bytes | None) -> tuple[str, str]:
        """("", "") for a token that another account sealed: a new one is cheaper than a question."""
        if sealed is None:
            return "", ""
        try:
            app_id, token = json.loads(self._sealer.unseal(sealed))
        except StorageError:
            return "", ""
        return str(app_id), str(token)

    def claim(self, row: TokenRow, owner: str, *, lease_s: float) -> int | None:
        """Reserve the renewal of the token that ``row`` shows.

        A lease that ends further away than any lease was taken before the clock was put back: it counts
        as none.

        Args:
            row: As it was read; a renewal since then makes the claim fail.
            owner: Name of the claimer, unique among threads and processes.
            lease_s: Seconds until somebody else may take over.

        Returns:
            The fencing token, None when somebody else renews it or has done so.
        """
        now = datetime.now(UTC)
        table = hebei_tokens.c
        with self._database.write() as connection:
            return connection.execute(
                update(hebei_tokens)
                .where(
                    table.id == row.id,
                    table.version == row.version,
                    table.failures == row.failures,
                    or_(
                        table.lease_until.is_(None),
                        table.lease_until <= now,
                        table.lease_until > now + timedelta(seconds=2 * lease_s),
                    ),
                )
                .values(
                    fence=table.fence + 1,
                    lease_owner=owner,
                    lease_until=now + timedelta(seconds=lease_s),
                )
                .returning(table.fence)
            ).scalar()

    def keep(self, row_id: int, fence: int, token: AccessToken, *, renewal: float) -> bool:
        """The renewal succeeded; False when the claim was no longer ours and nothing was kept."""
        sealed = self._sealer.seal(json.dumps([token.app_id, token.token]).encode())
        return self._end(
            row_id,
            fence,
            sealed=sealed,
            version=hebei_tokens.c.version + 1,
            obtained_at=token.obtained_at,
            renew_at=token.renew_at(renewal),
            expires_at=token.expires_at,
            blocked_until=None,
        )

    def proved(self, row: TokenRow) -> None:
        """A call with this token was not refused for its token: what failed before is forgotten."""
        if not row.failures:
            return
        with self._database.write() as connection:
            connection.execute(
                update(hebei_tokens)
                .where(hebei_tokens.c.id == row.id, hebei_tokens.c.version == row.version)
                .values(failures=0, error_code="")
            )

    def fail(self, row_id: int, fence: int, error_code: str, delay_s: float) -> bool:
        """The renewal failed: nobody asks again for so many seconds; False as in ``keep``."""
        return self._end(
            row_id,
            fence,
            failures=hebei_tokens.c.failures + 1,
            blocked_until=datetime.now(UTC) + timedelta(seconds=delay_s),
            error_code=error_code,
        )

    def block(self, row: TokenRow, error_code: str, delay_s: float) -> None:
        """A token that had just been issued was refused: it is void, and the next one is not asked for at once."""
        with self._database.write() as connection:
            connection.execute(
                update(hebei_tokens)
                .where(hebei_tokens.c.id == row.id, hebei_tokens.c.version == row.version)
                .values(
                    sealed=None,
                    version=hebei_tokens.c.version + 1,
                    failures=hebei_tokens.c.failures + 1,
                    blocked_until=datetime.now(UTC) + timedelta(seconds=delay_s),
                    error_code=error_code,
                )
            )

    def _end(self, row_id: int, fence: int, **values: object) -> bool:
        with self._database.write() as connection:
            changed = connection.execute(
                update(hebei_tokens)
                .where(hebei_tokens.c.id == row_id, hebei_tokens.c.fence == fence)
                .values(**values, lease_owner="", lease_until=None)
            ).rowcount
        return bool(changed)


def _key(user: HospitalUser) -> dict[str, str]:
    values = user.values()
    return {
        "org_code": values["orgCode"],
        "his_org_code": values["hisOrgCode"],
        "his_dept_code": values["hisDeptCode"],
        "his_user_code": values["hisUserCode"],
    }


def _is_of(user: HospitalUser) -> list[Any]:
    return [hebei_tokens.c[name] == value for name, value in _key(user).items()]
