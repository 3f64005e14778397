"""Why a picture cannot be made; here, so that the asking process loads no decoders."""

from __future__ import annotations

from hbgz_desktop.model.errors import DicomError


def unavailable(reason: str) -> DicomError:
    """Return the error of a thumbnail that cannot be made: ``thumbnail_unavailable``."""
    return DicomError("thumbnail_unavailable", reason=reason)
