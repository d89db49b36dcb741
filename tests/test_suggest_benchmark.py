"""The benchmark of suggestions never shows what it asks for; how good they are, no test says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.labelled import INFORMAL, each_level, informal_halves, lessons
from bot.ladder.files.loading import load
from bot.ladder.model import Ladder
from tests.conftest import ROOT

HEAD = """\
schema: 1
id: small
name: Small ladder
version: "1"
competencies:
  craft: {name: Craft}
  care: {name: Care}
"""
TRACK = """\
id: platform
name: Platform
levels:
  - id: L1
    title: One
    expects:
      craft: {statements: [{a: I build things that last.}], examples: [I mended the bridge.]}
      care: {statements: [{b: I ask people how they are.}], examples: [I called a customer back.]}
  - id: L2
    title: Two
    expects:
      craft: {statements: [{c: I plan bridges.}], examples: [I drew a bridge., I mended a road.]}
      care: {statements: [{d: TBD}, {e: I mended the bridge.}], examples: [I thanked a customer.]}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "tracks").mkdir()
    (tmp_path / "ladder.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "tracks" / "platform.yaml").write_text(TRACK, encoding="utf-8")
    return tmp_path


def read(directory: Path) -> Ladder:
    ladder, problems = load(directory)
    assert ladder, problems
    return ladder


def test_a_level_is_held_out_with_its_words_wherever_they_stand(small: Path) -> None:
    first, second = each_level(read(small))
    assert [each.text for each in first.examples] == [
        "I mended the bridge.", "I called a customer back.",
    ]  # fmt: skip
    left = {each.text for each in lessons(first.rest)}
    assert left == {
        "Craft. ", "Care. ", "I plan bridges.", "I drew a bridge.", "I mended a road.",
        "I thanked a customer.",
    }  # fmt: skip
    assert "I mended the bridge." not in {each.text for each in lessons(second.rest)}


def test_nothing_of_a_real_level_is_left_when_it_is_asked_for() -> None:
    held_out = list(each_level(read(ROOT / "ladder_data")))
    assert sum(len(each.examples) for each in held_out) > 100
    for each in held_out:
        left = {lesson.text for lesson in lessons(each.rest)}
        assert left and not left & {example.text for example in each.examples}


def test_informal_sentences_have_two_halves_without_a_common_one() -> None:
    halves = dict(informal_halves(read(ROOT / "ladder_data")))
    assert list(halves) == ["tuning", "held-out"], INFORMAL
    tuning, held_out = halves["tuning"]
    assert halves["held-out"] == (held_out, tuning)
    assert len(tuning) == len(held_out) == 32
    assert not {each.text for each in tuning} & {each.text for each in held_out}


def test_informal_sentences_are_for_a_ladder_that_has_their_competencies(small: Path) -> None:
    assert not list(informal_halves(read(small)))


def test_the_whole_benchmark_prints_its_tables(small: Path) -> None:
    if importlib.util.find_spec("sklearn") is None:
        pytest.skip("requirements/bench.txt is not installed: scikit-learn")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.suggest", "--dir", str(small)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Small ladder: 5 examples on 2 levels, 2 competencies" in done.stdout
    assert sum(line.startswith("| ") for line in done.stdout.splitlines()) == 2 + 4 + 2 + 3
