"""``hbgz.toml``: read, checked, changed one key at a time without losing comments."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from codecs import BOM_UTF8
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import tomlkit
from pydantic import BaseModel, ValidationError
from tomlkit.exceptions import TOMLKitError

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.settings import SECRET_KEYS, Settings
from hbgz_desktop.system.durable_files import make_folder, read_whole, write_atomically
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.patience import patiently

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.fields import FieldInfo

FILE_NAME = "hbgz.toml"


def _group_fields(group: str) -> dict[str, FieldInfo] | None:
    field = Settings.model_fields.get(group)
    model = field.annotation if field is not None else None
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_fields
    return None


def _names_at(location: tuple[int | str, ...]) -> list[str]:
    """Names that are known where an unknown one stands."""
    fields = _group_fields(str(location[0])) if len(location) > 1 else None
    return list(Settings.model_fields if fields is None else fields)


def find_field(key: str) -> FieldInfo:
    """The declaration of a dotted key.

    Raises:
        SettingsError: ``setting_unknown``, with the keys that exist in the group.
    """
    group, _, name = key.partition(".")
    fields = _group_fields(group)
    if fields is None:
        raise SettingsError("setting_unknown", key=key, allowed=", ".join(Settings.model_fields))
    if name not in fields:
        raise SettingsError(
            "setting_unknown", key=key, allowed=", ".join(f"{group}.{n}" for n in fields)
        )
    return fields[name]


def all_keys() -> tuple[str, ...]:
    """Every dotted key that lives in the TOML, in order of declaration."""
    keys = []
    for group in Settings.model_fields:
        keys += [f"{group}.{name}" for name in _group_fields(group) or {}]
    return tuple(keys)


def allowed_values(key: str) -> str:
    """What a key takes, in one line; a group takes its keys."""
    fields = _group_fields(key)
    if fields is not None:
        return f"[{key}] {', '.join(fields)}"
    field = find_field(key)
    literals = ["true", "false"] if field.annotation is bool else _literals(field.annotation)
    if literals:
        return " | ".join(literals)
    limits = [
        f"{name} {getattr(item, name)}"
        for item in field.metadata
        for name in ("ge", "le", "max_length", "pattern")
        if getattr(item, name, None) is not None
    ]
    kind = getattr(field.annotation, "__name__", str(field.annotation))
    return " ".join([kind, *limits])


def choices_of(key: str) -> tuple[str, ...]:
    """The values of a key that takes one of several, as a person would type them; else none."""
    literals = (json.loads(text) for text in _literals(find_field(key).annotation))
    return tuple(str(value) for value in literals)


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [json.dumps(value, ensure_ascii=False) for value in get_args(annotation)]
    return [text for inner in get_args(annotation) for text in _literals(inner)]


def _lines(source: str) -> dict[str, int]:
    """Dotted key or table → 1-based line where it stands first."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(source.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        key = re.match(r"\s*([\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=", line)
        if header:
            table = _plain(header.group(1))
            found.setdefault(table, number)
        elif key:
            name = _plain(key.group(1))
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _line_of(source: str, location: tuple[int | str, ...]) -> int:
    """Line of a value in the TOML text, or of the nearest thing around it; 0 when it cannot be told."""
    lines = _lines(source)
    path = [str(part) for part in location]
    tries = (".".join(path[:length]) for length in range(len(path), 0, -1))
    return next((lines[key] for key in tries if key in lines), 0)


class SettingsFile:
    """The settings of one data folder. Safe from any thread; each ``load`` reads the file."""

    def __init__(self, data_folder: Path) -> None:
        """Name the file; it need not exist."""
        self.path = data_folder / FILE_NAME
        self._lock = threading.Lock()

    def load(self) -> Settings:
        """Read and check.

        Raises:
            SettingsError: ``settings_syntax`` or ``setting_invalid`` with line, key and what is allowed.
        """
        return self._check(self._source())

    def modified_ns(self) -> int:
        """Time stamp of the file in ns, 0 while it does not exist."""
        try:
            return patiently(self.path.stat).st_mtime_ns
        except FileNotFoundError:
            return 0

    def _source(self) -> str:
        """Text of the file, lines ended by LF whatever they end with on disk; "" while it does not exist."""
        return self._read().decode("utf-8-sig").replace("\r\n", "\n")

    def _read(self) -> bytes:
        try:
            content = read_whole(self.path)
            content.decode("utf-8-sig")
        except FileNotFoundError:
            return b""
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError("settings_unreadable", file=FILE_NAME) from error
        return content

    def _write(self, source: str) -> None:
        """Write as the file was: its byte order mark and its line ends are kept."""
        before = self._read()
        text = source.replace("\n", "\r\n") if b"\r\n" in before else source
        mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        try:
            make_folder(self.path.parent)
            write_atomically(self.path, mark + text.encode())
        except OSError as error:
            raise translate_os_error(error) from error

    @staticmethod
    def _parse(source: str) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(source)
        except TOMLKitError as error:
            line = getattr(error, "line", 0)
            raise SettingsError("settings_syntax", file=FILE_NAME, line=line) from error

    def _check(self, source: str) -> Settings:
        values = self._parse(source).unwrap()
        try:
            return Settings.model_validate(values)
        except ValidationError as error:
            raise self._explain(error, source) from None

    @staticmethod
    def _explain(error: ValidationError, source: str) -> SettingsError:
        first = error.errors(include_input=False, include_url=False)[0]
        location = first["loc"]
        key = ".".join(str(part) for part in location[:2])
        line = _line_of(source, location)
        if first["type"] == "extra_forbidden":
            names = _names_at(location)
            return SettingsError("setting_unknown", key=key, line=line, allowed=", ".join(names))
        return SettingsError("setting_invalid", key=key, line=line, allowed=allowed_values(key))

    def get(self, key: str) -> object:
        """Value in force of a dotted key."""
        find_field(key)
        group, _, name = key.partition(".")
        return getattr(getattr(self.load(), group), name)

    def set(self, key: str, value: object) -> Settings:
        """Write one key; ``None`` removes it, so that the default holds. Nothing is written when the result is invalid.

        Raises:
            SettingsError: Unknown key or a value that is not allowed.
        """
        return self.set_many({key: value})

    def set_many(self, values: dict[str, object]) -> Settings:
        """Write several keys at once; all or nothing. Comments, order and spacing stay as they are.

        Raises:
            SettingsError: Unknown key, a value that is not allowed, or a file that cannot be parsed.
            StorageError: The file cannot be written; the old one is untouched.
        """
        for key in values:
            find_field(key)
        with self._lock:
            document = self._parse(self._source())
            for key, value in values.items():
                _put(document, key, value)
            source = tomlkit.dumps(document)
            settings = self._check(source)
            self._write(source)
        return settings

    def parse_text(self, key: str, text: str) -> object:
        """What a person typed for ``key`` as a value: JSON or TOML where the type asks for it, else the text.

        A list may be typed with commas, a table as ``US=300, CT=60``.

        Raises:
            SettingsError: ``setting_invalid`` when the text cannot mean a value of the key's type.
        """
        field = find_field(key)
        if field.annotation is str and not _literals(field.annotation):
            return text
        group, _, name = key.partition(".")
        for value in _readings(text):
            with contextlib.suppress(ValidationError):
                settings = Settings.model_validate({group: {name: value}})
                return getattr(getattr(settings, group), name)
        raise SettingsError("setting_invalid", key=key, line=0, allowed=allowed_values(key))


def _readings(text: str) -> Iterator[object]:
    """What a typed text may mean, the most literal first."""
    with contextlib.suppress(ValueError):
        yield json.loads(text)
    for source in (text, f"{{{text}}}"):
        with contextlib.suppress(TOMLKitError):
            yield tomlkit.parse(f"value = {source}").unwrap()["value"]
    yield text
    yield [part.strip() for part in text.split(",") if part.strip()]


def _put(document: tomlkit.TOMLDocument, key: str, value: object) -> None:
    """Set or remove a dotted key."""
    group, _, name = key.partition(".")
    table = document.get(group)
    if not isinstance(table, MutableMapping):
        if value is None:
            return
        table = tomlkit.table()
        document[group] = table
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def is_secret(key: str) -> bool:
    """True for a key that is sealed in the database instead."""
    return key in SECRET_KEYS
