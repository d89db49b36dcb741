"""Content cut into pages: between statements, and never behind a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.ladder.showing.scene import Part
from bot.slack.blocks import Block, context, weight
from bot.slack.text import clip, escape

PAGE_CHARS = 7_000
"""Leaves 3,000 of the 10,000 that a message may hold for the ways on and for other capabilities."""
PAGE_BLOCKS = 36
TITLE_CHARS = 100
LEADING = frozenset(["header", "context", "divider"])
"""Kinds of blocks that introduce what follows, so no page ends with one."""


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks of one page; `continues` is the title of what the page before left unfinished."""

    blocks: list[Block]
    continues: str = ""


def pages(parts: Iterable[Part]) -> list[Page]:
    """The parts in pages of at most 36 blocks and 7,000 characters; at least one page."""
    found: list[Page] = []
    for title, begins, cluster in _clusters(parts):
        if not found or not _fits(found[-1].blocks, cluster):
            found.append(Page([], "" if begins else title))
        lead = cluster[1:] if not found[-1].blocks and cluster[0]["type"] == "divider" else cluster
        found[-1].blocks.extend(lead)
    return found or [Page([])]


def resumed(page: Page, number: int, headline: str) -> list[Block]:
    """On every page after the first, a line that says what the page belongs to."""
    if not number:
        return []
    what = f" · {clip(page.continues, TITLE_CHARS)}, continued" if page.continues else ""
    return [context(escape(f"{clip(headline, TITLE_CHARS)}{what}"))]


def _fits(page: Sequence[Block], more: Sequence[Block]) -> bool:
    return len(page) + len(more) <= PAGE_BLOCKS and weight(page) + weight(more) <= PAGE_CHARS


def _clusters(parts: Iterable[Part]) -> Iterator[tuple[str, bool, list[Block]]]:
    """Blocks that stay together, with their part's title and whether the part begins there."""
    waiting: list[Block] = []
    for part in parts:
        begins = True
        for block in part.blocks:
            waiting.append(block)
            if block["type"] not in LEADING:
                yield part.title, begins, waiting
                waiting, begins = [], False
    if waiting:
        yield "", True, waiting
