"""One's own notes of one-on-ones that have ended: their author reads them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.one_on_ones.pairs.model import Pair
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import add, confirmed, meet, pages, past, promise, with_pair

ADA, MIA, LENA, BEN = "UADA", "UMIA", "ULENA", "UBEN"
NOTE = {user: f"note of {user}" for user in (ADA, MIA, LENA)}
ON_THE_PAGE = ("line of", "promise of", "agreed by")
ONE = "One-on-ones"


def written(bench: Bench, partner: str = MIA) -> Pair:
    """Both sides wrote on the page, and kept a note."""
    pair = with_pair(bench)
    if partner != MIA:
        pair = confirmed(bench, ADA, partner)
    meet(bench)
    for user in (ADA, partner):
        member, now = bench.member(user), bench.bot.now()
        add(bench, pair, f"line of {user}", user)
        promise(bench, pair, f"promise of {user}", user, user)
        pages(bench).write_note(member, pair.id, NOTE[user], "", now)
        (talk,) = past(bench, pair, user)
        pages(bench).agree(member, talk.talk.id, f"agreed by {user}", "", now)
    return pair


def manager_changed(bench: Bench, pair: Pair) -> None:
    managers, ada, now = bench.bot.people.managers, bench.member(ADA), bench.bot.now()
    managers.propose(ada, ada, LENA, now)
    managers.answer(bench.member(LENA), ada, yes=True, now=now)
    assert not bench.bot.pairs.all_of(ada)[0].is_live, pair.id


def ended_by_both(bench: Bench, pair: Pair) -> None:
    bench.bot.pairs.end(bench.member(ADA), pair.id, bench.bot.now())


def opened(bench: Bench, user: str, title: str = ONE) -> str:
    bench.slack.command(user, "/ladder history")
    return text_of(bench.modal(user, title))


def read(bench: Bench, user: str) -> str:
    bench.slack.press(user, bench.slack.modal(user), "Read")
    return text_of(bench.modal(user, "Private notes"))


@pytest.mark.parametrize("ends", [manager_changed, ended_by_both])
def test_a_former_manager_reads_their_own_note_and_nothing_of_the_page(
    bench: Bench, ends: Callable[[Bench, Pair], None]
) -> None:
    pair = written(bench)
    assert "Your private notes" not in opened(bench, MIA, "Earlier one-on-ones")
    bench.slack.close_modal(MIA, whole_stack=True)
    ends(bench, pair)
    listed = opened(bench, MIA)
    assert "With @UADA · 30 Nov 2026 to 1 Dec 2026" in listed
    note = read(bench, MIA)
    assert NOTE[MIA] in note
    assert "With @UADA* · 30 Nov 2026 to 1 Dec 2026" in note
    for words in (*ON_THE_PAGE, NOTE[ADA]):
        assert words not in listed + note
    mine = opened(bench, ADA, "Earlier one-on-ones")
    assert "With @UMIA · 30 Nov 2026 to 1 Dec 2026" in mine
    assert NOTE[MIA] not in mine + read(bench, ADA)
    assert NOTE[ADA] in bench.sees(ADA)


@on_sqlite
def test_a_former_lead_does_as_well_and_a_forged_press_opens_it_to_nobody_else(
    bench: Bench,
) -> None:
    pair = written(bench, LENA)
    forged = f'{{"v":1,"pair":"{pair.id}"}}'
    for user in (LENA, MIA):  # as long as they meet, their page has it
        opened(bench, user, "Earlier one-on-ones")
        bench.forge(user, bench.modal(user), "history.note", forged)
        bench.hears(user, "no note of yours")
        bench.slack.close_modal(user, whole_stack=True)
    ended_by_both(bench, pair)
    opened(bench, LENA)
    assert NOTE[LENA] in read(bench, LENA)
    for user in (MIA, BEN):
        bench.slack.command(user, "/ladder history")
        assert "Your private notes" not in text_of(bench.modal(user))
        bench.forge(user, bench.modal(user), "history.note", forged)
        bench.hears(user, "no note of yours")
        assert NOTE[LENA] not in bench.sees(user)


@on_sqlite
def test_who_left_the_company_reads_none_and_who_erases_themselves_takes_them_away(
    bench: Bench,
) -> None:
    pair = written(bench)
    ended_by_both(bench, pair)
    notes, mia = bench.bot.history, bench.member(MIA)
    assert [each.id for each in notes.noted(mia, bench.bot.now())] == [pair.id]
    bench.slack.change_user(MIA, deleted=True)
    bench.slack.wait_for(lambda: bench.bot.history.noted(mia, bench.bot.now()) == [])
    assert notes.noted(mia, bench.bot.now()) == []
    bench.slack.change_user(MIA, deleted=False)
    assert bench.slack.wait_for(lambda: notes.noted(mia, bench.bot.now()))
    bench.bot.own_data.erase_me(bench.member(ADA), "", bench.bot.now())
    assert notes.noted(mia, bench.bot.now()) == []


@on_sqlite
def test_however_many_there_are_none_is_lost_and_the_latest_is_first(bench: Bench) -> None:
    pair, ended = with_pair(bench), []
    for number in range(23):
        now = bench.set_clock((bench.bot.now() + timedelta(days=1)).isoformat())
        pages(bench).write_note(bench.member(MIA), pair.id, f"note {number:02}", "", now)
        bench.bot.pairs.end(bench.member(ADA), pair.id, now)
        ended.append(f"note {number:02}")
        if number < 22:
            pair = confirmed(bench, ADA, MIA)
    opened(bench, MIA)
    found = []
    while True:
        view = bench.modal(MIA, ONE)
        reads = [
            block["accessory"]
            for block in view.blocks
            if block.get("accessory", {}).get("action_id", "").startswith("history.note")
        ]
        for each in reads:
            bench.slack.press(MIA, view, each["action_id"])
            found.append(text_of(bench.modal(MIA, "Private notes")).splitlines()[-1])
            bench.slack.close_modal(MIA)
        if "More notes" not in text_of(view):
            break
        before = view.hash
        bench.slack.press(MIA, view, "More notes")
        assert bench.slack.wait_for(lambda: bench.modal(MIA).hash != before)  # noqa: B023
    assert found == ended[::-1]
