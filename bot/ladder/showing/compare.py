"""Two levels side by side: the attributes that change, then competency by competency."""

from __future__ import annotations

from bot.ladder.asking.answers import CompareAnswer
from bot.ladder.asking.button_words import compared, place
from bot.ladder.model import Competency, Ladder, Level, Rung, full_name
from bot.ladder.showing.menus import buttons, long_menu, menu
from bot.ladder.showing.scene import Drawing, Part, Scene, Way
from bot.ladder.showing.wording import headed, other_name, statements, title
from bot.slack.blocks import (
    HEADER_CHARS,
    Block,
    actions,
    context,
    divider,
    header,
    paragraphs,
    section,
)
from bot.slack.text import escape

ONLY = "Only one competency…"
NOTHING = "The ladder says nothing that could be compared here."
Pair = tuple[Rung, Rung]


def compare(answer: CompareAnswer, scene: Scene) -> Drawing:
    """Both sides of each competency, or of the one that was asked for."""
    pair = (answer.track_a, answer.level_a), (answer.track_b, answer.level_b)
    ladder = scene.ladder
    only = ladder.competency(answer.competency_id) if answer.competency_id else None
    headline, spoken = _headline(pair, only), _spoken(pair, ladder)
    return Drawing(
        headline=headline,
        public=headline,
        words=compared(*pair, only),
        parts=[_top(pair), *_counts_too(pair, ladder), *_sides(pair, spoken, only)],
        ways=_ways(pair, only, spoken),
        long={"only": lambda: long_menu([(ONLY, _one_each(pair, spoken))])},
    )


def _headline(pair: Pair, only: Competency | None) -> str:
    about = f": {only.name}" if only else ""
    if pair[0][0].id == pair[1][0].id:
        return f"{_names_compared(pair)}{about}"
    return f"{full_name(pair[0])} compared with {full_name(pair[1])}{about}"


def _names_compared(pair: Pair) -> str:
    return " compared with ".join(_names(pair))


def _names(pair: Pair) -> tuple[str, str]:
    """What each side is called in the text: the id, or the track too where the ids are equal."""
    (track_a, one), (track_b, other) = pair
    if one.id != other.id:
        return one.id, other.id
    return f"{track_a.name} {one.id}", f"{track_b.name} {other.id}"


def _top(pair: Pair) -> Part:
    (track, one), (other_track, other) = pair
    where = f"{full_name(pair[0])}  →  {full_name(pair[1])}"
    if track is other_track:
        where = f"{track.name} · {one.label}  →  {other.label}"
    heading = title(_names_compared(pair))
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
            each.id if track is rung[0] else full_name((track, each))
            for track, each in ladder.inherited(*rung)
            if (track, each) != rung
        ]
        if over:
            listed = escape(", ".join(over[:5]))
            found.append(f"Everything at *{listed}* counts at {escape(name)} too.")
    return [Part(paragraphs(found))] if found else []


def _spoken(pair: Pair, ladder: Ladder) -> list[Competency]:
    """What one of the sides speaks about, in the ladder's order and under its names."""
    there = {e.competency.id: e.competency for rung in pair for e in rung[1].expects}
    return [
        *(each for each in ladder.competencies if each.id in there),
        *(each for each in there.values() if ladder.competency(each.id) is None),
    ]


def _sides(pair: Pair, spoken: list[Competency], only: Competency | None) -> list[Part]:
    parts = [_both(known, pair) for known in spoken if only is None or known.id == only.id]
    return parts or [Part([section(NOTHING)])]


def _both(known: Competency, pair: Pair) -> Part:
    """A large line, then each side under its own name for the competency, where it has one."""
    large = len(known.label) <= HEADER_CHARS
    heading = "" if large else f"*{escape(known.label)}*\n"
    blocks = [divider(), *([header(known.label)] if large else [])]
    for rung, name in zip(pair, _names(pair), strict=True):
        side = rung[1].expectation(known.id)
        own = f"*{escape(name)}*{other_name(side, known.name)}"
        blocks += headed(f"{heading}{own}", statements(side) or ["–"])
        heading = ""
    return Part(blocks, known.label)


def _ways(pair: Pair, only: Competency | None, spoken: list[Competency]) -> list[Block]:
    ways = [
        Way(f"All of {name}", place(rung)) for name, rung in zip(_names(pair), pair, strict=True)
    ]
    if only:
        ways.append(Way("All competencies", compared(*pair)))
    ways.append(Way("Swap sides", compared(*pair[::-1], only)))
    each = _one_each(pair, spoken)
    row = [*buttons("side", ways), *menu("only", compared(*pair), ONLY, [("", each)])]
    return [actions(*row)]


def _one_each(pair: Pair, spoken: list[Competency]) -> list[Way]:
    return [Way(known.label, compared(*pair, known)) for known in spoken]
