"""Set up by either side, confirmed by the other, in words on both screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.one_on_ones.page.model import PageNotFound
from bot.one_on_ones.pairs.model import PairNotFound
from playground.local_slack import text_of
from playground.local_slack.model import Answer
from tests.bench import Bench
from tests.one_on_ones.pairs.scenes import (
    MONDAYS,
    decided,
    listed,
    met,
    pair_of,
    pressed,
    set_up,
    submitted,
)
from tests.people.test_managers_at_once import at_once
from tests.sharing.scenes import was_always


def test_an_engineer_asks_their_manager_who_confirms(adas: Bench) -> None:
    said = set_up(adas)
    assert "every week on Monday at 14:00 (Europe/Berlin)" in said
    assert "@UMIA is asked to confirm" in said
    assert "Your pre-read comes 2026-12-04 09:00 UTC" in said
    question = adas.hears("UMIA", "@UADA asks to meet you for one-on-ones")
    assert "Their examples stay with them until they share them" in question
    assert "Waiting for @UMIA since 2026-12-01" in listed(adas)
    adas.slack.press("UMIA", adas.slack.dm("UMIA")[0], "Confirm")
    adas.hears("UMIA", "You confirmed your one-on-one with @UADA")
    told = adas.hears("UADA", "@UMIA confirmed your one-on-one")
    assert "The next one is 2026-12-07 13:00 UTC" in told
    assert "{date_short_pretty}" not in str(adas.slack.dm("UADA")[0].blocks), "it stays for weeks"
    assert len(adas.slack.dm("UMIA")) == len(adas.slack.dm("UADA")) == 1
    assert pair_of(adas)["state"] == "confirmed"
    assert "[Confirm]" not in text_of(adas.slack.dm("UMIA")[0])


def test_the_form_begins_with_the_manager_whom_an_import_named(sqlite_bench: Bench) -> None:
    sqlite_bench.set_clock("2026-12-01T10:00:00+01:00")
    sqlite_bench.place("UADA", manager="UMIA")
    sqlite_bench.slack.command("UADA", "/ladder one-on-ones")
    sqlite_bench.modal("UADA", "My one-on-ones")
    sqlite_bench.slack.press("UADA", sqlite_bench.modal("UADA"), "Set one up")
    form = sqlite_bench.modal("UADA", "My one-on-one")
    assert "'initial_user': 'UMIA'" in str(form.body)


def test_no_is_told_and_the_form_begins_with_what_was_asked(ada: Bench) -> None:
    set_up(ada, **{"How often": "Every second week"})
    ada.dm("UMIA", 1)
    ada.slack.press("UMIA", ada.slack.dm("UMIA")[0], "No, thanks")
    ada.hears("UMIA", "You said no to one-on-ones with @UADA")
    ada.hears("UADA", "@UMIA said no to one-on-ones here")
    ada.slack.press("UADA", ada.slack.dm("UADA")[-1], "Set it up")
    said = submitted(ada, "UADA", **{"With whom": ""})
    assert "every second week" in said and "is asked" not in said
    assert [row["state"] for row in ada.rows("pairs")] == ["ended", "confirmed"]


def test_another_time_is_a_question_back(ada: Bench) -> None:
    set_up(ada)
    ada.dm("UMIA", 1)
    ada.slack.press("UMIA", ada.slack.dm("UMIA")[0], "Another time")
    said = submitted(ada, "UMIA", **{"Time": "15:30"})
    assert "15:30" in said and "@UADA is asked to confirm" in said
    ada.hears("UMIA", "You suggested another time to @UADA")
    asked = ada.hears("UADA", "@UMIA asks to meet you for one-on-ones")
    assert "15:30" in asked and "Your examples stay with you" in asked
    ada.slack.press("UADA", ada.slack.dm("UADA")[-1], "Confirm")
    ada.hears("UMIA", "@UADA confirmed your one-on-one")
    assert pair_of(ada)["at"] == "15:30"


def test_a_manager_asks_a_report_and_nobody_else(ada: Bench) -> None:
    pressed(ada, "UMIA", "Set one up with a report")
    ada.modal("UMIA", "My one-on-one")
    answer = ada.slack.submit("UMIA", {"With whom": "UBEN", "Next one-on-one": "2026-12-07"})
    assert "those whose manager you are" in str(answer.errors)
    said = submitted(ada, "UMIA", **{"With whom": "UADA"})
    assert "@UADA is asked to confirm" in said and "Your pre-read" not in said
    ada.dm("UADA", 1)
    decided(ada, "UADA", "Confirm")
    ada.hears("UADA", "Your pre-read comes")
    ada.hears("UMIA", "@UADA confirmed")
    ada.hears("UADA", "You confirmed your one-on-one with @UMIA")


def test_before_the_engineer_says_yes_there_is_no_pre_read(ada: Bench) -> None:
    pressed(ada, "UMIA", "Set one up with a report")
    submitted(ada, "UMIA")
    ada.tick("2026-12-04T10:05:00+01:00")
    assert "pre-read" not in [row["kind"] for row in ada.rows("parcels")]


def test_whoever_prepares_alone_asks_nobody(ada: Bench) -> None:
    said = set_up(ada, **{"With whom": ""})
    assert "every week on Monday" in said and "asked" not in said
    assert ada.slack.dm("UMIA") == []
    assert "*On your own*" in listed(ada)


def test_who_prepared_alone_can_ask_somebody_and_begins_an_empty_page(ada: Bench) -> None:
    """The page said that only she sees it, so nobody ever does."""
    set_up(ada, **{"With whom": ""})
    me, mia, pages = ada.member("UADA"), ada.member("UMIA"), ada.bot.pages
    alone = pair_of(ada)["id"]
    pages.add_agenda(me, alone, "I look for another job.", "", ada.bot.now())
    pressed(ada, "UADA", "Change")
    assert "stays yours alone" in text_of(ada.modal("UADA", "My one-on-one"))
    assert "@UMIA is asked" in submitted(ada, "UADA", **{"With whom": "UMIA"})
    (new,) = ada.bot.pairs.of(me)
    ada.bot.pairs.answer(mia, new.id, yes=True, now=ada.bot.now())
    assert pages.page(mia, new.id, ada.bot.now()).agenda == ()
    assert pages.page(me, alone, ada.bot.now()).agenda
    with pytest.raises(PageNotFound):
        pages.page(mia, alone, ada.bot.now())


@pytest.mark.parametrize("how", ["asked somebody", "said no"])
def test_what_was_written_before_they_ever_met_can_still_be_read(ada: Bench, how: str) -> None:
    me, mia, pages, now = ada.member("UADA"), ada.member("UMIA"), ada.bot.pages, ada.bot.now()
    partner = mia if how == "said no" else None
    pair = ada.bot.pairs.propose(me, me, partner, MONDAYS, now)
    pages.add_agenda(me, pair.id, "The rota", "", now)
    if how == "said no":
        ada.bot.pairs.answer(mia, pair.id, yes=False, now=now)
    else:
        ada.bot.pairs.propose(me, me, mia, MONDAYS, now)
    assert [each.id for each in pages.ended_of(me)] == [pair.id]
    assert pages.ended_of(mia) == []


def test_what_is_written_before_a_yes_says_who_will_read_it(ada: Bench) -> None:
    set_up(ada, **{"With whom": "UMIA"})
    ada.slack.command("UADA", "/ladder page")
    ada.slack.press("UADA", ada.modal("UADA", "Our page"), "Add to agenda")
    assert "until they say yes" in text_of(ada.modal("UADA", "Add to agenda"))


def test_a_yes_ends_preparing_alone_beside_it(ada: Bench) -> None:
    set_up(ada, **{"With whom": ""})
    pressed(ada, "UMIA", "Set one up with a report")
    submitted(ada, "UMIA")
    ada.dm("UADA", 1)
    decided(ada, "UADA", "Confirm")
    ada.hears("UADA", "*With @UMIA*")
    assert sorted(row["state"] for row in ada.rows("pairs")) == ["confirmed", "ended"]


def test_a_lead_may_be_any_colleague_but_no_bot_and_not_oneself(ada: Bench) -> None:
    ada.slack.add_user("UBOT", "bot", "Bot", "bot@example.com", "UTC")
    ada.slack.change_user("UBOT", is_bot=True)
    for user, problem in (("UBOT", "That is a bot."), ("UADA", "That is you.")):
        pressed(ada, "UADA", "Set one up")
        ada.modal("UADA", "My one-on-one")
        answer = ada.slack.submit("UADA", {"With whom": user, "Next one-on-one": "2026-12-07"})
        assert problem in str(answer.errors)
    assert "@UBEN is asked" in set_up(ada, **{"With whom": "UBEN"})
    answer = _again(ada)
    assert "There is one already" in str(answer.errors)


def _again(bench: Bench) -> Answer:
    pressed(bench, "UADA", "Set one up")
    bench.modal("UADA", "My one-on-one")
    return bench.slack.submit("UADA", {"With whom": "UBEN", "Next one-on-one": "2026-12-07"})


def test_two_pairs_across_a_manager_and_their_lead(ada: Bench) -> None:
    """Mia manages Ada, and Ada leads Mia: each has their own page."""
    met(ada)
    met(ada, "UMIA", "UADA")
    assert listed(ada).count("*With @UMIA*") == listed(ada, "UMIA").count("*With @UADA*") == 2


def test_the_zone_is_that_of_who_set_it_up_and_stays(ada: Bench) -> None:
    was_always(ada, "UADA", "UBEN")
    pressed(ada, "UBEN", "Set one up with a report")
    form = text_of(ada.modal("UBEN", "My one-on-one"))
    assert "America/New_York" in form
    submitted(ada, "UBEN")
    ada.dm("UADA", 1)
    decided(ada, "UADA", "Confirm")
    ada.hears("UADA", "The next one is 2026-12-07 19:00 UTC")
    pressed(ada, "UADA", "Change")
    assert "America/New_York" in text_of(ada.modal("UADA", "My one-on-one"))


def test_a_question_is_repeated_only_by_hand_and_once_a_week(ada: Bench) -> None:
    set_up(ada)
    assert "Ask again" not in listed(ada)
    for day in ("08", "11"):
        ada.tick(f"2026-12-{day}T09:00:00+01:00")
    assert len(ada.slack.dm("UMIA")) == 1
    decided(ada, "UADA", "Ask again")
    ada.hears("UMIA", "@UADA asks you anew")
    assert "Ask again" not in listed(ada)
    asked = [text_of(message) for message in ada.slack.dm("UMIA")]
    assert len(asked) == 2 and "[Confirm]" not in asked[0] and "[Confirm]" in asked[1]


def test_a_withdrawn_question_says_so_in_its_place(ada: Bench) -> None:
    set_up(ada)
    ada.dm("UMIA", 1)
    decided(ada, "UADA", "Withdraw")
    ada.hears("UMIA", "@UADA does not ask any more")
    assert len(ada.slack.dm("UMIA")) == 1
    assert "no one-on-ones here yet" in listed(ada)


def test_a_form_that_was_sent_twice_is_one_pair(adas: Bench, replica: Bench) -> None:
    member, mia, now = adas.member("UADA"), adas.member("UMIA"), adas.bot.now()

    def sent(bench: Bench) -> Callable[[], object]:
        return lambda: bench.bot.pairs.propose(member, member, mia, MONDAYS, now, "form V1")

    assert at_once(sent(adas), sent(replica)) == ["", ""]
    assert len(adas.rows("pairs")) == len(adas.rows("parcels")) == 1


def test_two_who_ask_each_other_at_the_same_moment_are_one_pair(
    adas: Bench, replica: Bench
) -> None:
    ada, mia, now = adas.member("UADA"), adas.member("UMIA"), adas.bot.now()
    raised = at_once(
        lambda: adas.bot.pairs.propose(ada, ada, mia, MONDAYS, now),
        lambda: replica.bot.pairs.propose(mia, ada, mia, MONDAYS, now),
    )
    assert raised == ["", "PairExists"]
    assert len(adas.rows("pairs")) == 1


def test_whoever_was_not_asked_yet_finds_nothing(ada: Bench) -> None:
    """So it is after an upgrade: what an engineer had set up for themselves says so."""
    me, mia, now = ada.member("UADA"), ada.member("UMIA"), ada.bot.now()
    pair = ada.bot.pairs.propose(me, me, mia, MONDAYS, now)
    with ada.bot.database.write() as tx:
        tx.exec_driver_sql("UPDATE pairs SET asked_at = NULL")
        tx.exec_driver_sql("DELETE FROM parcels")
    assert "so only you see this" in listed(ada)
    assert "no one-on-ones here yet" in listed(ada, "UMIA")
    for attempt in (
        lambda: ada.bot.pairs.get(mia, pair.id, now),
        lambda: ada.bot.pairs.answer(mia, pair.id, yes=True, now=now),
        lambda: ada.bot.pairs.end(mia, pair.id, now),
    ):
        with pytest.raises(PairNotFound):
            attempt()
    assert [section.rows for section in ada.bot.pairs.records_of(mia)] == [()]
    theirs = ada.bot.pairs.propose(mia, me, mia, MONDAYS, now)
    ada.bot.pairs.answer(me, theirs.id, yes=True, now=now)
    assert [each.id for each in ada.bot.pairs.of(me)] == [theirs.id]
