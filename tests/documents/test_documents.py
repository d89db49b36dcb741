"""What people wrote is read back from either file as they wrote it, and nothing in it is alive."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.documents.html import as_html
from bot.documents.markdown import as_markdown
from bot.documents.model import Document, Item, Part

HOSTILE = (
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "![x](https://spy.example/x.png)",
    "# Heading\n- list\n> quote",
    "</title></style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; R&amp;D",
)
LINK = "https://example.com/IR-188?a=1&b=2"
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80),
)
items = st.builds(
    Item, texts, st.one_of(st.just(""), texts), st.sampled_from([(), (LINK,)]), st.just("")
)
parts = st.builds(Part, texts, st.lists(items, max_size=3).map(tuple))
documents = st.builds(Document, texts, st.tuples(texts), st.lists(parts, max_size=3).map(tuple))
some = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Reader(HTMLParser):
    """What a browser would find: tags, attributes, and the text outside of the style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [str(value) for name, value in attrs if name == "href"]
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in_style else data


def said(document: Document) -> list[str]:
    """Everything that somebody wrote into it."""
    inside = [
        text
        for part in document.parts
        for text in (part.heading, *(t for item in part.items for t in (item.text, item.note)))
    ]
    return [" ".join(text.split()) for text in (document.title, *document.lines, *inside) if text]


@some
@given(documents)
def test_a_browser_reads_what_was_written_and_runs_nothing(document: Document) -> None:
    read = Reader(as_html(document))
    flat = " ".join(read.text.split())
    assert all(text in flat for text in said(document))
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(read.tags)
    assert read.attributes <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "href",
        "rel",
    }
    assert set(read.links) <= {LINK}


@some
@given(documents)
def test_markdown_shows_what_was_written_and_links_only_what_is_a_link(document: Document) -> None:
    shown = Reader(MarkdownIt("commonmark").render(as_markdown(document)))
    flat = " ".join(shown.text.split())
    assert all(text in flat for text in said(document))
    assert "img" not in shown.tags
    assert all(link.startswith("https://example.com/IR-188") for link in shown.links)


@pytest.mark.parametrize("write", [as_html, as_markdown])
def test_what_holds_nothing_says_so(write: object) -> None:
    assert callable(write)
    page = write(Document("T", ("L",), (Part("Agenda", empty="Nothing is on it."),)))
    assert "Nothing is on it." in page


def test_an_address_that_leads_nowhere_stays_text() -> None:
    page = as_html(Document("T", (), (Part("P", (Item("t", links=("javascript:alert(1)",)),)),)))
    assert Reader(page).links == []
    assert "javascript:alert(1)" in Reader(page).text
