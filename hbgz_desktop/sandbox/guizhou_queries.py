"""2.6 to 2.8: a patient's examinations in the cloud, their image lists, their images."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.envelope import CODE_CONTENT, Refusal
from hbgz_desktop.sandbox.field_table import fold, folded, text_at
from hbgz_desktop.sandbox.guizhou_answers import Answer, cache_data, found_answer, refused_answer
from hbgz_desktop.sandbox.guizhou_pages import REPORT_PATH, VIEWER_PATH
from hbgz_desktop.sandbox.guizhou_parameters import (
    FILE_SERIAL,
    IMAGE,
    INDEX,
    LISTING,
    QUERY,
    SERIAL,
    SERVICE_NAME,
    check_parameters,
    day_of,
)
from hbgz_desktop.sandbox.guizhou_transactions import (
    GET_IMAGE,
    LIST_IMAGES,
    QUERY_CACHE,
    QUERY_INDEXES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.sandbox.guizhou_intake import Message
    from hbgz_desktop.sandbox.guizhou_shared import Cloud, SharedExam, SharedImage
    from hbgz_desktop.sandbox.guizhou_variants import GuizhouVariants

CODE_NOT_FOUND: Final = 404
OTHER_HOST: Final = "http://198.51.100.7:1234/mie/api/mie"
LONG_CERTNO: Final = 600


class QueryServices:
    """The three queries over one cloud. Safe from any thread."""

    def __init__(self, cloud: Cloud, root_url: Callable[[], str], base_path: str) -> None:
        """Find things in ``cloud``.

        Args:
            cloud: Whatever is shared.
            root_url: Scheme, host and port for links.
            base_path: Path of the services.
        """
        self._cloud = cloud
        self._root_url = root_url
        self._base_path = base_path

    def serve(self, service: str, message: Message, variants: GuizhouVariants) -> Answer:
        """Answer what is asked for, or say by which rule it is refused."""
        item = message.items[0]
        if service == QUERY_INDEXES:
            return self._list_exams(message, item, variants)
        name = text_at(item, "serviceName")
        if name == LIST_IMAGES:
            return self._list_images(message, item, variants)
        if name == GET_IMAGE:
            return self._get_image(message, item, variants)
        errors = check_parameters((SERVICE_NAME,), item)
        errors = errors or [f"{SERVICE_NAME.title}：应为 {LIST_IMAGES} 或 {GET_IMAGE}"]
        return _refused(QUERY_CACHE, message, errors)

    # -- 2.6

    def _list_exams(
        self, message: Message, item: Mapping[str, object], variants: GuizhouVariants
    ) -> Answer:
        errors = check_parameters(QUERY, item)
        first, last = day_of(item.get("begntime")), day_of(item.get("endtime"))
        if first and last and first > last:
            errors.append(f"{QUERY[3].title}：不能晚于 {QUERY[4].title}")
        if errors:
            return _refused(QUERY_INDEXES, message, errors)
        found = self._cloud.of_person(
            text_at(item, "psnCertType"), text_at(item, "certno"), text_at(item, "psnName")
        )
        rows = [
            self._row(one, variants)
            for one in found
            if (first is None or first <= one.exam_day) and (last is None or one.exam_day <= last)
        ]
        return found_answer(rows)

    def _row(self, exam: SharedExam, variants: GuizhouVariants) -> Mapping[str, object]:
        number = exam.certificate_number
        if variants.certno == "masked":
            number = f"{number[:6]}*****{number[-4:]}"
        elif variants.certno == "long":
            number = hashlib.sha256(number.encode()).hexdigest().upper() * 10
        row: dict[str, object] = {
            "hiImgIndx": exam.index,
            "psnName": exam.person_name,
            "psnCertType": exam.certificate_type,
            "certno": number[:LONG_CERTNO],
            **exam.fields,
            **self._links(exam, variants.links),
        }
        choice = variants.download_link if exam.is_cached else variants.no_download_link
        if choice != "missing":
            row["imgDldLink"] = self._download_link(exam, choice)
        return row

    def _links(self, exam: SharedExam, choice: str) -> Mapping[str, object]:
        if choice == "missing":
            return {}
        empty = {"null": None, "empty": ""}
        root = self._root_url()
        return {
            "examRpotLinkUrl": empty.get(choice, f"{root}{REPORT_PATH}?key={exam.key}"),
            "imgInfoLinkUrl": empty.get(choice, f"{root}{VIEWER_PATH}?key={exam.key}"),
        }

    def _download_link(self, exam: SharedExam, choice: str) -> str | None:
        if choice in ("null", "empty"):
            return None if choice == "null" else ""
        if choice == "page":
            return f"{self._root_url()}{VIEWER_PATH}?key={exam.key}"
        base = OTHER_HOST if choice == "other_host" else f"{self._root_url()}{self._base_path}"
        return f"{base}/{QUERY_CACHE}"

    # -- 2.7 and 2.8

    def _list_images(
        self, message: Message, item: Mapping[str, object], variants: GuizhouVariants
    ) -> Answer:
        errors = check_parameters(LISTING, item)
        if errors:
            return _refused(QUERY_CACHE, message, errors)
        exam = self._cached(item)
        if exam is None:
            return _not_found(message)
        images = self._cloud.images(exam.index)
        serials = [_serial(images, number, variants) for number in range(len(images))]
        return found_answer(cache_data(exam.index, imgFileSnList=serials))

    def _get_image(
        self, message: Message, item: Mapping[str, object], variants: GuizhouVariants
    ) -> Answer:
        errors = check_parameters(IMAGE, item)
        serial = item.get(fold(FILE_SERIAL.code))
        members = folded(serial) if isinstance(serial, Mapping) else {}
        if isinstance(serial, Mapping) and serial:
            errors += [f"{FILE_SERIAL.title} {one}" for one in check_parameters(SERIAL, members)]
        if errors:
            return _refused(QUERY_CACHE, message, errors)
        exam = self._cached(item)
        if exam is None:
            return _not_found(message)
        wanted = {one.code: text_at(members, one.code) for one in SERIAL}
        images = self._cloud.images(exam.index)
        for number, image in enumerate(images):
            if _serial(images, number, variants) == wanted:
                content = None if variants.file_content == "null" else image.path()
                return found_answer(cache_data(exam.index), content)
        return _refused(
            QUERY_CACHE, message, [f"{FILE_SERIAL.title}：序列号不存在"], CODE_NOT_FOUND
        )

    def _cached(self, item: Mapping[str, object]) -> SharedExam | None:
        exam = self._cloud.exam(text_at(item, "hiImgIndx"))
        return exam if exam is not None and exam.is_cached else None


def _serial(
    images: tuple[SharedImage, ...], number: int, variants: GuizhouVariants
) -> dict[str, str]:
    """Name an image: by its UIDs, or by numbers as in the printed example (G059)."""
    image = images[number]
    if variants.image_ids == "uid":
        return {
            "examUuid": image.study_uid,
            "snUuid": image.series_uid,
            "instUuid": image.instance_uid,
        }
    series = list(dict.fromkeys(one.series_uid for one in images)).index(image.series_uid)
    return {"examUuid": "111", "snUuid": f"{222 + series}", "instUuid": f"{333 + number}"}


def _refused(service: str, message: Message, errors: list[str], code: int = CODE_CONTENT) -> Answer:
    return refused_answer(service, message, Refusal(code, "；".join(errors)))


def _not_found(message: Message) -> Answer:
    return _refused(
        QUERY_CACHE, message, [f"{INDEX.title}：索引不存在或影像没有缓存"], CODE_NOT_FOUND
    )
