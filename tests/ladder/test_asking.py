"""What I say after `/ladder`, and what it finds."""

import pytest

from bot.ladder.asking.answers import CompetencyAnswer, Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.model import Ladder
from tests.ladder.asked import (
    ALONE,
    ANALYST,
    ENGINEER,
    GONE,
    KEEPERS,
    LEAD,
    NOBODY,
    ODD,
    STARTER,
    TOP,
    read,
    told,
)

SAID = [
    (LEAD, "", "security/L4"),
    (LEAD, "  my level? ", "security/L4"),
    (LEAD, "me", "security/L4"),
    (NOBODY, "", "not placed: my level"),
    (GONE, "", "lost: my level"),
    (GONE, "next", "lost: next"),
    (GONE, "compare L3", "lost: compare"),
    (GONE, "same", "lost: my level"),
    (GONE, "L6", "software/L6"),
    (LEAD, "where am I?", "security/L4"),
    # Levels by id.
    (LEAD, "L3", "security/L3"),
    (LEAD, "l3", "security/L3"),
    (LEAD, "3", "security/L3"),
    (LEAD, "level 3", "security/L3"),
    (LEAD, "L-3", "security/L3"),
    (LEAD, "L4.2", "security/L4"),
    (LEAD, "L04", "security/L4"),
    (Standing("security", "l4"), "", "security/L4"),
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
    (LEAD, "my teaching", "security/L4 teaching"),
    (LEAD, "how do I become an architect?", "security/L5"),
    (LEAD, "lvl 3", "security/L3"),
    (LEAD, "what is expected: teaching", "security/L4 teaching"),
    (LEAD, "culture L4 leadership software", "software/L4 culture"),
    (LEAD, "technical lead teaching", "security/L4 teaching"),
    (ENGINEER, "success L3", "software/L3 business"),
    (LEAD, "success", "security/L4 customer"),
    (NOBODY, "teaching L4", "choose L4: security/L4 teaching | software/L4 teaching"),
    (NOBODY, "teaching L6", "software/L6 teaching"),
    # One competency over all levels.
    (LEAD, "teaching over all levels", "across security teaching -x-"),
    (LEAD, "all teaching", "across security teaching -x-"),
    (LEAD, "Teaching everywhere!", "across security teaching -x-"),
    (LEAD, "every level teaching", "across security teaching -x-"),
    (LEAD, "teaching by level", "across security teaching -x-"),
    (LEAD, "technical all", "across security domain x--"),
    (LEAD, "business all levels software", "across software business -x--"),
    (ENGINEER, "all business", "across software business -x--"),
    (LEAD, "all business", "across software business -x--"),
    (NOBODY, "all teaching", "across security teaching -x-"),
    (NOBODY, "all customer", "choose : all customer people | all customer security"
     " | all customer software"),
    (LEAD, "all customer people", "across people customer -"),
    (LEAD, "all levels", "choose : security/L3 | security/L4 | security/L5"),
    (LEAD, "everything at L3", "security/L3"),
    (LEAD, "all of L3", "security/L3"),
    (LEAD, "all teaching at L3", "security/L3 teaching"),
    # The same rung elsewhere.
    (LEAD, "same", "same security/L4: software/L4"),
    (LEAD, "same level elsewhere", "same security/L4: software/L4"),
    (LEAD, "other tracks", "same security/L4: software/L4"),
    (LEAD, "L3 on other tracks", "same security/L3: software/L3"),
    (LEAD, "same on software", "software/L4"),
    (LEAD, "my level on software", "software/L4"),
    (TOP, "same on people", "people/M5"),
    (TOP, "same L5 people", "people/M5"),
    (LEAD, "same sage", "same software/L6: "),
    (NOBODY, "same", "not placed: my level"),
    (NOBODY, "same L4", "choose L4: same security/L4 | same software/L4"),
    # Maturity, and what is shared.
    (LEAD, "maturity", "maturity: Maturing Performing"),
    (LEAD, "maturing", "maturity: Maturing Performing"),
    (LEAD, "What does Performing mean at L4?", "maturity: Maturing Performing"),
    (LEAD, "shared", "shared everyone: security"),
    (LEAD, "shared everyone", "shared everyone: security"),
    (NOBODY, "everyone here", "shared everyone: security"),
    # Searching.
    (LEAD, "search", "search : "),
    (LEAD, "search sell", "search sell: statement I sell."),
    (LEAD, "find teach", "search teach: name Teaching and Mentoring | statement I teach."),
    (LEAD, "look for “stuck”", "search stuck: statement I say early when I am stuck."),
    (LEAD, "where does it say early", "search early: statement I say early when I am stuck."),
    (LEAD, '"I see"', "search I see: statement I see."),
    (LEAD, "where is sell mentioned?", "search sell: statement I sell."),
    (LEAD, "stuck", "search stuck: statement I say early when I am stuck."),
    (LEAD, "search bananas", "search bananas: "),
    # Next.
    (ANALYST, "next", "security/L4 from L3"),
    (ANALYST, "what's next?", "security/L4 from L3"),
    (ANALYST, "my next level", "security/L4 from L3"),
    (ANALYST, "promotion", "security/L4 from L3"),
    (ANALYST, "what comes after L4?", "security/L5 from L4"),
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
    (LEAD, "L3 L4", "security/L3 : security/L4"),
    (LEAD, "from L3 to L4", "security/L3 : security/L4"),
    (LEAD, "3 -> 4", "security/L3 : security/L4"),
    (LEAD, "3-4", "security/L3 : security/L4"),
    (LEAD, "L3/L4 teaching", "security/L3 : security/L4 teaching"),
    (LEAD, "security L3 software L4", "security/L3 : software/L4"),
    (LEAD, "what changes between senior analyst and sage?", "security/L3 : software/L6"),
    (LEAD, "what do I need to get from L3 to L4?", "security/L3 : security/L4"),
    (LEAD, "how does L3 differ from L4?", "security/L3 : security/L4"),
    (LEAD, "software L3 L4", "software/L3 : software/L4"),
    (LEAD, "L3 vs software L4", "software/L3 : software/L4"),
    (LEAD, "compare me with software L3", "security/L4 : software/L3"),
    (LEAD, "compare mine and software L3", "security/L4 : software/L3"),
    (LEAD, "senior analyst sage", "security/L3 : software/L6"),
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
    (NOBODY, "compare L3 L4 teaching", "choose L4: compare security/L3 security/L4 teaching"
     " | compare software/L3 software/L4 teaching"),
    (ENGINEER, "compare", "choose : compare software/L4 software/L6"
     " | compare software/L4 people/M5"),
    (NOBODY, "compare", "not placed: compare"),
    (NOBODY, "compare L6", "not placed: compare"),
    (NOBODY, "compare next", "not placed: compare"),
    (NOBODY, "compare L3 with mine", "not placed: compare"),
    (TOP, "compare", "top: security/L5"),
    (TOP, "compare next", "top: security/L5"),
    # Small typing errors, and what people paste.
    (LEAD, "teching", "security/L4 teaching"),
    (LEAD, "L3 mentornig", "security/L3 teaching"),
    (LEAD, "tecnical lead", "security/L4"),
    (LEAD, "graduat softwear enginer", "software/L1.0"),
    (LEAD, "sofware/L3", "software/L3"),
    (LEAD, "comapre L3 L5", "security/L3 : security/L5"),
    (LEAD, "L3 vs archtect", "security/L3 : security/L5"),
    (LEAD, "🌱 Teaching and Mentoring", "security/L4 teaching"),
    (LEAD, ":seedling: Teaching and Mentoring", "security/L4 teaching"),
    (LEAD, "L3\u00a0teaching", "security/L3 teaching"),
    (LEAD, "what is expected of a senior analyst in culture, please?", "security/L3 culture"),
    (LEAD, "Ｌ３", "security/L3"),
    # Nothing.
    (LEAD, "tecnical led", "nothing: tecnical led"),
    (LEAD, "L9", "nothing: L9"),
    (LEAD, "L4 bananas", "nothing: L4 bananas"),
    (LEAD, "people/L4", "nothing: people/L4"),
    (LEAD, "next bananas", "nothing: next bananas"),
    (LEAD, "compare Bananas", "nothing: Bananas"),
    (LEAD, "compare L9 L4", "nothing: L9"),
    (LEAD, "compare L4 with Bananas", "nothing: Bananas"),
    (LEAD, "compare teaching bananas with L4", "nothing: bananas"),
    (NOBODY, "shared bananas", "nothing: shared bananas"),
    (LEAD, "???", "security/L4"),
]  # fmt: skip


ODD_LEAD = Standing("teaching", "IC4")
ODDLY_SAID = [
    (ODD_LEAD, "1.0", "teaching/1.0"),
    (ODD_LEAD, "1.1", "teaching/1.1"),
    (ODD_LEAD, "ic4", "teaching/IC4"),
    (ODD_LEAD, "IC 4", "teaching/IC4"),
    (ODD_LEAD, "4", "teaching/IC4"),
    (ODD_LEAD, "m2", "teaching/M2"),
    (ODD_LEAD, "E5", "teaching/E5"),
    (NOBODY, "E5", "choose E5: compare/E5 | teaching/E5"),
    (ODD_LEAD, "engineer 4", "teaching/1.0"),
    (ODD_LEAD, "Engineer 5", "teaching/1.1"),
    (ODD_LEAD, "principal", "compare/principal"),
    (ODD_LEAD, "band 7", "compare/band-7"),
    (ODD_LEAD, "7", "compare/band-7"),
    (ODD_LEAD, "uberblick strasse", "compare/band-7"),
    (ODD_LEAD, "grosse eule", "compare/SE-1"),
    (ODD_LEAD, "GRÖSSTE EULE", "compare/SE-1"),
    (ODD_LEAD, "next generation", "teaching/IC4"),
    (ODD_LEAD, "next", "teaching/M2 from IC4"),
    (ODD_LEAD, "all rounder", "teaching/M2"),
    (ODD_LEAD, "search engineer", "teaching/E5"),
    (ODD_LEAD, "search show", "search show: statement I show."),
    (ODD_LEAD, "teaching", "teaching/IC4 teaching"),
    (ODD_LEAD, "teaching teaching", "teaching/IC4 teaching"),
    (ODD_LEAD, "all teaching", "across teaching teaching -x---"),
    (ODD_LEAD, "search and find", "teaching/IC4 search-and-find"),
    (ODD_LEAD, "next of kin", "teaching/IC4 teaching"),
    (ODD_LEAD, "leveling up", "teaching/IC4 level-up"),
    (ODD_LEAD, "teaching for all", "shared teaching-all: "),
    (ODD_LEAD, "same level", "same teaching/IC4: compare/principal"),
    (ODD_LEAD, "compare", "teaching/IC4 : teaching/M2"),
    (ODD_LEAD, "compare/principal", "compare/principal"),
    (ODD_LEAD, "maturity", "maturity: "),
]  # fmt: skip

STARTED = Standing("software-engineering", "L3")
STARTER_SAID = [
    (STARTED, "craft all", "across software-engineering domain-expertise xxxxxx"),
    (STARTED, "difference between 3 and 4", "software-engineering/L3 : software-engineering/L4"),
    (STARTED, "security L3 software L4", "security-operations/L3 : software-engineering/L4"),
    (STARTED, "senoir engineer", "software-engineering/L3"),
    (STARTED, "L4 on other tracks", "same software-engineering/L4: security-operations/L4"),
    (STARTED, "what does exceeding mean", "maturity: Maturing Performing Exceeding"),
    (STARTED, "leadership L3 L4",
     "software-engineering/L3 : software-engineering/L4 culture-and-leadership"),
]  # fmt: skip

ASKED = [
    *((KEEPERS, *each) for each in SAID),
    *((ODD, *each) for each in ODDLY_SAID),
    *((STARTER, *each) for each in STARTER_SAID),
]


@pytest.mark.parametrize(("ladder", "standing", "said", "found"), ASKED)
def test_what_i_say_and_what_it_finds(
    ladder: Ladder, standing: Standing | None, said: str, found: str
) -> None:
    assert told(answer(ladder, standing, said)) == found


def test_with_one_track_nobody_is_asked_to_choose_it() -> None:
    assert told(answer(ALONE, None, "L4")) == "security/L4"
    assert told(answer(ALONE, None, "compare L3 L4")) == "security/L3 : security/L4"
    assert told(answer(ALONE, None, "all customer")) == "across security customer ---"


def test_a_competency_without_a_level_offers_every_level_to_the_unplaced() -> None:
    found = answer(ALONE, None, "teaching")
    assert (
        told(found) == "choose : security/L3 teaching | security/L4 teaching | security/L5 teaching"
    )


def test_a_silent_level_gives_an_expectation_without_statements() -> None:
    found = answer(KEEPERS, TOP, "teaching")
    assert isinstance(found, CompetencyAnswer)
    assert found.expectation.statements == ()


INHERITING = {
    "ladder.yaml": """\
schema: 1
id: a
name: A
version: "1"
competencies: {teams: {name: Expert teams}, domain: {name: Expert domains}}
""",
    "tracks/t.yaml": """\
id: t
name: T
levels:
  - {id: L3, title: Three, expects: {domain: {statements: [{a: I see.}]}}}
  - {id: L4, title: Four, inherits: [L3]}
""",
}


def test_of_two_competencies_the_one_that_is_inherited_is_meant() -> None:
    assert told(answer(read(INHERITING), Standing("t", "L4"), "expert")) == "t/L4 domain"
