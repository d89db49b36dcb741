"""What one side closes, wherever they do it, the wrap-ups of both sides show at once."""

from __future__ import annotations

import pytest

from playground.local_slack import text_of
from tests.bench import Bench
from tests.one_on_ones.page.scenes import add, promise, with_pair
from tests.one_on_ones.reminding.scenes import OVER, about, becomes, choose, latest, press

AFTER = "*After your one-on-one with"


@pytest.fixture
def wrapped(sqlite_bench: Bench) -> Bench:
    """Both have a wrap-up with a promise of each, and a line of the agenda."""
    pair = with_pair(sqlite_bench)
    promise(sqlite_bench, pair, "ask for the budget", owner="UMIA")
    promise(sqlite_bench, pair, "write the runbook", owner="UADA")
    add(sqlite_bench, pair, "the on-call rota")
    sqlite_bench.tick(OVER)
    assert len(about(sqlite_bench, AFTER)) == len(about(sqlite_bench, AFTER, "UADA")) == 1
    return sqlite_bench


def loses(bench: Bench, user: str, words: str) -> str:
    """Waits until somebody's wrap-up does not say so any more; gives what it says."""
    there = bench.slack.wait_for(lambda: words not in text_of(latest(bench, user, AFTER)))
    assert there, text_of(latest(bench, user, AFTER))
    return text_of(latest(bench, user, AFTER))


def test_what_one_closes_in_their_message_goes_from_the_others(wrapped: Bench) -> None:
    heard = len(wrapped.slack.dm("UMIA")), len(wrapped.slack.dm("UADA"))
    choose(wrapped, "budget", "Done", where=AFTER)
    assert "runbook" in loses(wrapped, "UADA", "budget")
    assert "✅ Done: “ask for the budget”." in becomes(wrapped, "✅ Done")
    choose(wrapped, "rota", "We talked about it", user="UADA", where=AFTER)
    assert "runbook" in loses(wrapped, "UMIA", "rota")
    choose(wrapped, "runbook", "Drop it, with a reason", where=AFTER)
    wrapped.modal("UMIA", "Drop a promise")
    assert wrapped.slack.submit("UMIA", {"Why is it dropped?": "there is one"}).ok
    loses(wrapped, "UADA", "runbook")
    assert "✅ Dropped: “write the runbook”." in becomes(wrapped, "✅ Dropped")
    assert (len(wrapped.slack.dm("UMIA")), len(wrapped.slack.dm("UADA"))) == heard


def test_the_message_that_was_pressed_is_not_drawn_again_for_nothing(wrapped: Bench) -> None:
    choose(wrapped, "budget", "Done", where=AFTER)
    loses(wrapped, "UADA", "budget")
    wrapped.tick(OVER)  # all that the press brings has happened by then
    drawn = [call["ts"] for call in wrapped.slack.called("chat.update")]
    assert drawn == [latest(wrapped, "UADA", AFTER).ts]


def test_what_is_done_on_the_page_or_undone_there_is_so_in_both(wrapped: Bench) -> None:
    wrapped.slack.command("UADA", "/ladder page")
    wrapped.slack.select("UADA", wrapped.modal("UADA"), "ask for the budget", "Done")
    for user in ("UADA", "UMIA"):
        loses(wrapped, user, "budget")
    wrapped.slack.press("UADA", wrapped.modal("UADA"), "Undo")
    for user in ("UADA", "UMIA"):
        there = wrapped.slack.wait_for(lambda: "budget" in text_of(latest(wrapped, user, AFTER)))  # noqa: B023
        assert there


def test_that_they_did_not_meet_stands_in_both(wrapped: Bench) -> None:
    words = "What was open waits for the next one-on-one."
    press(wrapped, "We did not meet", words)
    becomes(wrapped, words, "UADA")


def test_a_message_that_is_gone_holds_nobody_up(wrapped: Bench) -> None:
    gone = latest(wrapped, "UADA", AFTER)
    wrapped.bot.client.chat_delete(channel=gone.channel, ts=gone.ts)
    choose(wrapped, "budget", "Done", where=AFTER)
    becomes(wrapped, "✅ Done")
    assert wrapped.slack.wait_for(lambda: wrapped.slack.refusals)
    assert [each.error for each in wrapped.slack.refusals] == ["message_not_found"]
    wrapped.slack.refusals.clear()
    assert about(wrapped, AFTER, "UADA") == []


def test_a_former_partner_gets_nothing_drawn(wrapped: Bench) -> None:
    (pair,) = wrapped.bot.pairs.of(wrapped.member("UADA"))
    wrapped.bot.pairs.end(wrapped.member("UADA"), pair.id, wrapped.bot.now())
    wrapped.bot.following.changed(pair, wrapped.member("UADA"))
    wrapped.bot.tick(wrapped.bot.now())
    wrapped.say("UADA", "/ladder page")
    text = becomes(wrapped, "its page is closed to you")
    assert "budget" not in text
