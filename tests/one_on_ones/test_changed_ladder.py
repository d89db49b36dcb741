"""Pre-reads follow a ladder that changed; what was shared stays as it was shared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.bench import Bench
from tests.changed_ladders import renamed, retired, serve
from tests.engines import on_sqlite

TEACHING, CRAFT = "teaching-and-mentoring", "domain-expertise"


@pytest.fixture
def ada(bench: Bench) -> Bench:
    """Ada has an example of teaching and one of her craft; Mia is her manager."""
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place("UADA", manager="UMIA")
    bench.log("UADA", "I taught the rota.", Date="2026-11-30")
    bench.log("UADA", "I wrote the runbook.", "🦉 Domain expertise", Date="2026-11-29")
    return bench


@on_sqlite
def test_examples_stand_with_those_of_the_competency_that_took_over(ada: Bench) -> None:
    serve(ada, retired(ada.bot.ladder, TEACHING, CRAFT))
    shown = ada.say("UADA", "/ladder 1on1")
    craft = shown.index("*🦉 Domain expertise*")
    assert craft < shown.index("I taught the rota.") < shown.index("I wrote the runbook.")
    assert "Teaching" not in shown


@on_sqlite
def test_what_is_gone_stands_under_its_old_name(ada: Bench) -> None:
    serve(ada, retired(ada.bot.ladder, TEACHING, tell=False))
    shown = ada.say("UADA", "/ladder 1on1")
    assert shown.index("*Teaching and Mentoring*") < shown.index("I taught the rota.")


@on_sqlite
def test_a_competency_of_another_level_goes_by_its_name(ada: Bench) -> None:
    silent = retired(ada.bot.ladder, TEACHING, tell=False).tracks
    serve(ada, replace(ada.bot.ladder, tracks=silent))
    assert "*🌱 Teaching and Mentoring*" in ada.say("UADA", "/ladder 1on1")


def share(bench: Bench) -> None:
    bench.slack.press("UADA", bench.slack.command("UADA", "/ladder 1on1"), "Share with my manager")
    bench.modal("UADA", "Share with your manager")
    assert bench.slack.submit("UADA").ok


def test_the_shared_page_names_what_took_over_and_then_never_changes(ada: Bench) -> None:
    serve(ada, retired(ada.bot.ladder, TEACHING, CRAFT))
    share(ada)
    page = ada.dm("UMIA", 1)
    assert page.index("🦉 Domain expertise") < page.index("I taught the rota.")
    assert "Teaching" not in page
    serve(ada, renamed(ada.bot.ladder, CRAFT, "Another name"))
    assert "Another name" in ada.say("UADA", "/ladder 1on1")
    (row,) = ada.rows("shares")
    _, kept = ada.bot.sharing.open(ada.member("UADA"), row["id"], "", ada.bot.now())
    assert {item.competency for item in kept.items} == {"🦉 Domain expertise"}
