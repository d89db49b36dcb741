"""Answers of a few lines: words for maturity, shared statements, and nothing found."""

from __future__ import annotations

from bot.ladder.asking.answers import MaturityAnswer, NotFound, SharedAnswer
from bot.ladder.model import Maturity
from bot.ladder.showing.menus import buttons
from bot.ladder.showing.scene import Drawing, Part, Scene, Way
from bot.ladder.showing.search import look_up_button
from bot.ladder.showing.wording import MATURITY, said, title
from bot.slack.blocks import actions, context, paragraphs, section
from bot.slack.text import clip, escape

SILENT = "_This ladder does not say what it means._"
NO_WORDS = "This ladder has no words for how far somebody is within a level."
ASKED_CHARS = 100


def maturity(answer: MaturityAnswer, _scene: Scene) -> Drawing:
    """Each word with its meaning, or plainly that nobody wrote one."""
    if not answer.words:
        return Drawing(
            headline=NO_WORDS,
            parts=[Part([section(NO_WORDS)])],
            ways=[actions(look_up_button())],
        )
    return Drawing(
        headline=f"{MATURITY}: {', '.join(each.name for each in answer.words)}",
        public=MATURITY,
        words="maturity",
        parts=[
            Part([title(MATURITY)]),
            *(Part(paragraphs(_meaning(each)), each.name) for each in answer.words),
        ],
        ways=[actions(look_up_button())],
    )


def shared(answer: SharedAnswer, _scene: Scene) -> Drawing:
    """A group of statements, and the tracks for whose every level it counts."""
    group = answer.group
    tracks = ", ".join(track.name for track in answer.tracks)
    where = f"Counts at every level of {tracks}" if tracks else "No track includes these"
    lines = said(group.statements) or ["_Nothing is written here yet._"]
    return Drawing(
        headline=group.name,
        public=group.name,
        words=f"shared {group.id}",
        parts=[
            Part([title(group.name), context(escape(where))]),
            Part(paragraphs(lines), group.name),
        ],
        ways=[actions(look_up_button())],
    )


def not_found(answer: NotFound, _scene: Scene) -> Drawing:
    """Says so, and offers what comes nearest."""
    asked = clip(answer.asked, ASKED_CHARS)
    line = f"The ladder has nothing for “{asked}”."
    nearest = [Way(words, words) for words in answer.suggestions]
    hint = "Did you mean one of these?" if nearest else ""
    return Drawing(
        headline=line,
        parts=[Part([section(f"{escape(line)} `/ladder help` shows what works.")])],
        ways=[
            *([context(hint)] if hint else []),
            actions(*buttons("nearest", nearest), look_up_button()),
        ],
    )


def _meaning(word: Maturity) -> list[str]:
    return [f"*{escape(word.name)}*\n{escape(word.meaning) if word.meaning else SILENT}"]
