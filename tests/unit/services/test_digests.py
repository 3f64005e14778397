"""MD5 and SHA-256 are filled in; what is gone is lost, what is held for a moment is not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.digests import IDLE_S, file_digests

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def test_every_row_gets_both_digests(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 3)
    assert clinic.digests.step() == 0.0
    assert clinic.digests.step() == IDLE_S
    for path, md5, sha256 in clinic.query("select path, md5, sha256 from instances"):
        content = clinic.work.spool.absolute(path).read_bytes()
        assert md5 == hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert file_digests(clinic.work.spool, path) == (md5, sha256)


def test_a_file_that_is_gone_is_lost_and_said_so_once(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 2)
    gone = clinic.scalar("select path from instances")
    clinic.work.spool.remove(gone)
    assert clinic.digests.step() == 0.0
    assert clinic.digests.step() == IDLE_S
    lanes = dict(tuple(row) for row in clinic.query("select path, file_state from instances"))
    assert lanes.pop(gone) == "lost"
    assert set(lanes.values()) == {""}
    assert [one.kind for one in clinic.work.events.page(levels=("error",))] == ["file_lost"]


@pytest.mark.allow_warnings("file_not_read")
def test_a_file_that_cannot_be_read_now_is_tried_again_and_not_in_a_hurry(clinic: Clinic) -> None:
    clinic.send(clinic.specs[0], 1)
    (path,) = clinic.spooled()
    file = clinic.work.spool.absolute(path)
    content = file.read_bytes()
    file.unlink()
    file.mkdir()  # opens with "is a directory", as a held file opens with "denied"
    assert clinic.digests.step() == IDLE_S
    assert clinic.scalar("select lane from instances") == ""
    file.rmdir()
    file.write_bytes(content)
    assert clinic.digests.step() == 0.0
    assert clinic.scalar("select md5 is not null from instances") == 1
