"""In which time zone somebody lives, as far as anybody knows."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.people.model import zone_or_utc
from bot.people.people import People
from bot.slack.member import Member
from bot.storage.database import Transaction


def zone_name(tx: Transaction, people: People, member: Member, met: Iterable[Member]) -> str:
    """Their own; where Slack says nothing of them, that of the first whom they meet."""
    known = (people.known_zone(tx, each) for each in (member, *met))
    return next(filter(None, known), "UTC")


def zone(tx: Transaction, people: People, member: Member, met: Member | None) -> ZoneInfo:
    """The same, to compute with."""
    return zone_or_utc(zone_name(tx, people, member, [met] if met else []))
