"""Whatever people type is answered, and whatever we offer them leads where it promises."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    Choice,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
    NotFound,
    NotPlaced,
    SameRung,
    SearchAnswer,
    Standing,
    TopRung,
)
from bot.ladder.asking.lookup import answer
from bot.ladder.model import Ladder
from bot.ladder.wording import fold
from tests.ladder.asked import ANALYST, KEEPERS, LEAD, NOBODY, ODD, STARTER, read, told
from tests.ladder.samples import ladders

LADDERS = pytest.mark.parametrize("ladder", [KEEPERS, ODD, STARTER], ids=lambda each: each.id)
COMMANDS = ["compare", "vs", "next", "all", "over all levels", "same", "on", "search", "shared",
            "my", "maturity", "what does", "level", "L9", "bananas", "me", "mine", "4"]  # fmt: skip


def names(ladder: Ladder) -> list[str]:
    """Every word that a ladder gives its things."""
    found = [each for c in ladder.competencies for each in (c.id, c.name, *c.aliases)]
    for track in ladder.tracks:
        found += [track.id, track.name]
        found += [each for level in track.levels for each in (level.id, level.title)]
    return found


def standings(ladder: Ladder) -> list[Standing | None]:
    """Somebody on each rung, somebody whose rung is gone, and somebody not placed."""
    rungs = [Standing(track.id, level.id) for track in ladder.tracks for level in track.levels]
    return [None, Standing("gone", "L1"), *rungs]


@st.composite
def questions(
    draw: st.DrawFn, some: st.SearchStrategy[Ladder]
) -> tuple[Ladder, Standing | None, str]:
    """One of the ladders, somebody who asks it, and words that are often its own."""
    ladder = draw(some)
    spoken = st.sampled_from(names(ladder) + COMMANDS)
    said = draw(st.lists(spoken, max_size=6).map(" ".join) | st.text(max_size=60))
    return ladder, draw(st.sampled_from(standings(ladder))), said


def shows(found: Answer) -> bool:
    """Whether the answer shows something of the ladder."""
    return bool(found.hits) if isinstance(found, SearchAnswer) else not isinstance(
        found, NotFound | NotPlaced
    )  # fmt: skip


def leads_to(found: Answer, choice: Choice) -> bool:
    """Whether the answer is about the choice's rung, what follows it, or a whole track."""
    rung = (choice.track, choice.level)
    match found:
        case LevelAnswer(track, level, reached_from):
            return choice.level == reached_from or (track, level) == rung
        case CompetencyAnswer(track, level):
            return choice.text.startswith("next ") or (track, level) == rung
        case CompareAnswer(track_a, level_a, track_b, level_b):
            return rung in [(track_a, level_a), (track_b, level_b)]
        case SameRung(track, level) | TopRung(track, level):
            return (track, level) == rung
        case AcrossLevels(track):
            return track == choice.track
    return isinstance(found, ChooseTrack) and choice.text.startswith("next ")


@settings(max_examples=300, deadline=None)
@given(questions(st.sampled_from([KEEPERS, ODD, STARTER])))
def test_each_choice_and_each_suggestion_leads_where_it_promises(
    asked: tuple[Ladder, Standing | None, str],
) -> None:
    offers_lead_on(*asked)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(ladders()))
def test_so_they_do_in_any_ladder(asked: tuple[Ladder, Standing | None, str]) -> None:
    offers_lead_on(*asked)


def offers_lead_on(ladder: Ladder, standing: Standing | None, said: str) -> None:
    """Asks, then asks again with each of the words that were offered."""
    found = answer(ladder, standing, said)
    if isinstance(found, ChooseTrack):
        for choice in found.choices:
            assert leads_to(answer(ladder, standing, choice.text), choice), choice.text
    if isinstance(found, NotFound):
        assert len(found.suggestions) <= 3
        for suggestion in found.suggestions:
            assert shows(answer(ladder, standing, suggestion)), (suggestion, told(found))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.sampled_from([NOBODY, ANALYST, LEAD, Standing("", "")]))
def test_any_text_is_answered_and_always_in_the_same_way(
    said: str, standing: Standing | None
) -> None:
    assert told(answer(KEEPERS, standing, said)) == told(answer(KEEPERS, standing, said))


@LADDERS
def test_each_level_is_reached_by_its_id_its_title_and_its_place(ladder: Ladder) -> None:
    for track in ladder.tracks:
        for level in track.levels:
            own = Standing(track.id, level.id)
            for said in (level.id, level.id.lower(), level.title, level.title.upper()):
                assert told(answer(ladder, own, said)) == f"{track.id}/{level.id}"
            for said in (f"{track.id}/{level.id}", f"{track.name}/{level.id}"):
                assert told(answer(ladder, None, said)) == f"{track.id}/{level.id}"


@LADDERS
def test_each_competency_is_reached_by_its_name_its_id_and_its_aliases(ladder: Ladder) -> None:
    for competency in ladder.competencies:
        for track in ladder.tracks:
            own = Standing(track.id, track.levels[0].id)
            for said in (competency.id, competency.name, *competency.aliases, competency.label):
                found = answer(ladder, own, said)
                assert told(found) == f"{own.track_id}/{own.level_id} {competency.id}"


def mistyped(word: str, place: int, way: int) -> str:
    """The word with one typing error: two letters swapped, one left out, doubled or wrong."""
    at = place % (len(word) - 1)
    ways = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + "q" + word[at + 1 :],
    )
    return ways[way % len(ways)]


@settings(deadline=None)
@given(st.sampled_from(names(STARTER)), st.integers(0, 30), st.integers(0, 3), st.integers(0, 9))
def test_one_typing_error_in_a_longer_word_is_forgiven(
    name: str, place: int, way: int, which: int
) -> None:
    """What was meant is shown, or something that is called exactly as it was typed."""
    words = name.split()
    at = which % len(words)
    assume(len(words[at]) > 5 and words[at].isalpha())
    typed = " ".join([*words[:at], mistyped(words[at], place, way), *words[at + 1 :]])
    meant = answer(STARTER, Standing("software-engineering", "L3"), name)
    found = answer(STARTER, Standing("software-engineering", "L3"), typed)
    assert shows(found)
    assert told(found) == told(meant) or set(fold(typed).split()) - set(fold(name).split())


NAMED = Standing("teaching", "IC4")


STAGE = {
    "ladder.yaml": """\
schema: 1
id: a
name: A
version: "1"
competencies: {craft: {name: Craft}}
""",
    "tracks/t.yaml": """\
id: t
name: T
levels:
  - {id: L3, title: Sage}
  - {id: L4, title: Other, expects: {craft: {statements: [{a: I set the stage.}]}}}
""",
}


def test_a_typing_error_never_beats_an_exact_reading() -> None:
    """`stage` is one letter from the title Sage, but the texts have it as it is."""
    ladder = read(STAGE)
    assert told(answer(ladder, None, "stage")) == "search stage: statement I set the stage."
    assert told(answer(ladder, None, "sagge")) == "t/L3"


UNLUCKY = {
    "ladder.yaml": """\
schema: 1
id: a
name: A
version: "1"
competencies: {next: {name: Next}, compare: {name: Compare}, search: {name: Searching}}
""",
    "tracks/t.yaml": "id: all\nname: All\nlevels: [{id: L3, title: One}, {id: L4, title: Two}]\n",
}


def test_ids_that_are_also_our_words_are_still_reached_by_choosing() -> None:
    ladder = read(UNLUCKY)
    for competency in ("next", "compare", "search"):
        assert told(answer(ladder, None, f"all/L3 {competency}")) == f"all/L3 {competency}"
        assert told(answer(ladder, None, f"all {competency} all")) == f"across all {competency} --"


def test_levels_are_never_mistyped_into_others() -> None:
    assert isinstance(answer(ODD, NAMED, "IC5"), NotFound)
    assert isinstance(answer(ODD, NAMED, "band-8"), NotFound)


@pytest.mark.parametrize(
    ("said", "asked", "offered"),
    [
        ("L9", "L9", ("L5", "L4", "L3")),
        ("compare L9 L4", "L9", ("compare L5 L4", "compare L3 L4", "compare L6 L4")),
        ("compare L9", "L9", ("compare L5", "compare L4", "compare L3")),
        ("compare L4 Bananas", "Bananas", None),
        ("teaching L9", "teaching L9", ("L5 teaching", "L4 teaching", "L3 teaching")),
        ("teachers culture bananas", "teachers culture bananas", None),
        ("tecnical led", "tecnical led", None),
        ("xyzzy", "xyzzy", None),
    ],
)
def test_the_nearest_three_are_offered(
    said: str, asked: str, offered: tuple[str, ...] | None
) -> None:
    found = answer(KEEPERS, LEAD, said)
    assert isinstance(found, NotFound)
    assert found.asked == asked
    assert len(found.suggestions) == 3
    assert offered is None or found.suggestions == offered


def test_the_nearest_are_near() -> None:
    found = answer(KEEPERS, LEAD, "tecnical led")
    assert isinstance(found, NotFound)
    assert "Technical Lead" in found.suggestions


def test_very_long_input_is_answered_at_once() -> None:
    assert isinstance(answer(KEEPERS, LEAD, "compare " + "lead software " * 2000), NotFound)
    assert isinstance(answer(KEEPERS, LEAD, "ab " * 2000), NotFound)
