"""Slack in, the ladder asked, its answer out."""

from __future__ import annotations

from collections.abc import Callable, Container

from bot.ladder.asking.answers import LevelAnswer, Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.blocks import (
    WORDS_FIELD,
    Act,
    Ask,
    Scene,
    as_modal,
    draw,
    look_up_form,
    render,
)
from bot.ladder.model import Ladder
from bot.ladder.showing.sharing import Share, cannot, digest, posted, preview, public_page
from bot.slack.blocks import Block, Message, View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.ready import Ready, Shelf
from bot.slack.seen import Seen
from bot.slack.state import unpack
from bot.slack.text import clip
from bot.slack.turn import Turn

MOST_CHARS = 400

Stands = Callable[[Member], Standing | None]
Below = Callable[[bool, bool], list[Block]]


class LadderListeners:
    """Whatever is typed after `/ladder` that no other capability owns."""

    def __init__(
        self,
        ladder: Callable[[], Ladder],
        stands: Stands,
        below: Below,
        only_reads: Callable[[Member], bool],
    ) -> None:
        """`stands` says where somebody is; `below(placed, own_level)` gives blocks to add.

        Nothing is added for somebody who `only_reads`: a guest has no growth of their own here.
        """
        self._ladder = ladder
        self._stands = stands
        self._below = below
        self._only_reads = only_reads
        self._own_rooms: Container[str] = frozenset()
        self._posted = Seen()
        self._shelf = Shelf()

    def register(self, front: Front) -> None:
        """Takes the rest of the words, and the ladder's own buttons."""
        self._own_rooms = front.own_rooms
        front.rest(self.by_words)
        front.button(Act.ASK, self.by_button, reads_ladder=True)
        front.button(Act.PICK, self.by_menu, reads_ladder=True)
        front.button(Act.FORM, self.open_form, reads_ladder=True)
        front.form(Act.LOOK_UP, self.by_form, reads_ladder=True)
        front.button(Act.SHARE, self.preview, reads_ladder=True)
        front.button(Act.POST, self.post, reads_ladder=True)

    def by_words(self, turn: Turn) -> Ready:
        """`/ladder …`, from memory once somebody who stands on the same rung has asked the same."""
        ladder, standing = self._ladder(), self._stands(turn.member)
        ask, shareable = Ask(clip(turn.text, MOST_CHARS)), self._others_in(turn)
        reader = standing is None and self._only_reads(turn.member)
        return self._shelf.answer(
            ladder,
            (standing, ask, shareable, reader),
            lambda: self._found(ladder, standing, ask, shareable, reader),
        )

    def by_button(self, turn: Turn) -> None:
        """A button of an earlier answer; the new one takes its place."""
        self._show(turn, unpack(Ask, turn.value))

    def by_menu(self, turn: Turn) -> None:
        """A menu of an earlier answer."""
        self._show(turn, Ask(turn.value))

    def open_form(self, turn: Turn) -> None:
        """The field to ask in."""
        turn.open(look_up_form(self._ladder()))

    def by_form(self, turn: Turn) -> View:
        """What was asked in the field, answered in its place."""
        words = clip(turn.answer(WORDS_FIELD), MOST_CHARS)
        return as_modal(self._answer(turn.member, Ask(words), shareable=False))

    def preview(self, turn: Turn) -> None:
        """What the channel would see, before anybody does."""
        ask = unpack(Ask, turn.value)
        once = str(turn.action.get("action_ts") or "")
        share = Share(ask.words, ask.page, ask.examples, once=once)
        page = self._public(share, turn.member)
        _in_place(turn, preview(page, share) if page else cannot())

    def post(self, turn: Turn) -> None:
        """The sharer said yes: the page as it was seen goes to everybody, once."""
        share = unpack(Share, turn.value)
        page = self._public(share, turn.member)
        if page is None:
            _in_place(turn, cannot())
        elif digest(page) != share.seen:
            _in_place(turn, preview(page, share, changed=True))
        else:
            self._post_once(turn, page, share)

    def _post_once(self, turn: Turn, page: Message, share: Share) -> None:
        """Pressing twice posts once; pressing again after Slack failed us posts after all."""
        once = f"{turn.member.user_id} {share.once}"
        if not self._posted.is_new(once):
            return
        try:
            turn.post_here(page)
        except Exception:
            self._posted.forget(once)
            raise
        _in_place(turn, posted(share))

    def _public(self, share: Share, sharer: Member) -> Message | None:
        """The page for everybody, as for somebody who stands nowhere; None if there is none."""
        ladder = self._ladder()
        scene = Scene(ladder, None, share.ask)
        drawing = draw(answer(ladder, None, share.words), scene)
        return public_page(drawing, share.ask, sharer) if drawing.public else None

    def _show(self, turn: Turn, ask: Ask) -> None:
        """The answer where the person is: never over a message that others read too."""
        shown = self._answer(turn.member, ask, self._others_in(turn))
        if turn.view.get("callback_id") == Act.LOOK_UP:
            turn.refresh(as_modal(shown))
        elif turn.view:
            turn.open(as_modal(shown))
        else:
            _in_place(turn, shown)

    def _others_in(self, turn: Turn) -> bool:
        return bool(turn.room) and turn.room not in self._own_rooms

    def _answer(self, member: Member, ask: Ask, shareable: bool) -> Message:
        standing = self._stands(member)
        reader = standing is None and self._only_reads(member)
        return self._found(self._ladder(), standing, ask, shareable, reader)

    def _found(
        self, ladder: Ladder, standing: Standing | None, ask: Ask, shareable: bool, reader: bool
    ) -> Message:
        """The page, from these five alone."""
        found = answer(ladder, standing, ask.words)
        own = isinstance(found, LevelAnswer) and standing == Standing(
            found.track.id, found.level.id
        )
        scene = Scene(ladder, standing, ask, shareable)
        below = [] if reader else self._below(scene.own is not None, own)
        return render(found, scene, below)


def _in_place(turn: Turn, shown: Message) -> None:
    """In place of what the person pressed, unless others read that too."""
    if turn.on_public_message:
        turn.reply(shown)
    else:
        turn.replace(shown)
