"""The ladder that ships with the project: complete, distinct from level to level, and our own."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "ladder_data"
SHARED = ROOT.parent / "shared"
LONGEST_SHARED_RUN = 5

COMPETENCIES = [
    "domain-expertise",
    "teaching-and-mentoring",
    "culture-and-leadership",
    "customer-success",
]
TRACKS = {
    "security-operations": ["L1", "L2", "L3", "L4", "L5"],
    "software-engineering": ["L1", "L2", "L3", "L4", "L5", "L6"],
}

Level = dict[str, Any]


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def levels_of(track: str) -> list[Level]:
    levels: list[Level] = read(DATA / "tracks" / f"{track}.yaml")["levels"]
    return levels


def statements_of(level: Level) -> list[tuple[str, str]]:
    return [
        pair
        for expected in level["expects"].values()
        for statement in expected["statements"]
        for pair in statement.items()
    ]


def prose_of(level: Level) -> list[str]:
    """Everything a level says in sentences; attribute values are facts and stay out."""
    examples = [text for expected in level["expects"].values() for text in expected["examples"]]
    return [level["summary"], *(text for _, text in statements_of(level)), *examples]


def sentences_of(level: Level) -> set[str]:
    return {
        " ".join(words(sentence))
        for text in prose_of(level)
        for sentence in re.split(r"(?<=[.?!])\s+", text)
    }


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['\u2019][^\W_]+)*", text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[start : start + length]) for start in range(len(said) - length + 1)}


def every_level() -> list[Any]:
    return [
        pytest.param(level, id=f"{track}-{level['id']}")
        for track in TRACKS
        for level in levels_of(track)
    ]


def adjacent_levels() -> list[Any]:
    return [
        pytest.param(lower, upper, id=f"{track}-{lower['id']}-{upper['id']}")
        for track in TRACKS
        for lower, upper in pairwise(levels_of(track))
    ]


@pytest.fixture
def technical_lead() -> Level:
    return next(level for level in levels_of("security-operations") if level["id"] == "L4")


def test_ladder_declares_four_attributes_and_four_competencies_with_emoji() -> None:
    ladder = read(DATA / "ladder.yaml")
    assert list(ladder["attributes"].values()) == [
        "Planning horizon",
        "Impact radius",
        "Evaluation",
        "Responsibility and direction needed",
    ]
    assert [(key, each["emoji"]) for key, each in ladder["competencies"].items()] == list(
        zip(COMPETENCIES, "🦉🌱🧭🏆", strict=True)
    )


@pytest.mark.parametrize(("track", "levels"), TRACKS.items())
def test_track_has_its_levels_in_order(track: str, levels: list[str]) -> None:
    assert [level["id"] for level in levels_of(track)] == levels
    assert [level["rank"] for level in levels_of(track)] == list(range(1, len(levels) + 1))


def test_technical_lead_keeps_the_attribute_values(technical_lead: Level) -> None:
    assert technical_lead["title"] == "Technical Lead"
    assert technical_lead["attributes"] == {
        "horizon": "6-12 months",
        "reach": "Team (5-15)",
        "evaluation": "Manager or Director",
        "direction": (
            "Takes brand new ideas from inception to production with limited supervision."
        ),
    }


@pytest.mark.parametrize(
    ("competency", "statements", "examples"),
    [
        ("domain-expertise", 5, 2),
        ("teaching-and-mentoring", 5, 5),
        ("culture-and-leadership", 8, 10),
        ("customer-success", 5, 3),
    ],
)
def test_technical_lead_says_everything(
    technical_lead: Level, competency: str, statements: int, examples: int
) -> None:
    expected = technical_lead["expects"][competency]
    assert (len(expected["statements"]), len(expected["examples"])) == (statements, examples)


@pytest.mark.parametrize("level", every_level())
def test_level_is_complete(level: Level) -> None:
    assert set(level["attributes"]) == {"horizon", "reach", "evaluation", "direction"}
    assert list(level["expects"]) == COMPETENCIES
    for expected in level["expects"].values():
        assert len(expected["statements"]) >= 3
        assert len(expected["examples"]) >= 2
    assert all(isinstance(text, str) and text.endswith(".") for text in prose_of(level))
    assert not [text for text in prose_of(level) if re.search(r"TBD|TODO|…|\.\.\.", text)]


@pytest.mark.parametrize("level", every_level())
def test_level_fits_a_message(level: Level) -> None:
    for expected in level["expects"].values():
        texts = [text for each in expected["statements"] for text in each.values()]
        assert sum(map(len, texts + expected["examples"])) < 2_500
    assert sum(map(len, prose_of(level))) < 9_000


def test_statement_ids_are_unique_in_the_whole_ladder() -> None:
    ids = Counter(
        slug for track in TRACKS for level in levels_of(track) for slug, _ in statements_of(level)
    )
    assert [slug for slug, times in ids.items() if times > 1] == []
    assert [slug for slug in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)+", slug)] == []


@pytest.mark.parametrize(("lower", "upper"), adjacent_levels())
def test_adjacent_levels_share_no_sentence(lower: Level, upper: Level) -> None:
    assert sentences_of(lower) & sentences_of(upper) == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not beside this checkout")
@pytest.mark.parametrize("level", every_level())
def test_text_is_our_own(level: Level) -> None:
    length = LONGEST_SHARED_RUN + 1
    theirs: set[tuple[str, ...]] = set().union(
        *(runs(page.read_text(encoding="utf-8"), length) for page in SHARED.rglob("*.md"))
    )
    assert [run for text in prose_of(level) for run in runs(text, length) & theirs] == []
