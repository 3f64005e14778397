"""Loader, aliases and errors of the standards."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import StandardError
from hbgz_desktop.model.resources import find_resources, resources_dir
from hbgz_desktop.platforms.standards import StandardInfo, list_standards, load_standard
from hbgz_desktop.platforms.standards import read_standard as read

if TYPE_CHECKING:
    from pathlib import Path

GUIZHOU = load_standard("guizhou", "1.4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Guizhou's data files."""
    source = resources_dir() / "standards" / "guizhou" / "1.4"
    return shutil.copytree(source, tmp_path / "1.4")


def code_of(error: pytest.ExceptionInfo[StandardError]) -> str:
    return error.value.code


def test_guizhou_is_listed() -> None:
    expected = StandardInfo(
        "guizhou", "1.4", "贵州省医保影像云医疗机构影像数据上传及调阅接口规范", "2025-11-27"
    )
    assert expected in list_standards()


def test_a_standard_is_read_once() -> None:
    assert load_standard("guizhou", "1.4") is GUIZHOU


@pytest.mark.parametrize("version", ["9.9", "..", "1.4/../1.4", ""])
def test_unknown_version_is_refused(version: str) -> None:
    with pytest.raises(StandardError) as error:
        load_standard("guizhou", version)
    assert code_of(error) == "standard_unknown"


def test_unknown_service_and_code_set() -> None:
    with pytest.raises(StandardError) as error:
        GUIZHOU.interface("nothing")
    assert code_of(error) == "standard_interface_unknown"
    with pytest.raises(StandardError) as error:
        GUIZHOU.code_set("nothing")
    assert code_of(error) == "standard_code_set_unknown"


def test_code_sets_answer_to_the_names_of_their_fields() -> None:
    assert GUIZHOU.code_set("imgExamType") is GUIZHOU.code_set("img_exam_type")
    assert GUIZHOU.code_sets["hospLv"] is GUIZHOU.code_sets["hosp_lv"]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("examRsItCode", "examRsltCode"),
        ("examRsltCode", "examRsltCode"),
        ("studyUId", "studyUid"),
        ("HIIMGINDX", "hiImgIndx"),
        ("hiImgIdx", "hiImgIndx"),
        ("hiImglndx", "hiImgIndx"),
        ("hilmgIdx", "hiImgIndx"),
        ("hospitalCode", None),
        ("patientId", None),
    ],
)
def test_spellings_of_parameter_codes(spelling: str, name: str | None) -> None:
    assert GUIZHOU.interface("saveExamRpotImgInfo").canonical_name(spelling) == name


def test_no_two_fields_share_a_folded_spelling() -> None:
    for interface in GUIZHOU.interfaces.values():
        for field in interface.fields:
            assert interface.canonical_name(field.name.upper()) == field.name
            assert interface.field(field.name) is field


def test_a_loaded_standard_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        GUIZHOU.code_sets["gend"] = GUIZHOU.code_sets["prfs"]  # type: ignore[index]  # the point


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "code_sets" / "gend.json").unlink()
    with pytest.raises(StandardError) as error:
        read(folder)
    assert (code_of(error), error.value.facts) == ("standard_unreadable", {"file": "gend.json"})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"rows": [{}]}', "\ufeff{}"])
def test_damaged_file_is_named(folder: Path, text: str) -> None:
    (folder / "code_sets" / "prfs.json").write_text(text, encoding="utf-8")
    with pytest.raises(StandardError) as error:
        read(folder)
    assert (code_of(error), error.value.facts) == ("standard_unreadable", {"file": "prfs.json"})


def test_damaged_head_is_named(folder: Path) -> None:
    head = json.loads((folder / "standard.json").read_text(encoding="utf-8"))
    del head["field_aliases"]
    (folder / "standard.json").write_text(json.dumps(head), encoding="utf-8")
    with pytest.raises(StandardError) as error:
        read(folder)
    assert code_of(error) == "standard_unreadable"


def test_resources_beside_the_package_or_inside_it(tmp_path: Path) -> None:
    package = tmp_path / "site" / "hbgz_desktop"
    package.mkdir(parents=True)
    with pytest.raises(StandardError) as error:
        find_resources(package)
    assert code_of(error) == "resources_missing"
    (tmp_path / "site" / "resources" / "standards").mkdir(parents=True)
    assert find_resources(package) == tmp_path / "site" / "resources"
    (package / "_resources" / "standards").mkdir(parents=True)
    assert find_resources(package) == package / "_resources"
