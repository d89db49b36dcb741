"""A suggestion says which competency and why, in words that somebody really wrote; or nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.labelled import informal_halves
from bot.journal.suggesting.suggester import Suggester
from bot.ladder.files.loading import load
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    RetiredCompetency,
    Statement,
    Track,
)
from tests.conftest import ROOT
from tests.ladder.samples import ladders

STARTER = load(ROOT / "ladder_data")[0] or Ladder("none", "None", "1")
CRAFT, TEACHING = "domain-expertise", "teaching-and-mentoring"
CULTURE, CUSTOMERS = "culture-and-leadership", "customer-success"
OTHER_LANGUAGES = (
    "gestern habe ich einem Kollegen bei der Migration geholfen",
    "J'ai aidé une collègue à livrer la migration hier",
    "ayudé a un colega con la migración de la base de datos",
    "ik heb een collega geholpen met de migratie",
    "昨日同僚の移行を手伝いました",
    "вчера помог коллеге с миграцией",
)


PAIRED = (("Ana", "login"), ("Li", "spam"), ("Omar", "malware"), ("Kim", "VPN"))
SHARED = Suggester(STARTER)


@pytest.fixture
def starter() -> Suggester:
    return SHARED


def written(ladder: Ladder) -> dict[str, set[str]]:
    """Every sentence of the ladder by its competency."""
    found = {each.id: {each.description} for each in ladder.competencies}
    for track in ladder.tracks:
        for level in track.levels:
            for each in level.expects:
                said = (s.text for s in each.statements if not s.placeholder)
                here = {*said, *each.examples, each.competency.description}
                found[each.competency.id] |= here
    return found


@pytest.mark.parametrize(
    ("text", "competency_id"),
    [
        ("talked a customer through the outage", CUSTOMERS),
        ("Paired with Ben on the phishing rule :tada:", TEACHING),
        ("did five interviews this week for the backend role", CULTURE),
        ("menotred a juniro engineer", TEACHING),
    ],
)
def test_short_informal_sentences_find_their_competency(
    starter: Suggester, text: str, competency_id: str
) -> None:
    found = starter.suggest(text)
    assert found and found.competency_id == competency_id
    assert found.like in written(STARTER)[competency_id] and not found.own
    assert found.second in {each.id for each in STARTER.competencies} - {competency_id}


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "🎉🎉", ":customer:", "https://example.com/customer", "<@U0123ABCD>", "asdf"],
)
def test_what_says_nothing_gets_no_suggestion(starter: Suggester, text: str) -> None:
    assert starter.suggest(text) is None


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_another_language_gets_no_suggestion(starter: Suggester, text: str) -> None:
    assert starter.suggest(text) is None


def test_where_right_is_not_likelier_than_wrong_nothing_is_suggested(starter: Suggester) -> None:
    asked = "helped a colleague ship the migration"
    best, chance = starter.likeliest(asked)[0]
    assert chance <= 0.5 and best in {each.id for each in STARTER.competencies}
    assert starter.suggest(asked) is None


def test_a_ladder_whose_words_tell_nothing_apart_suggests_nothing() -> None:
    dice = random.Random(1)
    drawn = ["build", "ask", "help", "review", "write", "plan", "team", "work", "code", "risk"]

    def sentence() -> str:
        return " ".join(dice.choices(drawn, k=6))

    names = [Competency(each, each) for each in ("one", "two", "three")]
    levels = tuple(
        Level(f"L{rank}", "Level", rank, expects=tuple(
            Expectation(each, examples=(sentence(), sentence(), sentence())) for each in names
        ))
        for rank in range(8)
    )  # fmt: skip
    suggester = Suggester(Ladder("id", "L", "1", tuple(names), (Track("t", "T", levels=levels),)))
    assert [suggester.suggest(sentence()) for _ in range(30)] == [None] * 30


def test_three_thousand_characters_are_read(starter: Suggester) -> None:
    text = ("I talked to a customer who had reported an error, and called her back. " * 50)[:3000]
    found = starter.suggest(text)
    assert found and found.competency_id == CUSTOMERS


def test_what_the_ladder_does_not_know_the_person_can_teach(starter: Suggester) -> None:
    assert starter.suggest("watered the ficus on the balcony") is None
    own = [(CULTURE, "watered the monstera and the ficus in the hall")]
    found = starter.suggest("watered the ficus on the balcony", own)
    assert found and found.competency_id == CULTURE
    assert found.own and found.like == own[0][1]


def test_own_choices_win_over_the_ladder(starter: Suggester) -> None:
    asked = "talked a customer through the outage"
    own = [(CRAFT, "Talked a customer through the failover"), (CRAFT, "walked through an outage")]
    before, after = starter.suggest(asked), starter.suggest(asked, own)
    assert before and before.competency_id == CUSTOMERS
    assert after and after.competency_id == CRAFT
    assert after.own and after.like in {text for _, text in own}


def test_own_choices_weigh_more_the_more_there_are(starter: Suggester) -> None:
    asked = "paired with Ben on the phishing rule"
    own = [(CRAFT, f"paired with {name} on the {rule} rule") for name, rule in PAIRED]
    chances = [dict(starter.likeliest(asked, own[:n]))[CRAFT] for n in range(len(own) + 1)]
    assert chances == sorted(chances) and chances[0] < 0.5 < chances[-1]


def test_what_one_logged_about_other_things_changes_nothing(starter: Suggester) -> None:
    asked = "talked a customer through the outage"
    own = [(CULTURE, f"talked about plant number {number} over lunch") for number in range(50)]
    found, before = starter.suggest(asked, own), starter.suggest(asked)
    assert found and before and not found.own
    assert (found.competency_id, found.like) == (before.competency_id, before.like)


def test_the_quoted_sentence_is_the_ladders_own_about_that_competency(starter: Suggester) -> None:
    halves = dict(informal_halves(STARTER)).values()
    found = [starter.suggest(each.text) for half, _ in halves for each in half]
    shown = [each for each in found if each]
    assert len(shown) > 10
    assert all(each.like in written(STARTER)[each.competency_id] for each in shown)


def test_unknown_words_speak_for_nothing(starter: Suggester) -> None:
    chances = {chance for _, chance in starter.likeliest("zzqxj qqqzw")}
    assert len(chances) == 1


def test_a_retired_competency_counts_for_what_took_over(starter: Suggester) -> None:
    retired = (RetiredCompetency("plants", "Plants", replaced_by=(CULTURE,)),)
    changed = Suggester(replace(STARTER, retired=retired))
    own = [("plants", "watered the ficus"), ("never-heard-of", "watered the ficus")]
    found = changed.suggest("watered the ficus again", own)
    assert found and found.competency_id == CULTURE and found.own
    assert starter.suggest("watered the ficus again", own) is None


def small(*said: Statement) -> Ladder:
    """Two competencies, and statements for the second alone."""
    craft, care = Competency("craft", "Craft"), Competency("care", "Care")
    expects = (
        Expectation(craft, (Statement("s", "I build bridges that stand."),)),
        Expectation(care, said),
    )
    level = Level("L1", "One", 1, expects=expects)
    return Ladder("id", "Ladder", "1", (craft, care), (Track("t", "Track", levels=(level,)),))


def test_a_placeholder_is_no_text_to_learn_from() -> None:
    text = "I visit neighbours every winter."
    asked = "visited neighbours in winter"
    found = Suggester(small(Statement("s2", text))).suggest(asked)
    assert found and (found.competency_id, found.like) == ("care", text)
    assert Suggester(small(Statement("s2", text, placeholder=True))).suggest(asked) is None


def test_the_same_question_gets_the_same_answer() -> None:
    own = [(CRAFT, "fixed the flaky test"), (TEACHING, "paired on the flaky test")]
    first, second = Suggester(STARTER), Suggester(replace(STARTER))
    for text in ("fixed a flaky login test with Ben", "answered a security questionnaire"):
        assert first.suggest(text, own) == first.suggest(text, own) == second.suggest(text, own)


texts = st.one_of(
    st.text(max_size=80),
    st.sampled_from(sorted(each for said in written(STARTER).values() for each in said)),
)


@given(ladders(), texts, st.lists(st.tuples(st.sampled_from(["c0", "c1", "x"]), texts), max_size=4))
@settings(deadline=None)
def test_any_ladder_and_any_text_get_a_quoted_suggestion_or_none(
    ladder: Ladder, text: str, own: list[tuple[str, str]]
) -> None:
    ids = [each.id for each in ladder.competencies]
    own = [(ids[len(text) % len(ids)] if ids and at == "c0" else at, said) for at, said in own]
    found = Suggester(ladder).suggest(text, own)
    if found is None:
        return
    assert found.competency_id in ids and found.second != found.competency_id
    if found.own:
        assert found.like in [each for _, each in own]
    else:
        assert found.like in written(ladder)[found.competency_id]


@given(st.sampled_from([CRAFT, TEACHING, CULTURE, CUSTOMERS]), texts)
@settings(deadline=None)
def test_what_was_logged_once_is_suggested_where_it_was_put(at: str, text: str) -> None:
    found = SHARED.suggest(text, [(at, text)])
    assert found is None or (found.competency_id, found.like, found.own) == (at, text, True)
