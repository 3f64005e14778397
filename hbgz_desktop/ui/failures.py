"""A known error in words beside the thing; anything else is a bug and reported as one (DESIGN 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.ui.phrases import sentences

if TYPE_CHECKING:
    from hbgz_desktop.ui.page_context import PageContext


def failure_words(context: PageContext, error: Exception) -> str:
    """What is wrong and what to do next; "" for a bug, which is reported here."""
    if not isinstance(error, HbgzError):
        context.notices.report_bug(error)
        return ""
    text = context.texts.of(error.code, error.facts)
    return sentences(text.title, text.next_step)


def toast_failure(context: PageContext, error: Exception) -> None:
    """The same as a toast."""
    words = failure_words(context, error)
    if words:
        context.notices.toast(words)
