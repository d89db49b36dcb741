"""People leave, come back, get another manager, or part: each course, on both screens."""

from __future__ import annotations

import pytest

from bot.one_on_ones.pairs.model import PairNotFound
from playground.local_slack import text_of
from tests.bench import Bench
from tests.one_on_ones.pairs.scenes import decided, listed, met, pair_of, set_up
from tests.sharing.scenes import confirm


def test_either_side_ends_it(adas: Bench) -> None:
    met(adas)
    for user, words in (("UMIA", "Its page closes to you"), ("UADA", "You keep its page")):
        listed(adas, user)
        assert words in str(adas.modal(user).blocks), "asked before it ends"
    decided(adas, "UMIA", "End")
    told = adas.hears("UADA", "@UMIA ended your one-on-ones here")
    assert "What you wrote stays yours" in told and "[Set up another]" in told
    met(adas)
    decided(adas, "UADA", "End")
    adas.hears("UMIA", "@UADA ended your one-on-ones here. Their page is closed to you.")
    assert {row["why"] for row in adas.rows("pairs")} == {"partner", "engineer"}


def test_a_new_manager_ends_the_old_pair_and_the_next_begins_alike(adas: Bench) -> None:
    pair = met(adas)
    adas.set_clock("2026-12-02T10:00:00+01:00")
    confirm(adas, "UADA", "UBEN")
    adas.bot.post_office.send_due(adas.bot.now())
    adas.hears("UADA", "@UMIA is not your manager any more, so your one-on-ones ended")
    with pytest.raises(PairNotFound):
        adas.bot.pairs.get(adas.member("UMIA"), pair.id, adas.bot.now())
    assert "no one-on-ones here yet" in listed(adas, "UMIA")
    message = next(m for m in adas.slack.dm("UADA") if "Set up the next one" in text_of(m))
    adas.slack.close_modal("UMIA")
    adas.slack.press("UADA", message, "Set up the next one")
    form = adas.modal("UADA", "My one-on-one")
    assert "UBEN" in str(form.body) and "14:00" in str(form.body)
    assert not adas.slack.submit("UADA").errors
    assert "@UBEN is asked to confirm" in text_of(adas.modal("UADA", "Saved"))
    adas.hears("UBEN", "@UADA asks to meet you")


def test_the_next_begins_on_a_day_that_is_still_to_come(ada: Bench) -> None:
    met(ada)
    ada.set_clock("2026-12-07T15:01:00+01:00")
    confirm(ada, "UADA", "UBEN")
    ada.bot.post_office.send_due(ada.bot.now())
    ada.hears("UADA", "so your one-on-ones ended")
    message = next(m for m in ada.slack.dm("UADA") if "Set up the next one" in text_of(m))
    ada.slack.press("UADA", message, "Set up the next one")
    assert "2026-12-14" in str(ada.modal("UADA", "My one-on-one").body)


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_restricted": True}])
@pytest.mark.parametrize("gone", ["UMIA", "UADA"])
def test_whoever_cannot_use_it_any_more_ends_it_and_the_other_is_told_once(
    ada: Bench, gone: str, change: dict[str, bool]
) -> None:
    met(ada)
    other = "UADA" if gone == "UMIA" else "UMIA"
    for _ in range(2):
        ada.slack.change_user(gone, **change)
    assert ada.slack.wait_for(lambda: pair_of(ada)["state"] == "ended")
    ada.tick("2026-12-01T10:05:00+01:00")
    ada.hears(other, f"@{gone} does not use Rung any more, so your one-on-ones ended")
    assert len(ada.slack.dm(other)) == 1
    assert pair_of(ada)["why"] == "left"
    ada.slack.change_user(gone, deleted=False, is_restricted=False)
    ada.tick("2026-12-04T10:05:00+01:00")
    assert pair_of(ada)["state"] == "ended", "nothing comes back by itself"


def test_who_left_unnoticed_is_found_before_something_is_sent(ada: Bench) -> None:
    set_up(ada)
    ada.dm("UMIA", 1)
    ada.slack.press("UMIA", ada.slack.dm("UMIA")[0], "Confirm")
    ada.hears("UADA", "@UMIA confirmed")
    ada.slack.workspace.person("UMIA").deleted = True
    ada.set_clock("2026-12-03T10:00:00+01:00")
    pair = pair_of(ada)
    now = ada.bot.now()
    ada.bot.pairs.move(ada.member("UADA"), pair["id"], pair["slot"], None, now)
    ada.bot.tick(now)
    assert pair_of(ada)["why"] == "left"
    ada.tick("2026-12-03T10:05:00+01:00")
    ada.hears("UADA", "@UMIA does not use Rung any more")


def test_a_manager_who_has_everything_erased_leaves_no_name(ada: Bench) -> None:
    met(ada)
    ada.bot.own_data.erase_me(ada.member("UMIA"), "d", ada.bot.now())
    ada.hears("UADA", "The other side does not use Rung any more")
    assert "UMIA" not in str(ada.rows("pairs"))
    ada.bot.own_data.erase_me(ada.member("UADA"), "e", ada.bot.now())
    assert ada.rows("pairs") == ada.rows("pair_moves") == []
