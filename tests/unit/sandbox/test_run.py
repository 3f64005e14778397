"""The sandbox as the command line runs it, and the modality that sends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from pynetdicom import AE, evt

from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.demo import demo_studies, shrunk
from hbgz_desktop.sandbox.faults import FaultPlan, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.sandbox.modality import SOP_CLASSES, generate_study
from hbgz_desktop.sandbox.modality_sender import send_studies
from hbgz_desktop.sandbox.run import Listening, Served, Stopped, run_platforms, run_sandbox
from hbgz_desktop.sandbox.study_spec import Syntax

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_tells_what_happens(tmp_path: Path) -> None:
    stop = threading.Event()
    plan = FaultPlan([parse_fault("saveImgFile:http_500:1")])
    facts = run_sandbox(tmp_path, 0, "H52010000001", "k", plan, stop)
    first = next(facts)
    assert isinstance(first, Listening)
    httpx.post(f"{first.base_url}/saveImgFile", json={}, trust_env=False)
    assert httpx.get(f"{first.control_url}/state", trust_env=False).json()["images"] == 0
    second = next(facts)
    assert isinstance(second, Served)
    assert second.row.service == "saveImgFile"
    httpx.post(f"{first.base_url}/saveRptFile", json={}, trust_env=False)
    stop.set()
    *served, last = facts
    assert [fact.row.service for fact in served if isinstance(fact, Served)] == ["saveRptFile"]
    assert isinstance(last, Stopped)
    assert last.state["requests"] == {"saveImgFile": 1, "saveRptFile": 1}


def test_a_run_that_is_abandoned_stops(tmp_path: Path) -> None:
    facts = run_sandbox(tmp_path, 0, "H", "k", FaultPlan(), threading.Event())
    first = next(facts)
    assert isinstance(first, Listening)
    facts.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(first.base_url, trust_env=False)


def test_a_run_on_a_taken_port_says_so(tmp_path: Path) -> None:
    with GuizhouPlatform(tmp_path / "a", institution_code="H", key="k") as other:
        facts = run_sandbox(tmp_path / "b", other.port, "H", "k", FaultPlan(), threading.Event())
        with pytest.raises(UsageError):
            next(facts)


def test_studies_are_sent_one_association_each(tmp_path: Path) -> None:
    received: list[str] = []
    associations: list[str] = []

    def on_store(event: evt.Event) -> int:
        received.append(str(event.dataset.SOPInstanceUID))
        return 0x0000

    def on_open(event: evt.Event) -> None:
        associations.append(event.assoc.requestor.ae_title)

    ae = AE("RECEIVER")
    for uid in SOP_CLASSES.values():
        ae.add_supported_context(uid, [syntax.value for syntax in Syntax])
    handlers: list[evt.EventHandlerType] = [
        (evt.EVT_C_STORE, on_store),
        (evt.EVT_ESTABLISHED, on_open),
    ]
    server = ae.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
    assert server is not None
    try:
        specs = [shrunk(spec, 2, 16) for spec in demo_studies(3)]
        studies = [generate_study(spec, tmp_path / str(n), n) for n, spec in enumerate(specs)]
        peer = Peer("127.0.0.1", server.server_address[1], "RECEIVER", "MODALITY")
        results = send_studies(studies, peer)
        assert [result.status for result in results] == [0] * sum(map(len, studies))
        assert received == [result.sop_instance_uid for result in results]
        assert associations == ["MODALITY"] * 5
        stop = threading.Event()
        stop.set()
        assert send_studies(studies, peer, stop=stop) == ()
    finally:
        ae.shutdown()


def test_two_platforms_side_by_side(tmp_path: Path) -> None:
    stop = threading.Event()
    guizhou = GuizhouPlatform(tmp_path / "g", institution_code="H", key="k")
    hebei = HebeiPlatform(tmp_path / "h", access=HebeiAccess(("13",), "0" * 32))
    facts = run_platforms([guizhou, hebei], stop)
    ready = [next(facts), next(facts)]
    assert [fact.platform for fact in ready] == ["guizhou", "hebei"]
    httpx.post(f"{hebei.base_url}/basic-api/oauth/getToken", json={}, trust_env=False)
    served = next(facts)
    assert isinstance(served, Served)
    assert (served.platform, served.row.service) == ("hebei", "getToken")
    stop.set()
    stopped = list(facts)
    assert [fact.platform for fact in stopped if isinstance(fact, Stopped)] == ["guizhou", "hebei"]


def test_one_taken_port_stops_both(tmp_path: Path) -> None:
    with HebeiPlatform(tmp_path / "a", access=HebeiAccess(("13",), "0" * 32)) as other:
        first = GuizhouPlatform(tmp_path / "g", institution_code="H", key="k")
        second = HebeiPlatform(
            tmp_path / "b", access=HebeiAccess(("13",), "0" * 32), port=other.port
        )
        with pytest.raises(UsageError) as caught:
            next(run_platforms([first, second], threading.Event()))
        assert caught.value.code == "sandbox_port_taken"
        with pytest.raises(httpx.ConnectError):
            httpx.get(first.base_url, trust_env=False)
