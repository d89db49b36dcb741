"""Text that people should never write, and ladders, people and examples made of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView

from bot.journal.model import Entry, Pin, Source
from bot.ladder.model import Competency, Expectation, Ladder, Level, Statement, Track
from bot.people.model import IMPORTED, Manager, Person, Relation
from bot.slack.blocks import Message, View
from bot.slack.member import Member
from playground.local_slack import problems, view_problems
from playground.local_slack.limits import MOST_TEXT_IN_MESSAGE_BLOCKS, text_length

PIECES = (
    "&",
    "<>",
    "<!channel> ",
    "x",
    "two words ",
    "👩‍👩‍👧",
    "line\n",
    "\n\n",
    "*_~`",
    "שלום",
    "\u202e",
    "|",
)
NOW = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
ADA = Member("T1", "UADA")
COMPETENCIES = 4


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Short texts of any characters, and long ones that grow when they are escaped."""
    short = st.text(st.characters(codec="utf-8"), min_size=least, max_size=min(40, most))
    long = st.builds(
        lambda piece, head: (head + piece * most)[:most], st.sampled_from(PIECES), short
    )
    return short | long


IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}", fullmatch=True)
NAMES = texts(200, 1).filter(str.strip)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Small or huge, every word in it hostile; ids as the loader lets them through."""
    competencies = [
        Competency(f"c{n}", draw(NAMES), draw(texts(20)), draw(texts(3000)))
        for n in range(draw(st.sampled_from([1, COMPETENCIES, 30])))
    ]
    wide = st.sampled_from([1, 3, 120])
    shape = draw(wide), draw(st.integers(1, 3))
    says = draw(texts(4000, 1)), draw(texts(300, 1)), draw(st.integers(0, 20))
    attributes = draw(st.dictionaries(NAMES, texts(3000), max_size=4))
    title = draw(NAMES)
    levels = _levels(shape[0], title, attributes, _expects(competencies, *says))
    tracks = [Track(f"{draw(IDS)}-{n}", draw(NAMES), levels=levels) for n in range(shape[1])]
    return Ladder("id", draw(NAMES), "1", tuple(competencies), tuple(tracks))


def _expects(
    competencies: Iterable[Competency], long: str, short: str, many: int
) -> tuple[Expectation, ...]:
    said = (long, *[short] * many)
    statements = tuple(Statement(f"s{n}", text, n % 5 == 4) for n, text in enumerate(said))
    return tuple(Expectation(c, statements, (short, long)) for c in competencies)


def _levels(
    number: int, title: str, attributes: dict[str, str], expects: tuple[Expectation, ...]
) -> tuple[Level, ...]:
    frozen = MappingProxyType(attributes)
    return tuple(
        Level(f"L{n}", title, n, title, frozen, expects if n < 3 else (), (title,))
        for n in range(1, number + 1)
    )


@st.composite
def people(draw: st.DrawFn, ladder: Ladder) -> Person:
    """Placed on the ladder, with a manager in any state; now and then on a rung that is gone."""
    relation = draw(st.sampled_from(list(Relation)[1:]))
    manager = Manager("UMIA", relation, draw(st.sampled_from(["UADA", IMPORTED])))
    track = draw(st.sampled_from(ladder.tracks))
    level = draw(st.sampled_from([track.levels[0].id, track.levels[-1].id, "gone"]))
    by = draw(st.sampled_from(["UADA", IMPORTED]))
    maybe = draw(st.sampled_from([manager, None]))
    return Person(ADA, track.id, level, "Europe/Berlin", by, NOW, manager=maybe)


@st.composite
def entries(draw: st.DrawFn, ladder: Ladder) -> list[Entry]:
    """As many as a pre-read holds, as long as the form allows."""
    text, link = draw(texts(3000, 1).filter(str.strip)), draw(links())
    competency = st.sampled_from([*(c.id for c in ladder.competencies), "gone"])
    return [
        example(n, draw(competency), text, link) for n in range(draw(st.sampled_from([1, 3, 25])))
    ]


def example(number: int, competency_id: str, text: str, link: str = "") -> Entry:
    """Ada's example of the number-th November."""
    return Entry(
        id=f"{number:032x}",
        owner=ADA,
        competency_id=competency_id,
        text=text,
        link=link,
        happened_on=date(2026, 11, 1 + number),
        source=Source.COMMAND,
        pin=Pin("1"),
        created_at=NOW,
        updated_at=NOW,
    )


def links() -> st.SearchStrategy[str]:
    """What the form takes as a link, up to its longest."""
    return st.sampled_from(
        [
            "",
            "https://example.com/|&",
            "https://example.com/" + "&" * 1980,
            "http://x/" + "|" * 1990,
        ]
    )


def refused(message: Message) -> list[str]:
    """What Slack would say against the message, by the local Slack and by Slack's own SDK."""
    blocks = message.get("blocks", [])
    said = problems(blocks, "message")
    if text_length(blocks) > MOST_TEXT_IN_MESSAGE_BLOCKS:
        said.append(f"{text_length(blocks)} characters in blocks")
    if not 0 < len(message["text"]) <= 4000:
        said.append("text")
    _sdk(blocks)
    return said


def view_refused(view: View) -> list[str]:
    """The same for a modal or the Home tab."""
    _sdk(view["blocks"])
    SdkView(**view).validate_json()
    return view_problems(view)


def _sdk(blocks: list[dict[str, Any]]) -> None:
    for parsed in SdkBlock.parse_all(blocks):
        parsed.to_dict()
