"""Connections are shared, follow the settings, and stay open for whoever still uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.services.guizhou_clients import GuizhouClients
from hbgz_desktop.services.message_numbers import MessageNumbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.services.clinic import Clinic


@pytest.fixture
def clients(clinic: Clinic) -> Iterator[GuizhouClients]:
    """Clients by the clinic's settings."""
    work = clinic.work
    clients = GuizhouClients(
        work.settings,
        lambda: work.secrets.get("guizhou.key"),
        MessageNumbers(work.platform_states, "guizhou"),
    )
    yield clients
    clients.close()


def test_one_client_until_a_setting_or_the_key_changes(
    clinic: Clinic, clients: GuizhouClients
) -> None:
    with clients.lend() as first, clients.lend() as same:
        assert first is same
    clinic.configure(**{"dicom.port": 104})
    with clients.lend() as unchanged:
        assert unchanged is first
    clinic.configure(**{"guizhou.read_timeout_s": 5.0})
    with clients.lend() as second:
        assert second is not first
    clinic.work.secrets.set("guizhou.key", "another")
    with clients.lend() as third:
        assert third is not second


def test_an_old_client_works_until_it_is_given_back(
    clinic: Clinic, clients: GuizhouClients
) -> None:
    clinic.open_platform()
    with clients.lend() as old:
        clinic.configure(**{"guizhou.read_timeout_s": 5.0})
        with clients.lend() as new:
            assert new is not old
            clients.close()
            assert old.probe().reachable
            assert new.probe().reachable
    for client in (old, new):
        with pytest.raises(RuntimeError, match="closed"):
            client.probe()


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"guizhou.base_url": ""}, "platform_setting_missing"),
        ({"guizhou.institution_code": ""}, "platform_setting_missing"),
        ({"guizhou.institution_code": "H371464507"}, "msgid_prefix_length"),
    ],
)
def test_settings_that_cannot_be_right_are_named(
    clinic: Clinic, clients: GuizhouClients, settings: dict[str, object], code: str
) -> None:
    clinic.configure(**settings)
    with pytest.raises(SettingsError) as caught, clients.lend():
        pass
    assert caught.value.code == code


def test_a_probe_needs_no_key_and_sends_none(clinic: Clinic, clients: GuizhouClients) -> None:
    clinic.work.secrets.set("guizhou.key", "")
    assert not clients.probe().reachable
    clinic.open_platform()
    found = clients.probe()
    assert found.reachable
    assert found.server_date
