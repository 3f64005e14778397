"""Commands are taken once and answered once; what was meant for an earlier engine is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services.engine_commands import EngineCommands
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.services.clinic import Clinic


@pytest.fixture
def taken() -> list[dict[str, Any]]:
    """Arguments of the commands that were carried out."""
    return []


@pytest.fixture
def commands(clinic: Clinic, taken: list[dict[str, Any]]) -> Iterator[EngineCommands]:
    """A running ear."""

    def refuse(_facts: dict[str, Any]) -> None:
        raise StorageError("disk_full")

    def echo(facts: dict[str, Any]) -> dict[str, bool]:
        taken.append(facts)
        return {"ok": True}

    commands = EngineCommands(
        clinic.work.engine_state,
        {
            "echo": echo,
            "count": lambda facts: int(facts["number"]) + 1,
            "refuse": refuse,
            "stop": taken.append,
        },
    )
    yield commands
    commands.worker.stop()
    assert commands.worker.join()


def ask(clinic: Clinic, kind: str, **facts: Any) -> tuple[str, str]:
    store = clinic.work.engine_state
    number = store.ask(kind, requested_by="test", **facts)

    def is_answered() -> bool:
        command = store.command(number)
        return command is not None and command.state not in ("open", "taken")

    wait_until("answered", is_answered)
    command = store.command(number)
    assert command is not None
    return command.state, command.result


@pytest.mark.allow_warnings("command_arguments_unusable")
def test_every_command_gets_its_answer(
    clinic: Clinic, commands: EngineCommands, taken: list[dict[str, Any]]
) -> None:
    commands.worker.start()
    assert ask(clinic, "echo", host="x") == ("done", '{"ok": true}')
    assert taken == [{"host": "x"}]
    assert ask(clinic, "count", number=1) == ("done", '{"value": 2}')
    assert ask(clinic, "refuse") == ("failed", '{"code": "disk_full"}')
    assert ask(clinic, "dance") == ("failed", '{"code": "command_unknown"}')
    assert ask(clinic, "count", number="x") == ("failed", '{"code": "command_unknown"}')
    assert ask(clinic, "count") == ("failed", '{"code": "command_unknown"}')


def test_a_stop_meant_for_the_last_engine_does_not_stop_this_one(
    clinic: Clinic, commands: EngineCommands, taken: list[dict[str, Any]]
) -> None:
    store = clinic.work.engine_state
    stop = store.ask("stop", requested_by="test")
    echo = store.ask("echo", requested_by="test")
    commands.forget("stop")
    assert taken == [{}], "the echo is carried out"
    answers = [store.command(one) for one in (stop, echo)]
    assert [one.state for one in answers if one is not None] == ["failed", "done"]
    commands.worker.start()
    assert ask(clinic, "stop")[0] == "done"
    assert len(taken) == 2
