"""How places on the ladder, statements and examples read, in every answer alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.ladder.model import Expectation, Maturity, Rung, Statement
from bot.slack.blocks import HEADER_CHARS, OPTION_CHARS, Block, header, paragraphs, section
from bot.slack.text import bullets, clip, escape

TRACK_CHARS = 36
LONGEST_EMPHASIS = 2900
MATURITY = "How far along within a level"
NOT_WRITTEN = "• _Not written yet._"


def brief(rung: Rung) -> str:
    """A rung's full name where room is short: a long track name must not push the level out."""
    return f"{clip(rung[0].name, TRACK_CHARS)} {rung[1].label}"


def maturity_words(words: Sequence[Maturity]) -> str:
    """What leads to their meaning: the words themselves, where an option holds them."""
    names = [each.name for each in words]
    listed = " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])
    said = f"What {listed} {'mean' if names[1:] else 'means'}"
    return said if len(said) <= OPTION_CHARS else MATURITY


def more_statements(number: int) -> str:
    """The beginning of a line about what other places add."""
    return "1 more statement counts" if number == 1 else f"{number} more statements count"


def title(text: str) -> Block:
    """The large line on top, or a bold one where it is longer than Slack's large lines."""
    return header(text) if len(text) <= HEADER_CHARS else section(f"*{escape(text)}*")


def emphasised(text: str) -> list[Block]:
    """A quoted text in italics, line by line, since Slack's emphasis ends with the line."""
    return paragraphs(_emphasis(line) for line in text.split("\n") if line.strip())


def _emphasis(line: str) -> str:
    escaped = escape(line.strip())
    return f"_{escaped}_" if len(escaped) <= LONGEST_EMPHASIS else escaped


def statements(expectation: Expectation | None) -> list[str]:
    """Each statement as one line, verbatim; a placeholder says that it is one."""
    return said(expectation.statements) if expectation else []


def said(some: Iterable[Statement]) -> list[str]:
    """The same for statements that no competency holds."""
    return [NOT_WRITTEN if each.placeholder else bullets([each.text])[0] for each in some]


def other_name(expectation: Expectation | None, known: str) -> str:
    """The name that a page uses for the competency, escaped, where it is not the known one."""
    name = expectation.competency.name if expectation else known
    return "" if name == known else f" · {escape(name)}"


def examples(expectation: Expectation) -> list[Block]:
    """The ladder's own illustrations, under a line that says so."""
    return headed("_For example_", bullets(expectation.examples)) if expectation.examples else []


def headed(heading: str, lines: Sequence[str]) -> list[Block]:
    """Paragraphs whose escaped heading never parts from the first of the lines."""
    if not lines:
        return paragraphs([heading])
    return paragraphs([f"{heading}\n{lines[0]}", *lines[1:]])
