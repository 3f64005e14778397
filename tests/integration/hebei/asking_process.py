"""What another process does in the token tests; started by ``spawn``, so it must be importable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.hebei_clients import HebeiClients
from hbgz_desktop.services.hebei_tokens import HebeiTokens
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.hebei_tokens import HebeiTokenStore
from hbgz_desktop.storage.sealing import make_sealer
from tests.integration.hebei.sharing_desk import USER, VISIT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier


def ask_once(folder: str, starts: Sequence[Barrier], link: Connection) -> None:
    """At each start, together with another process: one call; report whether it was accepted."""
    with Workplace(DataFolder(Path(folder))) as work:
        store = HebeiTokenStore(work.database, make_sealer(work.folder.root))
        tokens = HebeiTokens(store, HebeiClients(work.settings, work.secrets))
        for start in starts:
            link.recv()
            start.wait(20)
            outcome = tokens.call(USER, lambda client, token: client.save_auth_user(token, VISIT))
            link.send(outcome.accepted)
