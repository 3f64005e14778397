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
SIDE_PICTURE = (328, 628)
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
    sources: tuple[str, ...]
    description: str
    options: tuple[str, ...]
    messages: str = ""
    """Message file (windmc) whose table the program carries for the event viewer."""


LAUNCHERS = (
    Launcher("hbgz_desktop", ("launcher.c",), "互认前置台", ("-mwindows",)),
    Launcher("hbgz", ("launcher.c",), "互认前置台（命令行）", ("-mconsole", "-DCONSOLE")),
    Launcher(
        "hbgz_service",
        ("service.c", "service_setup.c"),
        "互认前置台（引擎服务）",
        ("-mconsole",),
        "service_messages",
    ),
)
RUNNING_COPIES = Launcher(
    "running_copies",
    ("running_copies.c",),
    "互认前置台（安装）",
    ("-mwindows", "-lntdll", "-luserenv", "-lwtsapi32"),
)
"""The installer's own tool: it is not part of the program folder."""


def build_launchers(out: Path, work: Path, version: str) -> None:
    """Compile all of them into ``out``, and what the installer alone needs into ``work``.

    Raises:
        BuildError: The compiler's words.
    """
    fresh_folder(work)
    shutil.copy(SOURCES / "program.manifest", work)
    make_icon(work / "hbgz_desktop.ico")
    make_side_picture(work / "side.bmp")
    for launcher in LAUNCHERS:
        _build(launcher, out, work, version)
    _build(RUNNING_COPIES, work, work, version)


def _build(launcher: Launcher, out: Path, work: Path, version: str) -> None:
    text = (SOURCES / "program.rc.in").read_text(encoding="utf-8")
    facts = {
        "VERSION_NUMBERS": ",".join([*version_numbers(version)]),
        "VERSION": version,
        "NAME": launcher.name,
        "DESCRIPTION": "".join(f"\\x{ord(sign):04x}" for sign in launcher.description),
        "MESSAGES": f'#include "{launcher.messages}.rc"' if launcher.messages else "",
    }
    if launcher.messages:
        texts = SOURCES / f"{launcher.messages}.mc"
        utf8 = ["-C", "65001", "-U"]
        run(["x86_64-w64-mingw32-windmc", *utf8, "-h", ".", "-r", ".", texts], cwd=work)
    for name, value in facts.items():
        text = text.replace(f"@{name}@", value)
    script, resource = work / f"{launcher.name}.rc", work / f"{launcher.name}.o"
    script.write_text(text, encoding="utf-8")
    run(["x86_64-w64-mingw32-windres", script.name, "-O", "coff", "-o", resource.name], cwd=work)
    target = out / f"{launcher.name}.exe"
    sources = [SOURCES / name for name in launcher.sources]
    options = [one for one in launcher.options if not one.startswith("-l")]
    libraries = [one for one in launcher.options if one.startswith("-l")]  # after what needs them
    made: list[str | Path] = ["-I", work, "-o", target, *sources, resource, *libraries]
    run([*COMPILE, *options, *REPRODUCIBLE, *made], cwd=work)


def version_numbers(version: str) -> tuple[str, str, str, str]:
    """Four numbers for Windows: ``1.2.3`` → 1, 2, 3, 0; what is no number counts as 0."""
    numbers = [part if part.isdigit() else "0" for part in version.split(".")[:4]]
    numbers += ["0"] * (4 - len(numbers))
    return numbers[0], numbers[1], numbers[2], numbers[3]


def make_icon(path: Path) -> None:
    """The program's icon, drawn from the logo in every size Windows asks for."""
    pictures = [_drawn(side, side, side, side * 0.2) for side in ICON_SIDES]
    sizes = [(side, side) for side in ICON_SIDES]
    pictures[-1].save(path, format="ICO", sizes=sizes, append_images=pictures[:-1])


def make_side_picture(path: Path) -> None:
    """The picture beside the installer's last page, twice as large as it is shown at 100 %."""
    width, height = SIDE_PICTURE
    _drawn(width, height, width // 2, 0).convert("RGB").save(path, format="BMP")


def _drawn(width: int, height: int, logo_side: int, corner: float) -> Image.Image:
    """The logo in the middle of a blue plate."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    if QGuiApplication.instance() is None:
        QGuiApplication(["icon", "-platform", "offscreen"])  # kept by Qt
    drawn = (ROOT / "resources" / "icons" / "logo.svg").read_text(encoding="utf-8")
    logo = QSvgRenderer(drawn.replace("currentColor", "#ffffff").encode())
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#1A5BC4"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, width, height), corner, corner)
    side = logo_side * 0.64
    logo.render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows paths only
    return Image.open(io.BytesIO(bytes(buffer.data().data())))
