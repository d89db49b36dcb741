"""What the ladder says, as Block Kit: verbatim, in pages, with the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import singledispatch

from bot.ladder.asking.answers import (
    Answer,
    Choice,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
    NotFound,
    NotPlaced,
    Standing,
    TopRung,
)
from bot.ladder.model import Expectation, Ladder, Level, Track
from bot.slack.blocks import (
    OPTIONS,
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    header,
    message,
    option,
    pages,
    paragraphs,
    section,
    select,
)
from bot.slack.state import pack
from bot.slack.text import bullets, clip, escape

MENU_VALUE = 150
ROOM = 8


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    ASK = "ladder.ask"
    PICK = "ladder.pick"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as a button carries it: words as typed, a page of the answer, and detail."""

    words: str = ""
    page: int = 0
    examples: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What the drawing of an answer may look at besides the answer itself."""

    ladder: Ladder
    standing: Standing | None
    ask: Ask


def ask_button(text: str, ask: Ask, *, name: str, style: str = "") -> Block:
    """A button that asks the ladder something; `name` keeps ids in one row apart."""
    return button(clip(text, 75), f"{Act.ASK}:{name}", pack(ask), style=style)


def render(answer: Answer, scene: Scene, more: Sequence[Block]) -> Message:
    """One page of the answer with its buttons; `more` comes below, from other capabilities."""
    runs = pages(body(answer, scene), room=ROOM)
    number = min(max(scene.ask.page, 0), len(runs) - 1)
    blocks = [*runs[number], *_page_buttons(scene.ask, number, len(runs))]
    return message(headline(answer), [*blocks, *_ways_on(answer, scene), *more])


@singledispatch
def body(answer: Answer, scene: Scene) -> list[Block]:
    """The content of an answer."""
    raise TypeError(type(answer).__name__, scene)


@body.register
def _level(answer: LevelAnswer, scene: Scene) -> list[Block]:
    level = answer.level
    blocks = [header(f"{level.id}: {level.title}"), context(_where(answer, scene))]
    if level.summary:
        blocks += paragraphs([f"_{escape(line)}_" for line in level.summary.split("\n") if line])
    blocks += _attributes(level)
    for expectation in level.expects:
        blocks += _expectation(expectation, examples=bool(scene.ask.examples))
    if scene.ask.examples and level.examples:
        blocks += paragraphs(["*Examples at this level*", *bullets(level.examples)])
    if not level.expects:
        blocks.append(section("The ladder says nothing more about this level."))
    return blocks


@body.register
def _competency(answer: CompetencyAnswer, scene: Scene) -> list[Block]:
    level, expectation = answer.level, answer.expectation
    blocks = [
        header(expectation.competency.label),
        context(escape(f"{answer.track.name} · {level.id}: {level.title}")),
    ]
    if expectation.competency.description:
        blocks += paragraphs([f"_{escape(expectation.competency.description)}_"])
    if not expectation.statements:
        return [*blocks, section("The ladder says nothing about this competency at this level.")]
    blocks += paragraphs(_statements(expectation))
    if expectation.examples:
        blocks += paragraphs(["*For example*", *bullets(expectation.examples)])
    return blocks


@body.register
def _compare(answer: CompareAnswer, scene: Scene) -> list[Block]:
    a, b = answer.level_a, answer.level_b
    names = f"{_rung(answer.track_a, a)}  →  {_rung(answer.track_b, b)}"
    blocks = [header(f"{a.id} compared with {b.id}"), context(escape(names))]
    blocks += _changed_attributes(a, b)
    for competency in scene.ladder.competencies:
        if answer.competency_id in {None, competency.id}:
            pair = (a.expectation(competency.id), b.expectation(competency.id))
            blocks += _both_sides(competency.label, (a.id, b.id), pair)
    return blocks


@body.register
def _choose(answer: ChooseTrack, scene: Scene) -> list[Block]:
    what = f"{answer.level_id} is on several tracks." if answer.level_id else "Several levels fit."
    return [section(f"{escape(what)} Which one do you mean?"), *_menu(answer.choices)]


@body.register
def _not_placed(answer: NotPlaced, scene: Scene) -> list[Block]:
    wanted = {"my level": "your level", "next": "what comes next", "compare": "the difference"}
    lines = [f"I do not know yet where you stand, so I cannot show {wanted[answer.wanted]}."]
    return [*paragraphs(lines), section("Any level can be read meanwhile:"), *every_level(scene)]


@body.register
def _top(answer: TopRung, scene: Scene) -> list[Block]:
    rung = escape(_rung(answer.track, answer.level))
    words = f"*{rung}* is the last level of its track. From here on, the path is yours to shape."
    return [section(words)]


@body.register
def _not_found(answer: NotFound, scene: Scene) -> list[Block]:
    asked = escape(clip(answer.asked, 100))
    blocks = [section(f"The ladder has nothing for “{asked}”. `/ladder help` shows what works.")]
    if answer.suggestions:
        nearest = [
            ask_button(words, Ask(words), name=str(number))
            for number, words in enumerate(answer.suggestions)
        ]
        blocks += [context("Did you mean one of these?"), actions(*nearest)]
    return blocks


def headline(answer: Answer) -> str:
    """What a notification or a screen reader says first."""
    if isinstance(answer, LevelAnswer | TopRung):
        return escape(_rung(answer.track, answer.level))
    if isinstance(answer, CompetencyAnswer):
        return escape(f"{answer.expectation.competency.name} at {answer.level.id}")
    if isinstance(answer, CompareAnswer):
        return escape(f"{answer.level_a.id} compared with {answer.level_b.id}")
    return "The career ladder"


def every_level(scene: Scene) -> list[Block]:
    """A menu for each track; beyond five tracks the words have to do."""
    return [
        block
        for track in scene.ladder.tracks[:5]
        for block in _menu([Choice(track, lv, f"{track.id}/{lv.id}") for lv in track.levels])
    ]


def _menu(choices: Sequence[Choice]) -> list[Block]:
    options = [
        option(_rung(choice.track, choice.level), choice.text)
        for choice in choices
        if len(choice.text) <= MENU_VALUE
    ]
    if not options:
        return []
    if len(options) <= 4:
        rows = [
            ask_button(_rung(c.track, c.level), Ask(c.text), name=str(number))
            for number, c in enumerate(choices)
        ]
        return [actions(*rows)]
    placeholder = choices[0].track.name if len({c.track.id for c in choices}) == 1 else "Choose"
    return [actions(select(Act.PICK, options[:OPTIONS], placeholder=placeholder))]


def _where(answer: LevelAnswer, scene: Scene) -> str:
    standing = scene.standing
    mine = standing and (standing.track_id, standing.level_id) == (
        answer.track.id,
        answer.level.id,
    )
    after = f" · comes after {answer.reached_from.id}" if answer.reached_from else ""
    return escape(f"{answer.track.name}{' · where you stand' if mine else ''}{after}")


def _attributes(level: Level) -> list[Block]:
    lines = [f"*{escape(name)}*: {escape(value)}" for name, value in level.attributes.items()]
    return paragraphs(lines)


def _expectation(expectation: Expectation, *, examples: bool) -> list[Block]:
    lines = [f"*{escape(expectation.competency.label)}*", *_statements(expectation)]
    if examples and expectation.examples:
        lines += ["*For example*", *bullets(expectation.examples)]
    return paragraphs(lines)


def _statements(expectation: Expectation) -> list[str]:
    return [
        "• _Not written yet._" if s.placeholder else line
        for s, line in zip(
            expectation.statements, bullets(s.text for s in expectation.statements), strict=True
        )
    ]


def _changed_attributes(a: Level, b: Level) -> list[Block]:
    names = [
        n for n in {**a.attributes, **b.attributes} if a.attributes.get(n) != b.attributes.get(n)
    ]
    lines = [
        f"*{escape(name)}*: {escape(a.attributes.get(name, '–'))}  →  "
        f"{escape(b.attributes.get(name, '–'))}"
        for name in names
    ]
    return paragraphs(lines)


def _both_sides(
    label: str, ids: tuple[str, str], pair: tuple[Expectation | None, Expectation | None]
) -> list[Block]:
    if not any(pair):
        return []
    blocks = [divider(), section(f"*{escape(label)}*")]
    for level_id, expectation in zip(ids, pair, strict=True):
        said = _statements(expectation) if expectation and expectation.statements else ["–"]
        blocks += paragraphs([f"*{escape(level_id)}*", *said])
    return blocks


def _rung(track: Track, level: Level) -> str:
    return f"{track.name} {level.id}: {level.title}"


def _page_buttons(ask: Ask, number: int, total: int) -> list[Block]:
    if total == 1:
        return []
    ways = []
    if number:
        ways.append(ask_button("Back", replace(ask, page=number - 1), name="back"))
    if number + 1 < total:
        ways.append(ask_button("Read on", replace(ask, page=number + 1), name="on"))
    return [context(f"Page {number + 1} of {total}"), actions(*ways)]


def _ways_on(answer: Answer, scene: Scene) -> list[Block]:
    if isinstance(answer, LevelAnswer):
        return [actions(*_from_level(answer, scene)), *_competency_menu(answer)]
    if isinstance(answer, CompetencyAnswer):
        return [actions(*_from_competency(answer))]
    if isinstance(answer, CompareAnswer):
        sides = [(answer.track_a, answer.level_a), (answer.track_b, answer.level_b)]
        return [actions(*(_to(track, level, str(n)) for n, (track, level) in enumerate(sides)))]
    return []


def _from_level(answer: LevelAnswer, scene: Scene) -> list[Block]:
    track, level, ask = answer.track, answer.level, scene.ask
    words = f"{track.id}/{level.id}"
    ways = []
    if level is not track.levels[-1] or level.next:
        ways.append(ask_button("Next level", Ask(f"next {words}"), name="next"))
    if other := _other_side(answer, scene):
        both = sorted([other, (track, level)], key=lambda rung: rung[1].rank)
        asked = " ".join(f"{each.id}/{rung.id}" for each, rung in both)
        title = f"Compare with {other[1].id}"
        ways.append(ask_button(title, Ask(f"compare {asked}"), name="compare"))
    label = "Hide examples" if ask.examples else "Show examples"
    ways.append(ask_button(label, Ask(words, examples=1 - ask.examples), name="examples"))
    return ways


def _other_side(answer: LevelAnswer, scene: Scene) -> tuple[Track, Level] | None:
    """The level to compare with: the asker's own, otherwise the neighbour on the track."""
    track, level, standing = answer.track, answer.level, scene.standing
    own_track = scene.ladder.track(standing.track_id) if standing else None
    own = own_track.level(standing.level_id) if own_track and standing else None
    if own_track and own and own is not level:
        return own_track, own
    place = track.levels.index(level)
    neighbours = [*track.levels[place + 1 : place + 2], *track.levels[max(0, place - 1) : place]]
    return (track, neighbours[0]) if neighbours else None


def _competency_menu(answer: LevelAnswer) -> list[Block]:
    words = f"{answer.track.id}/{answer.level.id}"
    options = [
        option(e.competency.label, value)
        for e in answer.level.expects
        if len(value := f"{words} {e.competency.id}") <= MENU_VALUE
    ]
    if not options:
        return []
    return [actions(select(Act.PICK, options[:OPTIONS], placeholder="One competency"))]


def _from_competency(answer: CompetencyAnswer) -> list[Block]:
    track, level, competency = answer.track, answer.level, answer.expectation.competency
    place = track.levels.index(level)
    ways = []
    for name, neighbour in (
        ("lower", track.levels[max(0, place - 1) : place]),
        ("higher", track.levels[place + 1 : place + 2]),
    ):
        for other in neighbour:
            words = f"{track.id}/{other.id} {competency.id}"
            ways.append(ask_button(f"At {other.id}", Ask(words), name=name))
    return [*ways, _to(track, level, "whole", f"All of {level.id}")]


def _to(track: Track, level: Level, name: str, label: str = "") -> Block:
    return ask_button(label or f"All of {level.id}", Ask(f"{track.id}/{level.id}"), name=name)
