"""``hbgz.toml``: read, checked, changed one key at a time without losing comments."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import tomlkit
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from tomlkit.exceptions import TOMLKitError

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.settings import SECRET_KEYS, Settings
from hbgz_desktop.storage.durable import write_atomically

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
    """What a key takes, in one line."""
    field = find_field(key)
    literals = _literals(field.annotation)
    if literals:
        return " | ".join(literals)
    limits = [
        f"{name} {getattr(item, name)}"
        for item in field.metadata
        for name in ("ge", "le", "pattern")
        if getattr(item, name, None) is not None
    ]
    kind = getattr(field.annotation, "__name__", str(field.annotation))
    return " ".join([kind, *limits])


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [json.dumps(value, ensure_ascii=False) for value in get_args(annotation)]
    return [text for inner in get_args(annotation) for text in _literals(inner)]


def _line_of(source: str, location: tuple[int | str, ...]) -> int:
    """1-based line of a key in the TOML text; 0 when it cannot be told."""
    group, name = str(location[0]), str(location[1]) if len(location) > 1 else ""
    current = ""
    for number, line in enumerate(source.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]\s]+)\s*\]+", line)
        if header:
            current = header.group(1).strip("\"'")
            if current in (group, f"{group}.{name}") and (not name or current != group):
                return number
        key = re.match(r"\s*([A-Za-z0-9_.\"'-]+)\s*=", line)
        if key:
            dotted = key.group(1).strip("\"'")
            full = f"{current}.{dotted}" if current else dotted
            if full == f"{group}.{name}" or full == group:
                return number
    return 0


class SettingsFile:
    """The settings of one data folder. Safe from any thread; each ``load`` reads the file."""

    def __init__(self, data_folder: Path) -> None:
        """Name the file; it need not exist."""
        self.path = data_folder / FILE_NAME

    def load(self) -> Settings:
        """Read and check.

        Raises:
            SettingsError: ``settings_syntax`` or ``setting_invalid`` with line, key and what is allowed.
        """
        return self._check(self._source())

    def modified_ns(self) -> int:
        """Time stamp of the file in ns, 0 while it does not exist."""
        try:
            return self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _source(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError("settings_unreadable", file=FILE_NAME) from error

    def _check(self, source: str) -> Settings:
        try:
            values = tomlkit.parse(source).unwrap()
        except TOMLKitError as error:
            raise SettingsError(
                "settings_syntax", file=FILE_NAME, line=getattr(error, "line", 0)
            ) from error
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
        """Write several keys at once; all or nothing."""
        document = tomlkit.parse(self._source())
        for key, value in values.items():
            find_field(key)
            group, _, name = key.partition(".")
            table = document.setdefault(group, tomlkit.table())
            if value is None:
                table.pop(name, None)
            else:
                table[name] = value
        source = tomlkit.dumps(document)
        settings = self._check(source)
        write_atomically(self.path, source.encode())
        return settings

    def parse_text(self, key: str, text: str) -> object:
        """What a person typed for ``key`` as a TOML value: JSON or TOML where the type asks for it, else the text.

        Raises:
            SettingsError: ``setting_invalid`` when the text cannot mean a value of the key's type.
        """
        field = find_field(key)
        plain = {str} & {field.annotation, *_unions(field.annotation)}
        if plain and not _literals(field.annotation):
            return text
        for candidate in (text, json.dumps(text)):
            try:
                value = json.loads(candidate)
            except ValueError:
                continue
            if self._fits(key, value):
                return value
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if self._fits(key, parts):
            return parts
        raise SettingsError("setting_invalid", key=key, line=0, allowed=allowed_values(key))

    @staticmethod
    def _fits(key: str, value: object) -> bool:
        group, _, name = key.partition(".")
        try:
            Settings.model_validate({group: {name: value}})
        except ValidationError:
            return False
        return True


def _unions(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) is Union else ()


def is_secret(key: str) -> bool:
    """True for a key that is sealed in the database instead."""
    return key in SECRET_KEYS
