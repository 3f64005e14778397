"""The folder into which a hospital system drops record files."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.system.durable_files import sync_content
from hbgz_desktop.system.open_elsewhere import is_open_elsewhere
from hbgz_desktop.system.removal import discard, remove_file
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.record import SourceProblem

PROCESSED = "processed"
REJECTED = "rejected"
PROBLEMS_SUFFIX = ".problems.txt"
_RECORD_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".json", ".xlsx", ".xlsm", ".xls"})
_UNFINISHED_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".filepart", PROBLEMS_SUFFIX)
_UNFINISHED_PREFIXES = ("~$", ".", "~")
# an empty file is usually one whose writer has just begun
_LOOKS_AT_EMPTY = 10

_Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DropOutcome:
    """What became of a file.

    Attributes:
        accepted: Whether the file could be read; single rows may still have problems.
        taken: Records and settlement rows that were taken.
        problems: Rows that were not, and notices about columns.
        file_rule: Code of the error that refused the file as a whole, else "".
    """

    accepted: bool
    taken: int = 0
    problems: tuple[SourceProblem, ...] = ()
    file_rule: str = ""


@dataclass(slots=True)
class _Look:
    stamp: _Stamp
    times: int


class DropFolder:
    """Finds complete files, and puts finished ones aside. For use by one thread."""

    def __init__(self, folder: Path, describe_rule: Callable[[str], str] = str) -> None:
        """Watch a folder; nothing is touched until ``ready_files`` is called.

        Args:
            folder: The folder; ``processed`` and ``rejected`` arise in it.
            describe_rule: Title for a person of a rule's code; the code itself when not given.
        """
        self._folder = folder
        self._describe_rule = describe_rule
        self._looks: dict[Path, _Look] = {}
        self._finished: dict[Path, tuple[_Stamp, bool]] = {}

    def ready_files(self) -> tuple[Path, ...]:
        """Look once; call again after a few seconds.

        A file is ready when size and time are what they were at the look before, and (on Windows)
        nobody else has it open. Names of unfinished downloads, hidden files and PDFs are passed
        over. Finished files that could not be moved are moved now, and are never offered twice.

        Returns:
            The ready files, oldest first.

        Raises:
            RecordError: ``drop_folder_unreachable``, retryable.
        """
        found = self._scan()
        self._move_left_behind(found)
        ready: list[tuple[int, str, Path]] = []
        for path, stamp in found.items():
            if path in self._finished:
                continue
            if self._is_settled(path, stamp) and not is_open_elsewhere(path):
                ready.append((stamp[1], path.name, path))
        self._looks = {path: look for path, look in self._looks.items() if path in found}
        return tuple(path for _, _, path in sorted(ready))

    def finish(self, path: Path, outcome: DropOutcome) -> Path | None:
        """Move a file to ``processed`` or ``rejected``, with a list of its problems beside it.

        The list names row, field and rule; values are masked, it may lie on a shared drive.

        Returns:
            Where the file is now; None when it vanished, or is still held open by somebody, in
            which case ``ready_files`` moves it later.

        Raises:
            RecordError: ``drop_folder_unreachable``, retryable: nothing could be written.
        """
        self._looks.pop(path, None)
        with suppress(OSError):
            # remembered first: whatever goes wrong below, it is not offered again
            self._finished[path] = (_stamp(path.stat()), outcome.accepted)
        target = self._move(path, accepted=outcome.accepted)
        if target is not None or not path.exists():
            self._finished.pop(path, None)
        if outcome.problems or outcome.file_rule:
            self._write_problems(path, target, outcome)
        return target

    def _scan(self) -> dict[Path, _Stamp]:
        found: dict[Path, _Stamp] = {}
        try:
            with os.scandir(reachable(self._folder)) as entries:
                for entry in entries:
                    stamp = _record_stamp(entry)
                    if stamp is not None:
                        found[reachable(Path(entry.path))] = stamp
        except OSError as exc:
            raise _unreachable(exc) from None
        return found

    def _is_settled(self, path: Path, stamp: _Stamp) -> bool:
        look = self._looks.get(path)
        if look is None or look.stamp != stamp:
            self._looks[path] = _Look(stamp, 1)
            return False
        look.times += 1
        return look.times > (1 if stamp[0] else _LOOKS_AT_EMPTY)

    def _move_left_behind(self, found: dict[Path, _Stamp]) -> None:
        for path, (stamp, accepted) in list(self._finished.items()):
            if found.get(path) != stamp or self._move(path, accepted=accepted) is not None:
                del self._finished[path]

    def _move(self, path: Path, *, accepted: bool) -> Path | None:
        """Move to a name that is free; None when the file is gone or held."""
        target = self._target(path, accepted=accepted)
        try:
            path.replace(target)
        except FileNotFoundError:
            discard(target)
            return None
        except OSError:
            # another volume (a mount, a junction), or the file is held open
            return target if _copy_over(path, target) else None
        return target

    def _target(self, path: Path, *, accepted: bool) -> Path:
        """Reserve a free name by creating it."""
        folder = reachable(self._folder / (PROCESSED if accepted else REJECTED))
        try:
            folder.mkdir(exist_ok=True)
            for number in range(1, sys.maxsize):
                name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
                target = reachable(folder / name)
                try:
                    target.touch(exist_ok=False)
                except FileExistsError:
                    continue
                return target
        except OSError as exc:
            raise _unreachable(exc) from None
        raise AssertionError("numbers do not end")

    def _write_problems(self, path: Path, moved: Path | None, outcome: DropOutcome) -> None:
        """Write the list beside the file, or where the file would have gone."""
        target = moved or self._target(path, accepted=outcome.accepted)
        text = problems_text(outcome, self._describe_rule)
        try:
            beside = reachable(target.with_name(target.name + PROBLEMS_SUFFIX))
            beside.write_text(text, encoding="utf-8-sig", newline="\r\n")
        except OSError as exc:
            raise _unreachable(exc) from None
        finally:
            if moved is None:
                discard(target)  # one that stays reserved does no harm


def problems_text(outcome: DropOutcome, describe_rule: Callable[[str], str]) -> str:
    """Write the problems of a file for the person who dropped it; values are masked."""
    lines = [f"已导入：{outcome.taken}", f"问题：{len(outcome.problems)}"]
    if outcome.file_rule:
        lines.append(f"整个文件没有导入：{describe_rule(outcome.file_rule)}")
    lines += ["", "行\t字段\t问题\t内容（已遮盖）"]
    for problem in outcome.problems:
        row = str(problem.row) if problem.row else "整列"
        what = describe_rule(problem.rule)
        lines.append(f"{row}\t{_plain(problem.field)}\t{what}\t{masked(problem.value)}")
    return "\n".join(lines) + "\n"


def masked(value: str) -> str:
    """Show how long a value is, no more."""
    plain = _plain(value)
    return f"***（{len(plain)} 个字符）" if plain else ""


def _plain(text: str) -> str:
    return "".join(" " if ord(mark) < ord(" ") else mark for mark in text).strip()


def _record_stamp(entry: os.DirEntry[str]) -> _Stamp | None:
    """Size and time of a file that may be a record file; None for everything else."""
    name = entry.name.lower()
    if name.startswith(_UNFINISHED_PREFIXES) or name.endswith(_UNFINISHED_SUFFIXES):
        return None
    if Path(name).suffix not in _RECORD_SUFFIXES:
        return None
    try:
        # not the entry's own numbers: Windows updates those of a directory late
        status = reachable(Path(entry.path)).lstat()
    except OSError:
        return None
    is_hidden = getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    if not stat.S_ISREG(status.st_mode) or is_hidden:
        return None
    return _stamp(status)


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_size, status.st_mtime_ns


def _copy_over(path: Path, target: Path) -> bool:
    """Copy, sync, then delete the original; without the last step nothing has happened."""
    try:
        with path.open("rb") as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            sync_content(copy.fileno())
        remove_file(path)
    except OSError:
        discard(target)
        return False
    return True


def _unreachable(exc: OSError) -> RecordError:
    # not chained: its text holds a file name
    return RecordError("drop_folder_unreachable", retryable=True, errno=exc.errno)
