"""``hbgz guizhou`` as a program of its own: from a person on stdin to files that are equal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.outside_stage import REASON, person, platform_at, set_up
from tests.running_program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[GuizhouPlatform]:
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, data_dir: Path, platform: GuizhouPlatform) -> Iterator[Program]:
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.base_url)
    (tmp_path / "said").mkdir()
    with Program(data_dir, tmp_path / "said") as made:
        yield made


def test_from_a_person_on_stdin_to_files_that_are_equal(
    program: Program, platform: GuizhouPlatform, tmp_path: Path
) -> None:
    whom = json.dumps({"cert_no": person().cert_no, "reason": REASON}, ensure_ascii=False)
    found = program.run("guizhou", "search", "--stdin", "--json", stdin=whom)
    number = next(
        str(one["examination"])
        for one in json.loads(found.stdout)["examinations"]
        if one["exam_date"] == "2026-03-02"
    )
    out = tmp_path / "存出 来"
    fetch = ("guizhou", "fetch", number, "--out", str(out))
    listed, done = program.run_all(("guizhou", "images", number, "--json"), (*fetch, "--json"))
    assert (listed.json["image_total"], len(listed.json["list"])) == (24, 24)
    saved = done.json
    assert (saved["fetched"], saved["cached"], saved["refused"], saved["error"]) == (24, 24, 0, "")
    names = [f"S{series:03d}I{image:05d}.dcm" for series in (1, 2) for image in range(1, 13)]
    assert sorted(one.name for one in out.iterdir()) == names
    index = next(
        one.index
        for one in platform.cloud.of_person("111", person().cert_no, "")
        if one.exam_day.isoformat() == "2026-03-02"
    )
    library = [one.path().read_bytes() for one in platform.cloud.images(index)]
    assert [(out / name).read_bytes() for name in names] == library
    (out / names[0]).write_bytes(b"mine")
    refused = program.run(*fetch, exit_code=2)
    assert "outside_file_exists" in refused.stderr
    assert (out / names[0]).read_bytes() == b"mine"
    program.run(*fetch, "--force")
    assert person().cert_no not in program.log()
    assert (out / names[0]).read_bytes() == library[0]
