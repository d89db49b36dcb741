"""What somebody sees of their own examples by month, and that nobody else does."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.journal.model import Draft
from playground.local_slack import text_of
from playground.local_slack.model import Json
from tests.bench import Bench
from tests.coverage.scenes import (
    CRAFT,
    TEACHING,
    add,
    answered,
    ask_for_picture,
    files,
    wait_for_file,
    with_months,
)
from tests.engines import on_sqlite


def picture_on_home(bench: Bench) -> Json | None:
    blocks = bench.slack.open_home("UADA").blocks
    return next((block for block in blocks if block["type"] == "image"), None)


def test_the_answer_is_text_with_a_line_for_each_competency(bench: Bench) -> None:
    said = text_of(answered(with_months(bench)))
    assert "Your examples, June to November 2026* · 3 examples" in said
    assert "*🌱 Teaching and Mentoring* · Jul 1, Nov 2" in said
    assert "*🦉 Domain expertise* · none; last 3 Mar 2026" in said
    assert "*🏆 Customer Success* · none yet" in said
    assert "Only you see this." in said


@on_sqlite
@pytest.mark.parametrize(
    ("zone", "months"),
    [("Pacific/Auckland", "July to December 2026"), ("America/New_York", "June to November 2026")],
)
def test_the_month_is_that_of_the_persons_own_calendar(
    bench: Bench, zone: str, months: str
) -> None:
    """At half past eleven in the evening, UTC, on the last day of November."""
    bench.set_clock("2026-11-30T23:30:00+00:00")
    bench.slack.change_user("UADA", tz=zone)
    bench.place("UADA", zone=zone)
    add(bench, "2026-11-30")
    said = text_of(answered(bench))
    assert f"Your examples, {months}* · 1 example" in said
    assert "Teaching and Mentoring* · Nov 1" in said


@on_sqlite
def test_what_is_deleted_counts_no_more_and_what_is_edited_counts_once(bench: Bench) -> None:
    with_months(bench)
    assert "Jul 1, Nov 2" in text_of(answered(bench))
    ada = bench.member("UADA")
    last = next(e for e in bench.bot.journal.latest(ada, 9) if e.happened_on.day == 20)
    edited = Draft(TEACHING, "In other words.", "", last.happened_on)
    bench.bot.journal.edit(ada, last.id, edited, now=bench.bot.now())
    assert "Jul 1, Nov 2" in text_of(answered(bench))
    bench.bot.journal.delete(ada, last.id)
    assert "Jul 1, Nov 1" in text_of(answered(bench))
    assert picture_on_home(bench) is None
    assert "Jul 1, Nov 1" in text_of(bench.slack.home("UADA"))


@on_sqlite
def test_asked_for_in_a_channel_the_picture_goes_to_ones_own_messages_alone(
    bench: Bench,
) -> None:
    with_months(bench)
    asked = bench.slack.command("UADA", "/ladder coverage", channel="sec-ops")
    assert asked.message
    assert asked.message.only_for == "UADA"
    bench.slack.press("UADA", asked.message, "As a picture")
    wait_for_file(bench)
    assert not any(each.files for each in bench.slack.channel("sec-ops", "UADA"))
    assert bench.slack.channel("sec-ops", "UBEN") == []
    (upload,) = bench.slack.called("files.completeUploadExternal")
    assert upload["channel_id"] == bench.slack.workspace.dm_of("UADA").id


@on_sqlite
def test_another_word_for_it_answers_the_same(bench: Bench) -> None:
    bench.place("UADA")
    assert bench.say("UADA", "/ladder trend") == bench.say("UADA", "/ladder coverage")


@on_sqlite
def test_who_has_neither_level_nor_example_is_told_how_to_begin(bench: Bench) -> None:
    assert "no examples yet" in bench.say("UADA", "/ladder coverage")


@on_sqlite
def test_without_a_level_there_is_a_line_for_what_has_examples(bench: Bench) -> None:
    bench.set_clock("2026-11-29T12:00:00+01:00")
    add(bench, "2026-11-02")
    said = bench.say("UADA", "/ladder coverage")
    assert "Teaching and Mentoring* · Nov 1" in said
    assert "Customer Success" not in said


@on_sqlite
def test_nobody_sees_the_examples_of_somebody_else(bench: Bench) -> None:
    with_months(bench)
    bench.place("UMIA", "L5")
    assert "June to November 2026* · none yet" in bench.say("UMIA", "/ladder coverage")


def test_the_button_sends_a_picture_that_is_described(bench: Bench) -> None:
    file = ask_for_picture(with_months(bench))
    (name, title, content) = bench.slack.files("UADA")[-1]
    assert (name, title) == ("examples-2026-11-29.png", "My examples")
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.width) == ("PNG", 720)
    assert "Teaching and Mentoring: July 1, November 2." in file["alt_txt"]
    assert "None in Domain expertise, Culture and Leadership and Customer" in file["alt_txt"]
    assert "on its way to your messages" in bench.sees("UADA")
    assert not files(bench, "UMIA")


@on_sqlite
def test_a_press_that_slack_repeats_sends_one_picture(bench: Bench) -> None:
    ask_for_picture(with_months(bench))
    assert bench.slack.again().ok
    assert not bench.slack.wait_for(lambda: len(files(bench)) > 1, 0.7)
    ask_for_picture(bench, 2)
    assert len(files(bench)) == 2


@on_sqlite
def test_home_shows_text_until_a_picture_was_asked_for(bench: Bench) -> None:
    with_months(bench)
    home = bench.slack.open_home("UADA")
    assert "Teaching and Mentoring* · Jul 1, Nov 2" in text_of(home)
    bench.slack.press("UADA", home, "As a picture")
    file = wait_for_file(bench)

    def is_there() -> bool:
        home = bench.slack.home("UADA")
        return any(block.get("slack_file") == {"id": file["id"]} for block in home.blocks)

    assert bench.slack.wait_for(is_there), "Home did not change by itself"
    bench.slack.close_modal("UADA")
    home = bench.slack.home("UADA")
    assert "July 1, November 2" in text_of(home)
    bench.slack.press("UADA", home, "As text")
    assert "Jul 1, Nov 2" in text_of(bench.modal("UADA", "My examples"))
    assert not bench.slack.called("files.getUploadURLExternal")[1:]


@on_sqlite
def test_a_picture_that_is_out_of_date_is_shown_no_more(bench: Bench) -> None:
    ask_for_picture(with_months(bench))
    assert picture_on_home(bench)
    add(bench, "2026-11-28", CRAFT)
    assert picture_on_home(bench) is None
    assert "Domain expertise* · Nov 1" in text_of(bench.slack.home("UADA"))


@on_sqlite
def test_home_does_without_a_picture_that_slack_will_not_show(bench: Bench) -> None:
    """New files are refused for a moment while Slack takes them in, and deleted ones for good."""
    file = ask_for_picture(with_months(bench))
    bench.slack.workspace.pictures.clear()
    assert picture_on_home(bench) is None
    bench.slack.workspace.pictures.add(file["id"])
    assert picture_on_home(bench)

    bench.slack.workspace.pictures.clear()
    bench.set_clock("2026-11-29T14:00:00+01:00")
    assert picture_on_home(bench) is None
    assert bench.slack.wait_for(lambda: bench.rows("coverage_pictures") == [])
    assert {refusal.where for refusal in bench.slack.refusals} == {"views.publish"}
    bench.slack.refusals.clear()


@on_sqlite
def test_a_failed_upload_is_told_and_can_be_tried_again(bench: Bench) -> None:
    with_months(bench)
    bench.slack.fail_next("upload", status=500)
    bench.slack.press("UADA", answered(bench), "As a picture")
    bench.hears("UADA", "Slack did not answer me.")
    assert bench.rows("coverage_pictures") == []
    ask_for_picture(bench)


def test_the_last_picture_is_told_and_erased(bench: Bench) -> None:
    file = ask_for_picture(with_months(bench))
    ada = bench.member("UADA")
    (section,) = bench.bot.coverages.records_of(ada)
    assert section.rows[0][0] == file["id"]
    with bench.bot.database.write() as tx:
        bench.bot.coverages.erase(tx, ada)
    assert bench.rows("coverage_pictures") == []
