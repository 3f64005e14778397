"""The hospital of the tests: what its simulated platform knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform

INSTITUTION = "H52010000001"
KEY = "sandbox-key-5d1f"
SETTINGS: dict[str, object] = {
    "hospital.name": "示例人民医院",
    "guizhou.institution_code": INSTITUTION,
    "guizhou.exam_admdvs": "520100",
    "guizhou.hosp_lv": "02",
    "guizhou.upload_ultrasound": True,
    "retry.max_delay_s": 2.0,
}
"""It uploads its ultrasound as well: one of the demo studies is one (G012)."""


def dicom_settings(platform: GuizhouPlatform) -> dict[str, object]:
    """Images go by DICOM to the platform's own receiver; nothing when it has none."""
    receiver = platform.receiver
    if receiver is None:
        return {}
    return {
        "guizhou.image_transport": "dicom",
        "guizhou.dicom_host": "127.0.0.1",
        "guizhou.dicom_port": receiver.port,
        "guizhou.dicom_called_ae": receiver.door.ae_title,
        "guizhou.dicom_timeout_s": 5.0,
    }
