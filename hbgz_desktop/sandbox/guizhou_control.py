"""The further control addresses of a simulated Guizhou platform.

* ``POST /_sandbox/variants`` ``{"data_shape": "object", …}`` see ``GuizhouVariants``
* ``GET  /_sandbox/state``    also holds ``variants`` and ``dicom``: title, port, associations by how
  they went, answers by DIMSE status; ``examinations`` lists each index's images by transport
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.sandbox.control import Control
from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants
from hbgz_desktop.sandbox.http_server import Reply
from hbgz_desktop.sandbox.ledger_state import state_of

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.faults import FaultPlan
    from hbgz_desktop.sandbox.guizhou_receiver import GuizhouReceiver
    from hbgz_desktop.sandbox.ledger import Ledger


class GuizhouReceived:
    """What the platform holds, without patient data. Safe from any thread."""

    def __init__(self, ledger: Ledger, receiver: GuizhouReceiver | None) -> None:
        """Look at both doors."""
        self._ledger = ledger
        self._receiver = receiver

    def state(self) -> dict[str, object]:
        """Return counts."""
        dicom = {"dicom": self._receiver.state()} if self._receiver else {}
        return {**state_of(self._ledger), **dicom}

    def reset(self) -> None:
        """Forget everything but variants."""
        self._ledger.reset()
        if self._receiver:
            self._receiver.reset()


class GuizhouControl(Control):
    """Answers the control addresses of one Guizhou platform.

    Attributes:
        variants: How answers look; replaced as a whole.
    """

    def __init__(self, ledger: Ledger, receiver: GuizhouReceiver | None, faults: FaultPlan) -> None:
        """Act on this ledger, this door and these faults."""
        super().__init__(GuizhouReceived(ledger, receiver), faults)
        self.variants = GuizhouVariants()

    def set_variants(self, values: Mapping[str, object]) -> None:
        """Change how answers look.

        Raises:
            UsageError: ``sandbox_variant_invalid``.
        """
        self.variants = self.variants.changed(values)

    @override
    def state(self) -> dict[str, object]:
        return {**super().state(), "variants": self.variants.as_json()}

    @override
    def _change(self, wish: str, value: object) -> Reply:
        if wish != "POST /variants":
            return super()._change(wish, value)
        if not isinstance(value, Mapping):
            raise TypeError
        self.set_variants(value)
        return Reply.of_json(self.state())
