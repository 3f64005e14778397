"""What the groups of ``hbgz.toml`` are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0.05, le=86400)]


class Group(BaseModel):
    """Base of the groups: unknown keys are refused, values never appear in error text."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
