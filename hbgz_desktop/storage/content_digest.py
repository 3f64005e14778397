"""Digest of content that came from outside, to tell a repeat from a change."""

from __future__ import annotations

import hashlib
import json


def content_digest(value: object) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
