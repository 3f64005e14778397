"""Other hospitals over the simulated platform: who is known there, and a hospital that may ask."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.other_hospitals import OutsideQuestion
from hbgz_desktop.sandbox.demo import LOCAL, demo_studies
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.services.workplace import Workplace

CODE = "520100000001"
KEY = "outside-trial-key"
ROWS = 32
"""Pixel rows and columns of every image: drawn in no time."""
REASON = "看病时对照以前的检查"


def platform_at(root: Path) -> GuizhouPlatform:
    """A platform whose library has small images; start it by ``with``."""
    return GuizhouPlatform(root, institution_code=CODE, key=KEY, library_rows=ROWS)


def set_up(work: Workplace, base_url: str, **more: object) -> None:
    """Write the settings of a hospital in Guizhou."""
    values: dict[str, object] = {
        "platforms.enabled": ["guizhou"],
        "hospital.name": "示例县人民医院",
        "guizhou.base_url": base_url,
        "guizhou.institution_code": CODE,
    }
    work.settings_file.set_many(values | more)
    work.settings.look_now()
    work.secrets.set("guizhou.key", KEY)


def person(number: int = 0) -> OutsideQuestion:
    """One of the library's people: 0 and 1 have CT and MR, one examination of 0 is not cached."""
    spec = demo_studies(1, datetime(2026, 1, 1, tzinfo=LOCAL))[number]
    return OutsideQuestion(cert_no=spec.certificate_number, name=spec.patient_name.replace("^", ""))
