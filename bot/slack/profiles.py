"""What Slack knows of a person: their zone, and whether they can be spoken to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.answers import BROKEN, error_code

UNANSWERED = (SlackApiError, *BROKEN)
UNKNOWN = {"user_not_found", "users_not_found", "user_not_visible"}


@dataclass(frozen=True, slots=True)
class Profile:
    """A Slack account; `name` is the person's own. `zone` is an IANA name, UTC where there is none.

    A stranger belongs to another company, and is met in a channel that it shares with ours.
    """

    user_id: str
    name: str = ""
    zone: str = "UTC"
    deactivated: bool = False
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False


class Profiles:
    """Looks accounts up in Slack; None where the workspace has nobody of that name."""

    def __init__(self, client: WebClient, team_id: str) -> None:
        """`client` needs users:read, and users:read.email for addresses; `team_id` is ours."""
        self._client = client
        self._team_id = team_id

    def by_id(self, user_id: str) -> Profile | None:
        """The account with that `U…` id; raises SlackApiError when Slack refuses to say."""
        return self._found(lambda: self._client.users_info(user=user_id).get("user"))

    def by_email(self, email: str) -> Profile | None:
        """The account with that address; raises SlackApiError when Slack refuses to say."""
        return self._found(lambda: self._client.users_lookupByEmail(email=email).get("user"))

    def _found(self, ask: Any) -> Profile | None:
        try:
            return read_profile(ask() or {}, self._team_id)
        except SlackApiError as error:
            if error_code(error) in UNKNOWN:
                return None
            raise


def read_profile(user: Mapping[str, Any], our_team: str) -> Profile:
    """A profile from Slack's user object, as users.info and user_change carry it."""
    return Profile(
        user_id=str(user.get("id") or ""),
        name=_name(user),
        zone=str(user.get("tz") or "UTC"),
        deactivated=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user.get("id") == "USLACKBOT",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")) or our_team not in _teams(user),
    )


def _name(user: Mapping[str, Any]) -> str:
    """What people call them: the full name, for a document is read outside of Slack."""
    profile = user.get("profile") or {}
    return str(user.get("real_name") or profile.get("real_name") or user.get("name") or "")


def _teams(user: Mapping[str, Any]) -> set[str]:
    """Where somebody belongs; in an organisation of several workspaces all that they are in."""
    return {str(user.get("team_id")), *(user.get("enterprise_user") or {}).get("teams", [])}
