"""Every shortcut, and every event that Slack tells of."""

from __future__ import annotations

from bot.privacy.policy import Action
from playground.local_slack.model import Json
from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_command import OWN
from tests.privacy.cells.people import OWNER, Actor
from tests.privacy.cells.ways import Act, Entrance, Way, told, used
from tests.privacy.cells.world import Ids

WRITE = (Action.WRITE_ENTRY,)


def _room(world: World, user: str) -> str:
    return world.slack.workspace.dm_of(user).id


def home(world: World, actor: Actor, _ids: Ids) -> Json:
    return {
        "type": "app_home_opened",
        "user": actor.user,
        "channel": _room(world, actor.user),
        "tab": "home",
        "event_ts": "1.1",
    }


def message(world: World, actor: Actor, _ids: Ids) -> Json:
    """A few words in one's own conversation with the bot."""
    return {
        "type": "message",
        "channel_type": "im",
        "user": actor.user,
        "channel": _room(world, actor.user),
        "text": "I taught the whole team how the new rota works and they like it.",
        "ts": "1796000000.000700",
        "event_ts": "1.1",
    }


def edited(world: World, actor: Actor, ids: Ids) -> Json:
    """The message that Ada's draft was made of, with somebody else's words in it."""
    said = {"user": actor.user, "ts": ids.draft_ts, "text": "I taught the whole team something."}
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel_type": "im",
        "channel": _room(world, OWNER),
        "message": said,
        "previous_message": said | {"text": "before"},
        "event_ts": "1.1",
    }


def deleted(world: World, actor: Actor, ids: Ids) -> Json:
    """The message that Ada's draft was made of is gone."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "channel_type": "im",
        "channel": _room(world, OWNER),
        "previous_message": {"user": actor.user, "ts": ids.draft_ts, "text": "before"},
        "event_ts": "1.1",
    }


def reaction(_world: World, actor: Actor, _ids: Ids) -> Json:
    item = {"type": "message", "channel": "C1", "ts": "1796000000.000900"}
    return {
        "type": "reaction_added",
        "user": actor.user,
        "reaction": "seedling",
        "item": item,
        "item_user": OWNER,
        "event_ts": "1.1",
    }


def changed(world: World, actor: Actor, _ids: Ids) -> Json:
    """Slack itself says what somebody's profile is."""
    space = world.slack.workspace
    return {
        "type": "user_change",
        "user": space.profile(space.person(actor.user)),
        "event_ts": "1.1",
    }


def event(name: str, body: object, does: tuple[Action, ...] = (), **more: object) -> Way:
    act: Act = told(body)  # type: ignore[arg-type]
    return Way(Entrance.EVENT, name, act, does, **more)  # type: ignore[arg-type]


EVENTS = [
    event("app_home_opened", home, (Action.READ_ENTRY, Action.USE_SHARED_PAGE)),
    event("message", message, WRITE, by=OWN),
    event("message", edited, WRITE, with_ids=True, label="edited"),
    event("message", deleted, WRITE, with_ids=True, label="deleted"),
    event("reaction_added", reaction),
    event("user_change", changed),
]
SHORTCUTS = [
    Way(Entrance.SHORTCUT, "save_as_example", used("save_as_example", on_message=True)),
    Way(Entrance.SHORTCUT, "log_example", used("log_example", on_message=False)),
]
