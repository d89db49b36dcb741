"""A lead beside a line manager: each gets only what is shared with them, until they part."""

from __future__ import annotations

from playground.local_slack import text_of
from tests.bench import Bench
from tests.one_on_ones.pairs.scenes import met
from tests.sharing.scenes import arrived, confirm, form, lists, share


def test_a_lead_can_be_named_and_gets_only_what_is_theirs(adas: Bench) -> None:
    met(adas, "UADA", "UBEN")
    assert "UBEN" in str(form(adas).body)
    adas.slack.close_modal("UADA")
    share(adas, "e1", reader="UBEN")
    share(adas, "e2", reader="UMIA")
    assert "I taught the rota." in str(arrived(adas, "UBEN"))
    assert "I wrote the runbook." not in str(arrived(adas, "UBEN"))
    assert "I taught the rota." not in str(arrived(adas, "UMIA"))
    assert "@UADA" in text_of(lists(adas, "UBEN"))


def test_who_is_not_confirmed_cannot_be_named(ada: Bench) -> None:
    me, now = ada.member("UADA"), ada.bot.now()
    ada.bot.pairs.propose(me, me, ada.member("UBEN"), None, now)
    assert "UBEN" not in str(form(ada).body)


def test_what_a_lead_could_read_closes_when_they_part(adas: Bench) -> None:
    pair = met(adas, "UADA", "UBEN")
    share_id = share(adas, "e1", reader="UBEN")
    share(adas, "e2", reader="UMIA")
    now = adas.set_clock("2026-12-02T10:00:00+01:00")
    adas.bot.pairs.end(adas.member("UBEN"), pair.id, now)
    whys = {row["reader_id"]: row["why"] for row in adas.rows("shares")}
    assert whys == {"UBEN": "no one-on-ones", "UMIA": None}
    adas.bot.tick(now)
    adas.hears("UBEN", "do not meet for one-on-ones any more")
    assert "I taught the rota." not in str(arrived(adas, "UBEN"))
    assert adas.bot.sharing.with_me(adas.member("UBEN"), 0, 10, now) == ([], 0)
    assert "when your one-on-ones ended" in text_of(lists(adas, "UADA"))
    met(adas, "UADA", "UBEN")
    assert adas.bot.sharing.deliverable(adas.bot.identity.team_id, share_id, now) is None, (
        "stays closed"
    )


def test_a_manager_keeps_as_manager_what_they_have(ada: Bench) -> None:
    pair = met(ada, "UADA", "UMIA")
    share(ada, "e1", reader="UMIA")
    ada.bot.pairs.end(ada.member("UADA"), pair.id, ada.bot.now())
    assert [row["ended_at"] for row in ada.rows("shares")] == [None]


def test_a_manager_who_goes_on_as_lead_starts_anew(ada: Bench) -> None:
    met(ada, "UADA", "UMIA")
    share(ada, "e1", reader="UMIA")
    ada.set_clock("2026-12-02T10:00:00+01:00")
    confirm(ada, "UADA", "UBEN")
    assert ada.bot.sharing.with_me(ada.member("UMIA"), 0, 10, ada.bot.now())[1] == 0
    ada.set_clock("2026-12-03T10:00:00+01:00")
    met(ada, "UADA", "UMIA")
    share(ada, "e2", reader="UMIA")
    assert ada.bot.sharing.with_me(ada.member("UMIA"), 0, 10, ada.bot.now())[1] == 1
