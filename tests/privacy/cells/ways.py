"""How a way in is described: what is registered, what it does, and for whom it is there."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.privacy.policy import TABLE, Action, Cell, Role
from playground.local_slack import forging
from playground.local_slack.model import Answer, Json
from tests.privacy.cells.attempt import World
from tests.privacy.cells.effects import Effects
from tests.privacy.cells.people import LEAD, Actor
from tests.privacy.cells.world import PAGES, Ids

ONCE = itertools.count(1)
MEMBERS = frozenset(Role) - {Role.OUTSIDER, Role.OPERATOR}


class Entrance(StrEnum):
    """Where somebody can begin."""

    COMMAND = "command"
    BUTTON = "button"
    SUBMISSION = "view submission"
    SHORTCUT = "shortcut"
    EVENT = "event"
    COMMAND_LINE = "command line"


Act = Callable[[World, Actor, Ids], Answer | None]
Sent = Callable[[World, Actor, Ids], Answer]


@dataclass(frozen=True)
class Way:
    """One thing to try. `does` is what of the table it does where the table allows it.

    `by` says for whom it is there at all: a form about oneself does nothing to somebody else.
    `page` is the page that it is about, `with_ids` whether the payload names a thing of Ada's.
    `before` changes the world first; what `reseals` gives texts another cipher, and no other words.
    """

    entrance: Entrance
    name: str
    act: Act
    does: tuple[Action, ...] = ()
    by: frozenset[Role] = MEMBERS
    page: str = ""
    with_ids: bool = False
    before: Callable[[World], None] | None = None
    label: str = ""
    reseals: bool = False

    @property
    def id(self) -> str:
        """For the names of tests."""
        return f"{self.name or 'anything'}{self.label and ' '}{self.label}"


def expected(way: Way, actor: Actor, *, guests_read: bool = False) -> Effects:
    """What has to happen when this one tries that way: the table, and nothing but the table."""
    return frozenset(action for action in way.does if _allowed(way, actor, action, guests_read))


def _allowed(way: Way, actor: Actor, action: Action, guests_read: bool) -> bool:
    return {
        Cell.ALLOW: actor.role in way.by,
        Cell.DENY: False,
        Cell.GRANT: bool(way.page) and PAGES[way.page][0] == actor.user and is_live(way.page),
        Cell.OWN_READS: Action.EXPORT in way.does,
        Cell.PAIR: actor.user == LEAD and actor.role in way.by,
        Cell.SETTING: guests_read and actor.label == "guest",
    }[TABLE[action][actor.role]]


def is_live(page: str) -> bool:
    """Whether its grant holds: not taken back, and not from before the reader stopped."""
    return page in ("mia", "lena", "otto", "zoe")


def ref(**names: str) -> Callable[[Ids], str]:
    """What a button or form remembers, names of Ada's things turned into their ids."""

    def pack(ids: Ids) -> str:
        known = {"$draft": ids.draft, "$engineer": ids.engineer}
        made = {
            key: known.get(name, ids.of(name[1:]) if name.startswith("$") else name)
            for key, name in names.items()
        }
        return json.dumps({"v": 1} | made)

    return pack


def plain(text: str) -> Callable[[Ids], str]:
    """The same whatever the ids are."""
    return lambda _: text


NOTHING = plain("")


def press(
    action_id: str | Callable[[Ids], str],
    value: Callable[[Ids], str] = NOTHING,
    view: Json | None = None,
    **more: Any,
) -> Act:
    """A button, in a message, or in a modal that is open on the screen of whoever presses."""

    def act(world: World, actor: Actor, ids: Ids) -> Answer:
        where = _open(world, actor, view, ids) if view else None
        name = action_id if isinstance(action_id, str) else action_id(ids)
        payload = forging.button(
            actor.user, name, value(ids), where=where, team=actor.team, home=actor.home
        )
        payload["actions"][0] |= {"action_ts": f"1796000{next(ONCE):03}.000300"} | more
        return world.slack.forge("interactive", payload)

    return act


def submit(callback_id: str, state: Callable[[Ids], str] = NOTHING, **fields: Any) -> Sent:
    """A form sent off that was never opened; `fields` by block: what is filled in, or how to make
    it from the ids.
    """

    def act(world: World, actor: Actor, ids: Ids) -> Answer:
        values = {
            block: {"x": each(ids) if callable(each) else each} for block, each in fields.items()
        }
        payload = forging.submission(
            actor.user,
            callback_id=callback_id,
            private_metadata=state(ids),
            values=values,
            team=actor.team,
            home=actor.home,
        )
        payload["view"]["id"] = f"V{next(ONCE):04}FFFFFF"
        return world.slack.forge("interactive", payload)

    return act


def typed(words: str) -> Act:
    """A slash command."""

    def act(world: World, actor: Actor, _ids: Ids) -> Answer:
        payload = forging.command(actor.user, "/ladder", words, team=actor.team)
        return world.slack.forge("slash_commands", payload)

    return act


def told(body: Callable[[World, Actor, Ids], Json]) -> Act:
    """An event."""

    def act(world: World, actor: Actor, ids: Ids) -> Answer:
        event = forging.event(body(world, actor, ids), team=actor.team)
        return world.slack.forge("events_api", event)

    return act


def used(callback_id: str, *, on_message: bool) -> Act:
    """A shortcut."""

    def act(world: World, actor: Actor, _ids: Ids) -> Answer:
        said = world.slack.say("UADA", "shared", "hello") if on_message else None
        payload = forging.shortcut(actor.user, callback_id, said, team=actor.team, home=actor.home)
        return world.slack.forge("interactive", payload)

    return act


def _open(world: World, actor: Actor, view: Json, ids: Ids) -> Any:
    metadata = view.get("private_metadata")
    body: Json = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Rung"},
        "blocks": [],
    } | view
    if callable(metadata):
        body["private_metadata"] = metadata(ids)
    return world.slack.workspace.open_view(actor.user, body, on_top=False)
