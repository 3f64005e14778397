"""Builds the English catalogue: sources → ``hbgz_en.ts`` → ``hbgz_en.qm``.

``python resources/build_i18n.py`` after a text changed; ``--check`` only says whether the files
are as they should be (exit 1 when not). English stands in ``i18n/en/*.toml``, Chinese source
text to English, or to ``[singular, plural]``; it may be spread over as many files as there are authors.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
I18N = ROOT / "resources" / "i18n"
_SHOWN = ("title", "description")
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def read_english(folder: Path) -> dict[str, str | list[str]]:
    """All translations of a folder of TOML files, by source text or ``Class|source text``.

    Raises:
        ValueError: Two files translate the same text differently.
    """
    english: dict[str, str | list[str]] = {}
    for path in sorted(folder.glob("*.toml")):
        for source, text in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if english.setdefault(source, text) != text:
                raise ValueError(f"{path.name}: two translations of {source!r}")
    return english


def extract(ts: Path) -> None:
    """Let lupdate find every ``tr`` of the console and the words of the settings; an empty catalogue."""
    settings = _settings_as_source(ts.with_name("settings_words.py"))
    sources = [*sorted((ROOT / "hbgz_desktop" / "ui").rglob("*.py")), settings]
    listing = ts.with_suffix(".lst")
    listing.write_text("\n".join(path.as_posix() for path in sources), encoding="utf-8")
    options = ["-no-obsolete", "-locations", "none", "-source-language", "zh_CN"]
    _run("lupdate", [*options, "-target-language", "en", f"@{listing}", "-ts", str(ts)])
    settings.unlink()


def _settings_as_source(path: Path) -> Path:
    """Titles and descriptions of the settings stand in the model, which knows no ``tr``."""
    models = sorted((ROOT / "hbgz_desktop" / "model").glob("*settings.py"))
    trees = [ast.parse(model.read_text(encoding="utf-8")) for model in models]
    words: set[str] = set()
    for node in chain.from_iterable(map(ast.walk, trees)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Field":
            words |= {_text(part.value) for part in node.keywords if part.arg in _SHOWN}
        elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
            words |= {_text(value) for value in node.value.values}
    lines = [json.dumps(word, ensure_ascii=False) for word in sorted(words - {""})]
    noted = "".join(f'QT_TRANSLATE_NOOP("Settings", {line})\n' for line in lines)
    path.write_text(noted, encoding="utf-8")
    return path


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii():
        return node.value
    return ""


def _run(tool: str, arguments: list[str]) -> None:
    script = shutil.which(f"pyside6-{tool}", path=str(Path(sys.executable).parent))
    if script is None:
        raise FileNotFoundError(f"pyside6-{tool} is not beside {Path(sys.executable).name}")
    subprocess.run([script, *arguments], check=True, capture_output=True)


def translate(ts: Path, english: dict[str, str | list[str]]) -> list[str]:
    """Fill the catalogue in place, contexts and messages in alphabetical order.

    Returns:
        ``Class|source text`` of what has no English yet.
    """
    tree = ET.parse(ts)  # noqa: S314 - our own file, written a moment ago
    root = tree.getroot()
    missing: list[str] = []
    for context in root.findall("context"):
        name = context.findtext("name", "")
        for message in context.findall("message"):
            source = message.findtext("source", "")
            own = english.get(f"{name}|{source}")
            text = english.get(source) if own is None else own
            if text is None:
                missing.append(f"{name}|{source}")
                continue
            if isinstance(own, list):
                message.set("numerus", "yes")  # lupdate does not see the number of ``translate``
            _fill(message, text)
    root[:] = sorted(root, key=lambda part: part.findtext("name", ""))
    for context in root.findall("context"):
        head, *messages = context
        context[:] = [head, *sorted(messages, key=lambda m: m.findtext("source", ""))]
    ET.indent(root, "    ")
    text = HEAD + ET.tostring(root, encoding="unicode") + "\n"
    ts.write_text(text, encoding="utf-8", newline="\n")
    return missing


def _fill(message: ET.Element, text: str | list[str]) -> None:
    """Singular and plural where the source names its number (``tr("…", "", n)``), else the plural."""
    translation = message.find("translation")
    if translation is None:
        return
    translation.attrib.pop("type", None)
    translation.clear()
    forms = [text, text] if isinstance(text, str) else text
    if message.get("numerus") != "yes":
        translation.text = forms[-1]
        return
    for form in forms:
        ET.SubElement(translation, "numerusform").text = form


def build(folder: Path) -> list[str]:
    """Make ``hbgz_en.ts`` and ``hbgz_en.qm`` in ``folder``; what has no English yet."""
    ts = folder / "hbgz_en.ts"
    ts.unlink(missing_ok=True)
    extract(ts)
    missing = translate(ts, read_english(I18N / "en"))
    ts.with_suffix(".lst").unlink()
    _run("lrelease", ["-silent", str(ts), "-qm", str(ts.with_suffix(".qm"))])
    return missing


def stale(folder: Path) -> list[str]:
    """Names of the committed files that differ from freshly built ones in ``folder``."""
    return [
        name
        for name in ("hbgz_en.ts", "hbgz_en.qm")
        if not (I18N / name).is_file() or (I18N / name).read_bytes() != (folder / name).read_bytes()
    ]


def main(arguments: list[str]) -> int:
    """Build, or check with ``--check``."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) if "--check" in arguments else I18N
        missing = build(folder)
        different = stale(folder)
    for source in missing:
        print(f"no English: {source}")
    for name in different:
        print(f"out of date: {name}")
    return 1 if missing or different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
