"""The ledger knows after a restart what it knew before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.ledger import LEDGER_NAME, Ledger, TotalExceededError
from hbgz_desktop.sandbox.ledger_state import state_of
from hbgz_desktop.sandbox.received import RequestRow, StoredImage, StoredReport

if TYPE_CHECKING:
    from pathlib import Path


def add_record(ledger: Ledger, index: str, content: dict[str, Any] | None = None) -> str:
    return ledger.add_record(
        index,
        study_uid="1.2",
        accession_numbers=["A1"],
        report_numbers=["R1"],
        content=content or {"a": "\u2028 行"},
        warnings=[],
    ).outcome


def add_image(ledger: Ledger, index: str, md5: str, sop: str = "1.2.3", total: int = 9) -> str:
    upload = ledger.new_upload_path()
    upload.write_bytes(md5.encode())
    image = StoredImage(index, md5, sop, "1.2", total, len(md5), "")
    return ledger.add_image(image, upload).outcome


def fill(ledger: Ledger) -> None:
    assert add_record(ledger, "I1") == "new"
    assert add_record(ledger, "I1") == "again"
    assert add_record(ledger, "I1", {"a": "b"}) == "correction"
    assert add_image(ledger, "I1", "m1", "1.1") == "new"
    assert add_image(ledger, "I1", "m2", "1.2") == "new"
    assert add_image(ledger, "I1", "m1", "1.1") == "again"
    upload = ledger.new_upload_path()
    upload.write_bytes(b"%PDF-")
    ledger.add_report(StoredReport("I1", "R1", "m3", 5, ""), upload)
    assert ledger.note_msgid("id1")
    ledger.add_request("saveImgFile", "id1", "accepted", code="0", fault="slow", message="成功")


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    fill(ledger)
    again = Ledger(tmp_path)
    assert state_of(again) == state_of(ledger)
    assert again.records() == ledger.records()
    assert again.images() == ledger.images()
    assert again.reports() == ledger.reports()
    assert again.requests() == ledger.requests()
    assert not again.note_msgid("id1")
    assert add_image(again, "I1", "m2", "1.2") == "again"
    assert add_record(again, "I1", {"a": "b"}) == "again"
    assert [record.number for record in again.records()] == [1, 2, 3, 4]


def test_files_lie_where_they_belong(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    fill(ledger)
    for image in ledger.images("I1"):
        assert ledger.image_path(image).read_bytes() == image.md5.encode()
    (report,) = ledger.reports("I1")
    assert ledger.report_path(report).read_bytes() == b"%PDF-"
    assert {path.name for path in (tmp_path / "records").iterdir()} == {
        "1.json",
        "2.json",
        "3.json",
    }
    assert list(ledger.incoming.iterdir()) == []
    names = [path.name for path in tmp_path.rglob("*")]
    assert not any("I1" in name or "R1" in name for name in names)


@pytest.mark.parametrize("torn", [b'{"kind": "msgid", "ms', b"\xe5\x8c", b"x"])
def test_a_torn_last_line_is_dropped(tmp_path: Path, torn: bytes) -> None:
    fill(Ledger(tmp_path))
    path = tmp_path / LEDGER_NAME
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    ledger = Ledger(tmp_path)
    assert path.read_bytes() == whole
    assert ledger.note_msgid("id2")
    assert not Ledger(tmp_path).note_msgid("id2")


def test_a_file_that_is_nothing_but_torn_is_emptied(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_bytes(b"{")
    assert Ledger(tmp_path).requests() == ()
    assert (tmp_path / LEDGER_NAME).read_bytes() == b""


def test_what_was_arriving_is_forgotten(tmp_path: Path) -> None:
    path = Ledger(tmp_path).new_upload_path()
    path.write_bytes(b"half")
    Ledger(tmp_path)
    assert not path.exists()


def test_more_images_than_announced_are_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    add_image(ledger, "I1", "m1", "1.1", total=2)
    add_image(ledger, "I1", "m2", "1.2", total=2)
    with pytest.raises(TotalExceededError) as caught:
        add_image(ledger, "I1", "m3", "1.3", total=2)
    assert caught.value.count == 3
    assert add_image(ledger, "I1", "m2", "1.2", total=1) == "again"
    assert add_image(ledger, "I1", "m3", "1.3", total=4) == "new"
    assert add_image(ledger, "I1", "m4", "1.4", total=2) == "new"
    assert add_image(ledger, "I1", "m5", "1.4", total=2) == "new", "other bytes of an instance"
    with pytest.raises(TotalExceededError):
        add_image(ledger, "I1", "m6", "", total=2)


def test_one_instance_kept_twice_is_named(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    add_image(ledger, "I1", "m1", "1.1")
    add_image(ledger, "I1", "m2", "1.2")
    add_image(ledger, "I1", "m3", "")
    add_image(ledger, "I1", "m4", "")
    assert ledger.sent_twice_as_new() == ()
    add_image(ledger, "I2", "m1", "1.1")
    add_image(ledger, "I1", "m5", "1.2")
    assert ledger.sent_twice_as_new() == ("1.1", "1.2")
    assert ledger.duplicates() == 0


def test_reset_deletes_all(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    fill(ledger)
    ledger.reset()
    assert state_of(ledger) == state_of(Ledger(tmp_path))
    assert ledger.images() == ()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert ledger.note_msgid("id1")


def test_requests_are_told(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    rows: list[RequestRow] = []
    ledger.on_request = rows.append
    ledger.add_request("saveImgFile", "id", "refused", code="422")
    assert tuple(rows) == ledger.requests()
