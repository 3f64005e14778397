"""跨院调阅 over real HTTP: asked, listed, fetched, resumed, bounded and audited."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.errors import PlatformError, UsageError
from hbgz_desktop.model.other_hospitals import ImagesState, LinkState, OutsideQuestion
from hbgz_desktop.sandbox.faults import FaultKind, FaultRule
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.storage.tables import metadata
from tests.operating_system import SLOWNESS
from tests.outside_stage import REASON, person, platform_at, set_up

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
    from hbgz_desktop.services.other_hospitals import OtherHospitals

GET = "queryImgCahe"
"""2.8, as the simulated platform's faults name it."""
KILLED = """
import sys
from pathlib import Path
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
with Workplace(DataFolder(Path(sys.argv[1]))) as work:
    work.other_hospitals.fetching(int(sys.argv[2])).run()
"""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[GuizhouPlatform]:
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def work(data_dir: Path, platform: GuizhouPlatform) -> Iterator[Workplace]:
    with Workplace(DataFolder(data_dir)) as opened:
        set_up(opened, platform.base_url)
        yield opened


@pytest.fixture
def outside(work: Workplace) -> OtherHospitals:
    return work.other_hospitals


def first(outside: OtherHospitals) -> int:
    """The MR of the first person: two series of twelve."""
    found = outside.search(person(), REASON)
    return next(one.id for one in found.rows if one.exam.exam_date == "2026-03-02")


def trail(work: Workplace) -> list[tuple[str, str, dict[str, Any]]]:
    rows = work.audit.page(AuditFilter())
    return [(row.action, row.outcome, row.facts) for row in reversed(rows)]


def received(platform: GuizhouPlatform, service: str) -> int:
    return sum(row.service == service for row in platform.requests())


def sources(platform: GuizhouPlatform, index: str) -> list[bytes]:
    """Every image of an examination as the library has it."""
    return [one.path().read_bytes() for one in platform.cloud.images(index)]


# The way it goes


def test_what_is_found_says_what_can_be_had(outside: OtherHospitals) -> None:
    found = outside.search(person(), REASON)
    assert found.look.found == 4
    states = {row.exam.exam_date: row.images for row in found.rows}
    assert states["2026-03-02"] is ImagesState.FETCHABLE
    assert states["2024-05-06"] is ImagesState.LINK_ONLY
    assert {row.part for row in found.rows} >= {"颅脑 MRI 普通扫描（平扫）"}
    assert {row.report.state for row in found.rows} == {LinkState.ALLOWED}


def test_days_narrow_the_answer_on_both_sides(outside: OtherHospitals) -> None:
    whom = person()
    day = datetime(2026, 3, 2, tzinfo=UTC).date()
    question = OutsideQuestion(whom.cert_type, whom.cert_no, "", day, day)
    assert [one.exam.exam_date for one in outside.search(question, REASON).rows] == ["2026-03-02"]


def test_every_image_is_kept_byte_for_byte(
    outside: OtherHospitals, platform: GuizhouPlatform
) -> None:
    exam_id = first(outside)
    report = outside.fetching(exam_id).run()
    assert (report.total, report.fetched, report.refused, report.error) == (24, 24, 0, None)
    row = outside.row(exam_id)
    assert row.images is ImagesState.CACHED
    images = outside.images(exam_id)
    kept = sorted(outside.cache.path(one).read_bytes() for one in images)
    assert kept == sorted(sources(platform, row.exam.index_code))
    assert [one.series for one in images] == [1] * 12 + [2] * 12
    assert [one.instance_number for one in images] == [*range(1, 13)] * 2
    names = {one.name for one in outside.cache.path(images[0]).parent.iterdir()}
    assert names == {f"{one.id}.dcm" for one in images}


@pytest.mark.parametrize("way", ["line_breaks", "blanks", "url_safe", "no_padding"])
def test_base64_of_every_printed_or_likely_form(
    outside: OtherHospitals, platform: GuizhouPlatform, way: str
) -> None:
    platform.set_variants(base64=way, image_ids="opaque", content_type="none")
    exam_id = first(outside)
    assert outside.fetching(exam_id).run().is_complete
    images = outside.images(exam_id)
    kept = sorted(outside.cache.path(one).read_bytes() for one in images)
    assert kept == sorted(sources(platform, outside.row(exam_id).exam.index_code))


def test_what_is_there_is_not_fetched_again(
    outside: OtherHospitals, platform: GuizhouPlatform
) -> None:
    exam_id = first(outside)
    outside.fetching(exam_id).run()
    asked = len(platform.requests())
    gone = outside.images(exam_id)[3]
    outside.cache.path(gone).unlink()
    short = outside.images(exam_id)[5]
    outside.cache.path(short).write_bytes(b"short")
    report = outside.fetching(exam_id).run()
    assert (report.fetched, report.cached) == (2, 24)
    assert len(platform.requests()) == asked + 2


def test_a_fetch_is_stopped_and_taken_up_again(
    outside: OtherHospitals, platform: GuizhouPlatform, work: Workplace
) -> None:
    exam_id = first(outside)
    platform.faults.add(FaultRule(FaultKind.TIMEOUT, GET, after=5))
    job = outside.fetching(exam_id)
    reports = []
    runner = threading.Thread(target=lambda: reports.append(job.run()), name="fetch")
    runner.start()
    arrived = threading.Event()
    while job.fetched < 5:
        assert runner.is_alive()
        arrived.wait(0.02)
    job.stop()
    platform.faults.clear()
    platform.faults.release()
    runner.join(20 * SLOWNESS)
    assert not runner.is_alive()
    (report,) = reports
    assert (report.is_stopped, report.error, report.cached) == (True, None, report.fetched)
    assert 5 <= report.fetched < 24
    assert work.folder.other_hospitals.exists()
    assert list(work.folder.other_hospitals.rglob("*.part")) == []
    again = outside.fetching(exam_id).run()
    assert (again.fetched, again.cached) == (24 - report.fetched, 24)


def test_a_passing_trouble_is_tried_again_and_a_lasting_one_ends_it(
    outside: OtherHospitals, platform: GuizhouPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hbgz_desktop.services.outside_fetch.PAUSES_S", (0.01, 0.01))
    exam_id = first(outside)
    platform.faults.add(FaultRule(FaultKind.HTTP_503, GET, count=2))
    assert outside.fetching(exam_id).run().is_complete
    outside.cache.release(exam_id)
    outside.clear_cache()
    exam_id = first(outside)
    platform.faults.add(FaultRule(FaultKind.HTTP_503, GET, after=4))
    report = outside.fetching(exam_id).run()
    assert report.error is not None
    assert report.error.retryable
    assert 0 < report.cached < 24


def test_an_image_that_is_refused_does_not_keep_the_others_back(
    outside: OtherHospitals, platform: GuizhouPlatform, work: Workplace
) -> None:
    exam_id = first(outside)
    platform.faults.add(FaultRule(FaultKind.REFUSED, GET, count=2))
    report = outside.fetching(exam_id).run()
    outside.note_fetched(exam_id, report)
    assert (report.fetched, report.refused, report.error) == (22, 2, None)
    row = outside.row(exam_id)
    assert (row.images, row.exam.failed) == (ImagesState.PARTLY, 2)
    assert trail(work)[-1][1:] == (
        "failed",
        trail(work)[-1][2] | {"cached": 22, "of": 24, "error": "outside_images_refused"},
    )
    assert outside.fetching(exam_id).run().is_complete
    assert outside.row(exam_id).exam.failed == 0


# Who looked, and why


def test_every_look_is_written_with_who_whom_and_why(
    outside: OtherHospitals, work: Workplace
) -> None:
    exam_id = first(outside)
    outside.list_images(exam_id)
    outside.note_fetched(exam_id, outside.fetching(exam_id).run())
    outside.note_viewed(exam_id)
    outside.open_link(exam_id, "report", lambda _url: True)
    outside.note_exported(exam_id, 24)
    rows = trail(work)
    assert [(action, outcome) for action, outcome, _ in rows] == [
        ("outside_searched", "ok"),
        ("outside_listed", "ok"),
        ("outside_fetched", "ok"),
        ("outside_viewed", "ok"),
        ("outside_link_opened", "ok"),
        ("outside_exported", "ok"),
    ]
    assert {facts["reason"] for _, _, facts in rows} == {REASON}
    assert {facts["patient"] for _, _, facts in rows} == {person().masked}
    whom = person()
    written = json.dumps([facts for _, _, facts in rows], ensure_ascii=False)
    assert whom.cert_no not in written
    assert whom.name not in written


def test_a_question_without_reason_reaches_nobody(
    outside: OtherHospitals, platform: GuizhouPlatform
) -> None:
    with pytest.raises(UsageError, match="outside_values") as caught:
        outside.search(person(), " ")
    assert caught.value.facts == {"fields": "reason"}
    assert platform.requests() == ()


def test_a_fresh_answer_is_looked_at_again_without_asking(
    outside: OtherHospitals, platform: GuizhouPlatform, work: Workplace
) -> None:
    look = outside.search(person(), REASON).look
    since = datetime.now(UTC) - timedelta(hours=1)
    assert [one.id for one in outside.recent(since)] == [look.id]
    assert outside.reopen(look.id).look.id == look.id
    asked = len(platform.requests())
    assert trail(work)[-1][0] == "outside_reopened"
    with work.database.write() as connection:
        hour = 3600 * 10**6
        connection.exec_driver_sql("update outside_looks set asked_at = asked_at - ?", (hour,))
    again = outside.reopen(look.id)
    assert again.look.id != look.id
    assert len(platform.requests()) == asked + 1
    with pytest.raises(UsageError, match="outside_look_unknown"):
        outside.reopen(99)


def test_a_platform_that_is_away_is_written_too(
    outside: OtherHospitals, platform: GuizhouPlatform, work: Workplace
) -> None:
    platform.stop()
    with pytest.raises(PlatformError) as caught:
        outside.search(person(), REASON)
    assert trail(work)[-1][:2] == ("outside_searched", "failed")
    assert trail(work)[-1][2]["error"] == caught.value.code
    assert outside.recent(datetime.now(UTC) - timedelta(hours=1)) == ()


def test_an_index_code_alone_needs_a_reason_of_its_own(
    outside: OtherHospitals, platform: GuizhouPlatform
) -> None:
    index = platform.cloud.of_person("111", person().cert_no, "")[1].index
    with pytest.raises(UsageError, match="outside_values"):
        outside.by_index(index, "")
    row = outside.by_index(index, REASON)
    assert row.exam.is_bare
    assert outside.list_images(row.id).exam.image_total
    assert outside.by_index(index, "").id == row.id


# Nothing of it is ever sent


def test_what_is_cached_cannot_reach_the_queue(
    outside: OtherHospitals, platform: GuizhouPlatform, work: Workplace
) -> None:
    exam_id = first(outside)
    outside.fetching(exam_id).run()
    for image in outside.images(exam_id):
        outside.cache.picture(image)
    for examination in work.examinations.unplanned(("guizhou",)):
        work.planner.advance(examination)
    with work.database.read() as connection:
        for table in ("studies", "instances", "examinations", "deliveries", "delivery_items"):
            rows = select(func.count()).select_from(metadata.tables[table])
            assert connection.execute(rows).scalar() == 0, table
    assert list(work.spool.files()) == []
    assert work.spool.root not in work.folder.other_hospitals.parents
    assert received(platform, "saveImgFile") == 0


# Bounds


def test_the_cache_is_emptied_by_size_oldest_first_and_never_under_someones_eyes(
    outside: OtherHospitals, work: Workplace
) -> None:
    found = outside.search(person(), REASON)
    ids = [one.id for one in found.rows if one.images is ImagesState.FETCHABLE]
    for one in ids:
        assert outside.fetching(one).run().is_complete
        outside.cache.release(one)
    watched, *others = ids
    outside.cache.hold(watched)
    size = outside.cache.size_bytes
    assert size > 0
    with work.database.write() as connection:
        connection.exec_driver_sql("update outside_images set size_bytes = size_bytes + 1000000")
    work.settings_file.set_many({"other_hospitals.cache_mb": 1})
    work.settings.look_now()
    outside.cache.tidy()
    assert outside.row(watched).exam.cached > 0
    assert [outside.row(one).exam.cached for one in others] == [0, 0]
    assert [one.name for one in work.folder.other_hospitals.iterdir()] == [str(watched)]
    outside.cache.release(watched)
    assert outside.clear_cache() > 0
    assert list(work.folder.other_hospitals.iterdir()) == []


def test_a_cache_that_is_full_of_what_is_fetched_says_so(
    outside: OtherHospitals, work: Workplace
) -> None:
    exam_id = first(outside)
    outside.list_images(exam_id)
    work.settings_file.set_many({"other_hospitals.cache_mb": 1})
    work.settings.look_now()
    folder = work.folder.other_hospitals / str(exam_id)
    folder.mkdir(parents=True)
    with (folder / f"{outside.images(exam_id)[0].id}.dcm").open("wb") as stream:
        stream.truncate(2_000_000)
    with work.database.write() as connection:
        connection.exec_driver_sql(
            "update outside_images set size_bytes = 2000000, is_cached = 1 where position = 0"
        )
    report = outside.fetching(exam_id).run()
    assert report.error is not None
    assert report.error.code == "outside_cache_full"
    assert list(folder.glob(".*")) == []


def test_what_nobody_looked_at_for_days_goes(outside: OtherHospitals, work: Workplace) -> None:
    exam_id = first(outside)
    outside.fetching(exam_id).run()
    outside.cache.release(exam_id)
    outside.cache.tidy()
    assert outside.row(exam_id).exam.cached == 24
    days = 8 * 86400 * 10**6
    with work.database.write() as connection:
        connection.exec_driver_sql("update outside_examinations set used_at = used_at - ?", (days,))
        connection.exec_driver_sql("update outside_looks set asked_at = asked_at - ?", (days,))
    assert outside.cache.tidy() > 0
    assert list(work.folder.other_hospitals.iterdir()) == []
    with pytest.raises(UsageError, match="outside_examination_unknown"):
        outside.row(exam_id)


@pytest.mark.kill
def test_a_kill_in_the_middle_leaves_no_half_file(
    outside: OtherHospitals, work: Workplace, platform: GuizhouPlatform
) -> None:
    exam_id = first(outside)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(work.folder.root), str(exam_id)],
        env={**os.environ, "HBGZ_FAILPOINTS": "outside.before_rename=kill@4"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 137, done.stderr
    folder = work.folder.other_hospitals / str(exam_id)
    library = sources(platform, outside.row(exam_id).exam.index_code)
    whole = list(folder.glob("*.dcm"))
    assert 0 < len(whole) <= 3
    assert all(one.read_bytes() in library for one in whole)
    assert list(folder.glob(".*.part"))
    for part in folder.glob(".*.part"):
        os.utime(part, (0, 0))
    outside.cache.release(exam_id)
    outside.cache.tidy()
    assert list(folder.glob(".*")) == []
    assert outside.fetching(exam_id).run().is_complete
