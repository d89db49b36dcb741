"""Ladders, examples and promises of every kind, and what a pre-read may say of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from bot.journal.model import Entry, Mark, Pin, Source
from bot.ladder.model import Competency, Expectation, Ladder, Level, RetiredCompetency, Statement
from bot.ladder.model import Track as LadderTrack
from bot.one_on_ones.preread.mirror import mirror
from bot.one_on_ones.preread.model import MOST, YEAR, Facts, Promise
from bot.people.model import IMPORTED, Person
from bot.people.standing import expected_of
from bot.slack.member import Member

TODAY = date(2026, 12, 3)
NOW = datetime(2026, 12, 3, 9, tzinfo=UTC)
ADA, MIA, BEN = (Member("T1", each) for each in ("UADA", "UMIA", "UBEN"))
NAMES = ("Teaching", "Craft & care", "Customer Success", "Culture", "Delivery")
STORIES = (
    "I taught the rota to our new analyst, and now she is on call without me.",
    "fixed the build",
    "Rewrote the runbook <b>with the team</b> because nobody understood step 7; 12 pages became 3.",
    "Ich habe die neue Kollegin eingearbeitet.",
    "No, “never” & always: the customer got an answer within 4 days " + "of many more days " * 20,
    "8 of your 10 examples",
    "two\nlines of one thing",
)
TASKS = (
    "Find a budget for the course",
    "Ask Ben about the rota",
    "Read “Team Topologies”",
    "x " * 90,
)


def ladder() -> Ladder:
    """Five competencies of which the level expects four; a sixth became one of them."""
    named = [Competency(f"c{n}", name, "🌱" if n % 2 else "") for n, name in enumerate(NAMES)]
    says = [
        Expectation(
            each,
            (Statement(f"{each.id}-a", f"Does {each.name} alone."), Statement("p", "TBD", True)),
            ("Once upon a time.",),
        )
        for each in named[:4]
    ]
    level = Level("L3", "Engineer", 3, expects=tuple(says))
    gone = RetiredCompetency("c9", "Old", replaced_by=("c1",))
    track = LadderTrack("t", "Track", levels=(level,))
    return Ladder("id", "Ladder", "1", tuple(named), (track,), retired=(gone,))


LADDER = ladder()
PERSON = Person(ADA, "t", "L3", "Europe/Berlin", IMPORTED, NOW)


def entry(number: int, days_ago: int, under: str = "c0", text: str = STORIES[0], link: str = "",
          came_days_ago: int | None = None) -> Entry:  # fmt: skip
    """Ada's example of so many days ago."""
    came = NOW - timedelta(days=days_ago if came_days_ago is None else came_days_ago)
    day = TODAY - timedelta(days=days_ago)
    pin = Pin("1", competency="Once called this")
    return Entry(f"e{number}", ADA, under, text, link, day, Source.COMMAND, pin, came, came)


def facts(
    entries: list[Entry], *, since_days: int = 14, focus: tuple[str, ...] = (),
    promises: tuple[Promise, ...] = (), meeting: bool = True, partner: Member | None = MIA,
) -> Facts:  # fmt: skip
    """As the front door gathers them."""
    latest = sorted(entries, key=lambda e: (e.happened_on, e.created_at, e.id), reverse=True)
    since_day = TODAY - timedelta(days=since_days)
    since = datetime.combine(since_day, time(13), UTC)
    fresh = [e for e in latest if e.happened_on > since_day or e.created_at >= since]
    known = Facts(
        PERSON, LADDER, TODAY, since, since_day,
        meeting=NOW + timedelta(days=1, minutes=7) if meeting else None,
        partner=partner,
        expected=expected_of(PERSON, LADDER),
        focus=focus,
        fresh=tuple(_mark(each) for each in fresh),
        recent=tuple(fresh[:MOST]),
        marks=tuple(_mark(each) for each in latest if each.happened_on >= TODAY - YEAR),
        promises=promises,
    )  # fmt: skip
    found = mirror(known)
    wanted = {mark.entry_id for mark in found.earlier} if found else set()
    return replace(known, earlier=tuple(each for each in entries if each.id in wanted))


def _mark(each: Entry) -> Mark:
    return Mark(each.id, each.competency_id, each.happened_on, each.created_at)


@st.composite
def some_entries(draw: st.DrawFn) -> list[Entry]:
    """None to forty, more of late than before."""
    days = st.integers(0, 40) | st.integers(-1, 500)
    text = st.sampled_from(STORIES) | st.text(min_size=1, max_size=300).filter(str.strip)
    link = st.sampled_from(["", "https://example.com/pull/7|8&9\nhttps://example.com/2"])
    under = st.sampled_from(["c0", "c1", "c2", "c3", "c4", "c9", "lost"])
    each = st.tuples(days, under, text, link, st.integers(0, 500))
    found = draw(st.lists(each, max_size=40))
    return [entry(n, *e[:4], came_days_ago=min(e[4], max(e[0], 0))) for n, e in enumerate(found)]


@st.composite
def some_promises(draw: st.DrawFn) -> tuple[Promise, ...]:
    """Of both sides and a third one, some due, some late."""
    each = st.tuples(
        st.sampled_from([ADA, MIA, BEN]), st.sampled_from(TASKS), st.integers(0, 400),
        st.none() | st.integers(-90, 300),
    )  # fmt: skip
    found = draw(st.lists(each, max_size=7))
    return tuple(
        Promise(f"p{n}", owner, text, TODAY - timedelta(days=age),
                None if due is None else TODAY + timedelta(days=due))
        for n, (owner, text, age, due) in enumerate(found)
    )  # fmt: skip


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """Anything that can be known before a one-on-one."""
    return facts(
        draw(some_entries()),
        since_days=draw(st.sampled_from([1, 7, 14, 90, 300])),
        focus=tuple(draw(st.sets(st.sampled_from(["c0", "c1", "c2", "c3"]), max_size=3))),
        promises=draw(some_promises()),
        meeting=draw(st.booleans()),
        partner=draw(st.sampled_from([None, MIA])),
    )
