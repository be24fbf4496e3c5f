"""The published schema of the evidence record."""

from __future__ import annotations

import json
from typing import Any

from ._native import evidence_schema

EVIDENCE_SCHEMA: dict[str, Any] = json.loads(evidence_schema())
"""The JSON Schema of :meth:`EvidenceRecord.to_dict`."""
