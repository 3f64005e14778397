from __future__ import annotations

import threading
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import SettingsError, StorageError
from hbgz_desktop.model.settings import SECRET_KEYS, Settings
from hbgz_desktop.storage.settings_file import (
    SettingsFile,
    all_keys,
    allowed_values,
    find_field,
    is_secret,
)
from tests.operating_system import IS_WINDOWS

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.model.errors import HbgzError

READ_EVERY_S = 0.01 if IS_WINDOWS else 0
"""Windows replaces no file that is open, and a thread that does nothing but read has it open all the time."""
SAMPLE = """\
# 放射科前置机
[dicom]
port = 11113      # 设备科定的
# quiet_time_s = 10

[guizhou]
base_url = 'http://10.1.2.3/mie/api/mie'
"""


@pytest.fixture
def file(data_dir: Path) -> SettingsFile:
    return SettingsFile(data_dir)


def write(file: SettingsFile, text: str) -> None:
    file.path.write_text(text, encoding="utf-8", newline="")


def refused(file: SettingsFile) -> HbgzError:
    with pytest.raises(SettingsError) as caught:
        file.load()
    return caught.value


def test_without_a_file_the_defaults_hold(file: SettingsFile) -> None:
    assert file.load() == Settings()
    assert file.modified_ns() == 0


def test_what_stands_in_the_file_holds(file: SettingsFile) -> None:
    write(file, SAMPLE)
    assert file.get("dicom.port") == 11113
    assert file.load().enabled_platforms() == ("guizhou",)
    assert file.modified_ns() > 0


def test_one_key_changes_and_every_comment_stays(file: SettingsFile) -> None:
    write(file, SAMPLE)
    file.set("dicom.port", 11114)
    assert file.path.read_text(encoding="utf-8") == SAMPLE.replace("11113", "11114")
    file.set("dicom.port", None)
    assert file.path.read_text(encoding="utf-8") == SAMPLE.replace(
        "port = 11113      # 设备科定的\n", ""
    )
    assert file.get("dicom.port") == 11112


def test_a_new_group_is_added_at_the_end(file: SettingsFile) -> None:
    write(file, SAMPLE)
    file.set("hospital.name", "第一医院")
    assert file.path.read_text(encoding="utf-8").startswith(SAMPLE)
    assert file.load().hospital.name == "第一医院"
    file.set("retry.max_attempts", None)
    assert "retry" not in file.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_file_stays_as_its_editor_wrote_it(file: SettingsFile, mark: bytes, end: str) -> None:
    """Notepad writes a byte order mark and CRLF."""
    file.path.write_bytes(mark + SAMPLE.replace("\n", end).encode())
    assert file.get("dicom.port") == 11113
    file.set_many({"dicom.port": 11114, "hospital.name": "第一医院"})
    content = file.path.read_bytes()
    assert content.startswith(BOM_UTF8) == bool(mark)
    lines = content.removeprefix(BOM_UTF8).decode().split("\n")
    assert all(line.endswith("\r") == (end == "\r\n") for line in lines[:-1])
    assert file.load().hospital.name == "第一医院"


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[dicom]\nprot = 1\n", 2, "dicom.prot"),
        ("# c\n\n[dicomm]\nport = 1\n", 3, "dicomm"),
        ("port = 1\n", 1, "port"),
        ("[dicom]\nport = 104\n\n[guizhou]\nkey = 'x'\n", 5, "guizhou.key"),
        ("dicom.port = 1\ndicom.prot = 2\n", 2, "dicom.prot"),
        ('["dicom"]\n"prot" = 2\n', 2, "dicom.prot"),
    ],
)
def test_an_unknown_key_is_named_with_its_line(
    file: SettingsFile, text: str, line: int, key: str
) -> None:
    write(file, text)
    error = refused(file)
    assert (error.code, error.facts["line"], error.facts["key"]) == ("setting_unknown", line, key)
    assert (
        "dicom" in str(error.facts["allowed"])
        or "port" in str(error.facts["allowed"])
        or ("base_url" in str(error.facts["allowed"]))
    )


@pytest.mark.parametrize(
    ("text", "line", "key", "allowed"),
    [
        ("[dicom]\n\nport = 99999\n", 3, "dicom.port", "int ge 0 le 65535"),
        ("[dicom]\nport = 'abc'\n", 2, "dicom.port", "int ge 0 le 65535"),
        (
            "[dicom]\nunknown_callers = 'maybe'\n",
            2,
            "dicom.unknown_callers",
            '"accept" | "refuse" | "ask"',
        ),
        ("[dicom]\ncheck_called_ae = 7\n", 2, "dicom.check_called_ae", "true | false"),
        ("[dicom.quiet_time_by_modality]\nUS = 60\nCT = -1\n", 3, None, "dict"),
        ("[dicom]\nquiet_time_by_modality = {US = -1}\n", 2, None, "dict"),
        ("[platforms]\nenabled = ['mars']\n", 2, "platforms.enabled", '"guizhou"'),
        ("dicom = 5\n", 1, "dicom", "[dicom] ae_title"),
        ("[guizhou]\nmsgid_prefix = '王小丽王小丽'\n", 2, "guizhou.msgid_prefix", "pattern"),
    ],
)
def test_a_bad_value_is_named_with_its_line_and_what_is_allowed(
    file: SettingsFile, text: str, line: int, key: str | None, allowed: str
) -> None:
    write(file, text)
    error = refused(file)
    assert (error.code, error.facts["line"]) == ("setting_invalid", line)
    assert error.facts["key"] == key or key is None
    assert allowed in str(error.facts["allowed"])
    assert "王小丽" not in str(error)


def test_what_is_no_toml_is_named_with_its_line(file: SettingsFile) -> None:
    write(file, "[dicom]\nport = \n")
    error = refused(file)
    assert (error.code, error.facts["line"]) == ("settings_syntax", 2)
    with pytest.raises(SettingsError):
        file.set("dicom.port", 1)


def test_what_is_no_text_is_unreadable(file: SettingsFile) -> None:
    file.path.write_bytes("[hospital]\nname = '第一医院'\n".encode("gbk"))
    assert refused(file).code == "settings_unreadable"


def test_nothing_is_written_when_the_result_is_invalid(file: SettingsFile) -> None:
    write(file, SAMPLE)
    with pytest.raises(SettingsError):
        file.set_many({"hospital.name": "第一医院", "dicom.port": -1})
    with pytest.raises(SettingsError):
        file.set("dicom.nothing", 1)
    with pytest.raises(SettingsError):
        file.set("nothing", 1)
    assert file.path.read_text(encoding="utf-8") == SAMPLE


def test_a_bad_value_can_be_put_right(file: SettingsFile) -> None:
    write(file, "[dicom]\nport = 99999 # 错\n")
    file.set("dicom.port", 104)
    assert file.path.read_text(encoding="utf-8") == "[dicom]\nport = 104 # 错\n"
    write(file, "dicom = 5\n")
    file.set("dicom.port", 104)
    assert file.load().dicom.port == 104


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("dicom.port", "11113", 11113),
        ("dicom.quiet_time_s", "0.5", 0.5),
        ("dicom.check_called_ae", "false", False),
        ("dicom.check_called_ae", "yes", True),
        ("dicom.quiet_time_by_modality", '{"US": 300}', {"US": 300}),
        ("dicom.quiet_time_by_modality", "{US = 300, CT = 60}", {"US": 300, "CT": 60}),
        ("dicom.quiet_time_by_modality", "US=300, CT=60", {"US": 300, "CT": 60}),
        ("dicom.quiet_time_by_modality", "", {}),
        ("platforms.enabled", "guizhou", ["guizhou"]),
        ("platforms.enabled", "", []),
        ("platforms.enabled", "null", None),
        ("upload.sop_classes", "image, 1.2.840.1", ["image", "1.2.840.1"]),
        ("upload.sop_classes", "1.2", ["1.2"]),
        ("upload.sop_classes", '["image"]', ["image"]),
        ("reports.allowed_folders", "D:\\报告,\\\\nas\\pdf", ["D:\\报告", "\\\\nas\\pdf"]),
        ("guizhou.list_separator", ",", ","),
        ("guizhou.list_separator", "|", "|"),
        ("guizhou.index_parts", "6", 6),
        ("hospital.name", "123", "123"),
        ("hospital.name", "true", "true"),
        ("guizhou.institution_code", "52010000001", "52010000001"),
    ],
)
def test_typed_text_becomes_a_value_of_the_key(
    file: SettingsFile, key: str, text: str, value: object
) -> None:
    read = file.parse_text(key, text)
    assert read == value
    assert type(read) is type(value) or isinstance(read, float)
    file.set(key, read)
    assert file.get(key) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("dicom.port", "abc"),
        ("dicom.port", "NaN"),
        ("guizhou.index_parts", "7"),
        ("dicom.unknown_callers", "maybe"),
        ("dicom.check_called_ae", "perhaps"),
        ("dicom.quiet_time_by_modality", "US"),
        ("platforms.enabled", "mars"),
        ("dicom.nothing", "1"),
    ],
)
def test_text_that_cannot_be_meant_is_refused(file: SettingsFile, key: str, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        file.parse_text(key, text)
    assert caught.value.facts["allowed"]


def test_readers_never_see_half_a_file(file: SettingsFile) -> None:
    file.set("hospital.name", "医院" * 200)
    seen: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                file.load()
            except SettingsError as error:
                seen.append(error)
            done.wait(READ_EVERY_S)

    reader = threading.Thread(target=read)
    reader.start()
    for port in range(1, 40):
        file.set("dicom.port", port)
    done.set()
    reader.join()
    assert seen == []


def test_two_writers_lose_nothing(file: SettingsFile) -> None:
    keys = [f"guizhou.{name}" for name in ("fixmedins_name", "hosp_lv")]
    keys += ["hospital.name", "records.drop_folder"]
    threads = [threading.Thread(target=file.set, args=(key, "x")) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [file.get(key) for key in keys] == ["x"] * len(keys)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    file: SettingsFile, data_dir: Path
) -> None:
    write(file, SAMPLE)
    file.path.unlink()
    file.path.mkdir()
    (file.path / "occupied").touch()
    with pytest.raises((StorageError, SettingsError)):
        file.set("dicom.port", 1)
    assert [one.name for one in data_dir.iterdir()] == ["hbgz.toml"]


def test_the_folder_is_made_when_it_is_missing(data_dir: Path) -> None:
    file = SettingsFile(data_dir / "新的" / "文件夹")
    file.set("dicom.port", 1)
    assert file.get("dicom.port") == 1
    assert [one.name for one in file.path.parent.iterdir()] == ["hbgz.toml"]


def test_every_key_can_be_found_and_says_what_it_takes() -> None:
    for key in all_keys():
        assert find_field(key).title
        assert allowed_values(key)
    assert "dicom.quiet_time_by_modality" in all_keys()
    assert not set(all_keys()) & set(SECRET_KEYS)
    assert all(is_secret(key) for key in SECRET_KEYS)
    assert not is_secret("dicom.port")
