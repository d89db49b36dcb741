"""What the ladder expected when an example was logged."""

from __future__ import annotations

from bot.journal.carried import statements_now
from bot.journal.model import Entry, Wording
from bot.journal.showing.entry import short_name
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, View, context, modal, notice, paragraphs, section, size
from bot.slack.text import bullets

THEN_BLOCKS = 90
THEN_BYTES = 100_000  # eight times the largest level page that was met


def expected_then(entry: Entry, wording: Wording | None, ladder: Ladder) -> View:
    """The ladder's own words from when the example was logged."""
    if wording is None or not wording.statements:
        return notice("What was expected then", "The ladder had no words for it then.")
    track = ladder.track(wording.track_id)
    where = f"{track.name if track else wording.track_id} {wording.level_id}"
    blocks = [
        section(f"*{short_name(wording.competency)}*"),
        context(f"{short_name(where)} · version {short_name(entry.pin.ladder_version)}"),
        *paragraphs(bullets(statement.text for statement in wording.statements)),
        *_asked_about(entry, ladder),
    ]
    return modal("What was expected then", _fitting(blocks))


def _fitting(blocks: list[Block]) -> list[Block]:
    shown = blocks[:THEN_BLOCKS]
    while size(shown) > THEN_BYTES:
        shown.pop()
    return shown if len(shown) == len(blocks) else [*shown, context("There is more than fits.")]


def _asked_about(entry: Entry, ladder: Ladder) -> list[Block]:
    """The statement that the question quoted, and what stands in its place today."""
    if entry.pin.statement is None:
        return []
    today = [statement.text for statement in statements_now(ladder, entry.pin)]
    if today == [entry.pin.statement.text]:
        return []
    lines = ["*You were asked about*", *bullets([entry.pin.statement.text])]
    return paragraphs([*lines, *(["*Today that is*", *bullets(today)] if today else [])])
