"""users.*, dnd.*, bots.*, team.*, auth.*: who and where."""

from __future__ import annotations

from ..model import APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID, Json, Refused
from ..workspace import Workspace
from .arguments import Arguments

TEAM_NAME = "Playground"


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
    people = [workspace.profile(person) for person in workspace.people.values()]
    members, cursor = page(people, args, 1000)
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
    mine = [c.payload() for c in workspace.channels.values() if wanted in c.members]
    channels, cursor = page(mine, args, 100)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def dnd_info(workspace: Workspace, args: Arguments) -> Json:
    quiet = workspace.person(args.required("user")).do_not_disturb
    start, end = quiet or (1, 1)
    return {
        "dnd_enabled": quiet is not None,
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


def page(items: list[Json], args: Arguments, default: int) -> tuple[list[Json], str]:
    """One page of `items` and the cursor of the next, "" after the last."""
    try:
        start = int(args.optional("cursor") or 0)
    except ValueError:
        raise Refused("invalid_cursor") from None
    end = start + max(1, min(args.number("limit", default), 1000))
    return items[start:end], str(end) if end < len(items) else ""
