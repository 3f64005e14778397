"""Studies in every state in a real data folder: received, matched, sent by the services themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import Delivery, DeliveryKind, DeliveryState, Outcome
from hbgz_desktop.model.instance import InstanceHeader, StoredInstance
from hbgz_desktop.sandbox.demo import demo_records, demo_studies, write_record_file
from hbgz_desktop.storage.attempts import NewAttempt

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.sandbox.study_spec import StudySpec
    from hbgz_desktop.services.workplace import Workplace

INSTITUTION = "H52010000001"
SETTINGS: dict[str, object] = {
    "hospital.name": "示例人民医院",
    "guizhou.base_url": "http://127.0.0.1:9/mie/api/mie",
    "guizhou.institution_code": INSTITUTION,
    "guizhou.exam_admdvs": "520100",
    "guizhou.hosp_lv": "02",
    "guizhou.upload_ultrasound": True,
    "storage.reserve_mb": 1,
}
_CLASS = "1.2.840.10008.5.1.4.1.1.2"
_SYNTAX = "1.2.840.10008.1.2.1"


class StudyStage:
    """Plays modality, RIS and uploader on one workplace, without network or engine.

    Attributes:
        work: The workplace.
        specs: Invented people and studies, in order.
    """

    def __init__(self, work: Workplace, folder: Path, seed: int = 7) -> None:
        """Configure the data folder; ``folder`` takes the record files."""
        self.work = work
        self._folder = folder
        self._changes = 0
        work.settings_file.set_many(SETTINGS)
        work.settings.look_now()
        work.settings.look_now()
        self.specs = [
            replace(spec, accession_number=f"{spec.modality}2026{100 * batch + number:04d}")
            for batch in range(4)
            for number, spec in enumerate(demo_studies(seed + batch))
        ]

    def receive(
        self,
        spec: StudySpec,
        *,
        images: int = 4,
        series: int = 1,
        complete: bool = True,
        skipped: int = 0,
        expected: int | None = None,
    ) -> int:
        """Images of one study come; its id.

        Args:
            spec: Who and what.
            images: All in all.
            series: How many they are spread over.
            complete: No more are awaited.
            skipped: How many of them are not sent by rule.
            expected: What the PACS says there should be.
        """
        batch = [
            self._instance(spec, number, number % series, is_sendable=number >= skipped)
            for number in range(images)
        ]
        study_id = self.work.reception.commit(batch)[0].study_id
        rows = self.work.reception.without_digest(10_000)
        self.work.reception.set_digests([(one, f"{one:032x}", f"{one:064x}") for one, _ in rows])
        if expected is not None:
            with self.work.database.write() as connection:
                connection.exec_driver_sql(
                    "update studies set expected_count = ?, expected_source = 'pacs' where id = ?",
                    (expected, study_id),
                )
        if complete:
            self.work.examinations.complete(study_id, "quiet")
            self._match(study_id)
        return study_id

    def change(self, spec: StudySpec, images: int) -> int:
        """The first images of a study come again with other content; its id."""
        self._changes += 1
        batch = [
            replace(one, version=2, path=f"newer{self._changes}/{one.path}")
            for one in (
                self._instance(spec, number, 0, is_sendable=True) for number in range(images)
            )
        ]
        study_id = self.work.reception.commit(batch)[0].study_id
        rows = self.work.reception.without_digest(10_000)
        self.work.reception.set_digests([(one, f"{one:032x}", f"{one:064x}") for one, _ in rows])
        self.work.examinations.complete(study_id, "quiet")
        self._match(study_id)
        return study_id

    def _match(self, study_id: int) -> None:
        examination_id = self.work.matching.match_study(study_id)
        if examination_id is not None:
            self.work.planner.advance(examination_id)

    @staticmethod
    def _instance(
        spec: StudySpec, number: int, series: int, *, is_sendable: bool
    ) -> StoredInstance:
        uid = spec.study_instance_uid
        header = InstanceHeader(
            study_instance_uid=uid,
            series_instance_uid=f"{uid[:50]}.{series + 1}",
            sop_instance_uid=f"{uid[:50]}.{series + 1}.{number + 1}",
            sop_class_uid=_CLASS,
            transfer_syntax_uid=_SYNTAX,
            patient_name=spec.patient_name,
            patient_id=spec.patient_id,
            patient_birth_date=f"{spec.birth_date:%Y%m%d}",
            patient_sex=spec.sex,
            patient_age="046Y",
            accession_number=spec.accession_number,
            modality=spec.modality,
            study_description=spec.description,
            series_description=("平扫", "增强", "薄层")[series % 3],
            series_number=series + 1,
            instance_number=number + 1,
        )
        now = datetime.now(UTC)
        path = f"{uid[-12:]}/{series}-{number}.dcm"
        return StoredInstance(header, path, 1000, f"{spec.modality}1", now, is_sendable=is_sendable)

    def record(self, spec: StudySpec, **changes: object) -> int:
        """The record of one study is imported, with these fields changed; its examination."""
        made = demo_records([spec], institution_code=INSTITUTION, with_index=False)[0]
        made = {**made, "chargeType": "02", **changes}
        kept = {key: value for key, value in made.items() if value is not None}
        report = self.work.record_import.import_file(write_record_file([kept], self._folder))
        assert report.problems == ()
        found = self.work.examinations.of_record(report.record_ids[0])
        assert found is not None
        return found

    def claim(self, examination_id: int) -> Delivery:
        """Take the next due delivery of one examination."""
        for other in self.work.queue.of_examination(examination_id):
            if other.state in (DeliveryState.READY, DeliveryState.RETRYING):
                break
        else:
            raise AssertionError("nothing of this examination is due")
        held = [one.id for one in self._others_due(examination_id)]
        self.work.queue_control.pause(held, "stage")
        later = datetime.now(UTC) + timedelta(days=1)
        claimed = self.work.queue.claim("stage", lease_s=3600, platforms=("guizhou",), now=later)
        self.work.queue_control.resume(held, "stage")
        assert claimed is not None
        assert claimed.examination_id == examination_id
        return claimed

    def _others_due(self, examination_id: int) -> list[Delivery]:
        ids = self.work.examinations.all_ids()
        return [
            delivery
            for other in ids
            if other != examination_id
            for delivery in self.work.queue.of_examination(other)
            if delivery.state in (DeliveryState.READY, DeliveryState.RETRYING)
            and not delivery.is_paused
        ]

    def finish(self, delivery: Delivery, outcome: Outcome, cause: str = "") -> None:
        """End a claim."""
        again = datetime.now(UTC) + timedelta(minutes=9) if outcome is Outcome.TRANSIENT else None
        self.work.queue.finish(delivery, outcome, cause=cause, next_attempt_at=again)
        self.work.planner.advance(delivery.examination_id)

    def confirm_images(self, delivery: Delivery, count: int | None = None) -> None:
        """The platform confirms images of a claimed delivery."""
        items = self.work.queue.open_items(delivery.id)
        for item in items[:count]:
            attempt = self.attempt(delivery, item.instance_id)
            self.work.queue.record_exchange(delivery, attempt, confirmed_md5=item.md5)

    @staticmethod
    def attempt(delivery: Delivery, instance_id: int | None = None) -> NewAttempt:
        """One answered request."""
        now = datetime.now(UTC)
        return NewAttempt(
            delivery_id=delivery.id,
            instance_id=instance_id,
            token=delivery.token,
            started_at=now - timedelta(milliseconds=86),
            finished_at=now,
            service="saveImgFile",
            msgid=f"H5201000000120261120142600{delivery.id:04d}",
            http_status=200,
            answer_code="0",
            message="成功",
            outcome="accepted",
            cause="",
            answer='{"code":0,"msg":"成功","hiImgIndx":"111-***-20261120"}',
            size_bytes=1000,
        )

    def deliver(self, examination_id: int) -> None:
        """Everything of one examination goes out and is confirmed."""
        while any(
            one.state is DeliveryState.READY
            for one in self.work.queue.of_examination(examination_id)
        ):
            delivery = self.claim(examination_id)
            if delivery.kind is DeliveryKind.IMAGES:
                self.confirm_images(delivery)
            self.finish(delivery, Outcome.DELIVERED)

    def all_states(self) -> dict[str, int]:
        """One study in each state that people meet; name → study id, or examination id without images."""
        specs = iter(self.specs)
        made: dict[str, int] = {}

        def study(name: str, images: int = 4, **changes: object) -> int:
            spec = next(specs)
            made[name] = self.receive(spec, images=images, series=min(3, images))
            return self.record(spec, **changes)

        self.deliver(study("confirmed", 24))
        spec = next(specs)
        made["missing"] = self.receive(spec, images=8, expected=12)
        self.deliver(self.record(spec))
        study("needs_fix", 12, chargeType="MZ")
        failed = study("failed", 30)
        self.finish(self.claim(failed), Outcome.FAILED, "platform_path_unknown")
        retrying = study("retrying", 2)
        self.finish(self.claim(retrying), Outcome.DELIVERED)
        delivery = self.claim(retrying)
        self.work.queue.record_exchange(delivery, self.attempt(delivery))
        self.finish(delivery, Outcome.TRANSIENT, "platform_timeout_read")
        uploading = study("uploading", 40)
        self.finish(self.claim(uploading), Outcome.DELIVERED)
        self.confirm_images(self.claim(uploading), 26)
        study("queued", 3)
        paused = study("paused", 2)
        ids = [one.id for one in self.work.queue.of_examination(paused)]
        self.work.queue_control.pause(ids, "李敏")
        cancelled = study("cancelled", 2)
        ids = [one.id for one in self.work.queue.of_examination(cancelled)]
        self.work.queue_control.cancel(ids, "李敏")
        study("waiting_settlement", 5, setlInfoList=None, setlDate=None)
        made["no_record"] = self.receive(next(specs), images=16)
        made["no_images"] = self.record(next(specs))
        made["receiving"] = self.receive(next(specs), images=184, complete=False)
        return made
