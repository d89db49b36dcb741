"""From the button to the meeting that was chosen, and nothing of the address anywhere else."""

from __future__ import annotations

import json
import logging

import pytest

from bot.one_on_ones.calendars.blocks import give
from bot.slack.downloads import download
from playground.local_slack import text_of
from tests.bench import Bench
from tests.engines import on_sqlite
from tests.one_on_ones.calendars.server import Calendars, drips, gives
from tests.one_on_ones.calendars.test_following import alone
from tests.one_on_ones.calendars.texts import GOOGLE_EACH_TUESDAY, OUTLOOK_FORTNIGHT, calendar

BOTH = calendar(GOOGLE_EACH_TUESDAY, OUTLOOK_FORTNIGHT)


def asked_for_the_address(bench: Bench) -> None:
    bench.slack.command("UADA", "/ladder one-on-ones")
    bench.slack.press("UADA", bench.modal("UADA", "My one-on-ones"), "Change")
    first = bench.modal("UADA", "My one-on-one")
    bench.slack.press("UADA", first, "From a calendar")
    bench.modal("UADA", "From a calendar")


def test_somebody_gives_an_address_and_chooses(
    bench: Bench, server: Calendars, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    alone(bench, server, BOTH)
    asked_for_the_address(bench)
    bench.slack.submit("UADA", {"Address of the calendar": server.address})
    bench.modal("UADA", "Choose the meeting")
    answer = bench.slack.submit(
        "UADA",
        {"Which one is your one-on-one?": "Ada / Mia · every week · next Tue 13 Oct 14:00"},
    )
    assert not answer.errors
    assert "Saved" in text_of(bench.modal("UADA", "Saved"))
    assert "canary" not in caplog.text
    assert "canary" not in bench.sees("UADA")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://calendar.example/a.ics", "has to begin with"),
        ("https://127.0.0.1/a.ics", "has to begin with"),
        ("https://localhost:{port}/a.ics", "private network"),
        ("https://calendar.example:{port}/nothing", "no calendar at that address"),
        ("https://calendar.example:{port}/page", "not a calendar file"),
    ],
)
@on_sqlite
def test_what_cannot_be_read_says_why(
    bench: Bench, server: Calendars, address: str, words: str
) -> None:
    alone(bench, server)
    server.numbers["localhost"] = ["::1"]
    server.answers["/page"] = gives(b"<html>Sign in</html>")
    asked_for_the_address(bench)
    fields = {"Address of the calendar": address.format(port=server.port)}
    answer = bench.slack.submit("UADA", fields)
    assert words in str(answer.errors)
    assert "calendar.example" not in str(answer.errors)


@on_sqlite
def test_the_token_goes_to_slack_alone(bench: Bench, server: Calendars) -> None:
    """The payload names the address of the file; a forged one gets nothing."""
    alone(bench, server)
    server.answers["/x"] = gives(BOTH)
    for address in (f"https://calendar.example:{server.port}/x", "file:///etc/passwd", ""):
        file = {"id": "F1", "url_private_download": address}
        with pytest.raises(OSError, match="not a file"):
            download(bench.bot.client, file, 1000)
    assert not server.asked


def test_without_the_scope_only_an_address_is_asked_for() -> None:
    assert '"file_input"' in json.dumps(give("p1", None, files=True))
    assert '"file_input"' not in json.dumps(give("p1", None, files=False))


@on_sqlite
def test_a_calendar_that_takes_its_time_comes_later(bench: Bench, server: Calendars) -> None:
    alone(bench, server)
    server.answers[server.path] = drips(b"HTTP/1.1 200 OK\r\n\r\n", b"")
    bench.bot.calendars.fetching = server.fetching(seconds=2.5)
    asked_for_the_address(bench)
    bench.slack.submit("UADA", {"Address of the calendar": server.address})
    bench.hears("UADA", "took too long")
