"""Ways on from an answer: short menus below it, and long ones on pages of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.ladder.asking.button_words import place
from bot.ladder.model import Ladder, Rung
from bot.ladder.showing.scene import Act, Ask, Part, Way, ask_button
from bot.slack.blocks import (
    OPTION_CHARS,
    OPTION_VALUE_CHARS,
    OPTIONS,
    Block,
    actions,
    context,
    grouped_select,
    option,
    overflow,
    select,
)
from bot.slack.text import escape

SHORT_MENU_CHARS = 900
LONG_MENU_CHARS = 2_500
MOST_BUTTONS = 4
BUTTONS_IN_ROW = 5

Groups = Sequence[tuple[str, Sequence[Way]]]


def menu(name: str, words: str, placeholder: str, groups: Groups) -> list[Block]:
    """A menu of the ways, or a button that leads to their pages (`long_menu`) when they are many.

    `words` ask for the answer that the menu belongs to; `name` is what `Ask.pick` calls it.
    """
    ways = _all(groups)
    if not ways:
        return []
    if not is_short(ways):
        return [ask_button(placeholder, Ask(words, pick=name), name=f"pick-{name}")]
    options = [(group, [_option(way) for way in some]) for group, some in groups]
    return [grouped_select(f"{Act.PICK}:{name}", options, placeholder=placeholder, with_names=True)]


def is_short(ways: Sequence[Way]) -> bool:
    """Whether one menu of bearable size holds all ways."""
    return _fit_a_menu(ways) and _letters(ways) <= SHORT_MENU_CHARS


def long_menu(groups: Groups) -> list[Part]:
    """Every way, in as many menus as it takes; as buttons where words outgrow a menu's values."""
    return [
        Part(
            [context(f"*{escape(name)}*{f', from {escape(batch[0].label)}' if count else ''}"), row]
        )
        for number, (name, ways) in enumerate(groups)
        for count, batch in enumerate(_batches(ways))
        for row in [_row(f"{number}-{count}", batch)]
    ]


def choice(groups: Groups) -> list[Part]:
    """The ways as buttons while they are few, otherwise in a menu, or in several."""
    ways = _all(groups)
    if len(ways) <= MOST_BUTTONS:
        return [Part([actions(*buttons("choice", ways))])] if ways else []
    if is_short(ways):
        return [Part([actions(*menu("choice", "", "Choose a level…", groups))])]
    return long_menu(groups)


def rarer(ways: Sequence[Way]) -> list[Block]:
    """What is asked now and then, behind three dots; what does not fit there, as buttons."""
    hidden = [way for way in ways if len(way.words) <= OPTION_VALUE_CHARS]
    dots = [overflow(f"{Act.PICK}:more", [_option(way) for way in hidden])] if hidden else []
    return [*buttons("rarer", [way for way in ways if way not in hidden]), *dots]


def buttons(name: str, ways: Sequence[Way]) -> list[Block]:
    """A button for each way."""
    return [
        ask_button(way.label, Ask(way.words), name=f"{name}-{number}")
        for number, way in enumerate(ways)
    ]


def every_level(
    ladder: Ladder, words: Callable[[Rung], str] = place, without: Rung | None = None
) -> Groups:
    """All rungs by track, lowest first; `words` says what to ask of each."""
    groups = [
        (track.name, [Way(rung[1].label, words(rung)) for rung in rungs if rung != without])
        for track in ladder.tracks
        for rungs in [[(track, level) for level in track.levels]]
    ]
    return [(name, ways) for name, ways in groups if ways]


def _all(groups: Groups) -> list[Way]:
    return [way for _, some in groups for way in some]


def _fit_a_menu(ways: Sequence[Way]) -> bool:
    return len(ways) <= OPTIONS and all(len(way.words) <= OPTION_VALUE_CHARS for way in ways)


def _letters(ways: Sequence[Way]) -> int:
    """What the ways' labels take of a message's characters."""
    return sum(min(len(way.label), OPTION_CHARS) for way in ways)


def _option(way: Way) -> Block:
    return option(way.label, way.words)


def _batches(ways: Sequence[Way]) -> Iterator[list[Way]]:
    """The ways in batches that each make one menu, or one row of buttons."""
    most = OPTIONS if all(_fit_a_menu([way]) for way in ways) else BUTTONS_IN_ROW
    batch: list[Way] = []
    for way in ways:
        heavy = _letters([*batch, way]) > LONG_MENU_CHARS
        if batch and (len(batch) == most or heavy):
            yield batch
            batch = []
        batch.append(way)
    if batch:
        yield batch


def _row(name: str, ways: Sequence[Way]) -> Block:
    if not _fit_a_menu(ways) or len(ways) == 1:
        return actions(*buttons(name, ways))
    return actions(select(f"{Act.PICK}:{name}", [_option(way) for way in ways]))
