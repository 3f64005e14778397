"""What Windows' own firewall does with a port, read from its rules as any account may read them.

Other products' firewalls are not seen: only a device that came through proves a way in.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform == "win32":
    import winreg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RULE_NAME = "hbgz_desktop"
"""As the installer names its own."""
PROGRAM = "hbgz_desktop.exe"
_TCP = "6"
_LOCAL = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
_POLICY = r"SOFTWARE\Policies\Microsoft\WindowsFirewall"
_PROFILES = {"DomainProfile": "Domain", "StandardProfile": "Private", "PublicProfile": "Public"}


class Passage(StrEnum):
    """What happens to a device that calls."""

    OFF = "off"
    """The firewall is off, or lets everything in."""
    ALLOWED = "allowed"
    """A rule lets it in."""
    BLOCKED = "blocked"
    """A rule keeps it out, such as Windows writes when somebody answers its question with Cancel."""
    MISSING = "missing"
    """No rule speaks of it: it is kept out."""


@dataclass(frozen=True, slots=True)
class FirewallRule:
    """One rule for what comes in, as far as it matters here."""

    allows: bool
    ports: tuple[str, ...] = ()
    program: str = ""

    def is_about(self, port: int, program: str) -> bool:
        """True when it holds for TCP to this port of this program."""
        if self.program and not _same_program(self.program, program):
            return False
        return not self.ports or any(_covers(one, port) for one in self.ports)


@dataclass(frozen=True, slots=True)
class Firewall:
    """The rules, and the networks (Domain, Private, Public) where strangers are kept out."""

    rules: tuple[FirewallRule, ...]
    closed_profiles: frozenset[str]

    def passage(self, port: int, program: str) -> Passage:
        """What happens to a device; which network it comes through is not known, so any open one counts."""
        if len(self.closed_profiles) < len(_PROFILES):
            return Passage.OFF
        about = [one for one in self.rules if one.is_about(port, program)]
        if any(not one.allows for one in about):
            return Passage.BLOCKED
        return Passage.ALLOWED if about else Passage.MISSING


def parse_rule(text: str) -> FirewallRule | None:
    """``v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=11112|App=…|``; None: not about TCP coming in."""
    facts: dict[str, list[str]] = {}
    for part in text.split("|"):
        name, is_fact, value = part.partition("=")
        if is_fact:
            facts.setdefault(name, []).append(value)
    is_ours = (
        facts.get("Active", ["FALSE"])[0].upper() == "TRUE"
        and facts.get("Dir", [""])[0] == "In"
        and facts.get("Protocol", [_TCP])[0] == _TCP
        and not {"Svc", "AppPkgId", "RA4", "RA6"} & facts.keys()  # one service, one app, some peers
    )
    if not is_ours:
        return None
    ports = facts.get("LPort", []) + facts.get("LPort2_10", []) + facts.get("LPort2_20", [])
    program = facts.get("App", [""])[0]
    return FirewallRule(
        allows=facts.get("Action", [""])[0] == "Allow",
        ports=tuple(ports),
        program=program,
    )


def closed_profiles(switches: Iterable[Mapping[str, Mapping[str, int]]]) -> frozenset[str]:
    """The networks where what no rule names is kept out.

    Args:
        switches: Profile → value name → number; of the policy first, then the computer's own.
    """
    closed = set()
    given = list(switches)
    for key, name in _PROFILES.items():
        found: dict[str, int] = {}
        for one in reversed(given):
            found |= one.get(key, {})
        is_on = found.get("EnableFirewall", 1) == 1
        if is_on and found.get("DefaultInboundAction", 1) != 0:
            closed.add(name)
    return frozenset(closed)


def allow_line(port: int, program: str, name: str = RULE_NAME) -> str:
    """What IT runs as administrator to let devices in."""
    return (
        f'netsh advfirewall firewall add rule name="{name}" dir=in action=allow protocol=TCP '
        f'localport={port} program="{program}" profile=domain,private'
    )


def listening_program() -> str:
    """The program that listens, as firewall rules name it."""
    beside = Path(sys.executable).with_name(PROGRAM)
    return str(beside if beside.exists() else sys.executable)


if sys.platform == "win32":

    def windows_firewall() -> Firewall | None:
        """This computer's."""
        texts = [*_values(rf"{_POLICY}\FirewallRules"), *_values(rf"{_LOCAL}\FirewallRules")]
        rules = [parse_rule(text) for _, text in texts if isinstance(text, str)]
        switches = [
            {
                key: {
                    name: value
                    for name, value in _values(rf"{root}\{key}")
                    if isinstance(value, int)
                }
                for key in _PROFILES
            }
            for root in (_POLICY, _LOCAL)
        ]
        return Firewall(tuple(one for one in rules if one is not None), closed_profiles(switches))

    def _values(key: str) -> list[tuple[str, object]]:
        """Names and values below a key; nothing when it is not there."""
        found: list[tuple[str, object]] = []
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, access=access) as opened:
                for at in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, at)
                    found.append((name, value))
        except OSError:
            return found
        return found

else:

    def windows_firewall() -> Firewall | None:
        """None: there is no such firewall here."""
        return None


def _covers(ports: str, port: int) -> bool:
    first, is_range, last = ports.partition("-")
    if not first.isdecimal():
        return False
    return int(first) <= port <= int(last) if is_range and last.isdecimal() else int(first) == port


def _same_program(rule: str, program: str) -> bool:
    written = os.path.expandvars(rule) if sys.platform == "win32" else rule
    return written.lower() == program.lower()
