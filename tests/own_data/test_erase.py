"""Erasing somebody: nothing of them is left, and nothing brings anything of them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.own_data.model import Denied
from bot.privacy.policy import Account
from bot.storage.schema import metadata
from playground.local_slack import text_of
from tests.bench import Bench
from tests.sharing.scenes import share

THURSDAY = "2026-12-03T11:40:00+01:00"


def held(bench: Bench) -> dict[str, str]:
    """Every table as text, as the database gives it."""
    return {name: str(bench.rows(name)) for name in metadata.tables}


def left_of(bench: Bench, user: str) -> list[str]:
    """The tables in which the user id stands somewhere."""
    return [name for name, text in held(bench).items() if user in text]


def live(bench: Bench, user: str = "UADA", manager: str = "UMIA") -> None:
    """A week in which something of somebody gets into every table there is."""
    slack = bench.slack
    bench.set_clock("2026-12-01T10:00:00+01:00")
    bench.place(manager)
    bench.place(user)
    slack.command(user, "/ladder start")
    bench.modal(user, "Where you stand")
    assert not slack.submit(user, {"Manager": manager}).errors
    slack.close_modal(user)
    bench.hears(manager, "named you as their manager")
    slack.press(manager, slack.dm(manager)[-1], "Yes, that is right")
    bench.hears(user, "confirmed that they are your manager")
    bench.log(user, "I helped Ben")
    slack.command(user, "/ladder settings")
    slack.press(user, bench.modal(user, "Settings"), "Set up")
    bench.modal(user, "My one-on-one")
    assert not slack.submit(user).errors
    slack.close_modal(user, whole_stack=True)
    bench.tick(THURSDAY)
    bench.hears(user, "Nothing this time")


def erase_by_hand(bench: Bench, user: str = "UADA") -> None:
    """As a person does it, in the window about privacy."""
    slack = bench.slack
    slack.command(user, "/ladder privacy")
    slack.press(user, bench.modal(user, "Privacy"), "Erase everything about me")
    bench.modal(user, "Erase everything")
    assert not slack.submit(user, {"Type ERASE to go on": "erase"}).errors
    bench.hears(user, "everything about you is erased")


def test_nothing_of_the_person_is_left_in_any_table(bench: Bench) -> None:
    live(bench)
    before = left_of(bench, "UADA")
    assert {"people", "managers", "entries", "nudges", "nudge_schedules", "parcels"} <= set(before)
    erase_by_hand(bench)
    assert left_of(bench, "UADA") == []
    assert left_of(bench, "UMIA"), "and nobody else went along"


def test_nothing_is_left_in_the_files_either(sqlite_bench: Bench, tmp_path: Path) -> None:
    live(sqlite_bench)
    database = [tmp_path / "rung.db", tmp_path / "rung.db-wal"]
    assert any(b"UADA" in file.read_bytes() for file in database)
    erase_by_hand(sqlite_bench)
    assert sqlite_bench.slack.wait_for(
        lambda: not any(b"UADA" in file.read_bytes() for file in database if file.exists())
    )


def test_the_form_says_what_goes_and_what_stays_and_wants_the_word(sqlite_bench: Bench) -> None:
    live(sqlite_bench)
    slack = sqlite_bench.slack
    slack.command("UADA", "/ladder privacy")
    privacy = sqlite_bench.modal("UADA", "Privacy")
    slack.press("UADA", privacy, "Erase everything about me")
    said = text_of(sqlite_bench.modal("UADA", "Erase everything"))
    assert "Place on the ladder: 1" in said
    assert "backups of the database" in said
    for word in ("", "yes", "ERASED"):
        assert slack.submit("UADA", {"Type ERASE to go on": word}).errors
    assert left_of(sqlite_bench, "UADA")


def test_afterwards_the_person_is_a_newcomer_at_once(sqlite_bench: Bench) -> None:
    live(sqlite_bench)
    assert "Tell me where you stand" not in sqlite_bench.say("UADA", "/ladder")
    erase_by_hand(sqlite_bench)
    assert "Tell me where you stand" in sqlite_bench.say("UADA", "/ladder")


def test_a_question_on_its_way_and_old_buttons_bring_nothing_back(sqlite_bench: Bench) -> None:
    live(sqlite_bench)
    messages = sqlite_bench.slack.dm("UADA")
    question = next(each for each in messages if "Nothing this time" in text_of(each))
    erase_by_hand(sqlite_bench)
    heard = len(sqlite_bench.slack.dm("UADA"))
    for moment in (THURSDAY, "2026-12-10T11:40:00+01:00", "2026-12-17T11:40:00+01:00"):
        sqlite_bench.tick(moment)
    assert len(sqlite_bench.slack.dm("UADA")) == heard
    assert left_of(sqlite_bench, "UADA") == []
    for label in ("Nothing this time", "Later"):
        sqlite_bench.slack.press("UADA", question, label)
    sqlite_bench.hears("UADA", "First tell me where you stand")
    assert left_of(sqlite_bench, "UADA") == ["accounts"], "only that they pressed a button"


def test_a_form_that_slack_repeats_brings_nothing_back(sqlite_bench: Bench) -> None:
    live(sqlite_bench)
    sent = [repeatable(sqlite_bench, each) for each in (placing, logging)]
    erase_by_hand(sqlite_bench)
    for kind, payload in sent:
        sqlite_bench.slack.forge(kind, payload)
    assert left_of(sqlite_bench, "UADA") == []


def repeatable(bench: Bench, act: Any) -> Any:
    """What Slack sent last when the person did that."""
    act(bench)
    sent = bench.slack.last_sent
    assert sent
    return sent.kind, sent.payload


def placing(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder start")
    bench.modal("UADA", "Where you stand")
    bench.slack.submit("UADA", {})


def logging(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder log")
    bench.modal("UADA", "Log an example")
    fields = {"Competency": "🌱 Teaching and Mentoring", "What happened": "again"}
    bench.slack.submit("UADA", fields)


def test_the_word_that_slack_repeats_does_not_erase_what_came_afterwards(
    sqlite_bench: Bench,
) -> None:
    live(sqlite_bench)
    slack = sqlite_bench.slack
    slack.command("UADA", "/ladder privacy")
    slack.press("UADA", sqlite_bench.modal("UADA", "Privacy"), "Erase everything about me")
    sqlite_bench.modal("UADA", "Erase everything")
    slack.submit("UADA", {"Type ERASE to go on": "ERASE"})
    sent = slack.last_sent
    assert sent
    sqlite_bench.hears("UADA", "everything about you is erased")
    sqlite_bench.place("UADA")
    slack.forge(sent.kind, sent.payload)
    slack.command("UADA", "/ladder privacy")
    sqlite_bench.modal("UADA", "Privacy")
    assert "people" in left_of(sqlite_bench, "UADA")
    assert sqlite_bench.sees("UADA").count("everything about you is erased") == 1


def test_who_had_them_as_manager_has_none_and_can_name_another(bench: Bench) -> None:
    live(bench)
    erase_by_hand(bench, "UMIA")
    assert left_of(bench, "UMIA") == []
    bench.slack.command("UADA", "/ladder settings")
    assert "No manager is named yet" in text_of(bench.modal("UADA", "Settings"))


def with_a_shared_page(bench: Bench) -> None:
    """Ada has shared her example with Mia, who has it in her messages."""
    live(bench)
    share(bench, *[row["id"] for row in bench.rows("entries")])
    assert "I helped Ben" in bench.sees("UMIA")


def test_what_a_reader_has_in_their_messages_is_closed(bench: Bench) -> None:
    with_a_shared_page(bench)
    erase_by_hand(bench)
    assert bench.slack.wait_for(lambda: "I helped Ben" not in bench.sees("UMIA"))
    assert "This page is not shared any more" in bench.sees("UMIA")
    assert left_of(bench, "UADA") == []


def test_a_reader_who_erases_themselves_keeps_no_page_of_others(bench: Bench) -> None:
    with_a_shared_page(bench)
    bench.slack.fail_next("chat.update", error="ratelimited")
    erase_by_hand(bench, "UMIA")
    assert left_of(bench, "UMIA") == []
    bench.end_pause()
    bench.tick(THURSDAY)
    assert bench.slack.wait_for(lambda: "I helped Ben" not in bench.sees("UMIA"))
    assert "This page is not shared any more" in bench.sees("UMIA")


def test_a_page_that_slack_does_not_let_go_yet_goes_later_without_a_name(bench: Bench) -> None:
    with_a_shared_page(bench)
    bench.slack.fail_next("chat.update", error="ratelimited")
    erase_by_hand(bench)
    assert left_of(bench, "UADA") == []
    bench.end_pause()
    bench.tick(THURSDAY)
    assert bench.slack.wait_for(lambda: "I helped Ben" not in bench.sees("UMIA"))


def test_while_a_page_is_on_its_way_nothing_is_erased(sqlite_bench: Bench) -> None:
    with_a_shared_page(sqlite_bench)
    with sqlite_bench.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE parcels SET state = 'sending' WHERE kind = 'share'")
    slack = sqlite_bench.slack
    slack.command("UADA", "/ladder privacy")
    slack.press("UADA", sqlite_bench.modal("UADA", "Privacy"), "Erase everything about me")
    sqlite_bench.modal("UADA", "Erase everything")
    slack.submit("UADA", {"Type ERASE to go on": "ERASE"})
    sqlite_bench.hears("UADA", "try again in some minutes")
    assert {"people", "entries", "shares"} <= set(left_of(sqlite_bench, "UADA"))


def test_a_reader_who_is_erased_is_gone_from_the_log_of_others(bench: Bench) -> None:
    with_a_shared_page(bench)
    erase_by_hand(bench, "UMIA")
    assert left_of(bench, "UMIA") == []
    assert "entries" in left_of(bench, "UADA")


def test_one_deed_erases_once(sqlite_bench: Bench) -> None:
    bench, ada, now = sqlite_bench, sqlite_bench.member("UADA"), sqlite_bench.bot.now()
    bench.place("UADA")
    assert bench.bot.own_data.erase_me(ada, "form V1", now)
    bench.place("UADA")
    assert not bench.bot.own_data.erase_me(ada, "form V1", now)
    assert [row["user_id"] for row in bench.rows("people")] == ["UADA"]


def test_who_became_a_guest_takes_nothing_along_and_erases_nothing(sqlite_bench: Bench) -> None:
    bench, ada = sqlite_bench, sqlite_bench.member("UADA")
    bench.place("UADA")
    bench.slack.change_user("UADA", is_restricted=True)
    assert bench.slack.wait_for(lambda: bench.bot.accounts.account(ada) is Account.GUEST)
    with pytest.raises(Denied):
        bench.bot.own_data.erase_me(ada, "form V1", bench.bot.now())
    with pytest.raises(Denied):
        bench.bot.own_data.take_along(ada, "form V2", bench.bot.now())
    assert bench.rows("people")


def test_an_erasure_leaves_that_there_was_one(sqlite_bench: Bench) -> None:
    live(sqlite_bench)
    erase_by_hand(sqlite_bench)
    (trace,) = sqlite_bench.rows("data_requests")
    assert (trace["what"], trace["about_id"], trace["asked_by"], trace["reason"]) == (
        "erase",
        None,
        None,
        None,
    )


def test_an_erasure_that_fails_half_way_erases_nothing(
    sqlite_bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(sqlite_bench)
    before = held(sqlite_bench)
    del before["accounts"]

    def fail(*_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(sqlite_bench.bot.post_office, "erase", fail)
    slack = sqlite_bench.slack
    slack.command("UADA", "/ladder privacy")
    slack.press("UADA", sqlite_bench.modal("UADA", "Privacy"), "Erase everything about me")
    sqlite_bench.modal("UADA", "Erase everything")
    slack.submit("UADA", {"Type ERASE to go on": "ERASE"})
    sqlite_bench.hears("UADA", "Something went wrong on my side")
    assert {name: held(sqlite_bench)[name] for name in before} == before
