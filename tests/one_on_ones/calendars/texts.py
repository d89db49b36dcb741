"""Calendars as Google and Outlook write them, made up for these tests."""

from __future__ import annotations

from collections.abc import Iterable


def calendar(*components: str, head: Iterable[str] = ()) -> bytes:
    """A whole file, its lines ended as the standard wants it."""
    inside = "\n".join(components)
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head, inside, "END:VCALENDAR", ""])
    return "\n".join(each for each in text.split("\n") if each).encode().replace(b"\n", b"\r\n")


def event(*lines: str, uid: str = "weekly@google.com", title: str = "Ada / Mia") -> str:
    """One event of half an hour, unless the lines say otherwise."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"])


GOOGLE_HEAD = (
    "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:ada@example.com",
    "X-WR-TIMEZONE:Europe/Berlin",
)
GOOGLE_EACH_TUESDAY = event(
    "DTSTART;TZID=Europe/Berlin:20261006T140000",
    "DTEND;TZID=Europe/Berlin:20261006T143000",
    "RRULE:FREQ=WEEKLY;BYDAY=TU",
    "DTSTAMP:20261001T080000Z",
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Mia;X-NUM-\n"
    " GUESTS=0:mailto:mia@example.com",
    "DESCRIPTION:BEGIN:VEVENT is only a word here\\, and not a beginning",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P0DT0H10M0S",
    "END:VALARM",
)
GOOGLE_MOVED_TO_WEDNESDAY = event(
    "DTSTART;TZID=Europe/Berlin:20261014T100000",
    "DTEND;TZID=Europe/Berlin:20261014T103000",
    "RECURRENCE-ID;TZID=Europe/Berlin:20261013T140000",
    "SEQUENCE:1",
)
GOOGLE_CANCELLED = event(
    "DTSTART;TZID=Europe/Berlin:20261020T140000",
    "DTEND;TZID=Europe/Berlin:20261020T143000",
    "RECURRENCE-ID;TZID=Europe/Berlin:20261020T140000",
    "STATUS:CANCELLED",
)
GOOGLE_TWO_HOURS_LATER_FROM_NOVEMBER = event(
    "DTSTART;TZID=Europe/Berlin:20261103T160000",
    "DTEND;TZID=Europe/Berlin:20261103T163000",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261103T140000",
)
GOOGLE = calendar(
    GOOGLE_EACH_TUESDAY, GOOGLE_MOVED_TO_WEDNESDAY, GOOGLE_CANCELLED, head=GOOGLE_HEAD
)

OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
OUTLOOK_UID = "040000008200E00074C5B7101A82E00800000000D0A1B2C3D4E5DC01"
OUTLOOK_FORTNIGHT = event(
    "RRULE:FREQ=WEEKLY;UNTIL=20261231T130000Z;INTERVAL=2;BYDAY=TH;WKST=MO",
    "EXDATE;TZID=W. Europe Standard Time:20261015T150000,20261029T150000",
    "DTSTART;TZID=W. Europe Standard Time:20261001T150000",
    "DTEND;TZID=W. Europe Standard Time:20261001T153000",
    "CLASS:PUBLIC",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    uid=OUTLOOK_UID,
    title="1:1 Ada\\, Mia",
)
OUTLOOK = calendar(
    OUTLOOK_ZONE,
    OUTLOOK_FORTNIGHT,
    head=("METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "X-WR-CALNAME:Calendar"),
)
