"""An examination of invented people that breaks no rule of 2.1."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2025, 6, 2, 4, 0, tzinfo=UTC)
CERT_NO = "520101199003076591"
INDEX = f"111-{CERT_NO}-20250601093015-0000000000000-000000000"
STUDY_UID = "1.2.826.0.1.3680043.8.498.45787841905473114233124723359129632652"


def good_payload(**changes: object) -> dict[str, object]:
    """A payload without problems; a change of ``None`` takes the field away."""
    payload: dict[str, object] = {
        "hiImgIndx": INDEX,
        "psnName": "欧阳小雨",
        "psnCertType": "111",
        "certno": CERT_NO,
        "gend": "1",
        "fixmedinsCode": "H52010200001",
        "fixmedinsName": "贵阳示例医院",
        "examAdmdvs": "520100",
        "imgExamType": "2",
        "examItemCode": "002103000010000|002103000030000",
        "imgExamItem": "X线计算机体层(CT)平扫|X线计算机体层(CT)增强扫描",
        "examDate": "2025-06-01",
        "examPart": "000000000",
        "examWay": "1|2",
        "examDeptName": "放射科",
        "examDrCode": "D520100000001",
        "bilgDrCode": "D520100000002",
        "appyDate": "2025-06-01 08:00:00",
        "diagTime": "2025-06-01",
        "brdy": "1990-03-07",
        "age": 35,
        "prfs": "17",
        "studyUid": STUDY_UID,
        "chargeType": "02",
        "examCharge": "240.00",
        "examInseqi": "0000000000000",
        "accessionNumber": "CT2506010001,CT2506010002",
        "rpotNo": "R2506010001",
        "rptDate": "2025-06-01 10:00:00",
        "chkDate": "2025-06-01 11:00:00",
        "sdryChkDate": "2025-06-01 12:00:00",
        "examRsltCode": "2",
        "hospLv": "02",
        "setlDate": "2025-06-01 09:00:00",
        "setlInfoList": [
            {
                "setlId": "S0001",
                "medListCodg": "002103000010000",
                "feedetlSn": "F0001",
                "examPart": "B020ZYZZZ",
            }
        ],
    }
    payload.update(changes)
    return {name: value for name, value in payload.items() if value is not None}


def settlement(**changes: object) -> list[dict[str, object]]:
    """The settlement rows with some members of the only row changed."""
    row: dict[str, object] = {
        "setlId": "S0001",
        "medListCodg": "002103000010000",
        "feedetlSn": "F0001",
        "examPart": "B020ZYZZZ",
    }
    row.update(changes)
    return [{name: value for name, value in row.items() if value is not None}]
