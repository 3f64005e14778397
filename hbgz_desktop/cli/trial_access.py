"""What the simulated platforms let in: one institution each, with one key, for trials only."""

from __future__ import annotations

SANDBOX_CODE = "H52010000001"
SANDBOX_KEY = "sandbox-key"
SANDBOX_ORG_CODE = "130000000001"
SANDBOX_SM4_KEY = "00112233445566778899aabbccddeeff"
