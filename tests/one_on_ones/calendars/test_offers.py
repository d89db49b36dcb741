"""Between a calendar and the choice of its meeting: any replica, half an hour, and sealed."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

import pytest

from bot.one_on_ones.calendars.held import Offer
from bot.one_on_ones.calendars.model import (
    CalendarForgotten,
    CalendarProblem,
    Marks,
    Trouble,
    key_of,
)
from bot.one_on_ones.calendars.reading import read
from bot.one_on_ones.calendars.store import calendar_offers
from bot.one_on_ones.pairs.rhythm import Rhythm
from bot.storage.crypto import SealError
from playground.local_slack import text_of
from playground.local_slack.outbox import Replicas
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.calendars.server import Calendars, gives
from tests.one_on_ones.calendars.test_conversation import BOTH, asked_for_the_address
from tests.one_on_ones.calendars.test_following import WEEKLY, alone, next_at
from tests.one_on_ones.calendars.test_reading import BERLIN, DECEMBER, OCTOBER, meetings
from tests.one_on_ones.calendars.texts import (
    GOOGLE,
    GOOGLE_EACH_TUESDAY,
    GOOGLE_TWO_HOURS_LATER_FROM_NOVEMBER,
    OUTLOOK,
    OUTLOOK_FORTNIGHT,
    OUTLOOK_UID,
    calendar,
    event,
)

TUESDAY = {"Which one is your one-on-one?": "Ada / Mia · every week · next Tue 13 Oct 14:00"}


def payloads_go_to(*benches: Bench) -> Replicas:
    slack = benches[0].slack
    return slack.connect_replicas(*(f"{each.url}/slack/events" for each in benches))


def offered(bench: Bench, server: Calendars) -> None:
    """Ada has given her calendar, and is asked to choose."""
    asked_for_the_address(bench)
    bench.slack.submit("UADA", {"Address of the calendar": server.address})
    bench.modal("UADA", "Choose the meeting")


def test_given_to_one_replica_and_chosen_at_another(
    bench: Bench, replica: Bench, server: Calendars
) -> None:
    """Which is a restart in between, too: the other one has nothing in its memory."""
    pair = alone(bench, server, BOTH)
    payloads_go_to(bench)
    offered(bench, server)
    payloads_go_to(replica)
    assert not bench.slack.submit("UADA", TUESDAY).errors
    assert "Saved" in text_of(bench.modal("UADA", "Saved"))
    assert next_at(replica, pair) == "10-13 12:00"
    assert not bench.rows("calendar_offers"), "and what was not chosen is gone"


def test_a_form_that_reaches_two_replicas_is_one_choice(
    bench: Bench, replica: Bench, server: Calendars
) -> None:
    alone(bench, server, BOTH)
    replica.bot.calendars.fetching = bench.bot.calendars.fetching
    payloads_go_to(bench)
    offered(bench, server)
    replicas = payloads_go_to(bench, replica)
    assert not bench.slack.submit("UADA", TUESDAY).errors
    bench.modal("UADA", "Saved")
    assert ["Saved" in str(each.body) for each in replicas.answers] == [True, True]
    assert len(bench.rows("calendars")) == 1


def test_it_is_sealed_for_its_person_and_its_pair(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server, BOTH)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    (row,) = bench.rows("calendar_offers")
    raw = b" ".join(bytes(v) for v in row.values() if isinstance(v, bytes | memoryview))
    assert not any(word in raw for word in (b"canary", b"Ada", WEEKLY.encode()))
    bench.place("UMIA")
    other = bench.bot.pairs.propose(mia, mia, None, None, now)
    bench.bot.calendars.look(mia, other.id, server.address, now)
    (hers,) = (each for each in bench.rows("calendar_offers") if each["set_by"] == "UMIA")
    with bench.bot.database.write() as tx:
        of_mia = calendar_offers.c.set_by == "UMIA"
        tx.execute(calendar_offers.update().where(of_mia).values(offer=bytes(row["offer"])))
    assert hers["offer"] != row["offer"]
    with pytest.raises(SealError):
        bench.bot.calendars.follow(mia, other.id, key_of(WEEKLY), now)


@on_sqlite
def test_nobody_chooses_from_what_another_gave_nor_for_another_pair(
    bench: Bench, server: Calendars
) -> None:
    pair = alone(bench, server)
    bench.place("UMIA")
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    other = bench.bot.pairs.propose(mia, mia, None, None, now)
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    for member, pair_id in ((mia, pair.id), (mia, other.id), (ada, other.id)):
        with pytest.raises(CalendarForgotten):
            bench.bot.calendars.follow(member, pair_id, key_of(WEEKLY), now, "a deed")
    assert not bench.rows("calendars")


@on_sqlite
def test_both_sides_of_a_pair_may_choose_at_the_same_time(bench: Bench, server: Calendars) -> None:
    alone(bench, server)
    ada, mia, now = bench.member("UADA"), bench.member("UMIA"), bench.bot.now()
    pair = bench.bot.pairs.propose(ada, ada, mia, Rhythm(date(2026, 10, 12), time(14)), now)
    bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)
    bench.bot.calendars.look(mia, pair.id, server.address, now)
    server.answers[server.path] = gives(calendar(OUTLOOK_FORTNIGHT))
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    bench.bot.calendars.follow(mia, pair.id, key_of(WEEKLY), now)
    assert next_at(bench, pair) == "10-13 12:00"
    bench.bot.calendars.follow(ada, pair.id, key_of(OUTLOOK_UID), now)
    (row,) = bench.rows("calendars")
    assert row["set_by"] == "UADA"
    assert next_at(bench, pair) == "11-12 14:00", "and nothing of the one before is left"


@on_sqlite
def test_it_is_held_for_half_an_hour_and_then_swept(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    late = now + timedelta(minutes=30)
    with pytest.raises(CalendarForgotten):
        bench.bot.calendars.follow(ada, pair.id, key_of(WEEKLY), late)
    bench.bot.tidy(late - timedelta(seconds=1))
    assert bench.rows("calendar_offers")
    bench.bot.tidy(late)
    assert not bench.rows("calendar_offers")


@on_sqlite
def test_an_older_menu_chooses_nothing_else(bench: Bench, server: Calendars) -> None:
    """A second calendar was given meanwhile: the first one in the menu is another there."""
    pair = alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    (older,) = bench.bot.calendars.look(ada, pair.id, server.address, now)
    server.answers[server.path] = gives(calendar(OUTLOOK_FORTNIGHT))
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    assert len(bench.rows("calendar_offers")) == 1
    with pytest.raises(CalendarProblem) as caught:
        bench.bot.calendars.follow(ada, pair.id, older.key, now)
    assert caught.value.trouble is Trouble.SERIES_GONE
    assert not bench.rows("calendars")


@on_sqlite
def test_it_goes_with_the_pair_and_with_its_person(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server)
    ada, now = bench.member("UADA"), bench.bot.now()
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    assert bench.bot.calendars.records_of(ada)[2].rows == ((server.address, now),)
    with bench.bot.database.write() as tx:
        bench.bot.calendars.erase(tx, ada)
    assert not bench.rows("calendar_offers")
    bench.bot.calendars.look(ada, pair.id, server.address, now)
    bench.bot.pairs.end(ada, pair.id, now)
    assert not bench.rows("calendar_offers")


SPLIT = calendar(GOOGLE_EACH_TUESDAY, GOOGLE_TWO_HOURS_LATER_FROM_NOVEMBER)


@pytest.mark.parametrize(
    ("content", "uid"), [(GOOGLE, WEEKLY), (OUTLOOK, OUTLOOK_UID), (SPLIT, WEEKLY)]
)
def test_what_is_held_is_the_series_and_nothing_else(content: bytes, uid: str) -> None:
    dentist = event("DTSTART:20261007T080000Z", uid="other", title="Dentist")
    whole = content.replace(b"END:VCALENDAR", f"{dentist}\nEND:VCALENDAR".encode())
    held = read(whole, BERLIN, OCTOBER, DECEMBER).content
    assert not any(word in held for word in (b"Dentist", b"mailto", b"VALARM", b"DESCRIPTION"))
    expected = meetings(whole, uid, BERLIN, OCTOBER, DECEMBER)
    assert len(expected) > 2
    assert meetings(held, uid, BERLIN, OCTOBER, DECEMBER) == expected


def test_what_is_held_is_never_large() -> None:
    """A row for each person, whatever the server of a calendar makes up."""
    noise = random.Random(1).randbytes(2_000_000)
    with pytest.raises(CalendarProblem) as caught:
        Offer("", Marks(), (), noise).packed()
    assert caught.value.trouble is Trouble.TOO_MUCH
    small = Offer("https://…", Marks("1", ""), ("a", "b"), b"x" * 2_000_000)
    assert Offer.of(small.packed()) == small
