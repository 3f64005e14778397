"""What the printed text leaves open, one switch a gap: how the simulated platform answers.

The defaults are the printed examples; every other value is one a real platform may turn out to
have, and a client must bear.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.answer_choices import with_choices

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Variants:
    """One setting a gap.

    Attributes:
        app_id_name: Name of the authorisation id in token answers (H047).
        expire_type: Type of expire (H050).
        code_type: Type of code, printed as text.
        refresh_code: refreshToken's code on success, "" in the printed example (H052).
        old_token: What becomes of the token that was refreshed (H052).
        token_prefix: What the Authorization header must begin with (H048).
        token_status: HTTP status of a refusal for its token.
        token_limit: Live tokens one user may hold, 0 for any number ("不可频繁调用").
        authorisation: Whether hrPage wants a saveAuthUser of the same visit before.
        page_data: hrPage's data (H057).
        counts_type: Type of its counts (H057).
        url_form: Of its url (H057).
        encryption: Which patient values of answers are encrypted (H037, H056).
        empty_orders: What becomes of an order whose items were all removed (H058).
        empty_lists: How a list without members is answered (H058).
    """

    app_id_name: str = "App_id"
    expire_type: str = "string"
    code_type: str = "string"
    refresh_code: str = "200"
    old_token: str = "revoked"  # noqa: S105 - a choice, not a token
    token_prefix: str = ""
    token_status: str = "200"  # noqa: S105
    token_limit: str = "0"  # noqa: S105
    authorisation: str = "required"
    page_data: str = "array"
    counts_type: str = "string"
    url_form: str = "absolute"
    encryption: str = "marked"
    empty_orders: str = "dropped"
    empty_lists: str = "kept"

    def as_json(self) -> dict[str, str]:
        """Return what ``changed`` reads."""
        return asdict(self)

    def changed(self, values: Mapping[str, object]) -> Variants:
        """Return these with some replaced.

        Raises:
            UsageError: ``sandbox_variant_invalid`` for a name or a value there is not.
        """
        return with_choices(self, CHOICES, values)


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "app_id_name": ("App_id", "app_id", "appId", "APP_ID"),
    "expire_type": ("string", "number", "missing", "nonsense"),
    "code_type": ("string", "number"),
    "refresh_code": ("200", ""),
    "old_token": ("revoked", "valid"),
    "token_prefix": ("", "Bearer "),
    "token_status": ("200", "401"),
    "token_limit": tuple(str(number) for number in range(10)),
    "authorisation": ("required", "optional"),
    "page_data": ("array", "object"),
    "counts_type": ("string", "number", "missing"),
    "url_form": ("absolute", "relative"),
    "encryption": ("marked", "all", "none"),
    "empty_orders": ("dropped", "kept"),
    "empty_lists": ("kept", "omitted", "null"),
}
