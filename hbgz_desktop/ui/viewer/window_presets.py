"""Windows for CT by what one wants to see, in Hounsfield units; keys 1 to 9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.model.view_frame import VoiWindow

if TYPE_CHECKING:
    from collections.abc import Mapping

CT_WINDOWS: Mapping[str, VoiWindow] = {
    "lung": VoiWindow(-600, 1500),
    "mediastinum": VoiWindow(50, 350),
    "bone": VoiWindow(400, 1800),
    "brain": VoiWindow(40, 80),
    "abdomen": VoiWindow(50, 400),
    "liver": VoiWindow(30, 150),
    "vessels": VoiWindow(300, 600),
    "spine": VoiWindow(50, 250),
    "temporal": VoiWindow(600, 2800),
}


def ct_window_name(key: str) -> str:
    """A preset in words."""
    translate = QCoreApplication.translate
    names = {
        "lung": translate("WindowPresets", "肺窗"),
        "mediastinum": translate("WindowPresets", "纵隔窗"),
        "bone": translate("WindowPresets", "骨窗"),
        "brain": translate("WindowPresets", "脑窗"),
        "abdomen": translate("WindowPresets", "腹窗"),
        "liver": translate("WindowPresets", "肝窗"),
        "vessels": translate("WindowPresets", "血管窗"),
        "spine": translate("WindowPresets", "脊柱窗"),
        "temporal": translate("WindowPresets", "颞骨窗"),
    }
    return names[key]
