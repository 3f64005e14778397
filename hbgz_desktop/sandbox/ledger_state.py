"""A ledger in numbers, as the control address shows it: index codes only as folder names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hbgz_desktop.sandbox.received import folder_of

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.ledger import Ledger


def state_of(ledger: Ledger) -> dict[str, object]:
    """Count what a ledger holds."""
    requests, images, history = ledger.requests(), ledger.images(), ledger.records()
    known = [one.index for one in ledger.live_records()]
    return {
        "requests": dict(Counter(row.service for row in requests)),
        "outcomes": dict(Counter(row.outcome for row in requests)),
        "faults": dict(Counter(row.fault for row in requests if row.fault)),
        "msgids": ledger.msgid_count(),
        "records": len(known),
        "corrections": sum(1 for one in history if one.outcome == "correction"),
        "images": len(images),
        "images_by_dicom": sum(one.transport == "dicom" for one in images),
        "images_not_announced": sum(not one.index for one in images),
        "image_bytes": sum(one.size_bytes for one in images),
        "reports": len(ledger.reports()),
        "duplicates": ledger.duplicates(),
        "sent_twice_as_new": list(ledger.sent_twice_as_new()),
        "examinations": [
            *(_examination(ledger, index) for index in known),
            *(
                {
                    "index": folder_of(one.index),
                    "deleted": True,
                    "images": one.images,
                    "reports": one.reports,
                }
                for one in ledger.deletions()
            ),
        ],
    }


def _examination(ledger: Ledger, index: str) -> dict[str, object]:
    images = ledger.images(index)
    count, total = ledger.instance_count(index), ledger.announced_total(index)
    return {
        "index": folder_of(index),
        "deleted": False,
        "announced": ledger.image_info(index) is not None,
        "images": count,
        "images_by_http": sum(one.transport == "http" for one in images),
        "images_by_dicom": sum(one.transport == "dicom" for one in images),
        "image_total": total,
        "complete": 0 < total == count,
        "reports": len(ledger.reports(index)),
    }
