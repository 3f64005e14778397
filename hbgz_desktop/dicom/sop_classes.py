"""Which SOP classes are images: what ``upload.sop_classes = image`` stands for (DESIGN 5.5).

The console asks for names now and then: pydicom is imported with the first of them.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def class_name(sop_class_uid: str) -> str:
    """The standard's name of a UID, "" for private and unknown ones."""
    from pydicom.uid import UID  # see the top of the file

    name = UID(sop_class_uid).name
    return "" if name == sop_class_uid else name


@lru_cache(maxsize=1024)
def is_image_class(sop_class_uid: str, *, has_pixels: bool) -> bool:
    """True for the standard's image storage classes; a private or unknown class counts when it has pixel data."""
    name = class_name(sop_class_uid)
    if not name:
        return has_pixels
    return "Image" in name and "Storage" in name and "Presentation State" not in name
