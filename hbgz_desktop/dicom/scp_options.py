"""How the DICOM listener listens, and what it lists of its open associations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hbgz_desktop.model.instance import PeerAssociation


@dataclass(frozen=True, slots=True)
class ScpOptions:
    """How the listener listens.

    Attributes:
        ae_title: Our AE title.
        port: TCP port; 0 takes a free one.
        bind_address: Local address; empty for all.
        max_associations: At once; the last one is kept for associations that want C-ECHO only.
        check_called_ae: Refuse a request for another AE title than ours.
        acse_timeout_s: Seconds a connection may take to ask for an association.
        network_timeout_s: Seconds a transfer may stand still inside a PDU.
        idle_timeout_s: Seconds an open association may be silent.
        dimse_timeout_s: Seconds a peer may take to answer what we ask.
        max_pdu: PDU length we advertise, in bytes; dcmtk sends no more than 128 KiB.
        max_instance_bytes: A longer dataset aborts its association.
        commitment_peers: Calling AE title → (host, port) for commitment reports on a new
            association.
    """

    ae_title: str
    port: int
    bind_address: str = ""
    max_associations: int = 60
    check_called_ae: bool = True
    acse_timeout_s: float = 30.0
    network_timeout_s: float = 60.0
    idle_timeout_s: float = 600.0
    dimse_timeout_s: float = 30.0
    max_pdu: int = 131072
    max_instance_bytes: int = 2 * 1024**3
    commitment_peers: Mapping[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveAssociation:
    """One open association as the screens list it; times are aware UTC."""

    peer: PeerAssociation
    opened_at: datetime
    last_activity_at: datetime
    instances: int
    bytes: int
