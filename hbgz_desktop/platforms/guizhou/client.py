"""The Guizhou REST client: record (2.1), image (2.2), report (2.4)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx

from hbgz_desktop.model.errors import PlatformError, PlatformRejectedError
from hbgz_desktop.platforms.guizhou.envelope import envelope, input_text, json_body
from hbgz_desktop.platforms.guizhou.exchange import Exchange
from hbgz_desktop.platforms.guizhou.msgid import utc_now
from hbgz_desktop.platforms.guizhou.multipart import FilePart, MultipartBody, check_file
from hbgz_desktop.platforms.guizhou.options import (
    INDEX_FIELD,
    SAVE_IMAGE,
    SAVE_RECORD,
    SAVE_REPORT,
    GuizhouOptions,
)
from hbgz_desktop.platforms.guizhou.outcome import Outcome, outcome_of
from hbgz_desktop.platforms.http import translate
from hbgz_desktop.platforms.http_answer import read_answer
from hbgz_desktop.platforms.reachability import probe_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from hbgz_desktop.platforms.http_answer import Answer
    from hbgz_desktop.platforms.reachability import ProbeResult

_MAX_KEPT_CHARACTERS = 64 * 1024
_HTTP_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)


class GuizhouClient:
    """Sends to one front end; safe for use by several threads at a time.

    Whatever happens on the wire comes back as an ``Exchange``, with ``error`` set when the platform
    did not accept. Raised are only mistakes of our side: settings (SettingsError), and a file that
    is not what was announced (StorageError). Blocks: not for the GUI thread.
    """

    def __init__(
        self,
        options: GuizhouOptions,
        http: httpx.Client,
        next_msgid: Callable[[], str],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Take what the composition root built.

        Args:
            options: Institution, key and switches.
            http: From ``make_client``; closed by its owner.
            next_msgid: A ``MsgidFactory``.
            clock: Aware UTC time.
        """
        self._options = options
        self._http = http
        self._next_msgid = next_msgid
        self._clock = clock

    def save_exam_record(
        self, payload: Mapping[str, object], *, msgid: str | None = None
    ) -> Exchange:
        """Send one record (2.1).

        Args:
            payload: The members of ``input``, final: numbers as numbers, texts as texts; its index
                under ``hiImgIndx`` is sent under the name the settings give for 2.1 (G016).
            msgid: To repeat a message number (G072); a new one when None.

        Returns:
            With error ``input_too_long`` (G024) or ``input_not_encodable`` when nothing was sent.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: No message number could be had.
        """
        self._options.check()
        index_code = str(payload.get(INDEX_FIELD, ""))
        index_field = self._options.index_field(SAVE_RECORD)
        record = {index_field if key == INDEX_FIELD else key: payload[key] for key in payload}
        text = input_text([record])
        summary: dict[str, object] = {"service": SAVE_RECORD, "input_characters": len(text)}
        refused = self._unsendable(text)
        if refused is not None:
            return self._not_sent(SAVE_RECORD, summary, refused)
        number = msgid or self._next_msgid()
        body = json_body(envelope(self._options, SAVE_RECORD, number, self._clock()), text)
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        return self._send(SAVE_RECORD, number, index_code, summary, (headers, body))

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

    def probe(self) -> ProbeResult:
        """Ask whether anything answers at the base address; sends neither key nor codes.

        Proves that a connection stands and that an HTTP answer comes. Nothing about key, services
        or whether an upload would be accepted.
        """
        return probe_address(self._http, self._options.base_url)

    def _unsendable(self, text: str) -> PlatformError | None:
        limit = self._options.max_input_characters
        if len(text) > limit:
            return PlatformRejectedError("input_too_long", characters=len(text), limit=limit)
        try:
            text.encode()
        except UnicodeEncodeError:
            return PlatformRejectedError("input_not_encodable")
        return None

    def _not_sent(self, service: str, summary: dict[str, object], error: PlatformError) -> Exchange:
        now = self._clock()
        return Exchange(
            service=service,
            msgid="",
            started_at=now,
            finished_at=now,
            http_status=None,
            accepted=False,
            answer_code=None,
            message="",
            answer_text="",
            request_summary=summary,
            error=error,
        )

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
        number = msgid or self._next_msgid()
        body = MultipartBody(fields, part)
        headers = envelope(self._options, service, number, self._clock()) | body.headers
        return self._send(service, number, index_code, summary, (headers, body))

    def _send(
        self,
        service: str,
        msgid: str,
        index_code: str,
        summary: dict[str, object],
        request: tuple[Mapping[str, str], bytes | Iterable[bytes]],
    ) -> Exchange:
        """Do one exchange; only our own mistakes leave as exceptions."""
        started_at = self._clock()
        answer: Answer | None = None
        try:
            answer = self._post(service, *request)
        except _HTTP_ERRORS as exc:
            error = translate(exc)
            if not isinstance(error, PlatformError):
                raise error from None
            outcome = Outcome(error=error)
        else:
            needs_flag = service == SAVE_RECORD and self._options.require_succ_flag
            outcome = outcome_of(answer, service, index_code, needs_flag=needs_flag)
        return Exchange(
            service=service,
            msgid=msgid,
            started_at=started_at,
            finished_at=self._clock(),
            http_status=answer.status if answer else None,
            accepted=outcome.accepted,
            answer_code=outcome.answer_code,
            message=outcome.message,
            answer_text=answer.text[:_MAX_KEPT_CHARACTERS] if answer else "",
            request_summary=summary,
            index_matched=outcome.index_matched,
            already=outcome.already,
            retry_after_s=outcome.retry_after_s,
            error=outcome.error,
        )

    def _post(
        self, service: str, headers: Mapping[str, str], body: bytes | Iterable[bytes]
    ) -> Answer:
        url = self._options.url(service)
        own = {"Accept": "*/*", "Accept-Encoding": "identity"}
        with self._http.stream("POST", url, content=body, headers=own | dict(headers)) as response:
            deadline = time.monotonic() + self._options.answer_deadline_s
            return read_answer(response, deadline)
