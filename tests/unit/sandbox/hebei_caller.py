"""A plain HTTP client that speaks 2.2.3 as printed and knows nothing of our own client."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher

if TYPE_CHECKING:
    import httpx

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

ORG = "130000000001"
OTHER_ORG = "130000000002"
SM4_KEY = "0123456789abcdeffedcba9876543210"
ID_NO = "139999199003071234"  # of a county that does not exist
PATH = {
    "getToken": "/basic-api/oauth/getToken",
    "refreshToken": "/basic-api/oauth/refreshToken",
    "saveAuthUser": "/basic-api/api/jcjyrest/saveAuthUser",
    "hrPage": "/basic-api/api/jcjyrest/hrPage",
    "getHrInfo": "/basic-api/api/jcjyrest/getHrInfo",
    "restJcJyYyInfo": "/basic-api/api/jcjyrest/restJcJyYyInfo",
}
USER = {"orgCode": ORG, "hisDeptCode": "K01", "hisUserCode": "D001"}
PATIENT = {
    "patientId": "P0001",
    "patientName": "王小明",
    "idNo": ID_NO,
    "phoneNo": "13800001111",
    "visitNo": "V20261122001",
    "visitTime": "2026-11-22 08:00:00",
}
MEMBERS = {
    "saveAuthUser": tuple(PATIENT),
    "hrPage": tuple(PATIENT),
    "getHrInfo": ("idNo", "visitNo", "visitTime"),
    "restJcJyYyInfo": ("patientName", "idNo", "visitNo", "visitTime"),
}
ENCRYPTED = ("patientName", "idNo", "phoneNo", "visitNo")
STUDY = "CT210300001-001-004"
STUDY_2 = "CT210300001-008-015"
VALUE = "002501010010000"
RELATION = {
    "studyItem": [
        {"hisNo": "S1", "studyItemCodes": [STUDY, "CT-NOT-SHARED"]},
        {"hisNo": "S2", "studyItemCodes": [STUDY_2]},
    ],
    "labItem": [{"hisNo": "L1", "labItemCodes": [VALUE]}],
}


@dataclass
class HebeiCaller:
    """Sends requests the way the document prints them."""

    platform: HebeiPlatform
    http: httpx.Client
    cipher: Sm4Cipher = field(default_factory=lambda: Sm4Cipher(SM4_KEY))
    headers: dict[str, str] = field(default_factory=dict)

    def login(self, **changes: str) -> dict[str, Any]:
        """Get a token and show it from now on."""
        data: dict[str, Any] = self.send("getToken", {**USER, **changes}).json()["data"]
        self.headers = {"App_id": data["App_id"], "Authorization": data["token"]}
        return data

    def send(
        self, service: str, body: object, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """Post a body as it stands."""
        return self.http.post(
            f"{self.platform.base_url}{PATH[service]}",
            json=body,
            headers=self.headers if headers is None else headers,
        )

    def body(self, service: str, **changes: Any) -> dict[str, Any]:
        """A service's printed members, encrypted where marked; a change to None leaves one out."""
        values: dict[str, Any] = {name: PATIENT[name] for name in MEMBERS[service]}
        if service == "getHrInfo":
            values["relation"] = RELATION
        values |= changes
        return {
            name: self.cipher.encrypt(value) if name in ENCRYPTED else value
            for name, value in values.items()
            if value is not None
        }

    def call(self, service: str, **changes: Any) -> dict[str, Any]:
        """Post the printed members and return the answer."""
        answer: dict[str, Any] = self.send(service, self.body(service, **changes)).json()
        return answer

    def rule(self, service: str, **changes: Any) -> str:
        """Return the rule the printed members with these changes break; "" for none."""
        return rule_of(self.call(service, **changes))

    def rule_of_raw(self, service: str, **members: Any) -> str:
        """The same with members put in as they stand, without encryption."""
        body = {**self.body(service), **members}
        return rule_of(self.send(service, body).json())

    def control(self, name: str, value: object) -> httpx.Response:
        """Post to a control address."""
        return self.http.post(f"{self.platform.root_url}/_sandbox/{name}", json=value)


def rule_of(answer: dict[str, Any]) -> str:
    """The rule a refusal names."""
    if answer["code"] in ("200", ""):
        return ""
    assert answer["code"] == "500"
    assert "data" not in answer
    name, _, words = answer["msg"].partition(": ")
    assert words
    return str(name)
