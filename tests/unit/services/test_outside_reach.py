"""What stands between devices and our port, and what IT runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.instance import PeerAssociation
from hbgz_desktop.services.outside_reach import OutsideReach, look_outside
from hbgz_desktop.system.firewall import Firewall, FirewallRule, Passage

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic

PROGRAM = r"C:\Program Files\hbgz_desktop\hbgz_desktop.exe"
CLOSED = Firewall((), frozenset({"Domain", "Private", "Public"}))
LET_IN = Firewall((FirewallRule(allows=True, ports=("11112",)),), CLOSED.closed_profiles)


def look(clinic: Clinic, firewall: Firewall | None) -> OutsideReach | None:
    return look_outside(clinic.work, lambda: firewall, lambda: PROGRAM)


def call(clinic: Clinic, address: str) -> None:
    clinic.work.associations.open(PeerAssociation(1, "CT1", "HBGZ", address, 40000))


def test_closed_until_a_device_comes_through(clinic: Clinic) -> None:
    clinic.configure(**{"dicom.port": 11112, "dicom.bind_address": ""})
    reach = look(clinic, CLOSED)
    assert reach is not None
    assert (reach.passage, reach.port, reach.is_closed) == (Passage.MISSING, 11112, True)
    assert "localport=11112" in reach.line
    assert PROGRAM in reach.line

    call(clinic, "127.0.0.1")
    again = look(clinic, CLOSED)
    assert again is not None
    assert again.is_closed, "a call from this machine proves nothing"

    call(clinic, "198.51.100.7")
    reached = look(clinic, CLOSED)
    assert reached is not None
    assert (reached.was_reached, reached.is_closed) == (True, False)


def test_a_rule_lets_devices_in(clinic: Clinic) -> None:
    clinic.configure(**{"dicom.port": 11112, "dicom.bind_address": ""})
    reach = look(clinic, LET_IN)
    assert reach is not None
    assert (reach.passage, reach.was_reached, reach.is_closed) == (Passage.ALLOWED, False, False)


def test_nobody_outside_is_meant_to_call(clinic: Clinic) -> None:
    clinic.configure(**{"dicom.bind_address": "127.0.0.1"})
    assert look(clinic, CLOSED) is None
    clinic.configure(**{"dicom.bind_address": ""})
    assert look(clinic, None) is None, "no such firewall here"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_this_system(clinic: Clinic) -> None:
    clinic.configure(**{"dicom.bind_address": ""})
    assert look_outside(clinic.work) is None
