"""The rules: what counts where, and that the words say what the boxes say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.coverage import blocks
from bot.coverage.model import Coverage, coverage_of, months_until
from bot.coverage.wording import ALT_CHARS, alt_text, instead_words, row_line, span
from bot.ladder.model import Competency, Ladder, RetiredCompetency
from bot.slack.blocks import message
from playground.local_slack import problems
from tests.coverage.scenes import MONTHS, TODAY, coverage, mark

A, B, C = (Competency(each, f"Name {each}") for each in "abc")
LADDER = Ladder(
    "l", "L", "1", (A, B, C), retired=(RetiredCompetency("old", "Old", replaced_by=("b",)),)
)
COUNTS = st.tuples(*[st.integers(0, 1200)] * 6)
ROWS = st.lists(st.tuples(st.text(max_size=400), COUNTS), max_size=70)


def counts(found: Coverage) -> dict[str, tuple[int, ...]]:
    return {row.competency.id: row.counts for row in found.rows}


def test_expected_ones_come_first_then_others_with_examples() -> None:
    marks = [mark("c", "2026-11-01"), mark("a", "2026-11-01"), mark("gone", "2026-10-31")]
    found = coverage_of(LADDER, [B, A], marks, TODAY)
    assert list(counts(found)) == ["b", "a", "c", "gone"]
    assert counts(found)["gone"] == (0, 0, 0, 0, 1, 0)


def test_what_is_retired_counts_where_the_ladder_says() -> None:
    found = coverage_of(LADDER, [B], [mark("old", "2026-06-01"), mark("b", "2026-06-30")], TODAY)
    assert counts(found) == {"b": (2, 0, 0, 0, 0, 0)}


def test_a_lost_competency_keeps_the_name_that_is_remembered() -> None:
    found = coverage_of(LADDER, [], [mark("gone", "2026-11-01")], TODAY, names={"gone": "Was"})
    assert [row.competency.name for row in found.rows] == ["Was"]


def test_what_is_older_than_the_months_is_only_the_last_day() -> None:
    (row,) = coverage_of(LADDER, [A], [mark("a", "2026-05-31")], TODAY).rows
    assert row.is_quiet
    assert row.last_on == date(2026, 5, 31)


def test_months_cross_the_year() -> None:
    assert months_until(date(2027, 2, 28), 3) == (
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    )
    assert span(replace(coverage(), months=months_until(date(2027, 2, 28), 3))) == (
        "December 2026 to February 2027"
    )


@given(days=st.lists(st.dates(date(2024, 1, 1), TODAY + timedelta(days=2)), max_size=40))
def test_every_example_of_the_months_is_counted_once(days: list[date]) -> None:
    """A traveller's day still to come counts as well: it is in the last month."""
    found = coverage_of(LADDER, [A], [mark("a", day.isoformat()) for day in days], TODAY)
    assert found.total == sum(day >= found.since for day in days)
    assert found.rows[0].last_on == max(days, default=None)
    assert len(found.quiet) == (found.total == 0)


def test_the_words_name_each_month_and_what_is_quiet() -> None:
    shown = coverage(("🌱 Teaching", (0, 2, 0, 0, 0, 1)), ("Craft & <care>", (0,) * 6))
    assert row_line(shown.rows[0], MONTHS) == "*🌱 Teaching* · Jul 2, Nov 1"
    assert row_line(shown.rows[1], MONTHS) == "*Craft &amp; &lt;care&gt;* · none yet"
    assert alt_text(shown) == (
        "My examples by competency and month, June to November 2026: 3 in all. "
        "🌱 Teaching: July 2, November 1. None in Craft & <care>."
    )


def test_long_alt_text_keeps_sums_and_then_numbers() -> None:
    name = "A competency with a rather long name, as they are"
    some = coverage(*[(f"{name} {n}", (1, 1, 1, 1, 1, 0)) for n in range(12)])
    assert f"{name} 11: 5." in alt_text(some)
    many = coverage(*[(f"{name} {n}", (0,) * 6) for n in range(40)])
    assert alt_text(many).endswith("none yet. None in 40 of 40 competencies.")


@given(rows=ROWS)
def test_whatever_the_names_are_slack_takes_the_words(
    rows: list[tuple[str, tuple[int, ...]]],
) -> None:
    shown = coverage(*rows)
    assert 0 < len(alt_text(shown)) <= ALT_CHARS
    told = blocks.text_message(shown)
    assert problems(told["blocks"]) == []
    assert problems(blocks.home_blocks(shown), "home") == []
    assert problems(blocks.home_blocks(shown, "F0123456789"), "home") == []
    words = blocks.picture_words(shown, tuple(row.competency for row in shown.rows))
    assert len(message(words)["text"]) <= 3000


def test_what_is_left_out_of_the_text_is_counted() -> None:
    rows = [(f"Competency {number}", (1,) * 6) for number in range(blocks.MOST_LINES + 5)]
    shown = str(blocks.as_text(coverage(*rows)))
    assert "Competency 59*" in shown and "Competency 60*" not in shown
    assert "… and 5 more competencies." in shown
    assert "more competencies" not in str(blocks.as_text(coverage(*rows[:-5])))


def test_names_that_are_not_in_the_picture_are_told() -> None:
    said = instead_words([Competency("teaching", "教育 & 指導")])
    assert said == "I could not draw every name in the picture: `teaching` is 教育 &amp; 指導."
    assert instead_words([]) == ""


@given(rows=ROWS.filter(bool))
def test_the_digest_names_all_that_is_drawn(rows: list[tuple[str, tuple[int, ...]]]) -> None:
    shown = coverage(*rows)
    assert shown.digest == coverage(*rows).digest
    first = shown.rows[0]
    changed = replace(first, counts=(first.counts[0] + 1, *first.counts[1:]))
    renamed = replace(first, competency=replace(first.competency, name="Another"))
    for other in (changed, renamed):
        assert replace(shown, rows=(other, *shown.rows[1:])).digest != shown.digest
    assert replace(shown, months=months_until(date(2026, 12, 1), 6)).digest != shown.digest
