"""Everything that is drawn around a one-on-one by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.one_on_ones.page.model import ActionItem, AgendaItem
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.reminding import blocks
from bot.one_on_ones.reminding.blocks import Ref
from bot.one_on_ones.reminding.model import Preparation, Reminding, WrapUp
from bot.one_on_ones.talks.model import Talk
from bot.sharing.model import Share, Told
from bot.slack.member import Member

UTC = ZoneInfo("UTC")
HOSTILE = "*<!here>* & _so_ " * 170


def surfaces(pair: Pair, partner: Member, now: datetime) -> Iterable[dict[str, Any]]:
    """`pair` is confirmed, and `partner` its partner; everything on it is as long as it may be."""
    today, many = now.date(), range(50)
    agenda = tuple(AgendaItem(f"{n:032}", pair.id, pair.engineer, HOSTILE, now) for n in many)
    owed = tuple(_promise(pair, partner, n, now, today) for n in many)
    theirs = tuple(_promise(pair, pair.engineer, n, now, today) for n in many)
    told = Told(Share("s" * 32, pair.engineer, partner, now), 3, (), True)
    yield blocks.preparation(Preparation(pair, now, today, UTC, agenda, owed, theirs, (told,) * 9))
    talk = Talk("t" * 32, pair.id, "2026-12-01", now)
    for viewer in (pair.engineer, partner):
        found = WrapUp(pair, talk, viewer, today, UTC, owed + theirs, agenda, True)
        yield blocks.wrap_up(found, blocks.what_came_of(owed[0], viewer))
        yield blocks.did_not_meet(found)
    yield from (blocks.over(), blocks.stopped(pair.id), blocks.resumed(pair.id))
    for some in (owed, owed[:1]):
        reminding = Reminding(pair, today, UTC, some)
        yield blocks.reminder(reminding, blocks.what_came_of(some[0], partner))
        yield blocks.settled(reminding, blocks.what_came_of(some[0], partner))
    yield from (blocks.later(pair.id, now), blocks.later(pair.id, None))
    yield blocks.drop_form(Ref("t" * 32, pair.id, "i" * 32), blocks.brief(HOSTILE))
    yield {"blocks": [blocks.room(pair.id)]}


def _promise(pair: Pair, owner: Member, number: int, now: datetime, due: date) -> ActionItem:
    return ActionItem(f"{number:032}", pair.id, owner, owner, HOSTILE, due, now)
