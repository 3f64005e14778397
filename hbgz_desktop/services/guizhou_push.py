"""Guizhou's 2.3: metadata first by HTTP, then the images of the study by C-STORE (G048)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.image_sender import StudySender
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import ACCEPTED_STATUSES, echo
from hbgz_desktop.dicom.tls import TlsOptions
from hbgz_desktop.model.errors import DicomError, HbgzError, SettingsError, StorageError
from hbgz_desktop.services.platform_adapter import FileToSend, Sent
from hbgz_desktop.storage.attempts import NewAttempt

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from hbgz_desktop.dicom.image_sender import ImageSender
    from hbgz_desktop.dicom.storage_scu import EchoResult, SendResult
    from hbgz_desktop.model.settings import Settings

SERVICE = "C-STORE"
_DUPLICATE = 0x0111
_NO_ROOM = "store_no_room"
_NOT_OF_ONE_FILE = frozenset(
    {
        "ae_title_invalid",
        "association_rejected",
        "peer_tls_failed",
        "peer_unreachable",
        "rejected_busy",
        "rejected_called_ae",
        "rejected_calling_ae",
        "tls_file_unusable",
    }
)
"""No association: every study would meet the same."""
_MAY_PASS = frozenset({"rejected_busy"})
"""Of these one alone proves no outage."""


def dicom_peer(settings: Settings) -> Peer:
    """The front end's image receiver as the settings name it (G048).

    Raises:
        SettingsError: ``platform_setting_missing``: host or AE title.
    """
    own = settings.guizhou
    for key, value in (("dicom_host", own.dicom_host), ("dicom_called_ae", own.dicom_called_ae)):
        if not value:
            raise SettingsError("platform_setting_missing", setting=f"guizhou.{key}")
    tls = TlsOptions(
        own.dicom_tls_ca_file,
        own.dicom_tls_verify,
        own.dicom_tls_certificate_file,
        own.dicom_tls_key_file,
    )
    return Peer(
        own.dicom_host,
        own.dicom_port,
        own.dicom_called_ae,
        own.dicom_calling_ae or settings.dicom.ae_title,
        float(own.dicom_timeout_s),
        tls if own.dicom_tls else None,
    )


def echo_receiver(settings: Settings, limit_s: float) -> EchoResult:
    """C-ECHO to the receiver, at most ``limit_s`` a step; raises as ``dicom_peer``."""
    peer = dicom_peer(settings)
    return echo(replace(peer, timeout_s=min(limit_s, peer.timeout_s)))


@dataclass(frozen=True, slots=True)
class GuizhouPush:
    """One study's way.

    Attributes:
        announcement: Sends 2.3 saveImgInfo with the total of the examination.
        sender: Sends the images.
        mask: Takes patient data out of what the peer says.
    """

    announcement: Callable[[], Sent]
    sender: ImageSender
    mask: Callable[[str], str]

    @classmethod
    def to_receiver(
        cls, settings: Settings, announcement: Callable[[], Sent], mask: Callable[[str], str]
    ) -> GuizhouPush:
        """A push to the receiver of the settings; raises as ``dicom_peer``."""
        return cls(announcement, StudySender(dicom_peer(settings)), mask)

    def announce(self) -> Sent:
        """2.3 saveImgInfo."""
        return self.announcement()

    def send(
        self,
        files: Sequence[FileToSend],
        on_result: Callable[[FileToSend, Sent], None],
        stop: threading.Event,
    ) -> Sent | None:
        """Send by C-STORE; what is left when the peer cannot be reached is said once."""
        by_path = {file.path: file for file in files}
        left: list[SendResult] = []

        def note(result: SendResult) -> None:
            if result.is_left:
                left.append(result)
            else:
                file = by_path[result.path]
                on_result(file, self._sent(result, file.size_bytes))

        try:
            self.sender.send([file.path for file in files], on_result=note, stop=stop)
        except DicomError as error:
            return self._not_sent(error)
        reasons = (one.error for one in left if one.error is not None)
        reason = next((one for one in reasons if one.code != "send_stopped"), None)
        return None if reason is None else self._not_sent(reason)

    def _sent(self, result: SendResult, size_bytes: int) -> Sent:
        error = _error_of(result)
        attempt = _attempt(
            result.seconds,
            error,
            answer_code="" if result.status is None else f"{result.status:04X}",
            message=self.mask(result.comment),
            size_bytes=size_bytes,
        )
        return Sent(
            attempt,
            error,
            already=False,
            is_platform_wide=False,
            retry_after_s=None,
            elapsed_ms=result.seconds * 1000,
            dimse_status=result.status,
        )

    @staticmethod
    def _not_sent(error: DicomError) -> Sent:
        is_wide = error.code in _NOT_OF_ONE_FILE
        return Sent(
            _attempt(0.0, error),
            error,
            already=False,
            is_platform_wide=is_wide,
            retry_after_s=None,
            elapsed_ms=0.0,
            is_outage=is_wide and error.code not in _MAY_PASS,
        )


def _error_of(result: SendResult) -> HbgzError | None:
    """What a final status means (PS3.4 table B.2-1, PS3.7 annex C); None when the image is stored."""
    if result.error is not None:
        if result.error.code == "file_unreadable":
            return StorageError("upload_file_unreadable", errno=result.error.facts.get("errno"))
        return result.error
    if result.status is None:  # no answer and no reason: nothing is proved
        return DicomError("peer_lost", retryable=True)
    if result.status in ACCEPTED_STATUSES:
        return None
    code = _refusal(result.status)
    return DicomError(code, retryable=code == _NO_ROOM, status=f"{result.status:04X}")


def _refusal(status: int) -> str:
    if status == _DUPLICATE:  # it has one of this UID; whether it has these bytes it does not say
        return "store_duplicate"
    if status >> 8 == 0xA7:
        return _NO_ROOM
    if status >> 8 == 0xA9:
        return "store_not_as_class"
    return "store_not_understood" if status >> 12 == 0xC else "store_failed"


def _attempt(
    seconds: float,
    error: HbgzError | None,
    *,
    answer_code: str = "",
    message: str = "",
    size_bytes: int = 0,
) -> NewAttempt:
    now = datetime.now(UTC)
    outcome = "accepted" if error is None else "transient" if error.retryable else "refused"
    return NewAttempt(
        delivery_id=0,
        instance_id=None,
        token=0,
        started_at=now - timedelta(seconds=seconds),
        finished_at=now,
        service=SERVICE,
        msgid="",
        http_status=None,
        answer_code=answer_code,
        message=message,
        outcome=outcome,
        cause=error.code if error else "",
        answer="",
        size_bytes=size_bytes,
    )
