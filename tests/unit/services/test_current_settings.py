"""Settings follow the file; a file that breaks while the program runs changes nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.services import current_settings as module
from hbgz_desktop.services.current_settings import CurrentSettings
from hbgz_desktop.storage.settings_file import SettingsFile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsFile:
    """Settings that are looked at each time."""
    monkeypatch.setattr(module, "LOOK_EVERY_S", 0.0)
    return SettingsFile(data_dir)


def test_a_change_by_another_process_is_taken(file: SettingsFile) -> None:
    current = CurrentSettings(file)
    assert current().dicom.port == 11112
    SettingsFile(file.path.parent).set("dicom.port", 104)
    assert current().dicom.port == 104


def test_two_changes_within_one_tick_of_the_clock_are_both_taken(file: SettingsFile) -> None:
    current = CurrentSettings(file)
    for port in (104, 105):
        file.set("dicom.port", port)
        os.utime(file.path, ns=(1, 1))
        current.look_now()
        assert current().dicom.port == port


@pytest.mark.allow_warnings("settings_not_taken code=settings_syntax")
def test_a_file_that_breaks_leaves_the_last_good_settings(
    file: SettingsFile, caplog: pytest.LogCaptureFixture
) -> None:
    file.set("dicom.port", 104)
    current = CurrentSettings(file)
    file.path.write_text("[dicom\n", encoding="utf-8")
    assert [current().dicom.port for _ in range(3)] == [104] * 3
    assert len(caplog.records) == 1, "said once"
    file.path.write_text("[dicom]\nport = 105\n", encoding="utf-8")
    assert current().dicom.port == 105


def test_a_file_that_is_broken_from_the_start_is_refused(file: SettingsFile) -> None:
    file.path.write_text("[dicom]\nport = 'x'\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="setting_invalid"):
        CurrentSettings(file)
