"""The coverage as Block Kit: text for those who prefer it, and the picture where Slack shows it."""

from __future__ import annotations

from enum import StrEnum

from bot.coverage.model import Coverage
from bot.coverage.wording import alt_text, instead_words, row_line, span
from bot.journal.blocks import log_button
from bot.ladder.model import Competency
from bot.slack.blocks import (
    ALT_CHARS,
    Block,
    Message,
    View,
    actions,
    button,
    context,
    image,
    message,
    modal,
    paragraphs,
    section,
)
from bot.slack.text import clip

MOST_LINES = 60
LINE_CHARS = 400
ON_ITS_WAY = "The picture is on its way to your messages with me. Only you see it there."
NOTHING = (
    "You have no examples yet, and I do not know your level. After the first example, this shows "
    "which competency it belongs to, month by month."
)
MINE = "Only you see this."
TITLE = "My examples"


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    PICTURE = "coverage.picture"
    TEXT = "coverage.text"


def coverage_button(text: str = "By month") -> Block:
    """The button of other capabilities that answers with the text form."""
    return button(text, Act.TEXT)


def picture_button(text: str = "As a picture") -> Block:
    """The button that sends the picture into the person's messages with the bot."""
    return button(text, Act.PICTURE)


def as_text(coverage: Coverage) -> list[Block]:
    """One short line a competency; needs no wide screen."""
    lines = [clip(row_line(row, coverage.months), LINE_CHARS) for row in coverage.rows]
    beyond = len(lines) - MOST_LINES
    more = [f"… and {beyond} more competencies."] if beyond > 0 else []
    return [section(_headline(coverage)), *paragraphs([*lines[:MOST_LINES], *more])]


def text_message(coverage: Coverage) -> Message:
    """What `/ladder coverage` answers."""
    if not coverage.rows:
        return message(NOTHING, [section(NOTHING), actions(log_button(style="primary"))])
    ways = actions(picture_button(), log_button())
    return message(alt_text(coverage, ALT_CHARS), [*as_text(coverage), context(MINE), ways])


def text_view(coverage: Coverage) -> View:
    """The same from Home, where only a modal can be shown."""
    return modal(TITLE, as_text(coverage) if coverage.rows else [section(NOTHING)])


def home_blocks(coverage: Coverage, file_id: str = "") -> list[Block]:
    """For the Home tab: the picture of that file, else text; nothing where there is no row.

    `file_id` is a picture of just this coverage that its owner was sent.
    """
    if not coverage.rows:
        return []
    if file_id:
        shown = image(file_id, alt_text(coverage, ALT_CHARS))
        return [section(_headline(coverage)), shown, actions(coverage_button("As text"))]
    return [*as_text(coverage), actions(picture_button())]


def picture_words(coverage: Coverage, instead: tuple[Competency, ...]) -> str:
    """What stands above the file in the person's messages."""
    said = f"Your examples by competency and month, {span(coverage)}. {MINE}"
    return " ".join(filter(None, [said, instead_words(instead)]))


def _headline(coverage: Coverage) -> str:
    number = f"{coverage.total} example{'' if coverage.total == 1 else 's'}"
    return f"*Your examples, {span(coverage)}* · {number if coverage.total else 'none yet'}"
