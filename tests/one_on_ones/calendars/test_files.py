"""Where the app may read files, a calendar may be given as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.slack.manifest import bot_scopes, with_features
from bot.slack.manifest import read_manifest as read_own
from playground.local_slack import LocalSlack, text_of
from playground.local_slack.manifest import read_manifest
from tests.bench import ROOT, Bench
from tests.one_on_ones.calendars.server import Calendars
from tests.one_on_ones.calendars.test_conversation import BOTH, asked_for_the_address
from tests.one_on_ones.calendars.test_following import alone


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """One that granted what the optional feature needs."""
    scopes = frozenset(bot_scopes(with_features(read_own(), ["calendar-files"])))
    whole = replace(read_manifest(ROOT / "app.yaml"), scopes=scopes)
    with LocalSlack(manifest=whole) as running:
        running.add_user("UADA", "ada", "Ada Okafor", "ada@example.com", "Europe/Berlin")
        yield running
        assert running.refusals == [], "Slack would have refused something"


def test_somebody_gives_a_file(bench: Bench, server: Calendars) -> None:
    pair = alone(bench, server)
    asked_for_the_address(bench)
    file = bench.slack.shelf.put("one-on-one.ics", BOTH)
    assert not bench.slack.submit("UADA", {"Or a file": [file]}).errors
    chosen = "1:1 Ada, Mia · every second week · next Thu 12 Nov 15:00"
    bench.modal("UADA", "Choose the meeting")
    bench.slack.submit("UADA", {"Which one is your one-on-one?": chosen})
    assert "A file I read this once" in text_of(bench.modal("UADA", "Saved"))
    found = bench.bot.pairs.find(pair.id)
    assert found and found.meeting and found.meeting.slot == "20261112T140000Z"
    assert not server.asked


def test_a_file_that_is_no_calendar_says_so(bench: Bench, server: Calendars) -> None:
    alone(bench, server)
    asked_for_the_address(bench)
    file = bench.slack.shelf.put("one-on-one.ics", b"Dear Ada,")
    answer = bench.slack.submit("UADA", {"Or a file": [file]})
    assert "not a calendar file" in str(answer.errors)
