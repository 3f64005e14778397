"""Settings of the Guizhou client; each carries the decision it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

SAVE_RECORD = "saveExamRpotImgInfo"
SAVE_IMAGE = "saveImgFile"
SAVE_REPORT = "saveRptFile"
INDEX_FIELD = "hiImgIndx"

_HEADER_TEXT = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")


@dataclass(frozen=True, slots=True)
class GuizhouOptions:
    """How one institution talks to its front end.

    Attributes:
        base_url: Up to and including ``/mie/api/mie`` (G050).
        institution_code: ``infCode``, the sending institution (G020, G076).
        key: ``key``; a secret, kept out of every repr and log (G023).
        fixmedins_code: Examining institution of 2.6 to 2.8; "" means ``institution_code`` (G076).
        msgid_prefix: 12 characters when the institution's code has another length (G021).
        index_fields: Service → name of its index field where it is not ``hiImgIndx`` (G016).
        send_info: Send ``info`` beside ``infno`` with the same value (G017).
        send_fixmedins_code: Send ``fixmedinsCode`` beside ``infCode`` with the same value (G020).
        max_input_characters: Serialised ``input`` stays under it (G024).
        require_succ_flag: A record without ``succFlag`` in its answer is not accepted (G026).
        answer_deadline_s: From the end of the request to the end of the answer.
    """

    base_url: str
    institution_code: str
    key: str = field(repr=False)
    fixmedins_code: str = ""
    msgid_prefix: str = ""
    index_fields: Mapping[str, str] = field(default_factory=dict)
    send_info: bool = False
    send_fixmedins_code: bool = False
    max_input_characters: int = 40_000
    require_succ_flag: bool = True
    answer_deadline_s: float = 300.0

    def index_field(self, service: str) -> str:
        """Name of the index field in requests of a service (G016)."""
        return self.index_fields.get(service, INDEX_FIELD)

    def url(self, service: str) -> str:
        """Address of a service."""
        return f"{self.base_url.rstrip('/')}/{service}"

    @property
    def number_prefix(self) -> str:
        """What message numbers begin with; ``MsgidFactory`` checks its length (G021)."""
        return self.msgid_prefix or self.institution_code

    def check(self) -> None:
        """Refuse to send with settings that cannot be right.

        Raises:
            SettingsError: Code or key is empty (G020, G023), or cannot stand in an HTTP header.
        """
        for name, value in (("institution_code", self.institution_code), ("key", self.key)):
            if not value:
                raise SettingsError("platform_setting_missing", setting=name)
            if not _HEADER_TEXT.fullmatch(value):
                raise SettingsError("platform_setting_not_ascii", setting=name)
