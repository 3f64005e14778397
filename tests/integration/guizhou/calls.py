"""One call of our client of each transaction."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.messages import ImageInfo, ImageSerial, IndexQuery
from tests.integration.guizhou.front_desk import (
    DELETE_INDEX,
    LIST_IMAGES,
    PDF,
    QUERIES,
    QUERY_INDEXES,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SAVE_REPORT,
    FrontDesk,
    md5,
)
from tests.unit.sandbox.caller import make_image

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.platforms.guizhou.client import GuizhouClient
    from hbgz_desktop.platforms.guizhou.exchange import Exchange


def call(desk: FrontDesk, client: GuizhouClient, service: str, folder: Path) -> Exchange:
    """One call of our client that the platform can accept."""
    if service == SAVE_RECORD:
        return client.save_exam_record(desk.record())
    if service == QUERY_INDEXES:
        return client.query_indexes(IndexQuery(*desk.patient)).exchange
    if service in QUERIES:
        return ask_cache(desk, client, service)
    record = desk.known()
    index, study, numbers = record["hiImgIndx"], record["studyUid"], (record["accessionNumber"],)
    if service == SAVE_IMAGE_INFO:
        return client.save_image_info(ImageInfo(index, study, numbers, 3))
    if service == DELETE_INDEX:
        return client.delete_indexes([index]).exchanges[0]
    content = PDF if service == SAVE_REPORT else make_image(1, sop=f"{study}.1")
    path = folder / "file"
    path.write_bytes(content)
    if service == SAVE_REPORT:
        return client.save_report(index, study, record["rpotNo"], path, len(content), md5(content))
    return client.save_image(index, study, numbers, path, len(content), md5(content), 3)


def ask_cache(desk: FrontDesk, client: GuizhouClient, service: str) -> Exchange:
    """2.7 or 2.8 of another hospital's examination."""
    index = desk.shared_index()
    if service == LIST_IMAGES:
        return client.query_images(index).exchange
    image = desk.platform.cloud.images(index)[0]
    serial = ImageSerial(image.study_uid, image.series_uid, image.instance_uid)
    return client.fetch_image(index, serial, io.BytesIO(), max_bytes=1 << 20).exchange
