"""Switches of how a simulated platform answers: one field a gap, one of its listed values each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from hbgz_desktop.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

VariantsT = TypeVar("VariantsT", bound=Any)


def with_choices(
    variants: VariantsT, choices: Mapping[str, tuple[str, ...]], values: Mapping[str, object]
) -> VariantsT:
    """Return the switches with some replaced.

    Args:
        variants: A frozen dataclass of texts.
        choices: Name → the values there are.
        values: Name → the value wanted.

    Raises:
        UsageError: ``sandbox_variant_invalid`` for a name or a value there is not.
    """
    for name, value in values.items():
        if str(value) not in choices.get(name, ()):
            raise UsageError("sandbox_variant_invalid", name=name, value=str(value))
    return replace(variants, **{name: str(value) for name, value in values.items()})
