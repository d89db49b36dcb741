"""Who may use Rung at all: asked for everything that arrives from Slack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.people.accounts import Accounts
from bot.privacy.policy import Account, Action, Actor, Subject, can
from bot.slack.member import Member, workspaces
from bot.slack.refusals import SILENCE
from bot.slack.turn import Turn

OUTSIDER = (
    "Rung is for the members of this workspace, so I cannot help you here. Whoever runs Rung can "
    "tell you more."
)
NOT_TOLD = (
    "Slack does not tell me who you are at the moment, so I cannot do that. Please try again in a "
    "minute."
)


class Door:
    """Members come in; guests read the ladder where the operator lets them; nobody else does."""

    def __init__(
        self,
        accounts: Accounts,
        known: Callable[[Member], object],
        team_id: str,
        now: Callable[[], datetime],
        *,
        open_to_guests: bool,
    ) -> None:
        """`known` tells from memory of members who stand on the ladder; `team_id` is ours."""
        self._accounts = accounts
        self._known = known
        self._team_id = team_id
        self._now = now
        self._ladder = Subject(open_to_guests=open_to_guests)

    def refuse(self, turn: Turn, reads_ladder: bool) -> str | None:
        """None lets them in; otherwise what they are told, which for a bot is nothing."""
        if reads_ladder and "command" in turn.body and self._known(turn.member):
            return None  # what is asked most waits for nothing
        if _is_bot(turn):
            return SILENCE
        if workspaces(turn.body) != {self._team_id}:
            return OUTSIDER
        if reads_ladder and self._known(turn.member):
            return None
        actor = self._accounts.actor(turn.member)
        return None if self._lets_in(actor, reads_ladder) else _sentence(actor.account)

    def _lets_in(self, actor: Actor, reads_ladder: bool) -> bool:
        if reads_ladder:
            return can(actor, Action.READ_LADDER, self._ladder, self._now())
        return actor.account is Account.MEMBER


def _is_bot(turn: Turn) -> bool:
    """A message by an app, our own ones too, or one that nobody wrote."""
    return bool(turn.event.get("bot_id")) or not turn.member.user_id


def _sentence(account: Account) -> str:
    return {Account.BOT: SILENCE, Account.UNKNOWN: NOT_TOLD}.get(account, OUTSIDER)
