"""The engine's ear: rows of ``commands``, taken once, answered once, void after their deadline (DESIGN 2)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from hbgz_desktop.model.status import Command
    from hbgz_desktop.storage.engine_state import EngineStateStore

LOG = logging.getLogger(__name__)
LOOK_EVERY_S = 0.5
Handler = Callable[[dict[str, Any]], object]


class EngineCommands:
    """Runs one command at a time on its own thread."""

    def __init__(self, store: EngineStateStore, handlers: Mapping[str, Handler]) -> None:
        """``handlers``: kind → function of the arguments; a dict it returns is the answer."""
        self._store = store
        self._handlers = handlers
        self.worker = Worker("commands", self._step)

    def forget(self, kind: str) -> None:
        """Take what was asked for before this engine ran, and let go what was meant for an earlier one."""
        while (command := self._store.take()) is not None:
            if command.kind == kind:
                self._store.answer(command.id, "failed", code="engine_restarted")
            else:
                self._carry_out(command)

    def _step(self) -> float:
        command = self._store.take()
        if command is None:
            return LOOK_EVERY_S
        self._carry_out(command)
        return 0.0

    def _carry_out(self, command: Command) -> None:
        handler = self._handlers.get(command.kind)
        if handler is None:
            self._store.answer(command.id, "failed", code="command_unknown")
            return
        try:
            result = handler(command.arguments)
        except HbgzError as error:
            self._store.answer(command.id, "failed", code=error.code)
        except (KeyError, TypeError, ValueError):
            LOG.warning("command_arguments_unusable kind=%s", command.kind)
            self._store.answer(command.id, "failed", code="command_unknown")
        else:
            facts = result if isinstance(result, dict) else {"value": result}
            self._store.answer(command.id, "done", **facts)
