"""Which final status of a C-STORE proves that the platform has these bytes (DESIGN 5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynetdicom import AE, AllStoragePresentationContexts, evt

from hbgz_desktop.model.delivery import DeliveryState
from tests.unit.services.test_image_push import items, run_images
from tests.unit.services.uploading_steps import outcomes

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic


def test_that_it_has_such_an_instance_does_not_prove_that_it_has_these_bytes(
    clinic: Clinic,
) -> None:
    """0111 is none of the final statuses that confirm (DESIGN 5.6): IT looks, nothing turns green."""
    platform = clinic.open_platform(by_dicom=True)
    ae = AE("FRONT")
    ae.supported_contexts = AllStoragePresentationContexts
    server = ae.start_server(
        ("127.0.0.1", 0), block=False, evt_handlers=[(evt.EVT_C_STORE, lambda _event: 0x0111)]
    )
    assert server is not None
    clinic.configure(
        **{
            "guizhou.dicom_port": int(server.server_address[1]),
            "guizhou.dicom_called_ae": "FRONT",
        }
    )
    examination_id = clinic.ready(clinic.specs[0], images=2)
    run_images(clinic)
    ae.shutdown()
    failed = clinic.delivery(examination_id, "images")
    assert (failed.state, failed.cause) == (DeliveryState.FAILED, "store_duplicate")
    assert items(clinic) == [(0x0111, "store_duplicate", 0)] * 2
    assert outcomes(clinic, "images") == ["accepted", "refused", "refused"]
    assert clinic.query("select confirmed_count, warned_count from studies") == [(0, 0)]
    assert platform.images() == ()
