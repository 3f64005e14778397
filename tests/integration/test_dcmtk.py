"""DCMTK's senders to our listener: every encoding DCMTK can make arrives byte for byte."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hbgz_desktop.dicom.file_meta import parse_file_meta
from hbgz_desktop.dicom.header import check_uids, read_header
from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scp import ScpOptions, StorageScp
from hbgz_desktop.dicom.storage_scu import echo, send_files
from hbgz_desktop.model.instance import StoreAnswer
from tests.peer_programs import PeerProgram, run_peer
from tests.unit.dicom.samples import CT_SMALL, KeepingReceiver, image, stored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
IMPLICIT_LITTLE = "1.2.840.10008.1.2"
BIG_ENDIAN = "1.2.840.10008.1.2.2"


@dataclass(frozen=True)
class Variant:
    """A transfer syntax, the DCMTK command that makes it and what storescu calls it."""

    name: str
    syntax: str
    command: tuple[str, ...]
    proposal: str


VARIANTS = [
    Variant("explicit", EXPLICIT_LITTLE, ("dcmconv", "+te"), "-xe"),
    Variant("implicit", IMPLICIT_LITTLE, ("dcmconv", "+ti"), "-xi"),
    Variant("big_endian", BIG_ENDIAN, ("dcmconv", "+tb"), "-xb"),
    Variant("deflated", "1.2.840.10008.1.2.1.99", ("dcmconv", "+td"), "-xd"),
    Variant("jpeg_baseline", "1.2.840.10008.1.2.4.50", ("dcmcjpeg", "+eb"), "-xy"),
    Variant("jpeg_extended", "1.2.840.10008.1.2.4.51", ("dcmcjpeg", "+ee"), "-xx"),
    Variant("jpeg_lossless", "1.2.840.10008.1.2.4.70", ("dcmcjpeg", "+e1"), "-xs"),
    Variant("jpeg_ls", "1.2.840.10008.1.2.4.80", ("dcmcjpls", "+el"), "-xt"),
    Variant("jpeg_ls_lossy", "1.2.840.10008.1.2.4.81", ("dcmcjpls", "+en"), "-xu"),
    Variant("rle", "1.2.840.10008.1.2.5", ("dcmcrle",), "-xr"),
]


def dataset_of(path: Path) -> bytes:
    """Return what stands behind the file meta, of even length as it goes over the wire."""
    whole = path.read_bytes()
    data = whole[parse_file_meta(whole).dataset_offset :]
    return data + b"\0" * (len(data) & 1)


@pytest.fixture
def receiver() -> KeepingReceiver:
    """Keeps what arrives in memory."""
    return KeepingReceiver()


@pytest.fixture
def scp(receiver: KeepingReceiver) -> Iterator[StorageScp]:
    """Our listener on a free port."""
    listener = StorageScp(ScpOptions("HBGZ", 0, "127.0.0.1"), receiver)
    listener.start()
    yield listener
    listener.stop()


def made(variant: Variant, folder: Path, number: int = 1) -> Path:
    """Return an image in a variant's transfer syntax; without trailing padding, which DCMTK drops."""
    ds = image(number)
    ds.Rows, ds.Columns, ds.BitsStored, ds.HighBit = 64, 64, 12, 11
    ds.PixelData = np.arange(4096, dtype="<u2").tobytes()
    source = stored(folder / "source.dcm", ds)
    path = folder / f"{variant.name}.dcm"
    run_peer(*variant.command, source, path)
    source.unlink()
    return path


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_storescu(
    scp: StorageScp, receiver: KeepingReceiver, tmp_path: Path, variant: Variant
) -> None:
    path = made(variant, tmp_path)
    run_peer("storescu", variant.proposal, "-aec", "HBGZ", "127.0.0.1", str(scp.port), path)
    ((incoming, received),) = receiver.instances
    assert incoming.transfer_syntax_uid == variant.syntax
    assert received == dataset_of(path)
    header = read_header(received, incoming.transfer_syntax_uid, fallback_charset="GB18030")
    check_uids(header, incoming.sop_class_uid, incoming.sop_instance_uid)
    assert (header.patient_name, header.number_of_frames) == ("测试甲", 1)
    receiver.wait_for("closed", "released")


def test_dcmsend_of_all_variants_at_once(
    scp: StorageScp, receiver: KeepingReceiver, tmp_path: Path
) -> None:
    """dcmsend exits 0 even when the peer refuses: its report tells."""
    paths = []
    for number, variant in enumerate(VARIANTS):
        paths.append(made(variant, tmp_path, number))
    report = tmp_path / "report.txt"
    run_peer("dcmsend", "-dn", "+crf", report, "-aec", "HBGZ", "127.0.0.1", str(scp.port), *paths)
    text = report.read_text(encoding="utf-8", errors="replace")
    assert text.count("DIMSE Status  : 0x0000 (Success)") == len(paths), text
    arrived = {(one.transfer_syntax_uid, data) for one, data in receiver.instances}
    sent = {(v.syntax, dataset_of(path)) for v, path in zip(VARIANTS, paths, strict=True)}
    # dcmsend writes the other uncompressed files anew, in explicit little endian
    assert {syntax for syntax, _ in sent - arrived} == {IMPLICIT_LITTLE, BIG_ENDIAN}
    assert {syntax for syntax, _ in arrived - sent} == {EXPLICIT_LITTLE}
    assert len(arrived) == len(paths)


def test_dcmsend_hears_of_a_refusal(
    scp: StorageScp, receiver: KeepingReceiver, tmp_path: Path
) -> None:
    receiver.answer = StoreAnswer(0xA700, "disk_full")
    report = tmp_path / "report.txt"
    run_peer("dcmsend", "+crf", report, "-aec", "HBGZ", "127.0.0.1", str(scp.port), CT_SMALL)
    text = report.read_text(encoding="utf-8", errors="replace")
    assert "0xa700" in text.lower(), text
    assert "(Success)" not in text


def test_echoscu(scp: StorageScp, receiver: KeepingReceiver) -> None:
    run_peer("echoscu", "-aec", "HBGZ", "127.0.0.1", str(scp.port))
    receiver.wait_for("closed", "released")


@pytest.mark.allow_warnings("Connection closed|shorter than expected|Abort")
def test_an_aborting_sender(scp: StorageScp, receiver: KeepingReceiver) -> None:
    run_peer("storescu", "--abort", "-aec", "HBGZ", "127.0.0.1", str(scp.port), CT_SMALL)
    receiver.wait_for("closed", "aborted")
    assert len(receiver.instances) == 1


@pytest.mark.parametrize("pdu", ["4096", "131072"])
def test_pdu_lengths(scp: StorageScp, receiver: KeepingReceiver, tmp_path: Path, pdu: str) -> None:
    ds = image()
    ds.Rows, ds.Columns = 2000, 1500
    ds.PixelData = np.arange(3_000_000, dtype="<u2").tobytes()
    path = stored(tmp_path / "big.dcm", ds)
    run_peer("storescu", "--max-send-pdu", pdu, "-aec", "HBGZ", "127.0.0.1", str(scp.port), path)
    assert receiver.instances[0][1] == dataset_of(path)


@pytest.fixture
def storescp(tmp_path: Path) -> Iterator[tuple[Peer, Path]]:
    """DCMTK's receiver, keeping bytes as they come, and its folder."""
    folder = tmp_path / "pacs"
    folder.mkdir()
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = int(probe.getsockname()[1])
    program = PeerProgram(
        *("storescp", "+B", "+xa", "-pm", "-aet", "PACS"), "-od", folder, str(port)
    )
    peer = Peer("127.0.0.1", port, "PACS", "HBGZ", 10.0)
    while not echo(peer).ok:
        assert program.code is None
    yield peer, folder
    program.kill()


@pytest.mark.allow_warnings("Association request failed|TCP Initialisation Error")
def test_our_sender_to_storescp(storescp: tuple[Peer, Path], tmp_path: Path) -> None:
    peer, folder = storescp
    paths = []
    for number, variant in enumerate(VARIANTS):
        paths.append(made(variant, tmp_path, number))
    results = send_files(paths, peer)
    assert [one for one in results if one.status != 0] == []
    assert sorted(dataset_of(path) for path in folder.iterdir()) == sorted(
        dataset_of(path) for path in paths
    )
