"""Which devices may send here, and the charset of their names (issue 2, section 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.settings import DicomSettings

if TYPE_CHECKING:
    from hbgz_desktop.model.status import PeerRow
    from hbgz_desktop.services.workplace import Workplace

Policy = Literal["", "accept", "refuse"]
"""Of one device; "" follows ``dicom.unknown_callers``."""
CHARSETS: tuple[str, ...] = get_args(DicomSettings.model_fields["fallback_charset"].annotation)
AE_LENGTH = 16


class DeviceControl:
    """Lists and changes known senders; a running engine takes a change within a second."""

    def __init__(self, work: Workplace) -> None:
        """Work on one data folder."""
        self._work = work

    def all(self) -> tuple[PeerRow, ...]:
        """Devices that called or were entered, refused ones first."""
        return self._work.associations.peers()

    def set_policy(self, ae_title: str, policy: Policy, actor: str) -> None:
        """Let a device in, keep it out, or let the general setting decide again.

        Raises:
            UsageError: ``ae_title_invalid``.
        """
        known = self._work.associations.peer(_checked(ae_title))
        self._set(ae_title, policy, known.fallback_charset if known else "", actor)

    def set_charset(self, ae_title: str, charset: str, actor: str) -> None:
        """Read this device's names by a charset when its images declare none; "" = the general setting.

        Raises:
            UsageError: ``ae_title_invalid`` or ``charset_unknown``.
        """
        if charset and charset not in CHARSETS:
            raise UsageError("charset_unknown", name=charset, allowed=", ".join(CHARSETS))
        known = self._work.associations.peer(_checked(ae_title))
        self._set(ae_title, known.policy if known else "", charset, actor)

    def _set(self, ae_title: str, policy: str, charset: str, actor: str) -> None:
        self._work.accounts.require("peer_set")
        self._work.associations.set_peer(ae_title, policy=policy, fallback_charset=charset)
        self._work.audit.record(
            "peer_set", operator=actor, kind="peer", key=ae_title, policy=policy, charset=charset
        )
        self._work.engine_state.ask("reload_peers", requested_by=actor)


def _checked(ae_title: str) -> str:
    """An AE title as PS3.5 allows it: up to 16 printable characters, no backslash, no blanks around it."""
    is_good = (
        0 < len(ae_title) <= AE_LENGTH
        and ae_title == ae_title.strip()
        and all(" " <= mark <= "~" and mark != "\\" for mark in ae_title)
    )
    if not is_good:
        raise UsageError("ae_title_invalid", ae_title=ae_title[:AE_LENGTH])
    return ae_title
