"""Whatever somebody wrote on a page is in their export, and nothing that is not theirs to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.one_on_ones.page.model import ActionItem
from bot.one_on_ones.pairs.model import Pair
from bot.own_data.as_json import as_json
from tests.bench import Bench
from tests.one_on_ones.page.scenes import (
    add,
    confirmed,
    pages,
    past,
    promise,
    see,
    with_pair,
)

T = TypeVar("T")
ADA, MIA = SIDES = ("UADA", "UMIA")
WORDS = re.compile(r"word\d+\b")
ACTS = (
    *("add", "edit line", "remove line", "promise", "promise", "edit promise", "hand over"),
    *("done", "drop", "drop", "reopen", "agree", "agree", "agree", "clear agreed"),
    *("note", "clear note", "meet", "not held", "end"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.sampled_from(SIDES), st.integers(0, 9)), max_size=30
)


@dataclass
class Owed:
    """A promise as it has to be: whose words, who owes it, and who said why it was dropped."""

    words: str
    author: str
    owner: str
    closed_by: str = ""
    reason: str = ""


@dataclass
class Kept:
    """The words that are kept of one pair after another, by where they stand and who wrote them."""

    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    owed: dict[str, Owed] = field(default_factory=dict)
    agreed: dict[str, dict[str, str]] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, user: str) -> set[str]:
        """What has to be in that person's export, and all that may be: own words, own pages."""
        is_engineer = user == ADA
        found = {words for words, by in self.lines.values() if is_engineer or by == user}
        for each in self.owed.values():
            if is_engineer or user in (each.author, each.owner):
                found |= {each.words, each.reason}
            elif each.closed_by == user:
                found.add(each.reason)
        for wrote in self.agreed.values():
            found |= {words for by, words in wrote.items() if is_engineer or by == user}
        found |= {words for (_, by), words in self.notes.items() if by == user}
        return found - {""}


class History:
    """Ada and the other side do this and that; a pair that has ended is followed by another."""

    def __init__(self, bench: Bench, pair: Pair) -> None:
        self.bench, self.pair, self.kept = bench, pair, Kept()
        self.gone: set[str] = set()
        self._numbers = iter(range(1, 999))

    def word(self) -> str:
        return f"word{next(self._numbers)}"

    def do(self, act: str, user: str, number: int) -> None:
        bench, kept = self.bench, self.kept
        now = bench.set_clock((bench.bot.now() + timedelta(minutes=7)).isoformat())
        member, door, word = bench.member(user), pages(bench), self.word()
        if act == "add":
            kept.lines[add(bench, self.pair, word, user)] = (word, user)
        elif act in ("edit line", "remove line"):
            mine = [each for each in see(bench, self.pair, user).agenda if each.author == member]
            for item in _one(mine, number):
                if act == "edit line":
                    door.edit_agenda(member, item.id, word, "", now)
                    kept.lines[item.id] = (word, user)
                else:
                    door.remove_agenda(member, item.id, now)
                    del kept.lines[item.id]
        elif act == "promise":
            owner = SIDES[number % 2]
            kept.owed[promise(bench, self.pair, word, owner, user)] = Owed(word, user, owner)
        elif act == "note":
            door.write_note(member, self.pair.id, word, "", now)
            kept.notes[self.pair.id, user] = word
        elif act == "clear note":
            door.write_note(member, self.pair.id, "", "", now)
            kept.notes[self.pair.id, user] = ""
        elif act in ("agree", "clear agreed"):
            self.agree(user, word if act == "agree" else "", number)
        elif act in ("meet", "not held", "end"):
            self.about_meetings(act, user)
        else:
            self.about_promises(act, user, number, word)

    def about_promises(self, act: str, user: str, number: int, word: str) -> None:
        member, door, now = self.bench.member(user), pages(self.bench), self.bench.bot.now()
        closed = act == "reopen"
        for item in _one(self.promises(user, closed=closed), number):
            each = self.kept.owed[item.id]
            if act == "edit promise" and each.author == user:
                door.edit_promise(member, item.id, item.owner, word, None, "", now)
                each.words = word
            elif act == "hand over":
                each.owner = SIDES[number % 2]
                owner = self.bench.member(each.owner)
                door.edit_promise(member, item.id, owner, None, None, "", now)
            elif act == "done":
                door.done(member, item.id, now)
            elif act == "drop":
                door.drop(member, item.id, word, now)
                each.closed_by, each.reason = user, word
            elif act == "reopen":
                door.reopen(member, item.id, now)
                each.closed_by = each.reason = ""

    def promises(self, user: str, *, closed: bool) -> list[ActionItem]:
        member, now = self.bench.member(user), self.bench.bot.now()
        ids = sorted(self.kept.owed)
        every = [
            pages(self.bench).action_item(member, each, now)[1]
            for each in ids
            if each not in self.gone
        ]
        return [item for item in every if item.is_open is not closed]

    def agree(self, user: str, words: str, number: int) -> None:
        """Each side's last words of it are kept for them, whoever wrote it last."""
        talks = [each.talk for each in past(self.bench, self.pair, user)]
        for talk in _one(talks, number):
            member, now = self.bench.member(user), self.bench.bot.now()
            pages(self.bench).agree(member, talk.id, words, "", now)
            self.kept.agreed.setdefault(talk.id, {})[user] = words

    def about_meetings(self, act: str, user: str) -> None:
        bench, ada, now = self.bench, self.bench.member(ADA), self.bench.bot.now()
        meeting = see(bench, self.pair).pair.meeting
        assert meeting
        if act == "meet":
            bench.set_clock((meeting.starts_at + timedelta(hours=1, minutes=1)).isoformat())
            bench.bot.pairs.plan_due(bench.bot.now())
        elif act == "not held":
            for each in past(bench, self.pair)[:1]:
                pages(bench).did_not_take_place(ada, each.talk.id, now)
        else:
            bench.bot.pairs.end(bench.member(user), self.pair.id, now)
            self.gone |= self.kept.owed.keys()
            self.pair = confirmed(bench, ADA, MIA)

    def check(self) -> None:
        for user in SIDES:
            assert exported(self.bench, user) == self.kept.of(user), user


def exported(bench: Bench, user: str) -> set[str]:
    """The words of these tests in everything that somebody gets of their own."""
    records = bench.bot.own_data.my_records(bench.member(user), bench.bot.now())
    return set(WORDS.findall(as_json(records)))


def _one(found: list[T], number: int) -> Iterator[T]:
    """That one of them, where there is any."""
    if found:
        yield found[number % len(found)]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STEPS)
@example([("promise", ADA, 0), ("drop", MIA, 0), ("end", ADA, 0)])
@example([("meet", ADA, 0), ("agree", MIA, 0), ("agree", ADA, 0), ("end", MIA, 0)])
@example([("meet", ADA, 0), ("agree", ADA, 0), ("agree", MIA, 0), ("clear agreed", MIA, 0)])
@example([("add", MIA, 0), ("note", MIA, 0), ("note", ADA, 0), ("end", ADA, 0)])
def test_every_word_that_somebody_wrote_is_in_their_export_and_no_other(
    sqlite_bench: Bench, steps: list[tuple[str, str, int]]
) -> None:
    history = History(sqlite_bench, a_clean_page(sqlite_bench))
    for act, user, number in steps:
        history.do(act, user, number)
    history.check()
    sqlite_bench.bot.pairs.end(sqlite_bench.member(ADA), history.pair.id, sqlite_bench.bot.now())
    history.check()


def a_clean_page(bench: Bench) -> Pair:
    if not bench.rows("pairs"):
        return with_pair(bench)
    with bench.bot.database.write() as tx:
        for table in ("agenda_items", "action_items", "talks", "private_notes"):
            tx.exec_driver_sql(f"DELETE FROM {table}")
    return confirmed(bench, ADA, MIA)


def test_what_the_other_side_wrote_over_goes_with_its_author_and_stays_with_nobody_else(
    bench: Bench,
) -> None:
    """Both engines, and the words are in the file as they were."""
    history = History(bench, with_pair(bench))
    for act, user in (("meet", ADA), ("agree", MIA), ("agree", ADA), ("promise", ADA)):
        history.do(act, user, 0)
    history.do("drop", MIA, 0)
    history.check()
    mia = bench.member(MIA)
    sections = {
        each["name"]: each["rows"]
        for each in json.loads(as_json(bench.bot.own_data.my_records(mia, bench.bot.now())))[
            "sections"
        ]
    }
    (talk,), (dropped,) = sections["talks"], sections["promises"]
    assert (talk["agreed"], talk["agreed_before"], talk["agreed_before_by"]) == ("", "word2", MIA)
    assert (dropped["text"], dropped["reason"], dropped["closed_by"]) == ("", "word5", MIA)
    with bench.bot.database.write() as tx:
        pages(bench).erase(tx, mia)
    (row,) = bench.rows("talks")
    assert (row["before"], row["before_by"]) == (None, None)
    assert exported(bench, ADA) == {"word3", "word4"}
