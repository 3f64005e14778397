"""The storage SCP that anyone would write with pynetdicom: the naive peer of bench/ingest.py."""

from __future__ import annotations

import sys
from pathlib import Path

from pynetdicom import AE, evt
from pynetdicom.presentation import AllStoragePresentationContexts


def main() -> None:
    """Serve until the process is ended: ``plain_scp.py PORT AE FOLDER``."""
    port, ae_title, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])

    def on_store(event: evt.Event) -> int:
        ds = event.dataset
        ds.file_meta = event.file_meta
        ds.save_as(folder / f"{ds.SOPInstanceUID}.dcm", enforce_file_format=True)
        return 0x0000

    ae = AE(ae_title=ae_title)
    ae.supported_contexts = AllStoragePresentationContexts
    ae.start_server(("127.0.0.1", port), block=True, evt_handlers=[(evt.EVT_C_STORE, on_store)])


if __name__ == "__main__":
    main()
