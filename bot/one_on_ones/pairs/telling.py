"""What is kept about a person's one-on-ones, as a section of an export. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.one_on_ones.pairs.model import Pair
from bot.privacy.records import Section, Value
from bot.slack.member import Member

COLUMNS = ("with", "my_side", "state", "when", "next_at", "met_at", "since", "ended_at", "why")


def section(member: Member, pairs: Sequence[Pair]) -> Section:
    """Whom the person meets or met, when, and how far it has come."""
    rows = tuple(_row(member, pair) for pair in pairs)
    return Section("one_on_ones", "One-on-ones", COLUMNS, rows)


def _row(member: Member, pair: Pair) -> tuple[Value, ...]:
    other = pair.other(member)
    return (
        other.user_id if other else None,
        "engineer" if member == pair.engineer else "partner",
        pair.state.value,
        pair.rhythm.words if pair.rhythm else "from a calendar",
        pair.meeting.starts_at if pair.meeting else None,
        pair.met_at,
        pair.created_at,
        pair.ended_at,
        pair.why.value if pair.why else None,
    )
