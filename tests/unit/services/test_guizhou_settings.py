"""Each setting of Guizhou changes what it says it changes (DESIGN 4): nothing is a switch without a wire."""

from __future__ import annotations

import io
import re
import ssl
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.image_push_settings import ImagePushSettings
from hbgz_desktop.model.settings import CERTNO_KEY, GuizhouSettings
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.guizhou.messages import ImageInfo, ImageSerial, IndexQuery
from hbgz_desktop.services.guizhou_clients import GuizhouClients
from hbgz_desktop.services.message_numbers import MessageNumbers
from tests.trial_hospital import INSTITUTION, KEY
from tests.unit.platforms.guizhou_bench import INDEX
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.platforms.scripted_front_end import SeenRequest
    from tests.unit.services.clinic import Clinic

FINE = {"code": 0, "data": [{"succFlag": "1"}]}
WHO = IndexQuery("111", "110101197804050038")
SECRET = "0123456789abcdeffedcba9876543210"


class Desk:
    """A clinic at a front end that accepts everything and writes down what came."""

    def __init__(
        self, clinic: Clinic, front_end: ScriptedFrontEnd, clients: GuizhouClients
    ) -> None:
        self.clinic = clinic
        self.front_end = front_end
        self.clients = clients

    def seen(self, service: str, **settings: Any) -> SeenRequest:
        """The request of one service under these settings."""
        own = {f"guizhou.{name}": value for name, value in settings.items()}
        self.clinic.configure(**own)
        with self.clients.lend() as client:
            if service == "2.1":
                client.save_exam_record({"hiImgIndx": INDEX})
            elif service == "2.2":
                path = self.file()
                client.save_image(INDEX, "1.2", ["A"], path, path.stat().st_size, "0" * 32, 1)
            elif service == "2.3":
                client.save_image_info(ImageInfo(INDEX, "1.2", ("A",), 7))
            elif service == "2.4":
                path = self.file()
                client.save_report(INDEX, "1.2", "R1", path, path.stat().st_size, "0" * 32)
            elif service == "2.5":
                client.delete_indexes([INDEX])
            elif service == "2.6":
                client.query_indexes(WHO)
            elif service == "2.7":
                client.query_images(INDEX)
            else:
                serial = ImageSerial("1", "2", "3")
                client.fetch_image(INDEX, serial, io.BytesIO(), max_bytes=1000)
        return self.front_end.requests[-1]

    def file(self) -> Path:
        path = self.clinic.root / "file.bin"
        path.write_bytes(b"content")
        return path

    def sent(self, service: str, **settings: Any) -> dict[str, Any]:
        return self.seen(service, **settings).json()


@pytest.fixture
def desk(clinic: Clinic) -> Iterator[Desk]:
    """A front end in the place of the platform."""
    work = clinic.work
    with ScriptedFrontEnd() as front_end:
        front_end.answer(FINE)
        clinic.configure(**{"guizhou.base_url": front_end.base_url})
        clients = GuizhouClients(
            work.settings,
            lambda: work.secrets.get("guizhou.key"),
            MessageNumbers(work.platform_states, "guizhou"),
            lambda: work.secrets.get(CERTNO_KEY),
        )
        yield Desk(clinic, front_end, clients)
        clients.close()


# ---- what the client sends ----------------------------------------------------------------------


@pytest.mark.parametrize("service", ["2.1", "2.3", "2.5", "2.7", "2.8"])
def test_the_index_field_of_each_service(desk: Desk, service: str) -> None:
    number = service.replace(".", "_")
    objects = {"delete_input": "objects"} if service == "2.5" else {}
    for name in ("hiImgIndx", "hiImgIdx", "hilmgIdx"):
        sent = desk.sent(service, **{f"index_field_{number}": name}, **objects)["input"]
        (record,) = sent if isinstance(sent, list) else [sent]
        assert record[name] == INDEX
        assert not {"hiImgIndx", "hiImgIdx", "hilmgIdx"} - {name} & set(record)


@pytest.mark.parametrize("service", ["2.2", "2.4"])
def test_the_index_field_of_the_forms(desk: Desk, service: str) -> None:
    number = service.replace(".", "_")
    for name in ("hiImgIndx", "hiImgIdx"):
        parts = desk.seen(service, **{f"index_field_{number}": name}).parts()
        assert set(parts) & {"hiImgIndx", "hiImgIdx"} == {name}


def test_path_and_number_of_the_deletion(desk: Desk) -> None:
    other = "deleteExamRpotImgIdxInfo"
    seen = desk.seen("2.5", delete_path=other)
    assert seen.path.endswith(f"/{other}")
    assert seen.json()["infno"] == "deleteExamRpotImgIndxInfo"
    seen = desk.seen("2.5", delete_path="deleteExamRpotImgIndxInfo", delete_infno=other)
    assert seen.path.endswith("/deleteExamRpotImgIndxInfo")
    assert seen.json()["infno"] == other


def test_deletions_as_text_or_as_objects(desk: Desk) -> None:
    assert desk.sent("2.5")["input"] == [INDEX]
    assert desk.sent("2.5", delete_input="objects")["input"] == [{"hiImgIndx": INDEX}]


def test_shapes_of_input(desk: Desk) -> None:
    assert isinstance(desk.sent("2.1")["input"], list)
    assert desk.sent("2.1", upload_shape="object")["input"] == {"hiImgIndx": INDEX}
    assert isinstance(desk.sent("2.3")["input"], dict)
    assert isinstance(desk.sent("2.7")["input"], dict)
    assert isinstance(desk.sent("2.7", query_shape="array")["input"], list)
    assert isinstance(desk.sent("2.6", input_as_text=True)["input"], str)
    assert desk.sent("2.5")["input"] == f'["{INDEX}"]'


def test_the_total_as_text(desk: Desk) -> None:
    assert desk.sent("2.3")["input"][0]["imageTotalNum"] == 7
    assert desk.sent("2.3", total_as_text=True)["input"][0]["imageTotalNum"] == "7"


def test_who_asks_and_who_sends(desk: Desk) -> None:
    sent = desk.sent("2.3", fixmedins_code="H9")
    assert sent["infCode"] == INSTITUTION
    assert "fixmedinsCode" not in sent
    asked = desk.sent("2.6")
    assert asked["fixmedinsCode"] == "H9"
    assert not {"infCode", "key"} & set(asked)
    both = desk.sent("2.6", send_both_codes=True)
    assert (both["infCode"], both["fixmedinsCode"]) == ("H9", "H9")
    assert desk.sent("2.3")["fixmedinsCode"] == INSTITUTION
    assert desk.sent("2.8", send_key_in_queries=True)["key"] == KEY
    assert desk.sent("2.7", send_info_too=True)["info"] == "queryImgCaheFIndex"
    assert desk.sent("2.7", msgid_prefix="ABCDEFGHIJKL")["msgid"].startswith("ABCDEFGHIJKL")


@pytest.mark.parametrize(
    ("how", "encoding"), [("sm4_hex", "hex"), ("sm4_HEX", "HEX"), ("sm4_base64", "base64")]
)
def test_the_certificate_number_as_ciphertext(desk: Desk, how: str, encoding: Any) -> None:
    desk.clinic.work.secrets.set(CERTNO_KEY, SECRET)
    assert desk.sent("2.6")["input"]["certno"] == WHO.cert_no
    sent = desk.sent("2.6", query_certno=how)["input"]["certno"]
    assert sent == Sm4(SECRET, encoding=encoding).encrypt(WHO.cert_no)
    assert Sm4(SECRET).decrypt(sent) == WHO.cert_no


def test_without_its_key_nobody_is_asked_for_but_uploads_go(desk: Desk) -> None:
    desk.clinic.configure(**{"guizhou.query_certno": "sm4_hex"})
    with desk.clients.lend() as client, pytest.raises(SettingsError) as caught:
        client.query_indexes(WHO)
    assert caught.value.code == "sm4_key_invalid"
    assert not desk.front_end.requests
    assert desk.sent("2.1")["input"]


def test_dates_of_the_question(desk: Desk) -> None:
    desk.clinic.configure(**{"guizhou.date_pattern": "yyyy/MM/dd"})
    with desk.clients.lend() as client:
        client.query_indexes(IndexQuery("111", "1", begin=date(2026, 3, 1)))
    asked: Any = desk.front_end.requests[-1].json()["input"]
    assert asked["begntime"] == "2026/03/01"


def test_the_flag_may_be_missing_where_that_is_set(desk: Desk) -> None:
    desk.front_end.answers.clear()
    desk.front_end.answer({"code": 0, "message": "成功"})
    for required in (True, False):
        desk.clinic.configure(**{"guizhou.require_succ_flag": required})
        with desk.clients.lend() as client:
            assert client.save_exam_record({"hiImgIndx": INDEX}).accepted is not required


def test_a_number_is_repeated_where_that_is_set(desk: Desk) -> None:
    desk.front_end.answers.clear()
    desk.front_end.answer(b"", status=503)
    first, second = desk.sent("2.1")["msgid"], desk.sent("2.1")["msgid"]
    assert first != second
    first, second = desk.sent("2.1", repeat_msgid=True)["msgid"], desk.sent("2.1")["msgid"]
    assert first == second


def test_limits_of_the_client(desk: Desk) -> None:
    desk.clinic.configure(
        **{
            "guizhou.query_timeout_s": 7.0,
            "guizhou.read_timeout_s": 8.0,
            "guizhou.input_limit": 1234,
            "guizhou.connect_timeout_s": 9.0,
            "other_hospitals.max_image_mb": 2,
            "other_hospitals.link_hosts": ["cloud.gz"],
        }
    )
    with desk.clients.lend() as client:
        assert client._http.timeout.connect == 9.0
        options = client._options
        assert (options.query_timeout_s, options.answer_deadline_s) == (7.0, 8.0)
        assert (options.max_input_characters, options.max_image_bytes) == (1234, 2 * 1024 * 1024)
        assert client.cache_address("http://cloud.gz/queryImgCaheFIndex")


def own_certificate(folder: Path) -> Path:
    """Key and certificate of 127.0.0.1 that nobody vouches for, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def test_a_certificate_nobody_vouches_for(clinic: Clinic) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(clinic.root))
    clients = clinic.work.guizhou._clients
    with ScriptedFrontEnd(context) as front_end:
        front_end.answer(FINE)
        clinic.configure(**{"guizhou.base_url": front_end.base_url})
        with clients.lend() as client:
            refused = client.save_exam_record({"hiImgIndx": INDEX})
        clinic.configure(**{"guizhou.verify_tls": False})
        with clients.lend() as client:
            taken = client.save_exam_record({"hiImgIndx": INDEX})
        clients.close()
    assert refused.error is not None
    assert refused.error.code == "platform_tls"
    assert taken.accepted


# ---- none is forgotten --------------------------------------------------------------------------

TESTS = Path(__file__).resolve().parents[2]
INDEX_FIELDS = {f"index_field_2_{number}" for number in (1, 2, 3, 4, 5, 7, 8)}
"""Tested above by number."""
PUSH = set(ImagePushSettings.model_fields)
"""Tested with the receiver of images."""


def test_every_setting_has_a_test_that_sets_it() -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(TESTS.rglob("*.py"))
        if "screens" not in path.parts
    )
    known = (
        INDEX_FIELDS
        | PUSH
        | {
            name
            for name in GuizhouSettings.model_fields
            if re.search(rf"guizhou\.{name}\b|\b{name}=", written)
        }
    )
    assert set(GuizhouSettings.model_fields) - known == set()
