"""Who tries: one person for each column of the table, five for the outsiders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.privacy.policy import Role
from playground.local_slack.model import TEAM_ID

ABROAD = "T0ABROAD"
OWNER, ADMIN, LEAD = "UADA", "UPAM", "UZOE"


@dataclass(frozen=True)
class Someone:
    """`kind` is what Slack says of their account; `placed` is whether they stand on the ladder."""

    role: Role
    kind: dict[str, Any] = field(default_factory=dict)
    placed: bool = True


PEOPLE = {
    OWNER: Someone(Role.OWNER),
    "UMIA": Someone(Role.MANAGER),
    "UOTTO": Someone(Role.FORMER_MANAGER),
    "ULENA": Someone(Role.SKIP_LEVEL),
    ADMIN: Someone(Role.PEOPLE_ADMIN),
    "UCLEO": Someone(Role.COLLEAGUE),
    "UNORA": Someone(Role.NAMED),
    LEAD: Someone(Role.LEAD),
    "UGUEST": Someone(Role.OUTSIDER, {"is_restricted": True}),
    "USTRANGER": Someone(Role.OUTSIDER, {"team_id": ABROAD}, placed=False),
    "UBOT": Someone(Role.OUTSIDER, {"is_bot": True}, placed=False),
    "UGONE": Someone(Role.OUTSIDER, {"deleted": True}),
}


@dataclass(frozen=True)
class Actor:
    """Who tries it: `label` for people, and the ids that stand in the payload."""

    label: str
    role: Role
    user: str
    team: str = TEAM_ID
    home: str | None = None


IN_SLACK = (
    Actor("owner", Role.OWNER, OWNER),
    Actor("manager", Role.MANAGER, "UMIA"),
    Actor("former manager", Role.FORMER_MANAGER, "UOTTO"),
    Actor("skip-level", Role.SKIP_LEVEL, "ULENA"),
    Actor("people admin", Role.PEOPLE_ADMIN, ADMIN),
    Actor("colleague", Role.COLLEAGUE, "UCLEO"),
    Actor("named", Role.NAMED, "UNORA"),
    Actor("lead", Role.LEAD, LEAD),
    Actor("guest", Role.OUTSIDER, "UGUEST"),
    Actor("stranger", Role.OUTSIDER, "USTRANGER", home=ABROAD),
    Actor("bot", Role.OUTSIDER, "UBOT"),
    Actor("deactivated", Role.OUTSIDER, "UGONE"),
    Actor("the owner's id in another workspace", Role.OUTSIDER, OWNER, team=ABROAD, home=ABROAD),
)
AT_THE_COMMAND_LINE = Actor("operator", Role.OPERATOR, "")
EVERYBODY = (*IN_SLACK, AT_THE_COMMAND_LINE)
