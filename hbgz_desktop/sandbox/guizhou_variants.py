"""What the printed text of Guizhou leaves open, one switch a gap: how the simulated platform answers.

The defaults are the printed examples; every other value is one that is printed elsewhere in the
document or that a real platform may turn out to have, and a client must bear.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.answer_choices import with_choices

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class GuizhouVariants:
    """One setting a gap.

    Attributes:
        index_name: Name of the index code in answers (G016).
        code_type: Type of ``code`` (G025).
        flag_type: Type of ``succFlag`` (G026).
        content_type: Of JSON answers; the print says any (G025).
        data_shape: How ``data`` is written: as printed for the service, a list of one as an object,
            an object as a list of one, or the whole as JSON text (G024, G054).
        empty_data: How a list without members is answered (G054).
        commas: A comma before each closing bracket, as in the printed examples (G015).
        extra_members: The null members of 2.7 and 2.8 as printed, none of them, or unknown members
            everywhere (G025, G062).
        delete_answer: 2.5 answered index by index, or as printed by one record whose index is null
            for all (G052).
        record_order: Answers to several records in the order of the request, or the other way
            round; named or without their indexes (G026).
        upload_order: Whether images, announcement and report may come before 2.1 (G046, G071); what
            2.1 would have told about them is then not checked.
        deleted_index: Whether 2.1 may use a deleted index again (G052).
        certno: How 2.6 writes the certificate number (G055).
        links: Whether 2.6 gives the links to report and images (G057).
        download_link: imgDldLink of an examination that is cached (G056).
        no_download_link: imgDldLink of one that is not (G056).
        image_ids: What 2.7 names images by: their UIDs, or numbers of its own (G059).
        base64: How 2.8 writes Base64 (G061).
        file_content: What 2.8's Base64 holds.
        dicom_order: Whether instances are refused that 2.3 did not announce (G048).
    """

    index_name: str = "printed"
    code_type: str = "number"
    flag_type: str = "string"
    content_type: str = "json"
    data_shape: str = "printed"
    empty_data: str = "array"
    commas: str = "none"
    extra_members: str = "printed"
    delete_answer: str = "each"
    record_order: str = "asked"
    upload_order: str = "record_first"
    deleted_index: str = "reusable"
    certno: str = "masked"
    links: str = "given"
    download_link: str = "service"
    no_download_link: str = "null"
    image_ids: str = "uid"
    base64: str = "plain"
    file_content: str = "dicom"
    dicom_order: str = "strict"

    def as_json(self) -> dict[str, str]:
        """Return what ``changed`` reads."""
        return asdict(self)

    def changed(self, values: Mapping[str, object]) -> GuizhouVariants:
        """Return these with some replaced.

        Raises:
            UsageError: ``sandbox_variant_invalid`` for a name or a value there is not.
        """
        return with_choices(self, CHOICES, values)


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "index_name": (
        "printed",
        "hiImgIndx",
        "hiImgIdx",
        "hilmgIdx",
        "hiImglndx",
        "HIIMGINDX",
        "hiimgindx",
    ),
    "code_type": ("number", "string", "float"),
    "flag_type": ("string", "number"),
    "content_type": ("json", "text", "html", "octets", "none"),
    "data_shape": ("printed", "array", "object", "text"),
    "empty_data": ("array", "null", "missing"),
    "commas": ("none", "trailing"),
    "extra_members": ("printed", "none", "more"),
    "delete_answer": ("each", "one_null"),
    "record_order": ("asked", "reversed", "without_index"),
    "upload_order": ("record_first", "any"),
    "deleted_index": ("reusable", "gone"),
    "certno": ("masked", "plain", "long"),
    "links": ("given", "missing", "null", "empty"),
    "download_link": ("service", "other_host", "page", "null"),
    "no_download_link": ("null", "missing", "empty", "page"),
    "image_ids": ("uid", "opaque"),
    "base64": ("plain", "line_breaks", "blanks", "url_safe", "no_padding", "damaged"),
    "file_content": ("dicom", "not_dicom", "empty", "null"),
    "dicom_order": ("strict", "any"),
}
CONTENT_TYPES: Final[Mapping[str, str]] = {
    "json": "application/json;charset=UTF-8",
    "text": "text/plain",
    "html": "text/html;charset=UTF-8",
    "octets": "application/octet-stream",
    "none": "",
}
