"""What arrives by DICOM: one instance, its header, and the answer its sender gets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PeerAssociation:
    """Who is connected.

    Attributes:
        association_id: Unique within the life of this engine process.
        calling_ae: AE title the peer gave for itself, stripped.
        called_ae: AE title the peer asked for, stripped.
        address: Peer's IP address.
        port: Peer's TCP port.
    """

    association_id: int
    calling_ae: str
    called_ae: str
    address: str
    port: int


class Admission(Enum):
    """What to do with an association request."""

    ACCEPT = "accept"
    REJECT_CALLING_AE = "reject_calling_ae"
    REJECT_CALLED_AE = "reject_called_ae"
    REJECT_BUSY = "reject_busy"


@dataclass(frozen=True, slots=True)
class IncomingInstance:
    """One C-STORE request as it came off the wire.

    Attributes:
        peer: The association it came on.
        sop_class_uid: Affected SOP Class UID of the command set, possibly malformed.
        sop_instance_uid: Affected SOP Instance UID of the command set, possibly malformed.
        transfer_syntax_uid: Of the accepted presentation context.
        dataset: The encoded dataset exactly as received, without file meta.
    """

    peer: PeerAssociation
    sop_class_uid: str
    sop_instance_uid: str
    transfer_syntax_uid: str
    dataset: bytes | memoryview


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """DIMSE status of a C-STORE and the comment sent with it (PS3.7 C.4.2, PS3.4 B.2.3)."""

    status: int
    comment: str = ""


SUCCESS = StoreAnswer(0x0000)


@dataclass(frozen=True, slots=True)
class InstanceHeader:
    """The header facts the program works with; every text may be empty.

    ``patient_name`` and the descriptions are decoded by ``charset``, which may have been detected or
    be the calling AE's fallback rather than the dataset's own (0008,0005); see ``charset_origin``.

    Attributes:
        charset: Python codec name the texts were decoded with.
        charset_origin: ``dataset`` (as declared), ``fallback`` (of the calling AE) or ``detected``.
        is_readable: False when pydicom could not read the header (lane *unreadable*).
        number_of_frames: 0 when the object has no pixel data.
    """

    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    patient_name: str = ""
    patient_id: str = ""
    patient_birth_date: str = ""
    patient_sex: str = ""
    patient_age: str = ""
    accession_number: str = ""
    study_id: str = ""
    study_date: str = ""
    study_time: str = ""
    modality: str = ""
    study_description: str = ""
    series_description: str = ""
    body_part_examined: str = ""
    station_name: str = ""
    institution_name: str = ""
    series_number: int | None = None
    instance_number: int | None = None
    number_of_frames: int = 0
    charset: str = "ascii"
    charset_origin: str = "dataset"
    is_readable: bool = True


class InstanceReceiver(Protocol):
    """What the DICOM listener needs from the program. Called on association threads, concurrently."""

    def admit(self, peer: PeerAssociation) -> Admission:
        """Decide whether the association may be opened."""

    def opened(self, peer: PeerAssociation) -> None:
        """An association was accepted."""

    def closed(self, peer: PeerAssociation, reason: str) -> None:
        """It ended: ``released``, ``aborted`` or ``lost``."""

    def rejected(self, peer: PeerAssociation, reason: Admission) -> None:
        """An association request was turned away."""

    def context_refused(
        self, peer: PeerAssociation, abstract_syntax: str, syntaxes: tuple[str, ...]
    ) -> None:
        """A proposed presentation context was not accepted."""

    def store(self, incoming: IncomingInstance) -> StoreAnswer:
        """Store durably, then answer; never 0x0000 before file and row are safe (DESIGN 5.1)."""

    def committed(
        self, references: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, int], ...]]:
        """Storage commitment (PS3.4 J): what is durably stored, and what is not.

        Splits (SOP class, SOP instance) pairs into stored ones and failures with their failure reason
        (0x0112 no such object, 0x0119 class/instance conflict).
        """


class FileState(StrEnum):
    """Where the file of an instance is."""

    STORED = ""
    LOST = "lost"
    """It should be there and is not."""
    CLEARING = "clearing"
    """It may be removed at any moment, and will be (DESIGN 5.7)."""
    CLEARED = "cleared"
    """It was removed on purpose."""


GONE_ON_PURPOSE = (FileState.CLEARING.value, FileState.CLEARED.value)


@dataclass(frozen=True, slots=True)
class StoredInstance:
    """One durable file on its way into the database.

    Attributes:
        header: What was read from it.
        path: Relative to the spool.
        size_bytes: Of the file with our file meta header.
        lane: "" or ``unreadable``.
        is_sendable: Its SOP class is one of ``upload.sop_classes``.
        version: 1, or the number of a changed version.
        takes_over: True when a changed version replaces the older one in what is sent.
    """

    header: InstanceHeader
    path: str
    size_bytes: int
    calling_ae: str
    received_at: datetime
    lane: str = ""
    is_sendable: bool = True
    version: int = 1
    takes_over: bool = True


@dataclass(frozen=True, slots=True)
class KnownInstance:
    """What is already stored under the same study, series and SOP instance UID.

    Attributes:
        sha256: Of the stored file, None while it has not been computed.
        is_confirmed: A platform has confirmed this version.
        current_path: Of the version that is sent, where that is not the newest: a person has not decided
            yet, or has decided against the newest.
        has_cleared: The file of one of the two was cleared: its bytes can only be compared by digest.
    """

    instance_id: int
    study_id: int
    version: int
    path: str
    sha256: str | None
    is_confirmed: bool
    current_path: str = ""
    has_cleared: bool = False


@dataclass(frozen=True, slots=True)
class ClearedFile:
    """What is still known of a file that was cleared.

    Attributes:
        sha256: Of the whole file.
        file_meta: Implementation version name in its file meta header, which goes into ``sha256``.
    """

    instance_id: int
    sha256: str
    file_meta: str


@dataclass(frozen=True, slots=True)
class Committed:
    """Answer of the database: stored as new, or already known.

    Attributes:
        instance_id: Row of the instance, 0 when ``known`` is given.
        known: The newest version already there; nothing was written.
    """

    instance_id: int
    study_id: int
    known: KnownInstance | None = None
