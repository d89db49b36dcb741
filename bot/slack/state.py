"""What a button or modal remembers: a small versioned record of ids, never of text."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

VERSION = 1
T = TypeVar("T")


class StaleState(Exception):
    """A button or modal comes from another version of the bot, or was tampered with."""


def pack(record: Any) -> str:
    """A frozen dataclass of strings and numbers as compact JSON; empty fields are left out."""
    kept = {key: value for key, value in asdict(record).items() if value not in ("", None)}
    return json.dumps(
        {"v": VERSION} | kept, separators=(",", ":"), sort_keys=True, ensure_ascii=False
    )


def unpack(kind: type[T], text: str) -> T:
    """The record that `pack` wrote; raises StaleState for anything else."""
    try:
        values = json.loads(text or "{}")
        if not isinstance(values, dict) or values.pop("v", VERSION) != VERSION:
            raise StaleState
        types = {f.name: f.type for f in fields(kind)}  # type: ignore[arg-type]
        if any(types.get(name) not in (type(v), type(v).__name__) for name, v in values.items()):
            raise StaleState
        return kind(**values)
    except (ValueError, TypeError, RecursionError):
        raise StaleState from None
