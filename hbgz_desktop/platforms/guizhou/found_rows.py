"""Rows of 2.6 and 2.7 out of an answer: mandatory members may be absent, unknown ones come (G054–G062)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.answers import folded, named_index, records_of, same_index
from hbgz_desktop.platforms.guizhou.messages import ImageSerial, SharedExamination

if TYPE_CHECKING:
    from hbgz_desktop.platforms.guizhou.answers import Json

_PERSON_AND_TIME = 3
"""Parts of an index before those whose zeros differ between request and answer (G003, G004)."""


def shared_examinations(answer: Json) -> tuple[SharedExamination, ...]:
    """The rows of 2.6: ``data`` is a list, one object, or null (G054)."""
    return tuple(
        SharedExamination(
            index_code=named_index(record),
            name=_text(record, "psnName"),
            cert_type=_text(record, "psnCertType"),
            cert_no=_text(record, "certno"),
            fixmedins_code=_text(record, "fixmedinsCode"),
            fixmedins_name=_text(record, "fixmedinsName"),
            exam_date=_text(record, "examDate"),
            exam_part=_text(record, "examPart"),
            report_url=_text(record, "examRpotLinkUrl"),
            viewer_url=_text(record, "imgInfoLinkUrl"),
            download_url=_text(record, "imgDldLink"),
        )
        for record in records_of(answer)
    )


def image_serials(answer: Json) -> tuple[ImageSerial, ...]:
    """The images of 2.7, as they stand: nothing is taken off or added (G059)."""
    return tuple(
        ImageSerial(
            exam_uid=_exact(serial, "examUuid"),
            series_uid=_exact(serial, "snUuid"),
            instance_uid=_exact(serial, "instUuid"),
        )
        for record in [answer, *records_of(answer)]
        for serial in _serials(record)
    )


def is_other_index(answer: Json, index_code: str) -> bool:
    """Whether an answer names another person's index, or another examination's.

    The sample of 2.7 is asked with ten zeros and answers with nine: certificate and time decide.
    """
    names = [name for one in [answer, *records_of(answer)] if (name := named_index(one))]
    return bool(names) and not any(
        same_index(_person_and_time(name), _person_and_time(index_code)) for name in names
    )


def _person_and_time(index_code: str) -> str:
    return "-".join(index_code.split("-")[:_PERSON_AND_TIME])


def _serials(record: Json) -> list[Json]:
    found = record.get(_fold("imgFileSnList"))
    items = found if isinstance(found, list) else [found]
    return [folded(item) for item in items if isinstance(item, dict)]


def _fold(name: str) -> str:
    return next(iter(folded({name: None})))


def _exact(members: Json, name: str) -> str:
    value = members.get(_fold(name))
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _text(members: Json, name: str) -> str:
    return _exact(members, name).strip()
