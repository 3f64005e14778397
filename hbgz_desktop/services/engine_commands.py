"""The engine's ear: rows of ``commands``, taken once, answered once, void after their deadline (DESIGN 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from hbgz_desktop.storage.engine_state import EngineStateStore

LOOK_EVERY_S = 0.5
Handler = Callable[[dict[str, Any]], object]


class EngineCommands:
    """Runs one command at a time on its own thread."""

    def __init__(self, store: EngineStateStore, handlers: Mapping[str, Handler]) -> None:
        """``handlers``: kind → function of the arguments; a dict it returns is the answer."""
        self._store = store
        self._handlers = handlers
        self.worker = Worker("commands", self._step)

    def _step(self) -> float:
        command = self._store.take()
        if command is None:
            return LOOK_EVERY_S
        handler = self._handlers.get(command.kind)
        if handler is None:
            self._store.answer(command.id, "failed", code="command_unknown")
            return 0.0
        try:
            result = handler(command.arguments)
        except HbgzError as error:
            self._store.answer(command.id, "failed", code=error.code)
            return 0.0
        facts = result if isinstance(result, dict) else {"value": result}
        self._store.answer(command.id, "done", **facts)
        return 0.0
