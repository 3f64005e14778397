"""What the simulated platform lets in: one institution with one key, for trials only."""

from __future__ import annotations

SANDBOX_CODE = "H52010000001"
SANDBOX_KEY = "sandbox-key"
