"""What the simulated front end does with an instance of 2.3 (5): linked by study and accession number.

The printed text says no more than address and AE title; the rules are those of G048: announced
first, found by Study Instance UID and AccessionNumber, counted against imageTotalNum.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final

from hbgz_desktop.dicom.file_meta import build_file_meta
from hbgz_desktop.dicom.header import read_header
from hbgz_desktop.model.instance import StoreAnswer
from hbgz_desktop.sandbox.faults import STORE
from hbgz_desktop.sandbox.guizhou_receiver import ArrivingInstance, InstanceRule
from hbgz_desktop.sandbox.ledger import UNLINKED, Ledger, TotalExceededError
from hbgz_desktop.sandbox.received import StoredImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.instance import InstanceHeader
    from hbgz_desktop.sandbox.received import StoredImageInfo

CANNOT_UNDERSTAND: Final = StoreAnswer(0xC000, "data set cannot be read")
NOT_ANNOUNCED: Final = StoreAnswer(0xC001, "study not announced by saveImgInfo")
OTHER_ACCESSION: Final = StoreAnswer(0xC002, "AccessionNumber differs from saveImgInfo")
TOO_MANY: Final = StoreAnswer(0xC003, "more instances than imageTotalNum")
OTHER_OBJECT: Final = StoreAnswer(0xA900, "SOP UIDs of command and data set differ")


class InstanceIntake:
    """Checks and keeps instances. Safe from any thread."""

    def __init__(self, ledger: Ledger, is_strict: Callable[[], bool]) -> None:
        """Keep instances in ``ledger``; unless strict, also those that nobody announced."""
        self._ledger = ledger
        self._is_strict = is_strict

    def look_at(self, arriving: ArrivingInstance) -> InstanceRule:
        """Read an instance's header and say what it is about and how it is kept."""
        header = read_header(
            arriving.dataset, arriving.transfer_syntax_uid, fallback_charset="gb18030"
        )
        infos = self._ledger.infos_of(header.study_instance_uid)
        subjects = {
            header.study_instance_uid,
            header.accession_number,
            arriving.sop_instance_uid,
            *(one.index for one in infos),
        }
        return InstanceRule(
            subjects - {""}, partial(self._keep, arriving, header, infos), self._note_end
        )

    def _keep(
        self,
        arriving: ArrivingInstance,
        header: InstanceHeader,
        infos: tuple[StoredImageInfo, ...],
        status: int,
    ) -> StoreAnswer:
        if not header.is_readable or not header.study_instance_uid:
            return CANNOT_UNDERSTAND
        named = (header.sop_class_uid, header.sop_instance_uid)
        if named != (arriving.sop_class_uid, arriving.sop_instance_uid):
            return OTHER_OBJECT
        meant = [one for one in infos if header.accession_number in one.accession_numbers]
        if not meant and self._is_strict():
            return OTHER_ACCESSION if infos else NOT_ANNOUNCED
        return self._place(arriving, header, meant[-1] if meant else None, status)

    def _place(
        self,
        arriving: ArrivingInstance,
        header: InstanceHeader,
        info: StoredImageInfo | None,
        status: int,
    ) -> StoreAnswer:
        meta = build_file_meta(
            arriving.sop_class_uid,
            arriving.sop_instance_uid,
            arriving.transfer_syntax_uid,
            arriving.calling_ae,
        )
        path = self._ledger.new_upload_path()
        with path.open("wb") as file:
            file.write(meta)
            file.write(arriving.dataset)
        digest = hashlib.md5(meta, usedforsecurity=False)
        digest.update(arriving.dataset)
        image = StoredImage(
            index=info.index if info else UNLINKED,
            md5=digest.hexdigest(),
            sop_instance_uid=arriving.sop_instance_uid,
            study_uid=header.study_instance_uid,
            total=info.total if info else 0,
            size_bytes=len(meta) + len(arriving.dataset),
            outcome="",
            transport="dicom",
            accession_number=header.accession_number,
            status=status,
        )
        try:
            self._ledger.add_image(image, path)
        except TotalExceededError:
            path.unlink(missing_ok=True)
            return TOO_MANY
        return StoreAnswer(status, "simulated warning" if status else "")

    def _note_end(self, outcome: str, code: str, message: str, fault: str) -> None:
        self._ledger.add_request(STORE, "", outcome, code=code, message=message, fault=fault)
