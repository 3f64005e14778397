"""``imgDldLink`` is followed only where G056 allows it."""

from __future__ import annotations

import pytest

from hbgz_desktop.platforms.guizhou.cache_address import cache_address

BASE = "http://10.52.8.16:8085/mie/api/mie"
OK = "http://10.52.8.16:1234/mie/api/mie/queryImgCaheFIndex"


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        (OK, True),
        (f"  {OK} ", True),
        ("https://10.52.8.16/x/queryImgCaheFIndex", True),
        ("http://cloud.gz:81/queryImgCaheFIndex", True),
        ("http://CLOUD.gz:81/queryImgCaheFIndex", True),
        ("http://other.gz/queryImgCaheFIndex", True),
        ("http://other.gz:81/queryImgCaheFIndex", False),
        ("http://10.52.8.17/queryImgCaheFIndex", False),
        ("http://cloud.gz.evil.example/queryImgCaheFIndex", False),
        ("http://cloud.gz:81@evil.example/queryImgCaheFIndex", False),
        ("http://evil.example\\@cloud.gz:81/queryImgCaheFIndex", False),
        ("http://cloud.gz:81/image/1.dcm", False),
        ("http://cloud.gz:81/xqueryImgCaheFIndex", False),
        ("http://cloud.gz:81/queryImgCaheFIndex?to=1", False),
        ("http://cloud.gz:81/queryImgCaheFIndex#x", False),
        ("http://cloud.gz:99999/queryImgCaheFIndex", False),
        ("ftp://cloud.gz/queryImgCaheFIndex", False),
        ("file:///queryImgCaheFIndex", False),
        ("//cloud.gz:81/queryImgCaheFIndex", False),
        ("http://cloud.gz:81/a b/queryImgCaheFIndex", False),
        ("http://cloud.gz:81/\nqueryImgCaheFIndex", False),
        ("http://[::1/queryImgCaheFIndex", False),
        ("", False),
    ],
)
def test_which_links_are_asked(link: str, allowed: bool) -> None:
    found = cache_address(link, BASE, ["cloud.gz:81", " other.gz:80 "])
    assert found == (link.strip() if allowed else "")


def test_the_spelling_counts() -> None:
    assert cache_address("http://10.52.8.16/queryimgcahefindex", BASE, ()) == ""


def test_a_platform_of_https_is_not_left_for_http() -> None:
    assert cache_address(OK, "https://10.52.8.16/mie/api/mie", ()) == ""
