"""The drop folder: complete files are imported and put aside; trouble that may pass is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.services.drop_watch import DropWatch
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.services.clinic import Clinic


@pytest.fixture
def drop(clinic: Clinic) -> Path:
    """The folder, there already."""
    folder = clinic.work.drop_folder()
    folder.mkdir()
    return folder


@pytest.fixture
def watch(clinic: Clinic, drop: Path) -> Iterator[DropWatch]:
    """A watch that runs; each look is asked for."""
    watch = DropWatch(clinic.work.drop_folder, clinic.work.record_import, clinic.work.events)
    watch.worker.start()
    yield watch
    watch.worker.stop()
    assert watch.worker.join()


def put(clinic: Clinic, drop: Path, name: str, rows: object) -> None:
    """Write beside, then rename, as a careful program does."""
    clinic.write(rows, name).replace(drop / name)


def look_until_empty(watch: DropWatch, drop: Path) -> None:
    def is_empty() -> bool:
        watch.worker.wake()
        return not any(one.is_file() for one in drop.iterdir())

    wait_until("folder empty", is_empty)


@pytest.mark.allow_warnings("drop_file_refused code=record_json_invalid")
def test_good_files_are_processed_and_bad_ones_rejected(
    clinic: Clinic, watch: DropWatch, drop: Path
) -> None:
    put(clinic, drop, "good.json", [clinic.record(clinic.specs[0]), 7])
    (drop / "bad.json").write_text("{no json", encoding="utf-8")
    look_until_empty(watch, drop)
    assert (drop / "processed" / "good.json").is_file()
    assert (drop / "rejected" / "bad.json").is_file()
    listed = (drop / "processed" / "good.json.problems.txt").read_text(encoding="utf-8-sig")
    assert "2\t" in listed
    kinds = {one.kind for one in clinic.work.events.page(levels=("warning",))}
    assert {"drop_file_imported", "drop_file_refused"} <= kinds
    assert clinic.work.records.count() == 1


@pytest.mark.allow_warnings("drop_file_bug")
def test_a_file_the_program_stumbles_over_does_not_hold_up_the_others(
    clinic: Clinic, drop: Path
) -> None:
    """Whatever the importer raises that it should not: the file goes aside, with a trace in the log."""
    real = clinic.work.record_import

    class Stumbling:
        def import_file(self, path: Path) -> object:
            if path.name == "a-poison.json":
                raise ZeroDivisionError
            return real.import_file(path)

    stumbling = DropWatch(clinic.work.drop_folder, Stumbling(), clinic.work.events)  # type: ignore[arg-type]  # a bug made to order
    put(clinic, drop, "a-poison.json", [clinic.record(clinic.specs[0])])
    put(clinic, drop, "b.json", [clinic.record(clinic.specs[1])])
    stumbling.worker.start()
    look_until_empty(stumbling, drop)
    stumbling.worker.stop()
    assert stumbling.worker.join()
    assert (drop / "rejected" / "a-poison.json").is_file()
    assert (drop / "processed" / "b.json").is_file()


@pytest.mark.allow_warnings("drop_file_refused code=record_file_locked")
def test_a_file_that_somebody_holds_is_tried_again(clinic: Clinic, drop: Path) -> None:
    """Trouble that may pass (a lock, a busy database) moves nothing into ``rejected``."""
    real = clinic.work.record_import
    tries = []

    class HeldTwice:
        def import_file(self, path: Path) -> object:
            tries.append(path.name)
            if len(tries) < 3:
                raise RecordError("record_file_locked", retryable=True)
            return real.import_file(path)

    held = DropWatch(clinic.work.drop_folder, HeldTwice(), clinic.work.events)  # type: ignore[arg-type]  # as above
    put(clinic, drop, "a.json", [clinic.record(clinic.specs[0])])
    held.worker.start()
    look_until_empty(held, drop)
    held.worker.stop()
    assert held.worker.join()
    assert tries == ["a.json"] * 3
    assert (drop / "processed" / "a.json").is_file()
    assert clinic.work.events.page(levels=("warning",)) == ()
