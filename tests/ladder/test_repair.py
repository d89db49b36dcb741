"""Undoing damaged text, and leaving sound text alone."""

import pytest

from bot.ladder.repair import looks_damaged, repair

EMOJI = ["🦉", "🌱", "🧭", "🏆", "⚙️", "🧑‍🏫", "👩🏽‍💻", "🇸🇪", "1️⃣", "👨‍👩‍👧‍👦", "✅", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]


def through(text: str, codec: str) -> str:
    """The text as it looks after its UTF-8 bytes were read with the wrong codec."""
    if codec == "mac_roman":
        return text.encode().decode(codec)
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252"])
@pytest.mark.parametrize("emoji", EMOJI)
def test_damaged_headings_are_undone(emoji: str, codec: str) -> None:
    heading = f"## {emoji} Domain expertise"
    assert repair(through(heading, codec)) == heading


@pytest.mark.parametrize("first", ["mac_roman", "cp1252"])
@pytest.mark.parametrize("second", ["mac_roman", "cp1252"])
def test_what_was_damaged_twice_is_undone_twice(first: str, second: str) -> None:
    for line in ("## 🦉 Domain expertise", "- I don’t guess – I ask."):
        assert repair(through(through(line, first), second)) == line


def test_a_letter_that_nobody_sees_may_have_been_lost() -> None:
    assert repair(f"## {through('🦉', 'mac_roman')[1:]} Domain") == "## 🦉 Domain"
    assert repair(f"## {through('🧠', 'cp1252')[:-1]}  Brain") == "## 🧠 Brain"


def test_damage_is_undone_beside_what_is_sound() -> None:
    damaged = through("’", "cp1252")
    assert repair(f"- 🦉 It{damaged}s naïve – l’art") == "- 🦉 It’s naïve – l’art"


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252"])
def test_damaged_quotes_and_accents_are_undone(codec: str) -> None:
    line = "- I don’t guess – I ask the café’s “owner”."
    assert repair(through(line, codec)) == line


def test_an_emoji_is_undone_beside_sound_letters() -> None:
    damaged = through("🦉", "cp1252")
    assert repair(f"## {damaged} Équipe – l’art") == "## 🦉 Équipe – l’art"


@pytest.mark.parametrize(
    "line",
    [
        "- Je fais grandir l’équipe.",
        "- «état» et «été», “À demain” …",
        "- Ich sage „Ä“ und „Öl“.",
        "- Já NÃO falo “AMANH\u00c3\u201d.",
        "- naïve façade, 5–15 people, ½ day, 20 °C, 🦉",
        "- チームを育てる。",
        "- Það er gott að vera í Þórshöfn, við förum.",
        "- Süße Füße, Größe, ‚Ästhetik‘.",
        "- Đội ngũ của tôi; İş arkadaşlarım; Żółć.",
        "- e\u0301te\u0301, 5 × 3 ≠ 16, √2, π, ™, §4, 10 £",
        "- \uf8ff is a logo",
        "plain",
        "",
    ],
)
def test_sound_lines_stay(line: str) -> None:
    assert repair(line) == line


def test_damage_is_seen_even_where_it_cannot_be_undone() -> None:
    assert looks_damaged("\uf8ffü¶ Domain")
    assert looks_damaged("a \ufffd b")
    assert looks_damaged("## ðŸ† Customers")
    assert not looks_damaged("🦉 Domain – l’équipe")
