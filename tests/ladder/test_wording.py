"""Placeholders and ids, told from wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ladder.wording import fold, is_placeholder, name_slug, statement_slug, unique

PLACEHOLDERS = [
    "", " ", "TBD", "TBD.", "tbc", "TODO", "to do", "[TBD]", "_TBD_", "<TODO>", "…", "...", "-",
    "TODO: write this", "[TBD] soon", "N/A", "xxx", "???", "Coming soon", "To be defined.",
    "Lorem ipsum dolor", "\u00a0TBD\u00a0",
]  # fmt: skip
REAL = [
    "I write to-do lists.", "Todo lists help me plan.", "TBDs are rare in my plans.", "I do.",
    "What is to be done is clear to me.", "No",
]  # fmt: skip


@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", REAL)
def test_real_text(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("I am an expert in my team's domain.", "expert-teams-domain"),
        ("I live what [Leadership](https://example.org/x) says.", "live-leadership-says"),
        ("Größe zählt für mich", "große-zahlt-fur-mich".replace("ß", "ss")),
        ("TBD", "unwritten"),
        ("守る", "statement"),
        ("I am", "i-am"),
    ],
)
def test_statement_ids_are_short_and_readable(text: str, slug: str) -> None:
    assert statement_slug(text) == slug


def test_names_keep_every_word_in_their_id() -> None:
    assert name_slug("Teaching and Mentoring") == "teaching-and-mentoring"
    assert unique("a", {"a", "a-2"}) == "a-3"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("É Straße", "e strasse"),
        ("Smørrebrød i Łódź", "smorrebrod i lodz"),
        ("İstanbul", "istanbul"),
        ("ﬁx\u00adup", "fixup"),
        ("zero\u200bwidth", "zerowidth"),
        ("❤\ufe0f", "❤"),
        ("Ｌ４", "l4"),
        ("a\u00a0b", "a b"),
    ],
)
def test_folding_leaves_what_one_hears(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
