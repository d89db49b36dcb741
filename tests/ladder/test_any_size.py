"""However large a ladder is: every page fits, nothing is lost, cut wrongly or said twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.hearing import _below
from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    Found,
    Hit,
    LevelAnswer,
    MaturityAnswer,
    NotPlaced,
    Rung,
    SameRung,
    SearchAnswer,
    SharedAnswer,
    Standing,
    TopRung,
)
from bot.ladder.asking.answers import Choice as Fitting
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import Ask, Scene, as_modal, draw, render
from bot.ladder.model import Expectation, Ladder
from bot.ladder.showing.paging import pages
from bot.ladder.showing.scene import Act
from bot.ladder.showing.sharing import Share, preview, public_page
from bot.slack.blocks import MESSAGE_CHARS, weight
from bot.slack.state import unpack
from bot.slack.text import unescape
from playground.local_slack import problems
from playground.local_slack.elements import interactive
from playground.local_slack.limits_checks import options_of
from tests.ladder.huge import Shape, huge_ladder, shapes
from tests.slack.hostile import ADA, refused, view_refused

large = settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
seeds = st.integers(0, 1_000)
Drawn = dict[str, Any]
MOST_HITS = 60  # each page is drawn from the whole answer, so many more only take longer


@large
@given(shapes, seeds)
def test_every_statement_stands_once_in_order_and_every_page_fits(shape: Shape, seed: int) -> None:
    ladder, chance = huge_ladder(*shape), Random(seed)
    for found, said in readings(ladder, chance):
        scene = Scene(ladder, standing(chance, ladder), Ask("the words"), shareable=True)
        drawn = list(walked(found, scene))
        assert view_refused(as_modal(drawn[0])) == []
        assert refused(drawn[0]) == refused(drawn[-1]) == []
        for page in drawn:
            fits(page)
        if not isinstance(found, NotPlaced | ChooseTrack | TopRung):
            whole = bare("".join(map(sections, drawn)))
            in_order(whole, said)


@large
@given(shapes, seeds)
def test_no_page_ends_with_a_heading(shape: Shape, seed: int) -> None:
    ladder, chance = huge_ladder(*shape), Random(seed)
    for found, _ in readings(ladder, chance):
        scene = Scene(ladder, None, Ask(examples=1))
        for page in pages(draw(found, scene).parts):
            last = page.blocks[-1]
            assert last["type"] not in {"header", "context", "divider"}
            if last["type"] == "section":
                assert not re.fullmatch(r"\*[^\n]*\*", last["text"]["text"]) or isinstance(
                    found, SameRung | TopRung
                )


@large
@given(shapes, seeds)
def test_what_is_shared_fits_too_and_names_no_place_of_the_sharer(shape: Shape, seed: int) -> None:
    ladder, chance = huge_ladder(*shape), Random(seed)
    for found, _ in readings(ladder, chance):
        drawing = draw(found, Scene(ladder, None, Ask()))
        if not drawing.public:
            continue
        for number in range(len(pages(drawing.parts))):
            page = public_page(drawing, Ask(page=number), ADA)
            fits(page)
            share = Share(drawing.words, number, 1, once="1234567890.123456")
            fits(preview(page, share, changed=True))


@large
@given(shapes, seeds)
def test_long_menus_reach_every_level_and_every_competency(shape: Shape, seed: int) -> None:
    ladder, chance = huge_ladder(*shape), Random(seed)
    rung = rungs(ladder, chance, 1)[0]
    places = {f"{track.id}/{level.id}" for track in ladder.tracks for level in track.levels}
    scene = Scene(ladder, None, Ask("the words"), shareable=True)
    offered = reachable(LevelAnswer(*rung), scene)
    mine = f"{rung[0].id}/{rung[1].id}"
    assert {f"{mine} {each.id}" for each in ladder.competencies} <= offered
    compared = {word for words in offered if words.startswith("compare") for word in words.split()}
    assert places - {mine} <= compared
    assert places <= reachable(NotPlaced("next"), scene)
    many = tuple(
        Fitting(track, level, f"{track.id}/{level.id} {ladder.competencies[0].id}")
        for track in ladder.tracks
        for level in track.levels
    )
    assert {each.text for each in many} <= reachable(ChooseTrack("", many), scene)


@large
@given(shapes, seeds)
def test_the_words_on_buttons_lead_back_to_the_very_answer(shape: Shape, seed: int) -> None:
    ladder, chance = huge_ladder(*shape), Random(seed)
    for found, _ in readings(ladder, chance):
        words = draw(found, Scene(ladder, None, Ask())).words
        again = answer(ladder, standing(chance, ladder), words) if words else found
        if isinstance(found, SameRung | SearchAnswer):
            assert type(again) is type(found), words
        else:
            assert again == found


def readings(ladder: Ladder, chance: Random) -> Iterator[tuple[Answer, list[str]]]:
    """Answers of every kind, each with the texts that it has to hold, in order."""
    some = rungs(ladder, chance, 3)
    for track, level in some:
        texts = [each.text for e in level.expects for each in e.statements]
        yield LevelAnswer(track, level), texts
        expectation = chance.choice(level.expects)
        yield CompetencyAnswer(track, level, expectation), spoken([expectation])
        yield TopRung(track, level), []
    for one, other in pairwise(some):
        yield CompareAnswer(*one, *other), both_sides(one, other)
        competency = chance.choice(ladder.competencies).id
        yield CompareAnswer(*one, *other, competency), both_sides(one, other, competency)
    track, competency = some[0][0], ladder.competencies[0]
    levels = tuple((each, each.expectation(competency.id)) for each in track.levels)
    yield AcrossLevels(track, competency, levels), spoken(e for _, e in levels if e)
    yield SameRung(*some[0], tuple(some[1:])), []
    hits = found_in(some)[:MOST_HITS]
    yield SearchAnswer("words &<>", hits), [hit.text for hit in hits]
    yield MaturityAnswer(ladder.maturity), [each.meaning for each in ladder.maturity]
    group = ladder.shared[0]
    yield SharedAnswer(group, ladder.tracks), [each.text for each in group.statements]
    yield NotPlaced("my level"), []


def rungs(ladder: Ladder, chance: Random, most: int) -> list[Rung]:
    """Some of the rungs, always the first and the last among them where there is room."""
    every = [(track, level) for track in ladder.tracks for level in track.levels]
    drawn = chance.sample(range(len(every)), min(most, len(every)))
    return [every[n] for n in dict.fromkeys([0, len(every) - 1, *drawn])][:most]


def standing(chance: Random, ladder: Ladder) -> Standing | None:
    track = ladder.tracks[0]
    somewhere = [Standing(track.id, level.id) for level in track.levels[:2]]
    return chance.choice([None, Standing("gone", "L9"), *somewhere])


def spoken(expectations: Iterable[Expectation]) -> list[str]:
    return [statement.text for each in expectations for statement in each.statements]


def both_sides(one: Rung, other: Rung, only: str = "") -> list[str]:
    return spoken(
        side
        for each in one[1].expects
        if only in ("", each.competency.id)
        for side in (each, other[1].expectation(each.competency.id))
        if side
    )


def found_in(some: list[Rung]) -> tuple[Hit, ...]:
    """A hit for every text of the rungs, in the order in which groups show them."""
    return tuple(
        Hit(kind, text, track, level, each.competency)
        for track, level in some
        for each in level.expects
        for kind, text in [
            *((Found.STATEMENT, s.text) for s in each.statements),
            *((Found.EXAMPLE, text) for text in each.examples),
        ]
    )


def walked(found: Answer, scene: Scene) -> Iterator[Drawn]:
    """Every page, by its own buttons, as somebody reads on."""
    ask: Ask | None = scene.ask
    while ask is not None:
        page = render(found, replace(scene, ask=ask), [])
        fits(page | {"blocks": [*page["blocks"], *_below(False, False)]})
        yield page
        ask = next((each for label, each in asks(page) if label == "Read on"), None)


def reachable(found: Answer, scene: Scene) -> set[str]:
    """All words that the answer, its pages and its long menus offer."""
    offered: set[str] = set()
    waiting = [scene.ask]
    while waiting:
        for page in walked(found, replace(scene, ask=waiting.pop())):
            here = [each for _, each in asks(page)]
            waiting += [each for each in here if each.pick and not each.page and not scene.ask.pick]
            scene = replace(scene, ask=Ask(scene.ask.words, pick="seen")) if waiting else scene
            offered |= {each.words for each in here}
            menus = [element for _, element in interactive(page["blocks"])]
            offered |= {str(o["value"]) for menu in menus for o in options_of(menu)}
    return offered


def asks(page: Drawn) -> list[tuple[str, Ask]]:
    """Every button that asks the ladder, by its label."""
    return [
        (element["text"]["text"], unpack(Ask, element["value"]))
        for _, element in interactive(page["blocks"])
        if element["action_id"].startswith(f"{Act.ASK}:")
    ]


def fits(page: Drawn) -> None:
    assert problems(page["blocks"], "message") == []
    assert 0 < len(page["text"]) <= 4_000
    assert weight(page["blocks"]) < MESSAGE_CHARS, weight(page["blocks"])
    assert len(json.dumps(page)) < 250_000


def sections(page: Drawn) -> str:
    return "".join(b["text"]["text"] for b in page["blocks"] if b["type"] == "section")


def bare(mrkdwn: str) -> str:
    """Without escapes, white space, and the marks of bold and italic."""
    return re.sub(r"[\s*_]+", "", unescape(mrkdwn))


def in_order(whole: str, texts: list[str]) -> None:
    place = 0
    for text in texts:
        wanted = bare(text.replace("&", "&amp;"))
        place = whole.find(wanted, place)
        assert place >= 0, f"lost or out of order: {text[:60]!r}"
        place += len(wanted)
    for mark in {found for text in texts for found in re.findall(r"^\[.*?\]", text)}:
        assert whole.count(mark) == sum(text.startswith(mark) for text in texts), mark
