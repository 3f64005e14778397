"""``hbgz sandbox`` while it runs: the simulated platforms, and a line for everything they do."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Final

from hbgz_desktop.cli.output import say
from hbgz_desktop.cli.trial_access import SANDBOX_ORG_CODE
from hbgz_desktop.sandbox.faults import ANY_SERVICE, FaultPlan, FaultRule, parse_fault
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor
from hbgz_desktop.sandbox.hebei_fields import SERVICE_OF_PATH
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.sandbox.run import Fact, Listening, Served, run_platforms
from hbgz_desktop.system.end_requests import EndRequests

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.cli.context import Context
    from hbgz_desktop.sandbox.listening_platform import ListeningPlatform

BOTH: Final = "both"
HEBEI_FOLDER: Final = "hebei"
HEBEI_SERVICES: Final = frozenset(SERVICE_OF_PATH.values())


def run(context: Context, when_ready: Callable[[Context], None]) -> int:
    """Run until the terminal or another program asks it to end; returns the exit code.

    Args:
        context: Of the command.
        when_ready: Sends the demonstration's studies; called when ``--send-to`` was given and
            everything listens.

    Raises:
        UsageError: ``sandbox_port_taken``, ``sandbox_fault_invalid``, ``sandbox_variant_invalid``,
            ``sandbox_sm4_key_invalid``.
    """
    arguments = context.arguments
    platforms = _platforms(arguments, arguments.folder or context.folder.root / "sandbox")
    stop = threading.Event()
    facts = run_platforms(platforms, stop)
    unready = len(platforms)
    with EndRequests(stop.set):
        for fact in facts:
            if line := _line(arguments, fact):
                say(line)
            unready -= isinstance(fact, Listening)
            if isinstance(fact, Listening) and not unready and arguments.send_to:
                when_ready(context)
    return 0


def _platforms(arguments: Namespace, root: Path) -> list[ListeningPlatform]:
    rules = [parse_fault(one) for one in arguments.fault]
    platforms: list[ListeningPlatform] = []
    if arguments.platform in (GuizhouPlatform.name, BOTH):
        guizhou = GuizhouPlatform(
            root,
            port=arguments.port,
            institution_code=arguments.institution,
            key=arguments.key,
            faults=FaultPlan(rule for rule in rules if rule.service not in HEBEI_SERVICES),
            dicom=DicomDoor(arguments.dicom_title, arguments.dicom_port),
            seed=arguments.seed,
        )
        guizhou.know_in_queries(arguments.fixmedins)
        guizhou.set_variants(**dict(_named(one) for one in arguments.variant))
        platforms.append(guizhou)
    if arguments.platform in (HebeiPlatform.name, BOTH):
        platforms.append(
            HebeiPlatform(
                root / HEBEI_FOLDER,
                port=arguments.hebei_port,
                access=HebeiAccess(_org_codes(arguments), arguments.sm4_key),
                token_life_s=arguments.token_life,
                seed=arguments.seed,
                faults=FaultPlan(filter(_is_for_hebei, rules)),
            )
        )
    return platforms


def _named(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _org_codes(arguments: Namespace) -> tuple[str, ...]:
    return tuple(arguments.org or (SANDBOX_ORG_CODE,))


def _is_for_hebei(rule: FaultRule) -> bool:
    return rule.service == ANY_SERVICE or rule.service in HEBEI_SERVICES


def _line(arguments: Namespace, fact: Fact) -> str:
    """What is printed of a fact, "" for nothing."""
    values = _values(arguments, fact)
    if arguments.json:
        return json.dumps(values, ensure_ascii=False) if values else ""
    if isinstance(fact, Listening):
        if fact.platform == GuizhouPlatform.name:
            return f"ready {fact.base_url} dicom={fact.dicom}"
        access = f"org={','.join(_org_codes(arguments))} sm4-key={arguments.sm4_key}"
        return f"ready {fact.platform} {fact.base_url} {access} control={fact.control_url}"
    return " ".join(str(values[name]) for name in ("service", "outcome", "rule") if name in values)


def _values(arguments: Namespace, fact: Fact) -> dict[str, object]:
    """The members of a fact's JSON line."""
    values: dict[str, object] = {"platform": fact.platform}
    if isinstance(fact, Listening):
        values |= {"event": "ready", "base_url": fact.base_url, "control_url": fact.control_url}
        if fact.platform == GuizhouPlatform.name:
            title, _, address = fact.dicom.partition("@")
            host, _, port = address.rpartition(":")
            values["dicom"] = {"ae_title": title, "host": host, "port": int(port)}
        if fact.platform == HebeiPlatform.name:
            values |= {"org_codes": _org_codes(arguments), "sm4_key": arguments.sm4_key}
        return values
    if not isinstance(fact, Served):
        return {}
    values |= {"event": "served", "service": fact.row.service, "outcome": fact.row.outcome}
    if fact.platform == HebeiPlatform.name and fact.row.outcome == "refused":
        values["rule"] = fact.row.message.partition(":")[0]
    return values
