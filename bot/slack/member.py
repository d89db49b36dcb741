"""Who acts: one person in one workspace, as Slack's payloads name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HOME_TEAM = ("team", "user_team", "source_team")


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A person (`U…`) in a workspace (`T…`)."""

    team_id: str
    user_id: str

    @property
    def mention(self) -> str:
        """Slack shows this as the person's name."""
        return f"<@{self.user_id}>"

    def colleague(self, user_id: str) -> Member:
        """Somebody else in the same workspace."""
        return Member(self.team_id, user_id)


def acting_member(body: Mapping[str, Any]) -> Member:
    """The person behind a command, an interaction or an event, whichever shape it has."""
    event = body.get("event") or {}
    user = body.get("user") or event.get("user") or _author(event) or {}
    user_id = body.get("user_id") or (user if isinstance(user, str) else user.get("id", ""))
    team = body.get("team_id") or (body.get("team") or {}).get("id") or event.get("team") or ""
    if not team and not isinstance(user, str):
        team = user.get("team_id", "")
    return Member(str(team), str(user_id))


def _author(event: Mapping[str, Any]) -> str:
    """Who wrote the message that was edited or deleted."""
    about = event.get("message") or event.get("previous_message") or {}
    return str(about.get("user") or "")


def workspaces(body: Mapping[str, Any]) -> set[str]:
    """Every workspace (`T…`) that the payload names: where it happened, and where the actor is at
    home. More than one, or another than ours, means that somebody of another company acts.
    """
    event, user, team = body.get("event") or {}, body.get("user") or {}, body.get("team") or {}
    named = [body.get("team_id"), team.get("id"), *(event.get(key) for key in HOME_TEAM)]
    if not isinstance(user, str):
        named.append(user.get("team_id"))
    return {str(each) for each in named if each}
