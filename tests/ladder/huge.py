"""Ladders many times larger than real ones, every text in them different and full of `&<>`."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import strategies as st

from bot.ladder.model import (
    Competency,
    Expectation,
    Ladder,
    Level,
    Maturity,
    SharedStatements,
    Statement,
    Track,
)

NAME_CHARS = 150
FILLERS = ("&<>", "x", "two words ", "<!channel> & ", "line\n", "👩‍👩‍👧 ", "a  b &amp; ")
LONGEST_ID = "i" * 77


SIZES = (1, 80, 700, 2_990, 7_000)
SHAPES = ((1, 2, 40), (3, 8, 5), (2, 120, 2), (3, 120, 1), (1, 1, 1))

Shape = tuple[str, int, tuple[int, int, int], str]
shapes: st.SearchStrategy[Shape] = st.tuples(
    st.sampled_from(FILLERS), st.sampled_from(SIZES), st.sampled_from(SHAPES),
    st.sampled_from(["", LONGEST_ID]),
)  # fmt: skip
"""What texts are filled with and how long they are; tracks, levels and competencies; long ids."""


def huge_ladder(filler: str, chars: int, shape: tuple[int, int, int], id_part: str) -> Ladder:
    tracks, levels, competencies = shape
    known = [
        Competency(
            f"c{n}{id_part}", _text(f"Competency {n}", filler, NAME_CHARS), "🦉", filler * 40
        )
        for n in range(competencies)
    ]
    names = [f"t{n}{id_part}" for n in range(tracks)]
    group = SharedStatements(
        "everyone", _text("All", filler, NAME_CHARS), _said("all", filler, 90, 9)
    )
    return Ladder(
        "huge", "Huge", "1", tuple(known),
        tuple(_track(name, levels, known, filler, chars, id_part) for name in names),
        maturity=(Maturity("Maturing", filler * 300), Maturity("Performing")),
        shared=(group,),
    )  # fmt: skip


def _track(
    name: str, levels: int, known: list[Competency], filler: str, chars: int, id_part: str
) -> Track:
    ids = [f"L{n}{id_part}" for n in range(1, levels + 1)]
    return Track(
        name,
        _text(f"Track {name[:2]}", filler, NAME_CHARS),
        levels=tuple(
            Level(
                level_id, _text(f"Title {number}", filler, NAME_CHARS), number,
                _text("Summary", filler, min(chars, 4_000)),
                MappingProxyType({"Horizon": filler * (number % 4 * 60 + 1), "Reach": "one"}),
                tuple(_expectation(f"{name[:2]}.{number}", each, filler, chars) for each in known),
                (_text("of the level", filler, 300),),
                inherits=tuple(ids[:number - 1][-1:]),
            )
            for number, level_id in enumerate(ids, 1)
        ),
        includes=("everyone",),
    )  # fmt: skip


def _expectation(place: str, competency: Competency, filler: str, chars: int) -> Expectation:
    mark = f"{place}.{competency.id[:3]}"
    few = 1 if chars > 5_000 else 3
    example = _text(f"example {mark}", filler, chars)
    return Expectation(competency, _said(mark, filler, chars, few), (example,))


def _said(mark: str, filler: str, chars: int, many: int) -> tuple[Statement, ...]:
    return tuple(
        Statement(f"{mark}-{n}", _text(f"[{mark}-{n}]", filler, chars)) for n in range(many)
    )


def _text(mark: str, filler: str, chars: int) -> str:
    return f"{mark} {filler * (chars // len(filler))}"[: max(chars, len(mark) + 1)].strip() + "."
