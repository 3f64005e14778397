"""The services that say something of examinations: record (2.1), image data (2.3), deletion (2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.batches import (
    Element,
    array_text,
    batch_outcome,
    batches,
    unanswered,
)
from hbgz_desktop.platforms.guizhou.envelope import input_text
from hbgz_desktop.platforms.guizhou.messages import BatchResult
from hbgz_desktop.platforms.guizhou.options import (
    DELETE_INDEX,
    INDEX_FIELD,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
)
from hbgz_desktop.platforms.guizhou.outcome import Outcome, outcome_of
from hbgz_desktop.platforms.guizhou.sender import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.platforms.guizhou.messages import ImageInfo, RecordAnswer
    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
    from hbgz_desktop.platforms.guizhou.sender import Sender
    from hbgz_desktop.platforms.http_answer import Answer


class RecordServices:
    """2.1, 2.3 and 2.5, one record or several. Blocks: not for the GUI thread."""

    _options: GuizhouOptions
    _sender: Sender

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
        return self._send_one(SAVE_RECORD, self._record(payload), msgid)

    def save_image_info(self, info: ImageInfo, *, msgid: str | None = None) -> Exchange:
        """Announce images that follow by DICOM (2.3, G046, G048).

        Args:
            info: What is announced.
            msgid: To repeat a message number (G072); a new one when None.

        Returns:
            As ``save_exam_record``.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: No message number could be had.
        """
        return self._send_one(
            SAVE_IMAGE_INFO, self._image_info(info), msgid, image_total=info.image_total
        )

    def save_exam_records(self, payloads: Sequence[Mapping[str, object]]) -> BatchResult:
        """Send several records (2.1), in as many requests as the limits ask for (G024).

        Args:
            payloads: As for ``save_exam_record``.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: No message numbers could be had; nothing was sent.
        """
        return self._send_batches(SAVE_RECORD, [self._record(one) for one in payloads])

    def save_image_infos(self, infos: Sequence[ImageInfo]) -> BatchResult:
        """Announce the images of several examinations (2.3).

        Args:
            infos: What is announced.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: As for ``save_exam_records``.
        """
        return self._send_batches(SAVE_IMAGE_INFO, [self._image_info(one) for one in infos])

    def delete_indexes(self, index_codes: Sequence[str]) -> BatchResult:
        """Ask the platform to delete examinations (2.5): there is no way back (G052).

        Args:
            index_codes: Exactly as they were sent.

        Returns:
            An answer with ``already`` where the platform says that there is no such index.

        Raises:
            SettingsError: Institution code or key is missing.
            StorageError: As for ``save_exam_records``.
        """
        name = self._options.index_field(DELETE_INDEX)
        as_objects = self._options.delete_as_objects
        elements = [
            Element(code, input_text({name: code} if as_objects else code)) for code in index_codes
        ]
        return self._send_batches(DELETE_INDEX, elements)

    def _record(self, payload: Mapping[str, object]) -> Element:
        index_field = self._options.index_field(SAVE_RECORD)
        record = {index_field if key == INDEX_FIELD else key: payload[key] for key in payload}
        return Element(str(payload.get(INDEX_FIELD, "")), input_text(record))

    def _image_info(self, info: ImageInfo) -> Element:
        total: int | str = info.image_total
        members = {
            self._options.index_field(SAVE_IMAGE_INFO): info.index_code,
            "studyUid": info.study_uid,
            "accessionNumber": ",".join(info.accession_numbers),
            "imageTotalNum": str(total) if self._options.image_total_as_text else total,
        }
        return Element(info.index_code, input_text(members))

    def _send_one(
        self, service: str, element: Element, msgid: str | None, **facts: object
    ) -> Exchange:
        def judge(answer: Answer) -> Outcome:
            return outcome_of(
                answer, service, element.index_code, needs_flag=self._options.require_succ_flag
            )

        request = Request(service, {"service": service, **facts}, judge, msgid)
        return self._sender.send_json(request, self._input(service, [element]))

    def _send_batches(self, service: str, elements: Sequence[Element]) -> BatchResult:
        exchanges: list[Exchange] = []
        answers: list[RecordAnswer] = []
        most = {DELETE_INDEX: self._options.delete_batch}.get(service, len(elements))
        if self._is_bare(service):
            most = 1
        self._options.check()
        limit = self._options.max_input_characters
        split = list(batches(elements, max_characters=limit, max_count=max(most, 1)))
        # all numbers first: nothing may fail on our side once something was sent
        numbers = [self._sender.next_number() for _ in split]
        for batch, number in zip(split, numbers, strict=True):
            exchange, found = self._send_batch(service, batch, number)
            exchanges.append(exchange)
            answers += found
        return BatchResult(tuple(exchanges), tuple(answers))

    def _send_batch(
        self, service: str, batch: Sequence[Element], number: str
    ) -> tuple[Exchange, list[RecordAnswer]]:
        codes = [element.index_code for element in batch]
        answers: list[RecordAnswer] = []

        def judge(answer: Answer) -> Outcome:
            outcome, found = batch_outcome(
                answer, service, codes, needs_flag=self._options.require_succ_flag
            )
            answers.extend(found)
            return outcome

        summary: dict[str, object] = {"service": service, "records": len(batch)}
        exchange = self._sender.send_json(
            Request(service, summary, judge, reserved=number), self._input(service, batch)
        )
        return exchange, answers or unanswered(codes, Outcome(error=exchange.error))

    def _is_bare(self, service: str) -> bool:
        return service != DELETE_INDEX and self._options.upload_shape == "object"

    def _input(self, service: str, batch: Sequence[Element]) -> str:
        """``input``: an array, or the one object by itself where a front end wants that (G024)."""
        return batch[0].text if self._is_bare(service) else array_text(batch)
