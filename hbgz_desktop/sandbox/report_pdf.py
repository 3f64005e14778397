"""A one-page PDF written by hand: a report for a trial, without library or font file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_WIDTH: Final = 595
PAGE_HEIGHT: Final = 842
MARGIN: Final = 64
LINE_HEIGHT: Final = 24
# Predefined by PDF 1.2 (ISO 32000-1, 9.7.5.2): the viewer brings the glyphs, nothing is embedded.
CHINESE_FONT: Final = b"""<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light
/Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>"""
CHINESE_CID_FONT: Final = b"""<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light
/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>
/FontDescriptor 7 0 R /DW 1000 /W [1 95 500] >>"""
CHINESE_DESCRIPTOR: Final = b"""<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6
/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880
/StemV 93 >>"""
LATIN_FONT: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def make_report_pdf(title: str, lines: Sequence[str]) -> bytes:
    """Return a valid one-page PDF 1.4 of a title and lines of text, Chinese or not.

    Args:
        title: First line, larger.
        lines: What follows; too many run off the page.
    """
    content = [_text(title, 20, PAGE_HEIGHT - MARGIN)]
    for number, line in enumerate(lines, 2):
        content.append(_text(line, 12, PAGE_HEIGHT - MARGIN - number * LINE_HEIGHT))
    stream = b"\n".join(content)
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R /F2 8 0 R >> >> >>"
    )
    return _document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page.encode("ascii"),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            CHINESE_FONT,
            CHINESE_CID_FONT,
            CHINESE_DESCRIPTOR,
            LATIN_FONT,
        ]
    )


def _text(line: str, size: int, y: int) -> bytes:
    if line.isascii():
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown, font = f"({escaped})", "F2"
    else:
        shown, font = f"<{line.encode('utf-16-be').hex()}>", "F1"
    return f"BT /{font} {size} Tf {MARGIN} {y} Td {shown} Tj ET".encode("ascii")


def _document(objects: Sequence[bytes]) -> bytes:
    """Put objects 1 to n together with their cross-reference table (ISO 32000-1, 7.5.4)."""
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        document += b"%010d 00000 n \n" % offset
    document += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(document)
