"""The services that send a file: image (2.2) and report (2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.multipart import FilePart, check_file
from hbgz_desktop.platforms.guizhou.options import SAVE_IMAGE, SAVE_REPORT
from hbgz_desktop.platforms.guizhou.outcome import outcome_of
from hbgz_desktop.platforms.guizhou.sender import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
    from hbgz_desktop.platforms.guizhou.outcome import Outcome
    from hbgz_desktop.platforms.guizhou.sender import Sender
    from hbgz_desktop.platforms.http_answer import Answer


class FileServices:
    """2.2 and 2.4: one file a request. Blocks: not for the GUI thread."""

    _options: GuizhouOptions
    _sender: Sender

    def save_image(
        self,
        index_code: str,
        study_uid: str,
        accession_numbers: Sequence[str],
        path: Path,
        size_bytes: int,
        md5_hex_upper: str,
        image_total: int,
        *,
        msgid: str | None = None,
    ) -> Exchange:
        """Send one instance (2.2); sending the same MD5 again is harmless (G046).

        Args:
            index_code: Index of the examination.
            study_uid: Study Instance UID.
            accession_numbers: As in 2.1; joined by an ASCII comma without blanks (G031).
            path: The file as the platform shall have it.
            size_bytes: Its size; read from disk in blocks of at most 1 MiB.
            md5_hex_upper: MD5 of its bytes (G045).
            image_total: Instances of the examination, in decimal (G046).
            msgid: To repeat a message number (G072); a new one when None.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: The file is gone or has another size; no message number could be had.
        """
        fields = {
            self._options.index_field(SAVE_IMAGE): index_code,
            "studyUid": study_uid,
            "accessionNumber": ",".join(accession_numbers),
            "fileMd5": md5_hex_upper.upper(),
            "imageTotalNum": str(image_total),
        }
        part = FilePart("dicom", "image.dcm", "application/dicom", path, size_bytes)
        return self._send_file(SAVE_IMAGE, index_code, fields, part, msgid)

    def save_report(
        self,
        index_code: str,
        study_uid: str,
        rpot_no: str,
        path: Path,
        size_bytes: int,
        md5: str,
        *,
        msgid: str | None = None,
    ) -> Exchange:
        """Send one report PDF (2.4, G049, G050); sending the same MD5 again is harmless (G046).

        Args:
            index_code: Index of the examination.
            study_uid: Study Instance UID.
            rpot_no: The one report number of 2.1 that this file belongs to.
            path: The PDF.
            size_bytes: Its size.
            md5: MD5 of its bytes, hex.
            msgid: To repeat a message number (G072); a new one when None.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: The file is gone or has another size; no message number could be had.
        """
        fields = {
            self._options.index_field(SAVE_REPORT): index_code,
            "studyUid": study_uid,
            "rpotNo": rpot_no,
            "fileMd5": md5.upper(),
        }
        part = FilePart("examRpotPdf1", "report.pdf", "application/pdf", path, size_bytes)
        return self._send_file(SAVE_REPORT, index_code, fields, part, msgid)

    def _send_file(
        self,
        service: str,
        index_code: str,
        fields: Mapping[str, str],
        part: FilePart,
        msgid: str | None,
    ) -> Exchange:
        self._options.check()
        check_file(part.path, part.size_bytes)
        summary: dict[str, object] = {
            "service": service,
            "size_bytes": part.size_bytes,
            "md5": fields["fileMd5"],
        }
        if "imageTotalNum" in fields:
            summary["image_total"] = int(fields["imageTotalNum"])

        def judge(answer: Answer) -> Outcome:
            return outcome_of(answer, service, index_code, needs_flag=False)

        return self._sender.send_form(Request(service, summary, judge, msgid), fields, part)
