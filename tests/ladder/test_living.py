"""The ladder under a running bot: every way to edit it, and every way to break it."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ladder.asking.index import index_of
from bot.ladder.asking.lookup import answer
from bot.ladder.files.loading import Reading, read
from bot.ladder.living import LivingLadder
from bot.logs import Event
from tests.ladder.samples import TRACK, ladder_at

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
SUMMARY = "I run changes to our platform."
BROKEN = TRACK.replace("rank: 3", "rank: three")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small ladder on disk."""
    return ladder_at(tmp_path / "ladder")


def track_of(folder: Path) -> Path:
    return folder / "tracks" / "platform.yaml"


def put_in_service(folder: Path) -> LivingLadder:
    """In service, and at rest: the files were looked at since the start."""
    living = LivingLadder(folder, read(folder), lambda: NOW)
    settle(living)
    return living


def settle(living: LivingLadder) -> None:
    """The two looks that it takes to trust what is there."""
    living.look()
    living.look()


def write(folder: Path, text: str) -> None:
    track_of(folder).write_text(text, encoding="utf-8")


def summary(living: LivingLadder) -> str:
    return living.ladder.tracks[0].levels[0].summary


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [_told(r.msg) for r in caplog.records if r.levelno == logging.ERROR]


def _told(said: object) -> str:
    """The problem in its own words, or the event as it is written."""
    return str(said.fields.get("text", said)) if isinstance(said, Event) else str(said)


def test_an_edit_is_served_once_it_has_come_to_rest(folder: Path) -> None:
    living = put_in_service(folder)
    write(folder, TRACK.replace(SUMMARY, "I look after the platform."))
    living.look()
    assert summary(living) == SUMMARY, "somebody may still be writing"
    living.look()
    assert summary(living) == "I look after the platform."


def test_a_file_that_is_written_in_steps_is_taken_over_when_it_is_whole(folder: Path) -> None:
    living = put_in_service(folder)
    new = TRACK.replace(SUMMARY, "I look after the platform.")
    for end in (0, 100, 200, len(new) - 40):
        write(folder, new[:end])
        living.look()
        assert living.trouble is None
        assert summary(living) == SUMMARY
    write(folder, new)
    settle(living)
    assert summary(living) == "I look after the platform."


def test_a_file_that_cannot_be_read_is_not_said_to_be_gone(folder: Path) -> None:
    living = put_in_service(folder)
    track_of(folder).unlink()
    track_of(folder).mkdir()
    settle(living)
    assert living.trouble
    assert [str(problem).split(":")[0] for problem in living.trouble.problems] == [
        str(track_of(folder))
    ]
    assert "Is a directory" in living.note()


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_look(folder: Path) -> None:
    meddled = []

    def meddling(directory: Path, before: Reading) -> Reading:
        half = read(directory, before)
        if "once" not in meddled:
            meddled.append("once")
            write(folder, TRACK.replace(SUMMARY, "The whole new text."))
        return half

    living = LivingLadder(folder, read(folder), lambda: NOW, meddling)
    write(folder, TRACK.replace(SUMMARY, "Half of it."))
    settle(living)
    assert meddled
    assert summary(living) == SUMMARY
    settle(living)
    assert summary(living) == "The whole new text."


def test_many_edits_in_a_row_end_with_the_last_one(folder: Path) -> None:
    living = put_in_service(folder)
    for number in range(30):
        write(folder, TRACK.replace(SUMMARY, f"Edit {number}."))
        if number % 3 == 0:
            living.look()
    settle(living)
    assert summary(living) == "Edit 29."


def test_an_edit_of_the_same_length_that_keeps_the_old_time_is_seen(folder: Path) -> None:
    for file in folder.rglob("*.yaml"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    living = put_in_service(folder)
    before = track_of(folder).stat()
    write(folder, TRACK.replace("My team", "My TEAM"))
    os.utime(track_of(folder), ns=(before.st_atime_ns, before.st_mtime_ns))
    after = track_of(folder).stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    settle(living)
    assert "My TEAM" in living.ladder.tracks[0].levels[0].attributes.values()


def test_the_same_words_written_again_are_the_same_ladder(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    living = put_in_service(folder)
    before = living.ladder
    with caplog.at_level(logging.INFO):
        write(folder, TRACK)
        settle(living)
        write(folder, "# a comment\n" + TRACK)
        settle(living)
    assert living.ladder is before, "whatever was kept for this ladder stays good"
    assert caplog.records == []


def test_a_new_track_joins_and_a_removed_one_leaves(folder: Path) -> None:
    living = put_in_service(folder)
    other = folder / "tracks" / "data.yaml"
    other.write_text(TRACK.replace("id: platform", "id: data"), encoding="utf-8")
    settle(living)
    assert [track.id for track in living.ladder.tracks] == ["data", "platform"]
    other.unlink()
    settle(living)
    assert [track.id for track in living.ladder.tracks] == ["platform"]


def test_what_is_only_a_warning_is_served(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    living = put_in_service(folder)
    (folder / "tracks" / "stray.yml").write_text("nothing", encoding="utf-8")
    write(folder, TRACK.replace(SUMMARY, "New."))
    settle(living)
    assert summary(living) == "New."
    assert living.note() == ""
    assert "stray.yml:1: This file is not read." in caplog.text


def missing_folder(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def missing_head(folder: Path) -> None:
    (folder / "ladder.yaml").unlink()


def missing_tracks(folder: Path) -> None:
    shutil.rmtree(folder / "tracks")


def half_a_file(folder: Path) -> None:
    write(folder, TRACK[: TRACK.index("summary") + 4])


def wrong_type(folder: Path) -> None:
    write(folder, BROKEN)


def bad_bytes(folder: Path) -> None:
    track_of(folder).write_bytes(b"\xff\xfe\x00 no text at all")


def circle(folder: Path) -> None:
    track_of(folder).unlink()
    track_of(folder).symlink_to(track_of(folder))


def folder_for_a_file(folder: Path) -> None:
    track_of(folder).unlink()
    track_of(folder).mkdir()


def no_permission(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    track_of(folder).chmod(0)


def no_way_in(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    folder.chmod(0)


BREAKS = [
    missing_folder,
    missing_head,
    missing_tracks,
    half_a_file,
    wrong_type,
    bad_bytes,
    circle,
    folder_for_a_file,
    no_permission,
    no_way_in,
]


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda each: each.__name__)
def test_a_broken_ladder_never_serves_and_a_mended_one_does(
    folder: Path, caplog: pytest.LogCaptureFixture, break_it: Callable[[Path], None]
) -> None:
    spare = folder.with_name("spare")
    shutil.copytree(folder, spare)
    living = put_in_service(folder)
    before = living.ladder
    break_it(folder)
    for _ in range(5):
        settle(living)
    assert living.ladder is before
    assert living.trouble
    said = errors(caplog)
    told = len(living.trouble.problems)
    assert said[:told] == [str(problem) for problem in living.trouble.problems]
    assert said[told:] == ["broken problems_more=0 still_serves=2026.2"], "once, not per look"
    assert living.note().startswith(f"{living.trouble.problems[0]}")
    assert living.note().endswith(
        "the ladder of version 2026.2 from 2026-11-23 10:15 UTC is still in service"
    )
    if folder.exists():
        folder.chmod(0o755)
        shutil.rmtree(folder)
    shutil.copytree(spare, folder)
    write(folder, TRACK.replace(SUMMARY, "Mended."))
    settle(living)
    assert (living.trouble, living.note()) == (None, "")
    assert summary(living) == "Mended."


def test_another_mistake_in_a_broken_ladder_is_logged_and_is_the_same_episode(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    living = put_in_service(folder)
    write(folder, BROKEN)
    settle(living)
    first = living.trouble
    write(folder, BROKEN.replace("id: L4", "id: L3"))
    settle(living)
    assert first
    assert living.trouble
    assert living.trouble.problems != first.problems
    assert living.trouble.episode == first.episode
    assert str(living.trouble.problems[-1]) in errors(caplog)


def test_the_same_mistake_made_again_later_is_another_episode(folder: Path) -> None:
    living = put_in_service(folder)
    episodes = set()
    for _ in range(2):
        write(folder, BROKEN)
        settle(living)
        assert living.trouble
        episodes.add(living.trouble.episode)
        write(folder, TRACK)
        settle(living)
        assert living.trouble is None
    assert len(episodes) == 2


def test_two_processes_that_see_one_break_give_it_one_name(folder: Path) -> None:
    both = [put_in_service(folder), put_in_service(folder)]
    missing_folder(folder)
    for living in both:
        settle(living)
    assert len({living.trouble.episode for living in both if living.trouble}) == 1


def test_ids_that_vanish_silently_keep_the_ladder_from_being_served(folder: Path) -> None:
    assert not (folder / "ids.yaml").exists()
    living = put_in_service(folder)
    write(folder, TRACK.replace("stoppable:", "can-stop:"))
    settle(living)
    assert living.trouble
    (problem,) = living.trouble.problems
    assert "stoppable" in problem.message
    assert "can-stop" in str(problem)
    write(folder, TRACK.replace(SUMMARY, "With its ids."))
    settle(living)
    assert living.trouble is None
    assert summary(living) == "With its ids."


def test_a_mounted_config_map_is_followed_through_its_links(tmp_path: Path) -> None:
    """Kubernetes swaps one link, `..data`; the files that people name are links through it."""
    mount = tmp_path / "mount"
    mount.mkdir()
    for name, text in (("..one", TRACK), ("..two", TRACK.replace(SUMMARY, "Rolled out."))):
        ladder_at(mount / name, platform=text)
    (mount / "..data").symlink_to("..one")
    (mount / "ladder.yaml").symlink_to("..data/ladder.yaml")
    (mount / "tracks").symlink_to("..data/tracks")
    living = put_in_service(mount)
    (mount / "..new").symlink_to("..two")
    (mount / "..new").replace(mount / "..data")
    settle(living)
    assert summary(living) == "Rolled out."


def test_a_file_written_a_moment_ago_is_read_again_for_a_coarse_clock_may_hide_an_edit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []

    def counting(directory: Path, before: Reading) -> Reading:
        looks.append(directory)
        return read(directory, before)

    living = LivingLadder(folder, read(folder), lambda: NOW, counting)
    settle(living)
    living.look()
    assert len(looks) == 2
    monkeypatch.setattr("bot.ladder.living._COARSE_SECONDS", 0)
    for _ in range(3):
        living.look()
    assert len(looks) == 3, "files that have come to rest are not read every second"


def test_an_id_that_came_while_it_ran_may_not_vanish_either(folder: Path) -> None:
    living = put_in_service(folder)
    write(
        folder, TRACK.replace("        examples:", "          - fresh: New.\n        examples:", 1)
    )
    settle(living)
    write(folder, TRACK)
    settle(living)
    assert living.trouble
    assert "`fresh` is gone" in living.trouble.problems[0].message


def test_a_ladder_without_any_track_never_serves(tmp_path: Path) -> None:
    bare = "id: bare\nname: Bare\nlevels: [{id: L1, title: First}]\n"
    folder = ladder_at(tmp_path / "ladder", bare=bare)
    living = put_in_service(folder)
    file = folder / "tracks" / "bare.yaml"
    file.rename(file.with_suffix(".yml"))
    settle(living)
    assert "This ladder has no track yet." in living.note()
    assert living.ladder.tracks


def test_of_very_many_mistakes_the_log_tells_the_first_twenty(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    living = put_in_service(folder)
    wrong = "".join(f"  - {{id: X{n}, title: X, rank: three}}\n" for n in range(24))
    write(folder, TRACK.replace("retired:", f"{wrong}retired:"))
    settle(living)
    assert "(and 23 more)" in living.note()
    said = errors(caplog)
    assert len(said) == 21
    assert said[-1] == "broken problems_more=4 still_serves=2026.2"


def test_a_folder_that_goes_missing_again_is_another_episode(folder: Path) -> None:
    living = put_in_service(folder)
    episodes = set()
    for _ in range(2):
        missing_folder(folder)
        settle(living)
        assert living.trouble
        episodes.add(living.trouble.episode)
        folder.with_name("elsewhere").rename(folder)
        settle(living)
        assert living.trouble is None
    assert len(episodes) == 2


def test_files_that_the_system_refuses_to_open_break_nothing(folder: Path) -> None:
    def refused(_directory: Path, _before: Reading) -> Reading:
        raise PermissionError(13, "Permission denied")

    living = LivingLadder(folder, read(folder), lambda: NOW, refused)
    settle(living)
    assert summary(living) == SUMMARY
    assert "The ladder cannot be read: Permission denied. Check its permissions" in living.note()


def test_the_first_question_after_an_edit_waits_for_nothing(folder: Path) -> None:
    living = put_in_service(folder)
    write(folder, TRACK.replace(SUMMARY, "New."))
    settle(living)
    made = index_of.times_made
    answer(living.ladder, None, "L3")
    assert index_of.times_made == made
