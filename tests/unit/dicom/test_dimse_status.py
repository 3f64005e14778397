"""Errors to statuses: every family, and what a comment may say."""

from __future__ import annotations

import pytest

from hbgz_desktop.dicom.dimse_status import answer_for, where
from hbgz_desktop.model.errors import (
    DatabaseBusyError,
    DicomError,
    DiskFullError,
    InvalidInstanceError,
    RecordError,
    StorageError,
)
from hbgz_desktop.model.instance import StoreAnswer


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (InvalidInstanceError("uid_missing", status=0xC000), StoreAnswer(0xC000, "uid_missing")),
        (InvalidInstanceError("a", status=0xA900), StoreAnswer(0xA900, "a")),
        (InvalidInstanceError("a"), StoreAnswer(0xC000, "a")),
        (InvalidInstanceError("a", status="x"), StoreAnswer(0xC000, "a")),
        (DiskFullError("disk_full"), StoreAnswer(0xA700, "disk_full")),
        (DatabaseBusyError("database_busy"), StoreAnswer(0xA700, "database_busy")),
        (StorageError("spool_broken"), StoreAnswer(0xA700, "spool_broken")),
        (OSError(28, "secret"), StoreAnswer(0xA700, "out_of_resources")),
        (MemoryError(), StoreAnswer(0xA700, "out_of_resources")),
        (DicomError("a"), StoreAnswer(0xC000, "a")),
        (RecordError("a"), StoreAnswer(0xC000, "a")),
        (KeyError("secret"), StoreAnswer(0xC000, "internal_error")),
    ],
)
def test_what_the_sender_is_told(error: Exception, answer: StoreAnswer) -> None:
    assert answer_for(error) == answer
    assert answer_for(error).status != 0


def test_a_bug_is_described_without_its_message() -> None:
    with pytest.raises(KeyError) as caught:
        dict[str, str]()["secret name"]
    described = where(caught.value)
    assert described.startswith("KeyError at ")
    assert "secret" not in described
    assert where(ValueError("secret")) == "ValueError"
