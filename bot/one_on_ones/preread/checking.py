"""Reads a pre-read as a person will, and refuses what the facts do not support. Pure.

It knows nothing of the templates: each line has to be one of the forms below as a whole, and each
number, day, name, link, quote and claim in it is worked out again from the facts alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.journal.carried import competency_now
from bot.journal.model import Entry, Mark
from bot.journal.thin import tells_what_changed
from bot.one_on_ones.preread.model import Facts, Part, Promise, Sentence
from bot.one_on_ones.preread.proofs import (
    Refused,
    Unsupported,
    day_of,
    is_link,
    is_quote,
    minute,
    need,
    number,
    those,
)

DAYS_90, SIX_MONTHS, FOUR_WEEKS = timedelta(90), timedelta(182), timedelta(28)

Said = Mapping[str, str | None]


class Reader:
    """Reads line by line and remembers what it has seen, for what counts the rest."""

    def __init__(self, facts: Facts) -> None:
        """`facts` are all that may be spoken of."""
        self._facts = facts
        self._marks = _by_id([*facts.marks, *facts.fresh])
        self._today_id: dict[str, str] = {}
        self._by_id: dict[str, list[Mark]] = {}
        for mark in self._marks.values():
            self._by_id.setdefault(self._now(mark.competency_id), []).append(mark)
        self._names = self._named()
        self._under: set[str] = set()
        self._shown: set[str] = set()
        self._told: dict[Part, int] = {}

    def refusal(self, part: Part, line: str) -> Refused | None:
        """What is wrong with a line in that part; None where the facts support all of it."""
        wrong: list[Refused] = []
        for form, check in _READ[part]:
            if match := form.fullmatch(line):
                found = self._looked_at(check, match)
                if found is None:
                    return None
                wrong.append(found)
        return wrong[0] if wrong else Refused.SHAPE

    def _looked_at(self, check: _Check, match: re.Match[str]) -> Refused | None:
        """A line that is refused was never read: nothing that it says counts as seen."""
        before = self._under, set(self._shown), dict(self._told)
        try:
            check(self, defaultdict(lambda: None, match.groupdict()))
        except Unsupported as wrong:
            self._under, self._shown, self._told = before
            return wrong.what
        return None

    # the opening

    def opening(self, said: Said) -> None:
        partner, meeting = self._facts.partner, self._facts.meeting
        need(said["who"] in (None, partner and f"<@{partner.user_id}>"), Refused.NAME)
        if said["at"] is not None:
            there = meeting is not None and int(said["at"]) == int(meeting.timestamp())
            written = meeting is not None and said["utc"] == minute(meeting)
            need(there and written, Refused.DATE)

    # one example, and all of them

    def pointed_out(self, said: Said) -> Entry:
        ids = self._ids(said["name"])
        entry = self._entry(said, self._under_any(ids, self._facts.recent))
        if said["focus"]:
            need(self._now(entry.competency_id) in self._facts.focus, Refused.CLAIM)
        if said["changed"]:
            need(tells_what_changed(entry.text), Refused.CLAIM)
        if said["linked"]:
            need(bool(entry.links), Refused.CLAIM)
        self._shown.add(entry.id)
        return entry

    def first_since(self, said: Said) -> None:
        entry = self.pointed_out(said)
        others = [m for m in self._of(self._now(entry.competency_id)) if m.entry_id != entry.id]
        days = [m.happened_on for m in others if m.happened_on <= entry.happened_on]
        since = self._day(said["since"]) if said["since"] else None
        need(max(days, default=None) == since, Refused.DATE if since else Refused.CLAIM)

    def how_many(self, said: Said) -> None:
        need(self._day(said["day"]) == self._facts.since_day, Refused.DATE)
        total = len(_by_id(self._facts.fresh))
        need(number(said["number"] or "0") == total, Refused.NUMBER)

    def group(self, said: Said) -> None:
        ids = self._ids(said["name"])
        there = {self._now(mark.competency_id) for mark in self._facts.fresh}
        need(bool(ids & there), Refused.CLAIM)
        self._under = ids & there

    def bullet(self, said: Said) -> None:
        self._shown.add(self._entry(said, self._under_any(self._under, self._facts.recent)).id)

    def more_examples(self, said: Said) -> None:
        rest = _by_id(self._facts.fresh).keys() - self._shown
        need(number(said["number"]) == len(rest) > 0, Refused.NUMBER)

    # what is quiet

    def silence(self, said: Said) -> None:
        quiet = self._ids(said["name"]) & self._quiet()
        need(bool(quiet), Refused.CLAIM)
        days = {max((m.happened_on for m in self._of(each)), default=None) for each in quiet}
        need((self._day(said["day"]) if said["day"] else None) in days, Refused.DATE)
        self._tell(Part.QUIET)

    def more_silences(self, said: Said) -> None:
        self._counts_the_rest(said, Part.QUIET, len(self._quiet()))

    # promises

    def promise(self, said: Said) -> None:
        self._promise(said)
        self._tell(Part.PROMISES)

    def more_promises(self, said: Said) -> None:
        self._counts_the_rest(said, Part.PROMISES, len(self._facts.promises))

    def promise_question(self, said: Said) -> None:
        promise = self._promise(said)
        if said["oldest"]:
            others = [each for each in self._facts.promises if each != promise]
            is_oldest = all(promise.made_on <= each.made_on for each in others)
            need(bool(others) and is_oldest, Refused.CLAIM)
        need(not said["due"] or self._is_late(promise), Refused.CLAIM)

    def _promise(self, said: Said) -> Promise:
        today, me = self._facts.today, self._facts.person.member.user_id
        who = me if said["who"] in ("You", "My") else (said["who"] or "")[2:-1]
        known = self._facts.promises
        found = those(known, lambda p: is_quote(said["quote"], p.text), Refused.QUOTE)
        found = those(found, lambda p: p.owner.user_id == who, Refused.NAME)
        age = 0 if said["age"] == "today" else number((said["age"] or "").split()[0])
        found = those(found, lambda p: max((today - p.made_on).days, 0) == age, Refused.NUMBER)
        if said["due"]:
            due = self._day(said["due"])
            found = those(found, lambda p: p.due_on == due, Refused.DATE)
        if said["late"]:
            found = those(found, self._is_late, Refused.CLAIM)
        return found[0]

    def _is_late(self, promise: Promise) -> bool:
        return promise.due_on is not None and self._facts.today > promise.due_on

    # questions about competencies

    def competency_question(self, said: Said) -> None:
        expected = {each.id for each in self._facts.expected}
        ids = self._ids(said["name"]) & expected
        need(bool(ids), Refused.NAME)
        if said["focus"]:
            ids = _some(ids & set(self._facts.focus), Refused.CLAIM)
        if said["bare"]:
            day = self._facts.today - DAYS_90
            ids = _some({i for i in ids if not self._since(i, day)}, Refused.CLAIM)
        if said["day"]:
            day = self._day(said["day"])
            ids = _some({i for i in ids if self._latest(i) == day}, Refused.DATE)
        if said["ladder"]:
            known = [text for each in ids for text in self._statements(each)]
            need(any(is_quote(said["ladder"], text) for text in known), Refused.QUOTE)

    def _statements(self, competency_id: str) -> Iterator[str]:
        ladder, person = self._facts.ladder, self._facts.person
        rung = ladder.rung(person.track_id, person.level_id)
        for _, level in (rung, *ladder.inherited(*rung)) if rung else ():
            for expected in level.expects:
                if expected.competency.id == competency_id:
                    yield from (s.text for s in expected.statements if not s.placeholder)
                    yield from expected.examples

    # how recent it is

    def how_recent(self, said: Said) -> None:
        today = self._facts.today
        within = self._between(today - SIX_MONTHS)
        lately = self._between(today - FOUR_WEEKS)
        need(number(said["within"]) == within, Refused.NUMBER)
        if said["lately"] is None:
            need(lately == (within if said["all"] else 0), Refused.CLAIM)
        else:
            need(number(said["lately"]) == lately, Refused.NUMBER)

    def earlier(self, said: Said) -> None:
        there = self._under_any(self._ids(said["name"]), self._facts.earlier)
        before = self._facts.today - FOUR_WEEKS
        need(self._entry(said, there).happened_on <= before, Refused.CLAIM)

    # what all of them need

    def _entry(self, said: Said, among: Sequence[Entry]) -> Entry:
        day = self._day(said["day"])
        found = those(among, lambda e: is_quote(said["quote"], e.text), Refused.QUOTE)
        found = those(found, lambda e: e.happened_on == day, Refused.DATE)
        links = re.findall(r"<([^<>]+)\|link>", said["links"] or "")
        found = those(found, lambda e: all(is_link(each, e) for each in links), Refused.LINK)
        return next((each for each in found if each.id not in self._shown), found[0])

    def _under_any(self, ids: set[str], among: Sequence[Entry]) -> list[Entry]:
        return those(among, lambda each: self._now(each.competency_id) in ids, Refused.NAME)

    def _day(self, said: str | None) -> date:
        return day_of(said, self._facts.today)

    def _named(self) -> Mapping[str, set[str]]:
        """The ids that go by each name: today's, the level's own, and old ones that are gone."""
        facts, found = self._facts, dict[str, set[str]]()
        gone = (competency_now(facts.ladder, each) for each in (*facts.recent, *facts.earlier))
        for each in (*facts.ladder.competencies, *facts.expected, *gone):
            found.setdefault(" ".join(each.label.split()), set()).add(each.id)
        return found

    def _ids(self, shown: str | None) -> set[str]:
        fit = (ids for name, ids in self._names.items() if is_quote(shown, name))
        return {each for ids in fit for each in ids}

    def _now(self, competency_id: str) -> str:
        """The id under which it counts today; looked up once for each."""
        if competency_id not in self._today_id:
            current = self._facts.ladder.current(competency_id)
            self._today_id[competency_id] = current.id if current else competency_id
        return self._today_id[competency_id]

    def _of(self, competency_id: str) -> list[Mark]:
        return self._by_id.get(competency_id, [])

    def _latest(self, competency_id: str) -> date | None:
        return max((mark.happened_on for mark in self._of(competency_id)), default=None)

    def _since(self, competency_id: str, day: date) -> bool:
        return any(mark.happened_on > day for mark in self._of(competency_id))

    def _between(self, day: date) -> int:
        return sum(day < m.happened_on <= self._facts.today for m in self._marks.values())

    def _quiet(self) -> set[str]:
        heard = {self._now(mark.competency_id) for mark in self._facts.fresh}
        return {each.id for each in self._facts.expected} - heard

    def _tell(self, part: Part) -> None:
        self._told[part] = self._told.get(part, 0) + 1

    def _counts_the_rest(self, said: Said, part: Part, total: int) -> None:
        rest = total - self._told.get(part, 0)
        need(number(said["number"]) == rest > 0, Refused.NUMBER)


def sound(sentences: Iterable[Sentence], facts: Facts) -> Iterator[tuple[Sentence, Refused | None]]:
    """Each sentence with what is wrong with it, in the order in which they are read."""
    reader = Reader(facts)
    return ((each, reader.refusal(each.part, each.text)) for each in sentences)


def _by_id(marks: Iterable[Mark]) -> dict[str, Mark]:
    return {mark.entry_id: mark for mark in marks}


def _some(ids: set[str], otherwise: Refused) -> set[str]:
    need(bool(ids), otherwise)
    return ids


_Check = Callable[[Reader, Said], object]
_DAY = r"\d{1,2} [A-Z][a-z]{2}(?: \d{4})?"
_AGE = r"(?P<age>today|1 day|\d+ days)"
_WHO = r"(?P<who><@[^<>|\s]+>)"
_NAME = r"(?P<name>.+?)"
_WHEN = rf" _\((?P<day>{_DAY})\)_(?P<links>(?: <[^<>\s]+\|link>)*)"
_QUOTED = rf"“(?P<quote>.+)”{_WHEN}"
_DUE = rf"(?:, due (?P<due>{_DAY}))?"
_PROMISED = rf"{_AGE}(?P<oldest>, the oldest one)?{_DUE}\."
_LADDER = r"(?: The ladder: “(?P<ladder>.+)”)?"
_MEETING = r"<!date\^(?P<at>\d+)\^\{date_short_pretty\} at \{time\}\|(?P<utc>[^<>]*)>"
_WITHIN = r"(?P<within>\d+) examples of the last six months"
_MORE = r"(?P<number>\d+) more"

_FORMS: Mapping[Part, Sequence[tuple[str, _Check]]] = {
    Part.OPENING: ((rf"\*Your one-on-one(?: with {_WHO})?\*(?: · {_MEETING})?", Reader.opening),),
    Part.RECOGNISING: (
        (rf"{_QUOTED} · {_NAME}, (?P<focus>your focus)", Reader.pointed_out),
        (rf"{_QUOTED} · your first in {_NAME} since (?P<since>{_DAY})", Reader.first_since),
        (rf"{_QUOTED} · your first in {_NAME} in 12 months", Reader.first_since),
        (
            rf"{_QUOTED} · {_NAME}: (?P<changed>it says what changed, and for whom)",
            Reader.pointed_out,
        ),
        (rf"{_QUOTED} · {_NAME}, (?P<linked>with a link)", Reader.pointed_out),
    ),
    Part.EXAMPLES: (
        (rf"\*Since (?P<day>{_DAY}): (?P<number>\d+) examples?\*", Reader.how_many),
        (rf"\*Since (?P<day>{_DAY}): nothing yet\*", Reader.how_many),
        (rf"\*{_NAME}\*", Reader.group),
        (rf"• (?P<quote>.+){_WHEN}", Reader.bullet),
        (rf"_{_MORE}: \*My examples\*_", Reader.more_examples),
    ),
    Part.QUIET: (
        (rf"• {_NAME} _\(latest (?P<day>{_DAY})\)_", Reader.silence),
        (rf"• {_NAME} _\(none in 12 months\)_", Reader.silence),
        (rf"• {_MORE}", Reader.more_silences),
    ),
    Part.PROMISES: (
        (
            rf"• (?P<who>You|<@[^<>|\s]+>): “(?P<quote>.+)” "
            rf"_\({_AGE}{_DUE}(?P<late>: overdue)?\)_",
            Reader.promise,
        ),
        (rf"• {_MORE}", Reader.more_promises),
    ),
    Part.QUESTIONS: (
        (
            rf"• \*What would help me finish “(?P<quote>.+)”\?\* "
            rf"(?P<who>My) promise: {_PROMISED}",
            Reader.promise_question,
        ),
        (
            rf"• \*What became of “(?P<quote>.+)”\?\* {_WHO}’s promise: {_PROMISED}",
            Reader.promise_question,
        ),
        (
            rf"• \*What should be my next step in {_NAME}\?\* (?P<focus>My focus)\.{_LADDER}",
            Reader.competency_question,
        ),
        (
            rf"• \*Where could I show {_NAME}\?\* (?P<bare>No example in 90 days)\.{_LADDER}",
            Reader.competency_question,
        ),
        (
            rf"• \*What would be a new example of {_NAME}\?\* "
            rf"The latest example is from (?P<day>{_DAY})\.{_LADDER}",
            Reader.competency_question,
        ),
    ),
    Part.MIRROR: (
        (rf"(?P<lately>\d+) of your {_WITHIN} are from the last four weeks\.", Reader.how_recent),
        (
            r"(?P<all>All) (?P<within>\d+) of your examples of the last six months "
            r"are from the last four weeks\.",
            Reader.how_recent,
        ),
        (rf"None of your {_WITHIN} is from the last four weeks\.", Reader.how_recent),
        (rf"Before that, {_NAME}: {_QUOTED}", Reader.earlier),
    ),
}
_READ = {
    part: [(re.compile(form), check) for form, check in forms] for part, forms in _FORMS.items()
}
