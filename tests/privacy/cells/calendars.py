"""A calendar for the one-on-one of Ada and her lead: given, chosen from, followed."""

from __future__ import annotations

from bot.one_on_ones.calendars.model import key_of
from playground.local_slack.model import Answer, Json
from tests.privacy.cells.attempt import World
from tests.privacy.cells.people import OWNER, Actor
from tests.privacy.cells.ways import ref, submit
from tests.privacy.cells.world import SERIES, Ids

THE_SERIES: Json = {"selected_option": {"value": key_of(SERIES)}}
choose = submit("calendars.choose", ref(pair="$pair"), series=THE_SERIES)


def give(world: World, actor: Actor, ids: Ids) -> Answer:
    """An address that answers at once."""
    address = {"value": world.calendar}
    return submit("calendars.look", ref(pair="$pair"), address=address)(world, actor, ids)


def give_and_choose(world: World, actor: Actor, ids: Ids) -> Answer:
    """Both forms, one after the other."""
    give(world, actor, ids)
    world.settle()
    return choose(world, actor, ids)


def was_given(world: World) -> None:
    """Ada has given her calendar, and has not chosen yet."""
    bench, pair_id = world.bench, world.ids["ada"].of("pair")
    bench.bot.calendars.look(bench.member(OWNER), pair_id, world.calendar, bench.bot.now())


def is_followed(world: World) -> None:
    """Ada has given her calendar, and chosen the meeting with her lead in it."""
    bench, pair_id = world.bench, world.ids["ada"].of("pair")
    ada, now = bench.member(OWNER), bench.bot.now()
    bench.bot.calendars.follow_address(ada, pair_id, world.calendar, SERIES, now)
