"""A patient's visit as Hebei's sharing calls name it, and on whose behalf they are made (V1.5, 2.2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from hbgz_desktop.model.identity_card import IdentityCardFault, identity_check_digit
from hbgz_desktop.model.identity_card import read_identity_card as read_card
from hbgz_desktop.model.problem import Problem, Severity

IDENTITY_CARD = "01"
"""居民身份证 of dictionary 3.3; the only kind whose number can be checked."""
PATIENT_ID_LENGTH = 64
"""Longest ``patientId`` unless a setting says otherwise (H077)."""

_VISIT_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
_TIME_FORMAT = "%Y-%m-%d %H:%M:%S"


class VisitCall(Enum):
    """The calls that name a patient; the value is the service's printed name."""

    SAVE_AUTH_USER = "saveAuthUser"
    HR_PAGE = "hrPage"
    GET_HR_INFO = "getHrInfo"
    REST_JC_JY_YY_INFO = "restJcJyYyInfo"


LABELS = {
    "patientId": "患者 ID 唯一编号",
    "patientName": "患者姓名",
    "idNo": "患者证件号码",
    "phoneNo": "患者手机号码",
    "visitNo": "患者就诊号",
    "visitTime": "患者就诊时间",
}
"""Parameter code → printed Chinese name, in printed order."""

SENT: dict[VisitCall, tuple[str, ...]] = {
    VisitCall.SAVE_AUTH_USER: tuple(LABELS),
    VisitCall.HR_PAGE: tuple(LABELS),
    VisitCall.GET_HR_INFO: ("idNo", "visitNo", "visitTime"),
    VisitCall.REST_JC_JY_YY_INFO: ("patientName", "idNo", "visitNo", "visitTime"),
}
"""Which of a visit's fields a call carries."""

REQUIRED: dict[VisitCall, tuple[str, ...]] = {
    VisitCall.SAVE_AUTH_USER: ("idNo", "visitTime"),
    VisitCall.HR_PAGE: tuple(LABELS),
    VisitCall.GET_HR_INFO: ("idNo", "visitNo"),
    VisitCall.REST_JC_JY_YY_INFO: ("patientName", "idNo", "visitNo"),
}
"""Fields that carry 必传 (H053)."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is seen, and at which visit; kept the same through all calls of one visit (H076).

    Attributes:
        patient_id: The hospital's own patient number; sent in the clear, never the certificate number (H077).
        id_type: Kind of certificate by dictionary 3.3; ours, no call carries it.
        visit_time: Local time as it is sent, ``yyyy-MM-dd HH:mm:ss``.
    """

    patient_id: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    id_type: str = IDENTITY_CARD
    id_no: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    visit_no: str = field(default="", repr=False)
    visit_time: str = ""

    def values(self) -> dict[str, str]:
        """Parameter code → value, blanks around it removed, unknown ones ""."""
        own = (
            self.patient_id,
            self.name,
            self.id_no,
            self.phone,
            self.visit_no,
            self.visit_time,
        )
        return {name: value.strip() for name, value in zip(LABELS, own, strict=True)}

    def missing(self, call: VisitCall) -> tuple[str, ...]:
        """Parameter codes that the call must carry by the standard and that are unknown (H053)."""
        values = self.values()
        return tuple(name for name in REQUIRED[call] if not values[name])

    def problems(
        self, call: VisitCall, *, patient_id_length: int = PATIENT_ID_LENGTH
    ) -> tuple[Problem, ...]:
        """What stands against sending this visit with ``call``, in printed order.

        An error is what the platform demands of this very call, or what would be wrong to send. A
        warning is ours: what saveAuthUser may lack but 2.2.3.4 will demand (H053), and a check
        digit that disagrees.
        """
        values = self.values()
        found: list[Problem] = []
        for name in SENT[call]:
            if not values[name]:
                found += _absent(name, call)
            elif name == "patientId":
                found += _patient_id_problems(values, patient_id_length)
            elif name == "idNo" and self.id_type == IDENTITY_CARD:
                found += _card_problems(values[name])
            elif name == "visitTime" and not is_visit_time(values[name]):
                found.append(_problem(name, "date_format", values[name], "H076", _PRINTED_FORMAT))
        return tuple(found)


_PRINTED_FORMAT = "yyyy-MM-dd HH:mm:ss"


def is_visit_time(text: str) -> bool:
    """Whether the text is a real moment written ``yyyy-MM-dd HH:mm:ss`` (H076)."""
    if not _VISIT_TIME.fullmatch(text):
        return False
    try:
        datetime.strptime(text, _TIME_FORMAT)  # noqa: DTZ007 - local time of the hospital, as it is sent
    except ValueError:
        return False
    return True


def _problem(
    name: str,
    rule: str,
    value: str,
    decision: str,
    limit: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(
        field=name,
        label=LABELS[name],
        rule=rule,
        value=value,
        severity=severity,
        decision=decision,
        limit=limit,
    )


def _absent(name: str, call: VisitCall) -> list[Problem]:
    if name in REQUIRED[call]:
        return [_problem(name, "required", "", "H053")]
    if call is VisitCall.SAVE_AUTH_USER:
        return [_problem(name, "required_later", "", "H053", severity=Severity.WARNING)]
    return []


def _patient_id_problems(values: dict[str, str], length: int) -> list[Problem]:
    value = values["patientId"]
    if value.upper() == values["idNo"].upper():
        return [_problem("patientId", "patient_id_is_certificate", value, "H077")]
    if len(value) > length:
        return [_problem("patientId", "length", value, "H077", str(length))]
    return []


def _card_problems(number: str) -> list[Problem]:
    card = read_card(number)
    if card.fault is None:
        return []
    if card.fault is IdentityCardFault.CHECK_DIGIT:
        right = identity_check_digit(card.number[:17])
        return [_problem("idNo", "check_digit", number, "H053", right, Severity.WARNING)]
    return [_problem("idNo", "identity_format", number, "H053")]


@dataclass(frozen=True, slots=True)
class HospitalUser:
    """On whose behalf a token is issued; one token each, never one for all users (H046).

    Attributes:
        org_code: ``orgCode`` of the hospital.
        his_org_code: ``hisOrgCode``, optional, not sent when "" (H049).
        his_dept_code: ``hisDeptCode``, department in the HIS.
        his_user_code: ``hisUserCode``, physician in the HIS.
    """

    org_code: str
    his_org_code: str = ""
    his_dept_code: str = ""
    his_user_code: str = ""

    def values(self) -> dict[str, str]:
        """Parameter code → value in printed order, blanks around it removed."""
        return {
            "orgCode": self.org_code.strip(),
            "hisDeptCode": self.his_dept_code.strip(),
            "hisUserCode": self.his_user_code.strip(),
            "hisOrgCode": self.his_org_code.strip(),
        }

    def missing(self) -> tuple[str, ...]:
        """Parameter codes that getToken must carry and that are empty."""
        return tuple(
            name for name, value in self.values().items() if not value and name != "hisOrgCode"
        )
