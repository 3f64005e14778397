from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DiskFullError
from hbgz_desktop.sources.atomic_file import atomic_file

if TYPE_CHECKING:
    from pathlib import Path


def write(target: Path, content: bytes, failure: Exception | None = None) -> None:
    with atomic_file(target) as stream:
        stream.write(content)
        if failure is not None:
            raise failure


def test_a_target_is_replaced_in_full(tmp_path: Path) -> None:
    target = tmp_path / "报告.pdf"
    write(target, b"old")
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFullError),
        (OSError(errno.EIO, "broken"), OSError),
        (ValueError("bug"), ValueError),
    ],
)
def test_a_failure_leaves_the_old_target(
    tmp_path: Path, failure: Exception, kind: type[Exception]
) -> None:
    target = tmp_path / "a.pdf"
    write(target, b"old")
    with pytest.raises(kind):
        write(target, b"new", failure)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
