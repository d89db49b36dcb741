"""What `ladder check` warns about, and where."""

from pathlib import Path

import pytest

from bot.ladder.check import check
from tests.ladder.samples import HEAD, TRACK, ladder_at

LONG = "Very " * 15 + "long"
CLEAN = """\
id: platform
name: Platform
levels:
  - id: L3
    title: Three
    expects:
      craft: {statements: [{one: I plan.}, {two: I build.}]}
      care: {statements: [{three: I help.}]}
  - id: L4
    title: Four
    summary: I lead.
    attributes: {horizon: A year}
    expects:
      craft: {statements: [{four: I steer.}, {five: I decide.}]}
      care: {statements: [{six: I coach.}], examples: [I coached a team.]}
"""

HELP = "      care: {statements: [{three: I help.}]}\n"
RENAMED = CLEAN.replace("care: {", f"care: {{name: {LONG}, ", 1)

WARNINGS = [
    ("A statement is a placeholder: TBD.", CLEAN.replace("I plan.", "TBD."), 7),
    ("A statement is empty", CLEAN.replace("I plan.", '""'), 7),
    ("An example is a placeholder: …", CLEAN.replace("I coached a team.", "…"), 15),
    ("The summary of L4 is a placeholder", CLEAN.replace("I lead.", "'TODO: write'"), 9),
    ("Planning horizon is empty", CLEAN.replace("A year", '""'), 12),
    ("This statement has no id: I plan.", CLEAN.replace("{one: I plan.}", "I plan."), 7),
    ("L3 says nothing about care", CLEAN.replace(HELP, ""), 4),
    ("Care has no statement at L3", CLEAN.replace("{statements: [{three: I help.}]}", "{}"), 8),
    ("L4 hardly differs from L3: 2 statements", CLEAN.replace("I steer.", "I PLAN.")
     .replace("I decide.", "I  build."), 9),
    ("L3 says this twice: i plan.", CLEAN.replace("I build.", "i plan."), 7),
    ("holds damaged text", CLEAN.replace("I plan.", "'\uf8ffü¶â I plan.'"), 7),
    ("The track platform has a name of 79", CLEAN.replace("name: Platform", f"name: {LONG}"), 1),
    ("The level L4 has a name of 83", CLEAN.replace("Four", LONG), 9),
    ("The competency care has a name of 79", RENAMED, 8),
    ("This track has no level yet", "id: platform\nname: Platform\nlevels: []\n", 1),
]  # fmt: skip


def test_a_clean_ladder_has_no_problem(tmp_path: Path) -> None:
    assert check(ladder_at(tmp_path, platform=CLEAN)) == ()


@pytest.mark.parametrize(("message", "track", "line"), WARNINGS)
def test_each_warning_names_its_line(tmp_path: Path, message: str, track: str, line: int) -> None:
    problems = check(ladder_at(tmp_path, platform=track))
    found = [problem for problem in problems if message in problem.message]
    assert len(found) == 1, [str(problem) for problem in problems]
    assert (found[0].file, found[0].line) == (str(tmp_path / "tracks/platform.yaml"), line)
    assert not found[0].fatal
    assert found[0].remedy


def test_long_names_in_the_ladder_file_are_found_there(tmp_path: Path) -> None:
    head = HEAD.replace("{name: Care}", f"{{name: {LONG}}}")
    track = CLEAN.replace("care: {", "care: {name: Care, ")
    (problem,) = check(ladder_at(tmp_path, head, platform=track))
    assert (problem.file, problem.line) == (str(tmp_path / "ladder.yaml"), 12)


def test_shared_statements_are_looked_at(tmp_path: Path) -> None:
    head = HEAD.replace("I say early when I am stuck.", "TBD")
    (problem,) = check(ladder_at(tmp_path, head, platform=CLEAN))
    assert (problem.line, problem.message) == (17, "A shared statement is a placeholder: TBD")


def test_a_level_that_inherits_may_be_silent(tmp_path: Path) -> None:
    track = TRACK.replace("I name the risk before I take it.", "{risk: I name the risk.}")
    track = track.replace("      craft: {name: Deep craft,", "      care: {name: Deep care,")
    messages = [problem.message for problem in check(ladder_at(tmp_path, platform=track))]
    assert messages == ["L3 says nothing about care."]


def test_a_broken_ladder_gives_its_problems(tmp_path: Path) -> None:
    problems = check(ladder_at(tmp_path, HEAD.replace('"2026.2"', "2026.2")))
    assert [problem.fatal for problem in problems] == [True]
