"""Settings are checked before they are written, and what waits is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.settings import PLATFORMS
from hbgz_desktop.services.first_run import first_run, needs_prefix, rehearsed
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.setting_effects import decides_checks, needing_restart
from hbgz_desktop.services.settings_control import SettingsControl
from hbgz_desktop.services.workplace import Workplace
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def work(data_dir: Path) -> Iterator[Workplace]:
    """An empty data folder."""
    with Workplace(DataFolder(data_dir)) as work:
        yield work


@pytest.fixture
def control(work: Workplace) -> SettingsControl:
    """What is tested."""
    return SettingsControl(work)


def test_every_setting_says_what_it_is(control: SettingsControl) -> None:
    facts = {fact.key: fact for fact in control.facts()}
    assert facts["guizhou.list_separator"].choices == ("|", ",", " ")
    assert facts["guizhou.index_parts"].kind == "choice"
    assert facts["dicom.check_called_ae"].kind == "switch"
    assert facts["platforms.enabled"].kind == "list"
    assert facts["dicom.quiet_time_by_modality"].kind == "table"
    assert facts["upload.parallel"].kind == "number"
    assert (facts["guizhou.key"].kind, facts["guizhou.key"].value) == ("secret", False)
    assert all(fact.title for fact in facts.values())


def test_all_or_nothing(work: Workplace, control: SettingsControl) -> None:
    texts = {"dicom.port": "104", "dicom.ae_title": "A\\B", "guizhou.base_url": "ftp://x"}
    problems = control.save_texts(texts, {"guizhou.key": "geheim"}, "李敏")
    assert set(problems) == {"dicom.ae_title", "guizhou.base_url"}
    assert work.settings_file.load().dicom.port == 11112
    assert not work.secrets.has("guizhou.key")


def test_what_is_saved_holds_at_once(work: Workplace, control: SettingsControl) -> None:
    texts = {
        "dicom.port": "104",
        "platforms.enabled": '["guizhou"]',
        "dicom.quiet_time_by_modality": '{"US": 300.0}',
        "guizhou.list_separator": " ",
        "storage.thumbnails": "false",
    }
    assert control.save_texts(texts, {"guizhou.key": "geheim"}, "李敏") == {}
    settings = work.settings()
    assert settings.dicom.port == 104
    assert settings.dicom.quiet_time_by_modality == {"US": 300}
    assert settings.guizhou.list_separator == " "
    assert settings.storage.thumbnails is False
    assert work.secrets.get("guizhou.key") == "geheim"
    assert control.save_texts({"platforms.enabled": "null"}, {}, "李敏") == {}
    assert work.settings().platforms.enabled is None


def test_what_waits_passes_by_the_new_settings(
    work: Workplace, control: SettingsControl, tmp_path: Path
) -> None:
    stage = StudyStage(work, tmp_path / "ris")
    control.save_texts({"guizhou.exam_admdvs": "", "guizhou.real_part_code": "false"}, {}, "李敏")
    stage.receive(stage.specs[0], images=1)
    examination_id = stage.record(stage.specs[0], examAdmdvs=None)
    assert work.queue.of_examination(examination_id)[0].state is DeliveryState.BLOCKED
    control.save_texts({"guizhou.exam_admdvs": "520100"}, {}, "李敏")
    assert control.check_again() == 1
    assert work.queue.of_examination(examination_id)[0].state is DeliveryState.READY


def test_a_platform_that_comes_later_gets_what_came_before(
    work: Workplace, control: SettingsControl, tmp_path: Path
) -> None:
    stage = StudyStage(work, tmp_path / "ris")
    control.save_texts({"guizhou.base_url": ""}, {}, "李敏")
    stage.receive(stage.specs[0], images=1)
    examination_id = stage.record(stage.specs[0])
    assert work.queue.of_examination(examination_id) == ()
    control.save_texts({"guizhou.base_url": "http://127.0.0.1:9/mie/api/mie"}, {}, "李敏")
    control.check_again()
    assert work.queue.of_examination(examination_id)[0].state is DeliveryState.READY


def test_what_a_change_touches() -> None:
    keys = ("dicom.port", "guizhou.base_url", "upload.parallel")
    assert needing_restart(keys) == ("dicom.port", "upload.parallel")
    assert decides_checks(keys)
    assert not decides_checks(("dicom.port",))


@pytest.mark.parametrize(
    ("code", "prefix", "expected"),
    [
        ("", "", False),
        ("H52010000001", "", False),
        ("H5201", "", True),
        ("H5201", "ABCDEF123456", False),
        ("H5201", "short", True),
    ],
)
def test_when_a_prefix_is_asked_for(code: str, prefix: str, *, expected: bool) -> None:
    assert needs_prefix(code, prefix) is expected


def ticks(work: Workplace) -> tuple[bool, bool, bool]:
    return first_run(work, work.engine_state.status()).done


def test_first_run_ticks_by_facts(work: Workplace, control: SettingsControl) -> None:
    assert ticks(work) == (False, False, False)
    control.save_texts(
        {"hospital.name": "示例医院", "guizhou.institution_code": "H52010000001"}, {}, "李敏"
    )
    assert ticks(work) == (False, False, False)
    control.save_texts({"platforms.enabled": '["guizhou"]'}, {}, "李敏")
    assert ticks(work) == (True, False, False)
    control.save_texts(
        {"guizhou.base_url": "http://127.0.0.1:9/mie/api/mie"}, {"guizhou.key": "k"}, "李敏"
    )
    assert ticks(work) == (True, False, False)
    work.platform_states.answered("guizhou", 86.0, is_probe=True)
    assert ticks(work) == (True, False, True)


def test_first_run_of_hebei_waits_for_no_device(work: Workplace, control: SettingsControl) -> None:
    texts = {
        "hospital.name": "示例医院",
        "platforms.enabled": '["hebei"]',
        "hebei.org_code": "130100000001",
        "hebei.his_dept_code": "D01",
        "hebei.base_url": "http://127.0.0.1:9",
    }
    control.save_texts(texts, {}, "李敏")
    assert ticks(work) == (False, True, False)
    control.save_texts({"hebei.his_user_code": "U01"}, {}, "李敏")
    work.platform_states.answered("hebei", 86.0, is_probe=True)
    assert ticks(work) == (True, True, False)
    control.save_texts({}, {"hebei.sm4_key": "0123456789abcdeffedcba9876543210"}, "李敏")
    assert ticks(work) == (True, True, True)
    control.save_texts({"platforms.enabled": '["guizhou", "hebei"]'}, {}, "李敏")
    assert ticks(work) == (False, False, False)


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [((), "guizhou"), (("guizhou",), "guizhou"), (("hebei",), "hebei"), (PLATFORMS, "guizhou")],
)
def test_which_platform_is_practised_with(platforms: tuple[str, ...], expected: str) -> None:
    assert rehearsed(platforms) == expected
