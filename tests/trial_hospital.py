"""The hospital of the tests: what its simulated platform knows it by."""

from __future__ import annotations

INSTITUTION = "H52010000001"
KEY = "sandbox-key-5d1f"
SETTINGS: dict[str, object] = {
    "hospital.name": "示例人民医院",
    "guizhou.institution_code": INSTITUTION,
    "guizhou.exam_admdvs": "520100",
    "guizhou.hosp_lv": "02",
    "retry.max_delay_s": 2.0,
}
