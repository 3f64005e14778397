"""The images of one study on their way: one request each, or pushed as a whole (DESIGN 5.5; G048, G075)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hbgz_desktop.services.delivery_ends import (
    ImagesRefusedError,
    OutdatedError,
    SendFailedError,
    StoppedError,
)
from hbgz_desktop.services.image_fan import send_all
from hbgz_desktop.services.platform_adapter import FileToSend
from hbgz_desktop.services.result_recorder import ResultRecorder

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from hbgz_desktop.model.delivery import Delivery, DeliveryItem
    from hbgz_desktop.model.examination import StudyFacts
    from hbgz_desktop.services.delivery_ends import ExchangeKeeper
    from hbgz_desktop.services.platform_adapter import (
        ExaminationView,
        ImagePush,
        PlatformAdapter,
        Sent,
    )
    from hbgz_desktop.services.upload_parts import UploadParts


class ImageDelivery:
    """Sends what a claimed image delivery still owes. Called on uploader threads, concurrently."""

    def __init__(
        self,
        parts: UploadParts,
        keeper: ExchangeKeeper,
        requests: threading.Semaphore,
        parallel: int,
    ) -> None:
        """Send with at most ``parallel`` requests or associations, counted by ``requests``."""
        self._images = parts.images
        self._reception = parts.reception
        self._queue = parts.queue
        self._examinations = parts.examinations
        self._attempts = parts.attempts
        self._states = parts.states
        self._keeper = keeper
        self._requests = requests
        self._parallel = parallel

    def send(
        self,
        delivery: Delivery,
        adapter: PlatformAdapter,
        view: ExaminationView,
        stop: threading.Event,
    ) -> None:
        """Send the images of one study, in the way the adapter says.

        Raises:
            StoppedError: Stopped between two images.
            OutdatedError: Another study or other images would be sent now.
            SendFailedError: A request did not succeed.
            ImagesRefusedError: Only images that were refused for good are left.
            UnrecordedError: An answer could not be written down.
        """
        study = self._study(delivery, adapter, view)
        push = adapter.image_push(view, study)
        if push is None:
            self._send_each(delivery, adapter, view, study, stop)
        else:
            self._push(delivery, push, stop)
        if stop.is_set() and self._queue.open_items(delivery.id):
            raise StoppedError
        self._check_all(delivery, study)

    def _study(
        self, delivery: Delivery, adapter: PlatformAdapter, view: ExaminationView
    ) -> StudyFacts:
        study = next((one for one in view.studies if one.id == delivery.part), None)
        if study is None or study.is_undecided:
            raise OutdatedError
        if view.images_digest(adapter.index_code(view), study) != delivery.content_digest:
            raise OutdatedError
        result = adapter.check(view)
        if result.has_errors:  # a setting has changed since it was planned
            raise OutdatedError
        # images may go before their record (G071): the index is in force from the first of both
        if not self._examinations.freeze_index(view.id, delivery.platform, result.index_code):
            raise OutdatedError
        # from now on the study stays where it is: it may have been given away until now
        now = self._examinations.study(study.id)
        if now is None or now.examination_id != view.id:
            raise OutdatedError
        return study

    def _file(self, item: DeliveryItem) -> FileToSend:
        file = FileToSend(self._images.absolute(item.path), item.size_bytes, item.md5)
        if not file.path.is_file():
            self._reception.mark_lost([item.path])
            raise OutdatedError
        return file

    # -- one request each

    def _send_each(
        self,
        delivery: Delivery,
        adapter: PlatformAdapter,
        view: ExaminationView,
        study: StudyFacts,
        stop: threading.Event,
    ) -> None:
        def send(item: DeliveryItem, is_over: Callable[[], bool]) -> None:
            file = self._file(item)
            with self._requests:
                if is_over():
                    raise StoppedError
                sent = adapter.send_image(view, study, file)
            self._keeper.keep(delivery, sent, item.instance_id, item.md5, forgiven=sent.already)

        errors = send_all(
            self._queue.open_items(delivery.id),
            send,
            stop,
            threads=self._parallel,
            name=f"hbgz-images-{delivery.id}",
        )
        if errors:
            raise next((one for one in errors if not isinstance(one, StoppedError)), errors[0])

    # -- pushed as a whole

    def _push(self, delivery: Delivery, push: ImagePush, stop: threading.Event) -> None:
        """Announce, then send; what was refused for good is tried again only by a person's retry."""
        items = self._queue.open_items(delivery.id, without_refused=delivery.attempts > 0)
        by_path = {(file := self._file(item)).path: (item, file) for item in items}
        if not items:
            return
        with self._requests:
            if stop.is_set():
                raise StoppedError
            announced = push.announce()
            is_there = announced.already and self._is_of_this(delivery, announced)
            self._keeper.keep(delivery, announced, None, "", forgiven=is_there, proves_all=False)
            troubled: list[Sent] = []
            recorder = ResultRecorder(delivery, self._queue, stop)

            def note(file: FileToSend, sent: Sent) -> None:
                recorder.put(by_path[file.path][0], sent)
                if sent.error is None or sent.already:
                    self._states.note_answer(delivery.platform, sent.elapsed_ms)
                elif sent.error.retryable:
                    troubled.append(sent)

            try:
                left = push.send([file for _, file in by_path.values()], note, stop)
            finally:
                recorder.close()
        if left is not None:
            self._keeper.keep(delivery, left, None, "", forgiven=False)
        if troubled and not stop.is_set():
            raise SendFailedError(troubled[0])

    def _is_of_this(self, delivery: Delivery, announced: Sent) -> bool:
        """What it says it has already is this announcement, not an older one with another total (G046)."""
        told = announced.attempt
        return not self._attempts.was_told_otherwise(delivery.id, told.service, told.content)

    def _check_all(self, delivery: Delivery, study: StudyFacts) -> None:
        """As many were taken as the study has and were announced (imageTotalNum, G048)."""
        refusals = Counter(self._queue.refusals(delivery.id))
        if refusals:
            (cause, status), _ = refusals.most_common(1)[0]
            raise ImagesRefusedError(cause, "" if status is None else f"{status:04X}")
        if self._queue.confirmed_items(delivery.id) != len(study.items):
            raise OutdatedError
