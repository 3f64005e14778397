"""What the tests of record files share: the standard's names, and one way to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.sources.file_limits import FileLimits
from hbgz_desktop.sources.record_file import read_record_file

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.record import SourceFile

KNOWN = (
    "hiImgIndx", "psnName", "psnCertType", "certno", "gend", "imgExamType", "examPart", "appyNo",
    "age", "studyUid", "examCharge", "accessionNumber", "imgDscr", "diagRslt", "rpotNo",
    "examRsltCode", "examDate", "rptDate", "setlDate", "setlInfoList",
)  # fmt: skip
SETTLEMENT = ("setlId", "medListCodg", "feedetlSn", "examPart")


def read(path: Path, data: bytes | str, limits: FileLimits | None = None) -> SourceFile:
    """Write the data where the path says and read it as a record file."""
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return read_path(path, limits)


def read_path(path: Path, limits: FileLimits | None = None) -> SourceFile:
    """Read a file that is there."""
    return read_record_file(
        path,
        known_fields=KNOWN,
        settlement_fields=SETTLEMENT,
        limits=limits or FileLimits(),
    )


def faults(source: SourceFile) -> list[tuple[int, str, str]]:
    """Row, field and rule of every problem."""
    return [(problem.row, problem.field, problem.rule) for problem in source.problems]


def names(source: SourceFile) -> list[str]:
    """The people of the good rows."""
    return [record.fields["psnName"] for record in source.records]
