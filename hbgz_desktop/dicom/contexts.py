"""Which presentation contexts we accept and propose; the one place that sets library switches.

Every storage SOP class is accepted, private and unknown ones too, with the *first* transfer syntax
its sender proposes (PS3.8 9.3.2.2 lets the acceptor choose): files are kept byte for byte, so
nothing needs to be understood in order to be stored.
"""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

from pydicom import config as pydicom_config
from pydicom.uid import UID
from pynetdicom import _config as pynetdicom_config
from pynetdicom.presentation import PresentationContext, build_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STORAGE_COMMITMENT = "1.2.840.10008.1.20."
VERIFICATION = "1.2.840.10008.1.1"
STORAGE_COMMITMENT_PUSH = "1.2.840.10008.1.20.1"
STORAGE_COMMITMENT_PUSH_INSTANCE = "1.2.840.10008.1.20.1.1"

IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2"
EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1"
DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1.99"
EXPLICIT_VR_BIG_ENDIAN = "1.2.840.10008.1.2.2"

SERVICE_SYNTAXES = (
    IMPLICIT_VR_LITTLE_ENDIAN,
    EXPLICIT_VR_LITTLE_ENDIAN,
    EXPLICIT_VR_BIG_ENDIAN,
)
"""Accepted for verification and storage commitment, whose datasets we encode and decode."""

MAX_CONTEXTS = 128
"""An association carries at most this many contexts: odd ids 1 to 255 (PS3.8 9.3.2.2)."""


def _accept_any_uid(value: object) -> tuple[bool, str]:
    """Let malformed UIDs through to our own check, which can answer 0xC000 with a comment."""
    return isinstance(value, str), "must be a text"


def configure() -> None:
    """Set pynetdicom's and pydicom's process-wide switches; calling it again changes nothing."""
    pynetdicom_config.LOG_HANDLER_LEVEL = "none"
    pynetdicom_config.WINDOWS_TIMER_RESOLUTION = None  # see system.timer_resolution
    pynetdicom_config.LOG_REQUEST_IDENTIFIERS = False
    pynetdicom_config.LOG_RESPONSE_IDENTIFIERS = False
    pynetdicom_config.VALIDATORS["UI"] = _accept_any_uid
    pydicom_config.settings.reading_validation_mode = pydicom_config.IGNORE
    logging.getLogger("pynetdicom").setLevel(logging.WARNING)
    # pydicom's warnings name values, which may be a patient's
    logging.getLogger("pydicom").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"pydicom")


def is_storage(abstract_syntax: str) -> bool:
    """Tell whether an abstract syntax can be stored: any storage class, private or unknown.

    A UID the standard's dictionary does not know is taken for a storage class: it is a private
    one, or newer than this program. pynetdicom's own unrestricted mode takes worklists for storage
    too, because it looks for a name that it spells differently.
    """
    uid = UID(abstract_syntax)
    if uid.name == uid:
        return True
    return "Storage" in uid.name and not uid.startswith(_STORAGE_COMMITMENT)


def acceptable_contexts(proposed: Iterable[PresentationContext]) -> list[PresentationContext]:
    """Return what our acceptor supports for one association request.

    Every proposed storage class with every syntax proposed for it, in the requestor's order, so
    that its first choice is taken; verification and storage commitment with the usual syntaxes.
    """
    syntaxes: dict[str, list[UID]] = {}
    for context in proposed:
        abstract = context.abstract_syntax
        if abstract is not None and is_storage(abstract):
            syntaxes.setdefault(abstract, []).extend(context.transfer_syntax)
    storage = [_context(uid, dict.fromkeys(wanted)) for uid, wanted in syntaxes.items()]
    return [*supported_contexts(), *storage]


def supported_contexts() -> list[PresentationContext]:
    """Return what our acceptor supports besides storage."""
    commitment = _context(STORAGE_COMMITMENT_PUSH, SERVICE_SYNTAXES)
    return [_context(VERIFICATION, SERVICE_SYNTAXES), commitment]


def _context(abstract_syntax: str, syntaxes: Iterable[str]) -> PresentationContext:
    """Return a context that lets either side be SCU or SCP where the peer asks for roles."""
    context = build_context(abstract_syntax, list(syntaxes))
    context.scu_role = True
    context.scp_role = True
    return context


def is_only_verification(contexts: Iterable[PresentationContext]) -> bool:
    """Tell whether an association asks for C-ECHO and nothing else."""
    return all(cx.abstract_syntax == VERIFICATION for cx in contexts)


def storage_contexts(pairs: Sequence[tuple[str, str]]) -> list[PresentationContext]:
    """Return one context for each (SOP class, transfer syntax) pair.

    One syntax a context: the peer then cannot choose another one than the file's.

    Args:
        pairs: At most ``MAX_CONTEXTS`` distinct pairs.
    """
    contexts = []
    for sop_class, syntax in pairs:
        context = PresentationContext()
        context.abstract_syntax = UID(sop_class)
        context.transfer_syntax = [UID(syntax)]
        contexts.append(context)
    return contexts
