"""How long the disk lasts: simple sums, and that clearing never makes it shorter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.disk_forecast import HORIZON_DAYS, DiskUse, days_left


def left(
    use: DiskUse, *, clears: bool = False, keep: int = 180, space: int | None = None
) -> int | None:
    return days_left(use, clears=clears, keep_days=keep, pressure_days=space)


def test_without_clearing_it_is_a_division() -> None:
    assert left(DiskUse(95, 10, {}, 1.0)) == 10
    assert left(DiskUse(0, 10, {}, 1.0)) == 0
    assert left(DiskUse(-5, 0, {}, 1.0)) == 0
    assert left(DiskUse(95, 0, {}, 1.0)) is None


def test_what_grows_old_makes_room() -> None:
    """Ten a day come, ten a day have waited 180 days: for ever, as long as new ones are confirmed too."""
    stock = dict.fromkeys(range(180), 10.0)
    assert left(DiskUse(15, 10, stock, 1.0), clears=True) is None
    assert left(DiskUse(15, 10, stock, 1.0)) == 2
    assert left(DiskUse(15, 10, stock, 0.0), clears=True) == 182


def test_short_of_room_younger_ones_go_when_that_is_set() -> None:
    stock = dict.fromkeys(range(30), 10.0)
    assert left(DiskUse(15, 10, stock, 0.0), clears=True) == 2
    assert left(DiskUse(15, 10, stock, 0.0), clears=True, space=1) == 32


STOCKS = st.dictionaries(st.integers(0, 400), st.floats(0, 1e9), max_size=20)


@given(
    st.floats(0, 1e9),
    st.floats(0, 1e8),
    STOCKS,
    st.floats(0, 1),
    st.integers(1, 300),
    st.none() | st.integers(1, 30),
)
def test_clearing_never_shortens_it(
    room: float, daily: float, stock: dict[int, float], share: float, keep: int, space: int | None
) -> None:
    use = DiskUse(room, daily, stock, share)
    plain = left(use, keep=keep)
    cleared = left(use, clears=True, keep=keep, space=space)
    last = HORIZON_DAYS + 1
    assert int(cleared or 0 if cleared is not None else last) >= int(
        plain or 0 if plain is not None else last
    )
