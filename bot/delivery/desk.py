"""What everybody in the post office works with: database, client, clocks and kinds."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.delivery import store
from bot.delivery.model import Claim, Parcel, Patience, State
from bot.delivery.pace import store as pace_store
from bot.delivery.pace.model import Pace
from bot.delivery.steps import AtStep, pass_by
from bot.delivery.wire import Outcome, Trouble
from bot.logs import Field, happened, raised
from bot.settings import Settings
from bot.slack.blocks import Message
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

LOST = frozenset({State.EXPIRED, State.SUPPRESSED, State.FAILED, State.UNCONFIRMED, State.LEFT})
DEFAULT = Patience()

Arrival = Callable[[Transaction, Parcel, datetime], None]
Mourner = Callable[[Parcel, State], None]
Observer = Callable[[Parcel, State, float], None]
Renderer = Callable[[Parcel, datetime], Message | None]
Substitute = Callable[[Parcel], Message]


def awake_seconds() -> float:
    """Seconds that pass also while this machine, or this process, is asleep."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of the parcels of one kind; see `PostOffice.learn`."""

    render: Renderer
    lost: Mourner | None = None
    arrived: Arrival | None = None
    instead: Substitute | None = None
    polite: bool = False


FORGOTTEN = Kind(lambda _parcel, _now: None)  # what another version of the bot handed in


def patience_of(settings: Settings) -> Patience:
    """How long to wait, as the operator set it."""
    return Patience(
        lease=settings.lease_seconds,
        guard=settings.safe_guard_seconds,
        settle=settings.settle_seconds,
        recheck=settings.recheck_seconds,
        sends_per_minute=settings.sends_per_minute,
    )


@dataclass(slots=True)
class Desk:
    """`real_time` is what leases go by, `elapsed` counts seconds whatever any clock says."""

    database: Database
    client: WebClient
    team_id: str
    patience: Patience = DEFAULT
    real_time: Callable[[Transaction], datetime] = store.real_time
    elapsed: Callable[[], float] = awake_seconds
    at_step: AtStep = pass_by
    kinds: dict[str, Kind] = field(default_factory=dict)
    observers: list[Observer] = field(default_factory=list)
    pause_observers: list[Callable[[str], None]] = field(default_factory=list)
    cut_off_until: float = 0
    """On `elapsed`: this process alone cannot reach Slack before then."""

    def kind(self, parcel: Parcel) -> Kind:
        """How parcels like this one are made and mourned."""
        return self.kinds.get(parcel.kind, FORGOTTEN)

    def lease(self, real: datetime) -> datetime:
        """When what is taken now is taken from us."""
        return real + timedelta(seconds=self.patience.lease)

    def may_ask(self) -> bool:
        """Whether Slack may be asked for anything at this moment."""
        if self.elapsed() < self.cut_off_until:
            return False
        with self.database.read() as tx:
            return not pace_store.look(tx, self.team_id).pauses(self.real_time(tx))

    def may_send(self) -> bool:
        """Whether it may also take one more message."""
        if self.elapsed() < self.cut_off_until:
            return False
        with self.database.read() as tx:
            return pace_store.look(tx, self.team_id).allows(self.real_time(tx))

    @contextmanager
    def alone(self, parcel: Parcel) -> Iterator[None]:
        """Whatever goes wrong with one parcel stays with that parcel, but for a lost database."""
        try:
            yield
        except DatabaseError:
            raise
        except Exception as error:
            log.error(happened("broken", kind=parcel.kind, parcel=parcel.id, **raised(error)))

    def pause(self, trouble: Trouble) -> None:
        """Lets this process wait, or every replica where Slack asked the workspace to."""
        if not trouble.pause_seconds:
            return
        if not trouble.for_everybody:
            self.cut_off_until = self.elapsed() + trouble.pause_seconds
            return
        with self.database.write() as tx:
            until = self.real_time(tx) + timedelta(seconds=trouble.pause_seconds)
            before = pace_store.hold(tx, self.team_id)
            pace_store.save(tx, self.team_id, before.paused(until, trouble.reason))
        self._tell_once(before, trouble)
        for observer in self.pause_observers:
            observer(trouble.reason)

    def _tell_once(self, before: Pace, trouble: Trouble) -> None:
        if not trouble.needs_operator:
            log.warning(happened("paused", seconds=trouble.pause_seconds))
        elif before.pause_reason != trouble.reason:
            log.error(happened("refused", reason=trouble.reason, see="python -m bot doctor"))

    def end(
        self, held: Claim, expected: State, outcome: Outcome, now: datetime, ended: Counter[State]
    ) -> None:
        """Writes what came of a parcel that this process holds, and tells whoever wants to know."""
        with self.database.write() as tx:
            settled = self._settle(tx, held, expected, outcome)
            arrived = self.kind(held.parcel).arrived
            if settled and arrived and outcome.state is State.SENT:
                arrived(tx, held.parcel, now)
        if settled:
            ended[outcome.state] += 1
            self.report(held.parcel, outcome, now)

    def _settle(self, tx: Transaction, held: Claim, expected: State, outcome: Outcome) -> bool:
        if outcome.state is State.SENT:
            pace_store.forget_reason(tx, self.team_id, self.real_time(tx))
            return store.record_sent(tx, held, **outcome.columns)
        columns = dict(outcome.columns)
        if outcome.look_again_after is not None:
            columns["look_at"] = self.real_time(tx) + timedelta(seconds=outcome.look_again_after)
        return store.settle(tx, held, expected, outcome.state, outcome.reason, **columns)

    def report(self, parcel: Parcel, outcome: Outcome, now: datetime) -> None:
        """Logs what a parcel came to; tells observers, and its kind when it is lost."""
        fine = outcome.state in {State.SENT, State.CLOSED}
        as_wanted = fine or outcome.state is State.SUPPRESSED
        level = logging.INFO if as_wanted else logging.WARNING
        late = (now - parcel.not_before).total_seconds()
        told: dict[str, Field] = {"kind": parcel.kind, "parcel": parcel.id}
        if outcome.reason:
            told["reason"] = outcome.reason
        log.log(level, happened(outcome.state.value, **told, lateness_s=round(late)))
        if outcome.state in LOST or fine:
            for observer in self.observers:
                with self.alone(parcel):
                    observer(parcel, outcome.state, late)
        lost = self.kind(parcel).lost
        if lost and outcome.state in LOST:
            with self.alone(parcel):
                lost(parcel, outcome.state)
