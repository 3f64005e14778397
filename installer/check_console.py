"""The console under Wine with Qt's real windows plugin: its window is there, painted, and pictured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.check_report import expect_that
from installer.wine import until

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from installer.check_machine import Machine
    from installer.check_report import Step
    from installer.check_screen import VirtualScreen
    from installer.wine import Running

WINDOW_LIMIT_S = 240.0
SETTLE_LIMIT_S = 120.0
QUESTION_LIMIT_S = 120.0
REST_S = 6.0
"""Longer than the console takes to notice that its engine has come up."""
FEWEST_COLOURS = 40
"""A painted page has hundreds even when shrunk; an empty window has a handful."""
TITLES = """
import ctypes
user, titles = ctypes.windll.user32, []
proto = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
def look(window, _):
    text = ctypes.create_unicode_buffer(500)
    if user.IsWindowVisible(ctypes.c_void_p(window)):
        user.GetWindowTextW(ctypes.c_void_p(window), text, 500)
        titles.append(text.value)
    return 1
user.EnumWindows(proto(look), None)
print('\\n'.join(filter(None, titles)).encode('unicode_escape').decode())
"""


def visible_titles(machine: Machine) -> list[str]:
    """Titles of the top windows that are shown in the prefix, by Windows' own list."""
    python = machine.program / "python" / "python.exe"
    ran = machine.prefix.run(python, "-c", TITLES, limit_s=QUESTION_LIMIT_S, name="titles")
    return ran.output.strip().encode().decode("unicode_escape").splitlines()


def start_console(machine: Machine, title: str) -> Running:
    """Start ``hbgz_desktop.exe`` as a shortcut does, and wait for its window.

    Raises:
        CheckError: No window with this title came, or the program ended.
    """
    console = machine.prefix.start(machine.program / "hbgz_desktop.exe", name="console")
    until(
        f"a window {title}",
        lambda: console.is_over or any(title in one for one in visible_titles(machine)),
        WINDOW_LIMIT_S,
    )
    expect_that(not console.is_over, f"the console ended; {console.output}")
    return console


def picture_console(screen: VirtualScreen, place: Path, step: Step) -> None:
    """Wait until the screen has come to rest and keep its picture.

    Raises:
        CheckError: There is nothing to be seen.
    """
    seen: list[Image] = []

    def is_at_rest() -> bool:
        seen.append(screen.picture())
        is_painted = _colours(seen[-1]) >= FEWEST_COLOURS
        return is_painted and len(seen) > 1 and seen[-1].tobytes() == seen[-2].tobytes()

    until("a painted window at rest", is_at_rest, SETTLE_LIMIT_S, every_s=REST_S)
    place.parent.mkdir(parents=True, exist_ok=True)
    seen[-1].save(place)
    step.note(f"{_colours(seen[-1])} colours, {place.name}")


def _colours(picture: Image) -> int:
    small = picture.resize((picture.width // 4, picture.height // 4))
    return len(small.getcolors(small.width * small.height) or ())
