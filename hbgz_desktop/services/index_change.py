"""Whether a record or its images ask for another index than the one that was sent (DESIGN 5.3, G010, G011)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.deletion import IndexChange
from hbgz_desktop.model.index_code import SHANGHAI, parse_index_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hbgz_desktop.model.index_code import IndexCode
    from hbgz_desktop.storage.index_register import IndexEntry

_ADVANCED_AT_MOST = timedelta(seconds=600)
"""So far a collision may have moved the time of an index whose own time was not noted (G010)."""


def basis_of(code: IndexCode) -> str:
    """Certificate and time an index is built from: what it has to change by to be another one."""
    return f"{code.cert_type}-{code.cert_no}-{code.local_digits}"


def index_change(
    entry: IndexEntry, wanted: IndexCode, moments: Iterable[datetime]
) -> IndexChange | None:
    """The change a person is asked about; None when there is none, or the person said that the old one stays.

    Settings that build an index otherwise are no change, nor is another study of the same examination.

    Args:
        entry: The index that was sent.
        wanted: As it would be built now.
        moments: Every time the examination's studies and its record have.
    """
    basis = basis_of(wanted)
    if entry.kept_for == basis:
        return None
    old = parse_index_code(entry.code)[0]
    is_same_person = (old.cert_type, old.cert_no) == (wanted.cert_type, wanted.cert_no)
    if is_same_person and _is_same_time(entry, old, moments):
        return None
    return IndexChange(entry.code, wanted.text, basis)


def given_change(entry: IndexEntry, given: IndexCode) -> IndexChange | None:
    """The same of an index that the record brings along itself."""
    if given.text == entry.code or entry.kept_for == given.text:
        return None
    return IndexChange(entry.code, given.text, given.text)


def _is_same_time(entry: IndexEntry, old: IndexCode, moments: Iterable[datetime]) -> bool:
    if entry.basis:
        built_at = entry.basis.rpartition("-")[2]
        return any(f"{one.astimezone(SHANGHAI):%Y%m%d%H%M%S}" == built_at for one in moments)
    return any(timedelta() <= old.exam_time - one <= _ADVANCED_AT_MOST for one in moments)
