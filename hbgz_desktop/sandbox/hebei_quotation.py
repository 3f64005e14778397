"""The answer of 2.2.3.6: every result that was decided on a page, with every printed member.

"出参示例" is a description, not data (H060): what follows uses its names, on its two levels, with
the enumerations printed there and not those of chapter 3 (H059).
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.hebei_page import REPORT_PATH, VIEWER_PATH
from hbgz_desktop.sandbox.hebei_visits import REASONS, RECOGNISED, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.sandbox.hebei_results import SharedStudy, SharedValue
    from hbgz_desktop.sandbox.hebei_visits import Decision, Visit

FROM_PROVINCE: Final = "2"
OUTPATIENT: Final = "1"
IMAGING: Final = "9"
LABORATORY: Final = "3"
ABNORMAL: Final = "1"
NORMAL: Final = "2"
# Code and name of the device class, as the study's modality says (H060: presumably 3.5).
STUDY_TYPES: Final = {
    "CT": ("01", "CT"),
    "MR": ("02", "MR"),
    "DX": ("04", "DR"),
    "US": ("06", "US"),
}


def quoted_studies(visit: Visit, address: Callable[[str], str]) -> list[dict[str, object]]:
    """Return studyItem: the studies that were decided, recognised or not.

    Args:
        visit: Whose.
        address: Makes a path of the platform an address.
    """
    return [
        _study(one, visit.decisions[one.key], address)
        for one in visit.studies.values()
        if one.key in visit.decisions
    ]


def quoted_reports(visit: Visit, address: Callable[[str], str]) -> list[dict[str, object]]:
    """Return labItem: the reports some value of which was decided, with these values."""
    decided = [one for one in visit.values.values() if one.key in visit.decisions]
    decided.sort(key=lambda one: one.report_key)
    return [
        _report(list(values), visit, address)
        for _, values in groupby(decided, lambda one: one.report_key)
    ]


def _verdict(decision: Decision) -> dict[str, object]:
    return {
        "isRecognition": RECOGNISED if decision.is_recognised else REFUSED,
        "nonRecognitionCode": "" if decision.is_recognised else decision.reason,
        "nonRecognitionValue": "" if decision.is_recognised else REASONS[decision.reason],
        "dataSource": FROM_PROVINCE,
    }


def _study(
    study: SharedStudy, decision: Decision, address: Callable[[str], str]
) -> dict[str, object]:
    type_code, _ = STUDY_TYPES.get(study.modality, ("99", "其他"))
    return {
        "recordId": study.key,
        "orgCode": study.org_code,
        "orgName": study.org_name,
        "studyNo": f"ST{study.key[-8:]}",
        "studyItemCode": study.code,
        "studyItemName": study.name,
        "baseItemCode": study.code,
        "callMappingItemCode": study.code,
        "applyTime": study.studied_at,
        "reportTime": study.reported_at,
        "recordCategory": OUTPATIENT,
        "studyCategoryCode": IMAGING,
        "studyTypeCode": type_code,
        "applyDeptName": "内科",
        "applyDeptNo": "K01",
        "applyDocNo": "D001",
        "applyDocName": "申请医生",
        "studyDeptName": "影像科",
        "studyDeptNo": "K20",
        "studyDocNo": "D002",
        "studyDocName": "检查医生",
        "studyTime": study.studied_at,
        "studyResultCode": ABNORMAL if study.is_abnormal else NORMAL,
        "studyResult": "异常" if study.is_abnormal else "正常",
        "studyResultQuantify": "",
        "studyMeteringUnit": "",
        "reportDeptNo": "K20",
        "reportDocNo": "D003",
        "reportDocName": "报告医生",
        **_verdict(decision),
        "reportId": f"RP{study.key}",
        "studyDetails": [_study_detail(study, address)],
    }


def _study_detail(study: SharedStudy, address: Callable[[str], str]) -> dict[str, object]:
    _, type_name = STUDY_TYPES.get(study.modality, ("99", "其他"))
    return {
        "studySerialNo": f"IM{study.key[-8:]}",
        "studyItemNo": study.code,
        "studyItemName": study.name,
        "imageNo": f"YX{study.key[-8:]}",
        "studyNo": f"JC{study.key[-8:]}",
        "studyTypeName": type_name,
        "reviewDocNo": "D004",
        "reviewDocName": "审核医生",
        "yyx": "1" if study.is_abnormal else "0",
        "reportResult": study.finding,
        "imagePerformance": study.finding,
        "studyDiagnosis": "请结合临床。" if study.is_abnormal else "未见明显异常。",
        "instrumentNum": "YQ01",
        "instrumentNo": "1",
        "instrumentName": f"{type_name} 设备",
        "studyMethod": "平扫",
        "studyName": study.name,
        "studyModality": study.modality,
        "isImage": "1",
        "imageUrl": address(f"{VIEWER_PATH}?key={study.key}"),
    }


def _report(
    values: list[SharedValue], visit: Visit, address: Callable[[str], str]
) -> dict[str, object]:
    first = values[0]
    return {
        "orgCode": first.org_code,
        "orgName": first.org_name,
        "labSerialNumber": f"LB{first.report_key[-8:]}",
        "reportTypeNo": "1",
        "labItemName": first.report_name,
        "applyTime": first.reported_at,
        "reportTime": first.reported_at,
        "pdfUrl": address(f"{REPORT_PATH}?key={first.report_key}"),
        "applyDeptNo": "K01",
        "applyDeptName": "内科",
        "applyDocNo": "D001",
        "applyDocName": "申请医生",
        "reportDocNo": "D005",
        "reportDocName": "检验医生",
        "reviewDocNo": "D006",
        "reviewDocName": "审核医生",
        "labTime": first.reported_at,
        "specimenCode": "1",
        "specimenName": "静脉血",
        "itemType": OUTPATIENT,
        "adviceProjectNo": first.report_key[-8:],
        "reportId": first.report_key,
        "labDetails": [_detail(one, visit.decisions[one.key]) for one in values],
    }


def _detail(value: SharedValue, decision: Decision) -> dict[str, object]:
    return {
        "itemId": value.key,
        "labNo": f"LD{value.key[-8:]}",
        "labItemNo": value.code,
        "labItemName": value.name,
        "baseItemCode": value.code,
        "callMappingItemCode": value.code,
        "labResultCode": "1",
        "resultQualitative": "",
        "resultQuantify": value.value,
        "resultType": "1",
        "meteringUnit": value.unit,
        "referenceRange": value.reference,
        "inspectorNo": "D007",
        "inspectorName": "检测人",
        "labCategoryCode": LABORATORY,
        "loinc": "",
        "deviceTypeCode": "",
        "instrumentNo": "YQ02",
        "instrumentName": "生化分析仪",
        "resultPrompt": value.prompt,
        **_verdict(decision),
        "reportTime": value.reported_at,
        "accessRecordId": f"AC{value.key}",
    }
