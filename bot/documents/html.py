"""A document as one HTML file that needs nothing else, made to be printed or sent on. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.documents.model import Document, Item, Part

DEEPEST = 6
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1d1c1d; background: #fff;
  max-width: 42rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid #bbb; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin-top: 1.4rem; }
ul { padding-left: 1.2rem; }
li { margin: .4rem 0; }
li p { margin: 0; white-space: pre-wrap; }
.note, header p { color: #555; margin: 0; font-size: .9rem; }
blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid #bbb;
  white-space: pre-wrap; }
@media print {
  body { font-size: 11pt; max-width: none; margin: 0; }
  h2, h3 { break-after: avoid; }
  li { break-inside: avoid; }
  a { color: inherit; }
}
"""


def as_html(document: Document) -> str:
    """The whole file. It runs no script and loads nothing, whatever somebody wrote into it."""
    title = escape(document.title)
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in document.lines)
    body = "\n".join(line for part in document.parts for line in _part(part, 2))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n{lines}\n</header>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _part(part: Part, depth: int) -> Iterator[str]:
    name = f"h{min(depth, DEEPEST)}"
    yield f"<section>\n<{name}>{escape(part.heading)}</{name}>"
    if part.items:
        yield "<ul>"
        yield from map(_item, part.items)
        yield "</ul>"
    elif part.empty and not part.parts:
        yield f"<p>{escape(part.empty)}</p>"
    for smaller in part.parts:
        yield from _part(smaller, depth + 1)
    yield "</section>"


def _item(item: Item) -> str:
    text = f"<p>{escape(item.text) or '–'}</p>"
    note = f'<p class="note">{escape(item.note)}</p>' if item.note else ""
    quote = f"<blockquote>{escape(item.quote)}</blockquote>" if item.quote else ""
    return f"<li>{text}{note}{''.join(map(_link, item.links))}{quote}</li>"


def _link(address: str) -> str:
    """Only what leads to the web is a link; anything else stays text."""
    shown = escape(address)
    if not address.startswith(("https://", "http://")):
        return f"<p>{shown}</p>"
    return f'<p><a href="{shown}" rel="noopener noreferrer">{shown}</a></p>'
