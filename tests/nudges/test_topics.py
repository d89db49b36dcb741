"""What is asked about: a published score, explained, and never the same twice running."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journal.model import Tally
from bot.nudges.topics import RECENT_NUDGES, choose, topic

TODAY = date(2026, 12, 3)
NOTHING = Tally({}, {})
IDS = ["craft", "teaching", "culture", "customers"]
EVIDENCE = st.builds(
    Tally,
    st.dictionaries(st.sampled_from(IDS), st.integers(0, 9)),
    st.dictionaries(st.sampled_from(IDS), st.dates(date(2020, 1, 1), TODAY)),
)


def test_with_no_evidence_the_ladders_order_decides() -> None:
    found = choose(IDS, NOTHING, [], TODAY)
    assert found
    assert (found.competency_id, found.days_since) == ("craft", None)


@pytest.mark.parametrize(
    ("count", "days_ago", "recent", "score"),
    [
        (0, None, False, 0.70),
        (1, 30, False, 0.35),
        (2, 60, False, 0.25),
        (2, 600, False, 0.25),
        (9, 0, False, 0.0),
        (0, None, True, 0.10),
        (2, 0, True, -0.60),
    ],
)
def test_the_score_is_the_published_one(
    count: int, days_ago: int | None, recent: bool, score: float
) -> None:
    last = {} if days_ago is None else {"craft": TODAY - timedelta(days=days_ago)}
    asked = ["other", "other", "craft"] if recent else ["other", "other", "other", "craft"]
    fresh = asked[:RECENT_NUDGES]
    found = topic("craft", Tally({"craft": count}, last), TODAY, fresh=fresh)
    assert found.score == pytest.approx(score)
    assert found.days_since == days_ago


def test_an_example_from_tomorrow_is_no_reason_to_fail() -> None:
    found = topic("craft", Tally({}, {"craft": TODAY + timedelta(1)}), TODAY)
    assert found.score == pytest.approx(0.45)


def test_the_stalest_wins() -> None:
    last = {c: TODAY - timedelta(days=10 + n) for n, c in enumerate(IDS)}
    found = choose(IDS, Tally(dict.fromkeys(IDS, 2), last), [], TODAY)
    assert found
    assert (found.competency_id, found.days_since) == ("customers", 13)


@given(
    st.lists(st.sampled_from(IDS), min_size=2, unique=True),
    EVIDENCE,
    st.lists(st.sampled_from(IDS), max_size=4),
)
def test_it_is_one_of_those_expected_and_never_what_was_asked_last(
    expected: list[str], evidence: Tally, asked: list[str]
) -> None:
    found = choose(expected, evidence, asked, TODAY)
    assert found
    assert found.competency_id in expected
    assert found.competency_id not in asked[:1]


def test_what_was_asked_last_loses_even_against_a_competency_that_needs_nothing() -> None:
    evidence = Tally({"teaching": 9}, {"teaching": TODAY})
    found = choose(["craft", "teaching"], evidence, ["craft"], TODAY)
    assert found
    assert found.competency_id == "teaching"


@given(EVIDENCE)
def test_the_only_one_is_asked_again_and_again(evidence: Tally) -> None:
    found = choose(["craft"], evidence, ["craft", "craft"], TODAY)
    assert found
    assert found.competency_id == "craft"


def test_nothing_expected_is_nothing_asked() -> None:
    assert choose([], NOTHING, [], TODAY) is None


def test_a_focus_weighs_as_much_as_published_and_its_parts_are_told() -> None:
    found = topic("craft", Tally({"craft": 1}, {"craft": TODAY}), TODAY, focus=["craft"])
    assert (found.gap, found.stale, found.focus, found.fresh) == (0.5, 0.0, 1.0, 0.0)
    assert found.score == pytest.approx(0.225 + 0.30)


def test_what_was_passed_over_lately_is_as_fresh_as_what_was_asked() -> None:
    found = choose(IDS, NOTHING, [], TODAY, passed=["craft", "teaching"])
    assert found
    assert found.competency_id == "culture"


def test_a_focus_wins_over_what_is_missing_just_as_much() -> None:
    found = choose(IDS, NOTHING, [], TODAY, focus=["customers"])
    assert found
    assert found.competency_id == "customers"
