"""Item codes for orders: imported, searched, removed, and those of our own records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.sharing_launch import ItemChoice

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.services.clinic import Clinic

TABLE = "类别,名称,代码\n检查,胸部 CT 平扫,CT-1\n\nlab,血红蛋白,HB-1\n"


def test_imported_they_are_found_by_code_name_and_pinyin(clinic: Clinic, tmp_path: Path) -> None:
    items = clinic.work.item_codes
    file = tmp_path / "items.csv"
    file.write_text(TABLE, encoding="gb18030")
    assert items.save(items.read_file(file)) == 2
    chest = ItemChoice("study", "CT-1", "胸部 CT 平扫")
    for text in ("ct-1", "胸部", "xb", "xiongbu", "平扫"):
        assert items.search(text) == (chest,), text
    assert clinic.work.shared_viewing.item_codes("xhdb", "lab") == (
        ItemChoice("lab", "HB-1", "血红蛋白"),
    )
    assert items.remove("study", "胸部 CT 平扫")
    assert not items.remove("study", "胸部 CT 平扫")
    assert items.search("胸部") == ()


def test_items_of_our_records_are_found_too(clinic: Clinic) -> None:
    clinic.ready(clinic.specs[0])
    record = clinic.record(clinic.specs[0])
    codes = [one.code for one in clinic.work.item_codes.search()]
    assert codes == [record["examItemCode"]]
    assert clinic.work.item_codes.search("", "lab") == ()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("检查,a,b\n检查,a\n", 2),
        ("检查,a,b\nmri,a,b\n", 2),
        ("检查,a,b\n\n检查,,b\n", 3),
        ('检查,a,b\n检查,a,"b,c"\n', 2),
        ('检查,a,b\n检查,a,"b"x\n', 0),
        ("检查,a,b\n" * 20_001, 0),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    clinic: Clinic, tmp_path: Path, text: str, row: int
) -> None:
    file = tmp_path / "items.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="item_file_unusable") as caught:
        clinic.work.item_codes.read_file(file)
    assert caught.value.facts == {"row": row}
