"""Pictures: what a person looks at first, one process, a broken image tried once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.thumbnails import IDLE_S, Thumbnails, thumbnail_path
from hbgz_desktop.storage.thumbnail_index import ThumbnailIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.services.clinic import Clinic


@pytest.fixture
def thumbnails(clinic: Clinic) -> Iterator[Thumbnails]:
    """A maker whose steps the test drives."""
    work = clinic.work
    made = Thumbnails(
        settings=work.settings,
        index=ThumbnailIndex(work.database),
        spool=work.spool,
        folder=work.folder.thumbnails,
    )
    yield made
    made.close()


def states(clinic: Clinic) -> list[str]:
    return [row[0] for row in clinic.query("select thumbnail from instances order by id")]


def test_one_picture_a_series_then_all_of_the_study_that_is_looked_at(
    clinic: Clinic, thumbnails: Thumbnails
) -> None:
    clinic.send(clinic.specs[0], 3)
    clinic.close(clinic.specs[0])
    assert thumbnails._step() == 0.0
    assert sorted(states(clinic)) == ["", "", "ok"]
    assert thumbnails._step() == IDLE_S
    study_id = clinic.study_id(clinic.specs[0])
    assert thumbnails.want(study_id) == 2
    assert states(clinic).count("ok") == 1, "asking does not wait"
    thumbnails._step()
    assert states(clinic) == ["ok"] * 3
    assert thumbnails.want(study_id) == 0
    folder = clinic.work.folder.thumbnails
    ids = [row[0] for row in clinic.query("select id from instances")]
    assert all(thumbnail_path(folder, one).read_bytes().startswith(b"\xff\xd8") for one in ids)


def test_a_broken_image_is_tried_once(clinic: Clinic, thumbnails: Thumbnails) -> None:
    clinic.send(clinic.specs[0], 1, PixelData=b"\0\0")
    clinic.close(clinic.specs[0])
    assert thumbnails._step() == 0.0
    (state,) = states(clinic)
    assert state not in ("", "ok")
    assert thumbnails._step() == IDLE_S


def test_switched_off_nothing_is_made(clinic: Clinic, thumbnails: Thumbnails) -> None:
    clinic.send(clinic.specs[0], 1)
    clinic.close(clinic.specs[0])
    clinic.configure(**{"storage.thumbnails": False})
    thumbnails.want(clinic.study_id(clinic.specs[0]))
    assert thumbnails._step() == IDLE_S
    assert states(clinic) == [""]
