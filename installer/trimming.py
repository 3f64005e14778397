"""What of the wheels is not shipped: tools, headers, other toolkits, and codecs nobody here decodes with."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from installer.shared_objects import drop_unneeded

if TYPE_CHECKING:
    from pathlib import Path

QT_KEPT = (
    "Core",
    "Gui",
    "Widgets",
    "OpenGL",
    "OpenGLWidgets",
    "Svg",
    "Test",
    "PrintSupport",
    "Network",
    "XcbQpa",
    "DBus",
)
"""Qt modules that the console or pyqtgraph import, and what Qt's X11 window needs; everything else of Qt goes."""
QT_PLUGINS_KEPT = (
    *("platforms", "styles", "imageformats", "iconengines", "printsupport"),
    *("platforminputcontexts", "platformthemes", "xcbglintegrations"),
)
CODECS_KEPT = ("_imcd", "_jpeg2k", "_jpeg8", "_shared", "_shared_cython")
"""imagecodecs: 12-bit JPEG is what it is here for, JPEG 2000 for the simulated modality. Its other codecs
have licences and sizes of their own."""
DROPPED = (
    "bin",
    "**/*.pyi",
    "**/*.lib",
    "**/*.exe",
    "**/*.pdb",
    "**/__pycache__",
    "numpy/**/tests",
    "numpy/f2py",
    "pydicom/data/test_files",
    "pydicom/data/charset_files",
    "pynetdicom/apps",
    "pynetdicom/tests",
    "jpeg_ls/tests",
    "pyqtgraph/examples",
    "Cryptodome/SelfTest",
    "_gdcm/include",
    "_gdcm/*.xml",
    "PySide6/qml",
    "PySide6/metatypes",
    "PySide6/include",
    "PySide6/typesystems",
    "PySide6/glue",
    "PySide6/scripts",
    "PySide6/support",
    "PySide6/doc",
    "PySide6/resources",
    "PySide6/opengl32sw.dll",
    "PySide6/Qt/qml",
    "PySide6/Qt/libexec",
    "PySide6/Qt/metatypes",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "_gdcm/XML",
    "_gdcm/gdcmopenjpeg-*",
    "_gdcm/pkgconfig",
    "_gdcm/scripts",
)
PROGRAMS_OF = ("PySide6", "_gdcm")
"""Linux wheels whose programs stand beside their modules, without a suffix."""


def trim(lib: Path) -> int:
    """Take away what is not needed; the bytes that went."""
    before = size_of(lib)
    for pattern in DROPPED:
        for path in sorted(lib.glob(pattern), reverse=True):
            _remove(path)
    for name in PROGRAMS_OF:
        for path in (lib / name).glob("*"):
            if path.is_file() and not path.suffix:
                _remove(path)
    _trim_qt(lib / "PySide6")
    codecs = lib / "imagecodecs"
    for path in [*codecs.glob("_*.pyd"), *codecs.glob("_*.so")]:
        if path.name.split(".")[0] not in CODECS_KEPT:
            _remove(path)
    drop_unneeded(lib)
    return before - size_of(lib)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _trim_qt(qt: Path) -> None:
    """Windows wheels hold Qt itself beside the modules, Linux wheels in a folder of its own."""
    own = qt / "Qt"
    modules = [*qt.glob("Qt*.pyd"), *qt.glob("Qt*.abi3.so")]
    for path in [*modules, *qt.glob("Qt6*.dll"), *(own / "lib").glob("libQt6*")]:
        name = path.name.split(".")[0].removeprefix("lib").removeprefix("Qt6").removeprefix("Qt")
        if name not in QT_KEPT:
            _remove(path)
    for path in [*qt.glob("plugins/*"), *own.glob("plugins/*")]:
        if path.name not in QT_PLUGINS_KEPT:
            _remove(path)
    for path in [*qt.glob("translations/*"), *own.glob("translations/*")]:
        if path.name != "qtbase_zh_CN.qm":
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
