"""Two levels side by side: the attributes that change, then competency by competency."""

from __future__ import annotations

from bot.ladder.asking.answers import CompareAnswer, Rung
from bot.ladder.model import Expectation, Ladder, Level
from bot.ladder.showing.scene import Drawing, Part, Scene, Way
from bot.ladder.showing.ways import buttons, long_menu, menu
from bot.ladder.showing.wording import full, headed, place, statements, title
from bot.slack.blocks import Block, actions, context, divider, paragraphs, section
from bot.slack.text import escape

ONLY = "Only one competency…"
NOTHING = "The ladder says nothing that could be compared here."
Pair = tuple[Rung, Rung]


def compare(answer: CompareAnswer, scene: Scene) -> Drawing:
    """Both sides of each competency, or of the one that was asked for."""
    pair = (answer.track_a, answer.level_a), (answer.track_b, answer.level_b)
    only, ladder = answer.competency_id, scene.ladder
    headline = _headline(pair, only, ladder)
    words = f"compare {place(pair[0])} {place(pair[1])}"
    spoken = _spoken(pair, ladder)
    return Drawing(
        headline=headline,
        public=headline,
        words=f"{words} {only}" if only else words,
        parts=[_top(pair), *_counts_too(pair, ladder), *_sides(pair, spoken, only)],
        ways=_ways(pair, only, spoken),
        long={"only": lambda: long_menu([(ONLY, _one_each(words, spoken))])},
    )


def _headline(pair: Pair, only: str | None, ladder: Ladder) -> str:
    known = ladder.competency(only) if only else None
    about = f": {known.name}" if known else ""
    if pair[0][0].id == pair[1][0].id:
        return f"{pair[0][1].id} compared with {pair[1][1].id}{about}"
    return f"{full(pair[0])} compared with {full(pair[1])}{about}"


def _names(pair: Pair) -> tuple[str, str]:
    """What each side is called in the text: the id, or the track too where the ids are equal."""
    (track_a, one), (track_b, other) = pair
    if one.id != other.id:
        return one.id, other.id
    return f"{track_a.name} {one.id}", f"{track_b.name} {other.id}"


def _top(pair: Pair) -> Part:
    one, other = pair[0][1], pair[1][1]
    where = f"{full(pair[0])}  →  {full(pair[1])}"
    heading = title(f"{one.id} compared with {other.id}")
    return Part([heading, context(escape(where)), *_changed_attributes(one, other)])


def _changed_attributes(one: Level, other: Level) -> list[Block]:
    names = {**one.attributes, **other.attributes}
    return paragraphs(
        f"*{escape(name)}*: {escape(one.attributes.get(name, '–'))}  →  "
        f"{escape(other.attributes.get(name, '–'))}"
        for name in names
        if one.attributes.get(name) != other.attributes.get(name)
    )


def _counts_too(pair: Pair, ladder: Ladder) -> list[Part]:
    """One line for a side that takes over what another level says; its buttons are below."""
    found = []
    for rung, name in zip(pair, _names(pair), strict=True):
        over = [
            each.id if track is rung[0] else full((track, each))
            for track, each in ladder.inherited(*rung)
            if (track, each) != rung
        ]
        if over:
            listed = escape(", ".join(over[:5]))
            found.append(f"Everything at *{listed}* counts at {escape(name)} too.")
    return [Part(paragraphs(found))] if found else []


def _spoken(pair: Pair, ladder: Ladder) -> list[tuple[str, str]]:
    """Id and label of each competency that one of the sides speaks about, in the ladder's order."""
    labels = {each.id: each.label for each in ladder.competencies}
    both = [*pair[0][1].expects, *pair[1][1].expects]
    there = {each.competency.id: each.competency.label for each in both}
    return [(known, label) for known, label in ({**labels, **there}).items() if known in there]


def _sides(pair: Pair, spoken: list[tuple[str, str]], only: str | None) -> list[Part]:
    parts = [_both(label, pair, known) for known, label in spoken if only in (None, known)]
    return parts or [Part([section(NOTHING)])]


def _both(label: str, pair: Pair, known: str) -> Part:
    one, other = (rung[1].expectation(known) for rung in pair)
    first, second = (f"*{escape(name)}*" for name in _names(pair))
    heading = f"*{escape(label)}*"
    return Part(
        [
            divider(),
            *headed(f"{heading}\n{first}", _said(one)),
            *headed(second, _said(other)),
        ],
        label,
    )


def _said(expectation: Expectation | None) -> list[str]:
    return statements(expectation) or ["–"]


def _ways(pair: Pair, only: str | None, spoken: list[tuple[str, str]]) -> list[Block]:
    words = f"compare {place(pair[0])} {place(pair[1])}"
    ways = [
        Way(f"All of {name}", place(rung)) for name, rung in zip(_names(pair), pair, strict=True)
    ]
    if only:
        ways.append(Way("All competencies", words))
    back = f"compare {place(pair[1])} {place(pair[0])}"
    ways.append(Way("Swap sides", f"{back} {only}" if only else back))
    row = [*buttons("side", ways), *menu("only", words, ONLY, [("", _one_each(words, spoken))])]
    return [actions(*row)]


def _one_each(words: str, spoken: list[tuple[str, str]]) -> list[Way]:
    return [Way(label, f"{words} {known}") for known, label in spoken]
