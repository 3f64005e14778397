"""Whether devices elsewhere reach our port, and what IT has to run when they do not."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.services.network_addresses import local_addresses
from hbgz_desktop.system.firewall import Passage, allow_line, listening_program, windows_firewall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.system.firewall import Firewall


@dataclass(frozen=True, slots=True)
class OutsideReach:
    """What is known of the way in.

    Attributes:
        was_reached: A device of another machine has called us: the way is open, whatever stands in it.
        passage: What Windows' firewall says.
        port: Of the receiver.
        line: The command that lets devices in.
    """

    was_reached: bool
    passage: Passage
    port: int
    line: str

    @property
    def is_closed(self) -> bool:
        """Nobody has come through, and the firewall lets nobody in."""
        return not self.was_reached and self.passage in (Passage.MISSING, Passage.BLOCKED)


def look_outside(
    work: Workplace,
    firewall: Callable[[], Firewall | None] = windows_firewall,
    program: Callable[[], str] = listening_program,
) -> OutsideReach | None:
    """What is known; None where there is no such firewall, or nobody outside is meant to call.

    Blocks for milliseconds on database and registry.
    """
    dicom = work.settings().dicom
    found = None if _is_loopback(dicom.bind_address) else firewall()
    if found is None:
        return None
    port = work.engine_state.status().dicom_port or dicom.port
    name = program()
    return OutsideReach(
        was_reached=_is_any_outside(one.address for one in work.associations.peers()),
        passage=found.passage(port, name),
        port=port,
        line=allow_line(port, name),
    )


def _is_any_outside(addresses: Iterable[str]) -> bool:
    own = set(local_addresses())
    return any(one and one not in own and not _is_loopback(one) for one in addresses)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
