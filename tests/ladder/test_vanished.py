"""Ids that vanish without a word: refused, with the likely match and a line to paste."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.cli import main
from bot.ladder.files.loading import load, read
from bot.ladder.files.parts import UNNAMED
from bot.ladder.files.record import Given, GivenStatement, given_by, read_record, record_text
from bot.ladder.files.references import named_statements
from bot.ladder.files.vanishing import Advice, vanished
from bot.ladder.files.writing import write
from bot.ladder.files.yaml_reader import MAX_BYTES, Sheet
from bot.ladder.model import Problem
from bot.ladder.verbs.check import check, examine
from tests.ladder.samples import ladder_at

HEAD = """\
schema: 1
id: zoo
name: Zoo
version: "7"
competencies:
  craft: {name: Craft}
  care: {name: Care}
shared:
  all: {name: All, statements: [{early: I speak up early.}]}
"""
KEEPER = """\
id: keeper
name: Keeper
includes: [all]
levels:
  - id: L1
    title: One
    expects:
      craft:
        statements:
          - feeds-on-time: I feed every animal at the time that its sheet says.
          - locks-twice: I lock each gate, and try it again before I go.
      care:
        statements:
          - greets: I greet visitors who look lost.
  - id: L2
    title: Two
    expects:
      craft:
        statements:
          - plans-moves: I plan how an animal moves house without a scare.
      care:
        statements:
          - calms: I calm a crowd when something has gone wrong.
"""
VET = """\
id: vet
name: Vet
levels:
  - id: L1
    title: Vet
    expects:
      craft:
        statements:
          - weighs-weekly: I weigh the small ones every week.
"""


@pytest.fixture
def zoo(tmp_path: Path) -> Path:
    """A ladder with its ids on record."""
    directory = ladder_at(tmp_path / "zoo", HEAD, keeper=KEEPER, vet=VET)
    assert main(["ladder", "check", "--fix", "--strict", "--dir", str(directory)]) == 0
    return directory


def rewrite(directory: Path, name: str, *changes: tuple[str, str]) -> None:
    path = directory / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def problem_in(directory: Path) -> Problem:
    ladder, (problem,) = load(directory)
    assert ladder is None
    assert problem.fatal
    return problem


def line_to_paste(problem: Problem) -> dict[str, object]:
    found = re.search(r"- (\{.*\})$", problem.remedy)
    assert found
    made: dict[str, object] = yaml.safe_load(found.group(1))
    return made


def test_a_reworded_statement_that_keeps_its_id_is_fine(zoo: Path) -> None:
    rewrite(zoo, "tracks/keeper.yaml", ("I feed every animal at the time", "All eat at the hour"))
    assert load(zoo)[1] == ()


def test_a_new_id_for_the_old_text_is_recognised(zoo: Path) -> None:
    rewrite(zoo, "tracks/keeper.yaml", ("feeds-on-time: I feed every", "feeding: I feed each"))
    problem = problem_in(zoo)
    assert (problem.file, problem.line) == (f"{zoo}/tracks/keeper.yaml", 8)
    assert problem.message == (
        "The id `feeds-on-time` is gone;"
        " it was “I feed every animal at the time that its sheet says.”."
    )
    assert problem.remedy.startswith(
        "`feeding` on line 10 looks like it: give it its old id back. "
        "If it is given up, add this under `retired:` in this file: - {id: feeds-on-time, was: "
    )
    assert line_to_paste(problem) == {
        "id": "feeds-on-time",
        "was": "I feed every animal at the time that its sheet says.",
        "competency": "craft",
        "level": "L1",
        "until": "7",
        "replaced_by": ["feeding"],
    }


def test_the_line_that_is_offered_can_be_pasted(zoo: Path) -> None:
    rewrite(zoo, "tracks/keeper.yaml", ("feeds-on-time: I feed every", "feeding: I feed each"))
    line = problem_in(zoo).remedy.partition("this file: ")[2]
    rewrite(zoo, "tracks/keeper.yaml", ("id: keeper\n", f"id: keeper\nretired:\n  {line}\n"))
    ladder, problems = load(zoo)
    assert problems == ()
    assert ladder
    assert ladder.tracks[0].retired[0].replaced_by == ("feeding",)


def test_an_id_that_was_only_forgotten_is_recognised(zoo: Path) -> None:
    rewrite(zoo, "tracks/keeper.yaml", ("- locks-twice: I lock", "- I lock"))
    assert problem_in(zoo).remedy.startswith(
        "The statement on line 11 looks like it: write `locks-twice: ` before its text."
    )


def test_another_wording_in_the_same_place_is_offered_too(zoo: Path) -> None:
    rewrite(
        zoo, "tracks/keeper.yaml", ("greets: I greet visitors who", "asks: I ask visitors that")
    )
    assert "`asks` on line 14 looks like it" in problem_in(zoo).remedy


def test_a_statement_that_is_simply_gone_has_no_likely_match(zoo: Path) -> None:
    rewrite(
        zoo,
        "tracks/keeper.yaml",
        ("          - locks-twice: I lock each gate, and try it again before I go.\n", ""),
    )
    problem = problem_in(zoo)
    assert problem.remedy.startswith("Put it back. If it is given up")
    assert "replaced_by" not in problem.remedy


def test_one_that_moves_to_another_level_or_track_is_not_gone(zoo: Path) -> None:
    moved = "          - greets: I greet visitors who look lost.\n"
    rewrite(
        zoo, "tracks/keeper.yaml", (moved, ""), ("          - calms", moved + "          - calms")
    )
    assert load(zoo)[1] == ()
    rewrite(zoo, "tracks/keeper.yaml", (moved, ""))
    rewrite(zoo, "tracks/vet.yaml", ("          - weighs", moved + "          - weighs"))
    assert load(zoo)[1] == ()


def test_a_retired_one_is_not_gone_but_taking_that_line_out_is_noticed(zoo: Path) -> None:
    gone = "          - greets: I greet visitors who look lost.\n"
    line = "retired: [{id: greets, was: I greet., competency: care, level: L1}]\n"
    rewrite(zoo, "tracks/keeper.yaml", (gone, ""), ("levels:\n", line + "levels:\n"))
    assert load(zoo)[1] == ()
    assert main(["ladder", "check", "--fix", "--dir", str(zoo)]) == 0
    rewrite(zoo, "tracks/keeper.yaml", (line, ""))
    assert "`greets` is gone; it was “I greet visitors" in problem_in(zoo).message


def test_a_level_and_a_track_are_told_in_one_line_each(zoo: Path) -> None:
    text = (zoo / "tracks/keeper.yaml").read_text()
    (zoo / "tracks/keeper.yaml").write_text(text[: text.index("  - id: L2")])
    problem = problem_in(zoo)
    assert problem.message == "L2 is gone with its 2 statements."
    assert (problem.file, problem.line) == (f"{zoo}/tracks/keeper.yaml", 1)
    (zoo / "tracks/keeper.yaml").unlink()
    problem = problem_in(zoo)
    assert problem.message == "The track `keeper` is gone with its 5 statements."
    assert problem.file == f"{zoo}/ladder.yaml"


def test_a_level_that_is_renamed_keeps_its_ids(zoo: Path) -> None:
    rewrite(zoo, "tracks/keeper.yaml", ("id: L2", "id: Lead"))
    assert load(zoo)[1] == ()


def test_many_ids_at_once_are_one_problem(tmp_path: Path) -> None:
    many = "".join(f"          - s{n}: I do the {n}th thing.\n" for n in range(30))
    keeper = KEEPER.replace("          - greets", many + "          - greets")
    zoo = ladder_at(tmp_path, HEAD, keeper=keeper)
    main(["ladder", "check", "--fix", "--dir", str(zoo)])
    (zoo / "tracks/keeper.yaml").write_text(KEEPER)
    assert problem_in(zoo).message == (
        "30 ids are gone from this track, among them `s0`, `s1`, `s10`."
    )
    some = "".join(many.splitlines(keepends=True)[:20])
    (zoo / "tracks/keeper.yaml").write_text(keeper.replace(many, some))
    assert problem_in(zoo).message == "10 ids are gone from L1, among them `s20`, `s21`, `s22`."


def test_what_is_taken_out_of_the_record_is_given_up(zoo: Path) -> None:
    (zoo / "tracks/vet.yaml").unlink()
    record = zoo / "ids.yaml"
    text = record.read_text()
    record.write_text(text[: text.index("  vet:")])
    assert load(zoo)[1] == ()


def test_a_track_without_levels_that_retires_all_is_not_complained_about(zoo: Path) -> None:
    line = "{id: weighs-weekly, was: I weigh., competency: craft, level: L1}"
    (zoo / "tracks/vet.yaml").write_text(f"id: vet\nname: Vet\nlevels: []\nretired:\n  - {line}\n")
    assert check(zoo) == ()


def test_a_competency_with_another_id_is_recognised(zoo: Path) -> None:
    for name in ("ladder.yaml", "tracks/keeper.yaml"):
        rewrite(zoo, name, ("care:", "caring:"))
    problem = problem_in(zoo)
    assert (problem.file, problem.line) == (f"{zoo}/ladder.yaml", 6)
    assert problem.message == "The competency `care` is gone; its name was “Care”."
    assert line_to_paste(problem) == {
        "id": "care", "was": "Care", "until": "7", "replaced_by": ["caring"],
    }  # fmt: skip
    paste = problem.remedy.partition("ladder.yaml: ")[2]
    rewrite(zoo, "ladder.yaml", ("shared:", f"retired:\n  {paste}\nshared:"))
    ladder, problems = load(zoo)
    assert problems == ()
    assert ladder
    caring = ladder.current("care")
    assert caring
    assert caring.id == "caring"


def test_a_competency_takes_its_statements_along(zoo: Path) -> None:
    rewrite(zoo, "ladder.yaml", ("  care: {name: Care}\n", ""))
    text = (zoo / "tracks/keeper.yaml").read_text()
    text = re.sub(r"      care:\n        statements:\n.*\n", "", text)
    (zoo / "tracks/keeper.yaml").write_text(text)
    assert "`care` is gone, and 2 statements with it" in problem_in(zoo).message
    rewrite(zoo, "ladder.yaml", ("shared:", "retired: [{id: care, was: Care}]\nshared:"))
    assert load(zoo)[1] == ()


def test_a_shared_statement_can_vanish_too(zoo: Path) -> None:
    rewrite(zoo, "ladder.yaml", ("{early: I speak up early.}", "{soon: I speak up soon.}"))
    problem = problem_in(zoo)
    assert (problem.file, problem.line) == (f"{zoo}/ladder.yaml", 9)
    assert problem.remedy == (
        "`soon` on line 9 looks like it: give it its old id back."
        " Or take it out of ids.yaml, for good."
    )


def test_an_id_that_comes_back_as_something_else(zoo: Path) -> None:
    gone = "          - greets: I greet visitors who look lost.\n"
    new = "          - greets: Every fence under my watch holds.\n"
    rewrite(zoo, "tracks/keeper.yaml", (gone, "          - new: I am new.\n"))
    rewrite(zoo, "tracks/keeper.yaml", ("          - plans-moves", new + "          - plans-moves"))
    problem = problem_in(zoo)
    assert problem.message == "The id `greets` was given to “I greet visitors who look lost.”."
    assert problem.line == 20


def test_a_statement_that_only_changes_its_competency_is_fine(zoo: Path) -> None:
    line = "          - greets: I greet visitors who look lost.\n"
    rewrite(zoo, "tracks/keeper.yaml", (line, "          - new: I am new.\n"))
    moved = line.replace("look lost", "seem to be lost")
    rewrite(zoo, "tracks/keeper.yaml", ("          - plans", moved + "          - plans"))
    assert load(zoo)[1] == ()


def test_between_two_ladders(tmp_path: Path) -> None:
    before, _ = load(ladder_at(tmp_path / "a", HEAD, keeper=KEEPER, vet=VET))
    after_at = ladder_at(tmp_path / "b", HEAD, keeper=KEEPER.replace("greets:", "meets:"), vet=VET)
    reading = read(after_at)
    assert before
    assert reading.ladder
    assert vanished(before, before, {}) == ()
    (problem,) = vanished(before, reading.ladder, reading.places)
    assert (problem.file, problem.line) == (f"{after_at}/tracks/keeper.yaml", 12)
    assert "`meets` on line 14" in problem.remedy
    (problem,) = vanished(before, reading.ladder, read(tmp_path / "a").places)
    assert (problem.file, problem.line) == (f"{tmp_path}/a/tracks/keeper.yaml", 14)
    assert "`meets` at L1" in problem.remedy


def test_against_an_older_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ladder_at(tmp_path / "before", HEAD, keeper=KEEPER, vet=VET)
    now = ladder_at(tmp_path / "now", HEAD, keeper=KEEPER.replace("greets:", "meets:"), vet=VET)
    assert check(now) == ()
    assert main(["ladder", "check", "--dir", str(now), "--against", str(before)]) == 1
    assert "`greets` is gone" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    found = examine(now, tmp_path / "empty")
    assert found.problems == ()
    assert "nothing was compared" in found.notes[-1]
    assert check(now, tmp_path / "nowhere")[0].fatal


def test_what_left_the_record_since_the_older_copy_was_given_up(zoo: Path, tmp_path: Path) -> None:
    ladder, _ = load(zoo)
    assert ladder
    older = tmp_path / "older"
    assert write(ladder, older) == ()
    (zoo / "tracks/vet.yaml").unlink()
    assert "`vet` is gone" in problem_in(zoo).message
    record = (zoo / "ids.yaml").read_text()
    (zoo / "ids.yaml").write_text(record[: record.index("  vet:")])
    assert check(zoo, older) == ()


def test_writing_a_ladder_that_lost_an_id_writes_nothing(zoo: Path) -> None:
    ladder, _ = load(zoo)
    assert ladder
    before = {path: path.read_bytes() for path in zoo.rglob("*.yaml")}
    problems = write(replace(ladder, tracks=ladder.tracks[:1]), zoo)
    assert ["`vet` is gone" in problem.message for problem in problems] == [True]
    assert {path: path.read_bytes() for path in zoo.rglob("*.yaml")} == before


def test_writing_records_the_ids_and_keeps_what_was_retired(zoo: Path) -> None:
    record = read(zoo).record
    ladder, _ = load(zoo)
    assert ladder
    assert record == given_by(ladder)
    assert (zoo / "ids.yaml").read_text().startswith("# Every id that this ladder has given")
    assert (zoo / "ids.yaml").read_text().count("greets: I greet visitors who look lost.") == 1
    stamp = (zoo / "ids.yaml").stat().st_mtime_ns
    assert write(ladder, zoo) == ()
    assert (zoo / "ids.yaml").stat().st_mtime_ns == stamp


def test_ids_not_recorded_yet_are_a_warning(zoo: Path) -> None:
    rewrite(
        zoo,
        "tracks/vet.yaml",
        ("          - weighs", "          - new: I am new.\n          - weighs"),
    )
    (problem,) = check(zoo)
    assert (problem.file, problem.fatal) == (f"{zoo}/ids.yaml", False)
    assert problem.message == "1 id not recorded yet: new."


def test_a_ladder_without_a_record_is_only_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = ladder_at(tmp_path, HEAD, keeper=KEEPER, vet=VET)
    assert main(["ladder", "check", "--strict", "--dir", str(directory)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Note: {directory}/ids.yaml is not there yet: run this with --fix")


def test_our_own_statements_are_not_taken_for_each_other() -> None:
    """If all others were new, a lost statement of the starter ladder would hardly match one."""
    data = Path(__file__).parents[2] / "ladder_data"
    ladder, _ = load(data)
    assert ladder
    wrong = []
    for track in ladder.tracks:
        statements = [
            (path, statement) for path, statement in named_statements(ladder) if path[0] == track.id
        ]
        for path, statement in statements:
            lost = GivenStatement(statement.id, statement.text, path)
            others = [each for each in statements if each[1] is not statement]
            wrong += [statement.id] if Advice("1", others, {}).likely(lost) else []
    assert len(wrong) <= 2


def test_a_statement_without_an_id_is_not_on_record(tmp_path: Path) -> None:
    bare = KEEPER.replace("- locks-twice: I lock", "- I lock")
    ladder, _ = load(ladder_at(tmp_path, HEAD, keeper=bare, vet=VET))
    assert ladder
    assert "greets" in given_by(ladder).statements
    assert not [each for each in given_by(ladder).statements if each.startswith(UNNAMED)]


def test_the_record_is_in_order_of_the_ids_and_of_the_later_version() -> None:
    text = record_text(Given("1", {"b": "B", "a": "A"}).joined(Given("2")))
    assert text.index("a: A") < text.index("b: B")
    assert "version: '2'" in text


def test_the_record_may_be_larger_than_any_track() -> None:
    many = {
        f"s{n}": GivenStatement(f"s{n}", "long " * 2_000, ("vet", "L1", "craft"))
        for n in range(120)
    }
    content = record_text(Given("1", {}, many)).encode()
    assert len(content) > MAX_BYTES
    given = read_record(Sheet("ids.yaml"), content)
    assert given
    assert given.statements == many


def test_one_that_changes_its_competency_is_fine_with_one_word_left_or_only_held_for_later(
    zoo: Path,
) -> None:
    line = "          - greets: I greet visitors who look lost.\n"
    rewrite(zoo, "tracks/keeper.yaml", (line, "          - new: I am new.\n"))
    for text in ("Every one of the visitors leaves with a map in hand.", "TBD"):
        moved = f"          - greets: {text}\n"
        before = (zoo / "tracks/keeper.yaml").read_text(encoding="utf-8")
        rewrite(zoo, "tracks/keeper.yaml", ("          - plans", moved + "          - plans"))
        assert load(zoo)[1] == ()
        (zoo / "tracks/keeper.yaml").write_text(before, encoding="utf-8")
