"""Two bots on one database, and one payload for both."""

from __future__ import annotations

from playground.local_slack import LocalSlack, text_of
from playground.local_slack.outbox import Replicas
from tests.bench import Bench


def test_both_hear_and_both_know(slack: LocalSlack, bench: Bench, replica: Bench) -> None:
    bench.place("UADA", "L3")
    replica.bot.standings.load()
    answer = slack.command("UADA", "/ladder")
    assert answer.ok
    assert "L3" in text_of(answer.message)
    replicas = slack.people.outbox.transport
    assert isinstance(replicas, Replicas)
    assert [each.status for each in replicas.answers] == [200, 200]
    assert all("L3" in each.body for each in replicas.answers)
