"""The person's own examples: how they spread, and the last few. For their eyes alone."""

from __future__ import annotations

from bot.coverage.blocks import home_blocks
from bot.home.model import Glance
from bot.journal.blocks import edit_button, list_button, log_button
from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.ladder.model import Ladder
from bot.sharing.blocks import start_button
from bot.slack.blocks import Block, actions, context, divider, section
from bot.slack.text import clip, escape, show_date

EXCERPT_CHARS = 140
NAME_CHARS = 60
KEPT = "🔒 Only you see them. Each stays with you until you share it."
NOTHING_YET = "None yet. One sentence about last week is a good start."


def coverage_part(glance: Glance, *, with_picture: bool) -> list[Block]:
    """How the examples spread over competencies and months; nothing where there is no row."""
    shown = home_blocks(glance.coverage, glance.picture if with_picture else "")
    return [divider(), *shown] if shown and glance.latest else []


def examples(glance: Glance) -> list[Block]:
    """The latest few, each to be changed from here."""
    rows = [_row(entry, glance.ladder) for entry in glance.latest]
    title = "*Your last examples*" if rows else f"*Your examples*\n{NOTHING_YET}"
    ways = [list_button(), *([start_button("Share")] if rows else [])]
    if glance.person is None:
        ways.insert(0, log_button())
    return [section(title), *rows, context(KEPT), actions(*ways)]


def _row(entry: Entry, ladder: Ladder) -> Block:
    under = escape(clip(competency_now(ladder, entry).label, NAME_CHARS))
    said = escape(clip(" ".join(entry.text.split()), EXCERPT_CHARS))
    return section(f"{said}\n_{show_date(entry.happened_on)}_ · {under}", edit_button(entry.id))
