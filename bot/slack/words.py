"""What was typed after the command, and who may own its first word."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

COMMAND = "/ladder"
ALONE = "$"


def starts_with(body: dict[str, Any], owned: Set[str]) -> bool:
    """Whether the first word is owned, or the only one is owned as standing alone."""
    return not owned.isdisjoint(names(str(body.get("text") or "")))


def names(text: str) -> set[str]:
    """The names under which somebody may own what was typed."""
    words = text.casefold().split(maxsplit=1)
    return {*words[:1], *(f"{word}{ALONE}" for word in words if len(words) == 1)}
