"""users.*, dnd.*, bots.*, team.*, auth.*: who and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ..limits_checks import fault
from ..model import APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, Json, Person, Refused
from ..workspace import Workspace
from .arguments import Arguments

TEAM_NAME = "Playground"
MOST_IN_A_PAGE = 1000
MOST_DND_USERS = 50
T = TypeVar("T")


def auth_test(_workspace: Workspace, _args: Arguments) -> Json:
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": "rung",
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def users_info(workspace: Workspace, args: Arguments) -> Json:
    return {"user": workspace.profile(workspace.person(args.required("user")))}


def users_list(workspace: Workspace, args: Arguments) -> Json:
    people, cursor = page(list(workspace.people.values()), args, MOST_IN_A_PAGE)
    members = [workspace.profile(person) for person in people]
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def users_lookup_by_email(workspace: Workspace, args: Arguments) -> Json:
    wanted = args.required("email").casefold()
    for person in workspace.people.values():
        same = (person.email or "").casefold() == wanted
        if same and not person.deleted and not person.is_foreign:
            return {"user": workspace.profile(person)}
    raise Refused("users_not_found")


def users_conversations(workspace: Workspace, args: Arguments) -> Json:
    wanted = args.optional("user") or BOT_USER_ID
    mine = [c for c in list(workspace.channels.values()) if wanted in c.members]
    channels, cursor = page(mine, args, 100)
    shown = [channel.payload() for channel in channels]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def dnd_info(workspace: Workspace, args: Arguments) -> Json:
    return _do_not_disturb(workspace.person(args.required("user")))


def dnd_team_info(workspace: Workspace, args: Arguments) -> Json:
    """The Do Not Disturb of up to 50 people; one who is not there spoils it for all."""
    wanted = [user for user in (args.optional("users") or "").split(",") if user]
    if not wanted:
        raise Refused("no_users_provided")
    if len(wanted) > MOST_DND_USERS:
        problem = fault(f"must have at most {MOST_DND_USERS} users", "/users")
        raise Refused("invalid_arguments", [problem])
    if not workspace.people.keys() >= set(wanted):
        raise Refused("user_not_visible")
    return {"users": {user: _do_not_disturb(workspace.person(user)) for user in wanted}}


def _do_not_disturb(person: Person) -> Json:
    start, end = person.do_not_disturb or (1, 1)
    return {
        "dnd_enabled": person.do_not_disturb is not None,
        "next_dnd_start_ts": start,
        "next_dnd_end_ts": end,
    }


def bots_info(_workspace: Workspace, _args: Arguments) -> Json:
    return {"bot": {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER_ID, "name": "Rung"}}


def team_info(_workspace: Workspace, _args: Arguments) -> Json:
    return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN, "icon": {}}}


def api_test(_workspace: Workspace, args: Arguments) -> Json:
    if args.optional("error"):
        raise Refused(args.required("error"))
    return {"args": {k: v for k, v in args.items() if k != "token"}}


def page(items: Sequence[T], args: Arguments, default: int) -> tuple[Sequence[T], str]:
    """One page of `items` and the cursor of the next, "" after the last."""
    try:
        start = int(args.optional("cursor") or 0)
    except ValueError:
        raise Refused("invalid_cursor") from None
    end = start + max(1, min(args.number("limit", default), MOST_IN_A_PAGE))
    return items[start:end], str(end) if end < len(items) else ""
