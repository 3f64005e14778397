"""A file that cannot be removed or replaced, as while a virus scanner on Windows looks at it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


if sys.platform == "win32":

    @contextmanager
    def kept_open(path: Path) -> Iterator[None]:
        """Hold a file as another program does: nobody may remove or replace it."""
        with path.open("rb"):
            yield

else:

    @contextmanager
    def kept_open(path: Path) -> Iterator[None]:
        """A folder with something in it takes the file's place: it cannot be removed or replaced either."""
        aside = path.with_name(f"{path.name}-aside")
        path.replace(aside)
        path.mkdir()
        (path / "occupied").touch()
        try:
            yield
        finally:
            (path / "occupied").unlink()
            path.rmdir()
            aside.replace(path)
