"""Preparation: the partner's alone, in their own morning, and silent about all that is private."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding.model import PREPARATION
from bot.one_on_ones.reminding.moments import prepare_at
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.page.scenes import add, confirmed, promise, with_pair
from tests.one_on_ones.reminding.scenes import MORNING_BEFORE, about, ends, erased, latest
from tests.sharing.scenes import add as log_example
from tests.sharing.scenes import share

SECOND = "2026-12-07T10:00:00+01:00"
YOURS = "*Your one-on-one with @UADA*"


@pytest.fixture
def pair(bench: Bench) -> Pair:
    return with_pair(bench)


def test_the_partner_reads_the_agenda_and_the_promises_of_both(bench: Bench, pair: Pair) -> None:
    for number in range(6):
        add(bench, pair, f"topic {number}", user="UMIA" if number % 2 else "UADA")
    promise(bench, pair, "ask for the budget", owner="UMIA", due=date(2026, 12, 3))
    promise(bench, pair, "write the runbook", owner="UADA")
    bench.tick(SECOND)
    (text,) = about(bench, YOURS)
    assert "2026-12-08 13:00" in text
    assert "*On the agenda* (6)" in text
    assert "topic 3" in text
    assert "topic 4" not in text
    assert "and 2 more on your page" in text
    assert "*You promised* (1)\n• ask for the budget _(7 days ago, was due 3 Dec 2026)_" in text
    assert "*@UADA promised* (1)\n• write the runbook _(7 days ago)_" in text
    assert about(bench, YOURS, "UADA") == []


@pytest.mark.usefixtures("pair")
@on_sqlite
def test_with_nothing_to_prepare_by_nothing_comes(bench: Bench) -> None:
    log_example(bench, "e1", "I taught the rota.")
    bench.tick(SECOND)
    assert about(bench, "one-on-one with") == []
    assert ends(bench, PREPARATION) == {"suppressed": 1}


@on_sqlite
def test_whether_the_engineer_logged_anything_makes_no_difference(bench: Bench, pair: Pair) -> None:
    add(bench, pair, "a topic")
    bench.tick("2026-12-07T10:00:00+01:00")
    log_example(bench, "e1", "I taught the rota.")
    bench.tick("2026-12-14T10:00:00+01:00")
    before, after = about(bench, YOURS)
    assert before.replace("2026-12-08", "") == after.replace("2026-12-15", "")


@pytest.mark.usefixtures("pair")
@on_sqlite
def test_pages_shared_since_they_last_met_are_one_press_away(bench: Bench) -> None:
    bench.tick("2026-12-03T10:00:00+01:00")
    log_example(bench, "e1", "I taught the rota.")
    share(bench, "e1")
    (page,) = about(bench, "shared these examples with you")
    assert page.endswith("[Open our page] [My private notes]")
    bench.tick(SECOND)
    (text,) = about(bench, YOURS)
    assert "@UADA shared 1 example with you" in text
    bench.slack.press("UMIA", latest(bench, words=YOURS), "Open")
    assert bench.modal("UMIA", "Shared with you")
    bench.tick("2026-12-14T10:00:00+01:00")
    assert len(about(bench, YOURS)) == 1, "nothing new was shared since"


@on_sqlite
def test_a_pair_that_is_not_confirmed_prepares_nobody(bench: Bench) -> None:
    with_pair(bench)
    ben, now = bench.member("UBEN"), bench.bot.now()
    rhythm = bench.bot.pairs.of(bench.member("UADA"))[0].rhythm
    bench.bot.pairs.propose(ben, ben, None, rhythm, now)
    bench.tick(SECOND)
    assert ends(bench, PREPARATION, "UBEN") == {}


@on_sqlite
def test_it_is_not_sent_once_the_pair_has_ended(bench: Bench, pair: Pair) -> None:
    add(bench, pair, "a topic")
    bench.bot.pairs.plan_due(bench.set_clock(SECOND))
    bench.bot.pairs.end(bench.member("UADA"), pair.id, bench.bot.now())
    bench.tick(SECOND)
    assert about(bench, YOURS) == []
    assert ends(bench, PREPARATION) == {"suppressed": 1}


@on_sqlite
def test_it_is_not_sent_once_the_manager_has_changed(bench: Bench, pair: Pair) -> None:
    add(bench, pair, "a topic")
    now = bench.set_clock(SECOND)
    bench.bot.pairs.plan_due(now)
    ada = bench.bot.people.get(bench.member("UADA"))
    bench.bot.people.place_myself(ada.member, ada.track_id, ada.level_id, "ULENA", now)
    bench.bot.people.managers.answer(bench.member("ULENA"), ada.member, yes=True, now=now)
    bench.tick(SECOND)
    assert about(bench, YOURS) == []


def test_it_goes_with_the_engineer_who_is_erased(bench: Bench, pair: Pair) -> None:
    add(bench, pair, "a topic")
    bench.bot.pairs.plan_due(bench.set_clock(SECOND))
    erased(bench, "UADA")
    bench.tick(SECOND)
    assert about(bench, YOURS) == []
    assert ends(bench, PREPARATION) == {}


@on_sqlite
def test_one_that_is_moved_says_the_new_time_and_a_skipped_one_nothing(bench: Bench) -> None:
    pair = with_pair(bench)
    add(bench, pair, "a topic")
    now = bench.set_clock(SECOND)
    bench.bot.pairs.plan_due(now)
    (held,) = bench.bot.pairs.of(bench.member("UADA"))
    assert held.meeting
    bench.bot.pairs.move(bench.member("UADA"), pair.id, held.meeting.slot, None, now)
    bench.tick(SECOND)
    assert about(bench, YOURS) == []


@on_sqlite
def test_it_waits_while_the_partner_is_not_to_be_disturbed(bench: Bench, pair: Pair) -> None:
    add(bench, pair, "a topic")
    now = bench.set_clock(SECOND)
    bench.slack.set_dnd("UMIA", now, datetime.fromisoformat("2026-12-07T11:00:00+01:00"))
    bench.tick(SECOND)
    assert about(bench, YOURS) == []
    bench.tick("2026-12-07T11:00:00+01:00")
    assert len(about(bench, YOURS)) == 1


def test_two_bots_send_one(bench: Bench, replica: Bench) -> None:
    pair = with_pair(bench)
    add(bench, pair, "a topic")
    bench.tick(SECOND)
    replica.tick(SECOND)
    assert len(about(bench, YOURS)) == 1


@on_sqlite
def test_the_partner_gets_it_in_their_own_morning(bench: Bench) -> None:
    with_pair(bench)
    bench.slack.add_user("UKEN", "ken", "Ken", "ken@example.com", "America/New_York")
    pair = confirmed(bench, "UBEN", "UKEN")
    add(bench, pair, "a topic", user="UBEN")
    bench.tick(SECOND)
    assert about(bench, "*Your one-on-one with @UBEN*", "UKEN") == []
    bench.tick("2026-12-07T09:59:00-05:00")
    assert about(bench, "*Your one-on-one with @UBEN*", "UKEN") == []
    bench.tick("2026-12-07T10:00:00-05:00")
    assert len(about(bench, "*Your one-on-one with @UBEN*", "UKEN")) == 1


@pytest.mark.parametrize(
    ("zone", "now", "moment"),
    [
        ("Europe/Berlin", MORNING_BEFORE, MORNING_BEFORE),
        ("America/New_York", MORNING_BEFORE, "2026-11-30T10:00:00-05:00"),
        ("Asia/Kolkata", MORNING_BEFORE, MORNING_BEFORE),
        ("Asia/Tokyo", MORNING_BEFORE, "2026-12-01T10:00:00+09:00"),
        ("Pacific/Kiritimati", MORNING_BEFORE, "2026-12-01T10:00:00+14:00"),
    ],
)
def test_their_morning_is_before_the_meeting_wherever_they_are(
    zone: str, now: str, moment: str
) -> None:
    meeting = datetime.fromisoformat("2026-12-01T14:00:00+01:00")
    found = prepare_at(meeting, ZoneInfo(zone), datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(moment)
