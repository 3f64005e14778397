"""What makes each page. Its modules are imported with the first page of its kind, or by ``import_pages`` before.

The overview is what a person sees first: it need not wait for the others (bench/startup.py).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.ui.page import Page
    from hbgz_desktop.ui.page_context import PageContext


def _overview(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.overview_page import OverviewPage  # see the top of the file

    return OverviewPage(context)


def _needs_fix(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.needs_fix_page import NeedsFixPage  # as above

    return NeedsFixPage(context)


def _studies(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.studies_page import StudiesPage  # as above

    return StudiesPage(context)


def _queue(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.queue_page import QueuePage  # as above

    return QueuePage(context)


def _authorization(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.authorization_page import AuthorizationPage  # as above

    return AuthorizationPage(context)


def _shared(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.shared_page import SharedPage  # as above

    return SharedPage(context)


def _other_hospitals(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.other_hospitals_page import OtherHospitalsPage  # as above

    return OtherHospitalsPage(context)


def _mapping(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.mapping_page import MappingPage  # as above

    return MappingPage(context)


def _audit(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.audit_page import AuditPage  # as above

    return AuditPage(context)


def _log(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.log_page import LogPage  # as above

    return LogPage(context)


def _settings(context: PageContext) -> Page:
    from hbgz_desktop.ui.pages.settings_page import SettingsPage  # as above

    return SettingsPage(context)


MAKERS: Mapping[str, Callable[[PageContext], Page]] = {
    "overview": _overview,
    "needs_fix": _needs_fix,
    "studies": _studies,
    "queue": _queue,
    "authorization": _authorization,
    "shared": _shared,
    "other_hospitals": _other_hospitals,
    "mapping": _mapping,
    "audit": _audit,
    "log": _log,
    "settings": _settings,
}
"""Page key → what makes it, in the GUI thread; its module is ``<key>_page``."""


def import_page(key: str) -> None:
    """Have the modules of a page in memory, so that making it is quick. On any thread."""
    import_module(f"hbgz_desktop.ui.pages.{key}_page")


def import_pages() -> None:
    """Have those of all pages in memory. On any thread."""
    for key in MAKERS:
        import_page(key)
