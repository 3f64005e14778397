"""Fetching all images of one examination of another hospital (2.7, 2.8): several at once, stopped and resumed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop.model.errors import HbgzError, PlatformError, PlatformRejectedError
from hbgz_desktop.platforms.guizhou.messages import ImageSerial
from hbgz_desktop.services.image_fan import send_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.other_hospitals import OutsideExamination, OutsideImage
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from hbgz_desktop.services.guizhou_clients import GuizhouClients
    from hbgz_desktop.services.outside_cache import OutsideCache
    from hbgz_desktop.storage.outside_files import OutsideFiles
    from hbgz_desktop.storage.outside_images import OutsideImageStore, Serial

PAUSES_S = (1.0, 4.0)
"""Before an image is tried again that did not come for a passing reason."""
_MEGABYTE = 1024 * 1024

Wanted = tuple["OutsideImage", "Serial"]


class FetchParts(NamedTuple):
    """What fetching needs of the program."""

    settings: Callable[[], Settings]
    clients: GuizhouClients
    images: OutsideImageStore
    files: OutsideFiles
    cache: OutsideCache
    answered: Callable[[Exchange], None]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """How it ended.

    Attributes:
        total: Images of the examination.
        fetched: Came now.
        cached: Are there now, those of earlier times included.
        refused: The platform does not give them, or what it gave was no image.
        is_stopped: Somebody stopped it.
        error: What ended it early; what came before stays.
    """

    total: int
    fetched: int
    cached: int
    refused: int
    is_stopped: bool = False
    error: HbgzError | None = None

    @property
    def is_complete(self) -> bool:
        """Every image is there."""
        return self.cached == self.total and self.error is None


class ImageFetch:
    """One examination's images on their way; a ``LongJob``: ``run`` blocks, the rest is asked meanwhile.

    What is in the cache is not fetched again: the same examination can be begun as often as wanted.
    """

    def __init__(
        self, parts: FetchParts, exam: OutsideExamination, address: str, *, list_again: bool = False
    ) -> None:
        """Prepare it.

        Args:
            parts: Of the program.
            exam: Whose images.
            address: imgDldLink where G056 allows it, "" for the platform's own address.
            list_again: Ask for the list (2.7) although one is kept.
        """
        self.exam = exam
        self._parts = parts
        self._address = address
        self._list_again = list_again
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._total = 0
        self._before = 0
        self._fetched = 0
        self._refused = 0
        self._bytes = 0

    # Asked while it runs

    @property
    def done(self) -> int:
        """Images there or refused."""
        with self._lock:
            return self._before + self._fetched + self._refused

    @property
    def total(self) -> int:
        """All images; 0 before the list is known."""
        with self._lock:
            return self._total

    @property
    def fetched(self) -> int:
        """Images that came so far."""
        with self._lock:
            return self._fetched

    @property
    def bytes_done(self) -> int:
        """Bytes that came so far, of whole images and of those on their way."""
        with self._lock:
            return self._bytes

    def stop(self) -> None:
        """End soon; what is there stays, a half image does not."""
        self._stop.set()

    # The work

    def run(self) -> FetchReport:
        """Ask for the list if need be, then fetch what is missing; never raises for what the platform does."""
        cache = self._parts.cache
        cache.hold(self.exam.id)
        try:
            error = self._fetch_missing()
        finally:
            cache.hold(self.exam.id)  # the page that shows it lets it go
        with self._lock:
            return FetchReport(
                total=self._total,
                fetched=self._fetched,
                cached=self._before + self._fetched,
                refused=self._refused,
                is_stopped=self._stop.is_set(),
                error=None if self._stop.is_set() else error,
            )

    def _fetch_missing(self) -> HbgzError | None:
        parts, exam_id = self._parts, self.exam.id
        try:
            if self._list_again or not parts.images.serials(exam_id):
                keep_list(parts, self.exam, self._address)
            images = parts.cache.images(exam_id)
            wanted = parts.images.missing(exam_id)
        except HbgzError as error:
            return error
        with self._lock:
            self._total, self._before = len(images), len(images) - len(wanted)
        threads = parts.settings().other_hospitals.parallel
        errors = send_all(wanted, self._fetch_one, self._stop, threads=threads, name="hbgz-outside")
        for bug in errors:
            if not isinstance(bug, HbgzError):
                raise bug
        return next((one for one in errors if isinstance(one, HbgzError)), None)

    def _fetch_one(self, wanted: Wanted, is_over: Callable[[], bool]) -> None:
        """Fetch one image; raises only what would meet the others alike."""
        image, serial = wanted
        for pause_s in (*PAUSES_S, None):
            if is_over():
                return
            try:
                self._try_one(image, serial)
            except PlatformError as error:
                if self._stop.is_set():
                    return
                if error.retryable and pause_s is not None:
                    self._stop.wait(pause_s)
                    continue
                if not isinstance(error, PlatformRejectedError):
                    raise
                self._refuse(image, error)
            return

    def _try_one(self, image: OutsideImage, serial: Serial) -> None:
        parts = self._parts
        counter = _Counter(self._add_bytes)
        limit = parts.settings().other_hospitals.max_image_mb * _MEGABYTE
        parts.cache.make_room(0, image.examination_id)
        try:
            with parts.files.receive(image.examination_id, image.id) as receiving:
                with parts.clients.lend() as client:
                    answer = client.fetch_image(
                        self.exam.index_code,
                        ImageSerial(*serial),
                        receiving.stream,
                        address=self._address,
                        max_bytes=limit,
                        stop=self._stop,
                        on_bytes=counter.reached,
                    )
                parts.answered(answer.exchange)
                if answer.exchange.error is not None:
                    raise answer.exchange.error
                parts.cache.make_room(answer.size_bytes, image.examination_id)
                size, sha256 = receiving.keep()
        except HbgzError:
            counter.reached(0)
            raise
        # here, for pydicom costs every start a tenth, and most never fetch
        from hbgz_desktop.dicom.header import read_header

        path = parts.files.path(image.examination_id, image.id)
        header = read_header(path, "", fallback_charset="gb18030")
        if parts.images.cached(image.id, size, sha256, header):
            with self._lock:
                self._fetched += 1

    def _add_bytes(self, more: int) -> None:
        with self._lock:
            self._bytes += more

    def _refuse(self, image: OutsideImage, error: HbgzError) -> None:
        """It does not come: noted, and the others go on."""
        self._parts.images.failed(image.id, error.code)
        with self._lock:
            self._refused += 1


class _Counter:
    """Bytes of one image so far, told on as differences; a try that failed takes its own back."""

    def __init__(self, add: Callable[[int], None]) -> None:
        self._add = add
        self._so_far = 0

    def reached(self, count: int) -> None:
        self._add(count - self._so_far)
        self._so_far = count


def keep_list(parts: FetchParts, exam: OutsideExamination, address: str) -> None:
    """Ask for an examination's list (2.7) and keep it; network.

    Raises:
        PlatformError: The platform refused or did not answer; ``outside_list_too_long``.
        SettingsError: Address, code or key is missing.
    """
    with parts.clients.lend() as client:
        answer = client.query_images(exam.index_code, address=address)
    parts.answered(answer.exchange)
    if answer.exchange.error is not None:
        raise answer.exchange.error
    most = parts.settings().other_hospitals.max_images
    if len(answer.serials) > most:
        raise PlatformRejectedError("outside_list_too_long", images=len(answer.serials), most=most)
    serials = [(one.exam_uid, one.series_uid, one.instance_uid) for one in answer.serials]
    parts.images.keep_list(exam.id, serials)
