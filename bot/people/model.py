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
    """Somebody placed on the ladder; `zone` is an IANA name, `placed_at` in UTC.

    `manager` is the confirmed one, or without one whoever is proposed or has declined;
    `successor` is whoever is proposed, or has declined, to follow a confirmed one.
    """

    member: Member
    track_id: str
    level_id: str
    zone: str
    placed_by: str
    placed_at: datetime
    active: bool = True
    manager: Manager | None = None
    successor: Manager | None = None

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
    def proposal(self) -> Manager | None:
        """Whoever is asked, or asked about, at present; None once that is answered."""
        latest = self.successor or self.manager
        return latest if latest and latest.relation is Relation.PROPOSED else None

    @property
    def question(self) -> Manager | None:
        """Whom somebody else proposed, so that it is the person's to say yes or no."""
        proposal = self.proposal
        return proposal if proposal and proposal.proposed_by != self.member.user_id else None

    @property
    def may_confirm_manager(self) -> bool:
        """True without a manager, when somebody else proposed one: sharing confirms them too."""
        return self.confirmed_manager is None and self.question is not None


class News(StrEnum):
    """What somebody hears about a manager relation, by the post office."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    AGREED = "agreed"
    REFUSED = "refused"


class NotPlaced(Exception):
    """The person has no track and level yet."""


class ManagerRefused(Exception):
    """The named manager cannot be one; the text is a sentence without names."""


class EngineerRefused(Exception):
    """No manager can be proposed for that person; the text is a sentence without names."""


class ProposalGone(Exception):
    """The question about a manager relation no longer stands."""


def zone_or_utc(name: str) -> ZoneInfo:
    """The IANA zone of that name, or UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
