"""What a button remembers comes back as it was, or is refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.state import StaleState, pack, unpack


@dataclass(frozen=True, slots=True)
class Ref:
    """An example of what buttons carry."""

    entry: str
    page: int = -1
    note: str = ""


@given(st.text(), st.integers(), st.text())
def test_what_was_packed_is_unpacked(entry: str, page: int, note: str) -> None:
    if entry:
        assert unpack(Ref, pack(Ref(entry, page, note))) == Ref(entry, page, note)


def test_what_is_empty_takes_no_room() -> None:
    assert pack(Ref("e", 0)) == '{"entry":"e","page":0,"v":1}'


@pytest.mark.parametrize(
    "tampered",
    [
        '{"entry":"e"',
        "[]",
        '"text"',
        "null",
        "12",
        '{"entry":"e","v":2}',
        '{"entry":"e","admin":1}',
        '{"entry":["e"]}',
        '{"entry":{"id":"e"}}',
        '{"entry":null}',
        '{"page":1}',
        "{}",
        "",
        "not json",
        '{"entry":"e","__class__":"x"}',
        "[" * 100_000,
    ],
)
def test_what_was_tampered_with_or_is_of_another_version_is_refused(tampered: str) -> None:
    with pytest.raises(StaleState):
        unpack(Ref, tampered)


@given(st.text() | st.recursive(st.none() | st.booleans(), st.lists).map(str))
def test_no_text_at_all_breaks_it(text: str) -> None:
    with suppress(StaleState):
        assert isinstance(unpack(Ref, text), Ref)


def test_a_field_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(StaleState):
        unpack(Ref, '{"entry":7,"page":"x"}')
