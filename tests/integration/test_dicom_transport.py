"""Images by DICOM from modality to platform: byte truth, peers that die, kills, fencing (2.3, G048)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydicom.uid import AllTransferSyntaxes

from hbgz_desktop.dicom.file_meta import build_file_meta, parse_file_meta
from tests.hospital import Study, dataset_bytes
from tests.integration.image_receivers import storescp
from tests.integration.test_dcmtk import VARIANTS, made
from tests.integration.test_orthanc import orthanc
from tests.running_program import until
from tests.unit.dicom.samples import encoded, image, stored

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataset import Dataset

    from tests.hospital import Hospital

STORE = "C-STORE"
NO_TLS = "peer_tls_failed"
INFO = "saveImgInfo"
NO_LOCK = {"HBGZ_TEST_NO_ENGINE_LOCK": "1"}
NATIVE = {
    "1.2.840.10008.1.2",
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.2",
    "1.2.840.10008.1.2.1.99",
}
KILL_STEPS = ("upload.after_answer",)
SLOW_KILL_STEPS = ("upload.during_body", "upload.before_answer", "upload.after_row")

# the receiver in this process says what it makes of a sender that dies
pytestmark = pytest.mark.allow_warnings("(?i)connection|abort|pdu|socket|recv")


def in_study(ds: Dataset, study: Study, number: int) -> Dataset:
    """The dataset as an image of this study."""
    spec = study.spec
    ds.StudyInstanceUID = spec.study_instance_uid
    ds.SeriesInstanceUID = f"{spec.study_instance_uid}.9"
    ds.SOPInstanceUID = f"{spec.study_instance_uid}.9.{number}"
    ds.AccessionNumber, ds.PatientID = spec.accession_number, spec.patient_id
    ds.PatientName, ds.PatientBirthDate = spec.patient_name, f"{spec.birth_date:%Y%m%d}"
    ds.InstanceNumber = number
    return ds


def encapsulated(ds: Dataset, fragment: bytes) -> bytes:
    """The dataset with these bytes as its one compressed frame; nobody on the way may decode it."""
    del ds.PixelData
    item = b"\xfe\xff\x00\xe0" + len(fragment).to_bytes(4, "little") + fragment
    head = b"\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\0\0\0\0"
    return encoded(ds) + head + item + b"\xfe\xff\xdd\xe0\0\0\0\0"


def every_syntax(hospital: Hospital, folder: Path) -> Study:
    """One study that holds an image in every transfer syntax pydicom knows, and each that DCMTK makes."""
    (study,) = hospital.studies(images=1)
    folder.mkdir()
    paths: list[Path] = []
    for number, syntax in enumerate(AllTransferSyntaxes, 10):
        if str(syntax) not in NATIVE:
            ds = in_study(image(number), study, number)
            data = encapsulated(ds, bytes((number + k) % 251 for k in range(998)))
            paths.append(stored(folder / f"{number}.dcm", ds, str(syntax), data))
    for number, variant in enumerate(VARIANTS, 100):
        paths.append(_moved(made(variant, folder, number), study, number))
    return replace(
        study,
        files=study.files
        | {parse_file_meta(path.read_bytes()).sop_instance_uid: path for path in paths},
    )


def _moved(path: Path, study: Study, number: int) -> Path:
    """DCMTK's file as an image of the study, pixel bytes as DCMTK made them."""
    from pydicom import dcmread

    ds = dcmread(path)
    in_study(ds, study, number)
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.save_as(path)
    whole = path.read_bytes()
    meta = parse_file_meta(whole)
    data = whole[meta.dataset_offset :]
    head = build_file_meta(meta.sop_class_uid, meta.sop_instance_uid, meta.transfer_syntax_uid)
    path.write_bytes(head + data + b"\0" * (len(data) & 1))
    return path


def sent_to(hospital: Hospital, study: Study) -> None:
    """The study arrives and goes out."""
    engine = hospital.program.start()
    hospital.import_records(study)
    assert hospital.send(engine, study)
    hospital.wait_confirmed(1)
    hospital.assert_nothing_lost()


@pytest.mark.long
@pytest.mark.parametrize("transport", ["http", "dicom"])
def test_every_transfer_syntax_arrives_byte_for_byte(
    hospital: Hospital, tmp_path: Path, transport: str
) -> None:
    """What the platform holds is what the modality sent: by HTTP the whole file, by DICOM the dataset."""
    study = every_syntax(hospital, tmp_path / "corpus")
    if transport == "dicom":
        hospital.push_by_dicom()
    sent_to(hospital, study)
    hospital.assert_delivered_once(study)
    there = {
        one.sop_instance_uid: hospital.platform.image_path(one)
        for one in hospital.platform.images()
    }
    assert {one.transport for one in hospital.platform.images()} == {transport}
    for row in hospital.program.query(
        "select sop_instance_uid, transfer_syntax_uid, path from instances"
    ):
        kept = there[row["sop_instance_uid"]].read_bytes()
        if transport == "http":
            assert kept == (hospital.program.data / "spool" / row["path"]).read_bytes()
        assert parse_file_meta(kept).transfer_syntax_uid == row["transfer_syntax_uid"]


def test_storescp_receives_every_dataset_byte_for_byte(hospital: Hospital, tmp_path: Path) -> None:
    """DCMTK as the receiver: every syntax it knows, each dataset as the modality sent it."""
    study = every_syntax(hospital, tmp_path / "corpus")
    with storescp(tmp_path / "front") as receiver:
        known = {variant.syntax for variant in VARIANTS}
        some = {
            uid: path
            for uid, path in study.files.items()
            if parse_file_meta(path.read_bytes()).transfer_syntax_uid in known
        }
        study = replace(study, files=some)
        hospital.configure(**receiver.settings())
        sent_to(hospital, study)
        assert {uid: data for uid, (_, data) in receiver.datasets().items()} == {
            uid: dataset_bytes(path) for uid, path in some.items()
        }
        assert {syntax for syntax, _ in receiver.datasets().values()} == known
    announced = [one["service"] for one in hospital.attempts("images")]
    assert announced == [INFO, *[STORE] * len(some)]
    shown = hospital.program.json("studies", "show", study.uid)
    assert {one["dicom_status"] for one in shown["instances"]} == {"0000"}


def test_storescp_over_tls_that_asks_who_we_are(hospital: Hospital, tmp_path: Path) -> None:
    """Both certificates are checked against a file; a wrong one, or none, stops everything (G048)."""
    certificate, key = _certificate(tmp_path / "front")
    own, own_key = _certificate(tmp_path / "own")
    asks = ("+tls", key, certificate, "+cf", own, "-rc")
    with storescp(tmp_path / "received", *asks) as receiver:
        hospital.configure(
            **{
                **receiver.settings(),
                "guizhou.dicom_tls": True,
                "guizhou.dicom_tls_ca_file": str(certificate),
                "guizhou.dicom_tls_certificate_file": str(own),
                "guizhou.dicom_tls_key_file": str(own_key),
                "guizhou.dicom_host": "localhost",
            },
        )
        (study,) = hospital.studies(images=2)
        sent_to(hospital, study)
        assert {uid: data for uid, (_, data) in receiver.datasets().items()} == {
            uid: dataset_bytes(path) for uid, path in study.files.items()
        }
        trusted = str(certificate)
        assert probed(hospital, certificate_file=trusted, key_file=str(key)) == NO_TLS
        assert probed(hospital, certificate_file="", key_file="") == NO_TLS
        assert probed(hospital, certificate_file=str(own)) == "tls_file_unusable"
        assert probed(hospital, key_file=str(own_key), ca_file="") == NO_TLS
        assert probed(hospital, ca_file=trusted) == "echo_ok"


def probed(hospital: Hospital, **files: str) -> str:
    """C-ECHO with other TLS files than before."""
    hospital.configure(**{f"guizhou.dicom_tls_{name}": value for name, value in files.items()})
    hospital.work.settings.look_now()
    return hospital.work.guizhou.probe_receiver().detail_code


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for localhost and its key."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir()
    places = folder / "own.pem", folder / "own.key"
    places[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    places[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return places


def test_a_receiver_that_is_killed_in_mid_study_gets_the_rest_later(
    hospital: Hospital, tmp_path: Path
) -> None:
    """storescp dies after some images; the breaker opens, and all drains when it is back."""
    studies = hospital.studies(3, images=30, rows=256)
    with storescp(tmp_path / "front", "--sleep-after", "0") as receiver:
        hospital.configure(**receiver.settings())
        hospital.work.queue_control.pause_platform("guizhou", "test")
        engine = hospital.program.start()
        hospital.import_records(*studies)
        assert hospital.send(engine, *studies)
        until("all planned", lambda: len(hospital.deliveries()) >= 2 * len(studies))
        hospital.work.queue_control.resume_platform("guizhou", "test")
        until("in mid-study", lambda: len(receiver.files()) >= 5)
        receiver.kill()
        until("breaker open", lambda: hospital.events("platform_down"))
        receiver.start()
        hospital.wait_confirmed(len(studies), limit_s=90)
        assert {uid: data for uid, (_, data) in receiver.datasets().items()} == {
            uid: dataset_bytes(path) for study in studies for uid, path in study.files.items()
        }
    accepted = [one for one in hospital.attempts("images") if one["outcome"] == "accepted"]
    images = [one["instance_id"] for one in accepted if one["instance_id"] is not None]
    assert len(images) == len(set(images)) == sum(len(one.files) for one in studies)


@pytest.mark.long
def test_orthanc_receives_what_the_modality_sent(hospital: Hospital, tmp_path: Path) -> None:
    studies = hospital.studies(3, images=2)
    engine = hospital.program.start()
    with orthanc(tmp_path / "orthanc", engine) as pacs:
        port = pacs.json("GET", "/system")["DicomPort"]
        hospital.configure(
            **{
                "guizhou.image_transport": "dicom",
                "guizhou.dicom_host": "127.0.0.1",
                "guizhou.dicom_port": port,
                "guizhou.dicom_called_ae": "PACS",
            }
        )
        hospital.import_records(*studies)
        assert hospital.send(engine, *studies)
        hospital.wait_confirmed(len(studies))
        there = {}
        for one in pacs.json("GET", "/instances"):
            path = tmp_path / f"{one}.dcm"
            path.write_bytes(pacs.ask("GET", f"/instances/{one}/file"))
            there[pacs.json("GET", f"/instances/{one}")["MainDicomTags"]["SOPInstanceUID"]] = (
                dataset_bytes(path)
            )
    assert there == {
        uid: dataset_bytes(path) for study in studies for uid, path in study.files.items()
    }


def kill_while_pushing(hospital: Hospital, step: str) -> None:
    """The third passing meets the kill; what was recorded is not sent again, the rest is."""
    hospital.push_by_dicom()
    (study,) = hospital.studies(images=6)
    dying = hospital.program.start(failpoints=f"{step}=kill@3")
    hospital.import_records(study)
    assert hospital.send(dying, study)
    dying.wait_killed()
    confirmed = hospital.program.scalar("select count(*) from instances where confirmed_at notnull")
    before = stores(hospital)
    engine = hospital.program.start()
    assert engine.recovered["recovered_sends"] >= 1
    hospital.wait_confirmed(1)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(study)
    assert stores(hospital) - before == len(study.files) - confirmed


def stores(hospital: Hospital) -> int:
    """C-STORE requests the platform answered or would have."""
    return sum(one.service == STORE for one in hospital.platform.requests())


@pytest.mark.kill
@pytest.mark.parametrize("step", KILL_STEPS)
def test_kill_while_pushing(hospital: Hospital, step: str) -> None:
    kill_while_pushing(hospital, step)


@pytest.mark.kill
@pytest.mark.long
@pytest.mark.parametrize("step", SLOW_KILL_STEPS)
def test_kill_while_pushing_at_every_other_step(hospital: Hospital, step: str) -> None:
    kill_while_pushing(hospital, step)


@pytest.mark.kill
@pytest.mark.long
def test_a_pusher_suspended_past_its_lease_comes_too_late(hospital: Hospital) -> None:
    """Another engine takes over; the late result is kept as dropped and changes nothing."""
    hospital.push_by_dicom(
        **{"upload.lease_s": 1.5, "upload.parallel": 1, "guizhou.dicom_timeout_s": 60}
    )
    (study,) = hospital.studies(images=3)
    hospital.break_platform(f"{STORE}:slow:1:seconds=100")
    slow = hospital.program.start(environment=NO_LOCK)
    assert hospital.send(slow, study)
    hospital.import_records(study)
    until("image arrived", lambda: stores(hospital))
    hospital.program.suspend(slow)
    hospital.program.start(environment=NO_LOCK)
    hospital.wait_confirmed(1)
    before = {one["id"]: (one["state"], one["token"]) for one in hospital.deliveries()}
    hospital.faults.release()
    hospital.program.resume(slow)
    until("late result kept", lambda: "dropped" in [one["outcome"] for one in hospital.attempts()])
    slow.stop()
    assert {one["id"]: (one["state"], one["token"]) for one in hospital.deliveries()} == before
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(study)


def test_warnings_are_shown_in_json_and_words(hospital: Hospital) -> None:
    hospital.push_by_dicom()
    hospital.break_platform(f"{STORE}:b007:nth=2")
    (study,) = hospital.studies(images=3)
    sent_to(hospital, study)
    shown = hospital.program.json("studies", "show", study.uid)
    assert [one["dicom_status"] for one in shown["instances"]] == ["0000", "B007", "0000"]
    assert json.loads(json.dumps(shown))["confirmed"] == 3
