"""A browser for tests: Chromium without a window, driven over the W3C WebDriver protocol."""

from __future__ import annotations

import shutil
import socket
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The name under which the protocol hands out an element."""
LIMIT_S = 60.0
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # as root Chromium does not start with it
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-proxy-server",
    "--window-size=1280,900",
)


def chromium() -> tuple[str, str] | None:
    """Paths of browser and driver, or None when one is not installed."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


class Browser:
    """One window. Not safe from several threads at a time."""

    def __init__(self, http: httpx.Client, session: str) -> None:
        self._http = http
        self._session = session

    def open(self, url: str) -> bool:
        """Go to an address, as the console's opener does."""
        self._do("url", {"url": url})
        return True

    def click(self, element_id: str) -> None:
        """Click what has this id."""
        self._do(f"element/{self._find(element_id)}/click", {})

    def choose(self, element_id: str, value: str) -> None:
        """Choose an option of a list by its value."""
        option = self._find_by(f"#{element_id} option[value='{value}']")
        self._do(f"element/{option}/click", {})

    def text(self, element_id: str) -> str:
        """What a person reads there."""
        return str(self._ask(f"element/{self._find(element_id)}/text"))

    def state(self) -> str:
        """The page's own word for how far it is."""
        return str(self._ask(f"element/{self._find_by('body')}/attribute/data-state"))

    def count(self, selector: str) -> int:
        """How many elements match."""
        found = self._do("elements", {"using": "css selector", "value": selector})
        return len(found)

    def _find(self, element_id: str) -> str:
        return self._find_by(f"#{element_id}")

    def _find_by(self, selector: str) -> str:
        found = self._do("element", {"using": "css selector", "value": selector})
        return str(found[ELEMENT])

    def _do(self, what: str, body: dict[str, Any]) -> Any:
        return _value(self._http.post(f"/session/{self._session}/{what}", json=body))

    def _ask(self, what: str) -> Any:
        return _value(self._http.get(f"/session/{self._session}/{what}"))


def _value(answer: httpx.Response) -> Any:
    value = answer.json()["value"]
    assert answer.status_code == 200, value
    return value


@contextmanager
def open_browser(profile: Path) -> Iterator[Browser]:
    """A fresh browser with its own profile; it ends with the block."""
    found = chromium()
    assert found is not None, "apt-get install chromium chromium-driver"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [*FLAGS, f"--user-data-dir={profile}"]
    options = {"binary": found[0], "args": arguments}
    wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
    with (
        subprocess.Popen(
            [found[1], f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as driver,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=LIMIT_S) as http,
    ):
        try:
            until("the driver listens", lambda: _is_ready(http), LIMIT_S)
            session = _value(http.post("/session", json=wanted))["sessionId"]
            try:
                yield Browser(http, str(session))
            finally:
                http.delete(f"/session/{session}")
        finally:
            driver.terminate()


def _is_ready(http: httpx.Client) -> bool:
    try:
        return bool(_value(http.get("/status"))["ready"])
    except httpx.TransportError:
        return False
