"""Asked from a program that nobody has just used; what the window manager does then, a person has to see."""

from __future__ import annotations

from hbgz_desktop.system.foreground import allow_foreground


def test_it_can_be_asked_on_every_system() -> None:
    assert isinstance(allow_foreground(), bool)
