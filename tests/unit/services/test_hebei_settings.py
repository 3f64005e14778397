"""A hospital of Hebei: what its settings switch on, and what they leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.services.doctor import Check, Doctor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.settings_control import SettingsControl
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

KEY = "0123456789abcdeffedcba9876543210"
SECRET = "hebei.sm4_key"


def checks(clinic: Clinic) -> dict[str, Check]:
    return {one.name: one for one in Doctor(clinic.work).run()}


def test_nothing_is_planned_for_a_platform_that_is_not_uploaded_to(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"guizhou.base_url": "", "hebei.base_url": "http://127.0.0.1:1"})
    assert clinic.work.settings().enabled_platforms() == ("hebei",)
    spec = clinic.specs[0]
    clinic.send(spec)
    clinic.close(spec)
    clinic.take(clinic.record(spec))
    assert clinic.scalar("select count(*) from examinations") == 1
    assert clinic.scalar("select count(*) from deliveries") == 0


def test_beside_guizhou_only_guizhou_gets_deliveries(make_clinic: MakeClinic) -> None:
    clinic = make_clinic(**{"hebei.base_url": "http://127.0.0.1:1"})
    clinic.ready(clinic.specs[0])
    platforms = clinic.query("select distinct platform from deliveries")
    assert [row[0] for row in platforms] == ["guizhou"]


@pytest.mark.parametrize("key", ["geheim", KEY[:-1], "密" * 16])
def test_a_key_that_is_none_is_refused_and_nothing_is_written(clinic: Clinic, key: str) -> None:
    control = SettingsControl(clinic.work)
    problems = control.save_texts({"hebei.org_code": "O1"}, {SECRET: key}, "李敏")
    assert {name: error.code for name, error in problems.items()} == {SECRET: "sm4_key_invalid"}
    with pytest.raises(SettingsError) as caught:
        control.save({"hebei.org_code": "O1"}, {SECRET: key}, "李敏")
    assert key not in str(caught.value)
    assert not clinic.work.secrets.has(SECRET)
    assert clinic.work.settings().hebei.org_code == ""


@pytest.mark.parametrize("key", [KEY, KEY.upper(), "abcdefghijklmnop"])
def test_a_key_is_sealed_and_an_empty_one_removes_it(clinic: Clinic, key: str) -> None:
    control = SettingsControl(clinic.work)
    assert control.save_texts({}, {SECRET: key}, "李敏") == {}
    assert clinic.work.secrets.get(SECRET) == key
    assert key not in clinic.work.settings_file.path.parent.joinpath("hbgz.toml").read_text(
        encoding="utf-8"
    )
    control.save({}, {SECRET: ""}, "李敏")
    assert not clinic.work.secrets.has(SECRET)


def test_the_self_test_looks_at_what_is_switched_on(clinic: Clinic) -> None:
    found = checks(clinic)
    assert not {"hebei", "hebei_key"} & found.keys()
    assert found["ciphers"].state == "ok"
    assert "doctor_ciphers" in ErrorTexts().codes()


def test_the_self_test_of_a_hospital_of_hebei(make_clinic: MakeClinic) -> None:
    with ScriptedFrontEnd() as platform:
        platform.answer(b"", status=404)
        address = platform.base_url.removesuffix("/mie/api/mie")
        clinic = make_clinic(**{"guizhou.base_url": "", "hebei.base_url": address})
        found = checks(clinic)
        assert found["hebei"].state == "ok"
        assert found["hebei_key"].state == "failed"
        assert not {"platform", "key"} & found.keys()
        clinic.work.secrets.set(SECRET, KEY)
        assert checks(clinic)["hebei_key"].state == "ok"
        clinic.configure(**{"hebei.sm4_mode": "cbc"})
        assert checks(clinic)["hebei_key"].detail == "sm4_iv_invalid"
    assert (checks(clinic)["hebei"].state, checks(clinic)["hebei"].detail) == (
        "failed",
        "hebei_refused_connection",
    )
    assert {f"doctor_{name}" for name in found} <= set(ErrorTexts().codes())
