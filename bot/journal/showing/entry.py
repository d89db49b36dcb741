"""One example as its author sees it."""

from __future__ import annotations

from bot.journal.carried import competency_now, is_known, old_name
from bot.journal.model import Entry
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, context, paragraphs
from bot.slack.text import clip, escape, safe_link, show_date

NAME_CHARS = 100


def entry_blocks(entry: Entry, ladder: Ladder, *, reworded: bool = False) -> list[Block]:
    """One example as its author sees it; `reworded` when its level says something else today."""
    facts = [show_date(entry.happened_on), _under(entry, ladder)]
    if entry.link:
        facts.append(safe_link(entry.link, clip(entry.link, 60)))
    line = " · ".join(fact for fact in facts if fact)
    if reworded:
        line += f"\nLogged under version {short_name(entry.pin.ladder_version)}"
    return [*paragraphs([escape(entry.text)]), context(line)]


def _under(entry: Entry, ladder: Ladder) -> str:
    competency, then = competency_now(ladder, entry), old_name(ladder, entry)
    label = short_name(competency.label)
    if not is_known(ladder, competency):
        return f"{label} (not on the ladder any more)"
    return f"{label} (logged as {short_name(then)})" if then else label


def short_name(text: str) -> str:
    return escape(clip(text, NAME_CHARS))
