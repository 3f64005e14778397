"""The addresses of this machine that a modality in the hospital's network could use."""

from __future__ import annotations

import ipaddress
import re
import socket

import psutil

_VIRTUAL = re.compile(r"docker|veth|virbr|br-|vmware|vmnet|virtualbox|vboxnet|vethernet|wsl", re.I)


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


def own_address(bind_address: str) -> str:
    """Where a program on this machine reaches a receiver that listens there; "" listens everywhere."""
    is_any = bind_address in ("", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
    return "127.0.0.1" if is_any else bind_address


def _is_reachable(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
