"""设置: every setting with its meaning, checked before it is written, and what follows from a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.model.settings import (
    CERTNO_KEY,
    SECRET_KEYS,
    SM4_KEY,
    GuizhouSettings,
    Settings,
)
from hbgz_desktop.platforms.gm import sm4_key
from hbgz_desktop.services.upload_scope import SCOPE_KEYS
from hbgz_desktop.storage.queue_actions import QueueActions
from hbgz_desktop.storage.settings_file import all_keys, allowed_values, choices_of, find_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.services.upload_scope import ScopePreview
    from hbgz_desktop.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class SettingFact:
    """One setting as the settings page shows it.

    Attributes:
        value: In force; for a secret True when one is stored.
        kind: ``text``, ``number``, ``switch``, ``choice``, ``list``, ``table`` or ``secret``.
        choices: Of a choice, in order.
    """

    key: str
    title: str
    description: str
    value: object
    default: object
    kind: str
    allowed: str
    choices: tuple[str, ...] = ()


class SettingsControl:
    """Reads and writes ``hbgz.toml`` and the sealed secrets. Blocks; safe from any thread."""

    def __init__(self, work: Workplace) -> None:
        """Work on one data folder."""
        self._work = work

    def facts(self) -> tuple[SettingFact, ...]:
        """Every setting with its meaning; secrets only say whether one is stored."""
        settings = self._work.settings_file.load()
        facts = [_fact(key, settings) for key in all_keys()]
        facts += [
            SettingFact(key, title, "", self._work.secrets.has(key), None, "secret", "")
            for key, title in SECRET_KEYS.items()
        ]
        return tuple(facts)

    def check(self, texts: Mapping[str, str]) -> dict[str, SettingsError]:
        """What is wrong with texts as they were typed, by key; empty when all may be saved."""
        problems = {}
        for key, text in texts.items():
            try:
                _validate(key, self._work.settings_file.parse_text(key, text))
            except SettingsError as error:
                problems[key] = error
        return problems

    def save_texts(
        self, texts: Mapping[str, str], secrets: Mapping[str, str], actor: str
    ) -> dict[str, SettingsError]:
        """Check and write what was typed, all or nothing.

        Returns:
            What is wrong, by key; when there is anything, nothing was written.
        """
        problems = self.check(texts) | _secret_problems(secrets)
        if not problems:
            parse = self._work.settings_file.parse_text
            self.save({key: parse(key, text) for key, text in texts.items()}, secrets, actor)
        return problems

    def save(self, values: Mapping[str, object], secrets: Mapping[str, str], actor: str) -> None:
        """Write several settings at once, all or nothing; secrets are sealed.

        Raises:
            SettingsError: ``setting_invalid`` with key and what is allowed, ``sm4_key_invalid``;
                nothing was written.
            AccountError: ``action_not_permitted``.
        """
        self._work.accounts.require("setting_set")
        for problem in _secret_problems(secrets).values():
            raise problem
        if values:
            self._work.settings_file.set_many(dict(values))
            self._work.settings.look_now()
        for key, secret in secrets.items():
            self._work.secrets.set(key, secret)
        for key in (*values, *secrets):
            self._work.audit.record("setting_set", operator=actor, kind="setting", key=key)

    def scope_preview(self, texts: Mapping[str, str]) -> ScopePreview:
        """What the rules of which examinations go would do, with texts that are not saved yet.

        Raises:
            SettingsError: One of the texts is not allowed.
        """
        parse = self._work.settings_file.parse_text
        typed = {key: parse(key, text) for key, text in texts.items() if key in SCOPE_KEYS}
        for key, value in typed.items():
            _validate(key, value)
        inside = {key.partition(".")[2]: value for key, value in typed.items()}
        own = self._work.settings().guizhou.model_dump() | inside
        return self._work.upload_scope.preview(GuizhouSettings.model_validate(own))

    def check_again(self) -> int:
        """Check every examination that waits, by the settings of now; how many have errors no more."""
        work = self._work
        actions = QueueActions(work.database)
        blocked = actions.examinations_of(actions.ids(states=(DeliveryState.BLOCKED,)))
        held = {one for one in blocked if work.examinations.has_errors(one)}
        unplanned = work.examinations.unplanned(work.settings().delivery_platforms())
        for examination_id in sorted({*held, *unplanned}):
            work.planner.advance(examination_id)
        return sum(not work.examinations.has_errors(one) for one in held)


def _secret_problems(secrets: Mapping[str, str]) -> dict[str, SettingsError]:
    """What is wrong with secrets that have a form, by key; an empty one removes it (H035, G055)."""
    problems = {}
    for name in (SM4_KEY, CERTNO_KEY):
        if typed := secrets.get(name, ""):
            try:
                sm4_key(typed)
            except SettingsError as error:
                problems[name] = error
    return problems


def _validate(key: str, value: object) -> None:
    """Check one value by itself; a group has no rules between its keys."""
    group, _, name = key.partition(".")
    try:
        Settings.model_validate({group: {name: value}})
    except ValidationError:
        raise SettingsError(
            "setting_invalid", key=key, line=0, allowed=allowed_values(key)
        ) from None


def _fact(key: str, settings: Settings) -> SettingFact:
    group, _, name = key.partition(".")
    field = find_field(key)
    value = getattr(getattr(settings, group), name)
    choices = choices_of(key)
    return SettingFact(
        key=key,
        title=field.title or key,
        description=field.description or "",
        value=value,
        default=field.get_default(call_default_factory=True),
        kind=_kind(value, choices),
        allowed=allowed_values(key),
        choices=choices,
    )


def _kind(value: object, choices: tuple[str, ...]) -> str:
    if isinstance(value, list) or value is None:
        return "list"
    if isinstance(value, bool):
        return "switch"
    if choices:
        return "choice"
    if isinstance(value, int | float):
        return "number"
    return "table" if isinstance(value, dict) else "text"
