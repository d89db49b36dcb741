"""The log: one line for each event, with named fields, for people or for machines."""

from __future__ import annotations

import json
import logging
import sys
import time
from io import StringIO

import pytest

from bot.logs import happened, log_handler, raised

HOSTILE = ["two words", "a=b", 'say "hi"', "", "one\ntwo", "one\u2028two", "\x1b[31mred", "\x85"]


@pytest.fixture(params=[False, True], ids=["readable", "json"])
def as_json(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def written(msg: object, *, as_json: bool, name: str = "bot.delivery.post_office") -> str:
    """What the bot's own handler makes of one record."""
    stream = StringIO()
    record = logging.LogRecord(name, logging.INFO, __file__, 1, msg, (), sys.exc_info())
    record.created = 1_795_946_400.12
    log_handler(stream, as_json=as_json).handle(record)
    return stream.getvalue()


def test_an_event_is_a_line_that_people_read() -> None:
    said = written(happened("sent", kind="nudge", lateness_s=3, late=False), as_json=False)
    assert said == (
        "2026-11-29T10:00:00.120Z INFO delivery.sent kind=nudge lateness_s=3 late=false\n"
    )


def test_or_an_object_that_machines_read_with_numbers_as_numbers() -> None:
    said = written(happened("sent", kind="nudge", lateness_s=3, late=False), as_json=True)
    assert json.loads(said) == {
        "time": "2026-11-29T10:00:00.120Z",
        "level": "INFO",
        "event": "delivery.sent",
        "kind": "nudge",
        "lateness_s": 3,
        "late": False,
    }


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can be set on Unix")
def test_its_time_is_utc_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert written(happened("sent"), as_json=False).startswith("2026-11-29T10:00:00.120Z")
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
def test_no_value_breaks_its_line_or_makes_a_field_of_its_own(value: str, as_json: bool) -> None:
    said = written(happened("sent", kind=value, parcel="p1"), as_json=as_json)
    assert len(said.splitlines()) == 1
    assert said.rstrip("\n").isprintable()
    if as_json:
        assert json.loads(said)["kind"] == value
    else:
        quoted = said.partition("kind=")[2].removesuffix(" parcel=p1\n")
        assert json.loads(quoted) == value


def test_no_field_takes_the_place_of_when_or_what() -> None:
    said = json.loads(written(happened("sent", time="never", level="x"), as_json=True))
    assert (said["time"], said["level"]) == ("2026-11-29T10:00:00.120Z", "INFO")


def test_what_a_library_says_is_an_event_by_its_name(as_json: bool) -> None:
    said = written("it gave up\ntwice", as_json=as_json, name="some.library")
    assert len(said.splitlines()) == 1
    assert "some.library" in said
    assert "it gave up\\ntwice" in said


def test_an_error_is_its_type_and_its_places_on_the_same_line(as_json: bool) -> None:
    def fail() -> None:
        raise RuntimeError("quokkasaurus")

    try:
        fail()
    except RuntimeError as error:
        logged = [
            written(happened("failed", **raised(error)), as_json=as_json),
            written("it broke", as_json=as_json, name="some.library"),
        ]
    for said in logged:
        assert len(said.splitlines()) == 1
        assert "RuntimeError" in said
        assert "in fail" in said
        assert "quokkasaurus" not in said
