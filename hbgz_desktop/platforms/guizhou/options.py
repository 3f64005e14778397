"""Settings of the Guizhou client; each carries the decision it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from hbgz_desktop.model.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAVE_RECORD = "saveExamRpotImgInfo"
SAVE_IMAGE = "saveImgFile"
SAVE_IMAGE_INFO = "saveImgInfo"
SAVE_REPORT = "saveRptFile"
DELETE_INDEX = "deleteExamRpotImgIndxInfo"
QUERY_INDEXES = "queryExamRpotImgIndxListFHospital"
QUERY_CACHE = "queryImgCaheFIndex"
"""Path of both 2.7 and 2.8; ``serviceName`` tells them apart (G019)."""
LIST_IMAGES = "queryImgCaheFileSn"
GET_IMAGE = "queryImgCahe"
QUERIES = frozenset({QUERY_INDEXES, LIST_IMAGES, GET_IMAGE})
"""Services that only ask: other envelope (G020, G023), ``input`` is one object (G024)."""
INDEX_FIELD = "hiImgIndx"

InputShape = Literal["array", "object"]

_CACHE_SERVICES = {LIST_IMAGES: QUERY_CACHE, GET_IMAGE: QUERY_CACHE}
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
        paths: Service → last segment of its address where it is not the service's name (G018).
        infnos: Service → its ``infno`` where it is not the service's name (G018).
        send_info: Send ``info`` beside ``infno`` with the same value (G017).
        send_fixmedins_code: Send ``fixmedinsCode`` beside ``infCode`` with the same value (G020).
        max_input_characters: Serialised ``input`` stays under it (G024).
        upload_shape: ``input`` of 2.1 and 2.3: an array, or one bare object a request (G024).
        query_shape: ``input`` of 2.6 to 2.8: one object, or an array of one (G024).
        input_as_text: ``input`` is a string that holds the JSON (G024).
        image_total_as_text: ``imageTotalNum`` of 2.3 as text instead of a number (G046).
        delete_as_objects: 2.5 sends objects instead of bare index codes (G051).
        delete_batch: Index codes in one request of 2.5 at most (G052).
        send_key_in_queries: 2.6 to 2.8 carry ``key`` too (G023).
        date_pattern: ``begntime`` and ``endtime`` of 2.6 (G058, G073).
        certno_cipher: Turns the certificate number of 2.6 into what is sent; None = plain (G055).
        allowed_hosts: Hosts beside the platform's own that 2.7 and 2.8 may be asked at (G056).
        max_image_bytes: An image of 2.8 that is larger is not taken (G061).
        query_timeout_s: Silence that ends 2.6 to 2.8 (G072).
        repeat_msgid: An attempt after one without an answer has the same number (G072).
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
    paths: Mapping[str, str] = field(default_factory=dict)
    infnos: Mapping[str, str] = field(default_factory=dict)
    upload_shape: InputShape = "array"
    query_shape: InputShape = "object"
    input_as_text: bool = False
    image_total_as_text: bool = False
    delete_as_objects: bool = False
    delete_batch: int = 1
    send_key_in_queries: bool = False
    date_pattern: str = "yyyy-MM-dd"
    certno_cipher: Callable[[str], str] | None = field(default=None, repr=False)
    allowed_hosts: tuple[str, ...] = ()
    max_image_bytes: int = 1024 * 1024 * 1024
    query_timeout_s: float = 60.0
    repeat_msgid: bool = False
    require_succ_flag: bool = True
    answer_deadline_s: float = 300.0

    def index_field(self, service: str) -> str:
        """Name of the index field in requests of a service (G016)."""
        return self.index_fields.get(service, INDEX_FIELD)

    def infno(self, service: str) -> str:
        """``infno`` of a service: the last segment of the path unless set otherwise (G018, G019)."""
        return self.infnos.get(service, _CACHE_SERVICES.get(service, service))

    def url(self, service: str) -> str:
        """Address of a service (G018; 2.7 and 2.8 share one, G019)."""
        path = self.paths.get(service, _CACHE_SERVICES.get(service, service))
        return f"{self.base_url.rstrip('/')}/{path}"

    @property
    def asking_institution(self) -> str:
        """``fixmedinsCode`` of 2.6 to 2.8 (G020, G076)."""
        return self.fixmedins_code or self.institution_code

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
