"""What one ladder says that another does not, and how a terminal shows it."""

from dataclasses import replace
from pathlib import Path

from bot.ladder.files.loading import load
from bot.ladder.importers.difference import Change, difference
from bot.ladder.importers.importing import import_source
from bot.ladder.importers.telling import told
from bot.ladder.model import Ladder, Retired
from tests.ladder.samples import ladder_at

TABLE = """\
Competency,L1: Junior,L2: Senior
Planning horizon,Weeks,Months
Keys,"- I count the keys every night.
- I oil the locks before winter.",I know who holds which key and why.
Doors,I close the doors behind me.,I plan new doors with the builders.
"""
CHANGED = """\
Competency,L1: Apprentice,L2: Senior,L3: Lead
Planning horizon,Days,Months,Years
Keys,I count all the keys every night.,"- I know who holds which key and why.
- I close the doors behind me.",I hand out keys.
Windows,I clean them.,,I choose the glass.
"""


def imported(folder: Path, text: str, *, dry_run: bool = False) -> str:
    path = folder / "keepers.csv"
    path.write_text(text, encoding="utf-8")
    outcome = import_source(path, folder / "ladder", dry_run=dry_run)
    assert outcome.problems == ()
    return "\n".join(told(outcome, path, folder / "ladder", dry_run=dry_run))


def sample(folder: Path) -> Ladder:
    ladder, _ = load(ladder_at(folder))
    assert ladder
    return ladder


def test_every_kind_of_change_is_shown_where_it_is(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    shown = imported(tmp_path, CHANGED, dry_run=True)
    change = shown[shown.index("What would change") :].replace(str(tmp_path), "")
    assert change == (
        "What would change in /ladder: 1 new level, 1 new competency, 3 new statements,"
        " 1 reworded statement, 1 moved statement, 2 retired statements, 4 other changes.\n"
        "New competencies:\n"
        "  Windows\n"
        "keepers: Keepers\n"
        "  L1: Apprentice\n"
        "    Title: “Junior” → “Apprentice”\n"
        "    Planning horizon: “Weeks” → “Days”\n"
        "    Competencies: “Keys, Doors” → “Keys, Windows”\n"
        "    reworded, Keys count-keys-every-night: “I count the keys every night.”"
        " → “I count all the keys every night.”\n"
        "    new, Windows clean: “I clean them.”\n"
        "    retired, Keys oil-locks-before-winter: “I oil the locks before winter.”\n"
        "  L2: Senior\n"
        "    Competencies: “Keys, Doors” → “Keys”\n"
        "    moved, Keys close-doors-behind: from L1 Doors: “I close the doors behind me.”\n"
        "    retired, Doors plan-new-doors-builders: “I plan new doors with the builders.”\n"
        "  L3: Lead, a new level\n"
        "    2 new statements\n"
        "Files that would be written: /ladder/ladder.yaml, /ladder/tracks/keepers.yaml.\n"
        "Next: this was a dry run and wrote nothing; import without --dry-run to keep it."
    )


def test_after_the_import_the_same_in_one_line(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    shown = imported(tmp_path, CHANGED)
    assert "Changed: 1 new level, 1 new competency, 3 new statements" in shown
    assert "  keepers L1 Keys count-keys-every-night: “I count the keys every night.” → " in shown
    assert "put the files back and import with --reworded new" in shown
    assert "Nothing had changed" in imported(tmp_path, CHANGED)
    assert "already says all of this" in imported(tmp_path, CHANGED, dry_run=True)


def test_equal_ladders_do_not_differ(tmp_path: Path) -> None:
    ladder = sample(tmp_path)
    assert not difference(ladder, ladder)
    everything = difference(None, ladder)
    assert everything.tracks[0].new
    assert everything.count(Change.NEW) == 1


def test_what_goes_is_named_too(tmp_path: Path) -> None:
    ladder = sample(tmp_path)
    track = ladder.tracks[0]
    less = replace(ladder, tracks=(replace(track, levels=track.levels[1:]),), competencies=())
    change = difference(ladder, less)
    assert change.tracks[0].gone == ("L3",)
    assert change.count(Change.RETIRED) == 1
    assert [each.name for each in change.facts] == ["🦉 Craft", "Care"]


def test_aliases_and_what_took_over_are_told(tmp_path: Path) -> None:
    ladder = sample(tmp_path)
    craft = replace(ladder.competencies[0], aliases=("technical", "making"))
    track = ladder.tracks[0]
    line = Retired("stoppable", "was", "craft", "L3", replaced_by=("new",))
    gone = replace(track, levels=track.levels[1:], retired=(line,))
    after = replace(ladder, competencies=(craft, ladder.competencies[1]), tracks=(gone,))
    change = difference(ladder, after)
    assert [(each.was, each.now) for each in change.facts] == [("technical", "technical, making")]
    ((only,),) = [level.statements for level in change.tracks[0].levels]
    assert only.replaced_by == ("new",)


def test_a_statement_that_moved_in_other_words_is_among_the_reworded(tmp_path: Path) -> None:
    imported(tmp_path, TABLE)
    before, _ = load(tmp_path / "ladder")
    assert before
    track = before.tracks[0]
    lower, higher = track.levels
    keys, doors = lower.expects
    moved = replace(doors.statements[0], text="I close every door behind me.")
    lower = replace(lower, expects=(keys, replace(doors, statements=())))
    there = replace(higher.expects[1], statements=(*higher.expects[1].statements, moved))
    higher = replace(higher, expects=(higher.expects[0], there))
    after = replace(before, tracks=(replace(track, levels=(lower, higher)),))
    ((level, change),) = difference(before, after).tracks[0].reworded()
    assert (level.id, change.change, change.origin) == ("L2", Change.MOVED, "L1 Doors")
