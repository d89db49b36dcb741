"""Words on their way into Slack: nothing comes alive, nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import (
    bullets,
    chunks,
    clip,
    escape,
    safe_link,
    show_date,
    show_instant,
    show_lasting_instant,
    unescape,
)
from tests.slack.hostile import texts

LINES = st.lists(texts(4000).map(escape), max_size=6)


@given(texts(4000))
def test_escaping_leaves_nothing_alive_and_is_undone_exactly(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert unescape(escaped) == text


@given(LINES, st.integers(20, 3000))
def test_chunks_lose_nothing_but_white_space_at_a_cut(lines: list[str], limit: int) -> None:
    pieces = list(chunks(lines, limit))
    assert "".join("".join(pieces).split()) == "".join("".join(lines).split())


@given(LINES, st.integers(20, 3000))
def test_chunks_are_never_empty_and_never_over_the_limit(lines: list[str], limit: int) -> None:
    assert all(0 < len(piece) <= limit for piece in chunks(lines, limit))


@given(st.lists(st.text("&<>a", min_size=1, max_size=900), max_size=4), st.integers(20, 300))
def test_chunks_never_cut_inside_an_escaped_character(lines: list[str], limit: int) -> None:
    pieces = list(chunks([escape(line) for line in lines], limit))
    assert "".join(map(unescape, pieces)).replace("\n", "") == "".join(lines)


def test_chunks_keep_whole_lines_together_where_they_fit() -> None:
    assert list(chunks(["a" * 10, "b" * 10, "c" * 10], 21)) == [
        "a" * 10 + "\n" + "b" * 10,
        "c" * 10,
    ]


def test_chunks_of_a_long_line_are_cut_at_a_space() -> None:
    assert list(chunks(["one two three four"], 10)) == ["one two ", "three four"]


@given(texts(300), st.integers(1, 300))
def test_a_clipped_text_is_short_enough_and_says_that_it_was_clipped(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert len(clipped) <= limit
    assert clipped == text if len(text) <= limit else clipped.endswith("…")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/?x=1&y=2", "<https://a.example/?x=1&amp;y=2|go>"),
        ("https://a.example/|evil", "<https://a.example/%7Cevil|go>"),
        ("https://a.example/><!channel>", "<https://a.example/&gt;&lt;!channel&gt;|go>"),
    ],
)
def test_an_address_cannot_break_out_of_its_link(url: str, link: str) -> None:
    assert safe_link(url, "go") == link


def test_bullets_are_escaped() -> None:
    assert bullets(["<!here>"]) == ["• &lt;!here&gt;"]


def test_days_are_the_same_for_everybody_and_instants_are_in_the_readers_zone() -> None:
    assert show_date(date(2026, 12, 3)) == "3 Dec 2026"
    moment = datetime(2026, 12, 3, 10, 30, tzinfo=UTC)
    shown = show_instant(moment)
    assert shown == "<!date^1796293800^{date_short_pretty} at {time}|2026-12-03 10:30 UTC>"
    lasting = "<!date^1796293800^{date_short} at {time}|2026-12-03 10:30 UTC>"
    assert show_lasting_instant(moment) == lasting
