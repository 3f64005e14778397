"""Group ``hebei``: what it takes, and which platforms it switches on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hbgz_desktop.model.settings import PLATFORMS, HebeiSettings, Settings
from hbgz_desktop.model.visit import HospitalUser

ADDRESS = "http://10.13.6.20:8080"


def made(**values: object) -> HebeiSettings:
    return HebeiSettings.model_validate(values)


@pytest.mark.parametrize(
    ("values", "enabled", "delivering"),
    [
        ({}, (), ()),
        ({"hebei": {"base_url": ADDRESS}}, ("hebei",), ()),
        (
            {"hebei": {"base_url": ADDRESS}, "guizhou": {"base_url": "http://g/mie/api/mie"}},
            PLATFORMS,
            ("guizhou",),
        ),
        ({"hebei": {"base_url": ADDRESS}, "platforms": {"enabled": []}}, (), ()),
        ({"platforms": {"enabled": ["hebei"]}}, ("hebei",), ()),
    ],
    ids=["none", "address", "both", "list empty", "list"],
)
def test_an_address_enables_unless_the_list_says_otherwise(
    values: dict[str, object], enabled: tuple[str, ...], delivering: tuple[str, ...]
) -> None:
    settings = Settings.model_validate(values)
    assert settings.enabled_platforms() == enabled
    assert settings.delivery_platforms() == delivering


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base_url", "http://h:1/path"),
        ("base_url", "ftp://h"),
        ("base_url", "http://user@h"),
        ("base_url", "http://h?x"),
        ("sm4_mode", "ctr"),
        ("sm4_padding", "none"),
        ("sm4_encoding", "Hex"),
        ("sm4_iv", "123"),
        ("sm4_iv", "量" * 16),
        ("token_prefix", "令牌"),
        ("token_prefix", "A\r\nB: "),
        ("token_renewal", 1.1),
        ("token_renewal", 0),
        ("oauth_path", "oauth"),
        ("service_path", "/a b"),
        ("service_path", "/a/"),
        ("hr_page_name", "a/b"),
        ("org_code", "9" * 65),
        ("patient_id_length", 0),
        ("sm4_key", "0123456789abcdef"),
    ],
)
def test_what_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        made(**{key: value})
    assert [one["loc"] for one in caught.value.errors()] == [(key,)]
    assert "input_value" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base_url", ADDRESS),
        ("base_url", "https://share.example/"),
        ("sm4_iv", "0" * 32),
        ("sm4_iv", "abcdefghijklmnop"),
        ("token_prefix", "Bearer "),
        ("token_renewal", 1.0),
    ],
)
def test_what_is_taken_stays_as_it_is(key: str, value: object) -> None:
    assert getattr(made(**{key: value}), key) == value


def test_the_switches_of_each_field() -> None:
    everything = {"patientName", "idNo", "phoneNo", "visitNo"}
    assert made().encrypted_fields() == made().decrypted_fields() == everything
    partly = made(encrypt_phone=False, decrypt_name=False)
    assert everything - partly.encrypted_fields() == {"phoneNo"}
    assert everything - partly.decrypted_fields() == {"patientName"}
    nothing = made(encrypt_name=False, encrypt_id_no=False, encrypt_phone=False)
    assert nothing.encrypted_fields() == {"visitNo"}


def test_department_and_physician_stand_in_when_none_is_named() -> None:
    own = made(org_code=" O1 ", his_org_code="H", his_dept_code="D0", his_user_code="U0")
    assert own.user() == HospitalUser("O1", "H", "D0", "U0")
    assert own.user("D1", "U1") == HospitalUser("O1", "H", "D1", "U1")
