"""The bot with one protection taken away at a time: the proof has to see each of them fail.

`python -m tests.delivery.proof.mutants` tries them all, and ends with an error when one survives.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from slack_sdk.http_retry import default_retry_handlers

from bot.delivery import doubts, sender, signs, store, wire
from bot.delivery.model import Claim, Parcel, State
from bot.delivery.pace import store as pace_store
from bot.delivery.pace.model import Pace
from bot.delivery.wire import Outcome, Sight
from bot.wiring import Rung
from tests.delivery.proof.scenarios import SCENARIOS, Toll, run
from tests.postgres import Postgres

AT_ONCE = 8
PATIENCE_SECONDS = 60
PATIENCE_WITH_A_MUTANT_SECONDS = 12


@dataclass(frozen=True, slots=True)
class Mutant:
    """A bot without one of its protections, and the story that shows what it was good for."""

    name: str
    change: Callable[[Rung], None]
    killed_by: str

    @property
    def engines(self) -> tuple[str, ...]:
        """Where its story can be played."""
        return SCENARIOS[self.killed_by].engines


def no_fence(_rung: Rung) -> None:
    """Whoever held a row once may still move it."""

    def move(tx: Any, held: Claim, expected: State, *more: Any, **columns: Any) -> bool:
        is_it = (*store._is(held.parcel), store._in(expected))
        return store._update(tx, *is_it, *more, **columns) == 1

    store._move = move


def no_settle(rung: Rung) -> None:
    """A doubt is looked up at once."""
    rung.desk.patience = replace(rung.desk.patience, settle=0)


def no_guard(rung: Rung) -> None:
    """However long it slept, it goes on to the wire."""
    rung.desk.patience = replace(rung.desk.patience, guard=float("inf"))


def app_clock(rung: Rung) -> None:
    """Leases go by the clock of each worker's machine."""
    rung.desk.real_time = lambda _tx: store.datetime.now(UTC)


def sdk_retries(rung: Rung) -> None:
    """The client that one gets without asking for another."""
    rung.desk.client.retry_handlers = default_retry_handlers()


def doubts_left_alone(_rung: Rung) -> None:
    """What may have been sent is left at that."""
    doubts.Doubts.settle_all = lambda *_: None  # type: ignore[method-assign]


def doubts_sent_again(_rung: Rung) -> None:
    """What may have been sent is sent again, without a look."""
    doubts.find = lambda *_: Sight()
    doubts.ABSENCES_NEEDED = 1


def one_negative_read(_rung: Rung) -> None:
    """Not seen once is not there."""
    doubts.ABSENCES_NEEDED = 1


def key_by_instant(rung: Rung) -> None:
    """An occurrence is a moment, not a day of somebody's calendar."""
    accept = rung.post_office.accept_many

    def at_moments(tx: Any, parcels: Sequence[Parcel]) -> int:
        return accept(tx, [replace(each, key=f"{each.key}|{each.not_before}") for each in parcels])

    rung.post_office.accept_many = at_moments  # type: ignore[method-assign]


def no_look_first(_rung: Rung) -> None:
    """A restored backup is believed."""
    sender.Sender._looked_first = lambda *_: None  # type: ignore[method-assign]


def restored_unnoticed(_rung: Rung) -> None:
    """Each bot looks first for what was due before it started, and learns nothing afterwards."""
    renew = signs.Signs.renew

    def only_at_first(self: signs.Signs, tx: Any, now: datetime) -> None:
        before = self.look_before
        renew(self, tx, now)
        self.look_before = before or self.look_before

    signs.Signs.renew = only_at_first  # type: ignore[method-assign]


def sending_not_committed(_rung: Rung) -> None:
    """The row says "sending" only in the memory of the process that sends."""

    def begin(tx: Any, held: Claim, _real: datetime, lease_until: datetime) -> bool:
        return store._move(tx, held, State.CLAIMED, lease_until=lease_until)

    def settle(tx: Any, held: Claim, _expected: State, *rest: Any, **columns: Any) -> bool:
        return settle_held(tx, held, State.CLAIMED, *rest, **columns)

    settle_held = store.settle
    store.begin, store.settle = begin, settle


def server_error_is_a_refusal(_rung: Rung) -> None:
    """A status of 500 and more means that nothing was done."""
    refused = wire._refused

    def at_its_word(error: Any) -> Outcome:
        if error.response.status_code >= 500:
            return wire.again(wire._trouble(error))
        return refused(error)

    wire._refused = at_its_word


def lost_answer_is_a_refusal(_rung: Rung) -> None:
    """No answer means that nothing was done."""
    wire._in_doubt = lambda reason: wire.again(wire.Trouble(reason))


def lost_answer_is_a_yes(_rung: Rung) -> None:
    """No answer means that it was posted."""
    wire._in_doubt = lambda _reason: Outcome(State.SENT)


def fatal_error_is_a_refusal(_rung: Rung) -> None:
    """Every code of Slack's ends the row, also those that leave open what was done."""
    wire.PERHAPS_DONE = frozenset()


def throttling_burns_the_row(_rung: Rung) -> None:
    """Who comes at a bad moment does not get another."""
    sender.post = lambda *given: _failed_where_ready(wire.post(*given))


def claimed_never_recovered(_rung: Rung) -> None:
    """Only what was on the wire is taken from a process that ended."""
    recover, update = store.recover, store._update

    def but_for_claimed(tx: Any, *which: Any, **columns: Any) -> int:
        return 0 if columns.get("state") == State.READY.value else update(tx, *which, **columns)

    def recover_the_rest(*given: Any) -> int:
        store._update = but_for_claimed
        try:
            return recover(*given)
        finally:
            store._update = update

    store.recover = recover_the_rest


def pause_of_its_own(_rung: Rung) -> None:
    """What Slack asked one worker for is nothing to the others."""
    _keep_to_oneself("paused_until")


def budget_of_its_own(_rung: Rung) -> None:
    """Each worker has a whole budget."""
    _keep_to_oneself("free_at")


def only_the_holder_knows(_rung: Rung) -> None:
    """Whoever lost the row may not even say that it was sent."""

    def record(tx: Any, held: Claim, **columns: Any) -> bool:
        values = {"state": State.SENT.value, "reason": "", "lease_until": None}
        holds = store._in(State.SENDING, State.CHECKING, State.CLAIMED)
        return store._update(
            tx, *store._is(held.parcel), holds, store.parcels.c.fence == held.fence,
            **values | columns,
        ) == 1  # fmt: skip

    store.record_sent = record


def absences_add_up(_rung: Rung) -> None:
    """What was not seen after one attempt counts after the next one too."""
    move = store._move

    def forgets_nothing(tx: Any, held: Claim, expected: State, *more: Any, **columns: Any) -> bool:
        if columns.get("state") == State.SENDING.value:
            columns.pop("absences")
        return move(tx, held, expected, *more, **columns)

    store._move = forgets_nothing


def two_hold_one_row(_rung: Rung) -> None:
    """Claims lock nothing, slowly, and whoever has claimed begins without asking any more."""
    update = store._update

    def begin(tx: Any, held: Claim, real: datetime, lease_until: datetime) -> bool:
        values = {"state": State.SENDING.value, "claimed_at": real, "lease_until": lease_until}
        return update(tx, *store._is(held.parcel), **values) == 1

    store._hold, store.begin = _hold_without_a_lock, begin


NAMED = (
    Mutant("no fence", no_fence, "woken while another posts"),
    Mutant("no settle", no_settle, "history lags"),
    Mutant("no guard", no_guard, "asleep until others have sent"),
    Mutant("app clock", app_clock, "slow beside a clock that is ahead"),
    Mutant("SDK retries on", sdk_retries, "an answer lost after the post"),
    Mutant("no reconcile: left alone", doubts_left_alone, "killed before its post"),
    Mutant("no reconcile: sent again", doubts_sent_again, "killed after its post"),
    Mutant("one negative read", one_negative_read, "one stale look"),
    Mutant("key by UTC instant", key_by_instant, "moved zone"),
)
"""Those that are tried with every run of the tests."""

MORE = (
    Mutant("no look first", no_look_first, "a restored backup"),
    Mutant("restored unnoticed", restored_unnoticed, "restored under a running bot"),
    Mutant("sending not committed", sending_not_committed, "killed after its post"),
    Mutant("5xx taken as a refusal", server_error_is_a_refusal, "503 after the post"),
    Mutant("a lost answer taken as no", lost_answer_is_a_refusal, "an answer lost after the post"),
    Mutant("a lost answer taken as yes", lost_answer_is_a_yes, "a reset before the post"),
    Mutant("fatal_error as a refusal", fatal_error_is_a_refusal, "fatal_error before the post"),
    Mutant("429 burns the row", throttling_burns_the_row, "throttled"),
    Mutant("claimed never recovered", claimed_never_recovered, "killed with its batch"),
    Mutant("a pause of its own", pause_of_its_own, "throttled"),
    Mutant("a budget of its own", budget_of_its_own, "beyond the budget"),
    Mutant("only the holder may say sent", only_the_holder_knows, "says late that it was sent"),
    Mutant("two hold one row", two_hold_one_row, "a crowd at once"),
    Mutant("absences add up", absences_add_up, "a stale look after another doubt"),
)
MUTANTS = NAMED + MORE


def _hold_without_a_lock(tx: Any, query: Any, state: State, lease_until: datetime) -> list[Claim]:
    rows = tx.execute(query).all()
    time.sleep(0.15)
    for row in rows:
        is_it = (store.parcels.c.team_id == row.team_id, store.parcels.c.id == row.id)
        values = {"state": state.value, "lease_until": lease_until}
        store._update(tx, *is_it, fence=row.fence + 1, **values)
    return [Claim(store._parcel(row), row.fence + 1, row.channel_id or "") for row in rows]


def _failed_where_ready(outcome: Outcome) -> Outcome:
    return replace(outcome, state=State.FAILED) if outcome.state is State.READY else outcome


def _keep_to_oneself(name: str) -> None:
    """One column of the pace is this process's own; the others stay shared."""
    own: dict[str, Any] = {name: None}
    look, hold, save = pace_store.look, pace_store.hold, pace_store.save

    def save_the_rest(tx: Any, team_id: str, pace: Pace) -> None:
        own[name] = getattr(pace, name)
        save(tx, team_id, replace(pace, **{name: None}))

    pace_store.look = lambda *given: replace(look(*given), **own)
    pace_store.hold = lambda *given: replace(hold(*given), **own)
    pace_store.save = save_the_rest


@dataclass(frozen=True, slots=True)
class Play:
    """A story to be played on one engine, with a mutant or with the bot as it is."""

    scenario: str
    engine: str
    mutant: Mutant | None = None

    @property
    def name(self) -> str:
        """For a line of a table."""
        who = self.mutant.name if self.mutant else "the bot as it is"
        return f"{who}: {self.scenario} ({self.engine})"


def plays(mutants: tuple[Mutant, ...], scenarios: Iterator[str] | None = None) -> list[Play]:
    """Each mutant in the story that shows it, and the bot as it is in each story; on both engines.

    Without `scenarios`, in the stories of the mutants.
    """
    names = list(dict.fromkeys(scenarios or (mutant.killed_by for mutant in mutants)))
    whole = [Play(name, engine) for name in names for engine in SCENARIOS[name].engines]
    spoilt = [Play(m.killed_by, engine, m) for m in mutants for engine in m.engines]
    return spoilt + whole


def play(given: Play, database_url: str) -> Toll:
    """What it cost."""
    mutant = given.mutant
    patience = PATIENCE_WITH_A_MUTANT_SECONDS if mutant else PATIENCE_SECONDS
    return run(SCENARIOS[given.scenario], database_url, mutant and mutant.change, patience)


def main() -> int:
    """Plays everything, prints the table, and says how many mutants were killed."""
    todo = plays(MUTANTS, iter(SCENARIOS))
    with TemporaryDirectory() as folder, Postgres() as server:
        urls = [
            server.new_database()
            if one.engine == "postgresql"
            else f"sqlite:///{Path(folder)}/{number}.db"
            for number, one in enumerate(todo)
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            tolls = list(pool.map(play, todo, urls))
    return _told(list(zip(todo, tolls, strict=True)))


def _told(played: list[tuple[Play, Toll]]) -> int:
    for one, toll in played:
        print(f"{one.name:80} {toll.duplicates:3} twice {toll.lost:3} lost {toll.rude:3} rude")
    wrong = [one for one, toll in played if bool(one.mutant) != any(toll)]
    spoilt = [one for one, _ in played if one.mutant]
    killed = len(spoilt) - sum(1 for one in wrong if one.mutant)
    print(f"mutants of delivery: {killed}/{len(spoilt)} killed (each engine counts)")
    for one in wrong:
        print(f"WRONG: {one.name}")
    return 1 if wrong else 0


if __name__ == "__main__":
    from tests.delivery.proof import mutants  # by its own name, as the workers import it

    sys.exit(mutants.main())
