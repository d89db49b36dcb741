"""What one cell of a table says: its statements, and the examples after them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BULLET = re.compile(r"\s*(?:[-–*+]\s+|[•▪◦‣·●]\s*|\(?\d{1,2}[.)]\s+|[a-h]\)\s+)(?P<text>.*)")
_INLINE_BULLET = re.compile(r"\s*[•▪◦‣●]\s*")
_BREAK = re.compile(r"<\s*br\s*/?\s*>|\r\n|[\r\n\v\f\u2028\u2029]", re.IGNORECASE)
_EXAMPLES = re.compile(
    r"[*_]*(?:some |for )?examples?(?: of this)?\s*:?[*_]*\s*:?[*_]*\s*(?P<text>.*)", re.IGNORECASE
)
_POINTS_ELSEWHERE = re.compile(
    r"\(?(?:same as|ditto|(?:as|like|everything|all|see)(?: (?:in|at|of|from|for|the))*"
    r" (?:above|below|before|previous|left|[a-z]{1,3}-?\d|level \d))\b.*",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"[-–—./\s]+|n/?a|none", re.IGNORECASE)
_RULE = re.compile(r":?-{2,}:?|={2,}|_{2,}")
_FEWEST_WORDS = 3


@dataclass
class Content:
    """The pieces of a cell, each on one line; `split` says that semicolons parted them."""

    statements: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    split: bool = False


def says_nothing(text: str) -> bool:
    """Whether the cell only holds a dash or `n/a` where nothing is expected."""
    return bool(_NOTHING.fullmatch(text))


def is_rule(text: str) -> bool:
    """Whether the cell is a part of a line drawn between rows, as in a Markdown table."""
    return bool(_RULE.fullmatch(text))


def points_elsewhere(text: str) -> bool:
    """Whether a statement leans on another cell, as in `Same as L3, plus:`."""
    return bool(_POINTS_ELSEWHERE.fullmatch(text))


def one_line(text: str) -> str:
    """A cell that is one value: its lines joined, without the marks of a list."""
    lines = [line.strip() for line in _BREAK.split(text) if line.strip()]
    bullets = [_BULLET.fullmatch(line) for line in lines]
    if len(lines) > 1 and all(bullets):
        return "; ".join(found["text"].strip() for found in bullets if found)
    return " ".join(" ".join(lines).split())


def content_of(text: str) -> Content:
    """The cell's statements and examples, with every word that is not a mark of a list."""
    content = Content()
    target = content.statements
    for piece in _pieces(text):
        found = _EXAMPLES.fullmatch(piece)
        announced = found and (":" in piece.removesuffix(found["text"]) or not found["text"])
        if not (found and announced):
            target.append(piece)
            continue
        target = content.examples
        if found["text"]:
            target.append(found["text"])
    if len(content.statements) == 1 and not content.examples:
        parts = _parts(content.statements[0])
        content.split = len(parts) > 1
        content.statements = parts
    return content


def _pieces(text: str) -> list[str]:
    """Bullets, or lines, with what continues them."""
    pieces: list[str] = []
    open_ = listed = False
    for line in _lines(text):
        words = " ".join(line.split())
        bullet = _BULLET.fullmatch(words)
        if bullet and bullet["text"].strip():
            pieces.append(bullet["text"].strip())
            listed = open_ = True
        elif not words:
            open_ = False
        elif open_ and _continues(pieces[-1], words, listed):
            pieces[-1] += f" {words}"
        else:
            pieces.append(words)
            listed, open_ = False, True
    return pieces


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in _BREAK.split(text):
        parts = _INLINE_BULLET.split(line)
        lines += [parts[0]] * bool(parts[0].strip() or len(parts) == 1)
        lines += [f"• {part}" for part in parts[1:]]
    return lines


def _continues(before: str, line: str, listed: bool) -> bool:
    """Whether the line goes on with the piece before it, rather than starting another."""
    if _EXAMPLES.fullmatch(before) or _EXAMPLES.fullmatch(line) or before.endswith(":"):
        return False
    return line[0].islower() or (listed and before[-1] not in ".!?;:")


def _parts(text: str) -> list[str]:
    """A sentence cut at its semicolons, where each part is plainly a sentence of its own."""
    parts = [part.strip() for part in text.split(";")]
    if parts[-1] == "":
        parts.pop()
    certain = all(len(part.split()) >= _FEWEST_WORDS and part[0].isupper() for part in parts)
    return parts if len(parts) > 1 and certain else [text]
