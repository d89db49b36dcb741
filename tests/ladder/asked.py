"""Ladders to ask, people who ask, and every answer told in one line."""

from __future__ import annotations

from bot.ladder.asking.answers import (
    AcrossLevels,
    Answer,
    ChooseTrack,
    CompareAnswer,
    CompetencyAnswer,
    Hit,
    LevelAnswer,
    MaturityAnswer,
    NotFound,
    NotPlaced,
    SameRung,
    SearchAnswer,
    SharedAnswer,
    Standing,
    TopRung,
)
from bot.ladder.files.loading import assemble
from bot.ladder.model import Ladder
from tests.conftest import ROOT

HEAD = """\
schema: 1
id: keepers
name: Keepers
version: "1"
maturity: [Maturing, Performing]
competencies:
  domain: {name: Domain expertise, emoji: "🦉", aliases: [technical]}
  teaching: {name: Teaching and Mentoring}
  culture: {name: Culture and Leadership}
  customer: {name: Customer Success}
  business: {name: Business Success}
shared:
  everyone: {name: Everyone here, statements: [{early: I say early when I am stuck.}]}
"""
SECURITY = """\
id: security
name: Security Operations
includes: [everyone]
levels:
  - {id: L3, title: Senior Security Analyst, rank: 3,
     expects: {domain: {statements: [{a: I see.}]}}}
  - {id: L4, title: Technical Lead, rank: 4, inherits: [L3],
     expects: {teaching: {statements: [{b: I teach.}]}}}
  - {id: L5, title: Architect, rank: 5, expects: {}}
"""
SOFTWARE = """\
id: software
name: Software Engineering
levels:
  - {id: L1.0, title: Graduate Software Engineer, rank: 1}
  - {id: L3, title: Senior Software Engineer, rank: 3,
     expects: {business: {statements: [{a: I sell.}]}}}
  - {id: L4, title: Lead Software Engineer, rank: 4, next: [L6, people/M5]}
  - {id: L6, title: Sage, rank: 6}
"""
PEOPLE = """\
id: people
name: People Management
kind: management
levels:
  - {id: M5, title: Engineering Manager, rank: 5}
"""
TEXTS = {"ladder.yaml": HEAD, "tracks/a.yaml": SECURITY, "tracks/b.yaml": SOFTWARE,
         "tracks/c.yaml": PEOPLE}  # fmt: skip

ODD_HEAD = """\
schema: 1
id: odd
name: Odd
version: "1"
competencies:
  teaching: {name: Teaching, aliases: [next of kin]}
  search-and-find: {name: Search and find}
  level-up: {name: Levelling up the team, aliases: [IC9]}
shared:
  teaching-all: {name: Teaching for all, statements: [{kind: I am kind.}]}
"""
ODD_TEACHING = """\
id: teaching
name: Teaching
levels:
  - {id: "1.0", title: Engineer 4, rank: 1}
  - {id: "1.1", title: Engineer 5, rank: 2, expects: {teaching: {statements: [{t: I show.}]}}}
  - {id: IC4, title: Next Generation Lead, rank: 3}
  - {id: M2, title: All-rounder, rank: 4}
  - {id: E5, title: "Tier 1 Search Engineer", rank: 5}
"""
ODD_WORDS = """\
id: compare
name: The same level
levels:
  - {id: principal, title: Principal, rank: 3}
  - {id: band-7, title: Überblick & Straße, rank: 9}
  - {id: SE-1, title: "🦉 Größte Eule", rank: 5}
  - id: E5
    title: My level, everywhere and for all of us in the very many teams that we have by now
    rank: 8
"""


def read(texts: dict[str, str]) -> Ladder:
    """The ladder in these files, which have to be right."""
    reading = assemble({name: text.encode() for name, text in texts.items()}, "")
    assert reading.ladder, reading.problems
    return reading.ladder


KEEPERS = read(TEXTS)
ALONE = read({name: text for name, text in TEXTS.items() if name[-6] not in "bc"})
ODD = read({"ladder.yaml": ODD_HEAD, "tracks/a.yaml": ODD_TEACHING, "tracks/b.yaml": ODD_WORDS})
STARTER = read({
    str(path.relative_to(ROOT / "ladder_data")): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "ladder_data").rglob("*.yaml"))
})  # fmt: skip

NOBODY = None
ANALYST = Standing("security", "L3")
LEAD = Standing("security", "L4")
ENGINEER = Standing("software", "L4")
TOP = Standing("security", "L5")
GONE = Standing("security", "L9")


def told(found: Answer) -> str:
    """The answer in a line: kind and places."""
    match found:
        case LevelAnswer(track, level, reached_from):
            return f"{track.id}/{level.id}" + (f" from {reached_from.id}" if reached_from else "")
        case CompetencyAnswer(track, level, expectation):
            return f"{track.id}/{level.id} {expectation.competency.id}"
        case AcrossLevels(track, competency, levels):
            said = "".join("x" if expectation else "-" for _, expectation in levels)
            return f"across {track.id} {competency.id} {said}"
        case CompareAnswer(track_a, level_a, track_b, level_b, competency_id):
            sides = f"{track_a.id}/{level_a.id} : {track_b.id}/{level_b.id}"
            return f"{sides} {competency_id}" if competency_id else sides
        case SameRung(track, level, others):
            return f"same {track.id}/{level.id}: " + " ".join(f"{t.id}/{v.id}" for t, v in others)
        case ChooseTrack(level_id, choices):
            return f"choose {level_id}: " + " | ".join(choice.text for choice in choices)
        case NotPlaced(wanted, lost):
            return f"{'lost' if lost else 'not placed'}: {wanted}"
        case TopRung(track, level):
            return f"top: {track.id}/{level.id}"
        case MaturityAnswer(words):
            return "maturity: " + " ".join(word.name for word in words)
        case SharedAnswer(group, tracks):
            return f"shared {group.id}: " + " ".join(track.id for track in tracks)
        case SearchAnswer(words, hits):
            return f"search {words}: " + " | ".join(map(told_hit, hits))
        case NotFound(asked, _):
            return f"nothing: {asked}"


def told_hit(hit: Hit) -> str:
    """A hit in a few words: its kind and its text."""
    return f"{hit.kind} {hit.text}"
