"""Finding where the ladder says something, in whatever spelling."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ladder.asking.answers import CompetencyAnswer, Found, Hit, SearchAnswer, Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.asking.spelling import key, telling, words
from bot.ladder.model import Ladder, Statement, Track
from tests.ladder.asked import STARTER, read, told_hit

CARGO = read({
    "ladder.yaml": """\
schema: 1
id: cargo
name: Cargo
version: "1"
attributes: {reach: Impact radius}
competencies:
  craft: {name: Craft, description: Building the catalogue., aliases: [modelling]}
  care: {name: Mentoring}
shared:
  everyone: {name: Everyone, statements: [{kind: I mentor without judgement.}, {todo: TBD}]}
""",
    "tracks/one.yaml": """\
id: one
name: Cargo centre
levels:
  - id: L1
    title: Loader
    summary: I mentor nobody yet.
    attributes: {reach: My organisation's ports}
    expects:
      craft:
        statements:
          - a: I am on-call for the stories of the harbour.
          - b: TBD
          - c: I stack my crates low.
        examples: [I mentor by example.]
  - {id: L2, title: Mentor of loaders}
""",
    "tracks/two.yaml": """\
id: two
name: Ships
levels:
  - id: L1
    title: Sailor
    examples: [Low are the crates.]
    expects:
      craft: {name: Seamanship, statements: [{a: I mentor sailors and analyse tides.},
                                           {d: I keep my ropes dry.}]}
      care: {statements: [{b: I call on a colour-blind café owner.}, {c: We take cheques oncall.}]}
""",
})  # fmt: skip

LOADER = Standing("one", "L1")
SHIPS = Standing("two", "L1")


def found(ladder: Ladder, standing: Standing | None, said: str) -> list[str]:
    """The hits of a search, each in a few words."""
    reply = answer(ladder, standing, said)
    assert isinstance(reply, SearchAnswer), reply
    return list(map(told_hit, reply.hits))


def test_names_come_first_then_statements_then_summaries_then_examples_and_ones_own_track() -> None:
    assert found(CARGO, None, "search mentor") == [
        "name Mentor of loaders",
        "name Mentoring",
        "statement I mentor sailors and analyse tides.",
        "statement I mentor without judgement.",
        "summary I mentor nobody yet.",
        "example I mentor by example.",
    ]
    assert found(CARGO, SHIPS, "search my")[0] == "statement I keep my ropes dry."
    assert found(CARGO, LOADER, "search my")[0] == "statement I stack my crates low."


def test_a_hit_says_where_it_is() -> None:
    reply = answer(CARGO, None, "search tides")
    assert isinstance(reply, SearchAnswer)
    (hit,) = reply.hits
    assert hit.track and hit.level and hit.competency
    assert (hit.track.id, hit.level.id, hit.competency.name) == ("two", "L1", "Seamanship")
    assert hit.kind is Found.STATEMENT


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("search harbor story", "statement I am on-call for the stories of the harbour."),
        ("search stories", "statement I am on-call for the stories of the harbour."),
        ("search on call", "statement I am on-call for the stories of the harbour."),
        ("search on-call", "statement I am on-call for the stories of the harbour."),
        ("search oncall", "statement I am on-call for the stories of the harbour."),
        ("search on-call", "statement We take cheques oncall."),
        ('"on call"', "statement We take cheques oncall."),
        ("search organization", "attribute Impact radius: My organisation's ports"),
        ("search impact radius", "attribute Impact radius: My organisation's ports"),
        ("search center", "name Cargo centre"),
        ("search catalogs", "summary Building the catalogue."),
        ("search modeling", "name Craft"),
        ("search judgment", "statement I mentor without judgement."),
        ("search analyze", "statement I mentor sailors and analyse tides."),
        ("search colorblind cafe", "statement I call on a colour-blind café owner."),
        ("search CAFÉS", "statement I call on a colour-blind café owner."),
        ("search seamanship", "name Seamanship"),
        ("search sail", "name Sailor"),
        ("find me the tide", "statement I mentor sailors and analyse tides."),
        ("search harbuor", "statement I am on-call for the stories of the harbour."),
        ("search tides ships", "statement I mentor sailors and analyse tides."),
        ("where does the ladder mention tides?", "statement I mentor sailors and analyse tides."),
        ("I am on-call for the stories of the harbour.",
         "statement I am on-call for the stories of the harbour."),
    ],
)  # fmt: skip
def test_spelling_number_accents_and_hyphens_do_not_matter(said: str, text: str) -> None:
    assert text in found(CARGO, None, said)


@pytest.mark.parametrize(
    "said", ["search bananas", "search TBD", "search mentor bananas", "search ha", "search"]
)
def test_nothing_is_found_where_nothing_is(said: str) -> None:
    assert found(CARGO, None, said) == []


def test_quotes_ask_for_the_words_in_one_piece() -> None:
    assert found(CARGO, None, '"mentor sailors"') == [
        "statement I mentor sailors and analyse tides."
    ]
    assert len(found(CARGO, None, "search i by mentor")) == 1
    assert found(CARGO, None, '"crates low"') == ["statement I stack my crates low."]
    assert len(found(CARGO, None, "search crates low")) == 2


def test_the_name_that_a_page_uses_is_a_name_to_ask_by() -> None:
    reply = answer(CARGO, SHIPS, "seamanship")
    assert isinstance(reply, CompetencyAnswer)
    assert reply.expectation.competency.id == "craft"


def test_little_words_count_where_they_stand() -> None:
    assert not [each for each in found(CARGO, None, "search on call") if "café" in each]
    assert [each for each in found(CARGO, None, "search call café") if "café" in each]


def test_what_is_searched_for_is_kept_as_it_was_typed() -> None:
    reply = answer(CARGO, None, "Search for “Cafés”?")
    assert isinstance(reply, SearchAnswer)
    assert reply.words == "Cafés"


STATEMENTS = [
    (track, statement)
    for track in STARTER.tracks
    for level in track.levels
    for expectation in level.expects
    for statement in expectation.statements
]
SEEN = Counter(key(word) for _, each in STATEMENTS for word in set(words(each.text)))
AMERICAN = (("our", "or"), ("isation", "ization"), ("ise", "ize"), ("centre", "center"),
            ("elling", "eling"), ("udgement", "udgment"), ("ogue", "og"))  # fmt: skip


def respelled(word: str) -> str:
    """The word as an American writes it, where that differs."""
    for british, american in AMERICAN:
        if word.endswith(british) and len(word) > len(british) + 2:
            return word.removesuffix(british) + american
    return word


def plural(word: str) -> str:
    """The word with the ending of a plural."""
    if not word.isalpha() or len(word) < 4 or word.endswith("s"):
        return word
    if word.endswith(("x", "z", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeou" else f"{word}s"


@settings(deadline=None)
@given(st.sampled_from(STATEMENTS), st.data())
def test_each_statement_is_found_by_two_of_its_rarer_words(
    where: tuple[Track, Statement], data: st.DataObject
) -> None:
    track, statement = where
    rarer = sorted(set(telling(statement.text)), key=lambda word: (SEEN[key(word)], word))[:6]
    two = data.draw(st.permutations(rarer))[:2]
    change = data.draw(st.sampled_from([str, str.upper, plural, respelled]))
    said = "search " + " ".join(change(word) for word in two)
    reply = answer(STARTER, data.draw(st.sampled_from([None, Standing(track.id, "L3")])), said)
    assert isinstance(reply, SearchAnswer)
    assert statement.text in [hit.text for hit in reply.hits]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_searched_for_every_hit_has_a_text(said: str) -> None:
    reply = answer(CARGO, None, f"search {said}")
    if isinstance(reply, SearchAnswer):
        assert all(isinstance(hit, Hit) and hit.text for hit in reply.hits)
        assert len(set(map(id, reply.hits))) == len(reply.hits)
