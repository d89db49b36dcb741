"""Other rungs: the same one elsewhere, several that fit, or none because nobody is placed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.ladder.asking.answers import Choice, ChooseTrack, NotPlaced, SameRung, Standing
from bot.ladder.asking.button_words import ALL, COMPARE, place, same_as
from bot.ladder.model import Competency, Rung, full_name
from bot.ladder.showing.level import upwards
from bot.ladder.showing.menus import (
    MOST_BUTTONS,
    Groups,
    buttons,
    choice,
    every_level,
    long_menu,
    menu,
)
from bot.ladder.showing.sample import sample
from bot.ladder.showing.scene import Ask, Drawing, Part, Scene, Way, ask_button
from bot.ladder.showing.wording import TRACK_CHARS, brief, emphasised, title
from bot.slack.blocks import actions, context, section
from bot.slack.text import clip, escape

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
        words=same_as(rung),
        parts=[Part([title(headline), context(escape(full_name(rung)))]), *parts],
        ways=[actions(*buttons("same", _same_ways(rung, answer.others)))],
    )


def choose(answer: ChooseTrack, scene: Scene) -> Drawing:
    """The question which one is meant, each choice leading to exactly one."""
    known = _competency_asked(answer, scene)
    question = _question(answer, known, scene)
    everywhere = known and "/" in answer.choices[0].text
    over_all = [Way("Over all levels", f"{known.id} all levels")] if known and everywhere else []
    return Drawing(
        headline=question,
        parts=[Part([section(escape(question))]), *choice(_grouped(answer.choices))],
        ways=[actions(*buttons("across", over_all))] if over_all else [],
    )


def _competency_asked(answer: ChooseTrack, scene: Scene) -> Competency | None:
    """The competency that every choice is about: `track/L4 craft`, `all craft track`."""
    about = [set(each.text.split()) for each in answer.choices]
    shared = set.intersection(*about) if about else set()
    return next((each for each in scene.ladder.competencies if each.id in shared), None)


def _question(answer: ChooseTrack, known: Competency | None, scene: Scene) -> str:
    if answer.level_id:
        return f"{answer.level_id} is on several tracks. Which one do you mean?"
    if _over_all(answer.choices) and known:
        return f"{known.name} over all levels: of which track?"
    if known:
        return f"{known.name}: at which level?"
    if "next" in scene.ask.words.casefold().split():
        return "More than one level can come next. Which one would you like to read?"
    if all(each.text.startswith(f"{COMPARE} ") for each in answer.choices):
        return "Compare with which level?"
    return "Several levels fit. Which one do you mean?"


def not_placed(answer: NotPlaced, scene: Scene) -> Drawing:
    """What is missing, and meanwhile every level to read."""
    standing, wanted = scene.standing, WANTED.get(answer.wanted, "that")
    said = (
        lost_words(standing)
        if standing and answer.lost
        else f"I do not know yet where you stand, so I cannot show {wanted}."
    )
    levels = every_level(scene.ladder)
    row = menu("read", scene.ask.words, "Read any level…", levels)
    return Drawing(
        headline=said,
        parts=[Part([section("\n\n".join([escape(said), *_meanwhile(answer, scene)]))])],
        ways=[actions(*row)] if row else [],
        long={"read": lambda: long_menu(levels)},
    )


def _meanwhile(answer: NotPlaced, scene: Scene) -> list[str]:
    """What works without knowing where somebody stands."""
    if not any(track.levels for track in scene.ladder.tracks):
        return []
    if answer.wanted == "compare":
        words = sample(scene.ladder)
        return [f"Any two levels can be compared: `/ladder compare {words.lower} {words.higher}`."]
    return ["Meanwhile, any level can be read."]


def lost_words(standing: Standing) -> str:
    """What somebody reads whose level was taken out of the ladder; not escaped."""
    return (
        f"The ladder has changed: {standing.track_id} {standing.level_id}, where you stood, is "
        "not in it any more. Please choose your level again; your examples are all still there."
    )


def _elsewhere(rung: Rung) -> Part:
    read = ask_button("Read it", Ask(place(rung)), name="same")
    name = section(f"*{escape(full_name(rung))}*", read)
    return Part([name, *emphasised(rung[1].summary)], full_name(rung))


def _same_ways(rung: Rung, others: Sequence[Rung]) -> list[Way]:
    """To compare is named by the other track; the way back by its own, since ids may be equal."""
    ways = [
        Way(f"Compare with {_short(each)}", upwards(rung, each))
        for each in others[: MOST_BUTTONS - 1]
    ]
    return [*ways, Way(f"All of {_short(rung)}", place(rung))]


def _short(rung: Rung) -> str:
    return f"{clip(rung[0].name, TRACK_CHARS)} {rung[1].id}"


def _over_all(choices: Sequence[Choice]) -> bool:
    """Whether the choice is between tracks, each read over all its levels."""
    return all(each.text.startswith(f"{ALL} ") for each in choices)


def _grouped(choices: Sequence[Choice]) -> Groups:
    """By track; a button stands alone, so where buttons suffice it names its track itself."""
    several = len({each.track.id for each in choices}) > 1
    alone = several and len(choices) <= MOST_BUTTONS
    return [
        (track.name, [_way(each, alone) for each in some])
        for track, some in groupby(choices, key=lambda each: each.track)
    ]


def _way(each: Choice, alone: bool) -> Way:
    if _over_all([each]):
        return Way(each.track.name, each.text)
    label = brief((each.track, each.level)) if alone else each.level.label
    return Way(label, each.text)
