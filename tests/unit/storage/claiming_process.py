"""What other processes do in concurrency tests; started by ``spawn``, so it must be importable."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import Outcome
from hbgz_desktop.storage.attempts import AttemptLog
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.deliveries import DeliveryQueue
from hbgz_desktop.storage.engine_lock import EngineLock
from hbgz_desktop.storage.platform_state import PlatformStates
from hbgz_desktop.storage.sealing import make_sealer

if TYPE_CHECKING:
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

PLATFORM = "guizhou"
THREADS = 4


def claim_everything(path: str, name: str, start: Barrier, out: Connection) -> None:
    """Claim on several threads until nothing is due; report every (delivery, token)."""
    file = Path(path)
    database = Database(file)
    queue = DeliveryQueue(database, AttemptLog(database, make_sealer(file.parent)))

    def work(thread: int) -> list[tuple[int, int]]:
        found = []
        owner = f"{name}-{thread}"
        while (one := queue.claim(owner, lease_s=600, platforms=[PLATFORM])) is not None:
            found.append((one.id, one.token))
            queue.finish(one, Outcome.DELIVERED)
        return found

    start.wait(20)
    with ThreadPoolExecutor(THREADS) as pool:
        out.send([pair for result in pool.map(work, range(THREADS)) for pair in result])
    database.close()


def reserve_numbers(path: str, now: datetime, times: int, start: Barrier, out: Connection) -> None:
    """Reserve blocks of message numbers; report (second, first, last) in order."""
    database = Database(Path(path))
    states = PlatformStates(database)
    start.wait(20)
    out.send([states.reserve_msgids(PLATFORM, now, 100) for _ in range(times)])
    database.close()


def hold_lock(path: str, out: Connection) -> None:
    """Take the engine's lock, say so, and hold it until killed."""
    lock = EngineLock(Path(path))
    lock.acquire()
    out.send("held")
    out.poll(60)
