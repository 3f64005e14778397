"""Frames on the pipe between a viewing process and the console; both ends in one place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from hbgz_desktop.model.view_frame import ViewFrame, VoiWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES = 512 * 1024 * 1024
_LINE_LIMIT = 64 * 1024
_PLAIN = (
    "width", "height", "full_width", "full_height", "frames", "is_colour", "slope", "intercept",
    "is_inverted", "stretch", "is_hounsfield",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ViewAnswer:
    """What a viewing process answered; ``frame`` or a ``reason`` why there is none."""

    id: int | None
    frame: ViewFrame | None
    reason: str


def encoded_frame(number: int, frame: ViewFrame) -> Sequence[bytes | bytearray]:
    """Return the blocks of an answer."""
    facts: dict[str, object] = {name: getattr(frame, name) for name in _PLAIN}
    facts["windows"] = [_window_facts(one) for one in frame.windows]
    facts["auto"] = _window_facts(frame.auto)
    facts["padding"] = frame.padding
    blocks = (frame.pixels, *frame.tables)
    head = {"id": number, "ok": True, "facts": facts, "sizes": [len(block) for block in blocks]}
    return _line(head), *blocks


def encoded_failure(number: int | None, reason: str) -> Sequence[bytes]:
    """Return the block of an answer that says why there is no frame."""
    return (_line({"id": number, "ok": False, "reason": reason}),)


def read_answer(pipe: IO[bytes]) -> ViewAnswer | None:
    """Read one answer, None at the end of the pipe; blocks.

    Raises:
        ValueError: Or ``LookupError``, ``TypeError``: the other side writes nonsense.
    """
    line = pipe.readline(_LINE_LIMIT)
    if not line:
        return None
    head = json.loads(line)
    if not head["ok"]:
        return ViewAnswer(head["id"], None, str(head["reason"]))
    sizes = [int(size) for size in head["sizes"]]
    if min(sizes) < 0 or sum(sizes) > MOST_BYTES:
        raise ValueError("sizes")
    pixels, *tables = [_block(pipe, size) for size in sizes]
    return ViewAnswer(head["id"], _frame(head["facts"], pixels, tables), "")


def _frame(facts: dict[str, Any], pixels: bytearray, tables: list[bytearray]) -> ViewFrame:
    padding = facts["padding"]
    frame = ViewFrame(
        pixels=pixels,
        tables=tuple(bytes(table) for table in tables),
        windows=tuple(VoiWindow(*one) for one in facts["windows"]),
        auto=VoiWindow(*facts["auto"]),
        padding=None if padding is None else (padding[0], padding[1]),
        **{name: facts[name] for name in _PLAIN},
    )
    if len(pixels) != frame.width * frame.height * (3 if frame.is_colour else 2):
        raise ValueError("pixels")
    return frame


def _block(pipe: IO[bytes], size: int) -> bytearray:
    block = bytearray(size)
    view = memoryview(block)
    while view:
        count = pipe.readinto(view)  # type: ignore[attr-defined]  # typeshed's IO has no readinto
        if not count:
            raise ValueError("the pipe ended within a block")
        view = view[count:]
    return block


def _window_facts(window: VoiWindow) -> list[object]:
    return [window.centre, window.width, window.function, window.name]


def _line(head: dict[str, object]) -> bytes:
    return json.dumps(head).encode("ascii") + b"\n"
