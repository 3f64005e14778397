"""Each check claims what it proved, and no more."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.scp_options import ScpOptions
from hbgz_desktop.dicom.storage_scp import StorageScp
from hbgz_desktop.services.doctor import Check, Doctor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.system.system_service import ServiceState
from tests.unit.system.service_manager import ServiceManager

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic


def checks(clinic: Clinic) -> dict[str, Check]:
    return {one.name: one for one in Doctor(clinic.work).run()}


def states(clinic: Clinic) -> dict[str, str]:
    return {name: one.state for name, one in checks(clinic).items()}


def alive(clinic: Clinic, **values: object) -> None:
    """What a running engine writes."""
    now = datetime.now(UTC)
    facts = {"receiver_state": "listening", "dicom_port": 0, "stopped_at": None} | values
    clinic.work.engine_state.write(pid=os.getpid(), started_at=now, **facts)


def test_with_platform_and_receiver_up_nothing_fails(clinic: Clinic) -> None:
    clinic.open_platform()
    scp = StorageScp(ScpOptions(ae_title="HBGZ", port=0, bind_address="127.0.0.1"), clinic.intake)
    scp.start()
    port = scp.port
    try:
        alive(clinic, dicom_port=port)
        found = checks(clinic)
    finally:
        scp.stop()
    of_this_computer = ("encryption", "rights", "firewall")
    others = [one for name, one in found.items() if name not in of_this_computer]
    assert [one for one in others if one.state != "ok"] == []
    assert found["receiver"].facts == {"port": port}
    assert found["clock"].detail.endswith(" s")
    texts = ErrorTexts()
    assert all(f"doctor_{name}" in texts.codes() for name in found)


def test_with_nothing_running_it_says_so_and_does_not_call_it_broken(
    make_clinic: MakeClinic,
) -> None:
    clinic = make_clinic(**{"guizhou.base_url": "", "dicom.port": 0})
    found = states(clinic)
    assert found["database"] == "ok"
    expected = ("receiver", "echo", "platform", "key", "clock")
    assert {found[name] for name in expected} == {"warning"}


def test_a_platform_that_does_not_answer_fails_with_its_cause(clinic: Clinic) -> None:
    found = checks(clinic)
    assert (found["platform"].state, found["platform"].detail) == (
        "failed",
        "platform_refused_connection",
    )
    assert found["key"].state == "ok"
    clinic.work.secrets.set("guizhou.key", "")
    assert states(clinic)["key"] == "failed"


def test_a_taken_port_fails(clinic: Clinic) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        clinic.configure(**{"dicom.port": port, "dicom.bind_address": "127.0.0.1"})
        found = checks(clinic)["receiver"]
        assert (found.state, found.detail, found.facts) == ("failed", "port_taken", {"port": port})
    assert checks(clinic)["receiver"].state == "warning", "free, but no engine runs"


@pytest.mark.allow_warnings("Association request failed|TCP Initialisation Error")
@pytest.mark.parametrize("state", ["port_taken", "disk_full"])
def test_an_engine_in_trouble_fails(clinic: Clinic, state: str) -> None:
    alive(clinic, receiver_state=state, dicom_port=9)
    found = checks(clinic)
    assert (found["receiver"].state, found["receiver"].detail) == ("failed", state)
    assert found["echo"].state == "failed"


def test_a_full_disk_fails(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"storage.reserve_mb": 9_000_000})
    assert states(clinic)["disk"] == "failed"
    clinic.work.spool.reserve_bytes = int(clinic.work.spool.free_bytes() * 0.75)
    assert states(clinic)["disk"] == "warning"


def test_a_clock_that_went_back_is_seen(clinic: Clinic) -> None:
    clinic.open_platform()
    clinic.work.platform_states.answered("guizhou", 1.0)
    assert states(clinic)["clock"] == "ok"
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "update platform_state set last_answer_at = ?", (int(tomorrow.timestamp() * 1e6),)
        )
    assert checks(clinic)["clock"].detail == "clock_went_back"


def test_a_key_sealed_elsewhere_fails_with_its_code(clinic: Clinic) -> None:
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update secrets set sealed = x'00'")
    found = checks(clinic)
    assert (found["key"].state, found["key"].detail) == ("failed", "secret_unreadable")
    lost = found["secrets"]
    assert (lost.state, lost.detail) == ("failed", "guizhou.key")
    text = ErrorTexts().of("doctor_secrets", lost.facts)
    assert "贵州平台密钥" in text.next_step
    assert "config set guizhou.key -" in text.next_step
    clinic.work.secrets.set("guizhou.key", "again")
    assert {checks(clinic)[name].state for name in ("key", "secrets")} == {"ok"}


def test_secrets_that_can_be_read_are_no_trouble(clinic: Clinic) -> None:
    assert (checks(clinic)["secrets"].state, checks(clinic)["secrets"].detail) == ("ok", "")


@pytest.mark.parametrize("state", list(ServiceState))
def test_a_service_that_does_not_run_fails(clinic: Clinic, state: ServiceState) -> None:
    service = ServiceManager(state=state).service()
    found = {one.name: one for one in Doctor(clinic.work, service).run()}["service"]
    assert found.state == ("ok" if state is ServiceState.RUNNING else "failed")
    assert (found.detail, found.facts) == (
        f"service_{state.name.lower()}",
        {"name": "hbgz_engine"},
    )
    assert "service" not in checks(clinic), "nothing to say where a console runs the engine"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are the other systems' rights")
def test_a_data_folder_that_others_may_enter_is_seen(clinic: Clinic) -> None:
    assert checks(clinic)["rights"].state == "ok"
    with tempfile.TemporaryDirectory() as name:  # where other accounts get to, unlike pytest's own
        Path(name).chmod(0o755)
        with Workplace(DataFolder(Path(name))) as work:
            found = {one.name: one for one in Doctor(work).run()}["rights"]
    assert (found.state, found.facts) == ("warning", {"who": "others"})
