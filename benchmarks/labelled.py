"""Sentences whose competency is known, and ladders from which they were taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.ladder.model import Expectation, Ladder, Level, Rung

INFORMAL = Path(__file__).with_name("informal.yaml")


@dataclass(frozen=True)
class Labelled:
    """A sentence, and the id of the competency under which somebody put it."""

    competency_id: str
    text: str


@dataclass(frozen=True)
class HeldOut:
    """The examples of one level, and the ladder without that level and without its words."""

    examples: tuple[Labelled, ...]
    rest: Ladder


def each_level(ladder: Ladder) -> Iterator[HeldOut]:
    """Each level that has examples, held out in turn."""
    for track in ladder.tracks:
        for level in track.levels:
            if examples := tuple(_examples(level)):
                yield HeldOut(examples, without(ladder, (track, level)))


def _examples(level: Level) -> Iterator[Labelled]:
    for each in level.expects:
        yield from (Labelled(each.competency.id, text) for text in each.examples)


def without(ladder: Ladder, rung: Rung) -> Ladder:
    """The ladder as if the level had never been written: its words are gone everywhere."""
    held = {text for each in rung[1].expects for text in texts(each)}
    tracks = []
    for track in ladder.tracks:
        kept = [each for each in track.levels if (track.id, each.id) != (rung[0].id, rung[1].id)]
        tracks.append(replace(track, levels=tuple(_silenced(each, held) for each in kept)))
    return replace(ladder, tracks=tuple(tracks))


def _silenced(level: Level, held: set[str]) -> Level:
    expects = tuple(
        replace(
            each,
            statements=tuple(said for said in each.statements if said.text not in held),
            examples=tuple(text for text in each.examples if text not in held),
        )
        for each in level.expects
    )
    return replace(level, expects=expects)


def texts(expectation: Expectation) -> list[str]:
    """Its statements and examples, without placeholders."""
    said = [each.text for each in expectation.statements if not each.placeholder]
    return [*said, *expectation.examples]


def lessons(ladder: Ladder) -> list[Labelled]:
    """All that the ladder says about each competency, for a program that knows no ladders."""
    about = [
        Labelled(each.id, ". ".join([each.name, each.description, *each.aliases]))
        for each in ladder.competencies
    ]
    levels = [level for track in ladder.tracks for level in track.levels]
    said = {
        (each.competency.id, text): None
        for level in levels
        for each in level.expects
        for text in texts(each)
    }
    return [*about, *(Labelled(*each) for each in said)]


def informal_halves(ladder: Ladder) -> Iterator[tuple[str, tuple[list[Labelled], list[Labelled]]]]:
    """Each half of `informal.yaml`: its name, itself and the other half.

    None where the ladder has other competencies than those that the sentences belong to.
    """
    written = yaml.safe_load(INFORMAL.read_text(encoding="utf-8"))
    halves = {
        name: [Labelled(at, text) for at, said in half.items() for text in said]
        for name, half in written.items()
    }
    known = {each.id for each in ladder.competencies}
    if all(each.competency_id in known for half in halves.values() for each in half):
        (one, first), (two, second) = halves.items()
        yield one, (first, second)
        yield two, (second, first)
