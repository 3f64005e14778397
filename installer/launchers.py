"""The three small programs that start ours on Windows, compiled by mingw."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from installer.steps import ROOT, fresh_folder, run

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ROOT / "installer" / "windows"
ICON_SIDES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
COMPILE = (
    "x86_64-w64-mingw32-gcc",
    "-O2",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-municode",
    "-static",
    "-s",
)
REPRODUCIBLE = ("-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va")


class Launcher(NamedTuple):
    """One program."""

    name: str
    source: str
    description: str
    options: tuple[str, ...]


LAUNCHERS = (
    Launcher("hbgz_desktop", "launcher.c", "互认前置台", ("-mwindows",)),
    Launcher("hbgz", "launcher.c", "互认前置台（命令行）", ("-mconsole", "-DCONSOLE")),
    Launcher("hbgz_service", "service.c", "互认前置台（引擎服务）", ("-mconsole",)),
)


def build_launchers(out: Path, work: Path, version: str) -> None:
    """Compile all of them into ``out``.

    Raises:
        BuildError: The compiler's words.
    """
    fresh_folder(work)
    shutil.copy(SOURCES / "program.manifest", work)
    make_icon(work / "hbgz_desktop.ico")
    for launcher in LAUNCHERS:
        _build(launcher, out, work, version)


def _build(launcher: Launcher, out: Path, work: Path, version: str) -> None:
    text = (SOURCES / "program.rc.in").read_text(encoding="utf-8")
    facts = {
        "VERSION_NUMBERS": ",".join([*version_numbers(version)]),
        "VERSION": version,
        "NAME": launcher.name,
        "DESCRIPTION": "".join(f"\\x{ord(sign):04x}" for sign in launcher.description),
    }
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    script, resource = work / f"{launcher.name}.rc", work / f"{launcher.name}.o"
    script.write_text(text, encoding="utf-8")
    run(["x86_64-w64-mingw32-windres", script.name, "-O", "coff", "-o", resource.name], cwd=work)
    target = out / f"{launcher.name}.exe"
    source = SOURCES / launcher.source
    run([*COMPILE, *launcher.options, *REPRODUCIBLE, "-o", target, source, resource], cwd=work)


def version_numbers(version: str) -> tuple[str, str, str, str]:
    """Four numbers for Windows: ``1.2.3`` → 1, 2, 3, 0; what is no number counts as 0."""
    numbers = [part if part.isdigit() else "0" for part in version.split(".")[:4]]
    numbers += ["0"] * (4 - len(numbers))
    return numbers[0], numbers[1], numbers[2], numbers[3]


def make_icon(path: Path) -> None:
    """The program's icon, drawn from the logo in every size Windows asks for."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    if QGuiApplication.instance() is None:
        QGuiApplication(["icon", "-platform", "offscreen"])  # kept by Qt
    drawn = (ROOT / "resources" / "icons" / "logo.svg").read_text(encoding="utf-8")
    logo = QSvgRenderer(drawn.replace("currentColor", "#ffffff").encode())
    pictures = []
    for side in ICON_SIDES:
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("#1A5BC4"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
        logo.render(painter, QRectF(side * 0.18, side * 0.18, side * 0.64, side * 0.64))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows paths only
        pictures.append(Image.open(io.BytesIO(bytes(buffer.data().data()))))
    sizes = [(side, side) for side in ICON_SIDES]
    pictures[-1].save(path, format="ICO", sizes=sizes, append_images=pictures[:-1])
