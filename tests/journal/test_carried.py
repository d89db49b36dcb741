"""However the ladder changes, no example leaves its owner's list or the counts it belongs to."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.journal.carried import competency_now, is_reworded, statements_now, wording_of
from bot.journal.journal import Journal
from bot.journal.model import Draft, Intake, Pin, Source, Tally
from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Retired,
    SharedStatements,
    Statement,
    Track,
)
from bot.people.model import Person
from bot.slack.member import Member
from bot.storage.crypto import KeyRing
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.changed_ladders import renamed, retired, reworded

NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
TODAY = date(2026, 12, 3)
IDS = ["c0", "c1", "c2", "c3"]


def first_ladder() -> Ladder:
    competencies = tuple(Competency(each, f"Name of {each}") for each in IDS)
    expects = tuple(Expectation(c, (Statement(f"s-{c.id}", f"Do {c.id}."),)) for c in competencies)
    track = Track("t", "Track", levels=(Level("L1", "One", 1, expects=expects),))
    return Ladder("id", "Ladder", "1", competencies, (track,))


class Shelf:
    """A journal whose ladder the test changes, on one database, each time with a new owner."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.ladder = first_ladder()
        self.journal = Journal(database, KeyRing([b"k" * 32]), lambda: self.ladder)

    def start(self) -> Person:
        self.ladder = first_ladder()
        owner = Member("T1", f"U{uuid.uuid4().hex.upper()}")
        return Person(owner, "t", "L1", "UTC", "import", NOW)

    def log(self, person: Person, competency_id: str) -> str:
        entry_id = uuid.uuid4().hex
        draft = Draft(competency_id, "Something happened.", "", TODAY)
        intake = Intake(entry_id, person.member, draft, Source.COMMAND)
        self.journal.log(intake, person, now=NOW)
        return entry_id

    def listed(self, person: Person) -> list[str]:
        found, number = [], 0
        while True:
            page = self.journal.page(person.member, number)
            found += [entry.id for entry in page.entries]
            if not page.has_older:
                return found
            number += 1


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('shelf')}/rung.db")
    migrate(database)
    yield Shelf(database)
    database.close()


ANY_ID = st.sampled_from(IDS)
STEPS = st.one_of(
    st.tuples(st.just("log"), ANY_ID),
    st.tuples(st.just("reword"), ANY_ID),
    st.tuples(st.just("rename"), ANY_ID),
    st.tuples(st.just("retire"), ANY_ID, st.lists(ANY_ID, max_size=2)),
)


def changed(ladder: Ladder, number: int, what: str, which: str, *more: list[str]) -> Ladder:
    """The ladder after one step; a competency is retired only while another one is left."""
    if what == "reword":
        return reworded(ladder, which, "Again:", str(number))
    if what == "rename":
        return renamed(ladder, which, f"Name {number} of {which}")
    if len(ladder.competencies) < 2 or ladder.competency(which) is None:
        return ladder
    return retired(ladder, which, *more[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=2, max_size=14))
def test_no_example_is_ever_lost(shelf: Shelf, steps: list[tuple[str, ...]]) -> None:
    person = shelf.start()
    logged: dict[str, str] = {}
    for number, (what, which, *more) in enumerate(steps):
        if what != "log":
            shelf.ladder = changed(shelf.ladder, number, what, which, *more)  # type: ignore[arg-type]
        elif current := shelf.ladder.current(which):
            logged[shelf.log(person, which)] = current.id
    assert sorted(shelf.listed(person)) == sorted(logged)
    now = {each: shelf.ladder.current(each) for each in IDS}
    expected = Counter(now[each].id if now[each] else each for each in logged.values())  # type: ignore[union-attr]
    with shelf.database.read() as tx:
        user = person.member.user_id
        found = shelf.journal.evidence(tx, person.member.team_id, [user], TODAY)
    tally = found.get(user, Tally({}, {}))
    assert tally.counts == expected
    assert tally.last_days == dict.fromkeys(expected, TODAY)
    for entry_id, competency_id in logged.items():
        opened = shelf.journal.open(person.member, entry_id)
        assert opened.entry.competency_id == competency_id
        assert opened.wording
        assert opened.wording.statements[0].text.endswith(f"Do {competency_id}.")
        assert competency_now(shelf.ladder, opened.entry).name


def pinned(statement_id: str, track_id: str = "t") -> Pin:
    return Pin("1", track_id, "L1", statement=Statement(statement_id, "as it was"))


def with_retired(*lines: tuple[str, tuple[str, ...]]) -> Ladder:
    ladder = first_ladder()
    gone = tuple(Retired(old, "was", "c0", "L1", replaced_by=new) for old, new in lines)
    return replace(ladder, tracks=(replace(ladder.tracks[0], retired=gone),))


@pytest.mark.parametrize(
    ("lines", "leads_to"),
    [
        ([], []),
        ([("old", ())], []),
        ([("old", ("s-c1",))], ["s-c1"]),
        ([("old", ("s-c2", "s-c1"))], ["s-c2", "s-c1"]),
        ([("old", ("older", "s-c3")), ("older", ("s-c0",))], ["s-c0", "s-c3"]),
        ([("old", ("older",)), ("older", ("old", "s-c1"))], ["s-c1"]),
        ([("old", ("old",))], []),
        ([("old", ("nowhere", "s-c1", "s-c1"))], ["s-c1"]),
    ],
)
def test_a_retired_statement_leads_to_those_that_took_over(
    lines: list[tuple[str, tuple[str, ...]]], leads_to: list[str]
) -> None:
    found = statements_now(with_retired(*lines), pinned("old"))
    assert [statement.id for statement in found] == leads_to


def test_a_statement_that_lives_on_leads_to_its_words_of_today() -> None:
    ladder = reworded(first_ladder(), "c1", "Today:", "2")
    assert statements_now(ladder, pinned("s-c1")) == (Statement("s-c1", "Today: Do c1."),)
    assert statements_now(ladder, Pin("1", "t", "L1")) == ()


def test_an_id_that_two_tracks_use_means_the_one_of_the_pinned_track() -> None:
    ladder = first_ladder()
    other = replace(reworded(ladder, "c1", "Elsewhere:", "1").tracks[0], id="a")
    both = replace(ladder, tracks=(ladder.tracks[0], other))
    assert [s.text for s in statements_now(both, pinned("s-c1", "t"))] == ["Do c1."]
    assert [s.text for s in statements_now(both, pinned("s-c1", "a"))] == ["Elsewhere: Do c1."]


def test_a_shared_statement_may_take_over() -> None:
    group = SharedStatements("g", "Everyone", (Statement("shared", "We all do."),))
    ladder = replace(with_retired(("old", ("shared",))), shared=(group,))
    assert [s.text for s in statements_now(ladder, pinned("old"))] == ["We all do."]


def saying(*statements: Statement) -> Ladder:
    ladder = first_ladder()
    level = ladder.tracks[0].levels[0]
    expects = (Expectation(ladder.competencies[0], statements),)
    track = replace(ladder.tracks[0], levels=(replace(level, expects=expects),))
    return replace(ladder, tracks=(track,))


def test_other_words_are_a_rewording_and_another_order_is_none() -> None:
    one, other = Statement("one", "I plan."), Statement("other", "I build.")
    wording = wording_of(saying(one, other), "c0", "t", "L1")
    assert not is_reworded(saying(other, one), wording)
    assert is_reworded(saying(one), wording)


def test_a_placeholder_is_nothing_that_was_expected() -> None:
    ladder = saying(Statement("one", "I plan."), Statement("unwritten", "TBD", True))
    assert wording_of(ladder, "c0", "t", "L1").statements == (Statement("one", "I plan."),)
