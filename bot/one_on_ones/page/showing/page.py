"""The page itself, small enough for a phone: head, agenda, promises, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import TypeVar

from bot.one_on_ones.page.model import ActionItem, AgendaItem, Page
from bot.one_on_ones.page.showing.refs import Act, Do, LineRef, PageRef, TalkRef
from bot.one_on_ones.page.showing.words import (
    agenda_line,
    is_clipped,
    promise_line,
    shown,
    when_next,
    who_sees,
    with_whom,
)
from bot.one_on_ones.pairs.model import Pair
from bot.slack.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    modal,
    option,
    overflow,
    section,
)
from bot.slack.member import Member
from bot.slack.state import pack
from bot.slack.text import show_date

T = TypeVar("T")
SIZE = 15
OTHERS = 6
TITLE = "Our page"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who looks, on which day of their calendar, at which part of the lists.

    `earlier` is the button that leads to past talks. `others` are their other pairs; `undo` is a
    row about what was just done, if anything.
    """

    reader: Member
    today: date
    zone: tzinfo
    ref: PageRef
    earlier: Block
    others: Sequence[Pair] = ()
    undo: Block | None = None


def page(page: Page, scene: Scene) -> View:
    """What one side sees; nothing can be changed once the pair has ended."""
    pair = page.pair
    head = f"*{with_whom(pair, scene.reader)}*{when_next(pair)}"
    blocks = [
        section(head),
        context(who_sees(pair, scene.reader)),
        *([scene.undo] if scene.undo else []),
        *_adding(pair),
        *_agenda(page, scene),
        divider(),
        *_promises(page, scene),
        divider(),
        actions(*_ways_on(page, scene)),
        *_others(scene),
    ]
    return modal(TITLE, blocks, state=pack(scene.ref))


def nothing_yet(ways: Sequence[Block]) -> View:
    """For somebody without a one-on-one."""
    text = "You have no one-on-one here yet. Once you have one, its agenda and promises are here."
    return modal(TITLE, [section(text), *ways])


def ticked_row(item: AgendaItem) -> Block:
    """What a tick did, and the way back."""
    undo = button("Undo", Act.UNTICK, pack(LineRef(item.id)))
    return section(f"✓ Discussed: {shown(item.text)}", undo)


def closed_row(item: ActionItem) -> Block:
    """What closing did, and the way back."""
    word = "Done" if not item.reason else "Dropped"
    return section(f"✓ {word}: {shown(item.text)}", reopen_button(item))


def reopen_button(item: ActionItem, text: str = "Undo") -> Block:
    """The button that opens a closed promise again."""
    return button(text, Act.REOPEN, pack(LineRef(item.id)))


def _adding(pair: Pair) -> list[Block]:
    ref = pack(PageRef(pair.id))
    ways = button("Add to agenda", Act.ADD, ref), button("Add a promise", Act.ADD_PROMISE, ref)
    return [actions(*ways)] if pair.is_live else []


def _agenda(page: Page, scene: Scene) -> list[Block]:
    blocks = [section("*Agenda*")]
    part, turning = _part(page.agenda, scene.ref.agenda)
    blocks += [_agenda_row(item, page.pair, scene.reader) for item in part]
    if not page.agenda:
        blocks.append(context("Nothing yet."))
    blocks += _turning(turning, scene.ref, "agenda")
    for item in page.discussed[:OTHERS]:
        blocks.append(_ticked(item, page.pair))
    return blocks


def _agenda_row(item: AgendaItem, pair: Pair, reader: Member) -> Block:
    choices = [("Discussed", Do.DISCUSSED)] if pair.is_live else []
    if is_clipped(item.text):
        choices.append(("Read all of it", Do.READ))
    if item.author == reader and pair.is_live:
        choices += [("Edit", Do.EDIT), ("Remove", Do.REMOVE)]
    return section(agenda_line(item, reader), _dots(Act.ITEM, item.id, choices))


def _ticked(item: AgendaItem, pair: Pair) -> Block:
    back = [("Not yet", Do.NOT_YET)] if pair.is_live else []
    return section(f"✓ ~{shown(item.text)}~", _dots(Act.ITEM, item.id, back))


def _promises(page: Page, scene: Scene) -> list[Block]:
    blocks = [section("*Promises*")]
    mine = [item for item in page.promises if item.owner == scene.reader]
    theirs = [item for item in page.promises if item.owner != scene.reader]
    part, turning = _part([*mine, *theirs], scene.ref.promises)
    for title, group in ((None, mine), (page.pair.other(scene.reader), theirs)):
        here = [item for item in group if item in part]
        if here:
            blocks.append(context(f"*{title.mention if title else 'You'}*"))
        blocks += [_promise_row(item, page.pair, scene) for item in here]
    if not page.promises:
        blocks.append(context("None open."))
    return [*blocks, *_turning(turning, scene.ref, "promises")]


def _promise_row(item: ActionItem, pair: Pair, scene: Scene) -> Block:
    made_on = item.made_at.astimezone(scene.zone).date()
    choices = [("Done", Do.DONE), ("Edit", Do.EDIT), ("Drop", Do.DROP)] if pair.is_live else []
    if is_clipped(item.text):
        choices.append(("Read all of it", Do.READ))
    line = promise_line(item, scene.today, made_on)
    return section(line, _dots(Act.PROMISE, item.id, choices))


def _dots(act: Act, item_id: str, choices: Sequence[tuple[str, Do]]) -> Block | None:
    offered = [option(words, pack(LineRef(item_id, do.value))) for words, do in choices]
    return overflow(f"{act}:{item_id}", offered) if offered else None


def _ways_on(page: Page, scene: Scene) -> list[Block]:
    ways = [button("My private notes", Act.NOTE, pack(PageRef(page.pair.id)))]
    if page.last and page.pair.is_live:
        ways.append(button("What we agreed", Act.AGREED, pack(TalkRef(page.last.id))))
    if page.last:
        ways.append(scene.earlier)
    return ways


def _others(scene: Scene) -> list[Block]:
    rows = []
    for number, pair in enumerate(scene.others[:OTHERS], start=1):
        when = when_next(pair) if pair.is_live else f" · ended{_ended(pair)}"
        open_it = button("Open", f"{Act.TURN}:{number}", pack(PageRef(pair.id)))
        rows.append(section(f"{with_whom(pair, scene.reader)}{when}", open_it))
    return [divider(), section("*Other one-on-ones*"), *rows] if rows else []


def _ended(pair: Pair) -> str:
    return f" {show_date(pair.ended_at.date())}" if pair.ended_at else ""


def _part(items: Sequence[T], number: int) -> tuple[Sequence[T], tuple[int, bool]]:
    """The run of that number, or the last there is; with its number, and whether more follow."""
    number = min(number, max(0, len(items) - 1) // SIZE)
    return items[number * SIZE : (number + 1) * SIZE], (number, (number + 1) * SIZE < len(items))


def _turning(turning: tuple[int, bool], ref: PageRef, which: str) -> list[Block]:
    number, more = turning

    def to(other: int) -> str:
        agenda = other if which == "agenda" else ref.agenda
        return pack(PageRef(ref.pair, agenda, other if which == "promises" else ref.promises))

    ways = []
    if number:
        ways.append(button("Back", f"{Act.TURN}:{which}-back", to(number - 1)))
    if more:
        ways.append(button("More", f"{Act.TURN}:{which}-more", to(number + 1)))
    return [actions(*ways)] if ways else []
