"""The printed examples of Guizhou's V1.4, cleaned (G015), out of the extraction's copy."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_COPY = Path(__file__).resolve().parents[2] / "data" / "spec" / "guizhou_interfaces.json"


@cache
def _examples() -> dict[str, dict[str, Any]]:
    document = json.loads(_COPY.read_text(encoding="utf-8"))
    return {one["id"]: one["examples"] for one in document["interfaces"]}


def printed_request(service: str) -> dict[str, Any]:
    request: dict[str, Any] = _examples()[service]["request"]
    return request


def printed_answer(service: str) -> dict[str, Any]:
    answer: dict[str, Any] = _examples()[service]["response"]
    return answer
