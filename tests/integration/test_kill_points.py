"""Kill -9 between any two steps: nothing acknowledged is missing, nothing goes out twice as new."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DicomError
from tests.running_program import until

if TYPE_CHECKING:
    import random

    from tests.hospital import Hospital, Study
    from tests.running_program import Engine

LOG = logging.getLogger(__name__)
RECEIVE_STEPS = (
    "receive.after_write",
    "receive.after_sync",
    "receive.after_rename",
    "receive.after_folder_sync",
    "receive.after_commit",
    "receive.before_answer",
)
UPLOAD_STEPS = (
    "upload.during_body",
    "upload.before_answer",
    "upload.after_answer",
    "upload.after_row",
)
QUICK_STEPS = ("receive.after_rename", "receive.after_commit", "upload.after_answer")
SLOW_STEPS = tuple(one for one in RECEIVE_STEPS + UPLOAD_STEPS if one not in QUICK_STEPS)
RANDOM_KILLS = 20
LONG_LIMIT_S = 600

pytestmark = [
    pytest.mark.kill,
    # the sender in this process says what it makes of a peer that dies
    pytest.mark.allow_warnings("(?i)connection|abort|pdu|socket"),
]


def send_again_until_taken(hospital: Hospital, engine: Engine, *studies: Study) -> None:
    """What a modality does with what was not acknowledged: it sends the study again."""
    assert hospital.send(engine, *studies)


def assert_all_is_well(hospital: Hospital, *studies: Study) -> None:
    """The invariant, after the queue has drained."""
    hospital.wait_confirmed(len(studies), limit_s=120)
    hospital.assert_nothing_lost()
    hospital.assert_delivered_once(*studies)
    rows = hospital.program.query(
        "select count(*) as n from instances where is_current group by series_id, sop_instance_uid"
    )
    assert {row["n"] for row in rows} == {1}
    assert hospital.program.scalar("select count(*) from instances where version > 1") == 0
    spool = hospital.program.data / "spool"
    named = {row["path"] for row in hospital.program.query("select path from instances")}
    assert {p.relative_to(spool).as_posix() for p in spool.rglob("*") if p.is_file()} == named


def kill_while_receiving(hospital: Hospital, step: str) -> None:
    """The third image meets the kill; its sender gets no answer and sends the study again."""
    (study,) = hospital.studies(images=6)
    dying = hospital.program.start(failpoints=f"{step}=kill@3")
    assert not hospital.send(dying, study)
    dying.wait_killed()
    assert len(hospital.acknowledged) == 2
    hospital.assert_nothing_lost()

    engine = hospital.program.start()
    was_renamed = RECEIVE_STEPS.index(step) >= RECEIVE_STEPS.index("receive.after_rename")
    is_committed = RECEIVE_STEPS.index(step) >= RECEIVE_STEPS.index("receive.after_commit")
    assert engine.recovered["lost"] == 0
    assert engine.recovered["recovered_receives"] == (1 if was_renamed and not is_committed else 0)
    send_again_until_taken(hospital, engine, study)
    hospital.import_records(study)
    assert_all_is_well(hospital, study)


def kill_while_uploading(hospital: Hospital, step: str) -> None:
    """The third file meets the kill; the next engine goes on with what is not confirmed."""
    (study,) = hospital.studies(images=6)
    dying = hospital.program.start(failpoints=f"{step}=kill@3")
    assert hospital.send(dying, study)
    hospital.import_records(study)
    dying.wait_killed()
    confirmed = hospital.program.scalar("select count(*) from instances where confirmed_at notnull")
    engine = hospital.program.start()
    assert engine.recovered["lost"] == 0
    assert engine.recovered["recovered_sends"] >= 1
    assert_all_is_well(hospital, study)
    images = hospital.platform.state()["requests"]
    assert isinstance(images, dict)
    in_flight = 3
    assert images["saveImgFile"] <= len(study.files) + in_flight, "what was confirmed is not resent"
    assert confirmed <= len(study.files)


def kill_at(hospital: Hospital, step: str) -> None:
    """One step of either side."""
    if step in RECEIVE_STEPS:
        kill_while_receiving(hospital, step)
    else:
        kill_while_uploading(hospital, step)


@pytest.mark.parametrize("step", QUICK_STEPS)
def test_kill_at_a_fixed_step(hospital: Hospital, step: str) -> None:
    """Three of the steps, in every run."""
    kill_at(hospital, step)


@pytest.mark.long
@pytest.mark.parametrize("step", SLOW_STEPS)
def test_kill_at_every_other_step(hospital: Hospital, step: str) -> None:
    """All the others."""
    kill_at(hospital, step)


class Load:
    """Modalities that send one study after another, again and again until it is acknowledged."""

    def __init__(self, hospital: Hospital, studies: tuple[Study, ...], senders: int) -> None:
        self._hospital = hospital
        self._left = list(studies)
        self._lock = threading.Lock()
        self._port = threading.Condition(self._lock)
        self._engine: Engine | None = None
        self._threads = [
            threading.Thread(target=self._run, args=(f"MOD_{n}",), name=f"modality-{n}")
            for n in range(senders)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def reach(self, engine: Engine | None) -> None:
        """Where the engine is now, None while there is none."""
        with self._port:
            self._engine = engine
            self._port.notify_all()

    def is_done(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(LONG_LIMIT_S)

    def _next(self) -> Study | None:
        with self._lock:
            return self._left.pop(0) if self._left else None

    def _run(self, ae_title: str) -> None:
        while (study := self._next()) is not None:
            while not self._try(study, ae_title):
                continue

    def _try(self, study: Study, ae_title: str) -> bool:
        with self._port:
            self._port.wait_for(lambda: self._engine is not None, LONG_LIMIT_S)
            engine = self._engine
        assert engine is not None
        try:
            return self._hospital.send(engine, study, calling_ae=ae_title)
        except DicomError:
            with self._port:
                self._port.wait_for(lambda: self._engine is not engine, 5.0)
            return False


@pytest.mark.long
@pytest.mark.timeout(LONG_LIMIT_S * 2)
def test_random_kills_under_load(hospital: Hospital, rng: random.Random) -> None:
    """Twenty kills at random moments while two modalities send and the uploaders work.

    The moments come from the run's seed, which stands in its header and in every failure.
    """
    studies = hospital.studies(RANDOM_KILLS * 3, images=4, rows=128)
    hospital.import_records(*studies)
    load = Load(hospital, studies, senders=2)
    load.start()
    recovered = {"recovered_receives": 0, "recovered_sends": 0, "lost": 0}
    pause = threading.Event()
    for _ in range(RANDOM_KILLS):
        engine = hospital.program.start()
        recovered = {name: recovered[name] + count for name, count in engine.recovered.items()}
        load.reach(engine)
        pause.wait(rng.uniform(0.05, 2.5))
        load.reach(None)
        engine.kill()
    load.reach(hospital.program.start())
    until("everything acknowledged", load.is_done, LONG_LIMIT_S)
    load.join()
    LOG.info("seed=%d acknowledged=%d %s", hospital.seed, len(hospital.acknowledged), recovered)
    assert recovered["lost"] == 0
    assert set(hospital.acknowledged) == {uid for one in studies for uid in one.files}
    assert_all_is_well(hospital, *studies)
