"""After a one-on-one has ended each side reads their own note of it, and nobody reads another's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.one_on_ones.notes import store as notes
from bot.one_on_ones.notes.model import Note
from bot.one_on_ones.pairs import store as meetings
from bot.storage.keys import load_key_ring
from tests.privacy.cells.attempt import Outcome, World
from tests.privacy.cells.by_button import ended
from tests.privacy.cells.people import IN_SLACK, LEAD, OWNER, Actor
from tests.privacy.cells.ways import Act, press, ref, typed
from tests.privacy.cells.world import LINE, NOTE, NOW

LEADS_NOTE = "quokkaleadsnote"
READ = press("history.note", ref(pair="$pair"))
ROW = "Your private notes"
THEIRS = {OWNER: NOTE, LEAD: LEADS_NOTE}


@contextmanager
def over(world: World) -> Iterator[None]:
    """Both had written a note before it ended."""

    def change(world: World) -> None:
        bench, ids = world.bench, world.ids["ada"]
        keys = load_key_ring(bench.bot.database, bench.settings.keys, fresh=False)
        with bench.bot.database.write() as tx:
            pair = meetings.find(tx, bench.member(OWNER).team_id, ids.of("pair"))
            assert pair
            notes.write(tx, keys, pair, Note(pair.id, bench.member(LEAD), LEADS_NOTE, NOW))
        ended(world)

    with world.furnished(change):
        yield


def tried(world: World, actor: Actor, act: Act, kind: str = "ada") -> Outcome:
    return world.attempt(actor, lambda: act(world, actor, world.ids[kind]))


@pytest.mark.parametrize("actor", IN_SLACK, ids=lambda actor: actor.label)
def test_only_its_author_reads_a_note_and_to_others_there_is_none(
    world: World, actor: Actor
) -> None:
    own = THEIRS.get(actor.user, "") if actor.home is None else ""
    with over(world):
        pressed, listed = tried(world, actor, READ), tried(world, actor, typed("history"))
        absent = tried(world, actor, READ, "nobody")
    assert {word for word in THEIRS.values() if word in pressed.seen} == {own} - {""}
    assert (ROW in listed.seen) is bool(own)
    assert not any(word in listed.seen for word in THEIRS.values())
    if not own:
        assert pressed.answer == absent.answer
    if actor.user != OWNER:
        assert LINE not in pressed.seen + listed.seen, "the page stays shut"


def test_whether_the_other_side_kept_one_is_known_to_nobody(world: World) -> None:
    """Ada alone has a note."""
    with world.furnished(ended):
        seen = {
            actor.label: ROW in tried(world, actor, typed("history")).seen for actor in IN_SLACK
        }
    assert [label for label, has_row in seen.items() if has_row] == ["owner"]
