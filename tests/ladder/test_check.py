"""What `ladder check` warns about, and where."""

import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.ladder.verbs.check import Findings, check, examine
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
FIVE = """\
  - id: L5
    title: Five
    expects:
      craft: {statements: [{seven: I set the course.}]}
      care: {statements: [{eight: I host.}]}
"""
RENAMED = CLEAN.replace("care: {", f"care: {{name: {LONG}, ", 1)

WARNINGS = [
    ("A statement is a placeholder: “TBD.”.", CLEAN.replace("I plan.", "TBD."), 7),
    ("A statement is empty", CLEAN.replace("I plan.", '""'), 7),
    ("An example is a placeholder: “…”.", CLEAN.replace("I coached a team.", "…"), 15),
    ("The summary of L4 is a placeholder", CLEAN.replace("I lead.", "'TODO: write'"), 9),
    ("Planning horizon is empty", CLEAN.replace("A year", '""'), 12),
    ("This statement has no id: “I plan.”.", CLEAN.replace("{one: I plan.}", "I plan."), 7),
    ("L3 says nothing about care", CLEAN.replace(HELP, ""), 4),
    ("Care has no statement at L3", CLEAN.replace("{statements: [{three: I help.}]}", "{}"), 8),
    ("L4 says nothing about care", CLEAN.replace("      care: {statements: [{six: I coach.}],"
     " examples: [I coached a team.]}\n", "") + FIVE, 9),
    ("L5 expects nothing yet", CLEAN + FIVE.partition("    expects")[0], 16),
    ("The title of L4 is a placeholder: “TBC”.", CLEAN.replace("Four", "TBC"), 9),
    ("A statement has spaces at its ends: “I plan.”.", CLEAN.replace("I plan.", "'I plan. '"), 7),
    ("An example has spaces at its ends", CLEAN.replace("a team.", "a team.\u00a0"), 15),
    ("The description of care is a placeholder",
     CLEAN.replace("care: {", "care: {description: TODO, ", 1), 8),
    ("L4 hardly differs from L3: 2 statements", CLEAN.replace("I steer.", "I PLAN.")
     .replace("I decide.", "I  build."), 9),
    ("L3 says this twice: “i plan.”.", CLEAN.replace("I build.", "i plan."), 7),
    ("holds damaged text", CLEAN.replace("I plan.", "'\uf8ffü¶â I plan.'"), 7),
    ("The track platform has a name of 79", CLEAN.replace("name: Platform", f"name: {LONG}"), 1),
    ("The level L4 has a name of 83", CLEAN.replace("Four", LONG), 9),
    ("The competency care has a name of 79", RENAMED, 8),
    ("The level L4 has a name of 76", CLEAN.replace("Four", "x" * 72), 9),
    ("An example is a placeholder: “TBD”.", CLEAN + "    examples: [TBD]\n", 16),
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


QUIET = {
    "a competency that begins higher up": CLEAN.replace(HELP, "")
    + FIVE.replace("L5", "L2", 1).replace("      care: {statements: [{eight: I host.}]}\n", ""),
    "silence that is meant": CLEAN.replace("[{three: I help.}]", "[]"),
    "a block with its line end": CLEAN.replace("summary: I lead.", "summary: |\n      I lead."),
    "a word of doubt inside a sentence": CLEAN.replace("I plan.", "I plan what is still TBD."),
    "a name as long as Slack shows": CLEAN.replace("Four", "Long" * 17 + "est"),
    "a level that inherits and adds nothing": CLEAN
    + FIVE.partition("    expects")[0]
    + "    inherits: [L4]\n",
    "a few statements in common": CLEAN.replace("I steer.", "I plan."),
    "French": CLEAN.replace("I plan.", "J\u2019apprends à l\u2019équipe\u00a0! Voilà."),
}


@pytest.mark.parametrize("track", QUIET.values(), ids=QUIET)
def test_what_no_author_wants_to_hear_is_not_said(tmp_path: Path, track: str) -> None:
    assert [str(problem) for problem in check(ladder_at(tmp_path, platform=track))] == []


def test_placeholders_are_neither_said_twice_nor_alike(tmp_path: Path) -> None:
    track = CLEAN
    for text in ("I plan.", "I build.", "I help.", "I steer.", "I decide.", "I coach."):
        track = track.replace(text, "TBD")
    said = {problem.message for problem in check(ladder_at(tmp_path, platform=track))}
    assert said == {"A statement is a placeholder: “TBD”."}


def test_a_competency_that_stops_and_goes_on_later_is_told_at_each_silent_level(
    tmp_path: Path,
) -> None:
    silent = FIVE.replace("      care: {statements: [{eight: I host.}]}\n", "")
    track = CLEAN + "".join(
        silent.replace("L5", f"L{n}").replace("seven: I set", f"s{n}: I{n} set") for n in (5, 6)
    )
    track += FIVE.replace("L5", "L7").replace("seven: I set", "s7: I7 set")
    said = [problem.message for problem in check(ladder_at(tmp_path, platform=track))]
    assert said == ["L5 says nothing about care.", "L6 says nothing about care."]


def test_the_head_is_looked_at_too(tmp_path: Path) -> None:
    head = HEAD.replace("Planning horizon", "TBD").replace("Northwind career", "\u00a0Northwind")
    head = head.replace("Performing", "Performing: TODO").replace("name: Care", "name: \uf8ffü¶â")
    head = head.replace("speaks-up: I", "I")
    said = [problem.message for problem in check(ladder_at(tmp_path, head, platform=CLEAN))]
    assert sorted(said) == [
        "An attribute's name is a placeholder: “TBD”.",
        "The competency care holds damaged text: “\uf8ffü¶â”.",
        "The ladder's name has spaces at its ends: “Northwind ladder”.",
        "This statement has no id: “I say early when I am stuck.”.",
        "What 'Performing' means is a placeholder: “TODO”.",
    ]


def test_strict_lets_a_warning_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directory = str(ladder_at(tmp_path, platform=CLEAN.replace("I plan.", "TBD")))
    assert main(["ladder", "check", "--dir", directory]) == 0
    assert capsys.readouterr().out.endswith("1 warning; the ladder can be used.\n")
    assert main(["ladder", "check", "--strict", "--dir", directory]) == 1
    assert capsys.readouterr().out.endswith("1 warning; --strict allows none.\n")


def test_github_can_mark_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CLEAN.replace("I plan.", "'TBD: 100 %'")
    directory = ladder_at(tmp_path / "a,b", platform=text)
    main(["ladder", "check", "--format", "github", "--dir", str(directory)])
    line = capsys.readouterr().out.splitlines()[0]
    file = f"{directory}/tracks/platform.yaml".replace(",", "%2C")
    assert line.startswith(
        f"::warning file={file},line=7::A statement is a placeholder: “TBD: 100 %25”."
    )
    (directory / "ladder.yaml").write_text(HEAD.replace('"2026.2"', "2026.2"))
    main(["ladder", "check", "--format", "github", "--dir", str(directory)])
    file = file.replace("tracks/platform", "ladder")
    said = capsys.readouterr().err
    assert said.startswith(f"::error file={file},line=4::The version should be text")


def test_the_starter_ladder_is_without_a_warning() -> None:
    assert examine(Path(__file__).parents[2] / "ladder_data") == Findings()


def test_long_names_in_the_ladder_file_are_found_there(tmp_path: Path) -> None:
    head = HEAD.replace("{name: Care}", f"{{name: {LONG}}}")
    track = CLEAN.replace("care: {", "care: {name: Care, ")
    (problem,) = check(ladder_at(tmp_path, head, platform=track))
    assert (problem.file, problem.line) == (str(tmp_path / "ladder.yaml"), 12)


def test_shared_statements_are_looked_at(tmp_path: Path) -> None:
    head = HEAD.replace("I say early when I am stuck.", "TBD")
    (problem,) = check(ladder_at(tmp_path, head, platform=CLEAN))
    assert (problem.line, problem.message) == (17, "A shared statement is a placeholder: “TBD”.")


def test_a_level_that_inherits_may_be_silent(tmp_path: Path) -> None:
    track = TRACK.replace("I name the risk before I take it.", "{risk: I name the risk.}")
    track = track.replace("      craft: {name: Deep craft,", "      care: {name: Deep care,")
    messages = [problem.message for problem in check(ladder_at(tmp_path, platform=track))]
    assert messages == ["L3 says nothing about care."]


def test_a_broken_ladder_gives_its_problems(tmp_path: Path) -> None:
    problems = check(ladder_at(tmp_path, HEAD.replace('"2026.2"', "2026.2")))
    assert [problem.fatal for problem in problems] == [True]


def test_the_example_of_the_documentation_is_clean_and_its_messages_are_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ladder.md").read_text(encoding="utf-8")
    head, track = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[:2]
    monkeypatch.chdir(tmp_path)
    directory = ladder_at(Path("lighthouse"), head, **{"data-analysis": track})
    assert check(directory) == ()
    main(["ladder", "check", "--fix", "--dir", "lighthouse"])
    typo = track.replace("      analysis:", "      anlysis:", 1)
    ladder_at(directory, head, **{"data-analysis": typo})
    assert str(check(directory)[0]) in page
    renamed = track.replace("checks-the-source", "knows-the-source")
    ladder_at(directory, head, **{"data-analysis": renamed})
    said = str(check(directory)[0]).partition("was: ")[0]
    assert said in " ".join(page.split())
