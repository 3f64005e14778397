"""A screen that no one sees, for windows under Wine, and pictures of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PIL import Image

from installer.steps import BuildError

if TYPE_CHECKING:
    from types import TracebackType

WIDTH, HEIGHT, DEPTH = 1600, 1000, 24
HEADER = struct.Struct(">25I")
"""An X window dump begins with 25 numbers: [0] its length, [4] width, [5] height, [12] bytes a line, [19] colours."""
COLOUR_BYTES = 12
END_LIMIT_S = 10.0


class VirtualScreen:
    """An X server without a screen.

    Attributes:
        display: Its name, such as ``:99``; set while the ``with`` block lasts.
    """

    def __init__(self) -> None:
        """Prepare it."""
        self.display = ""
        self._folder = Path()
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if shutil.which("Xvfb") is None:
            raise BuildError("Xvfb is not there")
        self._folder = Path(tempfile.mkdtemp(prefix="hbgz-screen-"))
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x{DEPTH}"
        pictured = ["-screen", "0", size, "-fbdir", str(self._folder)]
        argv = ["Xvfb", "-displayfd", str(writing), *pictured, "-nolisten", "tcp"]
        nothing = subprocess.DEVNULL
        self._server = subprocess.Popen(
            argv, stdin=nothing, stdout=nothing, stderr=nothing, pass_fds=[writing]
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise BuildError("Xvfb did not start")
        self.display = f":{number}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.wait(END_LIMIT_S)
        shutil.rmtree(self._folder, ignore_errors=True)

    def picture(self) -> Image.Image:
        """What the screen shows now."""
        dump = (self._folder / "Xvfb_screen0").read_bytes()
        facts = HEADER.unpack_from(dump)
        start = facts[0] + COLOUR_BYTES * facts[19]
        size = (facts[4], facts[5])
        return Image.frombuffer("RGB", size, dump[start:], "raw", "BGRX", facts[12], 1)
