"""The English catalogue is complete and as the sources say."""

from __future__ import annotations

import ast
import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

if TYPE_CHECKING:
    from types import ModuleType

    from PySide6.QtWidgets import QApplication

UI = Path(__file__).resolve().parents[2] / "hbgz_desktop" / "ui"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def builder(resources: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_i18n", resources / "build_i18n.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.linux_only("the catalogue is made where the program is built")
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


@pytest.mark.linux_only("the catalogue is made where the program is built")
def test_every_text_has_a_class_to_be_found_by(builder: ModuleType, tmp_path: Path) -> None:
    """``tr = self.tr; tr("…")`` is extracted without its class: it would stay Chinese."""
    builder.extract(tmp_path / "all.ts")
    root = ET.parse(tmp_path / "all.ts").getroot()  # noqa: S314 - our own file
    nameless = [context for context in root.iter("context") if not context.findtext("name")]
    assert [m.findtext("source") for context in nameless for m in context.iter("message")] == []


def test_every_marked_text_is_in_the_catalogue(resources: Path) -> None:
    """lupdate passes over a call it cannot read, such as ``translate`` with an expression for its number."""
    root = ET.parse(resources / "i18n" / "hbgz_en.ts").getroot()  # noqa: S314 - our own file
    known = {source.text for source in root.iter("source")}
    lost = []
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked = _translatable(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) in marked:
                text = node.value
                if isinstance(text, str) and HAN.search(text) and text not in known:
                    lost.append(f"{path.name}:{node.lineno} {text}")
    assert lost == []


def test_one_reads_right_in_english(qapp: QApplication, resources: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(resources / "i18n" / "hbgz_en.qm"))

    def english(context: str, source: str, number: int) -> str:
        return (translator.translate(context, source, "", number) or "").format(n=number)

    for context, source, one, two in (
        ("Verdict", "有 {n} 份检查等人处理。", "1 study waits for a", "2 studies wait for a"),
        ("Verdict", "{n} 项上传失败", "1 delivery failed", "2 deliveries failed"),
        ("LiveStatus", "待处理，{n} 份", "Needs fix, 1 study", "Needs fix, 2 studies"),
    ):
        assert english(context, source, 1).startswith(one)
        assert english(context, source, 2).startswith(two)


DATA = {"中文", "代码", "\u9fff", "\u3400"}
"""No words of ours: a language's own name, the end of a standard's label, a range of characters."""


def test_chinese_stands_in_translatable_calls_only() -> None:
    """A Han character anywhere else is a text that nobody translates."""
    found = []
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        allowed = _docstrings(tree) | _translatable(tree)
        found += [
            f"{path.relative_to(UI).as_posix()}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HAN.search(node.value)
            and node.value not in DATA
            and id(node) not in allowed
        ]
    assert found == []


def _docstrings(tree: ast.Module) -> set[int]:
    """Strings that stand alone as a statement."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _translatable(tree: ast.Module) -> set[int]:
    """First and second arguments of ``self.tr``, ``translate`` and ``QT_TRANSLATE_NOOP``."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in {"tr", "translate", "QT_TRANSLATE_NOOP"}:
                found |= {id(argument) for argument in node.args}
    return found
