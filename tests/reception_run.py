"""A reception desk for the search for patient data: command line on stdin, engine, and console services."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil

from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from tests.operating_system import SLOWNESS
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hospital import Hospital, Study

ORG = "130000000001"
SM4_KEY = "0123456789abcdeffedcba9876543210"
PHONE = "13785012347"
VISIT_TIME = "2026-11-22 08:00:00"
ITEM = "CT210300001-001-004"
LIMIT_S = 60 * SLOWNESS
CONSOLE = """
import json, sys
from pathlib import Path
from hbgz_desktop.model.errors import PlatformError
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.logs import configure_logging
from hbgz_desktop.services.share_form import form_of, relation_of_text
from hbgz_desktop.services.workplace import Workplace
given = json.load(sys.stdin)
folder = DataFolder(Path(given.pop("data")))
configure_logging(folder, name="console", to_screen=True)
with Workplace(folder) as work:
    console = ConsoleServices(work, EngineSupervisor(folder, work.engine_state))
    form, opened = form_of(given), []
    console.authorization.submit(form.visit)
    sharing = console.shared_viewing
    for attempt in range(2):  # the first one is refused with the patient's name in the answer
        try:
            launch = sharing.open(sharing.ask(form), lambda url: not opened.append(url))
        except PlatformError as error:
            print(error, repr(error), error.facts)
    sharing.fetch_orders(launch.id, relation_of_text("study J1=CT210300001-001-004"))
    looks = sharing.fetch_results(launch.id), sharing.kept_results(launch.id)
    print(repr(form), repr(launch), repr(looks), len(opened))
"""


def visit_of(study: Study) -> dict[str, str]:
    """The visit of a study's patient, by the names that the command line takes."""
    return {
        "patient_id": study.spec.patient_id,
        "name": study.spec.patient_name.replace("^", ""),
        "id_no": study.spec.certificate_number,
        "phone": PHONE,
        "visit_no": str(study.record["optNo"]),
        "visit_time": VISIT_TIME,
    }


class ReceptionRun:
    """Authorizations and shared viewings of a hospital that also reports to Hebei.

    Attributes:
        platform: The simulated one.
    """

    def __init__(self, hospital: Hospital, platform: HebeiPlatform) -> None:
        """Configure the hospital's data folder for it."""
        self.hospital = hospital
        self.platform = platform
        hospital.configure(
            **{
                "hebei.base_url": platform.base_url,
                "hebei.org_code": ORG,
                "hebei.his_dept_code": "K01",
                "hebei.his_user_code": "D001",
            }
        )
        hospital.work.secrets.set("hebei.sm4_key", SM4_KEY)

    def secrets(self) -> list[str]:
        """Key, tokens, and the one-time words of the pages handed out: what nobody may read anywhere."""
        clerk = self.platform._clerk
        tokens = [text for one in clerk.tokens._tokens.values() for text in (one.value, one.app_id)]
        pages = [text for one in clerk.visits.pages() for text in (one.ticket, one.session)]
        assert len(tokens) >= 2
        assert pages
        return [SM4_KEY, *tokens, *pages]

    def live_through(self, by_command: Study, waiting: Study, by_console: Study) -> None:
        """Three patients, with refusals that name them, and one that the engine sends later."""
        program = self.hospital.program
        first, second = visit_of(by_command), visit_of(waiting)
        self.platform.faults.replace(
            [
                parse_fault(f"saveAuthUser:refused:1:{self._words(first)}"),
                parse_fault("saveAuthUser:http_429:1"),
            ]
        )
        authorize = ("hebei", "authorize", "-")
        refused, put_off = program.run_all(
            authorize, (*authorize, "--json"), typed=(json.dumps(first), json.dumps(second))
        )
        assert (refused.code, put_off.code) == (1, 0)
        until("the engine sends it", lambda: self._is_authorized(second["visit_no"]))
        self._run_watched(first)
        program.run(
            "share",
            "-",
            "--no-open",
            "--json",
            stdin=json.dumps({**first, "phone": "1"}),
            exit_code=1,
        )
        self._look(first)
        self._fail("hrPage", "refused", self._words(visit_of(by_console)))
        self._run_console(visit_of(by_console))

    def messages(self) -> str:
        """The platform's words that were kept, and every fact of events and audit."""
        query = self.hospital.program.query
        columns = (
            ("message", "authorizations"),
            ("message", "sharing_launches"),
            ("facts", "events"),
            ("facts", "audit_entries"),
        )
        return "\n".join(
            str(row[0])
            for column, table in columns
            for row in query(f"select {column} from {table}")  # noqa: S608 - our own names
        )

    def _words(self, visit: dict[str, str]) -> str:
        return f"message=患者{visit['name']}证件{visit['id_no']}不符"

    def _fail(self, service: str, fault: str, words: str = "") -> None:
        parts = ":".join(filter(None, (service, fault, "1", words)))
        self.platform.faults.replace([parse_fault(parts)])

    def _is_authorized(self, visit_no: str) -> bool:
        rows = self.hospital.program.query(
            "select state from authorizations where visit_no = ?", visit_no
        )
        return [row["state"] for row in rows] == ["authorized"]

    def _run_watched(self, visit: dict[str, str]) -> None:
        """Authorize by stdin; meanwhile look at what everybody on this machine can see of it."""
        self.platform.faults.replace([parse_fault("saveAuthUser:slow:1:seconds=30")])
        command = self.hospital.program._command("hebei", "authorize", "-")
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdin is not None
            process.stdin.write(json.dumps(visit).encode())
            process.stdin.close()
            until("it waits for its answer", self._has_struck)
            shown = psutil.Process(process.pid)
            self.process_list = f"{shown.cmdline()} {shown.environ()}"
            self.platform.faults.release()
            assert process.stdout is not None
            self._keep("watched", process.stdout.read())
        assert process.returncode == 0

    def _has_struck(self) -> bool:
        return self.platform.faults.snapshot()[0]["struck"] == 1

    def _look(self, visit: dict[str, str]) -> None:
        """Shared viewing by command: the page's address is the answer, so it is not kept here."""
        given = json.dumps(visit)
        page = self._quiet("share", "-", "--no-open", "--json", stdin=given)
        assert json.loads(page)["url"].startswith(self.platform.root_url)
        self.platform.open_page()
        self.platform.finish_page(recognised=frozenset({ITEM}))
        self.hospital.program.run(
            "hebei", "orders", "-", "--study-order", f"J1={ITEM}", stdin=given
        )
        results = self._quiet("hebei", "results", "-", "--json", stdin=given)
        assert visit["name"] in results, "the results themselves do name the patient"

    def _run_console(self, visit: dict[str, str]) -> None:
        """What the window does, in a process of its own with its log."""
        given = {**visit, "data": str(self.hospital.program.data)}
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", CONSOLE],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
        self._keep("console", done.stdout + done.stderr)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        assert re.search(rb" 1\s*$", done.stdout), "one page was opened"

    def _quiet(self, *arguments: str, stdin: str) -> str:
        done = subprocess.run(
            self.hospital.program._command(*arguments),
            input=stdin.encode(),
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
        self._keep("quiet", done.stderr)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def _keep(self, name: str, printed: bytes) -> None:
        self.hospital.program._file(f"{name}.out").write_bytes(printed)


@contextmanager
def reception_run(hospital: Hospital) -> Iterator[ReceptionRun]:
    """A desk at a platform of its own, where everybody has one examination to share."""
    access = HebeiAccess((ORG,), SM4_KEY)
    with HebeiPlatform(hospital.root / "hebei", access=access) as platform:
        platform.set_results(studies=(ITEM,), values=1)
        yield ReceptionRun(hospital, platform)


def parts_of(visit: dict[str, Any]) -> list[str]:
    """What of a visit tells who it is."""
    return [value for name, value in visit.items() if name != "visit_time"]
