"""What happened to a page on its way through editors and exports, undone and accounted for."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from bot.ladder.importers.pages.lines import BREAK
from bot.ladder.importers.report import Finding
from bot.ladder.repair import repair

_CODE_SPAN = re.compile(r"(`[^`]*`)")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]|^[\u200e\u200f\u202a-\u202e]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_BREAK_TAG = re.compile(r"<\s*br\s*/?\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_STRUCTURAL = frozenset("`*_#[]|\\\n\r")
_ESCAPED = re.compile(r"(?<=[^\s\\])(\s*)\\(?=[-.+!#&():;,'\"/=~?@%$^{}])(?!!\[)")


def mend(raw: Iterable[str]) -> tuple[list[str], list[Finding]]:
    """The lines with their damage undone, and one finding for each line that changed.

    No line is added or taken away, so numbers stay; `<br>` becomes `BREAK`.
    """
    lines, findings = [], []
    for number, line in enumerate(raw, 1):
        mended, done = _mended(line) if _may_need(line) else (line, [])
        lines.append(mended)
        if done:
            reads = mended.replace(BREAK, " ").strip()
            shown = f", now reads: {reads}" if reads and not _SHOWN.isdisjoint(done) else ""
            findings.append(Finding(number, "; ".join(done) + shown))
    return lines, findings


def _mended(line: str) -> tuple[str, list[str]]:
    """The line after every step, and what each that changed something did."""
    done = []
    for step, message in _STEPS:
        changed = step(line)
        if changed != line:
            done.append(message)
        line = changed
    return line, done


def _may_need(line: str) -> bool:
    return not line.isascii() or not line.isprintable() or any(sign in line for sign in "\\&<")


def _without_invisible(line: str) -> str:
    return _INVISIBLE.sub("", line)


def _without_controls(line: str) -> str:
    return _CONTROL.sub(" ", line)


def _without_break_mark(line: str) -> str:
    """The line without a single backslash at its end, Markdown's sign for a line break."""
    end = line.rstrip()
    single = end.endswith("\\") and not end.endswith("\\\\")
    return end[:-1] if single else line


def _outside_code(change: Callable[[str], str]) -> Callable[[str], str]:
    def changed(line: str) -> str:
        parts = _CODE_SPAN.split(line)
        return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))

    return changed


def _without_break_tags(text: str) -> str:
    return _BREAK_TAG.sub(BREAK, text)


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda found: _letter(found, text), text)


def _letter(entity: re.Match[str], text: str) -> str:
    """The letter that an entity stands for, unless it would then mean something in Markdown."""
    letter = html.unescape(entity.group())
    starts_line = not text[: entity.start()].strip()
    before_space = text[entity.end() : entity.end() + 1].isspace()
    if letter in ("<", ">"):
        return letter if before_space and not starts_line else entity.group()
    harmless = letter.isprintable() or letter == "\u00a0"
    return letter if harmless and not _STRUCTURAL & set(letter) else entity.group()


def _without_escapes(text: str) -> str:
    """The text without backslashes before signs that need none inside a line."""
    return _ESCAPED.sub(r"\1", text)


_DAMAGE = "damaged text"
_ENTITIES = "written as for a web page"
_ESCAPES = "backslashes that are not needed, left out"
_SHOWN = frozenset([_DAMAGE, _ENTITIES, _ESCAPES])
_STEPS: tuple[tuple[Callable[[str], str], str], ...] = (
    (repair, _DAMAGE),
    (_without_invisible, "invisible characters, left out"),
    (_without_controls, "control characters, read as spaces"),
    (_outside_code(_without_break_tags), "a line-break tag, read as a space"),
    (_outside_code(_without_entities), _ENTITIES),
    (_without_break_mark, "a line-break backslash at the end, left out"),
    (_outside_code(_without_escapes), _ESCAPES),
)
