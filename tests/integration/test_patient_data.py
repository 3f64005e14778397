"""Nothing written during a full run but database and spool tells who the patient is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.patient_search import PatientSearch, forms
from tests.reception_run import ReceptionRun, parts_of, reception_run, visit_of
from tests.running_program import until
from tests.trial_hospital import KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hospital import Hospital, Study

PHONE = "13985012347"
ADDRESS = "贵阳市云岩区某某路九号"
MAY_HOLD_PATIENTS = ("hbgz.sqlite", "spool", "quarantine", "reports")


def texts_of(study: Study) -> list[str]:
    """Name and numbers of a study's patient."""
    spec = study.spec
    return [
        spec.patient_name,
        spec.patient_name.replace("^", ""),
        spec.romanised_name,
        spec.patient_id,
        spec.certificate_number,
        str(study.record["optNo"]),
        PHONE,
        ADDRESS,
    ]


def written_files(data: Path) -> list[Path]:
    """Everything in the data folder but what is there to hold patient data."""
    return [
        path
        for path in data.rglob("*")
        if path.is_file() and not path.relative_to(data).parts[0].startswith(MAY_HOLD_PATIENTS)
    ]


def run_everything(hospital: Hospital, reception: ReceptionRun, studies: tuple[Study, ...]) -> None:
    """Receive, import with mistakes, be refused with the patient's name in the answer, deliver.

    Meanwhile the same patients authorize and are looked up at the other platform.
    """
    refused, _, plain = studies

    def words(study: Study) -> str:
        return f"患者{study.record['psnName']}证件{study.spec.certificate_number}不符"

    hospital.break_platform(
        f"saveExamRpotImgInfo:refused:match={refused.uid},message={words(refused)}",
        f"saveImgFile:http_500:1:match={plain.uid}",
        f"saveImgFile:refused:nth=1,match={plain.uid},message={words(plain)}",
    )
    program = hospital.program
    engine = program.start(environment={"PYTHONFAULTHANDLER": "1"})
    assert hospital.send(engine, *studies)
    path = hospital.record_file(*studies)
    rows = json.loads(path.read_text(encoding="utf-8"))
    for row in rows:
        row |= {"tel": PHONE, "fmAddr": ADDRESS}
    rows[1] |= {"gend": "男性", "certno": f"{rows[1]['certno'][:-1]}?", "本院备注": PHONE}
    rows.append({**rows[2], "psnName": "某某", "certno": "110101199001011237"})
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    importing = ("records", "import", str(path))
    assert [one.code for one in program.run_all(importing, (*importing, "--json"))] == [0, 0]
    until("two need a fix", lambda: hospital.lanes().get("needs_fix", 0) >= 2)
    assert hospital.lanes().get("confirmed", 0) == 0
    until("third goes on", lambda: "images" in {one["kind"] for one in hospital.deliveries()})
    ids = [row["id"] for row in program.query("select id from records order by id")]
    listings: list[tuple[str, ...]] = [
        ("studies", "list"),
        ("studies", "show", plain.uid),
        ("queue", "list"),
        ("records", "list"),
        *(("records", "show", str(one)) for one in ids[:2]),
        ("status",),
    ]
    both = [*listings, *((*one, "--json") for one in listings)]
    assert {one.code for one in program.run_all(*both)} == {0}
    reception.live_through(*studies)
    engine.stop()


@pytest.mark.timeout(240)
def test_no_file_but_database_and_spool_names_a_patient(hospital: Hospital) -> None:
    """Data folder, log, stdout and stderr of engine and commands, in every form; and attempts."""
    studies = hospital.studies(3, images=1)
    with reception_run(hospital) as reception:
        run_everything(hospital, reception, studies)
        secrets = reception.secrets()
    names = [text for one in studies for text in (*texts_of(one), *parts_of(visit_of(one)))]
    search = PatientSearch([*names, KEY, *secrets])
    assert search.in_files(written_files(hospital.program.data)) == {}
    assert search.in_files(hospital.program.output.iterdir()) == {}
    paths = [path.relative_to(hospital.program.data) for path in hospital.program.data.rglob("*")]
    assert search.in_bytes("\n".join(map(str, paths)).encode()) == []
    kept = hospital.work.attempts.of_deliveries(tuple(one["id"] for one in hospital.deliveries()))
    assert len(kept) >= 3
    answers = "\n".join(f"{one.message}\n{one.answer}" for one in kept)
    assert "患者***证件***不符" in answers, "the platform did name the patient"
    assert search.in_bytes(answers.encode()) == []
    assert search.in_bytes(reception.messages().encode()) == []
    assert "患者***证件***不符" in reception.messages()
    assert search.in_bytes(reception.process_list.encode()) == []
    assert "authorize" in reception.process_list
    # keys, tokens and addresses of pages are in the clear nowhere at all
    sealed = PatientSearch([KEY, *secrets])
    everything = [one for one in hospital.program.data.rglob("*") if one.is_file()]
    assert sealed.in_files(everything) == {}
    assert search.in_files((hospital.root / "hebei").iterdir()) == {}, (
        "the simulated platform seals"
    )
    # the search does see them where nothing is masked: in our database, at the platform
    assert search.in_files(hospital.program.data.glob("hbgz.sqlite*"))
    assert search.in_files((hospital.root / "platform" / "records").iterdir())


def test_the_search_finds_a_canary_in_every_form(hospital: Hospital) -> None:
    """Planted among the logs in each form of each text."""
    (study,) = hospital.studies(images=1)
    search = PatientSearch(texts_of(study))
    assert search.in_files(written_files(hospital.program.data)) == {}
    canary = hospital.program.data / "logs" / "canary.log"
    canary.parent.mkdir()
    for text in texts_of(study):
        for form, content in forms(text).items():
            canary.write_bytes(b"2026-01-01 INFO x=" + content + b"\n")
            (hits,) = search.in_files(written_files(hospital.program.data)).values()
            assert f"{text} as {form}" in hits
