"""What a search found, by level, the found words in bold; and the invitation to search."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.ladder.asking.answers import Found, Hit, SearchAnswer
from bot.ladder.asking.button_words import over_levels, place
from bot.ladder.asking.spelling import key, words
from bot.ladder.model import Ladder, full_name
from bot.ladder.showing.scene import Act, Ask, Drawing, Part, Scene, ask_button
from bot.ladder.showing.wording import headed, title
from bot.ladder.wording import counted, fold
from bot.slack.blocks import Block, actions, button, context, section
from bot.slack.text import clip, escape

SHOWN_WORDS = 80
SHORTEST_STEM = 4
NAMES = {
    Found.NAME: "Name",
    Found.SUMMARY: "Summary",
    Found.ATTRIBUTE: "Attribute",
    Found.STATEMENT: "",
    Found.EXAMPLE: "Example",
}
FOUND = "Found in the career ladder"

_WORD = re.compile(r"\w+")
_OPENS = frozenset(" \n\t([“‘\"'–—,;:/-")
_CLOSES = frozenset(" \n\t)]”’\"'–—.,;:!?/-")


def search(answer: SearchAnswer, scene: Scene) -> Drawing:
    """Hits by level, best first. What was typed is shown to the asker and to nobody else."""
    typed = clip(answer.words, SHOWN_WORDS)
    if not answer.hits:
        return _nothing(typed)
    found = counted(len(answer.hits), "place")
    return Drawing(
        headline=f"“{typed}” is in {found} of the ladder",
        public=FOUND,
        words=f"search {answer.words}",
        personal=escape(f"· “{typed}”"),
        parts=[
            Part([title(FOUND), context(found)]),
            *_groups(answer, scene.ladder),
        ],
        ways=[actions(look_up_button())],
    )


def look_up_button(text: str = "Ask the ladder", *, style: str = "") -> Block:
    """The button that opens the field to ask in."""
    return button(text, Act.FORM, style=style)


def _nothing(typed: str) -> Drawing:
    said = (
        f"Nothing in the ladder holds “{typed}”. Another word may do better."
        if typed
        else "What are you looking for? I search all names, statements and examples."
    )
    return Drawing(
        headline=said,
        parts=[Part([section(escape(said))])],
        ways=[actions(look_up_button(style="primary"))],
    )


def _groups(answer: SearchAnswer, ladder: Ladder) -> list[Part]:
    groups: dict[str, list[Hit]] = {}
    for hit in answer.hits:
        groups.setdefault(_where(hit, ladder), []).append(hit)
    marked = _marker(answer.words)
    return [
        _group(number, where, hits, marked, ladder)
        for number, (where, hits) in enumerate(groups.items())
    ]


def _group(
    number: int, where: str, hits: list[Hit], marked: Callable[[str], str], ladder: Ladder
) -> Part:
    blocks = headed(f"*{escape(where)}*", [_line(hit, marked) for hit in hits])
    if leads := _read_words(hits, ladder):
        level = hits[0].level
        label = f"Read it at {level.id}" if level else "Read it there"
        ask = ask_button(label, Ask(leads), name=f"hit-{number}")
        blocks[0] |= {"accessory": ask}
    return Part(blocks, where)


def _where(hit: Hit, ladder: Ladder) -> str:
    if hit.track and hit.level:
        return full_name((hit.track, hit.level))
    if hit.track:
        return hit.track.name
    if hit.competency:
        return hit.competency.label
    shared = _shared(hit, ladder)
    return shared[1] if shared else ladder.name


def _shared(hit: Hit, ladder: Ladder) -> tuple[str, str] | None:
    """Id and name of the shared group that says it."""
    return next(
        (
            (group.id, group.name)
            for group in ladder.shared
            if hit.text == group.name or any(hit.text == each.text for each in group.statements)
        ),
        None,
    )


def _read_words(hits: list[Hit], ladder: Ladder) -> str:
    """What to ask to read a group of hits where they stand."""
    first = hits[0]
    if first.track and first.level:
        one = len({hit.competency.id if hit.competency else "" for hit in hits}) == 1
        return place((first.track, first.level), first.competency if one else None)
    if first.competency:
        track = first.track or (ladder.tracks[0] if ladder.tracks else None)
        return over_levels(track, first.competency) if track else ""
    if first.track:
        return first.track.id
    shared = _shared(first, ladder)
    return f"shared {shared[0]}" if shared else ""


def _line(hit: Hit, marked: Callable[[str], str]) -> str:
    names = [hit.competency.name if hit.competency and hit.level else "", NAMES[hit.kind]]
    about = ", ".join(name for name in names if name)
    return f"• {f'_{escape(about)}_: ' if about else ''}{marked(hit.text)}"


def _marker(typed: str) -> Callable[[str], str]:
    """Escapes a text and sets the words that were looked for in bold."""
    wanted = words(typed)

    def mark(text: str) -> str:
        done, end = [], 0
        for found in _WORD.finditer(text):
            if _alike(fold(found[0]), wanted) and _stands_free(text, found):
                done += [escape(text[end : found.start()]), f"*{found[0]}*"]
                end = found.end()
        return "".join([*done, escape(text[end:])])

    return mark


def _alike(word: str, wanted: tuple[str, ...]) -> bool:
    """The same word in any spelling or number, or one that only goes on: mentor, mentoring."""
    return any(
        key(word) == key(each) or (len(each) >= SHORTEST_STEM and word.startswith(each))
        for each in wanted
    )


def _stands_free(text: str, found: re.Match[str]) -> bool:
    """Slack shows bold only between spaces and marks, and marks of its own must not mingle."""
    before = text[found.start() - 1 : found.start()] if found.start() else " "
    after = text[found.end() : found.end() + 1] or " "
    return before in _OPENS and after in _CLOSES and "_" not in found[0]
