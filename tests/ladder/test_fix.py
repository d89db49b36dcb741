"""`ladder check --fix`: what is safe is mended, and nothing else in the file moves."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from bot.ladder.files.loading import load, read
from bot.ladder.files.record import Given, recorded
from bot.ladder.model import Ladder
from bot.ladder.repair import repair
from bot.ladder.verbs.check import check
from bot.ladder.verbs.fix import fix
from bot.ladder.wording import trimmed
from tests.ladder.samples import HEAD, TRACK, ladder_at

OWL = "\uf8ffü¶â"

LAID_OUT = """\
# Our platform people.   Two spaces stay.
id:   platform
name: "Platform Engineer"   # the old name stays
levels:

  - id: L3
    title: 'Senior\u00a0Engineer\u00a0'
    summary: |
      I run changes.

      From idea to production.
    expects:
      craft:
        statements:
          # the first one
          - I plan a migration: no.   # a trap for a colon
          - I name the risk
            before I take it.          # two lines

          - stoppable:   I stop half way.
          - "I say \\"no\\" early."
          - >-
            I write the story
            down for others.
          - |2
            I keep the margin.
          - No.
      care: {statements: [I help., 'I ask.', {help-again: I help again.}], examples: [OWL Oh. ]}
  -   id: L4
      title: OWL Lead
      expects: {craft: {statements: ["I lead. ", I steer]}, care: {statements: []}}
""".replace("OWL", OWL).replace("migration: no", "migration, no")

MENDED = """\
# Our platform people.   Two spaces stay.
id:   platform
name: "Platform Engineer"   # the old name stays
levels:

  - id: L3
    title: 'Senior\u00a0Engineer'
    summary: |
      I run changes.

      From idea to production.
    expects:
      craft:
        statements:
          # the first one
          - plan-migration-no: I plan a migration, no.   # a trap for a colon
          - name-risk-before: I name the risk
              before I take it.          # two lines

          - stoppable:   I stop half way.
          - say-no-early: "I say \\"no\\" early."
          - write-story-down: >-
              I write the story
              down for others.
          - keep-margin: |2
              I keep the margin.
          - "no": No.
      care: {statements: [{i-help: I help.}, {ask: 'I ask.'}, {help-again: I help again.}], \
examples: [🦉 Oh. ]}
  -   id: L4
      title: 🦉 Lead
      expects: {craft: {statements: [{lead: "I lead."}, {steer: I steer}]}, care: {statements: []}}
"""


def ladder_in(directory: Path) -> Ladder:
    ladder, problems = load(directory)
    assert ladder, problems
    return ladder


def mended(directory: Path, text: str, head: str = HEAD) -> str:
    """The track's text after a fix; a second one has nothing left to do."""
    ladder_at(directory, head)
    path = directory / "tracks/platform.yaml"
    path.write_bytes(text.encode())
    outcome = fix(directory)
    assert outcome.usable
    assert outcome.problems == ()
    assert fix(directory).fixed == ()
    return path.read_bytes().decode()


def test_everything_is_mended_in_place(tmp_path: Path) -> None:
    assert mended(tmp_path, LAID_OUT).splitlines() == MENDED.splitlines()
    assert [str(problem) for problem in check(tmp_path)] == []


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"], ids=["windows", "old mac", "unix"])
@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["marked", "unmarked"])
@pytest.mark.parametrize("end", ["\n", ""], ids=["ended", "open"])
def test_line_ends_and_marks_survive(tmp_path: Path, ends: str, mark: str, end: str) -> None:
    before = mark + (LAID_OUT.rstrip("\n") + end).replace("\n", ends)
    after = mark + (MENDED.rstrip("\n") + end).replace("\n", ends)
    assert mended(tmp_path, before) == after


def test_each_thing_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ladder_at(tmp_path) / "tracks/platform.yaml"
    path.write_text(LAID_OUT, encoding="utf-8")
    assert main(["ladder", "check", "--fix", "--strict", "--dir", str(tmp_path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{path}:7: fixed: took the spaces off the ends of: Senior Engineer"
    assert (
        f"{path}:17: fixed: gave the id name-risk-before to: I name the risk before I take it."
        in said
    )
    assert f"{path}:28: fixed: mended damaged letters of: 🦉 Oh." in said
    assert said[-2:] == [
        f"{tmp_path}/ids.yaml:1: fixed: began the record with 13 statement ids",
        "All is well.",
    ]
    assert main(["ladder", "check", "--fix", "--dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "All is well.\n"


def test_an_id_is_never_one_that_was_given_before(tmp_path: Path) -> None:
    text = TRACK.replace("I name the risk before I take it.", "Old one, I say no., Old one!")
    text = text.replace("[Old", "[Stoppable, Old")
    after = mended(tmp_path, text)
    assert "[{stoppable-2: Stoppable}, {old-one-2: Old one}, {say-no: I say no.}," in after
    assert "{old-one-3: Old one!}]" in after


def test_an_id_taken_out_of_use_stays_taken(tmp_path: Path) -> None:
    record = 'schema: 1\nversion: "1"\ntracks: {platform: {L3: {gone: {name-risk-before: X}}}}\n'
    head = HEAD + "retired: [{id: gone, was: Gone}]\n"
    (tmp_path / "ids.yaml").write_text(record)
    assert "name-risk-before-2: I name" in mended(tmp_path, TRACK, head)


def test_shared_statements_get_ids_too(tmp_path: Path) -> None:
    head = HEAD.replace("speaks-up: I say", "I say")
    ladder_at(tmp_path, head, platform=TRACK)
    fix(tmp_path)
    assert (tmp_path / "ladder.yaml").read_text() == head.replace("I say", "say-early-stuck: I say")


UNCERTAIN = [
    "- keeps: \"Ends in an escaped space.\\_\"",
    "- keeps: \"An escaped owl: \\uf8ffü¶â\"",
    "- keeps: \"\\u00a0\"",
    "- keeps: \u00a0\"quoted\" behind a hard space",
    "- keeps: l\u2019équipe",
    "- keeps: Lost for good \ufffd.",
]  # fmt: skip


@pytest.mark.parametrize("line", UNCERTAIN)
def test_what_is_not_certain_is_left_alone(tmp_path: Path, line: str) -> None:
    text = TRACK.replace("I name the risk before I take it.", "{risk: I name the risk.}")
    text = text.replace("- stoppable: I plan a migration that can be stopped half way.", line)
    text = text.replace("[stoppable]", "[]")
    assert mended(tmp_path, text) == text


def test_a_ladder_that_cannot_be_used_is_not_touched(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path, HEAD.replace("id: northwind", "id: north wind"))
    assert not fix(directory).usable
    assert (directory / "tracks/platform.yaml").read_text() == TRACK
    assert not (directory / "ids.yaml").exists()


def test_a_link_inside_and_a_file_mode_stay(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path)
    real = directory / "real.yaml"
    (directory / "tracks/platform.yaml").rename(real)
    real.chmod(0o640)
    (directory / "tracks/platform.yaml").symlink_to("../real.yaml")
    assert fix(directory).fixed
    assert (directory / "tracks/platform.yaml").is_symlink()
    assert "name-risk-before: " in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_the_record_follows_what_changes(tmp_path: Path) -> None:
    path = ladder_at(tmp_path) / "tracks/platform.yaml"
    fix(tmp_path)
    path.write_text(path.read_text().replace("I plan a migration", "I plan every migration"))
    (outcome,) = fix(tmp_path).fixed
    assert outcome.what == "brought the record up to date"
    record = read(tmp_path).record
    assert record
    assert record.statements["stoppable"].text.startswith("I plan every")
    path.write_text(path.read_text().replace("{name-risk", "{new: I am new.}, {name-risk"))
    assert [p.message for p in check(tmp_path)] == ["1 id not recorded yet: new."]
    (outcome,) = fix(tmp_path).fixed
    assert outcome.what == "recorded 1 new id"


WORDS = st.sampled_from(
    ["I plan.", "No", "TBD", "I ask", "it's", "l’équipe", OWL, "a#b", "100", "I -x", "🦉 I"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PADS = st.sampled_from(["", "", " ", "\u00a0", "  "])
COMMENTS = st.sampled_from(["", "", "  # why", " #"])


@st.composite
def written(draw: st.DrawFn) -> list[str]:
    """One statement as the lines that a person may write for it, at ten spaces."""
    text = draw(TEXTS)
    pad, comment = draw(PADS), draw(COMMENTS)
    dash = "          -" + draw(st.sampled_from([" ", "   "]))
    name = draw(st.sampled_from(["", "", f"s{draw(st.integers(0, 10**9))}: "]))
    match draw(st.integers(0, 6)):
        case 0:
            return [f"{dash}{name}I {text}{pad}{comment}"]
        case 1:
            return [f"{dash}{name}'{pad}{text.replace(chr(39), chr(39) * 2)}{pad}'{comment}"]
        case 2:
            return [f'{dash}{name}"{text}{pad}"{comment}']
        case 3:
            return [f"{dash}{name}>-{comment}", f"                {text}", "", "                I."]
        case 4:
            return [f"{dash}{name}|{comment}", f"                {text}{pad}"]
        case 5:
            return [f"{dash}{name}I {text}", f"                 and {text}{comment}"]
        case _:
            return ["          # a note", f"{dash}{name}I go.{pad}{comment}", "   ", "      # end"]


@settings(max_examples=200, deadline=None)
@given(st.lists(written(), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_no_other_line_changes_and_no_comment_is_lost(
    statements: list[list[str]], ends: str, ended: bool
) -> None:
    top = ["# top", "id: platform", "name: P  # name", "levels:", "  - id: L1", "    title: T"]
    top += ["    expects:", "      craft:", "        statements:"]
    lines = top + [line for statement in statements for line in statement]
    text = ends.join(lines) + (ends if ended else "")
    with tempfile.TemporaryDirectory() as folder:
        directory = ladder_at(Path(folder))
        path = directory / "tracks/platform.yaml"
        path.write_bytes(text.encode())
        if read(directory).ladder is None:
            return
        before = ladder_in(directory)
        outcome = fix(directory)
        assert outcome.problems == ()
        after = path.read_bytes().decode()
        assert comments(after) == comments(text)
        assert same_but_for_ids(before, ladder_in(directory))
        mended_lines = after.split(ends)
        touched = {each.line for each in outcome.fixed if each.file == path.as_posix()}
        assert len(mended_lines) == len(text.split(ends))
        for number, (was, now) in enumerate(zip(text.split(ends), mended_lines, strict=True), 1):
            assert number in touched or tidy(was) == tidy(now), (was, now)
        assert fix(directory).fixed == ()
        assert not [
            p for p in check(directory) if "has no id" in p.message and "TBD" not in p.message
        ]


def comments(text: str) -> list[str]:
    return [line[line.index(" #") :] for line in text.splitlines() if " #" in line]


def tidy(text: str) -> str:
    return repair(trimmed(repair(text)))


def same_but_for_ids(before: Ladder, after: Ladder) -> bool:
    def texts(ladder: Ladder) -> list[str]:
        (expectation,) = ladder.tracks[0].levels[0].expects
        return [tidy(each.text) for each in expectation.statements]

    return texts(before) == texts(after)


def test_a_file_that_somebody_changes_meanwhile_is_left_as_they_wrote_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = ladder_at(tmp_path, platform=TRACK)
    file = directory / "tracks" / "platform.yaml"

    def meddling(before: Given | None, ladder: Ladder) -> Given:
        file.write_text("# theirs\n" + TRACK, encoding="utf-8")
        return recorded(before, ladder)

    monkeypatch.setattr("bot.ladder.verbs.fix.recorded", meddling)
    outcome = fix(directory)
    assert outcome.fixed == ()
    assert "Somebody changed the ladder meanwhile" in outcome.problems[0].message
    assert file.read_text(encoding="utf-8") == "# theirs\n" + TRACK
    assert not (directory / "ids.yaml").exists()
