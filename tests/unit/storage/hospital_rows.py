"""Fills a database the way the program does: studies received, records saved, deliveries planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import select

from hbgz_desktop.model.delivery import (
    BlockedReason,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Outcome,
    PlannedDelivery,
)
from hbgz_desktop.model.instance import InstanceHeader, StoredInstance
from hbgz_desktop.model.record import RecordKeys
from hbgz_desktop.storage.attempts import AttemptLog, NewAttempt
from hbgz_desktop.storage.changed_instances import ChangedInstances
from hbgz_desktop.storage.deliveries import DeliveryQueue
from hbgz_desktop.storage.examinations import ExaminationStore
from hbgz_desktop.storage.platform_state import PlatformStates
from hbgz_desktop.storage.queue_actions import QueueActions
from hbgz_desktop.storage.reception import Reception
from hbgz_desktop.storage.records import RecordStore
from hbgz_desktop.storage.sealing import make_sealer
from hbgz_desktop.storage.tables import instances

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hbgz_desktop.storage.database import Database

PLATFORM = "guizhou"
CT = "1.2.840.10008.5.1.4.1.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Joined:
    """An examination with one study."""

    examination_id: int
    record_id: int
    study_id: int
    instance_ids: tuple[int, ...]


class HospitalRows:
    """Every repository on one database, and shorter words for what tests need again and again."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.attempts = AttemptLog(database, make_sealer(folder))
        self.queue = DeliveryQueue(database, self.attempts)
        self.actions = QueueActions(database)
        self.examinations = ExaminationStore(database)
        self.changed = ChangedInstances(database)
        self.records = RecordStore(database)
        self.reception = Reception(database)
        self.states = PlatformStates(database)
        self._number = count(1)

    def instance(
        self, study: str = "1.2.3", sop: str | None = None, *, series: str = "", age_s: float = 0
    ) -> StoredInstance:
        """An image; UIDs are made from the study's when they are not given."""
        number = next(self._number)
        header = InstanceHeader(
            study_instance_uid=study,
            series_instance_uid=series or f"{study}.1",
            sop_instance_uid=sop or f"{study}.1.{number}",
            sop_class_uid=CT,
            transfer_syntax_uid=EXPLICIT,
            patient_name="王小丽",
            patient_id=f"P-{study}",
            accession_number=f"A-{study}",
            study_date="20261120",
            study_time="083000",
            modality="CT",
            instance_number=number,
        )
        at = AT + timedelta(milliseconds=number) - timedelta(seconds=age_s)
        return StoredInstance(header, f"20261120/ab/{number}.dcm", 1000, "CT1", at)

    def receive(self, study: str = "1.2.3", images: int = 2) -> int:
        """Images of one study with their digests; returns the study's id."""
        done = self.reception.commit([self.instance(study) for _ in range(images)])
        self.digest()
        return done[0].study_id

    def digest(self) -> None:
        """Give every instance that lacks one a digest."""
        missing = self.reception.without_digest(10_000)
        self.reception.set_digests((i, f"{i:032X}", f"{i:064x}") for i, _ in missing)

    def record(
        self,
        key: str = "A-1.2.3",
        *,
        name: str = "王小丽",
        fields: dict[str, str] | None = None,
        settlements: Sequence[dict[str, str]] = (),
        reports: dict[str, str] | None = None,
        **keys: str,
    ) -> tuple[int, int, str]:
        """Save a record; returns (record id, examination id, outcome)."""
        found = RecordKeys(
            source_key=f"acc:{key}",
            study_uid=keys.get("study_uid", ""),
            accessions=(key,),
            patient_name=name,
            patient_id=keys.get("patient_id", ""),
            birth_date="19780405",
            appy_no=keys.get("appy_no", ""),
            hi_img_indx=keys.get("hi_img_indx", ""),
            exam_at=AT,
        )
        return self.records.save(
            found,
            {"psnName": name, **(fields or {})},
            unknown={},
            source="导出.csv",
            row=2,
            inline_settlements=settlements,
            reports_by_number=reports or {},
        )

    def joined(self, study: str = "1.2.3", images: int = 2) -> Joined:
        """A complete study with its record, not planned yet."""
        study_id = self.receive(study, images)
        record_id, examination_id, _ = self.record(f"A-{study}", study_uid=study)
        self.examinations.join(study_id, examination_id, "uid")
        self.examinations.complete(study_id, "quiet")
        return Joined(examination_id, record_id, study_id, self.current(study_id))

    def current(self, study_id: int) -> tuple[int, ...]:
        """Ids of a study's instances that would be sent."""
        study = self.examinations.study(study_id)
        return () if study is None else tuple(one for one, _ in study.items)

    def plan(
        self,
        joined: Joined,
        *,
        blocked: BlockedReason | None = None,
        digest: str = "d1",
        reports: Sequence[int] = (),
    ) -> int:
        """Plan record, images and reports as the program's planner does."""
        study = self.examinations.study(joined.study_id)
        items = study.items if study is not None else ()
        record = PlannedDelivery(DeliveryKind.RECORD, 0, blocked, digest)
        images = replace(record, kind=DeliveryKind.IMAGES, part=joined.study_id, items=items)
        images = replace(images, content_digest=repr(items))
        files = [
            PlannedDelivery(DeliveryKind.REPORT, report, blocked, f"{digest} {report}")
            for report in reports
        ]
        return self.queue.apply_plan(joined.examination_id, PLATFORM, [record, images, *files])

    def claim(self, owner: str = "engine-1", *, now: datetime | None = None) -> Delivery | None:
        """The next delivery for one worker."""
        return self.queue.claim(owner, lease_s=60, platforms=[PLATFORM], now=now)

    def claimed(self, owner: str = "engine-1", *, now: datetime | None = None) -> Delivery:
        """As ``claim``, where one must be due."""
        delivery = self.claim(owner, now=now)
        assert delivery is not None
        return delivery

    def delivery(self, joined: Joined, kind: DeliveryKind = DeliveryKind.RECORD) -> Delivery:
        """The row of one kind as it is now."""
        found = self.queue.of_examination(joined.examination_id)
        return next(one for one in found if one.kind is kind)

    def state(self, joined: Joined, kind: DeliveryKind = DeliveryKind.RECORD) -> DeliveryState:
        """State of the row of one kind."""
        return self.delivery(joined, kind).state

    def send_images(self, delivery: Delivery, *, how_many: int | None = None) -> None:
        """Confirm open items of a claimed image delivery."""
        for item in self.queue.open_items(delivery.id)[:how_many]:
            attempt = self.attempt(delivery, instance_id=item.instance_id)
            assert self.queue.record_exchange(delivery, attempt, confirmed_md5=item.md5)

    def deliver(self, joined: Joined) -> None:
        """Record, images and reports of one examination, all accepted."""
        while (delivery := self.claim()) is not None:
            self.send_images(delivery)
            assert self.queue.finish(delivery, Outcome.DELIVERED)
            self.plan(joined, digest=self.delivery(joined).content_digest)

    @staticmethod
    def attempt(
        delivery: Delivery, *, instance_id: int | None = None, outcome: str = "accepted"
    ) -> NewAttempt:
        """One exchange."""
        return NewAttempt(
            delivery_id=delivery.id,
            instance_id=instance_id,
            token=delivery.token,
            started_at=AT,
            finished_at=AT,
            service="2.1",
            msgid="H52010000001202611200830000001",
            http_status=200,
            answer_code="0",
            message="成功",
            outcome=outcome,
            cause="",
            answer='{"code":0}',
            size_bytes=10,
        )

    def paths(self) -> list[str]:
        """Paths of all instances by id."""
        with self.database.read() as connection:
            return list(
                connection.execute(select(instances.c.path).order_by(instances.c.id)).scalars()
            )
