"""字典对照 as a CSV file for Excel: written with a byte order mark, read back with a plan first."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.mapping_views import MappingEntry
from hbgz_desktop.sources.file_limits import FileLimits
from hbgz_desktop.sources.text_decoding import decode_text
from hbgz_desktop.system.durable_files import atomic_file
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from hbgz_desktop.model.mapping_views import MappingRow
    from hbgz_desktop.services.mapping import MappingControl

HEADER = ("代码集", "医院的写法", "标准代码", "标准名称", "谁", "时间", "在等（份）")
MOST_ROWS = 20_000
_LOCAL = ZoneInfo("Asia/Shanghai")
_NAMES = {
    "代码集": "code_set",
    "code_set": "code_set",
    "医院的写法": "local_value",
    "local_value": "local_value",
    "标准代码": "standard_code",
    "standard_code": "standard_code",
}
# A spreadsheet takes a cell that begins like this for a formula (DESIGN 11); one more ' keeps it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class MappingImportPlan:
    """What a file would change; nothing was written yet.

    Attributes:
        added: Lines whose local value has no code yet.
        changed: Lines that get another code.
        same: Lines that are so already.
        empty: Lines without a code: left as they are.
        unknown: (line number of the file, code) The standard does not have the code.
        foreign: Line numbers whose code set does not exist.
        padded: Lines whose code got back zeros at its beginning that a spreadsheet had dropped.
        waiting: Examinations that wait on the added and changed lines.
    """

    added: tuple[MappingEntry, ...]
    changed: tuple[MappingEntry, ...]
    same: int
    empty: int
    unknown: tuple[tuple[int, str], ...]
    foreign: tuple[int, ...]
    padded: int
    waiting: int

    @property
    def entries(self) -> tuple[MappingEntry, ...]:
        """What is to be saved."""
        return (*self.added, *self.changed)


def export_mappings(control: MappingControl, path: Path) -> int:
    """Write every line of every code set, those without a code too; returns how many.

    Raises:
        StorageError: The file cannot be written.
    """
    rows = [row for name in control.code_sets() for row in control.rows(name)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(_cells(row) for row in rows)
    try:
        with atomic_file(path) as stream:
            stream.write(text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise translate_os_error(error) from error
    return len(rows)


def _cells(row: MappingRow) -> Iterator[str]:
    at = f"{row.set_at.astimezone(_LOCAL):%Y-%m-%d %H:%M}" if row.set_at else ""
    values = (row.code_set, row.local_value, row.standard_code, row.standard_name, row.set_by, at)
    yield from (f"'{value}" if _FORMULA.match(value) else value for value in values)
    yield str(row.waiting)


def plan_import(control: MappingControl, path: Path) -> MappingImportPlan:
    """Read a file and say what it would change. A later line of the same value wins.

    Raises:
        RecordError: No such file, too large, no text, or without the three columns.
    """
    sets = control.code_sets()
    in_force = {(one.code_set, one.local_value): one.standard_code for one in control.all()}
    wanted: dict[tuple[str, str], str] = {}
    unknown: list[tuple[int, str]] = []
    foreign: list[int] = []
    padded = empty = 0
    for line, entry in _read(path):
        code = _code(control, entry) if entry.code_set in sets else None
        if entry.code_set not in sets or not entry.local_value:
            foreign.append(line)
        elif not entry.standard_code:
            empty += 1
        elif code is None:
            unknown.append((line, entry.standard_code))
        else:
            padded += code != entry.standard_code
            wanted[entry.code_set, entry.local_value] = code
    added = [key for key in wanted if key not in in_force]
    changed = [key for key, code in wanted.items() if in_force.get(key, code) != code]
    return MappingImportPlan(
        added=tuple(MappingEntry(*key, wanted[key]) for key in added),
        changed=tuple(MappingEntry(*key, wanted[key]) for key in changed),
        same=len(wanted) - len(added) - len(changed),
        empty=empty,
        unknown=tuple(unknown),
        foreign=tuple(foreign),
        padded=padded,
        waiting=len(control.held_by([*added, *changed])),
    )


def _code(control: MappingControl, entry: MappingEntry) -> str | None:
    """The code as the standard prints it, None when it has none like it."""
    printed = control.printed_codes(entry.code_set)
    if not printed or entry.standard_code in printed:
        return entry.standard_code
    longer = [code for code in printed if code.lstrip("0") == entry.standard_code.lstrip("0")]
    is_number = entry.standard_code.isdecimal()
    return longer[0] if is_number and len(longer) == 1 else None


def _read(path: Path) -> Iterator[tuple[int, MappingEntry]]:
    """(line number, entry) for each line below the header that is not blank."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        columns = _columns(next(reader, []))
        for number, cells in enumerate(reader, 2):
            if number > MOST_ROWS + 1:
                raise RecordError("record_file_too_many_rows", limit=MOST_ROWS)
            if any(cell.strip() for cell in cells):
                yield number, MappingEntry(*(_cell(cells, at) for at in columns))
    except csv.Error as error:
        raise RecordError("record_file_unreadable") from error


def _text(path: Path) -> str:
    limit = FileLimits().max_bytes
    try:
        with reachable(path).open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise RecordError("record_file_missing") from error
    except OSError as error:
        raise RecordError("record_file_unreadable") from error
    if len(content) > limit:
        raise RecordError("record_file_too_large", limit=limit)
    return decode_text(content)[0]


def _columns(header: Sequence[str]) -> tuple[int, int, int]:
    places = {_NAMES[name.strip()]: at for at, name in enumerate(header) if name.strip() in _NAMES}
    if len(places) < len(MappingEntry.__slots__):
        raise RecordError("mapping_columns_missing", columns="、".join(HEADER[:3]))
    return places["code_set"], places["local_value"], places["standard_code"]


def _cell(cells: Sequence[str], at: int) -> str:
    text = cells[at].strip() if at < len(cells) else ""
    return text[1:] if _ESCAPED.match(text) else text


def line_numbers(lines: Iterable[int], most: int = 5) -> tuple[str, ...]:
    """The first few line numbers for a sentence; the last says by … that there are more."""
    found = [str(line) for line in lines]
    if len(found) > most:
        found[most - 1 :] = [f"{found[most - 1]}…"]
    return tuple(found)
