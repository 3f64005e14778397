"""Thumbnails. For the thumbnail process only: decoders get hostile bytes."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from hbgz_desktop.dicom.contexts import configure
from hbgz_desktop.dicom.pixel_display import displayed
from hbgz_desktop.dicom.pixel_frames import read_frame
from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.dicom.pixel_source import find_pixels
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from pathlib import Path

JPEG_QUALITY = 85
_MAX_SIDE_PX = 2048


def render_thumbnail(path: Path, side_px: int = 256) -> bytes:
    """Return a JPEG of a stored file's middle frame.

    Args:
        path: A file with file meta.
        side_px: Length of the longest side; smaller images are not enlarged.

    Raises:
        DicomError: ``thumbnail_unavailable`` with a ``reason``: ``no_pixels`` (SR, PDF, waveform),
            ``broken``, ``too_large``, ``unsupported_syntax``, ``unsupported_pixels``,
            ``out_of_memory`` or ``unreadable``.
    """
    configure()
    side_px = max(16, min(side_px, _MAX_SIDE_PX))
    try:
        # pydicom's warnings name values
        with warnings.catch_warnings(action="ignore"):
            source = find_pixels(path)
            image = displayed(source, read_frame(source, side_px))
            size = _fitted(source.columns, source.rows, side_px)
            return _jpeg(image.resize(size, Image.Resampling.BOX, reducing_gap=2.0))
    except DicomError as exc:
        if exc.code == "thumbnail_unavailable":
            raise
        raise unavailable("broken") from exc
    except MemoryError as exc:
        raise unavailable("out_of_memory") from exc
    except Exception as exc:  # decoders raise anything at all on hostile bytes
        raise unavailable("broken") from exc


def _fitted(columns: int, rows: int, side_px: int) -> tuple[int, int]:
    scale = min(1.0, side_px / max(columns, rows))
    return max(1, round(columns * scale)), max(1, round(rows * scale))


def _jpeg(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
