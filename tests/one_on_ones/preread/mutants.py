"""Lines of a pre-read, each made wrong in one way; every one has to be refused."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.one_on_ones.preread.model import Facts, Part, Promise, Sentence
from tests.one_on_ones.preread.facts import (
    ADA,
    BEN,
    MIA,
    NAMES,
    STORIES,
    TASKS,
    TODAY,
    entry,
    facts,
)

DAY = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2})\b(?: (\d{4}))?")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
QUOTE = re.compile(r"“(.+)”|(?<=^• )([^“*<].+)(?= _\(\d)")
INVENTED = (
    "You did great work this quarter.",
    "You are ready for L4.",
    "<@UMIA> thinks that you should teach more.",
    "You have covered 80 % of your level.",
    "All of your promises are kept.",
    "• I saved the company. _(30 Nov)_",
    "• You: “Get promoted” _(3 days)_",
    "• 🌱 Teaching _(your strongest)_",
    "• *Why is Culture your weakest?* No example in 90 days.",
    "• *What became of “Your raise”?* <@UMIA>’s promise: 12 days.",
    "*Since 1 Jan: 999 examples*",
    "_999 more: *My examples*_",
    "• 999 more",
    "999 of your 999 examples of the last six months are from the last four weeks.",
    "“I am the best.” _(30 Nov)_ · Teaching: it says what changed, and for whom",
    "*Your one-on-one with <@UBEN>*",
)

Maker = Callable[[Sentence, Facts], Iterator[str]]


def many_facts(number: int) -> Iterator[Facts]:
    """So many sets of facts, the same in each run; every text in one of them is another."""
    chance = random.Random(6)
    for _ in range(number):
        yield facts(
            [_entry(n, chance) for n in range(chance.choice([0, 2, 8, 12, 20]))],
            since_days=chance.choice([7, 14, 30]),
            focus=tuple(chance.sample(["c0", "c1", "c2"], chance.choice([0, 1]))),
            promises=tuple(_promise(n, chance) for n in range(chance.choice([0, 1, 3, 6]))),
        )


def _entry(number: int, chance: random.Random):  # type: ignore[no-untyped-def]
    days = chance.choice([chance.randrange(28), chance.randrange(28), chance.randrange(30, 400)])
    text = f"Story {number}: {chance.choice(STORIES)}"
    link = chance.choice(["", f"https://example.com/{number}"])
    return entry(number, days, chance.choice(["c0", "c1", "c2", "c3", "c9"]), text, link)


def _promise(number: int, chance: random.Random) -> Promise:
    due = chance.choice([None, chance.randrange(-30, 60)])
    made = TODAY - timedelta(days=chance.randrange(90))
    by = TODAY + timedelta(days=due) if due is not None else None
    text = f"Task {number}: {chance.choice(TASKS)}"
    return Promise(f"p{number}", chance.choice([ADA, MIA]), text, made, by)


def numbers(said: Sentence, _: Facts) -> Iterator[str]:
    """Each number that is no part of a quote, a day, a name or a link, one more and one less."""
    for found in re.finditer(r"\d+", said.text):
        if not _is_inside(said.text, found.start()):
            for other in (int(found[0]) - 1, int(found[0]) + 1):
                yield said.text[: found.start()] + str(other) + said.text[found.end() :]


def days(said: Sentence, known: Facts) -> Iterator[str]:
    """Each day, one to three days off, or a year."""
    for found in DAY.finditer(said.text):
        if not _is_quoted(said.text, found.start()):
            for shift in (-3, -1, 1, 2, 365):
                other = _date(found, known) + timedelta(days=shift)
                shown = f"{other.day} {MONTHS[other.month - 1]} {other.year}"
                yield said.text[: found.start()] + shown + said.text[found.end() :]


def mentions(said: Sentence, _: Facts) -> Iterator[str]:
    """Somebody else's name."""
    if "<@UMIA>" in said.text:
        yield said.text.replace("<@UMIA>", f"<@{BEN.user_id}>")


def sides(said: Sentence, _: Facts) -> Iterator[str]:
    """What one side promised, as the other's."""
    if said.part is Part.PROMISES and "“" in said.text:
        was, other = ("You:", "<@UMIA>:") if "You:" in said.text else ("<@UMIA>:", "You:")
        yield said.text.replace(was, other)
    if "’s promise" in said.text:
        yield (
            said.text.replace("What became of", "What would help me finish")
            .replace("<@UMIA>’s promise", "My promise")
        )  # fmt: skip
    if "My promise" in said.text:
        yield (
            said.text.replace("What would help me finish", "What became of")
            .replace("My promise", "<@UMIA>’s promise")
        )  # fmt: skip


def quotes(said: Sentence, _: Facts) -> Iterator[str]:
    """Each word of a quote as another one, one left out, and a quote cut without saying so."""
    for found in QUOTE.finditer(said.text):
        quote = found[1] or found[2]
        words = quote.split(" ")
        for at in range(min(len(words), 12)):
            yield said.text.replace(quote, " ".join([*words[:at], "zebra", *words[at + 1 :]]))
        if len(words) > 3:
            yield said.text.replace(quote, " ".join([words[0], *words[2:]]))
            yield said.text.replace(quote, " ".join(words[:-1]))


def links(said: Sentence, _: Facts) -> Iterator[str]:
    """Another address."""
    if "|link>" in said.text:
        yield said.text.replace("https://", "https://evil.")
        yield re.sub(r"<[^<>]+\|link>", "<https://example.com/other|link>", said.text)


def names(said: Sentence, known: Facts) -> Iterator[str]:
    """Another competency's name, where that says something else."""
    for name in NAMES:
        shown = name.replace("&", "&amp;")
        if said.part in (Part.RECOGNISING, Part.MIRROR) and shown in said.text:
            yield _renamed(said.text, shown, "Delivery")
        if said.part is Part.QUIET and shown in said.text:
            loud = [c for c in known.expected if c.id in known.fresh_under]
            for each in loud:
                yield f"• {_label(each.label)} _(none in 12 months)_"
        if said.part is Part.QUESTIONS and "promise" not in said.text and shown in said.text:
            yield _renamed(said.text, shown, "Delivery")


def claims(said: Sentence, known: Facts) -> Iterator[str]:
    """A word that says more than there is to say."""
    text = said.text
    if said.part is Part.PROMISES and "“" in text and "overdue" not in text:
        yield text.replace(")_", ": overdue)_")
        yield text.replace(")_", ", due 1 Dec: overdue)_")
    if "promise: " in text and not _is_oldest(text, known):
        yield re.sub(r"(today|days?)(?=[,.])", r"\1, the oldest one", text)
    if "No example in 90 days" not in text and said.part is Part.QUESTIONS and "*?" not in text:
        yield re.sub(r"\?\*.*", "?* No example in 90 days.", text)
    if text.startswith("All "):
        yield text.replace("All ", "None of ")
    if said.part is Part.MIRROR and " of your " in text and text[0].isdigit():
        yield re.sub(r"^\d+", "None", text)
        yield re.sub(r"^\d+ of your (\d+)", r"All \1 of your", text)
    if said.part is Part.EXAMPLES and text.startswith("*Since") and known.fresh:
        yield re.sub(r": .*", ": nothing yet*", text)
    if said.part is Part.RECOGNISING and "focus" not in text:
        yield re.sub(r" · .*", " · Teaching, your focus", text)


def invented(said: Sentence, _: Facts) -> Iterator[str]:
    """Whole sentences out of nowhere, one after each of ours."""
    yield from INVENTED
    yield said.text + " Well done!"
    yield "Probably " + said.text


MAKERS: dict[str, Maker] = {
    "a number, one off": numbers,
    "a day, shifted": days,
    "somebody else's name": mentions,
    "a promise, the other side's": sides,
    "a quote with a word changed": quotes,
    "another link": links,
    "another competency": names,
    "a claim too much": claims,
    "an invented sentence": invented,
}


def _is_quoted(text: str, at: int) -> bool:
    return any(found.start() <= at < found.end() for found in QUOTE.finditer(text))


def _is_inside(text: str, at: int) -> bool:
    spans = [*QUOTE.finditer(text), *DAY.finditer(text), *re.finditer(r"<[^<>]*>", text)]
    return any(found.start() <= at < found.end() for found in spans)


def _date(found: re.Match[str], known: Facts) -> date:
    month = MONTHS.index(found[2]) + 1
    if found[3]:
        return date(int(found[3]), month, int(found[1]))
    near = [date(year, month, int(found[1])) for year in (2025, 2026, 2027)]
    return min(near, key=lambda each: abs(each - known.today))


def _is_oldest(text: str, known: Facts) -> bool:
    first = min(each.made_on for each in known.promises)
    oldest = [each for each in known.promises if each.made_on == first]
    return len(known.promises) > 1 and any(each.text[:8] in text for each in oldest)


def _label(label: str) -> str:
    return label.replace("&", "&amp;")


def _renamed(text: str, shown: str, other: str) -> str:
    return re.sub(rf"(🌱 )?{re.escape(shown)}(?!.*{re.escape(shown)})", other, text)
