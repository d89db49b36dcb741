"""What people say about when they want to be asked, and what we make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nudges.when.country import known_country
from bot.nudges.when.manners import FIRST_ANCHOR, WEEKDAYS, Away, Cadence, Manners, Rhythm
from bot.nudges.when.said import Change, Kind, Misheard, hear
from bot.nudges.when.vocabulary import KNOWN
from tests.nudges.when.effort import tried

TODAY = date(2026, 11, 25)  # a Wednesday
NEXT = date(2026, 11, 26)
OFF = Manners(Rhythm(cadence=Cadence.OFF))


def heard(text: str, manners: Manners | None = None, today: date = TODAY) -> Change | Misheard:
    return hear(text, manners or Manners(), today, known_country=known_country, next_slot=NEXT)


def changed(text: str, manners: Manners | None = None, today: date = TODAY) -> Manners:
    change = heard(text, manners, today)
    assert isinstance(change, Change), change
    return change.manners


def misheard(text: str, manners: Manners | None = None, today: date = TODAY) -> str:
    found = heard(text, manners, today)
    assert isinstance(found, Misheard), found
    return found.sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fortnightly tuesday 14:00", "every second Tuesday at 14:00"),
        ("14.00 Tuesday, fortnightly", "every second Tuesday at 14:00"),
        ("tuesdays at 2pm", "every Tuesday at 14:00"),
        ("every other tue 2:30 pm", "every second Tuesday at 14:30"),
        ("biweekly weds 14.00", "every second Wednesday at 14:00"),
        ("bi-weekly on Thurs at 9:15 a.m.", "every second Thursday at 09:15"),
        ("every two weeks on tues at 14h", "every second Tuesday at 14:00"),
        ("2 weeks", "every second Thursday at 11:30"),
        ("every 2nd week on monday", "every second Monday at 11:30"),
        ("WEEKLY", "every Thursday at 11:30"),
        ("Please ask me weekly on Mondays at 10", "every Monday at 10:00"),
        ("on tuesday at 14", "every Tuesday at 14:00"),
        ("fri", "every Friday at 11:30"),
        ("at noon", "every Thursday at 12:00"),
        ("12pm", "every Thursday at 12:00"),
        ("monthly", "on the first Thursday of each month at 11:30"),
        ("once a month", "on the first Thursday of each month at 11:30"),
        ("first monday of each month 9:30", "on the first Monday of each month at 09:30"),
        ("monthly on the 15th", "on day 15 of each month at 11:30"),
        ("every month on day 31 14:00", "on day 31 of each month (or its last) at 14:00"),
        ("last day of the month", "on day 31 of each month (or its last) at 11:30"),
        ("before one-on-ones", "before each one-on-one at 11:30"),
        ("only before my 1:1s at 10:00", "before each one-on-one at 10:00"),
        ("before each 1on1", "before each one-on-one at 11:30"),
        ("off", "off"),
        ("stop", "off"),
        ("Never!", "off"),
        ("turn the nudges off, please", "off"),
    ],
)
def test_a_rhythm_is_understood_in_any_order_and_form(text: str, words: str) -> None:
    assert changed(text).rhythm.words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tuseday 14:00", "every Tuesday at 14:00"),
        ("fortnigtly wenesday", "every second Wednesday at 11:30"),
        ("weekyl", "every Thursday at 11:30"),
        ("befroe one-on-ones", "before each one-on-one at 11:30"),
    ],
)
def test_typing_errors_are_forgiven(text: str, words: str) -> None:
    assert changed(text).rhythm.words == words


RHYTHMS = st.builds(
    Rhythm,
    st.integers(0, 4),
    st.integers(9 * 60, 17 * 60 + 29).map(lambda minute: time(minute // 60, minute % 60)),
    st.sampled_from(Cadence),
    st.just(FIRST_ANCHOR),
    st.none() | st.integers(1, 31),
)


@tried(200)
@given(RHYTHMS, RHYTHMS)
def test_a_rhythm_said_back_in_its_own_words_is_that_rhythm(rhythm: Rhythm, before: Rhythm) -> None:
    assert changed(rhythm.words, Manners(before)).rhythm.words == rhythm.words


def test_what_is_not_said_stays() -> None:
    fortnightly = changed("fortnightly tuesday 14:00")
    assert changed("wednesday", fortnightly).rhythm.words == "every second Wednesday at 14:00"
    assert changed("15:00", fortnightly).rhythm.words == "every second Tuesday at 15:00"
    assert changed("tuesdays", fortnightly).rhythm.words == "every Tuesday at 14:00"
    assert changed("monthly", fortnightly).rhythm.words == (
        "on the first Tuesday of each month at 14:00"
    )
    assert changed("tuesday", OFF).rhythm.words == "every Tuesday at 11:30"
    before = changed("before one-on-ones")
    assert changed("tuesday", before).rhythm.words == "every Tuesday at 11:30"
    fifteenth = changed("monthly on the 15th")
    assert changed("at 10", fifteenth).rhythm.words == "on day 15 of each month at 10:00"
    assert changed("weekly", fifteenth).rhythm == Rhythm()


@pytest.mark.parametrize(
    ("text", "clock", "anchor"),
    [
        ("fortnightly tuesday", "10:00", "2026-12-01"),
        ("fortnightly wednesday", "10:00", "2026-11-25"),
        ("fortnightly wednesday", "11:30", "2026-12-02"),
        ("fortnightly", "10:00", "2026-11-26"),
    ],
)
def test_a_fortnight_begins_with_the_next_slot_that_can_be(
    text: str, clock: str, anchor: str
) -> None:
    change = hear(
        text, Manners(), TODAY, known_country=known_country, clock=time.fromisoformat(clock)
    )
    assert isinstance(change, Change)
    assert change.manners.rhythm.anchor.isoformat() == anchor


def test_a_fortnight_begins_after_a_pause_and_time_off_and_keeps_its_weeks_later() -> None:
    away = (Away(date(2026, 12, 7), date(2026, 12, 11)),)
    paused = replace(Manners(), paused_until=date(2026, 12, 4), away=away)
    fortnightly = changed("fortnightly thursday", paused)
    assert fortnightly.rhythm.anchor == date(2026, 12, 17)
    assert changed("fortnightly tuesday", fortnightly).rhythm.anchor == date(2026, 12, 17)


@pytest.mark.parametrize("text", ["on", "resume", "start", "Turn nudges on", "continue please"])
def test_on_ends_what_kept_them_silent(text: str) -> None:
    away = (Away(date(2026, 11, 20), date(2026, 11, 28)), Away(date(2026, 12, 24), TODAY))
    silent = replace(OFF, paused_until=date(2026, 12, 9), skipped=NEXT, away=away)
    change = heard(text, silent)
    assert change == Change(Kind.ON, replace(Manners(), away=away[1:]))


DAYS = [
    ("12 January", "2027-01-12"),
    ("January 12", "2027-01-12"),
    ("12 Jan 2027", "2027-01-12"),
    ("Jan 12th", "2027-01-12"),
    ("the 12th of January", "2027-01-12"),
    ("Tuesday, 12 January", "2027-01-12"),
    ("2027-01-12", "2027-01-12"),
    ("12.1.", "2027-01-12"),
    ("12.1", "2027-01-12"),
    ("12.01.2027", "2027-01-12"),
    ("12.01.27", "2027-01-12"),
    ("25/12", "2026-12-25"),
    ("12/25/2026", "2026-12-25"),
    ("5/5", "2027-05-05"),
    ("tomorrow", "2026-11-26"),
    ("monday", "2026-11-30"),
    ("next monday", "2026-11-30"),
    ("friday", "2026-11-27"),
    ("next friday", "2026-12-04"),
    ("wednesday", "2026-12-02"),
    ("in 2 weeks", "2026-12-09"),
    ("in a month", "2026-12-25"),
    ("next week", "2026-11-30"),
    ("next month", "2026-12-01"),
    ("next year", "2027-01-01"),
    ("24 November", "2027-11-24"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_understood_in_many_forms(text: str, day: str) -> None:
    assert heard(f"pause until {text}") == Change(
        Kind.PAUSED, replace(Manners(), paused_until=date.fromisoformat(day))
    )


def test_a_day_without_a_year_is_the_next_there_is() -> None:
    assert changed("away 29 feb", today=date(2027, 6, 1)).away == (
        Away(date(2028, 2, 29), date(2028, 2, 29)),
    )
    assert changed("away 25 Nov").away == (Away(TODAY, TODAY),)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pause for 2 weeks", "2026-12-09"),
        ("pause for a fortnight", "2026-12-09"),
        ("snooze 10 days", "2026-12-05"),
        ("pause for three months", "2027-02-25"),
        ("off until monday", "2026-11-30"),
        ("pause to 5 dec", "2026-12-05"),
    ],
)
def test_a_pause_may_be_said_by_its_length(text: str, day: str) -> None:
    assert changed(text).paused_until == date.fromisoformat(day)


def test_a_month_from_the_thirty_first_ends_with_the_shorter_month() -> None:
    assert changed("pause for 1 month", today=date(2027, 1, 31)).paused_until == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("away 21 Dec to 4 Jan", "2026-12-21", "2027-01-04"),
        ("away from 21 December through January 4", "2026-12-21", "2027-01-04"),
        ("away 21.12. – 4.1.", "2026-12-21", "2027-01-04"),
        ("away 2026-12-21 to 2027-01-04", "2026-12-21", "2027-01-04"),
        ("away until 4 January", "2026-11-25", "2027-01-03"),
        ("back on 4 January", "2026-11-25", "2027-01-03"),
        ("away 21 dec, back on 4 jan", "2026-12-21", "2027-01-03"),
        ("on holiday until monday", "2026-11-25", "2026-11-29"),
        ("vacation 21 Dec to 4 Jan", "2026-12-21", "2027-01-04"),
        ("away tomorrow", "2026-11-26", "2026-11-26"),
        ("away for a week", "2026-11-25", "2026-12-01"),
        ("away 30 Nov for 3 days", "2026-11-30", "2026-12-02"),
    ],
)
def test_time_off_is_understood(text: str, first: str, last: str) -> None:
    away = Away(date.fromisoformat(first), date.fromisoformat(last))
    assert heard(text) == Change(Kind.AWAY, replace(Manners(), away=(away,)))


def test_time_off_that_has_begun_is_this_years() -> None:
    found = changed("away 21 Dec to 4 Jan", today=date(2026, 12, 23)).away
    assert found == (Away(date(2026, 12, 23), date(2027, 1, 4)),)


def test_new_time_off_takes_the_place_of_what_it_overlaps_and_what_is_over_goes() -> None:
    over = Away(date(2026, 11, 2), date(2026, 11, 6))
    other = Away(date(2027, 2, 1), date(2027, 2, 5))
    same = Away(date(2026, 12, 21), date(2027, 1, 4))
    found = changed("away 23 Dec to 6 Jan", replace(Manners(), away=(over, same, other))).away
    assert found == (Away(date(2026, 12, 23), date(2027, 1, 6)), other)


@pytest.mark.parametrize("text", ["skip", "skip the next one", "Skip this question"])
def test_skip_skips_the_next_slot(text: str) -> None:
    assert heard(text) == Change(Kind.SKIPPED, replace(Manners(), skipped=NEXT))


def test_without_a_next_slot_there_is_nothing_to_skip() -> None:
    found = hear("skip", Manners(), TODAY, known_country=known_country)
    assert found == Misheard("No question is planned, so there is none to skip.")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("working days mon-thu", {0, 1, 2, 3}),
        ("days Sunday to Thursday", {6, 0, 1, 2, 3}),
        ("working days tue, thu and fri", {1, 3, 4}),
        ("I work mondays and thursdays", {0, 3}),
        ("working days mon – wed, thu", {0, 1, 2, 3}),
    ],
)
def test_working_days_are_understood(text: str, days: set[int]) -> None:
    assert heard(text) == Change(Kind.WORK, replace(Manners(), days=frozenset(days)))


@pytest.mark.parametrize(
    "text", ["hours 8:00-16:00", "working hours 8 to 16", "hours from 8am to 4pm", "8.00 - 16.00"]
)
def test_working_hours_are_understood(text: str) -> None:
    assert heard(text) == Change(Kind.WORK, replace(Manners(), hours=(time(8), time(16))))


def test_days_hours_and_rhythm_go_in_one_sentence() -> None:
    late = changed("working days sun-wed, hours 18:00-23:00, weekly on sunday at 20:00")
    assert (late.days, late.hours) == (frozenset({6, 0, 1, 2}), (time(18), time(23)))
    assert late.rhythm.words == "every Sunday at 20:00"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("country DE", "DE"),
        ("holidays DE-BY", "DE-BY"),
        ("country is fr", "FR"),
        ("holidays: in", "IN"),
        ("holidays of US-NY", "US-NY"),
        ("holidays off", ""),
        ("no public holidays", ""),
        ("holidays auto", None),
    ],
)
def test_a_country_is_understood(text: str, country: str | None) -> None:
    before = replace(Manners(), country="GB")
    assert heard(text, before) == Change(Kind.HOLIDAYS, replace(before, country=country))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write when you want to be asked"),
        ("please", "Write when you want to be asked"),
        ("later", "I did not understand “later”"),
        ("fortnightly tuesday 14:00 or so", "I did not understand “or”"),
        ("so " * 5 + "blah " * 500, "…”. Write for example"),
        ("tuesday 14", "I did not understand “14”"),
        ("every 3 weeks", "I did not understand “every 3 weeks”"),
        ("tuesday and friday", "I ask on one weekday at most"),
        ("fridays off", "I did not understand “fridays”"),
        ("pause", "Until when?"),
        ("pause until further notice", "Until when?"),
        ("pause until 12/1", "“12/1” can be read in two ways"),
        ("pause until 1 March 2026", "“1 March 2026” is over"),
        ("pause until 1 March 2029", "“1 March 2029” is more than a year ahead"),
        ("pause until 31 February", "There is no 31 February"),
        ("pause until 40/40", "There is no 40/40"),
        ("pause until today", "nothing to pause"),
        ("pause for 500 days", "more than a year"),
        ("away", "From when to when?"),
        ("away 4 Dec to 1 Dec 2026", "ends before it begins"),
        ("away 1 Nov 2027 for 2 months", "ends more than a year ahead"),
        ("hours 9-5", "end at 05:00, before they begin at 09:00"),
        ("25:00", "There is no 25:00 on a clock"),
        ("country", "Which country?"),
        ("country XX", "I do not know the public holidays of “XX”"),
        ("holidays DE-XX", "I do not know the public holidays of “DE-XX”"),
        ("monthly on the 32nd", "No month has a day 32"),
        ("weekly on the 3rd", "goes without a weekday"),
        ("monthly tuesday 15th", "goes without a weekday"),
        ("before one-on-ones monday", "the day is that of your talk"),
    ],
)
def test_what_cannot_be_meant_is_said_plainly(text: str, said: str) -> None:
    sentence = misheard(text)
    assert said in sentence
    assert len(sentence) < 200


@pytest.mark.parametrize(
    ("text", "said", "instead"),
    [
        ("tuesday 20:00", "You work from 09:00 to 17:30", "hours 09:00-21:00"),
        ("tuesday 23:30", "You work from 09:00 to 17:30", "hours 09:00-23:59"),
        ("saturday", "You do not work on Saturdays", "working days mon tue wed thu fri sat"),
        ("hours 18:00-23:00", "11:30 is outside that", "hours 18:00-23:00 at 18:00"),
        ("working days mon-wed", "You do not work on Thursdays", "working days mon tue wed on mon"),
    ],
)
def test_a_time_at_which_they_do_not_work_is_refused_with_words_that_work(
    text: str, said: str, instead: str
) -> None:
    sentence = misheard(text)
    assert said in sentence
    assert f"“{instead}”" in sentence
    assert changed(instead) != Manners()
    if not text.startswith(("hours", "working")):
        assert isinstance(heard(text, changed(instead)), Change)


def test_who_is_off_may_change_their_days_and_hours_freely() -> None:
    assert changed("hours 18:00-23:00, working days sat sun", OFF).hours == (time(18), time(23))


WORDS = st.lists(
    st.sampled_from(sorted(KNOWN))
    | st.sampled_from(["to", "-", "at", "on", "for", "off", "12", "14:00", "2pm", "12.1.", "1:1"])
    | st.sampled_from(["3rd", "2027-01-12", "12/1", "DE", "0", "99", "31", "2 weeks"])
    | st.text(max_size=5),
    max_size=7,
).map(" ".join)


@tried(500)
@given(WORDS, RHYTHMS)
def test_whatever_is_said_is_a_change_that_fits_or_a_sentence(text: str, rhythm: Rhythm) -> None:
    found = heard(text, Manners(rhythm))
    if isinstance(found, Misheard):
        assert found.sentence.endswith((".", "”."))
        return
    new = found.manners
    assert new.hours[0] <= new.rhythm.at < new.hours[1] or new.rhythm.cadence is Cadence.OFF
    assert new.paused_until is None or new.paused_until > TODAY
    assert all(away.first <= away.last for away in new.away)
    assert 0 <= new.rhythm.weekday < len(WEEKDAYS)
