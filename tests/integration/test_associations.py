"""Who may connect, how many at once, and what happens while the port belongs to another program."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from pynetdicom.presentation import build_context

from hbgz_desktop.dicom.requestor import Peer, open_association
from hbgz_desktop.dicom.storage_scu import echo
from hbgz_desktop.model.errors import DicomError
from tests.hospital import AE_TITLE
from tests.running_program import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hospital import Hospital
    from tests.running_program import Engine

# what the callers in this process log when they are turned away
pytestmark = pytest.mark.allow_warnings("^(Association Rejected|Result:|Reason:)|refused|TCP")

CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
LIMIT = 50


def code_of_refusal(peer: Peer) -> str:
    """Why a storage association is turned away, "" when it is accepted."""
    try:
        with open_association(peer, [build_context(CT_IMAGE, EXPLICIT)]):
            return ""
    except DicomError as error:
        return error.code


def test_fifty_at_once_and_one_kept_for_echo(hospital: Hospital) -> None:
    """49 that store, the 50th turned away, C-ECHO still answered; room again when one leaves."""
    hospital.configure(**{"dicom.max_associations": LIMIT})
    (study,) = hospital.studies(images=1)
    engine = hospital.program.start()
    peer = hospital.peer(engine)
    with ExitStack() as stack:
        for _ in range(LIMIT - 1):
            stack.enter_context(open_association(peer, [build_context(CT_IMAGE, EXPLICIT)]))
        assert code_of_refusal(peer) == "rejected_busy"
        assert echo(peer).ok
        until("all are listed", lambda: hospital.work.associations.live_count() == LIMIT - 1)
    until("all have left", lambda: hospital.work.associations.live_count() == 0)
    assert hospital.send(engine, study)
    rejected = "select rejected_associations from engine_state"
    until("counted", lambda: hospital.program.scalar(rejected) == 1)


def test_a_called_ae_that_is_not_ours(hospital: Hospital) -> None:
    """Refused by its reason, unless the check is switched off."""
    engine = hospital.program.start()
    peer = replace(hospital.peer(engine), called_ae="SOMEONE")
    assert code_of_refusal(peer) == "rejected_called_ae"
    engine.stop()
    hospital.configure(**{"dicom.check_called_ae": False})
    peer = replace(peer, port=hospital.program.start().port)
    assert code_of_refusal(peer) == ""


def test_unknown_callers_are_asked_about_then_let_in_by_a_person(hospital: Hospital) -> None:
    """Ask and refuse turn away and list the device; its own policy then holds at once."""
    hospital.configure(**{"dicom.unknown_callers": "ask"})
    engine = hospital.program.start()
    known, stranger = (hospital.peer(engine, name) for name in ("KNOWN_CT", "STRANGER"))
    assert code_of_refusal(known) == "rejected_calling_ae"
    assert code_of_refusal(stranger) == "rejected_calling_ae"
    until("both listed", lambda: refused_devices(hospital) == {"KNOWN_CT": 1, "STRANGER": 1})

    set_policy(hospital, "KNOWN_CT", "accept")
    assert code_of_refusal(known) == ""
    assert code_of_refusal(stranger) == "rejected_calling_ae"

    set_policy(hospital, "STRANGER", "refuse")
    hospital.configure(**{"dicom.unknown_callers": "accept"})
    other = hospital.peer(engine, "NEVER_SEEN")
    until("the setting is taken in", lambda: code_of_refusal(other) == "")
    assert code_of_refusal(stranger) == "rejected_calling_ae"


def set_policy(hospital: Hospital, ae_title: str, policy: str) -> None:
    """What the console does when a person decides on a device."""
    hospital.work.associations.set_peer(ae_title, policy=policy)
    store = hospital.work.engine_state
    asked = store.ask("reload_peers", requested_by="test")
    until("the engine knows", lambda: (done := store.command(asked)) and done.state == "done")


def refused_devices(hospital: Hospital) -> dict[str, int]:
    """How often each device was turned away."""
    return {one.ae_title: one.refused_count for one in hospital.work.associations.peers()}


def receiver(hospital: Hospital) -> tuple[str, int]:
    """What the engine says of its receiver."""
    (row,) = hospital.program.query("select receiver_state, dicom_port from engine_state")
    return cast("str", row["receiver_state"]), cast("int", row["dicom_port"])


def test_a_taken_port_is_said_and_taken_over_when_it_is_free(hospital: Hospital) -> None:
    """The engine runs all the same, says so, and listens by itself afterwards."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        hospital.configure(**{"dicom.port": port})
        engine = hospital.program.start()
        assert engine.port == 0
        assert receiver(hospital) == ("port_taken", port)
    until("listens", lambda: receiver(hospital) == ("listening", port))
    assert echo(Peer("127.0.0.1", port, AE_TITLE, "TEST_CT")).ok


def test_a_sender_that_vanishes_half_way_holds_nothing_for_ever(hospital: Hospital) -> None:
    """TCP cut and abort after half a series: what was acknowledged stays, the study closes."""
    (study,) = hospital.studies(images=3)
    engine = hospital.program.start()
    for number, path in enumerate(study.paths[:2]):
        half_a_study(hospital, engine, path, cut=bool(number))
    until("closed", lambda: hospital.lanes() == {"no_record": 1})
    assert hospital.program.scalar("select count(*) from instances") == 2
    assert hospital.send(engine, study)
    hospital.import_records(study)
    hospital.wait_confirmed(1)
    hospital.assert_delivered_once(study)


def half_a_study(hospital: Hospital, engine: Engine, path: Path, *, cut: bool) -> None:
    """Store one image, then cut the connection or abort."""
    with open_association(hospital.peer(engine), [build_context(CT_IMAGE, EXPLICIT)]) as assoc:
        assert assoc.send_c_store(path).Status == 0
        wrapper = assoc.dul.socket
        if cut and wrapper is not None and wrapper.socket is not None:
            wrapper.socket.shutdown(socket.SHUT_RDWR)
        assoc.abort()
