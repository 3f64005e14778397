"""Which proposals are storage, and what is accepted of them."""

from __future__ import annotations

import logging

import pytest
from pydicom.uid import UID_dictionary  # type: ignore[attr-defined]  # not in the library's list
from pynetdicom import build_context
from pynetdicom._globals import ALL_TRANSFER_SYNTAXES
from pynetdicom.sop_class import _STORAGE_CLASSES

from hbgz_desktop.dicom.contexts import (
    STORAGE_COMMITMENT_PUSH,
    VERIFICATION,
    acceptable_contexts,
    configure,
    is_only_verification,
    is_storage,
    storage_contexts,
)
from tests.unit.dicom.samples import CT, EXPLICIT, IMPLICIT, JPEG_LOSSLESS, MR


def test_every_storage_class_of_the_standard_is_storage() -> None:
    assert [uid for uid in _STORAGE_CLASSES.values() if not is_storage(uid)] == []


def test_no_other_service_of_the_standard_is_storage() -> None:
    storage = [uid for uid, entry in UID_dictionary.items() if is_storage(uid)]
    names = [UID_dictionary[uid][0] for uid in storage]
    assert all("Storage" in name for name in names)
    assert not any("Commitment" in name or "Worklist" in name or "FIND" in name for name in names)


@pytest.mark.parametrize("uid", ["1.2.840.113619.4.27", "1.2.840.10008.5.1.4.1.1.999", "1.2.3"])
def test_private_and_unknown_classes_are_storage(uid: str) -> None:
    assert is_storage(uid)


@pytest.mark.parametrize("uid", [VERIFICATION, STORAGE_COMMITMENT_PUSH, "1.2.840.10008.5.1.4.31"])
def test_services_are_not(uid: str) -> None:
    assert not is_storage(uid)


def test_all_syntaxes_proposed_for_a_class_are_acceptable_in_order() -> None:
    proposed = [
        build_context(CT, [JPEG_LOSSLESS, EXPLICIT]),
        build_context(CT, [IMPLICIT, EXPLICIT]),
        build_context(MR, [*ALL_TRANSFER_SYNTAXES]),
        build_context("1.2.840.10008.5.1.4.31", [IMPLICIT]),
    ]
    found = {
        str(context.abstract_syntax): [str(syntax) for syntax in context.transfer_syntax]
        for context in acceptable_contexts(proposed)
    }
    assert found[CT] == [JPEG_LOSSLESS, EXPLICIT, IMPLICIT]
    assert found[MR] == ALL_TRANSFER_SYNTAXES
    assert set(found) == {CT, MR, VERIFICATION, STORAGE_COMMITMENT_PUSH}


def test_only_verification() -> None:
    assert is_only_verification([build_context(VERIFICATION)])
    assert not is_only_verification([build_context(VERIFICATION), build_context(CT)])


def test_sent_contexts_carry_one_syntax_each() -> None:
    contexts = storage_contexts([(CT, EXPLICIT), (CT, "1.2.3.4")])
    assert [(str(cx.abstract_syntax), list(map(str, cx.transfer_syntax))) for cx in contexts] == [
        (CT, [EXPLICIT]),
        (CT, ["1.2.3.4"]),
    ]


def test_the_libraries_loggers_are_quiet() -> None:
    configure()
    assert logging.getLogger("pynetdicom").level == logging.WARNING
    assert logging.getLogger("pydicom").level == logging.ERROR
