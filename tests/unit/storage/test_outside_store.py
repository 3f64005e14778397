"""What is kept of other hospitals' answers: sealed, bounded, and nobody's but the viewer's."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from hbgz_desktop.model.errors import DiskFullError, UsageError
from hbgz_desktop.model.instance import InstanceHeader
from hbgz_desktop.model.other_hospitals import OutsideExamination, OutsideQuestion
from hbgz_desktop.storage.outside_files import STALE_PART_S, OutsideFiles
from hbgz_desktop.storage.outside_images import OutsideImageStore
from hbgz_desktop.storage.outside_looks import OutsideLookStore
from hbgz_desktop.storage.sealing import KeyFileSealer
from hbgz_desktop.storage.secret_store import SecretStore
from hbgz_desktop.storage.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.storage.database import Database

CARD = "520101198804050035"
NAME = "欧阳丽娟"
INDEX = f"111-{CARD}-20260101101010-0000000000000-000000000"
HEADER = InstanceHeader("1.1", "1.2", "1.3", "1.4", "1.2.840.10008.1.2", modality="CT")
QUESTION = OutsideQuestion(cert_no=CARD, name=NAME, begin=date(2024, 2, 29))


@pytest.fixture
def sealer(data_dir: Path) -> KeyFileSealer:
    return KeyFileSealer(data_dir / "secret.key")


@pytest.fixture
def looks(database: Database, sealer: KeyFileSealer) -> OutsideLookStore:
    return OutsideLookStore(database, sealer, SecretStore(database, sealer))


@pytest.fixture
def images(database: Database, sealer: KeyFileSealer) -> OutsideImageStore:
    return OutsideImageStore(database, sealer)


def found(number: int = 0, hospital: str = "省医院") -> OutsideExamination:
    return OutsideExamination(
        0,
        index_code=f"{INDEX}-{number}",
        name=NAME,
        cert_no=CARD,
        hospital=hospital,
        report_url=f"http://h/{CARD}",
    )


def add(looks: OutsideLookStore, *exams: OutsideExamination) -> tuple[OutsideExamination, ...]:
    look = looks.add(QUESTION, "李敏", "会诊")
    return looks.answered(look.id, exams)


def serials(count: int, series: int = 1) -> list[tuple[str, str, str]]:
    return [("1.9", f"1.9.{one}", f"1.9.{one}.{n}") for one in range(series) for n in range(count)]


def test_an_answer_comes_back_as_it_was(looks: OutsideLookStore) -> None:
    look = looks.add(QUESTION, "李敏", "会诊")
    (exam,) = looks.answered(look.id, [found()])
    assert (exam.name, exam.cert_no, exam.index_code) == (NAME, CARD, f"{INDEX}-0")
    kept = looks.look(look.id)
    assert (kept.question, kept.reason, kept.operator, kept.found) == (QUESTION, "会诊", "李敏", 1)
    assert looks.found_by(look.id) == (exam,)
    assert looks.by_index(f"{INDEX}-0") == exam
    assert looks.by_index(INDEX) is None


def test_nothing_of_a_patient_stands_in_the_database(
    looks: OutsideLookStore, images: OutsideImageStore, database: Database
) -> None:
    (exam,) = add(looks, found())
    images.keep_list(exam.id, serials(2))
    with database.read() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    for word in (CARD, NAME, INDEX, "http://h/", "1.9.0.1"):
        assert word not in dump
        assert word.encode().hex() not in dump.lower()


def test_the_same_examination_found_again_keeps_its_row(looks: OutsideLookStore) -> None:
    (first,) = add(looks, found())
    again, other = add(looks, found(hospital="省人民医院"), found(1))
    assert again.id == first.id
    assert again.hospital == "省人民医院"
    assert other.id != first.id
    twice = add(looks, found(2), found(2))
    assert len(twice) == 1


def test_rows_without_an_index_stay_apart(looks: OutsideLookStore) -> None:
    rows = [OutsideExamination(0, hospital="甲"), OutsideExamination(0, hospital="乙")]
    look = looks.add(QUESTION, "李敏", "会诊")
    assert [one.hospital for one in looks.answered(look.id, rows)] == ["甲", "乙"]


def test_a_person_sees_their_own_looks_only(looks: OutsideLookStore) -> None:
    add(looks, found())
    failed = looks.add(QUESTION, "李敏", "会诊")
    looks.failed(failed.id, "platform_timeout")
    since = datetime.now(UTC) - timedelta(hours=1)
    assert [one.found for one in looks.recent("李敏", since, 9)] == [1]
    assert looks.recent("王工", since, 9) == ()
    assert looks.recent("李敏", datetime.now(UTC), 9) == ()
    assert looks.look(failed.id).error_code == "platform_timeout"
    with pytest.raises(UsageError, match="outside_look_unknown"):
        looks.look(99)


def test_what_another_account_sealed_is_passed_over(
    looks: OutsideLookStore, database: Database, data_dir: Path
) -> None:
    add(looks, found())
    stranger = KeyFileSealer(data_dir / "other.key")
    others = OutsideLookStore(database, stranger, SecretStore(database, stranger))
    assert others.recent("李敏", datetime.now(UTC) - timedelta(hours=1), 9) == ()
    assert others.by_index(f"{INDEX}-0") is None
    assert len(add(others, found())) == 1


def test_a_list_is_kept_in_order_and_by_series(
    looks: OutsideLookStore, images: OutsideImageStore
) -> None:
    (exam,) = add(looks, found())
    images.keep_list(exam.id, serials(2, series=2))
    listed = images.images(exam.id)
    assert [(one.series, one.number) for one in listed] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    wanted = images.missing(exam.id)
    assert [serial[2] for _, serial in wanted] == ["1.9.0.0", "1.9.1.0", "1.9.0.1", "1.9.1.1"]
    assert looks.examination(exam.id).image_total == 4


def test_another_list_keeps_what_stands_in_both(
    looks: OutsideLookStore, images: OutsideImageStore
) -> None:
    (exam,) = add(looks, found())
    before = serials(3)
    images.keep_list(exam.id, before)
    kept = images.images(exam.id)[2]
    assert images.cached(kept.id, 10, "ab", HEADER)
    images.keep_list(exam.id, [("1.9", "1.9.7", "new"), before[2], before[2]])
    now = images.images(exam.id)
    assert [(one.series, one.is_cached) for one in now] == [(1, False), (2, True)]
    assert now[1].id == kept.id
    assert now[0].id > kept.id
    assert [serial[2] for _, serial in images.missing(exam.id)] == ["new"]
    assert not images.cached(kept.id - 1, 10, "ab", HEADER)


def test_the_number_in_its_header_places_an_image(
    looks: OutsideLookStore, images: OutsideImageStore
) -> None:
    (exam,) = add(looks, found())
    images.keep_list(exam.id, serials(3))
    for image, number in zip(images.images(exam.id), (3, 1, None), strict=True):
        header = InstanceHeader("1", "2", "3", "4", "5", instance_number=number)
        images.cached(image.id, 1, "x", header)
    assert [one.instance_number for one in images.images(exam.id)] == [1, 3, None]
    assert [one.number for one in images.images(exam.id)] == [1, 2, 3]


def cache_one(
    looks: OutsideLookStore, images: OutsideImageStore, number: int, size: int
) -> OutsideExamination:
    (exam,) = add(looks, found(number))
    images.keep_list(exam.id, serials(1))
    images.cached(images.images(exam.id)[0].id, size, "x", HEADER)
    return exam


def test_what_was_not_looked_at_for_longest_goes_first_and_what_is_held_stays(
    looks: OutsideLookStore, images: OutsideImageStore
) -> None:
    exams = [cache_one(looks, images, number, 10) for number in range(3)]
    assert images.cached_bytes() == 30
    images.hold(exams[0].id, datetime.now(UTC) + timedelta(minutes=1))
    assert images.drop_oldest(but=exams[1].id) == exams[2].id
    assert images.drop_oldest() == exams[1].id
    assert images.drop_oldest() is None
    assert images.cached_bytes() == 10
    assert looks.examination(exams[1].id).image_total == 1
    images.hold(exams[0].id, datetime.now(UTC) - timedelta(minutes=1))
    assert images.drop_oldest() == exams[0].id


def test_what_is_old_is_forgotten_whole(looks: OutsideLookStore, images: OutsideImageStore) -> None:
    old, held = (cache_one(looks, images, number, 10) for number in range(2))
    images.hold(held.id, datetime.now(UTC) + timedelta(minutes=1))
    assert images.forget(datetime.now(UTC) - timedelta(hours=1)) == ()
    assert images.forget(datetime.now(UTC)) == (old.id,)
    assert images.with_files((old.id, held.id)) == {held.id}
    assert images.forget(None) == ()
    assert images.forget_looks(datetime.now(UTC)) == 2
    assert looks.found_by(1) == ()
    with pytest.raises(UsageError, match="outside_examination_unknown"):
        looks.examination(old.id)


def test_no_key_leads_from_the_queue_to_here_or_back() -> None:
    """What is cached cannot be planned, queued or delivered: nothing can point at it (DESIGN 5.5)."""
    ours = {"outside_looks", "outside_examinations", "outside_finds", "outside_images"}
    crossing = [
        f"{table.name}.{key.parent.name}"
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if (table.name in ours) != (key.column.table.name in ours)
    ]
    assert ours <= set(metadata.tables)
    assert crossing == []


# The files


@pytest.fixture
def files(tmp_path: Path) -> OutsideFiles:
    return OutsideFiles(tmp_path / "缓存", lambda: 0)


def test_a_file_is_there_whole_or_not_at_all(files: OutsideFiles) -> None:
    with files.receive(1, 2) as receiving:
        receiving.stream.write(b"abc" * 1000)
    assert not files.path(1, 2).exists()
    assert list(files.path(1, 2).parent.iterdir()) == []
    with files.receive(1, 2) as receiving:
        receiving.stream.write(b"abc" * 1000)
        size, sha256 = receiving.keep()
    assert files.path(1, 2).read_bytes() == b"abc" * 1000
    assert (size, len(sha256)) == (3000, 64)
    assert files.has(1, 2, 3000)
    assert not files.has(1, 2, 2999)
    assert [one.name for one in files.path(1, 2).parent.iterdir()] == ["2.dcm"]


def test_the_reserve_of_the_disk_is_left_alone(tmp_path: Path) -> None:
    greedy = OutsideFiles(tmp_path, lambda: 10**9)
    with pytest.raises(DiskFullError, match="disk_reserve_reached"), greedy.receive(1, 1):
        pytest.fail("opened")


def test_parts_of_a_process_that_died_are_swept_and_living_ones_are_not(
    files: OutsideFiles,
) -> None:
    folder = files.path(1, 2).parent
    folder.mkdir(parents=True)
    for name in (".2.dcm.9-ab.part", ".3.dcm.9-cd.part", "2.dcm", "2.jpg", "4.dcm", "x.txt"):
        (folder / name).write_bytes(b"x")
    before = time.time() - STALE_PART_S - 1
    os.utime(folder / ".2.dcm.9-ab.part", (before, before))
    assert files.sweep(1, frozenset({2})) == 3
    assert {one.name for one in folder.iterdir()} == {".3.dcm.9-cd.part", "2.dcm", "2.jpg"}
    assert files.folders() == (1,)
    files.remove(1)
    assert files.folders() == ()


def test_dates_of_a_look_survive_sealing(looks: OutsideLookStore, database: Database) -> None:
    look = looks.add(QUESTION, "李敏", "会诊")
    with database.read() as connection:
        kept = connection.execute(text("select sealed from outside_looks")).scalar()
    assert kept
    question = looks.look(look.id).question
    assert question is not None
    assert (question.begin, question.end) == (date(2024, 2, 29), None)
