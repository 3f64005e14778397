"""Reads one record file, whatever its kind: CSV, JSON or XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.columns import Vocabulary
from hbgz_desktop.sources.csv_records import read_csv
from hbgz_desktop.sources.json_records import read_json
from hbgz_desktop.sources.record_table import RecordCollector
from hbgz_desktop.sources.text_decoding import decode_text
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from hbgz_desktop.model.record import SourceFile
    from hbgz_desktop.sources.file_limits import FileLimits

_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_MARK = b"%PDF-"


def read_record_file(
    path: Path,
    *,
    known_fields: Collection[str],
    settlement_fields: Collection[str],
    limits: FileLimits,
) -> SourceFile:
    """Read records and settlement rows; what cannot be used becomes a problem of its row.

    The content decides the kind, not the suffix. A problem with row 0 speaks of a column or the
    file and drops nothing; one with a row number means that this row was not taken. Blocks on the
    disk: not for the GUI thread.

    Args:
        path: CSV (UTF-8, UTF-16 with mark or GB18030; comma, semicolon or tab), JSON, or XLSX.
        known_fields: Parameter codes of 2.1, spelled as printed.
        settlement_fields: Parameter codes of SetlInfoDTO.
        limits: What a file may cost.

    Raises:
        RecordError: The file as a whole cannot be read; ``record_file_locked`` and
            ``record_file_missing`` are retryable.
    """
    collector = RecordCollector(Vocabulary(known_fields, settlement_fields), limits)
    return collector.source_file(path, read_into(path, collector))


def read_into(path: Path, collector: RecordCollector) -> str:
    """Read a file of whatever kind into a collector; see ``read_record_file``.

    Returns:
        The encoding of a text, "" of a workbook.
    """
    data = read_bytes(path, collector.limits.max_bytes)
    if data.startswith(_ZIP_MARK):
        # here, for openpyxl costs every start a fifth, and most files are none of its kind
        from hbgz_desktop.sources.xlsx_records import read_xlsx

        read_xlsx(data, collector)
        return ""
    if data.startswith(_OLE_MARK):
        raise RecordError("record_xls_not_supported")
    if data.startswith(_PDF_MARK):
        raise RecordError("record_file_kind_unknown", size_bytes=len(data))
    text, encoding = decode_text(data)
    head = text.lstrip()[:1]
    if not head:
        raise RecordError("record_file_empty")
    if head in "{[":
        read_json(text, collector)
    else:
        read_csv(text, collector)
    return encoding


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The whole file.

    Raises:
        RecordError: Missing, locked, unreadable, or larger than ``max_bytes``.
    """
    # exceptions are not chained: their text holds the path, which may name a patient
    try:
        with reachable(path).open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise RecordError("record_file_missing", retryable=True) from None
    except PermissionError as exc:
        raise RecordError("record_file_locked", retryable=True, errno=exc.errno) from None
    except OSError as exc:
        raise RecordError("record_file_unreadable", retryable=True, errno=exc.errno) from None
    if len(data) > max_bytes:
        raise RecordError("record_file_too_large", limit_bytes=max_bytes)
    return data
