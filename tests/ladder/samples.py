"""Small ladders for the tests, and strategies that make odd ones."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from hypothesis import strategies as st

from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Maturity,
    Retired,
    RetiredCompetency,
    SharedStatements,
    Statement,
    Track,
)
from bot.ladder.wording import is_placeholder

HEAD = """\
schema: 1
id: northwind
name: Northwind career ladder
version: "2026.2"
effective: 2026-11-01
attributes:
  horizon: Planning horizon
  reach: Impact radius
maturity: [Maturing, Performing, Exceeding]
competencies:
  craft: {name: Craft, emoji: "🦉", description: Knowing the work., aliases: [technical]}
  care: {name: Care}
shared:
  everyone:
    name: Everyone
    statements:
      - speaks-up: I say early when I am stuck.
"""

TRACK = """\
id: platform
name: Platform Engineer
kind: ic
includes: [everyone]
levels:
  - id: L3
    title: Senior Platform Engineer
    rank: 3
    summary: I run changes to our platform.
    attributes: {horizon: This quarter, reach: My team}
    expects:
      craft:
        statements:
          - stoppable: I plan a migration that can be stopped half way.
        examples:
          - I led the move to the new build servers.
  - id: L4
    title: Lead Platform Engineer
    inherits: [L3]
    expects:
      craft: {name: Deep craft, statements: [I name the risk before I take it.]}
    examples: [The team asks before it guesses.]
retired:
  - {id: old-one, was: I know every server., competency: craft, level: L3, until: "1",
     replaced_by: [stoppable]}
"""


def ladder_at(directory: Path, head: str = HEAD, **tracks: str) -> Path:
    """Write the texts as a ladder directory."""
    (directory / "tracks").mkdir(parents=True, exist_ok=True)
    (directory / "ladder.yaml").write_text(head, encoding="utf-8")
    for name, text in (tracks or {"platform": TRACK}).items():
        (directory / "tracks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return directory


HOSTILE = st.sampled_from(
    [
        "no", "1.0", "null", "~", "2026-11-01", "yes: no", "- dash", "# hash", "a #b", "'", '"',
        "*star", "&and", "!bang", "%per", "@at", "`tick`", "{a: b}", "[x]", "? q", "| pipe",
        "> more", "two\nlines", "two\n\nparagraphs", "end\n", "\nstart", " spaces ", "\ttab",
        "a: ", ":owl:", "\\back", "emoji 🦉🏽‍💻", "né", "\u2028", "\x85", "\x00", "\ufeff", "=",
        "<<", "---", "...", "0x1F", "1_000", "12:30:45", "", "…", "TBD",
    ]
)  # fmt: skip
TEXTS = HOSTILE | st.text(st.characters(codec="utf-8"), max_size=60)
NAMES = TEXTS.filter(bool)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True) | st.sampled_from(
    ["no", "1", "1.0", "null", "2026-11-01", "L4"]
)
DATES = st.dates().map(str)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Any ladder that its files can say, with hostile words everywhere."""
    competencies = draw(st.lists(_competency(), max_size=3, unique_by=lambda each: each.id))
    attributes = draw(st.dictionaries(IDS, NAMES, max_size=3))
    attributes = {key: name for name, key in {n: k for k, n in attributes.items()}.items()}
    shared = draw(st.lists(_shared(), max_size=1))
    names = st.lists(IDS, min_size=1, max_size=2, unique=True)
    tracks = [draw(_track(name, competencies, attributes)) for name in draw(names)]
    return Ladder(
        id=draw(IDS),
        name=draw(NAMES),
        version=draw(NAMES),
        competencies=tuple(competencies),
        tracks=tuple(sorted(tracks, key=lambda track: track.id)),
        maturity=tuple(draw(st.lists(st.builds(Maturity, TEXTS, TEXTS), max_size=3))),
        effective=draw(DATES | TEXTS),
        attributes=MappingProxyType(attributes),
        shared=tuple(shared),
        retired=tuple(draw(st.lists(_retired_competency(competencies), max_size=1))),
    )


@st.composite
def _competency(draw: st.DrawFn) -> Competency:
    aliases = tuple(draw(st.lists(TEXTS, max_size=2)))
    return Competency(draw(IDS), draw(NAMES), draw(TEXTS), draw(TEXTS), aliases)


@st.composite
def _retired_competency(draw: st.DrawFn, competencies: list[Competency]) -> RetiredCompetency:
    in_use = [each.id for each in competencies]
    replaced_by = draw(st.lists(st.sampled_from(in_use), max_size=2)) if in_use else []
    retired_id = draw(IDS.filter(lambda each: each not in in_use))
    return RetiredCompetency(retired_id, draw(NAMES), draw(TEXTS), tuple(replaced_by))


@st.composite
def _shared(draw: st.DrawFn) -> SharedStatements:
    return SharedStatements(draw(IDS), draw(NAMES), (_statement("shared-one", draw(TEXTS)),))


@st.composite
def _track(
    draw: st.DrawFn, track_id: str, competencies: list[Competency], attributes: dict[str, str]
) -> Track:
    ids = draw(st.lists(IDS, max_size=3, unique_by=str.casefold))
    levels = tuple(draw(_level(track_id, each, competencies, attributes)) for each in ids)
    retired = draw(st.lists(_retired(track_id), max_size=1))
    kind = draw(st.sampled_from(["ic", "management"]))
    return Track(track_id, draw(NAMES), kind, levels, retired=tuple(retired))


@st.composite
def _retired(draw: st.DrawFn, track_id: str) -> Retired:
    return Retired(f"gone-{track_id}", draw(NAMES), draw(NAMES), draw(NAMES), draw(TEXTS), ())


@st.composite
def _level(
    draw: st.DrawFn,
    track_id: str,
    level_id: str,
    competencies: list[Competency],
    attributes: dict[str, str],
) -> Level:
    values = {name: draw(TEXTS) for name in attributes.values()}
    spoken = [each for each in competencies if draw(st.booleans())]
    return Level(
        id=level_id,
        title=draw(NAMES),
        rank=draw(st.integers(0, 99)),
        summary=draw(TEXTS),
        attributes=MappingProxyType(values),
        expects=tuple(draw(_expectation(each, f"{track_id}-{level_id}")) for each in spoken),
        examples=tuple(draw(st.lists(TEXTS, max_size=2))),
    )


@st.composite
def _expectation(draw: st.DrawFn, competency: Competency, rung: str) -> Expectation:
    own = Competency(
        competency.id,
        draw(st.just(competency.name) | TEXTS),
        draw(st.just(competency.emoji) | TEXTS),
        draw(st.just(competency.description) | TEXTS),
        competency.aliases,
    )
    texts = draw(st.lists(TEXTS, max_size=3))
    statements = [
        _statement(f"s-{rung}-{competency.id}-{number}", text) for number, text in enumerate(texts)
    ]
    return Expectation(own, tuple(statements), tuple(draw(st.lists(TEXTS, max_size=2))))


def _statement(statement_id: str, text: str) -> Statement:
    return Statement(statement_id, text, is_placeholder(text))
