"""How much of a foreign file is read (DESIGN 11: what comes from outside is hostile)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileLimits:
    """Bounds that hold before and while a record file is read.

    Attributes:
        max_bytes: Size of the file on disk.
        max_rows: Rows of a table, or objects of a JSON list.
        max_columns: Columns of a table; what stands further right is not read.
        max_cell_characters: Text of one cell.
        max_json_values: Objects and lists in one JSON document.
        max_xlsx_members: Files inside one workbook.
        max_xlsx_bytes: Sum of all members of one workbook, unpacked.
        max_xlsx_ratio: Unpacked to packed size of one member; small members are exempt.
    """

    max_bytes: int = 32 * 1024 * 1024
    max_rows: int = 100_000
    max_columns: int = 512
    max_cell_characters: int = 100_000
    max_json_values: int = 1_000_000
    max_xlsx_members: int = 1_000
    max_xlsx_bytes: int = 128 * 1024 * 1024
    max_xlsx_ratio: int = 200
