"""Sealed text opens in its own place, with its own key, unchanged; and in no other way."""

from __future__ import annotations

import base64
import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.crypto import KeyRing, Place, SealError, new_key, parse_key

OLD, NEW = os.urandom(32), os.urandom(32)
RING = KeyRing([OLD])
PLACE = Place("T1", "entries", "text", "row1", ("UADA",))


@given(st.text())
def test_a_sealed_text_opens_as_it_was(text: str) -> None:
    assert RING.open(RING.seal(text, PLACE), PLACE) == text


@pytest.mark.parametrize(
    "change",
    [
        {"team_id": "T2"},
        {"table": "shares"},
        {"column": "link"},
        {"row_id": "row2"},
        {"people": ("UEVE",)},
        {"people": ("UADA", "UEVE")},
        {"people": ()},
    ],
    ids=lambda change: f"another {next(iter(change))}",
)
def test_a_sealed_text_that_was_moved_does_not_open(change: dict[str, str]) -> None:
    with pytest.raises(SealError, match="moved"):
        RING.open(RING.seal("secret", PLACE), replace(PLACE, **change))


def test_what_was_sealed_before_people_were_bound_in_still_opens_in_its_place() -> None:
    sealed = RING.seal("secret", PLACE.of_nobody())
    assert RING.open(sealed, PLACE) == "secret"
    with pytest.raises(SealError, match="moved"):
        RING.open(sealed, replace(PLACE, row_id="row2"))


@given(st.lists(st.text(max_size=6), min_size=4, max_size=4), st.integers(0, 2))
def test_no_two_places_are_the_same_bytes(parts: list[str], at: int) -> None:
    if not parts[at + 1]:
        return
    shifted = list(parts)
    shifted[at] += shifted[at + 1][0]
    shifted[at + 1] = shifted[at + 1][1:]
    assert Place(*parts).as_bytes() != Place(*shifted).as_bytes()


@given(st.integers(0, 100), st.integers(1, 255))
def test_a_sealed_text_of_which_any_byte_was_changed_does_not_open(at: int, bits: int) -> None:
    sealed = bytearray(RING.seal("a text of some length", PLACE))
    sealed[at % len(sealed)] ^= bits
    with pytest.raises(SealError):
        RING.open(bytes(sealed), PLACE)


@given(st.binary(max_size=60))
def test_rubbish_and_cut_off_texts_do_not_open(rubbish: bytes) -> None:
    sealed = RING.seal("text", PLACE)
    for bad in (rubbish, sealed[: min(len(rubbish), len(sealed) - 1)], sealed + b"x"):
        with pytest.raises(SealError):
            RING.open(bad, PLACE)


def test_a_key_that_is_not_on_the_ring_is_said() -> None:
    with pytest.raises(SealError, match="not on the key ring"):
        KeyRing([NEW]).open(RING.seal("text", PLACE), PLACE)


def test_keys_rotate_the_first_seals_and_all_open() -> None:
    both = KeyRing([NEW, OLD])
    before, after = RING.seal("before", PLACE), both.seal("after", PLACE)
    assert (both.open(before, PLACE), both.open(after, PLACE)) == ("before", "after")
    assert KeyRing([NEW]).open(after, PLACE) == "after"
    with pytest.raises(SealError):
        RING.open(after, PLACE)


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert len({RING.seal("text", PLACE) for _ in range(100)}) == 100


def test_an_error_shows_neither_key_nor_text() -> None:
    with pytest.raises(SealError) as refused:
        RING.open(RING.seal("my words", PLACE)[:-1], PLACE)
    assert "my words" not in str(refused.value)


def test_a_fresh_key_is_one_that_can_be_read() -> None:
    assert len(parse_key(f"  {new_key()}\n")) == 32
    assert new_key() != new_key()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not base64!", "base64"),
        ("ключ", "base64"),
        (base64.b64encode(b"x" * 16).decode(), "16 bytes instead of 32"),
        ("", "0 bytes"),
    ],
)
def test_a_key_that_is_none_says_why_and_not_what_it_was(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        parse_key(text)
    assert not text or text not in str(refused.value)
