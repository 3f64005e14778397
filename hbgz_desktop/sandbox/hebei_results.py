"""What made-up patients have to share: examinations and laboratory results, the same ones each time.

Seeded by the platform's seed and the identity number. About one patient in four has nothing; a
trial can also say how many results a patient has, or under which item codes.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

VISIT_TIME: Final = "%Y-%m-%d %H:%M:%S"
MAX_RESULTS: Final = 20
REPORT_DETAILS: Final = 3

# Codes as the printed samples look; the code systems are not named (H025).
STUDY_ITEMS: Final = (
    ("CT210300001-001-004", "颅脑 CT 平扫", "CT", "颅骨完整，脑实质内未见异常密度影。"),
    ("CT210300001-008-015", "胸部 CT 平扫", "CT", "双肺纹理清晰，右肺下叶见小结节，直径约 4 mm。"),
    ("CT210300001-009-001", "上腹部 CT 平扫", "CT", "肝胆胰脾未见明显异常。"),
    ("MR210200001-002-001", "颈椎 MR 平扫", "MR", "颈椎生理曲度变直，C5/6 椎间盘轻度突出。"),
    ("DR210102015-001-001", "胸部正位 DR", "DX", "心肺膈未见明显异常。"),
    ("US220302003-001-001", "甲状腺彩色多普勒超声", "US", "甲状腺左叶见囊性结节，边界清。"),
)
LAB_ITEMS: Final = (
    ("002501010010000", "血红蛋白测定", "g/L", 130.0, 175.0, "血常规"),
    ("002501010020000", "红细胞计数", "10^12/L", 4.3, 5.8, "血常规"),
    ("002501010030000", "红细胞比积测定", "L/L", 0.4, 0.5, "血常规"),
    ("002503020010000", "葡萄糖测定", "mmol/L", 3.9, 6.1, "血糖血脂"),
    ("002503030010000", "血清总胆固醇测定", "mmol/L", 2.8, 5.2, "血糖血脂"),
    ("002503030020000", "血清甘油三酯测定", "mmol/L", 0.5, 1.7, "血糖血脂"),
    ("002503050070000", "血清丙氨酸氨基转移酶测定", "U/L", 9.0, 50.0, "肝肾功能"),
    ("002503070010000", "尿素测定", "mmol/L", 3.1, 8.0, "肝肾功能"),
    ("002503070020000", "肌酐测定", "umol/L", 57.0, 97.0, "肝肾功能"),
)
HOSPITALS: Final = (
    ("1301000001", "模拟省第一医院"),
    ("1302000002", "模拟市中心医院"),
    ("1306000003", "模拟县人民医院"),
)


@dataclass(frozen=True, slots=True)
class SharedStudy:
    """One examination that may be recognised; ``key`` is its 互认记录 ID."""

    key: str
    code: str
    name: str
    modality: str
    finding: str
    org_code: str
    org_name: str
    studied_at: str
    reported_at: str
    is_abnormal: bool


@dataclass(frozen=True, slots=True)
class SharedValue:
    """One laboratory value that may be recognised; ``key`` is its 互认记录 ID."""

    key: str
    code: str
    name: str
    unit: str
    value: str
    reference: str
    prompt: str
    report_key: str
    report_name: str
    org_code: str
    org_name: str
    reported_at: str


@dataclass(frozen=True, slots=True)
class SharedResults:
    """All a patient has; laboratory results are counted by value, as each is recognised alone."""

    studies: tuple[SharedStudy, ...] = ()
    values: tuple[SharedValue, ...] = ()

    def each(self) -> tuple[SharedStudy | SharedValue, ...]:
        """Return all of them, in the order a page shows them."""
        return (*self.studies, *self.values)

    def matching(self, study_codes: tuple[str, ...], lab_codes: tuple[str, ...]) -> SharedResults:
        """Return what has exactly these item codes ("精准匹配"); everything when none are given."""
        if not study_codes and not lab_codes:
            return self
        return SharedResults(
            tuple(one for one in self.studies if one.code in study_codes),
            tuple(one for one in self.values if one.code in lab_codes),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What a trial wants a patient to have; None leaves it to chance.

    Attributes:
        studies: How many, or their item codes.
        values: The same of laboratory values.
    """

    studies: int | tuple[str, ...] | None = None
    values: int | tuple[str, ...] | None = None


def make_results(seed: int, id_no: str, visit_time: str, wish: Wish | None = None) -> SharedResults:
    """Return what the patient has: always the same for the same seed and number.

    Args:
        seed: The platform's.
        id_no: Identity number.
        visit_time: ``yyyy-MM-dd HH:mm:ss``; the results are 2 to 60 days older.
        wish: What a trial demands instead of chance.
    """
    digest = hashlib.sha256(f"{seed}|{id_no}".encode()).hexdigest()
    rng = random.Random(digest)  # noqa: S311 - repeatable on purpose
    wanted = wish or Wish()
    has_nothing = rng.random() < 0.25
    study_codes = _codes(wanted.studies, STUDY_ITEMS, 0 if has_nothing else rng.randint(1, 3))
    lab_codes = _codes(wanted.values, LAB_ITEMS, 0 if has_nothing else rng.randint(1, 6))
    # No instant is computed from it: only whole days before a local time.
    visit = datetime.strptime(visit_time, VISIT_TIME)  # noqa: DTZ007
    return SharedResults(
        tuple(_study(rng, digest, number, code, visit) for number, code in enumerate(study_codes)),
        tuple(_values(rng, digest, lab_codes, visit)),
    )


def _codes(
    wish: int | tuple[str, ...] | None, items: tuple[tuple[object, ...], ...], by_chance: int
) -> tuple[str, ...]:
    if isinstance(wish, tuple):
        return wish
    count = by_chance if wish is None else wish
    return tuple(str(items[number % len(items)][0]) for number in range(count))


def _study(rng: random.Random, digest: str, number: int, code: str, visit: datetime) -> SharedStudy:
    known = {item[0]: item for item in STUDY_ITEMS}
    _, name, modality, finding = known.get(code, (code, f"检查项目 {code}", "CT", "未见明显异常。"))
    org_code, org_name = rng.choice(HOSPITALS)
    studied = visit - timedelta(days=rng.randint(2, 60), minutes=rng.randint(0, 600))
    return SharedStudy(
        key=f"HR{digest[:16]}S{number:02d}",
        code=code,
        name=name,
        modality=modality,
        finding=finding,
        org_code=org_code,
        org_name=org_name,
        studied_at=studied.strftime(VISIT_TIME),
        reported_at=(studied + timedelta(hours=1)).strftime(VISIT_TIME),
        is_abnormal="未见" not in finding,
    )


def _values(
    rng: random.Random, digest: str, codes: tuple[str, ...], visit: datetime
) -> list[SharedValue]:
    known = {item[0]: item for item in LAB_ITEMS}
    values = []
    org_code, org_name, reported = "", "", visit
    for number, code in enumerate(codes):
        report = number // REPORT_DETAILS
        if number % REPORT_DETAILS == 0:
            org_code, org_name = rng.choice(HOSPITALS)
            reported = visit - timedelta(days=rng.randint(2, 60), minutes=rng.randint(0, 600))
        default = (code, f"检验项目 {code}", "", 1.0, 9.0, "检验报告")
        _, name, unit, low, high, report_name = known.get(code, default)
        value = round(rng.uniform(low * 0.8, high * 1.2), 2)
        values.append(
            SharedValue(
                key=f"HR{digest[:16]}L{number:02d}",
                code=code,
                name=name,
                unit=unit,
                value=f"{value:g}",
                reference=f"{low:g}-{high:g}",
                # 1 normal, 3 too high, 4 too low: this field's own code list (H059)
                prompt="4" if value < low else "3" if value > high else "1",
                report_key=f"RP{digest[:16]}L{report:02d}",
                report_name=report_name,
                org_code=org_code,
                org_name=org_name,
                reported_at=reported.strftime(VISIT_TIME),
            )
        )
    return values
