"""The demo's five studies, the records and the visit that belong to them; every person is made up.

One record carries a charge type of the hospital's own (``LOCAL_CHARGE_TYPE``), which no code of the
standard equals: it waits for a mapping, as it would in a real hospital.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hbgz_desktop.model.visit import Visit
from hbgz_desktop.sandbox.identity import make_person
from hbgz_desktop.sandbox.report_pdf import make_report_pdf
from hbgz_desktop.sandbox.study_spec import Anatomy, Charset, StudySpec, Syntax, make_uid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LOCAL: Final = ZoneInfo("Asia/Shanghai")
INSTITUTION_CODE: Final = "H52010000001"
INSTITUTION_NAME: Final = "示例人民医院"
# The hospital's own code for 门诊收费; chapter 3.5 knows only 01, 02 and 03.
LOCAL_CHARGE_TYPE: Final = "MZ"
RECORD_WITH_LOCAL_CODE: Final = 1
RECORD_FILE: Final = "records.json"
IMG_EXAM_TYPE: Final = {"DX": "1", "CT": "2", "MR": "3", "US": "4"}
# 检查部位 of 3.6, item code and name of the price list, department.
ITEMS: Final = {
    ("CT", Anatomy.ABDOMEN): ("BF25ZYZZZ", "002103000010000", "肝脏CT平扫", "CT室"),
    ("CT", Anatomy.HEAD): ("B020ZYZZZ", "002103000010001", "颅脑CT平扫", "CT室"),
    ("MR", Anatomy.HEAD): ("B030ZYZZZ", "002102000010000", "颅脑MRI平扫", "磁共振室"),
    ("DX", Anatomy.CHEST): ("BB04ZZZZ1", "002101020150000", "胸部正位摄影", "放射科"),
    ("US", Anatomy.HEART): ("000000000", "002203020030000", "心脏彩色多普勒超声", "超声科"),
}
FINDINGS: Final = {
    Anatomy.ABDOMEN: (
        "肝脏大小形态正常，实质密度均匀。双肾未见结石影。",
        "上腹部CT平扫未见明显异常。",
    ),
    Anatomy.HEAD: ("左侧基底节区见类圆形异常信号影，边界清楚。", "左侧基底节区占位，建议复查。"),
    Anatomy.CHEST: ("双肺纹理清晰，心影大小正常，膈面光滑。", "胸部正位片未见异常。"),
    Anatomy.HEART: ("各房室大小正常，瓣膜启闭良好。", "心脏超声未见异常。"),
}


def demo_studies(seed: int, now: datetime | None = None) -> tuple[StudySpec, ...]:
    """Return the demo's five studies: CT, MR, DX, a compressed CT, and a CT with GBK names.

    Args:
        seed: Of people, UIDs and numbers; the same seed gives the same five.
        now: Aware time before which they were taken; defaults to the present.
    """
    rng = random.Random(seed)  # noqa: S311  # a repeatable demo, nothing secret
    latest = (now or datetime.now(UTC)).replace(microsecond=0)
    shapes = (
        ("CT", Anatomy.ABDOMEN, 1, 24, 512, 512, Charset.UTF_8, Syntax.EXPLICIT),
        ("MR", Anatomy.HEAD, 2, 12, 256, 256, Charset.GB18030, Syntax.IMPLICIT),
        ("DX", Anatomy.CHEST, 1, 1, 1400, 1200, Charset.ISO_2022_58, Syntax.EXPLICIT),
        ("CT", Anatomy.HEAD, 1, 20, 512, 512, Charset.UTF_8, Syntax.JPEG_LS),
        ("CT", Anatomy.HEAD, 1, 12, 512, 512, Charset.GBK_UNDECLARED, Syntax.EXPLICIT),
    )
    return tuple(
        _spec(rng, shape, latest - timedelta(minutes=150 - 25 * number))
        for number, shape in enumerate(shapes)
    )


_Shape = tuple[str, Anatomy, int, int, int, int, Charset, Syntax]


def _spec(rng: random.Random, shape: _Shape, moment: datetime) -> StudySpec:
    modality, anatomy, series, images, rows, columns, charset, syntax = shape
    person = make_person(rng)
    return StudySpec(
        modality=modality,
        anatomy=anatomy,
        study_instance_uid=make_uid(rng),
        series=series,
        images=images,
        rows=rows,
        columns=columns,
        patient_name=person.name,
        romanised_name=person.romanised,
        patient_id=f"P{rng.randrange(10**7, 10**8)}",
        accession_number=f"A{rng.randrange(10**8, 10**9)}",
        sex=person.sex,
        birth_date=person.birth_date,
        charset=charset,
        transfer_syntax=syntax,
        study_datetime=moment,
        description=ITEMS[modality, anatomy][2],
        institution_name=INSTITUTION_NAME,
        certificate_number=person.certificate_number,
    )


def shrunk(spec: StudySpec, images: int, rows: int) -> StudySpec:
    """Return the same study with fewer and smaller images, for quick trials."""
    return replace(spec, images=min(images, spec.images), rows=rows, columns=rows)


def index_code(spec: StudySpec) -> str:
    """Return the index code of 1.2 with five parts, the last two zeros (G001, G006)."""
    moment = spec.study_datetime.astimezone(LOCAL)
    return f"111-{spec.certificate_number}-{moment:%Y%m%d%H%M%S}-{'0' * 13}-{'0' * 9}"


def demo_records(
    specs: Sequence[StudySpec],
    *,
    institution_code: str = INSTITUTION_CODE,
    with_index: bool = True,
) -> list[dict[str, object]]:
    """Return one record of 2.1 a study, by the platform's parameter codes, values as text.

    All are valid but for the one that carries ``LOCAL_CHARGE_TYPE``.

    Args:
        specs: The studies.
        institution_code: Of the hospital.
        with_index: Put in ``hiImgIndx``, which a hospital's own system usually does not know.
    """
    records = []
    for number, spec in enumerate(specs):
        record = {**_person_part(spec), **_exam_part(spec), **_report_part(spec)}
        record["fixmedinsCode"] = institution_code
        record["chargeType"] = LOCAL_CHARGE_TYPE if number == RECORD_WITH_LOCAL_CODE else "02"
        if with_index:
            record["hiImgIndx"] = index_code(spec)
        records.append(record)
    return records


def demo_visit(spec: StudySpec) -> Visit:
    """Return a study's patient at the reception desk, as 2.2.3 of Hebei's text names a visit."""
    person, order = _person_part(spec), spec.accession_number[1:]
    return Visit(
        patient_id=str(person["patnId"]),
        name=str(person["psnName"]),
        id_no=spec.certificate_number,
        phone=f"1380000{order[-4:]}",
        visit_no=str(person["optNo"]),
        visit_time=_stamp(spec, 0),
    )


def _stamp(spec: StudySpec, minutes: int) -> str:
    moment = spec.study_datetime.astimezone(LOCAL) + timedelta(minutes=minutes)
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _person_part(spec: StudySpec) -> dict[str, object]:
    local = spec.study_datetime.astimezone(LOCAL).date()
    return {
        "psnName": spec.patient_name.replace("^", ""),
        "psnCertType": "111",
        "certno": spec.certificate_number,
        "gend": {"M": "1", "F": "2"}.get(spec.sex, "9"),
        "brdy": spec.birth_date.isoformat(),
        "age": str((local - spec.birth_date).days // 365),
        "patnId": spec.patient_id,
        "optNo": f"MZ{spec.accession_number[1:]}",
        "prfs": "90",
    }


def _exam_part(spec: StudySpec) -> dict[str, object]:
    part, item_code, item_name, department = ITEMS[spec.modality, spec.anatomy]
    order = spec.accession_number[1:]
    return {
        "fixmedinsName": INSTITUTION_NAME,
        "examAdmdvs": "520100",
        "hospLv": "02",
        "imgExamType": IMG_EXAM_TYPE[spec.modality],
        "examItemCode": item_code,
        "imgExamItem": item_name,
        "examDate": _stamp(spec, 0)[:10],
        "examPart": part,
        "examWay": "1",
        "examDeptName": department,
        "examDrCode": "D520100000001",
        "examDrName": "孙技师",
        "appyNo": f"SQ{order}",
        "appyDeptName": "内科门诊",
        "appyDate": _stamp(spec, -90),
        "bilgDrCode": "D520100000002",
        "bilgDrName": "钱医师",
        "studyUid": spec.study_instance_uid,
        "accessionNumber": spec.accession_number,
        "examCharge": "180.00",
        "examInseqi": "0" * 13,
        "examDevType": spec.modality,
        "setlDate": _stamp(spec, -60),
        "setlInfoList": [
            {
                "setlId": f"JS{order}",
                "medListCodg": item_code,
                "feedetlSn": f"FY{order}1",
                "examPart": part,
            }
        ],
    }


def _report_part(spec: StudySpec) -> dict[str, object]:
    findings, result = FINDINGS[spec.anatomy]
    return {
        "imgDscr": findings,
        "diagRslt": result,
        "rpotNo": f"R{spec.accession_number[1:]}",
        "rpotDrCode": "D520100000003",
        "rpotDrName": "周医师",
        "chkDrCode": "D520100000004",
        "chkDrName": "郑医师",
        "sdryChkDrCode": "D520100000005",
        "sdryChkDrName": "冯医师",
        "rptDate": _stamp(spec, 20),
        "chkDate": _stamp(spec, 30),
        "sdryChkDate": _stamp(spec, 40),
        "rpotPubDate": _stamp(spec, 45),
        "examRsltCode": "2" if spec.anatomy is Anatomy.HEAD else "1",
    }


def write_record_file(records: Sequence[dict[str, object]], folder: Path) -> Path:
    """Write records and a PDF a report, as a hospital's system would export them.

    The PDFs come first and the JSON appears under its name only when whole, so that a program that
    watches the folder never sees a half. The column ``reportPdf`` holds the PDFs' absolute paths,
    in the order of ``rpotNo``.

    Args:
        records: As ``demo_records`` returns them.
        folder: Created when missing; the PDFs go to ``reports`` below it.

    Returns:
        The JSON file: an array of objects, UTF-8.
    """
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    rows = []
    for record in records:
        paths = []
        for report_no in str(record["rpotNo"]).split(","):
            path = (reports / f"{report_no}.pdf").resolve()
            path.write_bytes(report_pdf(record, report_no))
            paths.append(str(path))
        rows.append({**record, "reportPdf": paths})
    target = folder / RECORD_FILE
    draft = target.with_suffix(".part")
    draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(target)
    return target


def report_pdf(record: dict[str, object], report_no: str) -> bytes:
    """Return the PDF of one report of a record."""
    return make_report_pdf(
        f"{INSTITUTION_NAME} 影像检查报告",
        [
            f"报告编号：{report_no}",
            f"姓名：{record['psnName']}　患者编号：{record['patnId']}",
            f"检查项目：{record['imgExamItem']}",
            f"检查日期：{record['examDate']}",
            f"影像描述：{record['imgDscr']}",
            f"诊断结果：{record['diagRslt']}",
            f"报告医师：{record['rpotDrName']}　审核医师：{record['chkDrName']}",
            "SANDBOX - NOT A REAL PATIENT",
        ],
    )
