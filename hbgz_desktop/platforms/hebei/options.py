"""Settings of the Hebei client; each carries the decision it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.gm import Sm4

if TYPE_CHECKING:
    from hbgz_desktop.model.settings import HebeiSettings

GET_TOKEN = "getToken"  # noqa: S105 - names of services
REFRESH_TOKEN = "refreshToken"  # noqa: S105
SAVE_AUTH_USER = "saveAuthUser"
HR_PAGE = "hrPage"
GET_HR_INFO = "getHrInfo"
REST_JC_JY_YY_INFO = "restJcJyYyInfo"

PATIENT_FIELDS = ("patientName", "idNo", "phoneNo", "visitNo")
"""Fields that carry 加密传输 somewhere in 2.2.3.3 to 2.2.3.6 (H037)."""

_HEADER_TEXT = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class HebeiOptions:
    """How one hospital talks to the sharing system.

    Attributes:
        base_url: Scheme, host and port.
        sm4: Cipher for the marked fields; None while no key is set (H035).
        oauth_path: Where getToken and refreshToken live.
        service_path: Where the calls of 2.2.3.3 to 2.2.3.6 live (H007).
        hr_page_name: Last segment of the page call, which V1.5 renamed (H007).
        token_prefix: Stands before the token in ``Authorization``, e.g. ``Bearer `` (H048).
        encrypted: Request fields that are encrypted (H037).
        decrypted: Answer fields that are decrypted where they look like ciphertext (H037).
        answer_deadline_s: From the end of the request to the end of the answer.
    """

    base_url: str
    sm4: Sm4 | None = field(default=None, repr=False)
    oauth_path: str = "/basic-api/oauth"
    service_path: str = "/basic-api/api/jcjyrest"
    hr_page_name: str = HR_PAGE
    token_prefix: str = ""
    encrypted: frozenset[str] = frozenset(PATIENT_FIELDS)
    decrypted: frozenset[str] = frozenset(PATIENT_FIELDS)
    answer_deadline_s: float = 60.0

    @classmethod
    def of(cls, settings: HebeiSettings, sm4_key: str) -> HebeiOptions:
        """The settings as the client takes them.

        Args:
            settings: Group ``hebei``.
            sm4_key: Unsealed ``hebei.sm4_key``, "" when none is stored.

        Raises:
            SettingsError: ``sm4_key_invalid`` or ``sm4_iv_invalid``.
        """
        sm4 = None
        if sm4_key:
            sm4 = Sm4(
                sm4_key,
                mode=settings.sm4_mode,
                iv=settings.sm4_iv,
                padding=settings.sm4_padding,
                encoding=settings.sm4_encoding,
            )
        return cls(
            base_url=settings.base_url,
            sm4=sm4,
            oauth_path=settings.oauth_path,
            service_path=settings.service_path,
            hr_page_name=settings.hr_page_name,
            token_prefix=settings.token_prefix,
            encrypted=settings.encrypted_fields(),
            decrypted=settings.decrypted_fields(),
            answer_deadline_s=settings.read_timeout_s,
        )

    def url(self, service: str) -> str:
        """Address of a service."""
        path = self.oauth_path if service in (GET_TOKEN, REFRESH_TOKEN) else self.service_path
        name = self.hr_page_name if service == HR_PAGE else service
        return f"{self.base_url.rstrip('/')}/{path.strip('/')}/{name}"

    def check(self, service: str) -> None:
        """Refuse to send with settings that cannot be right.

        Raises:
            SettingsError: ``hebei_setting_missing`` without address, or without key where fields
                are encrypted; ``hebei_setting_not_ascii`` for a prefix no header takes.
        """
        if not self.base_url:
            raise SettingsError("hebei_setting_missing", setting="hebei.base_url")
        if not _HEADER_TEXT.fullmatch(self.token_prefix):
            raise SettingsError("hebei_setting_not_ascii", setting="hebei.token_prefix")
        carries_patient = service not in (GET_TOKEN, REFRESH_TOKEN)
        if carries_patient and self.encrypted and self.sm4 is None:
            raise SettingsError("hebei_setting_missing", setting="hebei.sm4_key")
