"""Other rungs: the same one elsewhere, several that fit, or none because nobody is placed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.ladder.asking.answers import Choice, ChooseTrack, NotPlaced, Rung, SameRung, Standing
from bot.ladder.showing.level import compared
from bot.ladder.showing.menus import MOST_BUTTONS, Groups, buttons, choice, every_level, long_menu
from bot.ladder.showing.scene import Ask, Drawing, Part, Scene, Way, ask_button
from bot.ladder.showing.wording import brief, emphasised, full, place, title
from bot.slack.blocks import actions, context, section
from bot.slack.text import escape

WANTED = {"my level": "your level", "next": "what comes next", "compare": "the difference"}


def same_rung(answer: SameRung, _scene: Scene) -> Drawing:
    """Each rung of the same rank on another track, with a button that reads it."""
    rung = (answer.track, answer.level)
    headline = f"The same rung as {answer.level.id} on other tracks"
    none = f"No other track has a rung that matches {answer.level.id}."
    parts = [_elsewhere(each) for each in answer.others] or [Part([section(escape(none))])]
    return Drawing(
        headline=headline if answer.others else none,
        public=headline if answer.others else none,
        words=f"same {place(rung)}",
        parts=[Part([title(headline), context(escape(full(rung)))]), *parts],
        ways=[actions(*buttons("same", _same_ways(rung, answer.others)))],
    )


def choose(answer: ChooseTrack, _scene: Scene) -> Drawing:
    """The question which one is meant, each choice leading to exactly one."""
    what = f"{answer.level_id} is on several tracks." if answer.level_id else "Several levels fit."
    question = f"{what} Which one do you mean?"
    parts = choice(_grouped(answer.choices))
    return Drawing(headline=question, parts=[Part([section(escape(question))]), *parts])


def not_placed(answer: NotPlaced, scene: Scene) -> Drawing:
    """What is missing, and meanwhile every level to read."""
    standing, wanted = scene.standing, WANTED.get(answer.wanted, "that")
    said = (
        lost_words(standing)
        if standing and scene.lost
        else f"I do not know yet where you stand, so I cannot show {wanted}."
    )
    meanwhile = section(f"{escape(said)}\n\nAny level can be read meanwhile:")
    return Drawing(headline=said, parts=[Part([meanwhile]), *long_menu(every_level(scene.ladder))])


def lost_words(standing: Standing) -> str:
    """What somebody reads whose level was taken out of the ladder; not escaped."""
    return (
        f"The ladder has changed: {standing.track_id} {standing.level_id}, where you stood, is "
        "not in it any more. Please choose your level again; your examples are all still there."
    )


def _elsewhere(rung: Rung) -> Part:
    read = ask_button(f"Read {rung[1].id}", Ask(place(rung)), name="same")
    name = section(f"*{escape(full(rung))}*", read)
    return Part([name, *emphasised(rung[1].summary)], full(rung))


def _same_ways(rung: Rung, others: Sequence[Rung]) -> list[Way]:
    ways = [Way(f"Compare with {brief(each)}", compared(rung, each)) for each in others]
    return [*ways[: MOST_BUTTONS - 1], Way(f"All of {rung[1].id}", place(rung))]


def _grouped(choices: Sequence[Choice]) -> Groups:
    """By track; a button stands alone, so where buttons suffice it names its track itself."""
    several = len({each.track.id for each in choices}) > 1
    alone = several and len(choices) <= MOST_BUTTONS
    return [
        (track.name, [_way(each, alone) for each in some])
        for track, some in groupby(choices, key=lambda each: each.track)
    ]


def _way(each: Choice, alone: bool) -> Way:
    label = brief((each.track, each.level)) if alone else each.level.label
    return Way(label, each.text)
