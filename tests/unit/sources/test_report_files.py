from __future__ import annotations

import hashlib
import os
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.report_files import FetchedReport, fetch_report
from hbgz_desktop.sources.report_reference import allowed_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 3000
PDF_MD5 = hashlib.md5(PDF, usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "投放 文件夹"
    (folder / "子").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(PDF)
    (folder / "子" / "报告.pdf").write_bytes(PDF)
    (tmp_path / "outside.pdf").write_bytes(PDF)
    return folder


def fetch(
    reference: str,
    base: Path,
    *,
    folders: tuple[Path, ...] = (),
    hosts: tuple[str, ...] = (),
    max_bytes: int = 10_000_000,
) -> FetchedReport:
    return fetch_report(
        reference,
        base_folder=base,
        allowed_folders=folders,
        allowed_hosts=hosts,
        max_bytes=max_bytes,
        out=base.parent / "out.pdf",
    )


def refused(reference: str, base: Path, **how: object) -> RecordError:
    with pytest.raises(RecordError) as caught:
        fetch(reference, base, **how)  # type: ignore[arg-type] # by name
    assert not (base.parent / "out.pdf").exists()
    assert not list(base.parent.glob(".*"))
    assert caught.value.__cause__ is None
    return caught.value


# ---- folders ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reference", ["a.pdf", " a.pdf ", "./a.pdf", "子/报告.pdf", "子\\报告.pdf", "子/../a.pdf"]
)
def test_reports_beside_the_imported_file(base: Path, reference: str) -> None:
    assert fetch(reference, base) == FetchedReport(len(PDF), PDF_MD5)
    assert (base.parent / "out.pdf").read_bytes() == PDF


def test_an_absolute_path_inside(base: Path) -> None:
    if sys.platform != "win32":
        assert fetch(str(base / "a.pdf"), base).size_bytes == len(PDF)


def test_allowed_folders(base: Path, tmp_path: Path) -> None:
    assert refused("../outside.pdf", base).code == "report_outside_folders"
    assert fetch("../outside.pdf", base, folders=(tmp_path,)).md5 == PDF_MD5


@pytest.mark.parametrize(
    "reference",
    [
        "../outside.pdf",
        "子/../../outside.pdf",
        "\\\\server\\share\\a.pdf",
        "//server/share/a.pdf",
        "\\\\?\\C:\\a.pdf",
        "\\\\.\\PhysicalDrive0",
        "file:///a.pdf",
        "FILE:a.pdf",
        "ftp://host/a.pdf",
        "javascript:alert(1)",
        "CON",
        "子/nul.pdf",
        "COM1 .pdf",
        "lpt9",
        "a.pdf:stream",
        "a.pdf\x00.txt",
        "a\r\n.pdf",
    ],
)
def test_paths_that_lead_elsewhere(base: Path, reference: str) -> None:
    error = refused(reference, base)
    assert error.code == "report_outside_folders"
    assert not error.retryable


def link_folder(link: Path, target: Path) -> None:
    """A link that any user may make: a junction on Windows."""
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(target), str(link))
    else:
        link.symlink_to(target, target_is_directory=True)


@pytest.mark.skip_under_wine("it makes no junctions")
def test_links_do_not_lead_out(base: Path, tmp_path: Path) -> None:
    link_folder(base / "folder", tmp_path)
    link_folder(base / "inner", base / "子")
    assert refused("folder/outside.pdf", base).code == "report_outside_folders"
    if sys.platform != "win32":
        (base / "link.pdf").symlink_to(tmp_path / "outside.pdf")
        assert refused("link.pdf", base).code == "report_outside_folders"
    assert fetch("inner/报告.pdf", base).md5 == PDF_MD5


def test_a_pipe_is_no_report(base: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(base / "pipe.pdf")
    assert refused("pipe.pdf", base).code == "report_missing"


@pytest.mark.parametrize("reference", ["", " ", "none.pdf", "子", "x" * 5000])
def test_missing_reports(base: Path, reference: str) -> None:
    error = refused(reference, base)
    assert error.code == "report_missing"
    assert "none" not in str(error)


def test_size_and_mark(base: Path) -> None:
    assert refused("a.pdf", base, max_bytes=len(PDF) - 1).code == "report_too_large"
    assert fetch("a.pdf", base, max_bytes=len(PDF)).size_bytes == len(PDF)
    (base.parent / "out.pdf").unlink()
    for content in (b"", b"<html>%PD", b" " * 1020 + b"%PDF-1.4"):
        (base / "bad.pdf").write_bytes(content)
        assert refused("bad.pdf", base).code == "report_not_pdf"
    (base / "late.pdf").write_bytes(b" " * 1019 + b"%PDF-1.4")
    assert fetch("late.pdf", base).size_bytes == 1027


def test_a_failure_leaves_the_old_copy(base: Path) -> None:
    fetch("a.pdf", base)
    (base / "bad.pdf").write_bytes(b"x")
    with pytest.raises(RecordError):
        fetch("bad.pdf", base)
    assert (base.parent / "out.pdf").read_bytes() == PDF


# ---- hosts --------------------------------------------------------------------------------------


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5
    routes: dict[str, Callable[[_Handler], None]]

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self.routes[self.path](self)

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def report_server(**routes: Callable[[_Handler], None]) -> Iterator[int]:
    """Serve one function a path; the port."""
    paths = {f"/{name}": route for name, route in routes.items()}
    handler = type("Handler", (_Handler,), {"routes": paths})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def chunked(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(PDF), 100_000):
        piece = PDF[start : start + 100_000]
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def cut(handler: _Handler) -> None:
    handler.answer(200, PDF[:5000], Content_Length=str(len(PDF)))
    handler.close_connection = True


def until_the_end(handler: _Handler) -> None:
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(PDF)


@pytest.mark.parametrize("route", [lambda h: h.answer(200, PDF), chunked, until_the_end])
def test_reports_by_address(base: Path, route: Callable[[_Handler], None]) -> None:
    with report_server(x=route) as port:
        report = fetch(f"http://127.0.0.1:{port}/x", base, hosts=(f"127.0.0.1:{port}",))
    assert report == FetchedReport(len(PDF), PDF_MD5)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (204, "report_missing", False),
        (401, "report_missing", False),
        (404, "report_missing", False),
        (429, "report_unreachable", True),
        (503, "report_unreachable", True),
    ],
)
def test_statuses(base: Path, status: int, code: str, retryable: bool) -> None:
    with report_server(x=lambda h: h.answer(status)) as port:
        error = refused(f"http://127.0.0.1:{port}/x", base, hosts=(f"127.0.0.1:{port}",))
    assert (error.code, error.retryable) == (code, retryable)
    assert error.facts["http_status"] == status


def test_bodies_that_are_no_report(base: Path) -> None:
    with report_server(cut=cut, html=lambda h: h.answer(200, b"<html>" * 500)) as port:
        hosts = (f"127.0.0.1:{port}",)
        error = refused(f"http://127.0.0.1:{port}/cut", base, hosts=hosts)
        assert (error.code, error.retryable) == ("report_unreachable", True)
        error = refused(f"http://127.0.0.1:{port}/html", base, hosts=hosts)
        assert error.code == "report_not_pdf"
        error = refused(f"http://127.0.0.1:{port}/cut", base, hosts=hosts, max_bytes=4000)
        assert error.code == "report_too_large"


def test_redirects_within_the_host_only(base: Path) -> None:
    with report_server(
        ok=lambda h: h.answer(200, PDF),
        here=lambda h: h.answer(302, Location="/ok"),
        loop=lambda h: h.answer(302, Location="/loop"),
        other=lambda h: h.answer(302, Location="http://localhost:80/ok"),
        file=lambda h: h.answer(302, Location="file:///etc/passwd"),
    ) as port:
        hosts = (f"127.0.0.1:{port}", "localhost")
        url = f"http://127.0.0.1:{port}"
        assert fetch(f"{url}/here", base, hosts=hosts).md5 == PDF_MD5
        (base.parent / "out.pdf").unlink()
        assert refused(f"{url}/loop", base, hosts=hosts).code == "report_unreachable"
        assert refused(f"{url}/other", base, hosts=hosts).code == "report_host_refused"
        assert refused(f"{url}/file", base, hosts=hosts).code == "report_host_refused"


def test_nobody_answers(base: Path) -> None:
    with report_server() as port:
        pass
    error = refused(f"http://127.0.0.1:{port}/x", base, hosts=(f"127.0.0.1:{port}",))
    assert (error.code, error.retryable) == ("report_unreachable", True)


@pytest.mark.parametrize(
    ("reference", "hosts"),
    [
        ("http://ris/a.pdf", ()),
        ("http://ris:8080/a.pdf", ("ris",)),
        ("http://ris/a.pdf", ("ris:8080",)),
        ("http://ris.evil/a.pdf", ("ris",)),
        ("http://ris@evil/a.pdf", ("ris",)),
        ("http://user:pw@ris/a.pdf", ("ris",)),
        ("http://evil\\@ris/a.pdf", ("ris",)),
        ("http://ris:99999/a.pdf", ("ris",)),
        ("http:///a.pdf", ("",)),
        ("http://ris/a\r\nHost: evil", ("ris",)),
        ("ftp://ris/a.pdf", ("ris",)),
    ],
)
def test_addresses_that_are_not_allowed(reference: str, hosts: tuple[str, ...]) -> None:
    with pytest.raises(RecordError, match="report_host_refused"):
        allowed_address(reference, hosts)


def test_an_allowed_address() -> None:
    address = allowed_address("HTTP://RIS/报告/a b.pdf?n=1%202#x", (" Ris ",))
    assert address == ("http", "ris", 80, "/%E6%8A%A5%E5%91%8A/a%20b.pdf?n=1%202")
    assert allowed_address("https://[::1]:8443/", ("::1:8443",)).port == 8443
