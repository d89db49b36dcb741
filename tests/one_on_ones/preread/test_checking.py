"""What the facts support is said; what they do not support is refused, whoever worded it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bot.one_on_ones.preread.checking import Reader, sound
from bot.one_on_ones.preread.model import Facts, Part
from bot.one_on_ones.preread.sentences import sentences
from tests.one_on_ones.preread.facts import entry, facts, some_facts
from tests.one_on_ones.preread.mutants import MAKERS, many_facts

MANY = 120
LEAST = {
    "a number, one off": 500,
    "a day, shifted": 3000,
    "somebody else's name": 150,
    "a promise, the other side's": 150,
    "a quote with a word changed": 3000,
    "another link": 200,
    "another competency": 150,
    "a claim too much": 200,
    "an invented sentence": 10_000,
}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_facts())
def test_every_sentence_is_supported(known: Facts) -> None:
    assert [
        (wrong, each.text) for each, wrong in sound(sentences(known), known) if wrong is not None
    ] == []


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_facts())
def test_every_sentence_names_where_it_is_from(known: Facts) -> None:
    ids = {"example": {e.id for e in (*known.recent, *known.earlier)},
           "promise": {p.id for p in known.promises},
           "competency": {c.id for c in (*known.ladder.competencies, *known.expected)} | {"lost"},
           "count": {m.entry_id for m in known.known}}  # fmt: skip
    for sentence in sentences(known):
        assert sentence.sources
        for source in sentence.sources:
            assert set(source.ids) <= ids.get(source.kind.value, set(source.ids))


@pytest.mark.parametrize("kind", MAKERS)
def test_every_mutant_is_refused(kind: str) -> None:
    made, slipped = 0, []
    for known in many_facts(MANY):
        reader = Reader(known)
        for sentence in sentences(known):
            wrong = {each for each in MAKERS[kind](sentence, known) if each != sentence.text}
            made += len(wrong)
            slipped += [each for each in wrong if reader.refusal(sentence.part, each) is None]
            assert reader.refusal(sentence.part, sentence.text) is None
    print(f"{kind}: {made} made, {made - len(slipped)} refused")
    assert slipped == []
    assert made >= LEAST[kind]


def test_an_example_under_another_competency_is_refused() -> None:
    known = facts([entry(1, 1, "c0", "one"), entry(2, 2, "c1", "two")])
    reader = Reader(known)
    assert reader.refusal(Part.EXAMPLES, "*Teaching*") is None
    assert reader.refusal(Part.EXAMPLES, "• two _(1 Dec)_") is not None
    assert reader.refusal(Part.EXAMPLES, "• one _(2 Dec)_") is None
    assert reader.refusal(Part.EXAMPLES, "*Culture*") is not None, "there is none of it"


def test_a_line_is_refused_in_a_part_that_says_something_else_by_it() -> None:
    known = facts([entry(1, 1, "c0")])
    assert Reader(known).refusal(Part.QUIET, "• 🌱 Culture _(none in 12 months)_") is None
    assert Reader(known).refusal(Part.PROMISES, "• 🌱 Culture _(none in 12 months)_") is not None
