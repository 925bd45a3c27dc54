"""Ids made from content, so that running a stage twice adds nothing."""

import hashlib
import json
from typing import Any


def make_canonical_json(value: Any) -> str:
    """Return `value` as JSON with sorted keys and no spaces: equal values, equal text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def make_content_id(prefix: str, *parts: Any) -> str:
    """Return `prefix_` and 16 hex digits of the SHA-256 of the parts."""
    digest = hashlib.sha256(make_canonical_json(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"
