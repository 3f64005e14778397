"""The services that ask: index list (2.6), image list (2.7), one image (2.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import PlatformError, PlatformRejectedError
from hbgz_desktop.platforms.guizhou.answers import parse_json
from hbgz_desktop.platforms.guizhou.cache_address import cache_address
from hbgz_desktop.platforms.guizhou.envelope import input_text
from hbgz_desktop.platforms.guizhou.found_rows import (
    image_serials,
    is_other_index,
    shared_examinations,
)
from hbgz_desktop.platforms.guizhou.image_content import ImageContent, read_image
from hbgz_desktop.platforms.guizhou.messages import FetchedImage, ImageList, IndexList
from hbgz_desktop.platforms.guizhou.options import GET_IMAGE, LIST_IMAGES, QUERY_INDEXES
from hbgz_desktop.platforms.guizhou.outcome import Outcome, outcome_of
from hbgz_desktop.platforms.guizhou.sender import Request
from hbgz_desktop.platforms.local_time import SHANGHAI, format_local_time

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import BinaryIO

    import httpx

    from hbgz_desktop.platforms.guizhou.answers import Json
    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.platforms.guizhou.messages import ImageSerial, IndexQuery
    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
    from hbgz_desktop.platforms.guizhou.sender import Sender
    from hbgz_desktop.platforms.http_answer import Answer


class QueryServices:
    """2.6 to 2.8. Blocks: not for the GUI thread."""

    _options: GuizhouOptions
    _sender: Sender

    def query_indexes(self, query: IndexQuery) -> IndexList:
        """Ask for a person's examinations in other hospitals (2.6).

        Args:
            query: Whose, and of when.

        Returns:
            With error ``query_dates_reversed`` (G058) or ``query_without_certificate`` when nothing
            was sent.

        Raises:
            SettingsError: Institution code, or the key of the cipher, is missing.
            StorageError: No message number could be had.
        """
        summary: dict[str, object] = {"service": QUERY_INDEXES}
        refused = _query_refusal(query)
        if refused is not None:
            return IndexList(self._sender.not_sent(QUERY_INDEXES, summary, refused), ())
        cipher = self._options.certno_cipher
        members = {
            "psnName": query.name,
            "psnCertType": query.cert_type,
            "certno": cipher(query.cert_no) if cipher else query.cert_no,
            "begntime": self._day(query.begin),
            "endtime": self._day(query.end),
        }
        given = {name: text for name, text in members.items() if text}
        exchange, document = self._ask(QUERY_INDEXES, given, summary)
        return IndexList(exchange, shared_examinations(document) if exchange.accepted else ())

    def query_images(self, index_code: str, *, address: str = "") -> ImageList:
        """Ask which images of an examination the platform has (2.7).

        Args:
            index_code: Exactly as 2.6 gave it.
            address: ``imgDldLink`` of 2.6 where ``cache_address`` allows it; "" asks the platform's
                own address (G056).

        Returns:
            With error ``image_address_refused`` when the address is not allowed: nothing was sent.

        Raises:
            SettingsError: Institution code is missing.
            StorageError: No message number could be had.
        """
        summary: dict[str, object] = {"service": LIST_IMAGES}
        if address and not self.cache_address(address):
            return ImageList(self._sender.not_sent(LIST_IMAGES, summary, _address_refused()), ())
        members = {
            self._options.index_field(LIST_IMAGES): index_code,
            "serviceName": LIST_IMAGES,
        }
        exchange, document = self._ask(LIST_IMAGES, members, summary, index_code, address)
        return ImageList(exchange, image_serials(document) if exchange.accepted else ())

    def fetch_image(
        self,
        index_code: str,
        serial: ImageSerial,
        out: BinaryIO,
        *,
        address: str = "",
        max_bytes: int,
        stop: threading.Event | None = None,
        on_bytes: Callable[[int], None] | None = None,
    ) -> FetchedImage:
        """Fetch one image (2.8), decoded on the way: never whole in memory (G061).

        Args:
            index_code: Exactly as 2.6 gave it.
            serial: Exactly as 2.7 gave it (G059).
            out: Gets the image's bytes, nothing before the DICM marker was seen.
            address: As for ``query_images``.
            max_bytes: Ends a larger image; the settings' own limit holds besides.
            stop: Checked at every piece that arrives.
            on_bytes: Called with the count of image bytes written so far.

        Returns:
            Where its exchange has an error, what ``out`` holds is to be thrown away: among them
            ``image_address_refused``, ``image_absent``, ``image_not_dicom``, ``image_damaged``,
            ``image_too_large``, ``image_stopped``, ``platform_other_index``.

        Raises:
            SettingsError: Institution code is missing.
            StorageError: No message number could be had.
            OSError: ``out`` cannot be written.
        """
        summary: dict[str, object] = {"service": GET_IMAGE}
        if address and not self.cache_address(address):
            exchange = self._sender.not_sent(GET_IMAGE, summary, _address_refused())
            return FetchedImage(exchange, 0, "")
        limit = min(max_bytes, self._options.max_image_bytes)
        content = ImageContent(out, max_bytes=limit, on_bytes=on_bytes)
        members = {
            self._options.index_field(GET_IMAGE): index_code,
            "serviceName": GET_IMAGE,
            "imgFileSn": {
                "examUuid": serial.exam_uid,
                "snUuid": serial.series_uid,
                "instUuid": serial.instance_uid,
            },
        }

        def read(response: httpx.Response) -> Answer:
            return read_image(response, content, stop)

        def judge(answer: Answer) -> Outcome:
            return _judged(answer, GET_IMAGE, index_code, content)

        request = Request(GET_IMAGE, summary, judge, url=address, read=read)
        exchange = self._sender.send_json(request, self._query_text(members))
        if exchange.error is not None:
            return FetchedImage(exchange, 0, "")
        return FetchedImage(exchange, content.size_bytes, content.md5)

    def cache_address(self, link: str) -> str:
        """``imgDldLink`` where 2.7 and 2.8 may be asked at it, else "" (G056)."""
        return cache_address(link, self._options.base_url, self._options.allowed_hosts)

    def _ask(
        self,
        service: str,
        members: Mapping[str, object],
        summary: dict[str, object],
        index_code: str = "",
        address: str = "",
    ) -> tuple[Exchange, Json]:
        document: Json = {}

        def judge(answer: Answer) -> Outcome:
            document.update(parse_json(answer.text) or {})
            return _judged(answer, service, index_code)

        request = Request(service, summary, judge, url=address)
        return self._sender.send_json(request, self._query_text(members)), document

    def _query_text(self, members: Mapping[str, object]) -> str:
        """``input``: the object of the examples, or an array of it (G024)."""
        return input_text([members] if self._options.query_shape == "array" else members)

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        midnight = datetime.combine(day, time(), SHANGHAI)
        return format_local_time(midnight, self._options.date_pattern)


def _judged(
    answer: Answer, service: str, index_code: str, content: ImageContent | None = None
) -> Outcome:
    """What an answer to a question means: code 0, of the examination that was asked for."""
    outcome = outcome_of(answer, service, index_code, needs_flag=False)
    if not index_code:
        outcome = replace(outcome, index_matched=None)
    if outcome.error is not None:
        return outcome
    error: PlatformError | None = None
    if index_code and is_other_index(parse_json(answer.text) or {}, index_code):
        error = PlatformRejectedError("platform_other_index", service=service)
    elif content is not None:
        error = content.close()
    return outcome if error is None else replace(outcome, accepted=False, error=error)


def _query_refusal(query: IndexQuery) -> PlatformRejectedError | None:
    if not query.cert_type.strip() or not query.cert_no.strip():
        return PlatformRejectedError("query_without_certificate")
    if query.begin is not None and query.end is not None and query.begin > query.end:
        return PlatformRejectedError("query_dates_reversed")
    return None


def _address_refused() -> PlatformRejectedError:
    return PlatformRejectedError("image_address_refused")
