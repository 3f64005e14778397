"""The demo's reception desk: one authorization and one shared viewing at the simulated Hebei platform."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from hbgz_desktop.cli.output import print_table, say
from hbgz_desktop.cli.trial_access import SANDBOX_ORG_CODE, SANDBOX_SM4_KEY
from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.model.sharing_launch import SharingForm
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.model.sharing_launch import ResultsLook
    from hbgz_desktop.model.visit import Visit
    from hbgz_desktop.services.workplace import Workplace

STUDIES = 2
VALUES = 3
REASON = "2"
DEPARTMENT = "K01"
PHYSICIAN = "D001"


class DemoSharingError(HbgzError):
    """What came back is not what was decided on the page."""


@contextmanager
def simulated_hebei(root: Path) -> Iterator[HebeiPlatform]:
    """A simulated platform at which everybody has two examinations and three values to share."""
    access = HebeiAccess((SANDBOX_ORG_CODE,), SANDBOX_SM4_KEY)
    with HebeiPlatform(root, access=access) as platform:
        platform.set_results(studies=STUDIES, values=VALUES)
        say(f"模拟互认   {platform.base_url}")
        yield platform


def configure_sharing(work: Workplace, base_url: str) -> None:
    """Let a data folder know the simulated platform: address, codes and key."""
    work.settings_file.set_many(
        {
            "hebei.base_url": base_url,
            "hebei.org_code": SANDBOX_ORG_CODE,
            "hebei.his_dept_code": DEPARTMENT,
            "hebei.his_user_code": PHYSICIAN,
        }
    )
    work.settings.look_now()
    work.secrets.set(SM4_KEY, SANDBOX_SM4_KEY)


def authorize(work: Workplace, visit: Visit) -> None:
    """Record one patient's authorization at the platform (2.2.3.3).

    Raises:
        DemoSharingError: The platform did not take it.
    """
    row = work.authorization.submit(visit).authorization
    if row is None or row.state is not AuthorizationState.AUTHORIZED:
        raise DemoSharingError("demo_not_authorized", state=row.state.value if row else "")
    say(f"患者授权   {mask_name(visit.name)} {visit.visit_no}，平台已记录")


def view_shared(work: Workplace, platform: HebeiPlatform, visit: Visit) -> None:
    """Ask, open, let a simulated physician refuse the first examination, and fetch what was decided.

    Raises:
        DemoSharingError: What came back differs.
    """
    sharing = work.shared_viewing
    asked = sharing.ask(SharingForm(visit))
    say(f"共享调阅   检查 {asked.study_count} 份，检验 {asked.lab_count} 项；页面打开一次")
    launch = sharing.open(asked, lambda _url: _physician(platform))
    look = sharing.fetch_results(launch.id)
    _print_results(look)
    if look.recognised_count != STUDIES + VALUES - 1 or platform.rules_broken():
        raise DemoSharingError("demo_sharing_differs", recognised=look.recognised_count)


def _physician(platform: HebeiPlatform) -> bool:
    """Open the newest page as a browser would, and finish it."""
    platform.open_page()
    page = platform.pages()[-1]
    recognised = frozenset((*page["studies"][1:], *page["values"]))
    platform.finish_page(recognised=recognised, reason=REASON)
    return True


def _print_results(look: ResultsLook) -> None:
    words = {True: "互认", False: "不互认", None: "未说明"}
    rows = [
        ("检查", one.study_item_name, one.org_name, words[one.is_recognised])
        for one in look.result.studies
    ]
    rows += [
        ("检验", one.lab_item_name, report.org_name, words[one.is_recognised])
        for report in look.result.lab_reports
        for one in report.results
    ]
    say(f"取回结果   互认 {look.recognised_count} 项，共 {len(rows)} 项")
    print_table(("类别", "项目", "医院", "医生的决定"), rows)
    say()
