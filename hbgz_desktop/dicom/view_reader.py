"""A file-like reader over a buffer: no copy, and no allocation beyond what is there."""

from __future__ import annotations


class ViewReader:
    """The reading part of a binary file over a buffer, as far as pydicom needs it.

    A plain file would allocate whatever length a hostile element claims; this one returns what
    exists.
    """

    def __init__(self, view: bytes | memoryview) -> None:
        self._view = view
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, all that is left when negative."""
        end = len(self._view) if size < 0 else self._position + size
        piece = bytes(self._view[self._position : end])
        self._position += len(piece)
        return piece

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, also beyond the end, as a file would."""
        base = (0, self._position, len(self._view))[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """Return the position."""
        return self._position
