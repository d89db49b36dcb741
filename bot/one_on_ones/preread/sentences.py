"""What was chosen, in words: templates filled from facts, each with its sources. Pure.

Every line stands by itself, in mrkdwn that is already escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.journal.carried import competency_now
from bot.journal.model import Entry
from bot.ladder.model import Competency
from bot.one_on_ones.preread.asking import Question, Reason, questions
from bot.one_on_ones.preread.choosing import (
    PROMISES,
    QUIET,
    Recognised,
    Why,
    by_age,
    listed,
    quiet,
    recognised,
)
from bot.one_on_ones.preread.mirror import Mirror, mirror
from bot.one_on_ones.preread.model import (
    Facts,
    Kind,
    Part,
    Promise,
    Sentence,
    Source,
    competency,
    count,
    example,
    shown_in,
)
from bot.slack.text import ELLIPSIS, clip, escape, safe_link, show_date, show_instant

POINTED_CHARS = 160
LISTED_CHARS = 90
PROMISE_CHARS = 80
ASKED_CHARS = 50
STATEMENT_CHARS = 90
NAME_CHARS = 60
NEAR = timedelta(days=180)


def sentences(facts: Facts) -> tuple[Sentence, ...]:
    """The whole pre-read, from the top."""
    seen = recognised(facts)
    above = [opening(facts), *([pointed_out(seen, facts)] if seen else [])]
    below = [*silences(facts), *promised(facts), *asked(facts), *mirrored(facts)]
    return (*above, *examples(facts, shown_in(above)), *below)


def opening(facts: Facts) -> Sentence:
    """With whom, and when."""
    partner = f" with {facts.partner.mention}" if facts.partner else ""
    when = f" · {show_instant(facts.meeting)}" if facts.meeting else ""
    said = f"*Your one-on-one{partner}*{when}"
    return Sentence(Part.OPENING, said, (Source(Kind.MEETING, (facts.since.isoformat(),)),))


def pointed_out(seen: Recognised, facts: Facts) -> Sentence:
    """One example, longer than the others, and what it is pointed out for."""
    said = f"{_quoted(seen.entry, POINTED_CHARS, facts)} · {_what_for(seen, facts)}"
    return Sentence(Part.RECOGNISING, said, (example(seen.entry.id), competency(seen.competency)))


def examples(facts: Facts, but: frozenset[str]) -> Iterator[Sentence]:
    """What there is since the last time, by competency, and how much more there is."""
    yield _how_many(facts)
    shown: list[Sentence] = []
    for group in listed(facts, but):
        name = f"*{_label(group.competency)}*"
        yield Sentence(Part.EXAMPLES, name, (competency(group.competency),))
        lines = [_bullet(entry, facts) for entry in group.entries]
        shown += lines
        yield from lines
    told = shown_in(shown) | but
    rest = [mark for mark in facts.fresh if mark.entry_id not in told]
    if rest:
        yield Sentence(Part.EXAMPLES, f"_{len(rest)} more: *My examples*_", (count(rest),))


def silences(facts: Facts) -> Iterator[Sentence]:
    """What is expected and has nothing since the last time; nothing where all is silent."""
    found = quiet(facts) if facts.fresh else ()
    for each, last in found[:QUIET]:
        when = f"latest {_day(last, facts)}" if last else "none in 12 months"
        said = f"• {_label(each)} _({when})_"
        yield Sentence(
            Part.QUIET, said, (competency(each), count(facts.under.get(each.id, ())[:1]))
        )
    rest = [each for each, _ in found[QUIET:]]
    if rest:
        ids = tuple(each.id for each in rest)
        yield Sentence(Part.QUIET, f"• {len(rest)} more", (Source(Kind.COMPETENCY, ids),))


def promised(facts: Facts) -> Iterator[Sentence]:
    """The open promises of both sides with their age, the oldest first."""
    found = by_age(facts.promises)
    for each in found[:PROMISES]:
        who = "You" if each.owner == facts.person.member else each.owner.mention
        said = f"• {who}: “{_short(each.text, PROMISE_CHARS)}” _({_age(each, facts)})_"
        yield Sentence(Part.PROMISES, said, (_from(each),))
    rest = found[PROMISES:]
    if rest:
        sources = tuple(_from(each) for each in rest)
        yield Sentence(Part.PROMISES, f"• {len(rest)} more", sources)


def asked(facts: Facts) -> Iterator[Sentence]:
    """The questions worth asking, each with its reason."""
    for question in questions(facts):
        said = f"• *{escape(words(question, facts))}* {_reason(question, facts)}"
        yield Sentence(Part.QUESTIONS, said, _sources(question, facts))


def words(question: Question, facts: Facts) -> str:
    """The question alone, not escaped, as it can be put on an agenda."""
    if question.promise:
        text = _cut(question.promise.text, ASKED_CHARS)
        own = question.promise.owner == facts.person.member
        return f"What would help me finish “{text}”?" if own else f"What became of “{text}”?"
    name = _name(question.competency) if question.competency else ""
    return {
        Reason.FOCUS: f"What should be my next step in {name}?",
        Reason.COVERAGE: f"Where could I show {name}?",
    }.get(question.reason, f"What would be a new example of {name}?")


def mirrored(facts: Facts) -> Iterator[Sentence]:
    """How recent it all is, where that matters, and what the time before it says."""
    found = mirror(facts)
    if found is None:
        return
    yield Sentence(Part.MIRROR, _how_recent(found), (count(found.within), count(found.lately)))
    opened = {each.id: each for each in facts.earlier}
    for mark in found.earlier:
        if entry := opened.get(mark.entry_id):
            under = competency_now(facts.ladder, entry)
            said = f"Before that, {_label(under)}: {_quoted(entry, LISTED_CHARS, facts)}"
            yield Sentence(Part.MIRROR, said, (example(entry.id), competency(under)))


def _how_many(facts: Facts) -> Sentence:
    total = facts.recent_total
    number = f"{total} example{'' if total == 1 else 's'}" if total else "nothing yet"
    said = f"*Since {_day(facts.since_day, facts)}: {number}*"
    return Sentence(Part.EXAMPLES, said, (count(facts.fresh),))


def _bullet(entry: Entry, facts: Facts) -> Sentence:
    said = f"• {_short(entry.text, LISTED_CHARS)} {_day_and_links(entry, facts)}"
    return Sentence(Part.EXAMPLES, said, (example(entry.id),))


def _quoted(entry: Entry, most: int, facts: Facts) -> str:
    return f"“{_short(entry.text, most)}” {_day_and_links(entry, facts)}"


def _day_and_links(entry: Entry, facts: Facts) -> str:
    links = [safe_link(each, "link") for each in entry.links[:1]]
    return " ".join([f"_({_day(entry.happened_on, facts)})_", *links])


def _what_for(seen: Recognised, facts: Facts) -> str:
    name = _label(seen.competency)
    when = f"since {_day(seen.before, facts)}" if seen.before else "in 12 months"
    return {
        Why.FOCUS: f"{name}, your focus",
        Why.FIRST: f"your first in {name} {when}",
        Why.CHANGED: f"{name}: it says what changed, and for whom",
        Why.LINKED: f"{name}, with a link",
    }[seen.why]


def _age(promise: Promise, facts: Facts) -> str:
    due = f", due {_day(promise.due_on, facts)}" if promise.due_on else ""
    late = ": overdue" if promise.is_overdue(facts.today) else ""
    return f"{_days(promise.age(facts.today))}{due}{late}"


def _reason(question: Question, facts: Facts) -> str:
    promise, about, said = question.promise, question.competency, question.statement
    if promise:
        own = promise.owner == facts.person.member
        whose = "My promise" if own else f"{promise.owner.mention}’s promise"
        return f"{whose}: {_days(promise.age(facts.today))}{_standing(promise, facts)}."
    last = facts.last_day(about.id) if about else None
    why = {Reason.FOCUS: "My focus.", Reason.COVERAGE: "No example in 90 days."}.get(
        question.reason, f"The latest example is from {_day(last, facts)}." if last else ""
    )
    return f"{why} The ladder: “{_short(said.text, STATEMENT_CHARS)}”" if said else why


def _standing(promise: Promise, facts: Facts) -> str:
    is_oldest = len(facts.promises) > 1 and promise == by_age(facts.promises)[0]
    oldest = ", the oldest one" if is_oldest else ""
    late = promise.due_on and promise.is_overdue(facts.today)
    return f"{oldest}, due {_day(promise.due_on, facts)}" if late and promise.due_on else oldest


def _sources(question: Question, facts: Facts) -> tuple[Source, ...]:
    promise, about, said = question.promise, question.competency, question.statement
    found = [_from(promise)] if promise else []
    if about:
        found += [competency(about), count(facts.under.get(about.id, ())[:1])]
    return (*found, *((Source(Kind.STATEMENT, (said.id,)),) if said else ()))


def _how_recent(found: Mirror) -> str:
    lately, within = len(found.lately), len(found.within)
    if not lately:
        return f"None of your {within} examples of the last six months is from the last four weeks."
    share = f"All {within} of" if lately == within else f"{lately} of"
    number = "" if lately == within else f"{within} "
    return f"{share} your {number}examples of the last six months are from the last four weeks."


def _from(promise: Promise) -> Source:
    return Source(Kind.PROMISE, (promise.id,))


def _name(each: Competency) -> str:
    return clip(" ".join(each.label.split()), NAME_CHARS)


def _label(each: Competency) -> str:
    return escape(_name(each))


def _short(text: str, most: int) -> str:
    return escape(_cut(text, most))


def _cut(text: str, most: int) -> str:
    """On one line, cut behind a whole word where there is one in the second half."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    space = whole.rfind(" ", most // 2, most)
    return whole[: space if space > 0 else most - 1] + ELLIPSIS


def _days(number: int) -> str:
    return "today" if number == 0 else f"{number} day{'' if number == 1 else 's'}"


def _day(day: date, facts: Facts) -> str:
    """Without its year where that can be no other one: half a year to either side of today."""
    return show_date(day) if abs(day - facts.today) > NEAR else f"{day.day} {day:%b}"
