"""The addresses of this machine that a modality in the hospital's network could use."""

from __future__ import annotations

import ipaddress
import re
import socket

import psutil

_VIRTUAL = re.compile(r"docker|veth|virbr|br-|vmware|vmnet|virtualbox|vboxnet|vethernet|wsl", re.I)

_FAR_AWAY = "192.0.2.1"
"""Of a block for documentation (RFC 5737): the way to it is the way to everywhere."""


def local_addresses() -> tuple[str, ...]:
    """IPv4 addresses of interfaces that are up; loopback and self-assigned ones are left out.

    Those of virtual machines and containers stand last: a device outside cannot reach them.
    """
    states = psutil.net_if_stats()
    found = [
        (_VIRTUAL.search(name) is not None, one.address)
        for name, addresses in psutil.net_if_addrs().items()
        if name in states and states[name].isup
        for one in addresses
        if one.family is socket.AF_INET and _is_reachable(one.address)
    ]
    return tuple(dict.fromkeys(address for _, address in sorted(found, key=lambda pair: pair[0])))


def network_ways(targets: tuple[str, ...] = ()) -> frozenset[str]:
    """What other computers can be reached by: our addresses, and the one from which each target would be.

    Nothing is sent and no name is asked for; two answers are only good for being compared.

    Args:
        targets: Hosts; those that are names are left out.
    """
    literal = [one for one in (*targets, _FAR_AWAY) if _is_address(one)]
    return frozenset(local_addresses()) | {f"{one} from {_source(one)}" for one in literal}


def _source(target: str) -> str:
    """Our address on the way to a target, "" without a way."""
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, 9))  # of a datagram socket: only the way is chosen
            return str(probe.getsockname()[0])
    except OSError:
        return ""


def own_address(bind_address: str) -> str:
    """Where a program on this machine reaches a receiver that listens there; "" listens everywhere."""
    is_any = bind_address in ("", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
    return "127.0.0.1" if is_any else bind_address


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_reachable(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
