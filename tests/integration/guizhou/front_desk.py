"""Requests of each of the eight transactions that the simulated platform accepts, to be spoilt one rule at a time."""

from __future__ import annotations

import copy
import hashlib
import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
from hbgz_desktop.sandbox.demo import demo_records, demo_studies, shrunk
from tests.unit.sandbox.caller import make_image

if TYPE_CHECKING:
    import httpx

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
    from hbgz_desktop.sandbox.study_spec import StudySpec

INSTITUTION = "H52010000001"
KEY = "sandbox-key-5d1f"
NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
PDF = b"%PDF-1.4\n%%EOF\n"
SAVE_RECORD = "saveExamRpotImgInfo"
SAVE_IMAGE = "saveImgFile"
SAVE_IMAGE_INFO = "saveImgInfo"
SAVE_REPORT = "saveRptFile"
DELETE_INDEX = "deleteExamRpotImgIndxInfo"
QUERY_INDEXES = "queryExamRpotImgIndxListFHospital"
LIST_IMAGES = "queryImgCaheFileSn"
GET_IMAGE = "queryImgCahe"
SERVICES = (
    SAVE_RECORD,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_REPORT,
    DELETE_INDEX,
    QUERY_INDEXES,
    LIST_IMAGES,
    GET_IMAGE,
)
FORMS = (SAVE_IMAGE, SAVE_REPORT)
QUERIES = (QUERY_INDEXES, LIST_IMAGES, GET_IMAGE)
BATCHES = (SAVE_RECORD, SAVE_IMAGE_INFO, DELETE_INDEX)
PATH_OF = {LIST_IMAGES: "queryImgCaheFIndex", GET_IMAGE: "queryImgCaheFIndex"}


@dataclass
class Asked:
    """One request, good as made.

    Attributes:
        service: Of the extraction; 2.7 and 2.8 by their serviceName.
        envelope: Members of the JSON body, or headers of a form.
        fields: Of the one record, or the form's.
        files: Of a form, by field.
        shape: Of ``input``: ``array``, ``object`` or ``strings`` (of 2.5).
    """

    service: str
    envelope: dict[str, Any]
    fields: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    shape: str = "array"

    def having(self, name: str, value: object) -> Asked:
        """The same with one field changed; ``list.member`` is a field inside another."""
        fields = copy.deepcopy(self.fields)
        outer, _, inner = name.rpartition(".")
        _place(fields, outer)[inner] = value
        return replace(self, fields=fields)

    def lacking(self, name: str) -> Asked:
        """The same without one field or file."""
        fields = copy.deepcopy(self.fields)
        outer, _, inner = name.rpartition(".")
        _place(fields, outer).pop(inner, None)
        files = {key: content for key, content in self.files.items() if key != name}
        return replace(self, fields=fields, files=files)

    def enveloped(self, **changes: object) -> Asked:
        """The same with other members around it; None leaves one out."""
        members = {**self.envelope, **changes}
        kept = {name: value for name, value in members.items() if value is not None}
        return replace(self, envelope=kept)

    def renamed(self, old: str, new: str) -> Asked:
        """The same with one field under another name."""
        fields = {new if name == old else name: value for name, value in self.fields.items()}
        return replace(self, fields=fields)

    @property
    def input(self) -> object:
        """What stands in ``input``."""
        if self.shape == "strings":
            return [self.fields["hiImgIndx"]]
        return self.fields if self.shape == "object" else [self.fields]

    @property
    def body(self) -> dict[str, object]:
        """The JSON body."""
        return {**self.envelope, "input": self.input}


def _place(fields: dict[str, Any], outer: str) -> dict[str, Any]:
    if not outer:
        return fields
    inside = fields[outer]
    found: dict[str, Any] = inside[0] if isinstance(inside, list) else inside
    return found


class FrontDesk:
    """A caller of a platform, by raw HTTP and by our client; every examination is a new one."""

    def __init__(self, platform: GuizhouPlatform, http: httpx.Client) -> None:
        self.platform = platform
        self.http = http
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1)
        self._base = shrunk(demo_studies(7, NOW)[0], 3, 32)

    def next_msgid(self) -> str:
        """A message number that was never used."""
        return f"{INSTITUTION}20261122010203{next(self._messages):04d}"

    def client(self, **options: Any) -> GuizhouClient:
        """Our client with these options."""
        made = GuizhouOptions(
            **{
                "base_url": self.platform.base_url,
                "institution_code": INSTITUTION,
                "key": KEY,
                **options,
            }
        )
        return GuizhouClient(made, self.http, self.next_msgid)

    # -- examinations

    def spec(self) -> StudySpec:
        """A study nobody had before, of the same person, a second later than the last."""
        number = next(self._numbers)
        return replace(
            self._base,
            study_instance_uid=f"{self._base.study_instance_uid}.{number}",
            accession_number=f"A{number:09d}",
            study_datetime=self._base.study_datetime + timedelta(seconds=number),
        )

    def record(self, spec: StudySpec | None = None) -> dict[str, Any]:
        """Its record, valid."""
        (record,) = demo_records([spec or self.spec()])
        return record

    def known(self) -> dict[str, Any]:
        """A record the platform has."""
        asked = self._asked(SAVE_RECORD, self.record())
        answer = self.send(asked)
        assert self.platform.ledger.record(asked.fields["hiImgIndx"]) is not None, answer.text
        return asked.fields

    def shared_index(self) -> str:
        """An examination of another hospital whose images are cached."""
        return next(
            one.index for one in self.platform.cloud.of_person(*self.patient, "") if one.is_cached
        )

    @property
    def patient(self) -> tuple[str, str]:
        """Certificate type and number of somebody with examinations in other hospitals."""
        return "111", demo_studies(1, NOW)[0].certificate_number

    # -- requests

    def asked(self, service: str) -> Asked:
        """A request that will be accepted; what has to be there before it is."""
        if service == SAVE_RECORD:
            return self._asked(service, self.record())
        if service == QUERY_INDEXES:
            kind, number = self.patient
            return self._asked(service, {"psnCertType": kind, "certno": number})
        if service in QUERIES:
            return self._asked(service, self._cache_fields(service))
        record = self.known()
        fields = {"hiImgIndx": record["hiImgIndx"]}
        if service == DELETE_INDEX:
            return self._asked(service, fields)
        fields["studyUid"] = record["studyUid"]
        if service == SAVE_REPORT:
            content = {"examRpotPdf1": PDF}
            return self._asked(
                service, {**fields, "rpotNo": record["rpotNo"], "fileMd5": md5(PDF)}, content
            )
        fields |= {"accessionNumber": record["accessionNumber"], "imageTotalNum": "3"}
        if service == SAVE_IMAGE_INFO:
            return self._asked(service, fields)
        image = make_image(1, sop=f"{record['studyUid']}.1")
        return self._asked(service, {**fields, "fileMd5": md5(image)}, {"dicom": image})

    def _cache_fields(self, service: str) -> dict[str, Any]:
        index = self.shared_index()
        fields: dict[str, Any] = {"hiImgIndx": index, "serviceName": service}
        if service == GET_IMAGE:
            image = self.platform.cloud.images(index)[0]
            fields["imgFileSn"] = {
                "examUuid": image.study_uid,
                "snUuid": image.series_uid,
                "instUuid": image.instance_uid,
            }
        return fields

    def _asked(
        self, service: str, fields: dict[str, Any], files: dict[str, bytes] | None = None
    ) -> Asked:
        is_query = service in QUERIES
        envelope = {
            "infno": PATH_OF.get(service, service),
            "msgid": "",
            "infTime": "2026-11-22 01:02:03",
            "fixmedinsCode" if is_query else "infCode": INSTITUTION,
            **({} if is_query else {"key": KEY}),
        }
        shape = "object" if is_query else "array"
        return Asked(service, envelope, fields, files or {}, shape)

    def send(self, asked: Asked, *, path: str = "") -> httpx.Response:
        """Send it as it is, with a message number of its own unless it has one."""
        if asked.envelope.get("msgid") == "":
            asked = asked.enveloped(msgid=self.next_msgid())
        url = f"{self.platform.base_url}/{path or PATH_OF.get(asked.service, asked.service)}"
        if asked.service not in FORMS:
            return self.http.post(url, json=asked.body)
        parts: list[tuple[str, tuple[str | None, bytes]]] = [
            *((name, (None, str(value).encode())) for name, value in asked.fields.items()),
            *((name, ("x.bin", content)) for name, content in asked.files.items()),
        ]
        return self.http.post(url, headers=asked.envelope, files=parts)

    def send_bytes(self, service: str, content: bytes) -> httpx.Response:
        """Send a JSON body as these bytes."""
        url = f"{self.platform.base_url}/{PATH_OF.get(service, service)}"
        return self.http.post(url, content=content, headers={"Content-Type": "application/json"})

    # -- what is asked afterwards

    def kept(self) -> tuple[int, ...]:
        """How much of each kind the platform holds."""
        ledger = self.platform.ledger
        infos = sum(ledger.image_info(one.index) is not None for one in ledger.live_records())
        counts = (ledger.live_records(), ledger.images(), ledger.reports(), ledger.deletions())
        return (infos, *map(len, counts))

    def assert_accepted(self, answer: httpx.Response) -> None:
        """Code 0 and, where there is a flag, 1."""
        assert answer.status_code == 200
        value = answer.json()
        assert value["code"] == 0, value
        data = value.get("data")
        rows = data if isinstance(data, list) else []
        assert all(row.get("succFlag", "1") == "1" for row in rows), value

    def assert_refused(self, answer: httpx.Response, name: str, *others: str) -> str:
        """Refused, naming this field and at most these others; returns the words."""
        value = answer.json()
        assert value["code"] != 0, value
        data = value.get("data")
        rows = data if isinstance(data, list) else []
        assert all(row["succFlag"] == "-1" for row in rows), value
        message: str = value["message"]
        named = {folded(part.split(" ")[0]) for part in message.split("；")}
        assert folded(name) in named, message
        assert named <= {folded(one) for one in (name, *others)}, message
        return message


def folded(name: str) -> str:
    """A name as the print can be read: l and I alike (G016, G029)."""
    text = name.lower().replace("l", "i")
    return "hiimgindx" if text == "hiimgidx" else text


def md5(content: bytes) -> str:
    """As fileMd5 writes it."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
