"""One claimed deletion (2.5): asked of the platform, and what its answer is worth (G052)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import GONE
from hbgz_desktop.model.errors import StorageError

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.services.platform_adapter import ExaminationView, PlatformAdapter, Sent
    from hbgz_desktop.storage.attempts import AttemptLog
    from hbgz_desktop.storage.deliveries import DeliveryQueue


@dataclass(frozen=True, slots=True)
class DeletionAnswer:
    """What came of one request.

    Attributes:
        is_forgiven: It says that there is no such index, after a try that may have deleted it, or after
            it said so before and a person let it be asked again: then it is deleted.
    """

    sent: Sent
    is_forgiven: bool


def ask_to_delete(
    delivery: Delivery,
    adapter: PlatformAdapter,
    view: ExaminationView,
    *,
    queue: DeliveryQueue,
    attempts: AttemptLog,
) -> DeletionAnswer:
    """Ask once; blocks on the network.

    The document does not say what a repeated deletion answers (G052). Nothing else of an index that is
    to be deleted is sent meanwhile, so asking twice deletes nothing else.

    Raises:
        StorageError: ``index_code_gone``.
    """
    index_code = queue.index_to_delete(delivery.id)
    if not index_code:
        raise StorageError("index_code_gone", retryable=False)
    may_be_gone = attempts.had_silence(delivery.id) or attempts.had_cause(delivery.id, GONE)
    sent = adapter.delete_index(view, index_code)
    return DeletionAnswer(sent, sent.already and may_be_gone)
