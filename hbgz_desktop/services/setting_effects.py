"""What a changed setting touches: which ones the engine reads only when it starts, which decide a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RESTART_KEYS = frozenset(
    {
        "dicom.ae_title",
        "dicom.bind_address",
        "dicom.check_called_ae",
        "dicom.idle_timeout_s",
        "dicom.max_associations",
        "dicom.network_timeout_s",
        "dicom.port",
        "storage.reserve_mb",
        "upload.parallel",
    }
)
"""The receiver and the uploaders take these when the engine starts; all others within a second."""


def needing_restart(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of the keys that hold only after the engine has been started again."""
    return tuple(key for key in keys if key in RESTART_KEYS)


def decides_checks(keys: Iterable[str]) -> bool:
    """True when examinations that wait may pass now: they have to be checked again."""
    return any(key.startswith(("guizhou.", "platforms.", "hospital.")) for key in keys)
