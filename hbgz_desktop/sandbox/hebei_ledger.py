"""What the simulated Hebei platform keeps on disk: how each request ended, and authorisations.

Bodies are kept sealed with the platform's own key: no name, number or telephone in clear.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from hbgz_desktop.sandbox.received import RequestRow
from hbgz_desktop.sandbox.row_file import RowFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher

LEDGER_NAME: Final = "hebei.jsonl"


class HebeiLedger:
    """All that was received below one folder. Safe from any thread.

    Attributes:
        on_request: Called after each request, on its connection's thread.
    """

    def __init__(self, root: Path, cipher: Sm4Cipher) -> None:
        """Open or create the folder and read its ledger."""
        root.mkdir(parents=True, exist_ok=True)
        self.on_request: Callable[[RequestRow], None] | None = None
        self._file = RowFile(root / LEDGER_NAME)
        self._cipher = cipher
        self._lock = threading.Lock()
        self._requests: list[RequestRow] = []
        self._kept: list[dict[str, object]] = []
        for kind, row in self._file.rows():
            if kind == "request":
                values: dict[str, Any] = row
                self._requests.append(RequestRow(**values))
            else:
                self._kept.append(row)

    def add_request(self, service: str, subject: str, outcome: str, **details: str) -> None:
        """Keep how a request ended.

        Args:
            service: Last segment of its path.
            subject: Digest of the visit, "" when it has none.
            outcome: As of ``RequestRow``.
            details: code, fault and message.
        """
        with self._lock:
            number = len(self._requests) + 1
            row = RequestRow.ended_now(number, service, subject, outcome, details)
            self._file.append("request", asdict(row))
            self._requests.append(row)
        if self.on_request is not None:
            self.on_request(row)

    def keep_authorisation(self, org_code: str, texts: Mapping[str, str]) -> None:
        """Keep an accepted saveAuthUser, sealed."""
        sealed = self._cipher.encrypt(json.dumps(dict(texts), ensure_ascii=False))
        with self._lock:
            row: dict[str, object] = {"org_code": org_code, "sealed": sealed}
            self._file.append("authorised", row)
            self._kept.append(row)

    def authorisations(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield organisation and members of every kept authorisation this key can open.

        Raises:
            RuleBrokenError: The ledger was written with another key.
        """
        for row in self._kept:
            text = self._cipher.decrypt(str(row["sealed"]), LEDGER_NAME)
            yield str(row["org_code"]), json.loads(text)

    def requests(self) -> tuple[RequestRow, ...]:
        """Return every request, in the order they ended, earlier runs included."""
        with self._lock:
            return tuple(self._requests)

    def state(self) -> dict[str, object]:
        """Return counts for the control address."""
        rows = self.requests()
        broken = Counter(row.message.partition(":")[0] for row in rows if row.outcome == "refused")
        return {
            "requests": dict(Counter(row.service for row in rows)),
            "outcomes": dict(Counter(row.outcome for row in rows)),
            "faults": dict(Counter(row.fault for row in rows if row.fault)),
            "rules_broken": dict(broken),
        }

    def reset(self) -> None:
        """Delete all that was received and begin anew."""
        with self._lock:
            self._file.delete()
            self._requests.clear()
            self._kept.clear()
