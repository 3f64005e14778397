"""Known senders: what one command sets the other leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.services.device_control import DeviceControl

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def test_policy_and_charset_are_kept_apart(clinic: Clinic) -> None:
    control = DeviceControl(clinic.work)
    control.set_policy("CT1", "accept", "李敏")
    control.set_charset("CT1", "utf-8", "李敏")
    control.set_policy("CT1", "refuse", "李敏")
    (row,) = control.all()
    assert (row.policy, row.fallback_charset) == ("refuse", "utf-8")
    control.set_charset("CT1", "", "李敏")
    control.set_policy("CT1", "", "李敏")
    (row,) = control.all()
    assert (row.policy, row.fallback_charset) == ("", "")
    assert clinic.scalar("select count(*) from audit_entries where action = 'peer_set'") == 5


@pytest.mark.parametrize("title", ["", " CT", "CT ", "A" * 17, "A\\B", "设备"])
def test_what_is_no_ae_title_is_refused(clinic: Clinic, title: str) -> None:
    with pytest.raises(UsageError, match="ae_title_invalid"):
        DeviceControl(clinic.work).set_policy(title, "accept", "李敏")
    with pytest.raises(UsageError, match="charset_unknown"):
        DeviceControl(clinic.work).set_charset("CT1", "klingon", "李敏")
    assert DeviceControl(clinic.work).all() == ()
