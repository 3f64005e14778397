"""The pages behind 2.6's links: a report and a list of images, as a hospital's own system shows them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.http_server import Reply

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.guizhou_shared import Cloud, SharedExam
    from hbgz_desktop.sandbox.http_server import Exchange

SHARE_PATH: Final = "/mie/share"
REPORT_PATH: Final = f"{SHARE_PATH}/report"
VIEWER_PATH: Final = f"{SHARE_PATH}/viewer"
KEY: Final = "key="
CONTENT_TYPE: Final = "text/html;charset=UTF-8"
HEADERS: Final = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
)
STYLE: Final = (
    "body{font:16px/1.7 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
    "h1{font-size:1.3rem}small{color:#616e7c}li{font-family:monospace}"
)


class SharedPages:
    """Answers browsers. Safe from any thread."""

    def __init__(self, cloud: Cloud) -> None:
        """Show what ``cloud`` holds."""
        self._cloud = cloud

    def answer(self, exchange: Exchange) -> Reply:
        """Answer an address below the share path; 404 for one that leads nowhere."""
        exchange.body.drain()
        exam = self._cloud.exam_of_key(exchange.query.removeprefix(KEY))
        if exam is None or exchange.method != "GET":
            return _page("没有这份检查", [], 404)
        if exchange.path == REPORT_PATH:
            return _page("影像检查报告", [*_facts(exam), *exam.report])
        if exchange.path == VIEWER_PATH:
            images = self._cloud.images(exam.index)
            return _page("影像资料", [*_facts(exam), f"{len(images)} 张影像"])
        return _page("没有这个页面", [], 404)


def _facts(exam: SharedExam) -> list[str]:
    name = f"{exam.person_name[:1]}{'*' * (len(exam.person_name) - 1)}"
    return [exam.fields["fixmedinsName"], f"{name}　{exam.exam_day.isoformat()}"]


def _page(title: str, lines: list[str], status: int = 200) -> Reply:
    body = "".join(f"<p>{html.escape(one)}</p>" for one in lines)
    text = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{body}"
        "<small>练习平台，不是真实病人。SANDBOX</small></body></html>"
    )
    return Reply(status, text.encode("utf-8"), CONTENT_TYPE, HEADERS)
