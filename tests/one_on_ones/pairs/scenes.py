"""What the two sides of a one-on-one say and do, in one line each."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Cadence, Rhythm
from playground.local_slack import text_of
from tests.bench import Bench
from tests.sharing.scenes import was_always

TUESDAY = "2026-12-01T10:00:00+01:00"
MONDAYS = Rhythm(date(2026, 12, 7), time(14), Cadence.WEEKLY, "Europe/Berlin")


def with_manager(bench: Bench) -> Bench:
    """Ada, whose manager is Mia; Ben is a colleague in New York."""
    bench.set_clock(TUESDAY)
    bench.place("UADA")
    bench.place("UMIA", "L5")
    was_always(bench, "UADA", "UMIA")
    return bench


def set_up(bench: Bench, user: str = "UADA", **fields: Any) -> str:
    """Sets one up, Mondays at 14:00 unless told otherwise; gives what the confirmation says."""
    listed(bench, user)
    bench.slack.press(user, bench.modal(user), "Set one up")
    return submitted(bench, user, **fields)


def submitted(bench: Bench, user: str, **fields: Any) -> str:
    """Fills the form that is open, and closes what it leads to."""
    form = bench.modal(user, "My one-on-one")
    renewed = len(bench.slack.called("views.update")) + ("listed" in str(form.body))
    answer = bench.slack.submit(user, {"Next one-on-one": "2026-12-07", "Time": "14:00"} | fields)
    assert answer.ok and not answer.errors, answer.errors
    said = text_of(bench.modal(user, "Saved"))
    assert bench.slack.wait_for(lambda: len(bench.slack.called("views.update")) >= renewed)
    bench.slack.close_modal(user, whole_stack=True)
    return said


def listed(bench: Bench, user: str = "UADA") -> str:
    """The list of somebody's one-on-ones, left open."""
    if bench.slack.modal(user):
        bench.slack.close_modal(user, whole_stack=True)
    bench.slack.command(user, "/ladder one-on-ones")
    return text_of(bench.modal(user, "My one-on-ones"))


def pressed(bench: Bench, user: str, label: str, index: int = 0) -> None:
    """A button of the list, which is opened for it."""
    listed(bench, user)
    bench.slack.press(user, bench.modal(user), label, index)


def decided(bench: Bench, user: str, label: str, index: int = 0) -> None:
    """The same for a button after which the list is drawn anew."""
    before = len(bench.slack.called("views.update"))
    pressed(bench, user, label, index)
    assert bench.slack.wait_for(lambda: len(bench.slack.called("views.update")) > before)


def met(
    bench: Bench, engineer: str = "UADA", partner: str = "UMIA", rhythm: Rhythm | None = MONDAYS
) -> Pair:
    """The two have agreed already, without a word to anybody."""
    ada, mia, now = bench.member(engineer), bench.member(partner), bench.bot.now()
    pair = bench.bot.pairs.propose(ada, ada, mia, rhythm, now)
    pair = bench.bot.pairs.answer(mia, pair.id, yes=True, now=now)
    with bench.bot.database.write() as tx:
        tx.exec_driver_sql("DELETE FROM parcels")
    return pair


def pair_of(bench: Bench) -> dict[str, Any]:
    """The one row about a pair."""
    (row,) = bench.rows("pairs")
    return row
