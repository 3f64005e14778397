"""Who may come in, whose names are read how, what an open association holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.instance import Admission
from hbgz_desktop.services.association_book import AssociationBook
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.engine_state import AssociationStore
from tests.unit.services.clinic import Clinic, caller

if TYPE_CHECKING:
    from tests.unit.services.conftest import MakeClinic


@pytest.mark.parametrize(
    ("setting", "policy", "expected"),
    [
        ("accept", "", Admission.ACCEPT),
        ("accept", "refuse", Admission.REJECT_CALLING_AE),
        ("refuse", "", Admission.REJECT_CALLING_AE),
        ("refuse", "accept", Admission.ACCEPT),
        ("ask", "", Admission.REJECT_CALLING_AE),
        ("ask", "accept", Admission.ACCEPT),
    ],
)
def test_a_devices_own_policy_goes_before_the_setting(
    make_clinic: MakeClinic, setting: str, policy: str, expected: Admission
) -> None:
    clinic = make_clinic(**{"dicom.unknown_callers": setting})
    if policy:
        clinic.work.associations.set_peer("CT1", policy=policy)
    clinic.book.reload_peers()
    assert clinic.intake.admit(caller("CT1")) is expected


def test_our_own_connectivity_test_is_always_let_in_and_never_listed(
    make_clinic: MakeClinic,
) -> None:
    clinic = make_clinic(**{"dicom.unknown_callers": "refuse"})
    own = caller("HBGZ", address="127.0.0.1")
    assert clinic.book.admit(own) is Admission.ACCEPT
    assert clinic.book.admit(caller("HBGZ")) is Admission.REJECT_CALLING_AE, "not from outside"
    clinic.book.opened(own)
    clinic.book.closed(own, "released")
    assert clinic.work.associations.recent() == ()
    assert clinic.work.associations.peers() == ()


def test_a_refused_device_is_listed_for_a_person_to_let_in(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"dicom.unknown_callers": "ask"})
    peer = caller("NEW_US")
    clinic.intake.rejected(peer, clinic.intake.admit(peer))
    (row,) = clinic.work.associations.peers()
    assert (row.ae_title, row.refused_count) == ("NEW_US", 1)
    assert clinic.book.rejected_count == 1


def test_an_association_is_counted_while_it_lives_and_closed_with_its_numbers(
    clinic: Clinic,
) -> None:
    first, second = caller("CT1", 1), caller("MR1", 2)
    for peer in (first, second):
        clinic.intake.opened(peer)
    clinic.book.touched(first, "1.2.3", 100)
    clinic.book.touched(first, "1.2.3", 50)
    clinic.book.touched(second, "1.2.4", 7)
    assert clinic.book.held_studies() == {"1.2.3", "1.2.4"}
    clinic.book.flush()
    live = {one.calling_ae: (one.instances, one.bytes) for one in clinic.work.associations.recent()}
    assert live == {"CT1": (2, 150), "MR1": (1, 7)}
    clinic.intake.closed(first, "aborted")
    assert clinic.book.held_studies() == {"1.2.4"}
    assert clinic.book.live_count() == 1
    outcomes = {one.calling_ae: one.outcome for one in clinic.work.associations.recent()}
    assert outcomes == {"CT1": "aborted", "MR1": ""}
    clinic.book.touched(first, "1.2.5", 1)
    assert "1.2.5" not in clinic.book.held_studies(), "it is over"


def test_a_refused_kind_of_object_is_noted(clinic: Clinic) -> None:
    clinic.intake.context_refused(caller(), "1.2.840.10008.5.1.4.34.7", ("1.2.840.10008.1.2",))
    (event,) = clinic.work.events.page(levels=("warning",))
    assert (event.kind, event.facts["calling_ae"]) == ("context_refused", "CT1")


@pytest.mark.allow_warnings("association_not_listed code=database_busy")
def test_a_list_that_cannot_be_written_keeps_no_image_out(clinic: Clinic) -> None:
    database = Database(clinic.work.folder.database, busy_timeout_s=0.01)
    book = AssociationBook(AssociationStore(database), clinic.work.settings)
    peer = caller()
    with clinic.locked_database():
        book.opened(peer)
        book.touched(peer, "1.2.3", 10)
        book.flush()
        book.rejected(caller("X", 2), Admission.REJECT_BUSY)
        book.context_refused(peer, "1.2", ())
        assert book.held_studies() == {"1.2.3"}
        book.closed(peer, "released")
    database.close()
    assert clinic.work.associations.recent() == ()
