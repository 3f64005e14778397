"""Rules as Windows keeps them in its registry (MS-FASP 2.2), read by us."""

from __future__ import annotations

import sys

import pytest

from hbgz_desktop.system.firewall import (
    Firewall,
    FirewallRule,
    Passage,
    allow_line,
    closed_profiles,
    listening_program,
    parse_rule,
    windows_firewall,
)

PROGRAM = r"C:\Program Files\hbgz_desktop\hbgz_desktop.exe"
OURS = (
    "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=11112|"
    rf"App={PROGRAM}|Name=hbgz_desktop|"
)
ALL = frozenset({"Domain", "Private", "Public"})


def passage(*texts: str, port: int = 11112, closed: frozenset[str] = ALL) -> Passage:
    rules = [parse_rule(text) for text in texts]
    return Firewall(tuple(one for one in rules if one), closed).passage(port, PROGRAM)


def test_our_own_rule_lets_devices_in() -> None:
    assert parse_rule(OURS) == FirewallRule(allows=True, ports=("11112",), program=PROGRAM)
    assert passage(OURS) is Passage.ALLOWED
    assert passage(OURS.replace("hbgz_desktop.exe", "HBGZ_Desktop.EXE")) is Passage.ALLOWED
    assert passage(OURS, port=104) is Passage.MISSING, "for another port it says nothing"


@pytest.mark.parametrize(
    "text",
    [
        OURS.replace("Active=TRUE", "Active=FALSE"),
        OURS.replace("Dir=In", "Dir=Out"),
        OURS.replace("Protocol=6", "Protocol=17"),
        OURS.replace("hbgz_desktop.exe", "other.exe"),
        OURS + "Svc=Dnscache|",
        OURS + "RA4=10.0.0.5|",
        "",
        "nonsense",
    ],
)
def test_rules_that_are_not_about_us(text: str) -> None:
    assert passage(text) is Passage.MISSING


@pytest.mark.parametrize(
    "ports", ["LPort=104|LPort=11112", "LPort2_10=11000-12000", "LPort=11112-11112", ""]
)
def test_ports_in_every_notation(ports: str) -> None:
    assert passage(OURS.replace("LPort=11112", ports)) is Passage.ALLOWED


@pytest.mark.parametrize("ports", ["LPort=RPC", "LPort2_10=1-200", "LPort=1111"])
def test_other_ports(ports: str) -> None:
    assert passage(OURS.replace("LPort=11112", ports)) is Passage.MISSING


def test_a_rule_that_blocks_wins() -> None:
    cancelled = f"v2.31|Action=Block|Active=TRUE|Dir=In|Protocol=6|Profile=Public|App={PROGRAM}|"
    assert passage(cancelled) is Passage.BLOCKED
    assert passage(OURS, cancelled) is Passage.BLOCKED


def test_an_open_network_counts_as_open() -> None:
    assert passage(closed=frozenset({"Domain", "Public"})) is Passage.OFF


def test_switches_of_the_policy_go_before_the_computers_own() -> None:
    off = {"EnableFirewall": 0}
    assert closed_profiles([{}, {}]) == ALL, "Windows' own state without a word"
    assert closed_profiles([{}, {"PublicProfile": off}]) == {"Domain", "Private"}
    assert (
        closed_profiles([{"PublicProfile": {"EnableFirewall": 1}}, {"PublicProfile": off}]) == ALL
    )
    assert closed_profiles([{}, {"StandardProfile": {"DefaultInboundAction": 0}}]) == {
        "Domain",
        "Public",
    }


def test_the_line_for_it_names_port_and_program() -> None:
    line = allow_line(11112, PROGRAM)
    assert line.startswith("netsh advfirewall firewall add rule name=")
    assert f'localport=11112 program="{PROGRAM}"' in line
    assert listening_program()


def test_this_system() -> None:
    found = windows_firewall()
    assert (found is None) == (sys.platform != "win32")
