"""Builds Hebei clients on a scripted platform, with the standard's own key and an invented patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hbgz_desktop.model.access_token import AccessToken
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.hebei.client import HebeiClient
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.http import HttpTimeouts, make_client

if TYPE_CHECKING:
    from contextlib import ExitStack

    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

KEY = "0123456789abcdeffedcba9876543210"
NOW = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)
USER = HospitalUser("13010001", "", "D01", "U007")
VISIT = Visit(
    "P-1", "王小丽", "01", "11010519491231002X", "13812342071", "MZ0001", "2024-02-04 08:00:00"
)
TOKEN = AccessToken(USER, "5884d1cf", "eyJhbGciOiJ", 14400.0, NOW)
# by "openssl enc -sm4-ecb -K <KEY>" of openssl 3.0 over the UTF-8 text: ECB, PKCS#7
CIPHERS = {
    "patientName": "3195f88e1ee669910b2ac9bb8fecde36",
    "idNo": "40d08dbabbd4f91655d9498b7568bc52610e26ec556a0f14ce64db0654911a63",
    "phoneNo": "4bf732d720d08f3c197564087e27b4a0",
    "visitNo": "034535d7d8dd911add9ab863afbc3f59",
}


class SharingBench:
    """Builds clients on one platform and closes them before it."""

    def __init__(self, platform: ScriptedFrontEnd, stack: ExitStack) -> None:
        parts = urlsplit(platform.base_url)
        self.base_url = f"{parts.scheme}://{parts.netloc}"
        self.options = HebeiOptions(self.base_url, Sm4(KEY))
        self._stack = stack

    def client(self, *, read_s: float = 5.0, **changes: Any) -> HebeiClient:
        options = replace(self.options, **changes)
        timeouts = HttpTimeouts(connect_s=5, read_s=read_s, write_s=5, pool_s=5)
        http = self._stack.enter_context(make_client(options.base_url, timeouts=timeouts))
        return HebeiClient(options, http, lambda: NOW)


def success(data: object = None) -> dict[str, object]:
    """An answer as printed; without ``data`` as saveAuthUser has it."""
    head: dict[str, object] = {"code": "200", "msg": "操作成功"}
    return head if data is None else head | {"data": data}
