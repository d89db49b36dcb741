"""A person's place on the ladder, and the relation to their manager."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.slack.member import Member

IMPORTED = "import"


class Relation(StrEnum):
    """How far the manager relation has come; only a confirmed one opens anything."""

    NONE = "none"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Manager:
    """Somebody's manager: named by `proposed_by` (a user id, or `import`)."""

    user_id: str
    relation: Relation
    proposed_by: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody placed on the ladder; `zone` is an IANA name, `placed_at` in UTC."""

    member: Member
    track_id: str
    level_id: str
    zone: str
    placed_by: str
    placed_at: datetime
    active: bool = True
    manager: Manager | None = None

    @property
    def tz(self) -> ZoneInfo:
        """The zone to compute with; UTC where Slack's name is one that we do not know."""
        return zone_or_utc(self.zone)

    @property
    def confirmed_manager(self) -> Member | None:
        """The one person with whom sharing is possible."""
        if self.manager and self.manager.relation is Relation.CONFIRMED:
            return self.member.colleague(self.manager.user_id)
        return None

    @property
    def may_confirm_manager(self) -> bool:
        """True when an import named the manager, so that it is the person's to confirm."""
        manager = self.manager
        return bool(
            manager
            and manager.relation is Relation.PROPOSED
            and manager.proposed_by != self.member.user_id
        )


class NotPlaced(Exception):
    """The person has no track and level yet."""


class ManagerRefused(Exception):
    """The named manager cannot be one; the text is a sentence without names."""


class ProposalGone(Exception):
    """The question about a manager relation no longer stands."""


def zone_or_utc(name: str) -> ZoneInfo:
    """The IANA zone of that name, or UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
