"""What I say after `/ladder`, and what it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ladder.asking.answers import (
    Answer,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    LevelAnswer,
    NotFound,
    NotPlaced,
    Standing,
    TopRung,
)
from bot.ladder.asking.lookup import answer
from bot.ladder.files.loading import assemble
from bot.ladder.model import Ladder

HEAD = """\
schema: 1
id: keepers
name: Keepers
version: "1"
competencies:
  domain: {name: Domain expertise, emoji: "🦉", aliases: [technical]}
  teaching: {name: Teaching and Mentoring}
  culture: {name: Culture and Leadership}
  customer: {name: Customer Success}
  business: {name: Business Success}
"""
SECURITY = """\
id: security
name: Security Operations
levels:
  - {id: L3, title: Senior Security Analyst, expects: {domain: {statements: [{a: I see.}]}}}
  - {id: L4, title: Technical Lead, expects: {teaching: {statements: [{b: I teach.}]}}}
  - {id: L5, title: Architect, expects: {}}
"""
SOFTWARE = """\
id: software
name: Software Engineering
levels:
  - {id: L1.0, title: Graduate Software Engineer}
  - {id: L3, title: Senior Software Engineer, expects: {business: {statements: [{c: I sell.}]}}}
  - {id: L4, title: Lead Software Engineer, next: [L6, people/M5]}
  - {id: L6, title: Sage}
"""
PEOPLE = """\
id: people
name: People Management
kind: management
levels:
  - {id: M5, title: Engineering Manager}
"""
TEXTS = {"ladder.yaml": HEAD, "tracks/a.yaml": SECURITY, "tracks/b.yaml": SOFTWARE,
         "tracks/c.yaml": PEOPLE}  # fmt: skip


def read(texts: dict[str, str]) -> Ladder:
    reading = assemble({name: text.encode() for name, text in texts.items()}, "")
    assert reading.ladder, reading.problems
    return reading.ladder


LADDER = read(TEXTS)
ALONE = read({name: text for name, text in TEXTS.items() if name[-6] not in "bc"})

NOBODY = None
ANALYST = Standing("security", "L3")
LEAD = Standing("security", "L4")
ENGINEER = Standing("software", "L4")
TOP = Standing("security", "L5")
GONE = Standing("security", "L9")


def told(found: Answer) -> str:
    """The answer in a line: kind and places."""
    match found:
        case LevelAnswer(track, level, reached_from):
            return f"{track.id}/{level.id}" + (f" from {reached_from.id}" if reached_from else "")
        case CompetencyAnswer(track, level, expectation):
            return f"{track.id}/{level.id} {expectation.competency.id}"
        case CompareAnswer(track_a, level_a, track_b, level_b, competency):
            sides = f"{track_a.id}/{level_a.id} : {track_b.id}/{level_b.id}"
            return f"{sides} {competency}" if competency else sides
        case ChooseTrack(level_id, choices):
            return f"choose {level_id}: " + " | ".join(choice.text for choice in choices)
        case NotPlaced(wanted):
            return f"not placed: {wanted}"
        case TopRung(track, level):
            return f"top: {track.id}/{level.id}"
        case NotFound(asked, _):
            return f"nothing: {asked}"


SAID = [
    (LEAD, "", "security/L4"),
    (LEAD, "  my level? ", "security/L4"),
    (LEAD, "me", "security/L4"),
    (NOBODY, "", "not placed: my level"),
    (GONE, "", "not placed: my level"),
    # Levels by id.
    (LEAD, "L3", "security/L3"),
    (LEAD, "l3", "security/L3"),
    (LEAD, "3", "security/L3"),
    (LEAD, "level 3", "security/L3"),
    (LEAD, "L-3", "security/L3"),
    (LEAD, "L4.2", "security/L4"),
    (LEAD, "L6", "software/L6"),
    (NOBODY, "6", "software/L6"),
    (NOBODY, "m5", "people/M5"),
    (LEAD, "L1", "software/L1.0"),
    (LEAD, "1.0", "software/L1.0"),
    (NOBODY, "L4", "choose L4: security/L4 | software/L4"),
    (NOBODY, "Software/l4", "software/L4"),
    (LEAD, "L4 software", "software/L4"),
    (LEAD, "software engineering l4", "software/L4"),
    (NOBODY, "security L3", "security/L3"),
    # Levels by title.
    (NOBODY, "technical lead", "security/L4"),
    (ENGINEER, "Technical Lead", "security/L4"),
    (LEAD, "lead", "security/L4"),
    (ENGINEER, "lead", "software/L4"),
    (NOBODY, "lead", "choose L4: security/L4 | software/L4"),
    (NOBODY, "grad", "software/L1.0"),
    (NOBODY, "senior", "choose L3: security/L3 | software/L3"),
    (LEAD, "L4 lead", "security/L4"),
    (NOBODY, "L4 technical lead", "security/L4"),
    (LEAD, "software", "software/L4"),
    (NOBODY, "people", "people/M5"),
    (ENGINEER, "operations", "security/L4"),
    (ENGINEER, "engineering", "software/L4"),
    # Competencies.
    (LEAD, "L4 teaching", "security/L4 teaching"),
    (LEAD, "teaching L4", "security/L4 teaching"),
    (LEAD, "Teaching & Mentoring at L3", "security/L3 teaching"),
    (LEAD, "mentor", "security/L4 teaching"),
    (LEAD, "technical", "security/L4 domain"),
    (LEAD, "leadership", "security/L4 culture"),
    (LEAD, "what is expected: teaching", "security/L4 teaching"),
    (LEAD, "culture L4 leadership software", "software/L4 culture"),
    (LEAD, "technical lead teaching", "security/L4 teaching"),
    (ENGINEER, "success L3", "software/L3 business"),
    (LEAD, "success", "security/L4 customer"),
    (NOBODY, "teaching L4", "choose L4: security/L4 teaching | software/L4 teaching"),
    (NOBODY, "teaching L6", "software/L6 teaching"),
    # Next.
    (ANALYST, "next", "security/L4 from L3"),
    (ANALYST, "what's next?", "security/L4 from L3"),
    (ANALYST, "my next level", "security/L4 from L3"),
    (ANALYST, "next teaching", "security/L4 teaching"),
    (ANALYST, "next L4", "security/L5 from L4"),
    (ENGINEER, "next", "choose : software/L6 | people/M5"),
    (ENGINEER, "next teaching", "choose : software/L6 teaching | people/M5 teaching"),
    (TOP, "next", "top: security/L5"),
    (NOBODY, "next", "not placed: next"),
    (NOBODY, "next teaching", "not placed: next"),
    (NOBODY, "next L3", "choose L3: next security/L3 | next software/L3"),
    # Comparing.
    (LEAD, "compare L3 L4", "security/L3 : security/L4"),
    (LEAD, "compare 3 4", "security/L3 : security/L4"),
    (LEAD, "compare l3 and l4", "security/L3 : security/L4"),
    (LEAD, "compare L3 with L4", "security/L3 : security/L4"),
    (LEAD, "L3 vs L4", "security/L3 : security/L4"),
    (LEAD, "difference between L3 and L4", "security/L3 : security/L4"),
    (LEAD, "compare L5", "security/L4 : security/L5"),
    (LEAD, "compare me to L3", "security/L4 : security/L3"),
    (ANALYST, "compare", "security/L3 : security/L4"),
    (ANALYST, "compare next", "security/L3 : security/L4"),
    (ANALYST, "compare my level with the next level", "security/L3 : security/L4"),
    (ANALYST, "compare technical lead", "security/L3 : security/L4"),
    (ANALYST, "compare L3 L4 teaching", "security/L3 : security/L4 teaching"),
    (ANALYST, "compare teaching", "security/L3 : security/L4 teaching"),
    (LEAD, "compare senior analyst", "security/L4 : security/L3"),
    (LEAD, "compare L4 software", "security/L4 : software/L4"),
    (LEAD, "compare security L4 software L4", "security/L4 : software/L4"),
    (LEAD, "compare L4 L6", "security/L4 : software/L6"),
    (NOBODY, "compare L4 L6", "software/L4 : software/L6"),
    (NOBODY, "compare technical lead with sage", "security/L4 : software/L6"),
    (NOBODY, "compare L3 L4", "choose L4: compare security/L3 security/L4"
     " | compare software/L3 software/L4"),
    (ENGINEER, "compare", "choose : compare software/L4 software/L6"
     " | compare software/L4 people/M5"),
    (NOBODY, "compare", "not placed: compare"),
    (NOBODY, "compare L6", "not placed: compare"),
    (NOBODY, "compare next", "not placed: compare"),
    (NOBODY, "compare L3 with mine", "not placed: compare"),
    (TOP, "compare", "top: security/L5"),
    (TOP, "compare next", "top: security/L5"),
    # Nothing.
    (LEAD, "tecnical led", "nothing: tecnical led"),
    (LEAD, "L9", "nothing: L9"),
    (LEAD, "L4 bananas", "nothing: L4 bananas"),
    (LEAD, "people/L4", "nothing: people/L4"),
    (LEAD, "next bananas", "nothing: next bananas"),
    (LEAD, "compare bananas", "nothing: compare bananas"),
    (LEAD, "???", "security/L4"),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "said", "found"), SAID)
def test_what_i_say_and_what_it_finds(standing: Standing | None, said: str, found: str) -> None:
    assert told(answer(LADDER, standing, said)) == found


def test_with_one_track_nobody_is_asked_to_choose_it() -> None:
    assert told(answer(ALONE, None, "L4")) == "security/L4"
    assert told(answer(ALONE, None, "compare L3 L4")) == "security/L3 : security/L4"


def test_a_competency_without_a_level_offers_every_level_to_the_unplaced() -> None:
    found = answer(ALONE, None, "teaching")
    assert (
        told(found) == "choose : security/L3 teaching | security/L4 teaching | security/L5 teaching"
    )


@pytest.mark.parametrize(
    ("said", "nearest"),
    [("teching", "Teaching and Mentoring"), ("tecnical led", "Technical Lead"), ("L9", "L3")],
)
def test_the_nearest_are_offered(said: str, nearest: str) -> None:
    found = answer(LADDER, LEAD, said)
    assert isinstance(found, NotFound)
    assert nearest in found.suggestions
    assert len(found.suggestions) <= 3


def test_a_silent_level_gives_an_expectation_without_statements() -> None:
    found = answer(LADDER, TOP, "teaching")
    assert isinstance(found, CompetencyAnswer)
    assert found.expectation.statements == ()


WORDS = ["L3", "4", "lead", "software", "teaching", "next", "compare", "with", "success", "senior",
         "my", "level", "security/L4", "bananas", "L1.0", "mine", "vs", ""]  # fmt: skip
STANDINGS = st.sampled_from([NOBODY, ANALYST, LEAD, ENGINEER, TOP, GONE])
SPOKEN = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join) | st.text(max_size=40)


@given(STANDINGS, SPOKEN)
def test_picking_a_choice_always_leads_on(standing: Standing | None, said: str) -> None:
    found = answer(LADDER, standing, said)
    if isinstance(found, ChooseTrack):
        for choice in found.choices:
            picked = answer(LADDER, standing, choice.text)
            assert not isinstance(picked, ChooseTrack | NotFound | NotPlaced) or (
                choice.text.startswith("next")
            )


def test_very_long_input_is_answered_at_once() -> None:
    assert isinstance(answer(LADDER, LEAD, "compare " + "lead software " * 2000), NotFound)
    assert isinstance(answer(LADDER, LEAD, "ab " * 2000), NotFound)
