"""One meeting is moved or skipped, or there is none for a while; the other side hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.one_on_ones.pairs.rhythm import Cadence
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.pairs.scenes import (
    MONDAYS,
    decided,
    listed,
    met,
    pair_of,
    pressed,
    submitted,
)


def moving(bench: Bench, user: str = "UADA") -> None:
    pressed(bench, user, "Move or skip")
    bench.modal(user, "Move or skip")


def test_either_side_moves_the_next_one(adas: Bench) -> None:
    met(adas)
    moving(adas, "UMIA")
    answer = adas.slack.submit("UMIA", {"Move it to": "2026-12-09", "Time": "11:00"})
    assert not answer.errors
    said = text_of(adas.modal("UMIA", "Moved"))
    assert "The next one is 2026-12-09 10:00 UTC" in said and "@UADA is told" in said
    told = adas.hears("UADA", "@UMIA moved your one-on-one from 2026-12-07 13:00 UTC to 2026-12-09")
    assert "[Change]" in told
    assert "2026-12-09 10:00 UTC" in listed(adas)


def test_what_is_over_or_far_away_is_refused(ada: Bench) -> None:
    met(ada)
    moving(ada)
    for day, problem in (("2026-11-30", "That time is over"), ("2027-06-01", "two months")):
        answer = ada.slack.submit("UADA", {"Move it to": day})
        assert problem in str(answer.errors)
    assert ada.rows("pair_moves") == []


def test_the_next_one_is_skipped(ada: Bench) -> None:
    met(ada)
    moving(ada)
    ada.slack.press("UADA", ada.modal("UADA"), "Skip this one")
    said = text_of(ada.modal("UADA", "Skipped"))
    assert "The next one is 2026-12-14 13:00 UTC" in said
    ada.hears("UMIA", "@UADA skipped your one-on-one of 2026-12-07 13:00 UTC")


def test_a_quarter_is_skipped(ada: Bench) -> None:
    met(ada)
    moving(ada)
    ada.slack.press("UADA", ada.modal("UADA"), "Pause …")
    ada.modal("UADA", "Pause")
    assert not ada.slack.submit("UADA", {"No one-on-one before": "2027-04-01"}).errors
    assert "The next one is 2027-04-05 12:00 UTC" in text_of(ada.modal("UADA", "Paused"))
    ada.hears("UMIA", "@UADA paused your one-on-ones until 1 Apr 2027")
    assert "Paused until 1 Apr 2027" in listed(ada, "UMIA")


def test_a_change_begins_with_the_day_of_the_rhythm_not_with_one_that_was_moved(
    ada: Bench,
) -> None:
    pair = met(ada)
    now = ada.bot.now()
    moved_to = now.replace(day=9)
    ada.bot.pairs.move(ada.member("UMIA"), pair.id, "2026-12-07", moved_to, now)
    pressed(ada, "UADA", "Change")
    ada.modal("UADA", "My one-on-one")
    answer = ada.slack.submit("UADA", {"Time": "16:00"})
    assert not answer.errors
    assert "every week on Monday at 16:00" in text_of(ada.modal("UADA", "Saved"))
    ada.hears("UMIA", "@UADA changed your one-on-one: every week on Monday at 16:00")


def test_a_calendars_meeting_is_moved_in_the_calendar(ada: Bench) -> None:
    met(ada, rhythm=None)
    assert "as a calendar says" in listed(ada)
    moving(ada)
    assert "move or skip it there" in text_of(ada.modal("UADA"))


def test_who_prepares_alone_skips_without_telling_anybody(ada: Bench) -> None:
    pressed(ada, "UADA", "Set one up")
    submitted(ada, "UADA", **{"With whom": ""})
    moving(ada)
    ada.slack.press("UADA", ada.modal("UADA"), "Skip this one")
    assert "told" not in text_of(ada.modal("UADA", "Skipped"))
    assert ada.slack.wait_for(lambda: "2026-12-14" in str(ada.slack.called("views.update")[-1]))
    assert ada.slack.wait_for(lambda: len(ada.slack.called("views.update")) == 3)
    decided(ada, "UADA", "End")
    assert pair_of(ada)["state"] == "ended"
    assert ada.rows("parcels") == []


@pytest.mark.parametrize("what", ["change", "pause"])
@on_sqlite
def test_what_is_decided_in_a_meeting_is_about_those_to_come(adas: Bench, what: str) -> None:
    pair, me = met(adas), adas.member("UADA")
    adas.bot.pages.add_agenda(me, pair.id, "The rota", "", adas.bot.now())
    now = adas.set_clock("2026-12-07T14:30:00+01:00")
    if what == "change":
        fortnights = replace(MONDAYS, first=date(2026, 12, 14), cadence=Cadence.FORTNIGHTLY)
        after = adas.bot.pairs.change(me, pair.id, fortnights, now)
    else:
        after = adas.bot.pairs.pause(me, pair.id, date(2026, 12, 14), now)
    assert after.meeting and after.meeting.slot == "2026-12-14"
    assert adas.bot.pages.history(me, pair.id, 0, now)[1] == 1
    adas.tick("2026-12-07T14:45:00+01:00")
    assert "wrap-up" not in [row["kind"] for row in adas.rows("parcels") if row["message_ts"]]
    adas.tick("2026-12-07T15:01:00+01:00")
    adas.hears("UADA", "After your one-on-one with @UMIA")
    assert adas.bot.pages.history(me, pair.id, 0, adas.bot.now())[1] == 1


def test_a_yes_in_the_meeting_itself_counts_it(ada: Bench) -> None:
    me, mia = ada.member("UADA"), ada.member("UMIA")
    pair = ada.bot.pairs.propose(me, me, mia, MONDAYS, ada.bot.now())
    ada.bot.pairs.answer(mia, pair.id, yes=True, now=ada.set_clock("2026-12-07T14:10:00+01:00"))
    assert ada.bot.pages.history(mia, pair.id, 0, ada.bot.now())[1] == 1


def test_the_meeting_that_has_begun_can_still_begin_later(ada: Bench) -> None:
    pair, me = met(ada), ada.member("UADA")
    now = ada.set_clock("2026-12-07T14:05:00+01:00")
    later = now + timedelta(hours=2)
    after = ada.bot.pairs.move(me, pair.id, "2026-12-07", later, now)
    assert after.meeting and after.meeting.starts_at == later
    assert ada.bot.pages.history(me, pair.id, 0, now)[1] == 0
