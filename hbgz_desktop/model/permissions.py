"""The one table of what a person can do here, and which role may (DESIGN 11, LOOK 4).

Each code is also the ``action`` of the audit row the action leaves; ``resources/texts`` has its words as
``audit_<code>``. A code that is not here cannot be recorded.
"""

from __future__ import annotations

from hbgz_desktop.model.operator import Role

EVERYONE = frozenset(Role)
IT_ONLY = frozenset({Role.IT})

ACTIONS: dict[str, frozenset[Role]] = {
    # the queue
    "delivery_retried": EVERYONE,
    "delivery_cancelled": EVERYONE,
    "delivery_cancel_requested": EVERYONE,
    "delivery_cancel_withdrawn": EVERYONE,
    "delivery_paused": EVERYONE,
    "delivery_resumed": EVERYONE,
    "platform_paused": EVERYONE,
    "platform_resumed": EVERYONE,
    # studies and records
    "study_completed": EVERYONE,
    "study_assigned": EVERYONE,
    "study_expected": EVERYONE,
    "study_expected_unknown": EVERYONE,
    "study_changed_sent": EVERYONE,
    "study_changed_kept": EVERYONE,
    "record_corrected": EVERYONE,
    # what the platform holds
    "deletion_asked": IT_ONLY,
    "deletion_undone": IT_ONLY,
    "index_deleted": EVERYONE,
    "index_deleted_directly": IT_ONLY,
    "index_kept": IT_ONLY,
    "problems_released": EVERYONE,
    "rows_settled": EVERYONE,
    "rows_reopened": EVERYONE,
    "records_imported": EVERYONE,
    "identity_revealed": EVERYONE,
    "study_viewed": EVERYONE,
    "images_cleared": IT_ONLY,
    # authorizations and shared viewing
    "authorization_entered": EVERYONE,
    "authorization_sent_again": EVERYONE,
    "authorization_withdrawn": EVERYONE,
    "sharing_asked": EVERYONE,
    "sharing_exported": EVERYONE,
    "sharing_kept_viewed": EVERYONE,
    "sharing_opened": EVERYONE,
    "sharing_orders_fetched": EVERYONE,
    "sharing_results_fetched": EVERYONE,
    # other hospitals' images
    "outside_searched": EVERYONE,
    "outside_reopened": EVERYONE,
    "outside_listed": EVERYONE,
    "outside_fetched": EVERYONE,
    "outside_viewed": EVERYONE,
    "outside_link_opened": EVERYONE,
    "outside_exported": EVERYONE,
    "outside_cache_emptied": EVERYONE,
    # code mapping
    "mapping_set": EVERYONE,
    "mapping_unset": EVERYONE,
    # out of the program
    "list_exported": EVERYONE,
    # the machine
    "setting_set": IT_ONLY,
    "peer_set": IT_ONLY,
    "engine_stop_asked": EVERYONE,
    # who acts
    "operator_switched": EVERYONE,
    "pin_refused": EVERYONE,
    "pin_changed": EVERYONE,
    "console_locked": EVERYONE,
    "operator_added": IT_ONLY,
    "operator_changed": IT_ONLY,
    "operator_removed": IT_ONLY,
    "role_chosen": EVERYONE,
    "audit_trimmed": IT_ONLY,
}
"""Action code → roles that may do it."""

SIGHTS: dict[str, frozenset[Role]] = {"raw_answers": IT_ONLY, "audit_of_others": IT_ONLY}
"""What a role may see without leaving a row: nothing in it names a patient."""

PAGES: dict[str, frozenset[Role]] = {"log": IT_ONLY}
"""Page key → roles that have it; a page that is not named is everyone's."""

CLERK_SECTIONS = frozenset({"appearance", "about"})
"""Sections of 设置 a clerk has: nothing there changes what the program does."""


def may(role: Role, action: str) -> bool:
    """True when the role may do or see it; raises ``KeyError`` for a code that is in neither table."""
    return role in (SIGHTS[action] if action in SIGHTS else ACTIONS[action])


def page_roles(page: str) -> frozenset[Role]:
    """Roles that have a page."""
    return PAGES.get(page, EVERYONE)
