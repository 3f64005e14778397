"""Builds Guizhou clients on a scripted front end."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
from hbgz_desktop.platforms.http import HttpTimeouts, make_client

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from hbgz_desktop.model.errors import PlatformError
    from hbgz_desktop.platforms.guizhou.exchange import Exchange
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

INDEX = "111-110101197804050038-20241122143000-0000000000000-000000000"
OTHER_INDEX = "111-100200300040506000-20241122143055-0000000000000-000000000"
STUDY = "1.3.6.1.4.1.44316.6.102.1.20250704114423696.6115867"
KEY = "DFDK045DSF1DSF55DS"
NOW = datetime(2025, 3, 2, 17, 0, 0, tzinfo=UTC)
ACCEPTED = {"code": 0, "data": [{"hiImgIndx": INDEX, "succFlag": "1", "message": "保存数据成功"}]}
FLAT = {"code": 0, "hiImgIndx": INDEX, "message": "成功"}


class Bench:
    """Builds clients on one front end and closes them before it."""

    def __init__(self, front_end: ScriptedFrontEnd, stack: ExitStack) -> None:
        self.options = GuizhouOptions(front_end.base_url, "H52030200193", KEY)
        self._stack = stack
        self._numbers = count(1)

    def client(self, *, read_s: float = 5.0, **changes: Any) -> GuizhouClient:
        options = replace(self.options, **changes)
        timeouts = HttpTimeouts(connect_s=5, read_s=read_s, write_s=5, pool_s=5)
        http = self._stack.enter_context(make_client(options.base_url, timeouts=timeouts))
        return GuizhouClient(
            options,
            http,
            lambda: f"H5203020019320250303010000{next(self._numbers):04d}",
            lambda: NOW,
        )


def md5_of(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest().upper()


def send_image(client: GuizhouClient, path: Path) -> Exchange:
    size = path.stat().st_size
    return client.save_image(INDEX, STUDY, ["A1", "A2"], path, size, md5_of(path), 1000)


def error_of(exchange: Exchange) -> PlatformError:
    assert exchange.error is not None
    assert not exchange.accepted
    return exchange.error
