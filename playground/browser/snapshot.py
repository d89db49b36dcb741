"""Everything one person sees in the workspace, as the page draws it."""

from __future__ import annotations

from ..cast import CAST
from ..local_slack import BOT_USER_ID, LocalSlack
from ..local_slack.model import Channel, Json, Message, View

TITLES = {role.id: role.title for role in CAST}


def snapshot(slack: LocalSlack, me: str, status: str) -> Json:
    """`me` unknown or empty means the first of the people; times are epoch seconds."""
    workspace = slack.workspace
    with workspace.lock:
        people = [p for p in workspace.people.values() if not p.is_bot and not p.deleted]
        person = next((p for p in people if p.id == me), people[0] if people else None)
        shown: Json = {"version": workspace.version, "status": status, "now": workspace.now()}
        shown["people"] = [
            {
                "id": p.id,
                "name": p.name,
                "realName": p.real_name,
                "tz": p.tz,
                "title": TITLES.get(p.id, ""),
                "heardAt": _last_heard(slack, p.id),
                "quietUntil": (p.do_not_disturb or (0, 0))[1],
            }
            for p in people
        ]
        shown |= _app(slack)
        if person is None:
            return shown
        dm = workspace.dm_of(person.id)
        rooms = [c for c in workspace.channels.values() if person.id in c.members]
        home = workspace.homes.get(person.id)
        return shown | {
            "me": person.id,
            "dm": dm.id,
            "channels": [_room(slack, room, person.id) for room in rooms],
            "home": _view(home) if home else None,
            "modals": [_view(view) for view in workspace.modals.get(person.id, [])],
        }


def _app(slack: LocalSlack) -> Json:
    commands = slack.manifest.commands or ()
    return {
        "bot": {"id": BOT_USER_ID, "name": slack.workspace.people[BOT_USER_ID].real_name},
        "commands": [
            {"name": c.name, "description": c.description, "usage": c.usage_hint} for c in commands
        ],
        "shortcuts": [
            {"name": s.name, "callbackId": s.callback_id, "kind": s.kind}
            for s in slack.manifest.shortcuts
        ],
    }


def _room(slack: LocalSlack, room: Channel, me: str) -> Json:
    messages = sorted(slack.workspace.seen_by(me, room.id), key=lambda m: float(m.ts))
    return {
        "id": room.id,
        "name": room.name,
        "isDm": room.dm_with is not None,
        "messages": [_message(message, me) for message in messages],
    }


def _last_heard(slack: LocalSlack, user: str) -> float:
    """When the bot last wrote to this person; 0 if it never did."""
    said = [m for m in slack.dm(user) if m.author == BOT_USER_ID and not m.ephemeral]
    return float(said[-1].ts) if said else 0.0


def _message(message: Message, me: str) -> Json:
    return {
        "ts": message.ts,
        "channel": message.channel,
        "author": message.author,
        "thread": message.thread_ts if message.thread_ts != message.ts else None,
        "text": message.text,
        "blocks": message.blocks,
        "ephemeral": message.ephemeral,
        "edited": message.edited_ts is not None,
        "state": message.states.get(me, {}),
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "files": [
            {
                "name": file["name"],
                "title": file["title"],
                "kind": file["pretty_type"],
                "bytes": file["size"],
                "href": f"/files/{file['id']}",
                "alt": file.get("alt_txt", ""),
                "isPicture": file["mimetype"].startswith("image/"),
            }
            for file in message.files
        ],
    }


def _view(view: View) -> Json:
    body = view.body
    return {
        "id": view.id,
        "hash": view.hash,
        "type": body["type"],
        "title": view.title,
        "submit": (body.get("submit") or {}).get("text"),
        "close": (body.get("close") or {}).get("text"),
        "blocks": view.blocks,
        "state": view.state,
        "errors": view.errors,
    }
