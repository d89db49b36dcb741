"""One example as its author sees it: in full, and in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from bot.journal.carried import competency_now, is_known, old_name
from bot.journal.model import Entry, SharedWith
from bot.journal.showing.refs import PROMISE
from bot.ladder.model import Ladder
from bot.slack.blocks import Block, context, paragraphs, section
from bot.slack.text import chunks, clip, escape, safe_link, show_date

NAME_CHARS = 100
EXCERPT_CHARS = 280
LINK_LABEL_CHARS = 60
MENTIONED = 5


def entry_blocks(entry: Entry, ladder: Ladder, *, reworded: bool = False) -> list[Block]:
    """All that was written; `reworded` when its level says something else today."""
    blocks = [*paragraphs([escape(entry.text)]), *_quoted(entry.quote)]
    line = _facts(entry, ladder, reworded=reworded)
    if len(entry.links) > 1:
        return [*blocks, *paragraphs(f"🔗 {_link(each)}" for each in entry.links), context(line)]
    return [*blocks, context(line)]


def excerpt_blocks(
    entry: Entry, ladder: Ladder, shared: Sequence[SharedWith] = (), *, reworded: bool = False
) -> list[Block]:
    """The beginning of it, for a list."""
    notes = ["with a quote"] if entry.quote else []
    if len(entry.links) > 1:
        notes.append(f"{len(entry.links)} links")
    if any(each.live for each in shared):
        notes.append(f"shared with {readers(shared)}")
    text = escape(clip(" ".join(entry.text.split()), EXCERPT_CHARS))
    return [section(text), context(_facts(entry, ladder, *notes, reworded=reworded))]


def readers(shared: Sequence[SharedWith]) -> str:
    """Who can read it now, each once."""
    names = list(dict.fromkeys(each.reader.mention for each in shared if each.live))
    more = len(names) - MENTIONED
    return ", ".join(names[:MENTIONED]) + (f" and {more} more" if more > 0 else "")


def who_reads(shared: Sequence[SharedWith]) -> str:
    """Below an example that can be changed: who can read it, or what they were given of it."""
    if not any(each.live for each in shared):
        return PROMISE
    return f"👀 {readers(shared)} can read the page as you shared it. Changes stay with you."


def short_name(text: str) -> str:
    """A name on its way into a line, escaped."""
    return escape(clip(text, NAME_CHARS))


def _facts(entry: Entry, ladder: Ladder, *notes: str, reworded: bool) -> str:
    facts = [show_date(entry.happened_on), _under(entry, ladder)]
    if len(entry.links) == 1:
        facts.append(_link(entry.links[0]))
    line = " · ".join(fact for fact in (*facts, *notes) if fact)
    if reworded:
        line += f"\nLogged under version {short_name(entry.pin.ladder_version)}"
    return line


def _quoted(quote: str) -> list[Block]:
    """Somebody else's words, with a bar beside each line, as Slack shows quotes."""
    lines = (piece for line in quote.splitlines() for piece in chunks([escape(line)], 2900))
    return paragraphs(f">{line}" for line in lines) if quote else []


def _link(address: str) -> str:
    return safe_link(address, clip(address, LINK_LABEL_CHARS))


def _under(entry: Entry, ladder: Ladder) -> str:
    competency, then = competency_now(ladder, entry), old_name(ladder, entry)
    label = short_name(competency.label)
    if not is_known(ladder, competency):
        return f"{label} (not on the ladder any more)"
    return f"{label} (logged as {short_name(then)})" if then else label
