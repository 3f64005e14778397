"""How a page is announced to the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.ui.page import Page


@dataclass(frozen=True)
class PageSpec:
    """One page. It is made when it is first shown.

    Attributes:
        key: Stable name.
        title: Entry of the navigation.
        icon: Icon name.
        section: Caption the entry stands below; "" for the daily work at the top.
        factory: Makes the page; called in the GUI thread. Imports what nobody has imported yet, else does not block.
        platforms: Shown when one of these is enabled; empty for always.
        roles: Shown to these roles (clerk, it); empty for all.
    """

    key: str
    title: str
    icon: str
    section: str
    factory: Callable[[], Page]
    platforms: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)

    def is_for(self, platforms: frozenset[str], role: str) -> bool:
        """True when the page exists for these enabled platforms and this role."""
        fits_platform = not self.platforms or bool(self.platforms & platforms)
        return fits_platform and (not self.roles or role in self.roles)
