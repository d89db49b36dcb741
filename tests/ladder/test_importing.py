"""Importing a page into a ladder directory: what is merged, what is kept, what is refused."""

import os
from pathlib import Path

import pytest

from bot.ladder.files.loading import load
from bot.ladder.files.writing import write
from bot.ladder.importers.importing import ImportOutcome, import_source
from bot.ladder.model import Ladder, Level
from tests.ladder.samples import HEAD, TRACK, ladder_at

PAGE = """\
# L3: Keeper

- **Planning horizon**: A month

## 🔑 Keys

- I count the keys.
- I oil the locks.

## Doors

- I close doors.
"""


def put(folder: Path, text: str, name: str = "page.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(folder: Path, text: str, track: str = "keepers") -> ImportOutcome:
    outcome = import_source(put(folder, text), folder / "ladder", track)
    assert outcome.problems == ()
    return outcome


def ladder_in(folder: Path) -> Ladder:
    ladder, problems = load(folder / "ladder")
    assert ladder
    assert problems == ()
    return ladder


def level_in(folder: Path, level_id: str = "L3", track: str = "keepers") -> Level:
    found = ladder_in(folder).track(track)
    level = found.level(level_id) if found else None
    assert level
    return level


def ids(level: Level) -> list[str]:
    return [statement.id for each in level.expects for statement in each.statements]


def test_a_first_page_makes_a_ladder(tmp_path: Path) -> None:
    outcome = imported(tmp_path, PAGE, "night-keepers")
    ladder = ladder_in(tmp_path)
    assert outcome.files == ("ladder.yaml", "tracks/night-keepers.yaml")
    assert (ladder.id, ladder.version) == ("night-keepers", "1")
    assert ladder.tracks[0].name == "Night Keepers"
    assert dict(ladder.attributes) == {"planning-horizon": "Planning horizon"}
    assert [each.id for each in ladder.competencies] == ["keys", "doors"]
    level = level_in(tmp_path, track="night-keepers")
    assert (level.rank, dict(level.attributes)) == (3, {"Planning horizon": "A month"})
    assert ids(level) == ["count-keys", "oil-locks", "close-doors"]


def test_the_track_takes_the_name_that_is_given(tmp_path: Path) -> None:
    for name in ("Keepers of keys", "Renamed"):
        import_source(put(tmp_path, PAGE), tmp_path / "ladder", "keepers", name)
        assert ladder_in(tmp_path).tracks[0].name == name


def test_the_same_page_again_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    assert imported(tmp_path, PAGE).files == ()


def test_ids_live_on_with_their_text_and_are_retired_without_it(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    imported(tmp_path, PAGE.replace("- I oil the locks.", "- I count the keys twice.\n- New one."))
    level = level_in(tmp_path)
    assert ids(level) == ["count-keys", "count-keys-twice", "new-one", "close-doors"]
    (retired,) = ladder_in(tmp_path).tracks[0].retired
    assert (retired.id, retired.was, retired.level) == ("oil-locks", "I oil the locks.", "L3")
    imported(tmp_path, PAGE)
    assert ids(level_in(tmp_path))[1] == "oil-locks-2"


def test_an_id_that_people_gave_is_kept(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    for path in (tmp_path / "ladder/tracks/keepers.yaml", tmp_path / "ladder/ids.yaml"):
        path.write_text(path.read_text().replace("count-keys:", "key-count:"))
    imported(tmp_path, PAGE.replace("oil", "grease"))
    assert ids(level_in(tmp_path))[:2] == ["key-count", "oil-locks"]


def test_equal_texts_get_ids_of_their_own(tmp_path: Path) -> None:
    imported(tmp_path, "# L1: A\n## B\n- Same.\n- Same.\n- TBD\n- …\n")
    assert ids(level_in(tmp_path, "L1")) == ["same", "same-2", "unwritten", "unwritten-2"]
    assert imported(tmp_path, "# L1: A\n## B\n- Same.\n- Same.\n- TBD\n- …\n").files == ()


def test_a_competency_is_known_by_capitals_alias_or_a_name_on_another_level(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    imported(tmp_path, PAGE.replace("L3", "L4").replace("🔑 Keys", "KEYS"))
    third, fourth = ladder_in(tmp_path).tracks[0].levels
    assert [each.competency.id for each in fourth.expects] == ["keys", "doors"]
    assert [each.competency.label for each in fourth.expects] == ["🔑 KEYS", "Doors"]
    assert third.expects[0].competency.label == "🔑 Keys"


def test_names_that_differ_by_more_stay_apart_and_are_pointed_out(tmp_path: Path) -> None:
    imported(tmp_path, PAGE.replace("Keys", "Keys and locks"))
    outcome = imported(tmp_path, PAGE.replace("L3", "L4").replace("Keys", "Keys & locks"))
    found = [each.id for each in ladder_in(tmp_path).competencies]
    assert found == ["keys-and-locks", "doors", "keys-locks"]
    assert outcome.notes == (
        "“Keys & locks” was kept apart from “Keys and locks”. If they are the same,"
        ' import again with --same "Keys and locks=Keys & locks"',
    )


def test_an_attribute_in_other_capitals_is_the_same(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    imported(tmp_path, PAGE.replace("L3", "L4").replace("Planning horizon", "PLANNING Horizon"))
    assert dict(level_in(tmp_path, "L4").attributes) == {"Planning horizon": "A month"}


def test_levels_stand_in_the_order_of_their_rank(tmp_path: Path) -> None:
    for number in (3, 5, 1, 4):
        imported(tmp_path, PAGE.replace("L3", f"L{number}"))
    assert [level.id for level in ladder_in(tmp_path).tracks[0].levels] == ["L1", "L3", "L4", "L5"]


def test_what_the_page_does_not_speak_of_stays(tmp_path: Path) -> None:
    known = TRACK.replace("inherits: [L3]", "inherits: [L3]\n    rank: 9\n    next: [L3]")
    directory = ladder_at(tmp_path / "ladder", platform=known, zoo="id: zoo\nname: Z\nlevels: []\n")
    imported(tmp_path, PAGE.replace("L3", "l4"), "platform")
    ladder = ladder_in(tmp_path)
    fourth = ladder.tracks[0].levels[1]
    assert (fourth.id, fourth.title, fourth.inherits) == ("L4", "Keeper", ("L3",))
    assert (fourth.rank, fourth.next) == (9, ("L3",))
    assert ladder.tracks[0].includes == ("everyone",)
    assert ladder.shared[0].id == "everyone"
    assert (directory / "tracks/zoo.yaml").read_text() == "id: zoo\nname: Z\nlevels: []\n"


def test_a_level_without_a_title_keeps_the_one_it_had(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    imported(tmp_path, PAGE.replace("# L3: Keeper", "# L3"))
    assert level_in(tmp_path).title == "Keeper"


def test_two_sections_about_one_competency_are_one_with_all_that_both_say(tmp_path: Path) -> None:
    imported(tmp_path, f"{PAGE}\n## KEYS\n\n- I label keys.\n\nExamples:\n\n- I did once.\n")
    keys, doors = level_in(tmp_path).expects
    assert [each.text for each in keys.statements][-1] == "I label keys."
    assert len(keys.statements) == 3
    assert keys.examples == ("I did once.",)
    assert len(doors.statements) == 1


def test_an_alias_is_a_name_too(tmp_path: Path) -> None:
    ladder_at(tmp_path / "ladder", platform=TRACK)
    imported(tmp_path, PAGE.replace("🔑 Keys", "Technical"), "platform")
    third = level_in(tmp_path, track="platform")
    assert [each.competency.id for each in third.expects] == ["craft", "doors"]


def test_comments_that_are_lost_are_told(tmp_path: Path) -> None:
    ladder_at(tmp_path / "ladder", platform="# ours\n" + TRACK)
    notes = imported(tmp_path, PAGE, "platform").notes
    assert "tracks/platform.yaml is written anew without its 1 comment line(s)" in notes


def test_long_and_odd_names_are_imported_all_the_same(tmp_path: Path) -> None:
    page = (
        f"# L1: {'Title ' * 40}\n- **{'Name ' * 12}**: v\n## {'Long ' * 40}\n- s\n## 守る\n- 守る\n"
    )
    imported(tmp_path, page)
    assert [each.id for each in ladder_in(tmp_path).competencies][1] == "competency"
    assert ids(level_in(tmp_path, "L1")) == ["s", "statement"]


BAD_PAGES = [
    (b"", "is empty"),
    (b"\xef\xbb\xbf \r\n\n", "is empty"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
    ("# L1: é\n".encode("latin-1"), "not in UTF-8"),
    ("# L1: A\n".encode("utf-16"), "is in UTF-16"),
    (b"# Roles\n\n- [L1](L1.md)\n", "no level heading"),
    (b"# L1: A\n# L1: B\n", "comes twice"),
    (b"# L1: A\n" + b"- a\n" * 300_000, "larger than 1 MiB"),
]


@pytest.mark.parametrize(("content", "message"), BAD_PAGES)
def test_a_bad_page_is_one_clear_problem_and_nothing_is_written(
    tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "page.md").write_bytes(content)
    outcome = import_source(tmp_path / "page.md", tmp_path / "ladder", "keepers")
    (problem,) = outcome.problems
    assert message in problem.message
    assert problem.remedy
    assert not (tmp_path / "ladder").exists()


def test_a_missing_page_and_a_bad_track(tmp_path: Path) -> None:
    page = put(tmp_path, PAGE)
    for source, track, message in [
        (tmp_path / "none.md", "t", "no such page"),
        (page, "my track", "cannot be the id"),
        (page, "../up", "cannot be the id"),
        (page / "x", "t", "cannot be read"),
    ]:
        outcome = import_source(source, tmp_path / "ladder", track)
        assert message in outcome.problems[0].message
    assert not (tmp_path / "ladder").exists()


def test_a_broken_ladder_is_left_alone(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path / "ladder", HEAD.replace('"2026.2"', "2026.2"))
    outcome = import_source(put(tmp_path, PAGE), directory, "keepers")
    assert "reads 2026.2 as a number" in outcome.problems[0].message
    assert not (directory / "tracks/keepers.yaml").exists()
    (directory / "ladder.yaml").unlink()
    outcome = import_source(put(tmp_path, PAGE), directory, "keepers")
    assert "ladder.yaml is missing" in outcome.problems[0].message


def test_a_target_that_cannot_be_written_is_one_problem(tmp_path: Path) -> None:
    put(tmp_path, "in the way", "ladder")
    outcome = import_source(put(tmp_path, PAGE), tmp_path / "ladder", "keepers")
    assert "not a folder" in outcome.problems[0].message
    outcome = import_source(put(tmp_path, PAGE), tmp_path / "ladder" / "deep", "keepers")
    assert outcome.problems[0].remedy.startswith("Nothing was changed.")
    assert outcome.files == ()


def test_a_ladder_of_the_sample_can_be_written_after_an_import(tmp_path: Path) -> None:
    imported(tmp_path, PAGE)
    assert write(ladder_in(tmp_path), tmp_path / "copy") == ()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("failing", [1, 2])
def test_when_a_file_cannot_be_put_in_place_all_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    imported(tmp_path, PAGE)
    before = everything_in(tmp_path / "ladder")
    moved: list[Path] = []
    move = Path.replace

    def sometimes(self: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) == failing:
            raise OSError(28, "No space left on device", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", sometimes)
    page = put(tmp_path, PAGE.replace("Doors", "Gates").replace("month", "year"))
    outcome = import_source(page, tmp_path / "ladder", "keepers")
    assert "No space left on device" in outcome.problems[0].message
    assert outcome.files == ()
    assert everything_in(tmp_path / "ladder") == before


def test_a_new_directory_that_cannot_be_filled_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", never)
    page = put(tmp_path, PAGE)
    outcome = import_source(page, tmp_path / "deep" / "ladder", "keepers")
    assert outcome.problems[0].remedy.startswith("Nothing was changed.")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.md"]


def test_a_table_names_its_track_by_itself(tmp_path: Path) -> None:
    table = put(tmp_path, "Competency,L1,L2\nKeys,I count.,I hand out.\n", "night-keepers.CSV")
    outcome = import_source(table, tmp_path / "ladder")
    assert outcome.problems == ()
    assert ladder_in(tmp_path).tracks[0].name == "Night Keepers"


def test_a_spreadsheet_is_refused_with_a_way_out(tmp_path: Path) -> None:
    outcome = import_source(put(tmp_path, "x", "ladder.xlsx"), tmp_path / "ladder")
    assert outcome.problems[0].remedy == "Save it as “CSV UTF-8” and import that."


@pytest.mark.parametrize("name", ["page.md", "table.csv"])
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (problem,) = import_source(tmp_path / name, tmp_path / "ladder", "keepers").problems
    assert "neither a file nor a folder" in problem.message
