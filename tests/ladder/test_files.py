"""Reading ladder directories, well and badly written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ladder.files.loading import load
from bot.ladder.files.yaml_reader import MAX_NODES
from bot.ladder.model import Maturity, Problem, RetiredCompetency
from tests.ladder.samples import HEAD, TRACK, ladder_at

NODES = "maturity: [" + "a, " * MAX_NODES + "a]"


def test_everything_that_the_files_say_is_there(tmp_path: Path) -> None:
    ladder, problems = load(ladder_at(tmp_path))
    assert problems == ()
    assert ladder
    assert (ladder.id, ladder.version, ladder.effective) == ("northwind", "2026.2", "2026-11-01")
    assert [each.name for each in ladder.maturity] == ["Maturing", "Performing", "Exceeding"]
    assert ladder.competencies[0].label == "🦉 Craft"
    assert ladder.competencies[0].aliases == ("technical",)
    assert ladder.shared[0].statements[0].id == "speaks-up"
    (track,) = ladder.tracks
    assert (track.kind, track.includes) == ("ic", ("everyone",))
    assert track.retired[0].replaced_by == ("stoppable",)
    third, fourth = track.levels
    assert dict(third.attributes) == {
        "Planning horizon": "This quarter",
        "Impact radius": "My team",
    }
    assert third.expects[0].statements[0].id == "stoppable"
    assert third.expects[0].examples == ("I led the move to the new build servers.",)
    assert (fourth.rank, fourth.inherits) == (4, ("L3",))
    assert fourth.expects[0].competency.label == "🦉 Deep craft"
    assert fourth.examples == ("The team asks before it guesses.",)


def test_maturity_words_may_say_what_they_mean(tmp_path: Path) -> None:
    words = '[Maturing, {Performing: Does it all.}, Exceeding: "More: much."]'
    head = HEAD.replace("[Maturing, Performing, Exceeding]", words)
    ladder, problems = load(ladder_at(tmp_path, head))
    assert problems == ()
    assert ladder
    assert ladder.maturity == (
        Maturity("Maturing"),
        Maturity("Performing", "Does it all."),
        Maturity("Exceeding", "More: much."),
    )


def test_competencies_that_are_gone_lead_to_those_that_took_over(tmp_path: Path) -> None:
    retired = """\
retired:
  - {id: skill, was: Skill, until: "2025.1", replaced_by: [trade]}
  - {id: trade, was: Trade, replaced_by: [craft, care]}
"""
    ladder, problems = load(ladder_at(tmp_path, HEAD + retired))
    assert problems == ()
    assert ladder
    assert ladder.retired[0] == RetiredCompetency("skill", "Skill", "2025.1", ("trade",))
    assert ladder.current("skill") == ladder.competency("craft")


def test_a_level_that_speaks_about_a_retired_competency_is_told_the_new_one(tmp_path: Path) -> None:
    head = HEAD + "retired: [{id: skill, was: Skill, replaced_by: [craft]}]\n"
    track = TRACK.replace("      craft:\n", "      skill:\n")
    _, (problem,) = load(ladder_at(tmp_path, head, platform=track))
    assert (problem.line, problem.message) == (12, "The competency 'skill' is retired.")
    assert problem.remedy == "It is replaced by 'craft'."


def test_a_bare_statement_gets_the_same_id_on_every_load(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path)
    loads = [load(directory)[0] for _ in range(2)]
    ids = [ladder.tracks[0].levels[1].expects[0].statements[0].id for ladder in loads if ladder]
    assert ids == ["~name-risk-before"] * 2


BAD_HEADS = [
    ("is empty", "", 1),
    ("`key: value` lines", "- a list", 1),
    ("has no 'version'", HEAD.replace('version: "2026.2"\n', ""), 1),
    ("reads 2026.2 as a number", HEAD.replace('"2026.2"', "2026.2"), 4),
    ("reads no as a yes or no", HEAD.replace("Northwind career ladder", "no"), 3),
    ("schema 2 is not known", HEAD.replace("schema: 1", "schema: 2"), 1),
    ("should be a whole number", HEAD.replace("schema: 1", "schema: one"), 1),
    ("key 'attribute' that is not known", HEAD.replace("attributes:", "attribute:"), 6),
    ("has 'name' twice", HEAD + "name: again\n", 18),
    ("anchor or alias", HEAD.replace("Northwind career ladder", "&x Northwind"), 3),
    ("anchor or alias", HEAD.replace("Northwind career ladder", "*x"), 3),
    ("uses a YAML tag", HEAD.replace("Northwind career ladder", "!!python/name:os.system x"), 3),
    ("nested too deeply", HEAD + "x: " + "[" * 40 + "]" * 40, 18),
    ("too many entries", HEAD + NODES, 18),
    ("larger than 1 MiB", HEAD + "#" * 1024 * 1024, 1),
    ("colon where YAML does not expect one", HEAD + "id: a: b\n", 18),
    ("begins with a tab", HEAD + "x:\n\t- a\n", 19),
    ("several YAML documents", HEAD + "---\nid: b\n", 18),
    ("control character", HEAD + "x: \x07\n", 18),
    ("not valid YAML", HEAD + "x: [a, b\n", 18),
    ("cannot be an id", HEAD.replace("craft:", "the craft:"), 11),
    ("cannot be an id", HEAD.replace("id: northwind", "id: north wind"), 2),
    ("has no 'name'", HEAD.replace("care: {name: Care}", "care: {}"), 12),
    ("but this is a single value", HEAD.replace("[Maturing, Performing, Exceeding]", "Good"), 9),
    ("but this is a list", HEAD.replace("Northwind career ladder", "[a]"), 3),
    ("Two attributes are called", HEAD.replace("Impact radius", "Planning horizon"), 8),
]  # fmt: skip

BAD_TRACKS = [
    ("key 'titel' that is not known", TRACK.replace("title: Senior", "titel: Senior"), 7),
    ("A level has no 'title'", TRACK.replace("    title: Lead Platform Engineer\n", ""), 17),
    ("two levels 'l3'", TRACK.replace("id: L4", "id: l3"), 17),
    ("attribute 'horizn' is not in", TRACK.replace("{horizon", "{horizn"), 10),
    ("competency 'crafts' is not in", TRACK.replace("craft:\n", "crafts:\n"), 12),
    ("inherits: L9, but there is no", TRACK.replace("[L3]", "[L9]"), 19),
    ("inherits: zoo/L3, but there", TRACK.replace("[L3]", "[zoo/L3]"), 19),
    ("inherits goes round in a circle: L4 → L4", TRACK.replace("[L3]", "[L4]"), 17),
    ("next: L7, but there is no", TRACK.replace("inherits: [L3]", "next: [L7]"), 19),
    ("statement id 'stoppable' is already used on line 14",
     TRACK.replace("        examples:", "          - stoppable: Again.\n        examples:"), 15),
    ("is also in the shared group", TRACK.replace("stoppable: I", "speaks-up: I"), 14),
    ("is not a statement id", TRACK.replace("- stoppable: I", "- I say: I"), 14),
    ("A statement should be one line",
     TRACK.replace("- stoppable: I", "- a: b\n            c: d"), 14),
    ("reads 7 as a number", TRACK.replace("I led the move to the new build servers.", "7"), 16),
    ("should be text, but this is", TRACK.replace("I led the", "I led: the"), 16),
    ("is retired, but line 14 still", TRACK.replace("id: old-one", "id: stoppable"), 24),
    ("shared group 'everybody' is not", TRACK.replace("[everyone]", "[everybody]"), 4),
    ("kind 'boss' is not known", TRACK.replace("kind: ic", "kind: boss"), 3),
    ("should be a whole number", TRACK.replace("rank: 3", "rank: third"), 8),
    ("has no 'levels'", "id: platform\nname: Platform\n", 1),
    ("should hold `key: value` lines", TRACK.replace("attributes: {horizon: This quarter, reach: My"
     " team}", "attributes: [a]"), 10),
]  # fmt: skip


def only(problems: tuple[Problem, ...], message: str) -> Problem:
    found = [problem for problem in problems if message in problem.message]
    assert len(found) == 1, [str(problem) for problem in problems]
    return found[0]


@pytest.mark.parametrize(("message", "text", "line"), BAD_HEADS)
def test_a_bad_ladder_file_is_named_with_line_and_remedy(
    tmp_path: Path, message: str, text: str, line: int
) -> None:
    ladder, problems = load(ladder_at(tmp_path, text))
    problem = only(problems, message)
    assert (problem.file, problem.line) == (str(tmp_path / "ladder.yaml"), line)
    assert problem.remedy.endswith((".", "?"))
    assert problem.fatal
    assert ladder is None


@pytest.mark.parametrize(("message", "text", "line"), BAD_TRACKS)
def test_a_bad_track_file_is_named_with_line_and_remedy(
    tmp_path: Path, message: str, text: str, line: int
) -> None:
    ladder, problems = load(ladder_at(tmp_path, platform=text))
    problem = only(problems, message)
    assert (problem.file, problem.line) == (str(tmp_path / "tracks/platform.yaml"), line)
    assert problem.remedy.endswith((".", "?"))
    assert problem.fatal
    assert ladder is None


def test_the_likely_word_is_offered(tmp_path: Path) -> None:
    _, problems = load(ladder_at(tmp_path, platform=TRACK.replace("{horizon", "{horizn")))
    assert problems[0].remedy == "Did you mean 'horizon'?"


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    head = HEAD.replace('"2026.2"', "2026.2")
    track = TRACK.replace("rank: 3", "rank: x").replace("kind: ic", "kind: boss")
    assert len(load(ladder_at(tmp_path, head, platform=track))[1]) == 3


def test_one_track_in_two_files(tmp_path: Path) -> None:
    _, problems = load(ladder_at(tmp_path, one=TRACK, two=TRACK))
    problem = only(problems, "'platform' is already in tracks/one.yaml")
    assert problem.file.endswith("two.yaml")


def test_a_circle_through_several_levels_and_tracks_is_told_once(tmp_path: Path) -> None:
    there = TRACK.replace("[L3]", "[zoo/L3]")
    back = "id: zoo\nname: Zoo\nlevels:\n  - {id: L3, title: Zoo, inherits: [platform/L4]}\n"
    _, problems = load(ladder_at(tmp_path, platform=there, zoo=back))
    assert len(problems) == 1
    assert "circle" in problems[0].message


def test_a_very_long_chain_of_levels_is_no_circle(tmp_path: Path) -> None:
    chain = "".join(
        f"  - {{id: L{n}, title: T, rank: 1, inherits: [L{n + 1}]}}\n" for n in range(3000)
    )
    last = "  - {id: L3000, title: T, rank: 1}\n"
    track = "id: high\nname: High\nlevels:\n" + chain + last
    assert load(ladder_at(tmp_path, high=track))[1] == ()


def test_a_replacement_that_is_nowhere_is_only_a_warning(tmp_path: Path) -> None:
    track = TRACK.replace("replaced_by: [stoppable]", "replaced_by: [nowhere]")
    ladder, problems = load(ladder_at(tmp_path, platform=track))
    assert ladder
    assert [(p.line, p.fatal) for p in problems] == [(24, False)]


def missing_files(root: Path) -> Iterator[tuple[Path, str]]:
    yield root / "nowhere", "does not exist"
    (root / "file").write_text("x")
    yield root / "file", "is not a directory"
    (root / "empty").mkdir()
    yield root / "empty", "ladder.yaml is missing"
    (root / "head").mkdir()
    (root / "head" / "ladder.yaml").write_text(HEAD)
    yield root / "head", "has no track yet"
    folder = ladder_at(root / "folder")
    (folder / "tracks" / "zoo.yaml").mkdir()
    yield folder, "cannot be read: Is a directory"
    latin = ladder_at(root / "latin")
    (latin / "ladder.yaml").write_bytes(HEAD.encode() + "# é".encode("latin-1"))
    yield latin, "not in UTF-8"
    out = ladder_at(root / "out")
    (out / "tracks" / "link.yaml").symlink_to(root / "file")
    yield out, "leads out of the ladder directory"


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    for directory, message in missing_files(tmp_path):
        ladder, problems = load(directory)
        assert ladder is None, message
        assert message in problems[0].message


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path)
    (directory / "ladder.yaml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert load(directory)[1] == ()


def test_a_file_with_the_other_ending_is_pointed_out(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path)
    (directory / "tracks" / "zoo.yml").write_text("id: zoo")
    ladder, problems = load(directory)
    assert ladder
    assert [problem.fatal for problem in problems] == [False]


def test_a_small_file_that_would_expand_is_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 8)]
    ladder, problems = load(ladder_at(tmp_path, "\n".join(lines)))
    assert ladder is None
    assert "anchor" in problems[0].message
