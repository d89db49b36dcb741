"""What a drawing starts from and what it gives: the question, the scene, the drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.ladder.asking.answers import Standing
from bot.ladder.model import Ladder, Rung
from bot.slack.blocks import BUTTON_CHARS, Block, button
from bot.slack.state import pack
from bot.slack.text import clip


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    ASK = "ladder.ask"
    PICK = "ladder.pick"
    FORM = "ladder.form"
    LOOK_UP = "ladder.look_up"
    SHARE = "ladder.share"
    POST = "ladder.post"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as a button carries it: words as typed, a page of the answer, and detail.

    `pick` names a menu of the answer that is too long to stand below it and has pages of its own.
    """

    words: str = ""
    page: int = 0
    examples: int = 0
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the drawing of an answer may look at besides the answer itself.

    `shareable` says that others are in the place where the answer is read.
    """

    ladder: Ladder
    standing: Standing | None
    ask: Ask
    shareable: bool = False

    @property
    def own(self) -> Rung | None:
        """The asker's rung, None when they are not placed or the ladder has lost it."""
        if self.standing is None:
            return None
        return self.ladder.rung(self.standing.track_id, self.standing.level_id)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that belong together; `title`, unescaped, says what goes on after a page break."""

    blocks: Sequence[Block]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: the words on a button or in a menu, and what to ask when it is taken."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One kind of answer, drawn.

    `parts` are the ladder's own words, the same for everybody; `personal` is a line for the asker
    alone, escaped. `words` ask for this very answer again, whoever asks. `headline` is what a
    notification says, and `public` what it says to others; empty where others must not get it.
    `long` are the menus that `Ask.pick` may name.
    """

    headline: str
    parts: Sequence[Part]
    words: str = ""
    personal: str = ""
    ways: Sequence[Block] = ()
    public: str = ""
    long: Mapping[str, Callable[[], Sequence[Part]]] = field(default_factory=dict)


def ask_button(text: str, ask: Ask, *, name: str, style: str = "") -> Block:
    """A button that asks the ladder something; `name` keeps ids in one row apart."""
    return button(clip(text, BUTTON_CHARS), f"{Act.ASK}:{name}", pack(ask), style=style)
