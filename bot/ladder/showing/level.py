"""A whole level, and the end of a track."""

from __future__ import annotations

from bot.ladder.asking.answers import LevelAnswer, TopRung
from bot.ladder.asking.button_words import compared, next_after, place, same_as
from bot.ladder.model import Expectation, Ladder, Rung, full_name
from bot.ladder.showing.menus import buttons, every_level, long_menu, menu, rarer
from bot.ladder.showing.scene import Ask, Drawing, Part, Scene, Way, ask_button
from bot.ladder.showing.wording import (
    brief,
    emphasised,
    examples,
    headed,
    maturity_words,
    more_statements,
    statements,
    title,
)
from bot.ladder.wording import counted
from bot.slack.blocks import Block, actions, context, paragraphs, section
from bot.slack.text import bullets, escape

ONE = "One competency…"
SILENT = "The ladder says nothing more about this level."
MOST_NEXT_BUTTONS = 2


def level(answer: LevelAnswer, scene: Scene) -> Drawing:
    """Summary, attributes, each competency; examples only when they were asked for."""
    rung = (answer.track, answer.level)
    words = place(rung)
    return Drawing(
        headline=full_name(rung),
        public=full_name(rung),
        words=words,
        personal=_personal(answer, scene),
        parts=[_top(rung), *_inherited(rung, scene.ladder), *_content(rung, scene)],
        ways=_ways(rung, scene),
        long={
            "competency": lambda: long_menu([(ONE, _competencies(rung, scene.ladder))]),
            "compare": lambda: long_menu(comparable(rung, scene.ladder)),
            "read": lambda: long_menu(every_level(scene.ladder)),
        },
    )


def top(answer: TopRung, scene: Scene) -> Drawing:
    """Nothing comes next; what this level says is still there to be read."""
    rung = (answer.track, answer.level)
    read = Way(f"Read {answer.level.id}", place(rung))
    same = Way("Same rung on other tracks", same_as(rung))
    return Drawing(
        headline=f"{full_name(rung)} is the last level of its track",
        parts=[
            Part(
                paragraphs(
                    [
                        f"*{escape(full_name(rung))}* is the last level of its track. "
                        "From here on, the path is yours to shape."
                    ]
                )
            )
        ],
        ways=[
            actions(
                *buttons("read", [read, *([same] if same_rank(rung, scene.ladder) else [])]),
                *menu("compare", place(rung), "Compare with…", comparable(rung, scene.ladder)),
            )
        ],
    )


def same_rank(rung: Rung, ladder: Ladder) -> bool:
    """Whether another track has this rung too."""
    tracks = (track for track in ladder.tracks if track.id != rung[0].id)
    return any(each.rank == rung[1].rank for track in tracks for each in track.levels)


def upwards(one: Rung, other: Rung) -> str:
    """Words that compare the two, the lower rank first."""
    lower, higher = sorted([one, other], key=lambda rung: rung[1].rank)
    return compared(lower, higher)


def comparable(rung: Rung, ladder: Ladder) -> list[tuple[str, list[Way]]]:
    """Every other level, as a way to compare this one with it."""
    groups = every_level(ladder, lambda other: upwards(rung, other), without=rung)
    return [(name, list(ways)) for name, ways in groups]


def _personal(answer: LevelAnswer, scene: Scene) -> str:
    where = "· where you stand" if scene.own == (answer.track, answer.level) else ""
    after = f"· comes after {answer.reached_from.id}" if answer.reached_from else ""
    return escape(where or after)


def _top(rung: Rung) -> Part:
    track, here = rung
    blocks = [title(here.label), context(escape(track.name)), *emphasised(here.summary)]
    lines = [f"*{escape(name)}*: {escape(value)}" for name, value in here.attributes.items()]
    return Part([*blocks, *paragraphs(lines)])


def _inherited(rung: Rung, ladder: Ladder) -> list[Part]:
    """One line with a button for each level that counts here too, never its text."""
    track, here = rung
    named = {reference: ladder.referred(reference, track) for reference in here.inherits}
    found = list(dict.fromkeys(each for each in named.values() if each and each != rung))
    return [Part([_counts_too(each, rung, ladder)]) for each in found]


def _counts_too(other: Rung, rung: Rung, ladder: Ladder) -> Block:
    name = other[1].label if other[0] is rung[0] else full_name(other)
    further = [each.id for track, each in ladder.inherited(*other) if (track, each) != rung]
    with_it = f", and with it {escape(', '.join(further[:5]))}" if further else ""
    read = ask_button(f"Read {other[1].id}", Ask(place(other)), name="inherited")
    return section(f"Everything at *{escape(name)}* counts here too{with_it}.", read)


def _content(rung: Rung, scene: Scene) -> list[Part]:
    here, with_examples = rung[1], bool(scene.ask.examples)
    parts = [_expectation(each, with_examples) for each in here.expects]
    if with_examples and here.examples:
        parts.append(Part(headed("*Examples at this level*", bullets(here.examples)), "Examples"))
    if not here.expects:
        parts.append(Part([section(SILENT)]))
    return [*parts, *_included(rung, scene.ladder)]


def _expectation(expectation: Expectation, with_examples: bool) -> Part:
    label = expectation.competency.label
    more = examples(expectation) if with_examples else []
    return Part([*headed(f"*{escape(label)}*", statements(expectation)), *more], label)


def _included(rung: Rung, ladder: Ladder) -> list[Part]:
    return [
        Part(
            [
                section(
                    f"*{escape(group.name)}*: {more_statements(len(group.statements))} here too.",
                    ask_button("Read them", Ask(f"shared {group.id}"), name="shared"),
                )
            ]
        )
        for group in ladder.included(rung[0])
    ]


def _ways(rung: Rung, scene: Scene) -> list[Block]:
    words, ladder = place(rung), scene.ladder
    row = [*_next(rung, ladder), *_compare(rung, scene), *_examples(rung, scene.ask)]
    menus = [
        *menu("competency", words, ONE, [("", _competencies(rung, ladder))]),
        *menu("compare", words, "Compare with…", comparable(rung, ladder)),
        *rarer(_rarer(rung, ladder)),
    ]
    return [actions(*each) for each in (row, menus) if each]


def _next(rung: Rung, ladder: Ladder) -> list[Block]:
    after = ladder.following(*rung)
    if len(after) > MOST_NEXT_BUTTONS:
        return buttons("next", [Way("What comes next", next_after(rung))])
    near = [
        Way(f"Next: {each[1].id if each[0] is rung[0] else brief(each)}", place(each))
        for each in after
    ]
    return buttons("next", near)


def _compare(rung: Rung, scene: Scene) -> list[Block]:
    """With the asker's own level, otherwise with the neighbour."""
    other = scene.own if scene.own and scene.own != rung else _neighbour(rung)
    if other is None:
        return []
    name = f"Compare with {other[1].id}"
    if other[1].id == rung[1].id:
        name = f"Compare with {brief(other)}"
    return buttons("compare", [Way(name, upwards(rung, other))])


def _neighbour(rung: Rung) -> Rung | None:
    track, here = rung
    near = track.above(here) or track.below(here)
    return (track, near) if near else None


def _examples(rung: Rung, ask: Ask) -> list[Block]:
    here = rung[1]
    number = len(here.examples) + sum(len(each.examples) for each in here.expects)
    if not number:
        return []
    label = "Hide examples" if ask.examples else f"Show {counted(number, 'example')}"
    return [ask_button(label, Ask(place(rung), examples=1 - bool(ask.examples)), name="examples")]


def _competencies(rung: Rung, ladder: Ladder) -> list[Way]:
    """The level's competencies under its own names for them, then those that it inherits."""
    return [Way(each.label, place(rung, each)) for each in ladder.competencies_at(*rung)]


def _rarer(rung: Rung, ladder: Ladder) -> list[Way]:
    same = [Way("Same rung on other tracks", same_as(rung))]
    maturity = [Way(maturity_words(ladder.maturity), "maturity")] if ladder.maturity else []
    return [
        *(same if same_rank(rung, ladder) else []),
        *maturity,
        Way("Search the ladder", "search"),
    ]
