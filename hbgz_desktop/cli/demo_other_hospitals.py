"""The demo's look abroad: one patient's examinations at other hospitals, the images of one fetched and compared."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hbgz_desktop.cli.output import say
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.other_hospitals import OutsideQuestion

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
    from hbgz_desktop.services.workplace import Workplace

REASON = "看病时对照以前的检查"


class DemoOutsideError(HbgzError):
    """What came is not what the other hospital has."""


def look_outside(
    work: Workplace, platform: GuizhouPlatform, name: str, certificate_number: str
) -> None:
    """Ask by 2.6, list by 2.7, fetch by 2.8, and compare every byte with the other hospital's.

    Raises:
        DemoOutsideError: Nothing was found, or a byte differs.
    """
    outside = work.other_hospitals
    found = outside.search(OutsideQuestion(cert_no=certificate_number, name=name), REASON)
    row = next((one for one in found.rows if one.may_fetch), None)
    if row is None:
        raise DemoOutsideError("demo_nothing_outside", examinations=len(found.rows))
    say(f"跨院调阅   {mask_name(name)} 在其他医院有 {len(found.rows)} 份检查")
    report = outside.fetch(row.id)
    came = sorted(one.sha256 for one in outside.images(row.id))
    there = sorted(_digest(one.path()) for one in platform.cloud.images(row.exam.index_code))
    if not report.is_complete or came != there:
        raise DemoOutsideError("demo_outside_differs", came=len(came), there=len(there))
    say(f"取回图像   {row.exam.hospital} {row.part} {len(came)} 幅，与那家医院的逐字节一致")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
