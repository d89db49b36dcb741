"""A form says which message of the bot is to follow it; a forged one names somebody else's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.delivery import store
from bot.delivery.model import Parcel
from playground.local_slack import forging
from playground.local_slack.model import BOT_USER_ID, Answer
from tests.privacy.cells.attempt import World
from tests.privacy.cells.by_form import EXAMPLE, text
from tests.privacy.cells.people import OWNER

ASKED = "Did you teach anybody lately?"


def submitted(world: World, callback_id: str, state: str, fields: dict[str, object]) -> Answer:
    values = {block: {"x": each} for block, each in fields.items()}
    payload = forging.submission(
        "UMIA", callback_id=callback_id, private_metadata=state, values=values
    )
    return world.slack.forge("interactive", payload)


def sent(world: World, user: str, channel: str, ts: str) -> None:
    """The message stands in the books of the post office as one that went to that person."""
    now = datetime.now(UTC)
    to = world.bench.member(user)
    parcel = Parcel(to, "nudge", f"{user} {ts}", "asked", now, now)
    with world.bench.bot.database.write() as tx:
        store.insert(tx, parcel)
        held = store.claim_one(tx, parcel, now)
        assert held
        assert store.record_sent(tx, held, channel_id=channel, message_ts=ts)


@pytest.mark.parametrize("user", [OWNER, "UMIA"])
def test_only_ones_own_message_follows_a_form(world: World, user: str) -> None:
    space = world.slack.workspace
    room = space.dm_of(user)
    asked = space.post(room, BOT_USER_ID, ASKED)
    sent(world, user, room.id, asked.ts)
    place = f'{{"v":1,"channel":"{room.id}","ts":"{asked.ts}"'
    assert submitted(world, "journal.save", f"{place}}}", EXAMPLE).ok
    world.settle()
    followed = asked.text != ASKED
    asked.text = ASKED
    (entry,) = [r["id"] for r in world.bench.rows("entries") if r["owner_id"] == "UMIA"]
    more = {"more": text("They are faster now.")}
    assert submitted(world, "journal.add", f'{place},"entry":"{entry}"}}', more).ok
    world.settle()
    assert (followed, asked.text != ASKED) == (user == "UMIA", user == "UMIA")
    world.restore()
