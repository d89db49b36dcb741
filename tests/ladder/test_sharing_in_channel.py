"""Sharing a page of the ladder: seen before it is posted, posted once, nothing private in it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.ladder.asking.answers import Found, Hit, SearchAnswer
from bot.ladder.blocks import Ask, Scene, draw
from bot.ladder.showing.sharing import Share, public_page
from bot.slack.state import pack, unpack
from playground.local_slack import Answer, text_of
from playground.local_slack.elements import interactive
from playground.local_slack.model import Message
from tests.bench import Bench
from tests.slack.hostile import ADA

ROOM = "sec-ops"
SHARE, POST, NOT_NOW = "Share in this channel", "Post it here", "Not now"


@pytest.fixture
def bench(sqlite_bench: Bench) -> Bench:
    sqlite_bench.place("UADA", "L3")
    sqlite_bench.place("UMIA", "L4")
    return sqlite_bench


def ask(bench: Bench, words: str, room: str = ROOM, user: str = "UADA") -> Message:
    message = bench.slack.command(user, f"/ladder {words}", room).message
    assert message
    return message


def shown(bench: Bench, message: Message, words: str) -> Message:
    """The same message, once it says those words."""
    assert bench.slack.wait_for(lambda: words in text_of(message)), text_of(message)
    return message


def previewed(bench: Bench, words: str, room: str = ROOM) -> Message:
    message = ask(bench, words, room)
    bench.slack.press("UADA", message, SHARE)
    return shown(bench, message, POST)


def public(bench: Bench, room: str = ROOM) -> list[Message]:
    return bench.slack.channel(room, "nobody")


def posted(bench: Bench, room: str = ROOM, number: int = 1) -> Message:
    assert bench.slack.wait_for(lambda: len(public(bench, room)) >= number)
    return public(bench, room)[-1]


def value(message: Message, label: str) -> str:
    found = [e for _, e in interactive(message.blocks) if e.get("text", {}).get("text") == label]
    return str(found[0]["value"])


def drawn(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Blocks without the ids that Slack gives them."""
    return [{k: v for k, v in block.items() if k != "block_id"} for block in blocks]


@pytest.mark.parametrize(
    "words", ["L4", "L4 teaching", "compare L3 L4", "compare L3 L4 teaching", "next", ""]
)
def test_the_channel_gets_exactly_what_the_preview_showed(bench: Bench, words: str) -> None:
    preview = previewed(bench, words)
    assert public(bench) == [], "nothing is posted before the sharer says so"
    assert "Shared by @UADA from the career ladder" in text_of(preview)
    inside = drawn(preview.blocks)[2:-2]
    bench.slack.press("UADA", preview, POST)
    seen = posted(bench)
    assert drawn(seen.blocks) == inside
    assert not seen.ephemeral
    shown(bench, preview, "Everybody here can read it now")
    assert len(public(bench)) == 1


def test_not_now_brings_the_answer_back(bench: Bench) -> None:
    message = ask(bench, "L4 teaching")
    before = drawn(message.blocks)
    bench.slack.press("UADA", message, SHARE)
    bench.slack.press("UADA", shown(bench, message, NOT_NOW), NOT_NOW)
    shown(bench, message, SHARE)
    assert drawn(message.blocks) == before
    assert public(bench) == []


def test_where_the_sharer_stands_is_not_in_it(bench: Bench) -> None:
    for words, private in (("", "where you stand"), ("next", "comes after L3")):
        assert private in text_of(ask(bench, words))
        preview = previewed(bench, words)
        assert private not in text_of(preview)
        bench.slack.press("UADA", preview, POST)
        shown(bench, preview, "Posted")
    everything = "\n".join(text_of(message) + message.text for message in public(bench))
    assert not [w for w in ("you stand", "after L3", "Log an example") if w in everything]


def test_a_double_click_posts_once(bench: Bench) -> None:
    preview = previewed(bench, "L4")
    pressed = [e for _, e in interactive(preview.blocks) if e["action_id"] == "ladder.post"]
    row = {"type": "actions", "block_id": "b", "elements": pressed}
    for _ in range(3):
        bench.slack.people.act_on_message("UADA", preview, row, pressed[0], None)
    shown(bench, preview, "Posted")
    assert not bench.slack.wait_for(lambda: len(public(bench)) > 1, 0.4)


def test_the_same_page_may_be_shared_again_later(bench: Bench) -> None:
    for number in (1, 2):
        preview = previewed(bench, "L4")
        bench.slack.press("UADA", preview, POST)
        posted(bench, number=number)


@pytest.mark.parametrize(
    "forged",
    [
        pack(Share("vote for @here", seen="x", once="1")),
        pack(Share("my level", seen="x", once="2")),
        pack(Share("L9", seen="", once="3")),
        pack(Share("L4 teaching", seen="0123456789abcdef", once="4")),
    ],
)
def test_forged_values_post_nothing(bench: Bench, forged: str) -> None:
    message = ask(bench, "L4")
    bench.forge("UADA", message, "ladder.post", forged)
    assert bench.slack.wait_for(
        lambda: any(w in text_of(message) for w in ("cannot be shared", "look again"))
    )
    assert public(bench) == []
    assert "vote for" not in text_of(message)


def test_nonsense_in_place_of_a_value_gets_a_plain_answer(bench: Bench) -> None:
    for action in ("ladder.share", "ladder.post"):
        bench.forge("UADA", ask(bench, "L4"), action, '{"v":99}')
    there = bench.slack.wait_for(
        lambda: any("older version" in text_of(m) for m in bench.slack.channel(ROOM, "UADA"))
    )
    assert there
    assert public(bench) == []


def test_a_ladder_that_changed_meanwhile_is_shown_again_first(bench: Bench) -> None:
    preview = previewed(bench, "L4 teaching")
    carried = unpack(Share, value(preview, POST))
    changed = pack(Share(carried.words, carried.page, carried.examples, "f" * 16, carried.once))
    bench.forge("UADA", preview, "ladder.post", changed)
    shown(bench, preview, "The ladder has changed meanwhile")
    assert public(bench) == []
    bench.slack.press("UADA", preview, POST)
    assert "Teaching and Mentoring" in text_of(posted(bench))


@pytest.mark.parametrize("kind", ["private", "direct"])
def test_it_works_the_same_where_the_bot_is_no_member(bench: Bench, kind: str) -> None:
    add = {
        "private": bench.slack.add_private_channel,
        "direct": bench.slack.add_direct_messages,
    }[kind]
    add("leads", ["UADA", "UMIA"])
    preview = previewed(bench, "L4 teaching", "leads")
    bench.slack.press("UADA", preview, POST)
    assert "Shared by @UADA" in text_of(posted(bench, "leads"))
    assert bench.slack.called("chat.postMessage") == [], "it goes by the answer's own address"


def test_alone_with_the_bot_there_is_nobody_to_share_with(bench: Bench) -> None:
    bench.slack.open_messages_tab("UADA")
    assert SHARE not in bench.say("UADA", "/ladder L4")
    bench.slack.press("UADA", bench.slack.open_home("UADA"), "My level")
    assert SHARE not in text_of(bench.modal("UADA", "Career ladder"))


@pytest.mark.parametrize("words", ["xyzzy", "l9", "lead senior staff nonsense"])
def test_what_is_not_the_ladders_cannot_be_shared(bench: Bench, words: str) -> None:
    assert SHARE not in text_of(ask(bench, words))


def test_a_page_of_several_says_which_one_it_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ladder.showing.paging.PAGE_CHARS", 4_000)
    message = ask(bench, "L4")
    bench.slack.press("UADA", message, "Show 20 examples")
    bench.slack.press("UADA", shown(bench, message, "Page 1 of 2"), "Read on")
    bench.slack.press("UADA", shown(bench, message, "Page 2 of 2"), SHARE)
    bench.slack.press("UADA", shown(bench, message, POST), POST)
    said = text_of(posted(bench))
    assert "from the career ladder · page 2 of 2" in said
    assert "Security Operations L4: Technical Lead" in said, "a later page says what it is of"
    assert "Domain expertise" not in said
    assert "I was at ease in drawing one vision" in said


def test_whoever_presses_on_a_shared_page_reads_alone(bench: Bench) -> None:
    bench.slack.press("UADA", previewed(bench, "L4"), POST)
    page = posted(bench)
    before = drawn(page.blocks)
    pressed: Answer = bench.slack.press("UMIA", page, "Read it for myself")
    assert pressed.ok
    assert bench.slack.wait_for(lambda: len(bench.slack.channel(ROOM, "UMIA")) == 2)
    alone = bench.slack.channel(ROOM, "UMIA")[-1]
    assert alone.only_for == "UMIA"
    assert "where you stand" in text_of(alone)
    assert drawn(page.blocks) == before
    assert len(public(bench)) == 1


def test_an_address_that_is_used_up_says_to_ask_again(bench: Bench) -> None:
    preview = previewed(bench, "L4")
    bench.slack.reply_addresses.most_uses = 0
    bench.slack.press("UADA", preview, POST)
    assert "Please ask again" in bench.dm("UADA", 1)
    assert public(bench) == []
    bench.slack.refusals.clear()


def test_a_post_that_slack_did_not_take_can_be_pressed_again(bench: Bench) -> None:
    preview = previewed(bench, "L4")
    uses = bench.slack.reply_addresses.most_uses
    bench.slack.reply_addresses.most_uses = 0
    bench.slack.press("UADA", preview, POST)
    assert "Please ask again" in bench.dm("UADA", 1)
    bench.slack.refusals.clear()
    bench.slack.reply_addresses.most_uses = uses
    bench.slack.press("UADA", preview, POST)
    shown(bench, preview, "Posted")
    assert len(public(bench)) == 1


@pytest.mark.parametrize("action", ["ladder.share", "ladder.post", "ladder.ask"])
def test_no_forged_press_changes_what_everybody_reads(bench: Bench, action: str) -> None:
    bench.slack.press("UADA", previewed(bench, "L4"), POST)
    page = posted(bench)
    before = drawn(page.blocks)
    bench.forge("UMIA", page, action, pack(Share("L5 security operations", seen="x", once="1")))
    assert bench.slack.wait_for(lambda: len(bench.slack.channel(ROOM, "UMIA")) == 2)
    assert bench.slack.channel(ROOM, "UMIA")[-1].only_for == "UMIA"
    assert drawn(page.blocks) == before


def test_an_address_that_lasted_too_long_says_to_ask_again(bench: Bench) -> None:
    preview = previewed(bench, "L4")
    bench.slack.reply_addresses.lifetime_s = -1
    bench.slack.press("UADA", preview, POST)
    assert "Please ask again" in bench.dm("UADA", 1)
    bench.slack.refusals.clear()


def test_what_was_typed_into_a_search_is_not_shared(bench: Bench) -> None:
    ladder = bench.bot.ladder
    level = ladder.tracks[0].levels[0]
    said = level.expects[0].statements[0].text
    hit = Hit(Found.STATEMENT, said, ladder.tracks[0], level, level.expects[0].competency)
    search = SearchAnswer("raise for Bob " + said.split()[1], (hit,))
    drawing = draw(search, Scene(ladder, None, Ask()))
    page = public_page(drawing, Ask(), ADA)
    assert "Bob" in drawing.headline
    visible = re.sub(r'"value": ?"[^"]*"', "", text_of({**page}) + page["text"])
    assert "Bob" not in visible
    assert said in visible.replace("*", "")
