"""Windows' timers are fine while an association is open, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynetdicom import _config
from typing_extensions import override

from hbgz_desktop.dicom.storage_scu import echo, send_files
from hbgz_desktop.system.timer_resolution import fine_timer
from tests.running_program import until
from tests.unit.dicom.samples import KeepingReceiver, image, stored

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.instance import IncomingInstance, StoreAnswer
    from tests.unit.dicom.conftest import BenchMaker


class WatchingReceiver(KeepingReceiver):
    """Notes how many need the fine timer while it stores."""

    def __init__(self) -> None:
        super().__init__()
        self.users: list[int] = []

    @override
    def store(self, incoming: IncomingInstance) -> StoreAnswer:
        self.users.append(fine_timer().users)
        return super().store(incoming)


def test_both_ends_need_it_for_as_long_as_the_association(
    make_bench: BenchMaker, tmp_path: Path
) -> None:
    receiver = WatchingReceiver()
    bench = make_bench(receiver)
    assert fine_timer().users == 0
    send_files([stored(tmp_path / f"{n}.dcm", image(n)) for n in (1, 2)], bench.peer())
    assert receiver.users == [2, 2]
    assert echo(bench.peer()).ok
    until("given back", lambda: fine_timer().users == 0)


def test_the_library_leaves_the_timer_to_us(make_bench: BenchMaker) -> None:
    make_bench()
    assert _config.WINDOWS_TIMER_RESOLUTION is None
