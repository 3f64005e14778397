"""Index codes and code sets on the command line: masked unless asked for, marks beside the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Shell
    from tests.unit.services.clinic import Clinic


def test_a_study_shows_its_index_part_by_part(clinic: Clinic, shell: Shell) -> None:
    spec = clinic.specs[0]
    examination_id = clinic.ready(spec)
    number = str(clinic.record(spec)["certno"])
    uid = spec.study_instance_uid
    shown = shell("studies", "show", uid, "--json")
    (index,) = shown.json["index_codes"]
    assert number not in shown.out
    assert [part["label"] for part in index["parts"]] == [
        "证件类型",
        "证件号码",
        "检查时间",
        "设备",
        "部位",
    ]
    assert index["parts"][0]["meaning"] == "居民身份证"
    assert index["index_code"].split("-")[1] == index["parts"][1]["value"] != number
    plain = shell("studies", "show", uid).out
    assert number not in plain
    assert "证件类型 111 居民身份证" in plain
    clear = shell("studies", "show", uid, "--show-names", "--json").json["index_codes"][0]
    assert clear["index_code"].split("-")[1] == number
    examination = clinic.work.examinations.get(examination_id)
    assert examination is not None
    record = str(examination.record_id)
    assert number not in shell("records", "show", record, "--json").out
    found = shell("records", "show", record, "--show-names", "--json").json["index_codes"]
    assert found == [clear]


def test_a_code_set_is_listed_with_its_marks(shell: Shell) -> None:
    rows = shell("standards", "show", "guizhou", "examPart", "--json").json
    assert len(rows) == 481
    marked = {row["code"]: row for row in rows if row["marks"]}
    odd = marked["BB04ZZZZ21"]
    assert (odd["marks"], odd["decisions"]) == (["malformed"], ["G065"])
    assert odd["suggestion"] == {"code": "BB04ZZZ21", "name": "", "official": False}
    assert sum("malformed" in row["marks"] for row in rows) == 25
    assert "编码位数与规范不符" in shell("standards", "show", "guizhou", "examPart").out
    assert shell("standards", "show", "guizhou", "hospLv", "--json").json[1]["code"] == "02"


def test_the_sets_are_listed_with_their_second_names(shell: Shell) -> None:
    said = shell("standards", "list").out
    assert "img_exam_type（字段名 imgExamType） 第 3.3 节，5 项" in said
    (guizhou,) = (
        one for one in shell("standards", "list", "--json").json if one["platform"] == "guizhou"
    )
    assert guizhou["marks"]["examPart"]["suspicious"] == 7
