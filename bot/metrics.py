"""What operators can count, for Prometheus: about a workspace only, never about a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    make_wsgi_app,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.delivery.model import Parcel, Queue, State
from bot.logs import happened, raised
from bot.slack.server import Application
from bot.slack.timing import REQUESTS

log = logging.getLogger(__name__)

WAITING = (
    State.READY,
    State.CLAIMED,
    State.SENDING,
    State.UNKNOWN,
    State.CHECKING,
    State.CLOSING,
)
LATE = (1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600)
TO_ANSWER = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)

disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """What this process counts, and what the database says whenever Prometheus asks."""

    def __init__(
        self,
        version: str,
        now: Callable[[], datetime],
        queue: Callable[[datetime], Queue],
        ready: Callable[[], bool],
    ) -> None:
        """`now` is the bot's clock; `queue` and `ready` are asked at each scrape, and may fail."""
        registry = CollectorRegistry()
        build = Gauge("rung_build_info", "The version that runs.", ["version"], registry=registry)
        build.labels(version).set(1)
        self._count_parcels(registry)
        self._count_beats(registry)
        waits = Histogram(
            "rung_acknowledgement_seconds",
            "From reading a request of Slack's to the answer that it waits for.",
            ["request"],
            buckets=TO_ANSWER,
            registry=registry,
        )
        self._waits = {request: waits.labels(request) for request in REQUESTS}
        registry.register(_Looks(now, queue, ready))
        self.application: Application = make_wsgi_app(registry)

    def _count_parcels(self, registry: CollectorRegistry) -> None:
        self._sent = Counter(
            "rung_parcels_sent", "Messages sent unasked.", ["kind"], registry=registry
        )
        self._ended = Counter(
            "rung_parcels_ended", "Parcels that ended.", ["kind", "state"], registry=registry
        )
        self._late = Histogram(
            "rung_parcel_lateness_seconds",
            "How long after its time a message was sent, by the bot's clock.",
            ["kind"],
            buckets=LATE,
            registry=registry,
        )
        self._pauses = Counter(
            "rung_pauses", "Pauses that Slack asked for.", ["reason"], registry=registry
        )

    def _count_beats(self, registry: CollectorRegistry) -> None:
        self._last_beat = Gauge(
            "rung_heartbeat_last_success_timestamp_seconds",
            "When a beat last went well, in real time.",
            ["beat"],
            registry=registry,
        )
        self._failed_beats = Counter(
            "rung_heartbeat_failures", "Beats that failed.", ["beat"], registry=registry
        )

    def ended(self, parcel: Parcel, state: State, late_seconds: float) -> None:
        """A parcel ended, so long after its time."""
        self._ended.labels(parcel.kind, state.value).inc()
        if state is State.SENT:
            self._sent.labels(parcel.kind).inc()
            self._late.labels(parcel.kind).observe(late_seconds)

    def paused(self, reason: str) -> None:
        """Slack asked for a pause, with its code."""
        self._pauses.labels(reason).inc()

    def beat(self, name: str, well: bool) -> None:
        """A beat of the heart ended."""
        failures = self._failed_beats.labels(name)
        if well:
            self._last_beat.labels(name).set_to_current_time()
        else:
            failures.inc()

    def answered(self, request: str, seconds: float) -> None:
        """Slack got the answer that it waited for."""
        self._waits[request].observe(seconds)


class _Looks(Collector):
    """Looks at the database anew at each scrape, which goes on without it when it is away."""

    def __init__(
        self,
        now: Callable[[], datetime],
        queue: Callable[[datetime], Queue],
        ready: Callable[[], bool],
    ) -> None:
        self._now = now
        self._queue = queue
        self._ready = ready

    def collect(self) -> Iterator[Metric]:
        """Whether all is ready, whether the database is there, and what waits in it."""
        now = self._now()
        queue = self._asked(now)
        yield _gauge("rung_ready", "1 when /readyz would say 200.", self._ready())
        yield _gauge("rung_database_up", "1 when the database answers.", queue is not None)
        if queue is not None:
            yield from _held(queue, now)

    def _asked(self, now: datetime) -> Queue | None:
        try:
            return self._queue(now)
        except Exception as error:
            log.warning(happened("queue_unread", **raised(error)))
            return None


def _held(queue: Queue, now: datetime) -> Iterable[Metric]:
    age = (now - queue.oldest_due).total_seconds() if queue.oldest_due else 0
    yield _gauge("rung_parcels_due", "Messages whose time has come.", queue.due)
    yield _gauge("rung_parcels_oldest_due_age_seconds", "Since when the oldest is due.", age)
    yield _gauge("rung_parcels_unconfirmed", "Messages that ended in doubt.", queue.unconfirmed)
    waiting = GaugeMetricFamily(
        "rung_parcels_waiting", "Parcels that have not ended, due or not.", labels=["state"]
    )
    for state, number in {**dict.fromkeys(WAITING, 0), **queue.waiting}.items():
        waiting.add_metric([state.value], number)
    yield waiting
    paused = GaugeMetricFamily(
        "rung_paused_until_timestamp_seconds",
        "Until when nothing is sent, in real time; absent while there is no pause.",
        labels=["reason"],
    )
    if queue.paused_until:
        paused.add_metric([queue.pause_reason], queue.paused_until.timestamp())
    yield paused


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)
