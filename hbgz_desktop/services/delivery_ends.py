"""How carrying out a delivery can end early, and the keeping of each exchange (DESIGN 5.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.failpoints import passing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.services.platform_adapter import Sent
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.platform_state import PlatformStates


class StoppedError(Exception):
    """The delivery has to end after the current file."""


class OutdatedError(StoppedError):
    """What was planned is not what would be sent now: it has to be planned again."""


class UnrecordedError(Exception):
    """The platform has answered, and the answer could not be written down."""


class SendFailedError(Exception):
    """A request did not succeed; ``sent`` says how."""

    def __init__(self, sent: Sent) -> None:
        """Keep what came of the request."""
        super().__init__(sent.attempt.cause)
        self.sent = sent


class ImagesRefusedError(Exception):
    """Everything else is there, but some images were refused for good."""

    def __init__(self, cause: str, answer_code: str) -> None:
        """Keep the commonest reason and the status the peer gave for it."""
        super().__init__(cause)
        self.cause = cause
        self.answer_code = answer_code


class ExchangeKeeper:
    """Writes exchanges down under the claim's token. Safe from any thread."""

    def __init__(self, queue: DeliveryQueue, states: PlatformStates) -> None:
        """Write to ``queue``; answers tell ``states`` that the platform is there."""
        self._queue = queue
        self._states = states

    def keep(
        self,
        delivery: Delivery,
        sent: Sent,
        instance_id: int | None,
        md5: str,
        *,
        forgiven: bool,
        proves_all: bool = True,
        record: Mapping[str, object] | None = None,
    ) -> None:
        """Record one exchange; raise unless the platform has it.

        Args:
            delivery: As claimed.
            sent: The exchange.
            instance_id: Image it was about, None for anything else.
            md5: Of the image's bytes, "" for anything else.
            forgiven: It says it had it before, and that is success here (G046; after a silence also 2.1).
            proves_all: False when another receiver than the one that answered may still be down.
            record: What 2.1 sent: a later correction is held against it (G071).

        Raises:
            UnrecordedError: It could not be written down.
            StoppedError: The claim is lost; the row is kept as ``dropped``.
            SendFailedError: The platform does not have it.
        """
        passing("upload.after_answer")
        is_there = sent.error is None or forgiven
        attempt = replace(
            sent.attempt,
            delivery_id=delivery.id,
            token=delivery.token,
            instance_id=instance_id,
            outcome="accepted" if is_there else sent.attempt.outcome,
        )
        try:
            ours = self._queue.record_exchange(
                delivery,
                attempt,
                confirmed_md5=md5 if is_there else "",
                accepted=record if is_there else None,
            )
        except HbgzError as error:
            raise UnrecordedError from error
        passing("upload.after_row")
        if not ours:
            raise StoppedError
        if not is_there:
            raise SendFailedError(sent)
        if proves_all:
            self._states.note_answer(delivery.platform, sent.elapsed_ms)
