"""People admins ask, the person is told, and whoever runs Rung does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.own_data.as_json import as_json
from bot.own_data.model import NothingKept
from playground.local_slack import LocalSlack, text_of
from tests.bench import Bench

BUTTON = "Ask for an export or erasure"
FORM = {"About whom": "UADA", "What": "Export everything", "Why": "Ada <b>asked</b> me in person."}


@pytest.fixture
def office(slack: LocalSlack, database_url: str, tmp_path: Path) -> Iterator[Bench]:
    """The bot with one people admin, Mia."""
    with Bench(slack, database_url, tmp_path, admins=frozenset({"UMIA"})) as running:
        running.place("UADA")
        yield running


def open_form(bench: Bench, user: str = "UMIA") -> None:
    bench.slack.command(user, "/ladder privacy")
    bench.slack.press(user, bench.modal(user, "Privacy"), BUTTON)
    bench.modal(user, "Export or erase")


def ask(bench: Bench) -> None:
    open_form(bench)
    assert not bench.slack.submit("UMIA", FORM).errors
    bench.modal("UMIA", "Asked")


def test_the_person_is_told_who_asked_for_what_and_why(office: Bench) -> None:
    ask(office)
    heard = office.hears("UADA", "asked whoever runs Rung")
    assert "@UMIA" in heard
    assert "export everything" in heard
    assert "Ada <b>asked</b> me in person." in heard
    office.slack.command("UADA", "/ladder privacy")
    assert "export by @UMIA, not done yet" in text_of(office.modal("UADA", "Privacy"))
    (row,) = office.rows("data_requests")
    assert b"in person" not in bytes(row["reason"])


def test_a_form_that_slack_repeats_asks_once(office: Bench) -> None:
    ask(office)
    office.hears("UADA", "asked whoever runs Rung")
    sent = office.slack.last_sent
    assert sent
    office.slack.forge(sent.kind, sent.payload)
    assert len(office.rows("data_requests")) == 1
    assert office.sees("UADA").count("asked whoever runs Rung") == 1


def test_what_an_admin_wrote_of_somebody_is_in_the_export_of_both_until_that_one_is_erased(
    office: Bench,
) -> None:
    ask(office)
    for user in ("UADA", "UMIA"):
        assert "asked</b> me in person." in exported(office, user)
    office.bot.own_data.erase_me(office.member("UADA"), "", office.bot.now())
    assert "in person" not in exported(office, "UMIA")


def exported(bench: Bench, user: str) -> str:
    try:
        return as_json(bench.bot.own_data.my_records(bench.member(user), bench.bot.now()))
    except NothingKept:
        return ""


def test_a_reason_is_needed(office: Bench) -> None:
    open_form(office)
    assert office.slack.submit("UMIA", FORM | {"Why": "x" * 1001}).errors
    assert office.rows("data_requests") == []


def test_nobody_else_sees_the_button_and_a_forged_press_meets_an_old_button(
    office: Bench,
) -> None:
    office.slack.command("UADA", "/ladder privacy")
    view = office.modal("UADA", "Privacy")
    assert BUTTON not in text_of(view)
    office.forge("UADA", view, "own_data.ask")
    forged = office.hears("UADA", "belongs to an older message")
    office.slack.close_modal("UADA", whole_stack=True)
    office.slack.command("UADA", "/ladder privacy")
    office.forge("UADA", office.modal("UADA", "Privacy"), "retired.button")
    assert "belongs to an older message" in forged
    assert office.rows("data_requests") == []


def test_who_is_no_admin_any_more_asks_in_vain(slack: LocalSlack, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/rung.db"
    with Bench(slack, url, tmp_path, admins=frozenset({"UMIA"})) as before:
        open_form(before)
    with Bench(slack, url, tmp_path) as now:
        answer = slack.submit("UMIA", FORM)
        assert answer.ok
        now.hears("UMIA", "This form belongs to an older version of Rung")
        assert now.rows("data_requests") == []


def test_an_admin_who_is_erased_leaves_no_name_on_what_they_asked_for(office: Bench) -> None:
    ask(office)
    admin = office.member("UMIA")
    office.bot.own_data.erase_me(admin, "", office.bot.now())
    (row, trace) = sorted(office.rows("data_requests"), key=lambda each: each["about_id"] is None)
    assert (row["asked_by"], row["reason"], trace["about_id"]) == ("", None, None)
    told = office.bot.own_data.asked_about(office.member("UADA"))
    assert told[0].reason == ""
    office.slack.command("UADA", "/ladder privacy")
    assert "somebody who was erased since" in text_of(office.modal("UADA", "Privacy"))
