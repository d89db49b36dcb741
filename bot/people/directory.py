"""Where Slack accounts are looked up, and what kind of account a profile shows."""

from __future__ import annotations

from typing import Protocol

from bot.privacy.policy import Account
from bot.slack.profiles import Profile


class Directory(Protocol):
    """Looks accounts up; `slack.profiles.Profiles` is the real one."""

    def by_id(self, user_id: str) -> Profile | None:
        """The account with that id, or None."""

    def by_email(self, email: str) -> Profile | None:
        """The account with that address, or None."""


def account_of(profile: Profile) -> Account:
    """The kind of account that a profile shows; only a member may do more than read."""
    kinds = {
        Account.DEACTIVATED: profile.deactivated,
        Account.BOT: profile.is_bot,
        Account.STRANGER: profile.is_stranger,
        Account.GUEST: profile.is_guest,
    }
    return next((kind for kind, is_so in kinds.items() if is_so), Account.MEMBER)
