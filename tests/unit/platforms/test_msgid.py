from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from hbgz_desktop.model.errors import SettingsError, StorageError
from hbgz_desktop.platforms.guizhou.msgid import MsgidFactory
from hbgz_desktop.platforms.guizhou.options import GuizhouOptions


class MarkInMemory:
    """The rule that storage keeps in the database, in memory."""

    def __init__(self) -> None:
        self.mark: tuple[datetime, int] | None = None
        self.asked: list[datetime] = []

    def next(self, now_local: datetime) -> tuple[datetime, int]:
        self.asked.append(now_local)
        second = now_local.replace(microsecond=0)
        if self.mark is None or second > self.mark[0]:
            self.mark = (second, 1)
        elif self.mark[1] < 9999:
            self.mark = (self.mark[0], self.mark[1] + 1)
        else:
            self.mark = (self.mark[0] + timedelta(seconds=1), 1)
        return self.mark


class FixedMark(MarkInMemory):
    def __init__(self, sequence: int) -> None:
        super().__init__()
        self._sequence = sequence

    @override
    def next(self, now_local: datetime) -> tuple[datetime, int]:
        return now_local, self._sequence


def test_thirty_characters_in_shanghai_time() -> None:
    store = MarkInMemory()
    make = MsgidFactory("H52030200193", store, lambda: datetime(2025, 12, 31, 17, 0, 9, tzinfo=UTC))
    assert make() == "H52030200193202601010100090001"
    assert make() == "H52030200193202601010100090002"
    assert len(make()) == 30
    assert store.asked[0].utcoffset() == timedelta(hours=8)


def test_numbers_never_repeat_past_the_last_sequence() -> None:
    make = MsgidFactory("H52030200193", MarkInMemory(), lambda: datetime(2025, 1, 1, tzinfo=UTC))
    numbers = [make() for _ in range(10_050)]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "prefix", ["", "H371464507", "H5203020019", "H520302001933", "H5203020019医"]
)
def test_a_prefix_of_another_length_is_a_setting(prefix: str) -> None:
    with pytest.raises(SettingsError, match="msgid_prefix_length"):
        MsgidFactory(prefix, MarkInMemory())


@pytest.mark.parametrize("sequence", [0, 10_000])
def test_a_broken_mark_is_not_sent(sequence: int) -> None:
    make = MsgidFactory("H52030200193", FixedMark(sequence))
    with pytest.raises(StorageError, match="msgid_sequence"):
        make()


def test_the_prefix_setting_wins_over_the_code() -> None:
    assert GuizhouOptions("http://x", "H371464507", "k").number_prefix == "H371464507"
    options = GuizhouOptions("http://x", "H371464507", "k", msgid_prefix="H37146450700")
    assert options.number_prefix == "H37146450700"
