"""Writing a ladder and reading it back."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from bot.ladder.files.loading import load
from bot.ladder.files.writing import dump, write
from bot.ladder.model import Ladder, Track
from tests.ladder.samples import HEAD, TRACK, ladder_at, ladders


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_what_is_written_reads_back_as_it_was(ladder: Ladder) -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "new" / "ladder"
        assert write(ladder, directory) == ()
        assert load(directory) == (ladder, ())


def test_the_sample_survives_being_written_with_everything_in_it(tmp_path: Path) -> None:
    ladder, _ = load(ladder_at(tmp_path / "here"))
    assert ladder
    assert write(ladder, tmp_path / "there") == ()
    assert load(tmp_path / "there")[0] == ladder
    text = (tmp_path / "there" / "ladder.yaml").read_text(encoding="utf-8")
    assert "effective: 2026-11-01\n" in text
    assert "emoji: 🦉\n" in text


def test_long_text_stays_on_one_line_and_paragraphs_in_a_block(tmp_path: Path) -> None:
    ladder, _ = load(ladder_at(tmp_path))
    assert ladder
    level = replace(ladder.tracks[0].levels[0], title="word " * 60 + "end", summary="One.\n\nTwo.")
    track = replace(ladder.tracks[0], levels=(level,))
    text = dump(replace(ladder, tracks=(track,)))["tracks/platform.yaml"]
    assert "title: " + "word " * 60 + "end\n" in text
    assert "summary: |-\n      One.\n\n      Two.\n" in text


def test_a_file_that_says_the_same_is_not_touched_and_keeps_its_comments(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path, platform="# ours\n" + TRACK)
    ladder, _ = load(directory)
    assert ladder
    write(replace(ladder, tracks=(*ladder.tracks, Track("zoo", "Zoo"))), directory)
    assert (directory / "tracks/platform.yaml").read_text(encoding="utf-8") == "# ours\n" + TRACK
    assert (directory / "tracks/zoo.yaml").exists()
    assert (directory / "ladder.yaml").read_text(encoding="utf-8") == HEAD


def test_a_track_keeps_the_file_name_that_people_gave_it(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path, **{"00-first": TRACK})
    ladder, _ = load(directory)
    assert ladder
    write(replace(ladder, tracks=(replace(ladder.tracks[0], name="Other"),)), directory)
    assert [path.name for path in (directory / "tracks").iterdir()] == ["00-first.yaml"]
    reloaded, _ = load(directory)
    assert reloaded
    assert reloaded.tracks[0].name == "Other"


def test_when_one_file_cannot_be_moved_the_others_are_put_back(tmp_path: Path) -> None:
    directory = ladder_at(tmp_path / "ladder")
    ladder, _ = load(directory)
    assert ladder
    (directory / "tracks" / "zoo.yaml" / "full").mkdir(parents=True)
    changed = replace(ladder, name="Renamed", tracks=(*ladder.tracks, Track("zoo", "Zoo")))
    (problem,) = write(changed, directory)
    assert "could not be written" in problem.message
    assert (directory / "ladder.yaml").read_text(encoding="utf-8") == HEAD
    assert not [path for path in directory.iterdir() if path.name.startswith(".")]


def test_directories_that_were_made_go_again_when_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "ladder.yaml" / "full").mkdir(parents=True)
    assert write(Ladder("a", "A", "1", tracks=(Track("t", "T"),)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ladder.yaml"]


def test_nothing_is_left_behind_where_no_directory_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ladder = Ladder("a", "A", "1", tracks=(Track("t", "T"),))
    (problem,) = write(ladder, tmp_path / "file" / "ladder")
    assert problem.remedy.startswith("Nothing was changed.")


def test_a_ladder_that_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    ladder = Ladder("not an id", "A", "1", tracks=(Track("t", "T"),))
    assert write(ladder, tmp_path / "new")
    assert not (tmp_path / "new").exists()
