"""The English catalogue is complete and as the sources say."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def builder(resources: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_i18n", resources / "build_i18n.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_is_up_to_date_and_complete(builder: ModuleType, tmp_path: Path) -> None:
    assert builder.build(tmp_path) == []
    assert builder.stale(tmp_path) == []


def test_placeholders_survive_translation(resources: Path) -> None:
    root = ET.parse(resources / "i18n" / "hbgz_en.ts").getroot()  # noqa: S314 - our own file
    broken = []
    for message in root.iter("message"):
        source = message.findtext("source", "")
        words = {part for part in source.split("{")[1:] for part in [part.split("}")[0]]}
        english = "".join(message.find("translation").itertext())  # type: ignore[union-attr]  # a message has one
        if any(f"{{{word}}}" not in english for word in words):
            broken.append(source)
    assert broken == []


def test_two_files_must_agree(builder: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('"开" = "On"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('"开" = "Open"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="开"):
        builder.read_english(tmp_path)
