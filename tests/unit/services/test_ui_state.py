"""``ui.json``: kept whole, and whatever is wrong with it becomes the default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services.ui_state import FILE_NAME, UiState, load_ui_state, save_ui_state

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_saved_is_read_again(data_dir: Path) -> None:
    state = UiState("dark", "en", "it", is_welcome_closed=True)
    save_ui_state(data_dir, state)
    assert load_ui_state(data_dir) == state
    assert [path.name for path in data_dir.iterdir()] == [FILE_NAME]


def test_without_a_file_the_defaults_hold(data_dir: Path) -> None:
    assert load_ui_state(data_dir) == UiState()
    assert load_ui_state(data_dir / "not there") == UiState()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"scheme": "pink"}',
        b"[" * 50_000,
        b" " * 70_000,
    ],
)
def test_a_damaged_file_is_the_default(data_dir: Path, content: bytes) -> None:
    (data_dir / FILE_NAME).write_bytes(content)
    assert load_ui_state(data_dir) == UiState()


def test_each_value_is_judged_by_itself(data_dir: Path) -> None:
    values = {"scheme": "dark", "language": 7, "role": "root", "is_welcome_closed": 1, "new": True}
    (data_dir / FILE_NAME).write_text(json.dumps(values), encoding="utf-8-sig")
    assert load_ui_state(data_dir) == UiState(scheme="dark")


def test_saving_makes_the_folder(data_dir: Path) -> None:
    folder = data_dir / "新的"
    save_ui_state(folder, UiState(role="it"))
    assert load_ui_state(folder).role == "it"


def test_a_folder_that_cannot_be_written_is_told(data_dir: Path) -> None:
    blocked = data_dir / "file"
    blocked.write_text("no folder", encoding="utf-8")
    with pytest.raises(StorageError):
        save_ui_state(blocked / "sub", UiState())
