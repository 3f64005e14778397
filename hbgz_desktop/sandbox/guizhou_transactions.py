"""The eight transactions of V1.4 by the names they are called by."""

from __future__ import annotations

from typing import Final

SAVE_RECORD: Final = "saveExamRpotImgInfo"
SAVE_IMAGE: Final = "saveImgFile"
SAVE_IMAGE_INFO: Final = "saveImgInfo"
SAVE_REPORT: Final = "saveRptFile"
DELETE_INDEX: Final = "deleteExamRpotImgIndxInfo"
DELETE_INDEX_AS_IN_URL: Final = "deleteExamRpotImgIdxInfo"
QUERY_INDEXES: Final = "queryExamRpotImgIndxListFHospital"
QUERY_CACHE: Final = "queryImgCaheFIndex"
LIST_IMAGES: Final = "queryImgCaheFileSn"
GET_IMAGE: Final = "queryImgCahe"

SERVICES: Final = (
    SAVE_RECORD,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_REPORT,
    DELETE_INDEX,
    QUERY_INDEXES,
    QUERY_CACHE,
)
# Both printed spellings of 2.5 lead to it (G018).
SERVICE_OF_PATH: Final = {**{name: name for name in SERVICES}, DELETE_INDEX_AS_IN_URL: DELETE_INDEX}
FORMS: Final = frozenset({SAVE_IMAGE, SAVE_REPORT})
BATCHES: Final = frozenset({SAVE_RECORD, SAVE_IMAGE_INFO, DELETE_INDEX})
QUERIES: Final = frozenset({QUERY_INDEXES, QUERY_CACHE})
