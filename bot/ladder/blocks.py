"""What the ladder says, as Block Kit: one page of an answer, with the ways on from it.

Each kind of answer is drawn in a file of its own, in `showing/`; this is their door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
    MaturityAnswer,
    NotFound,
    NotPlaced,
    SameRung,
    SearchAnswer,
    SharedAnswer,
    TopRung,
)
from bot.ladder.asking.button_words import place
from bot.ladder.model import Ladder
from bot.ladder.showing.compare import compare
from bot.ladder.showing.competency import across, competency
from bot.ladder.showing.level import level, top
from bot.ladder.showing.menus import every_level, menu
from bot.ladder.showing.paging import Page, pages, resumed
from bot.ladder.showing.plain import maturity, not_found, shared
from bot.ladder.showing.rungs import choose, lost_words, not_placed, same_rung
from bot.ladder.showing.sample import sample
from bot.ladder.showing.scene import Act, Ask, Drawing, Scene, ask_button
from bot.ladder.showing.search import look_up_button, search
from bot.ladder.showing.sharing import share_button
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    context,
    field,
    message,
    modal,
    text_input,
)
from bot.slack.text import escape

__all__ = [
    "Act", "Ask", "Scene", "as_modal", "ask_button", "draw", "levels_menu", "look_up_button",
    "look_up_form", "lost_words", "render", "sample",
]  # fmt: skip

TITLE = "Career ladder"
WORDS_FIELD = "words"

_DRAWN: Mapping[type, Callable[[Any, Scene], Drawing]] = {
    LevelAnswer: level,
    CompetencyAnswer: competency,
    AcrossLevels: across,
    CompareAnswer: compare,
    SameRung: same_rung,
    SearchAnswer: search,
    MaturityAnswer: maturity,
    SharedAnswer: shared,
    ChooseTrack: choose,
    NotPlaced: not_placed,
    TopRung: top,
    NotFound: not_found,
}


def draw(answer: Answer, scene: Scene) -> Drawing:
    """The answer in parts, before it is cut into pages."""
    return _DRAWN[type(answer)](answer, scene)


def render(answer: Answer, scene: Scene, more: Sequence[Block]) -> Message:
    """One page of the answer with its buttons; `more` comes below, from other capabilities."""
    drawing = draw(answer, scene)
    again = replace(scene.ask, words=drawing.words or scene.ask.words)
    if scene.ask.pick in drawing.long:
        return _long_menu(drawing, again)
    runs = pages(drawing.parts)
    number = min(max(again.page, 0), len(runs) - 1)
    blocks = [
        *_page(runs[number], drawing, number),
        *_page_buttons(replace(again, pick=""), number, len(runs)),
        *_with_share(drawing, replace(again, page=number, pick=""), scene),
        *more,
    ]
    return message(_said_first(drawing, number, len(runs)), blocks)


def as_modal(shown: Message) -> View:
    """The same page for somebody who asked in Home or in a modal."""
    return modal(TITLE, shown["blocks"], callback_id=Act.LOOK_UP)


def look_up_form(ladder: Ladder) -> View:
    """A field to ask in; the answer takes its place."""
    words = sample(ladder)
    such_as = f"{words.higher}, {words.competency}, compare {words.lower} {words.higher}"
    asked = text_input("ask", placeholder=such_as)
    hint = "A level, a competency, two levels to compare, or a word to search for."
    return modal(
        TITLE,
        [field(WORDS_FIELD, "What would you like to read?", asked, hint=hint)],
        callback_id=Act.LOOK_UP,
        submit="Ask",
    )


def levels_menu(ladder: Ladder) -> list[Block]:
    """A menu of all levels for other surfaces, or a button to one; nothing for an empty ladder."""
    rungs = [place((track, level)) for track in ladder.tracks for level in track.levels[:1]]
    return menu("read", rungs[0], "Read any level…", every_level(ladder)) if rungs else []


def _page(page: Page, drawing: Drawing, number: int) -> list[Block]:
    """The page's blocks: the personal line on the first, what is continued on later ones."""
    blocks = list(page.blocks)
    if number or not drawing.personal:
        return [*resumed(page, number, drawing.headline), *blocks]
    place = next((n for n, block in enumerate(blocks) if block["type"] == "context"), None)
    if place is None:
        return [context(drawing.personal), *blocks]
    elements = [*blocks[place]["elements"], *context(drawing.personal)["elements"]]
    return [*blocks[:place], blocks[place] | {"elements": elements}, *blocks[place + 1 :]]


def _page_buttons(ask: Ask, number: int, total: int) -> list[Block]:
    if total == 1:
        return []
    ways = []
    if number:
        ways.append(ask_button("Back", replace(ask, page=number - 1), name="back"))
    if number + 1 < total:
        ways.append(ask_button("Read on", replace(ask, page=number + 1), name="on"))
    return [context(f"Page {number + 1} of {total}"), actions(*ways)]


def _with_share(drawing: Drawing, ask: Ask, scene: Scene) -> list[Block]:
    """The ways on, with the button that shares at the end of their first row."""
    ways = list(drawing.ways)
    if not (scene.shareable and drawing.public):
        return ways
    if not ways:
        return [actions(share_button(ask))]
    return [actions(*ways[0]["elements"], share_button(ask)), *ways[1:]]


def _long_menu(drawing: Drawing, ask: Ask) -> Message:
    """One page of a menu that was too long to stand below its answer."""
    runs = pages(drawing.long[ask.pick]())
    number = min(max(ask.page, 0), len(runs) - 1)
    back = ask_button("Back to the answer", replace(ask, page=0, pick=""), name="answer")
    blocks = [*runs[number].blocks, *_page_buttons(ask, number, len(runs)), actions(back)]
    return message(escape(drawing.headline), [context(escape(drawing.headline)), *blocks])


def _said_first(drawing: Drawing, number: int, total: int) -> str:
    page = f", page {number + 1} of {total}" if total > 1 else ""
    return f"{escape(drawing.headline)}{page}"
