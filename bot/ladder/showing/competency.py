"""One competency: at a level, or over all levels of a track."""

from __future__ import annotations

from bot.ladder.asking.answers import AcrossLevels, CompetencyAnswer
from bot.ladder.asking.button_words import over_levels, place
from bot.ladder.model import Competency, Expectation, Ladder, Level, Rung
from bot.ladder.showing.menus import buttons, long_menu, menu
from bot.ladder.showing.scene import Ask, Drawing, Part, Scene, Way, ask_button
from bot.ladder.showing.wording import (
    emphasised,
    examples,
    headed,
    more_statements,
    other_name,
    statements,
    title,
)
from bot.ladder.wording import counted
from bot.slack.blocks import Block, actions, context, divider, paragraphs, section
from bot.slack.text import escape

ANOTHER = "Another competency…"
SILENT = "The ladder says nothing about this competency at this level."


def competency(answer: CompetencyAnswer, scene: Scene) -> Drawing:
    """Statements first, examples when they were asked for, what is inherited in one line."""
    rung, expectation = (answer.track, answer.level), answer.expectation
    known = expectation.competency
    headline = f"{known.name} at {answer.level.id}: {answer.level.title}"
    return Drawing(
        headline=headline,
        public=headline,
        words=place(rung, known),
        parts=[
            _top(known, f"{answer.track.name} · {answer.level.label}"),
            _content(expectation, bool(scene.ask.examples)),
            *_inherited(rung, known, scene.ladder),
        ],
        ways=_ways(rung, expectation, scene),
    )


def across(answer: AcrossLevels, _scene: Scene) -> Drawing:
    """Level by level, lowest first; a level that is silent says so."""
    known, track = answer.competency, answer.track
    headline = f"{known.name} over all levels of {track.name}"
    words = over_levels(track, known)
    levels = [Way(each.label, place((track, each), known)) for each, _ in answer.levels]
    others = _other_competencies(answer)
    at_level = menu("level", words, "At one level…", [("", levels)])
    instead = menu("competency", words, ANOTHER, [("", others)])
    return Drawing(
        headline=headline,
        public=headline,
        words=words,
        parts=[
            _top(known, f"{track.name} · over all levels"),
            *(_at_level(each, said, known) for each, said in answer.levels),
        ],
        ways=[actions(*row)] if (row := [*at_level, *instead]) else [],
        long={
            "level": lambda: long_menu([(track.name, levels)]),
            "competency": lambda: long_menu([(ANOTHER, others)]),
        },
    )


def _other_competencies(answer: AcrossLevels) -> list[Way]:
    """What else the track speaks about, each over all levels."""
    track = answer.track
    spoken = {e.competency.id: e.competency for level in track.levels for e in level.expects}
    return [
        Way(each.label, over_levels(track, each))
        for each in spoken.values()
        if each.id != answer.competency.id
    ]


def _top(known: Competency, where: str) -> Part:
    return Part([title(known.label), context(escape(where)), *emphasised(known.description)])


def _content(expectation: Expectation, with_examples: bool) -> Part:
    if not expectation.statements:
        return Part([section(SILENT), *(examples(expectation) if with_examples else [])])
    more = examples(expectation) if with_examples else []
    return Part([*paragraphs(statements(expectation)), *more], expectation.competency.label)


def _at_level(level: Level, said: Expectation | None, known: Competency) -> Part:
    """`known` is the ladder's name for it; a page may use another, which is then shown."""
    name = other_name(said, known.name)
    lines = statements(said) or ["_Nothing is said here._"]
    return Part([divider(), *headed(f"*{escape(level.label)}*{name}", lines)], level.label)


def _inherited(rung: Rung, known: Competency, ladder: Ladder) -> list[Part]:
    """One line: how many statements the inherited levels add, with a button to the nearest."""
    found = [
        (each, len(said.statements))
        for each in ladder.inherited(*rung)
        if each != rung and (said := each[1].expectation(known.id)) and said.statements
    ]
    if not found:
        return []
    total = sum(number for _, number in found)
    from_where = ", ".join(f"{escape(each[1].id)} ({number})" for each, number in found[:5])
    nearest = found[0][0]
    read = ask_button(f"Read {nearest[1].id}", Ask(place(nearest, known)), name="inherited")
    return [Part([section(f"{more_statements(total)} here too, from {from_where}.", read)])]


def _ways(rung: Rung, expectation: Expectation, scene: Scene) -> list[Block]:
    known = expectation.competency
    over_all = Way("Over all levels", over_levels(rung[0], known))
    whole = Way(f"All of {rung[1].id}", place(rung))
    first = [*buttons("across", [over_all]), *_examples(rung, expectation, scene.ask)]
    second = buttons("at", [*_neighbours(rung, known), whole])
    return [actions(*first), actions(*second)]


def _neighbours(rung: Rung, known: Competency) -> list[Way]:
    track, here = rung
    near = filter(None, (track.below(here), track.above(here)))
    return [Way(f"At {each.id}", place((track, each), known)) for each in near]


def _examples(rung: Rung, expectation: Expectation, ask: Ask) -> list[Block]:
    number = len(expectation.examples)
    if not number:
        return []
    words = place(rung, expectation.competency)
    label = "Hide examples" if ask.examples else f"Show {counted(number, 'example')}"
    return [ask_button(label, Ask(words, examples=1 - bool(ask.examples)), name="examples")]
