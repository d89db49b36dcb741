"""Level pages in every habit that people have, alone and mixed: read whole, or reported."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ladder.importers.pages.markdown import read_levels
from bot.ladder.importers.pages.page import MAX_LINES, harvest_page
from tests.ladder.outlines import outline

UGLY = sorted((Path(__file__).parent / "ugly").glob("*.md"))


@pytest.mark.parametrize("page", UGLY, ids=lambda page: page.stem)
def test_an_ugly_page_reads_as_its_outline_says(page: Path) -> None:
    levels, report = read_levels(page.read_bytes().decode("utf-8"), page.name)
    assert outline(levels, report) == page.with_suffix(".txt").read_bytes().decode("utf-8")
    assert report.unaccounted == 0


def test_the_corpus_is_there() -> None:
    assert len(UGLY) >= 25


WORD = st.sampled_from(
    ["I", "plan", "(two)", "weeks", "ahead;", "e.g.", "café", "naïve", "“yes”", "5–15", "C#", "R&D",
     "**bold**", "*soft*", "_under_", "snake_case", "`code`", "a|b", "x < y", "[link](../a.md#b)",
     "100%", "–", "#1", "L4", "v2.0", "2)", "+1", "~50", "\\*", "C:\\temp", "🦉", "<b>x</b>",
     "it’s", "https://example.org/?a=b&c=d", "Ärger", "日本", "and/or", "[^1]", "^", "$5", "@me",
     "!", "a > b"]
)  # fmt: skip
SAFE = st.sampled_from(["I", "plan", "mend", "weeks", "ahead", "café", "R&D", "quietly", "boats"])
TEXT = st.lists(WORD, min_size=2, max_size=9).map(lambda words: " ".join(["Do", *words, "well"]))
NAME = st.lists(SAFE, min_size=1, max_size=3).map(lambda words: " ".join(["Boats", *words]))
TEXTS = st.lists(TEXT, min_size=1, max_size=4)


@dataclass(frozen=True)
class Section:
    """A competency as it is put into a page."""

    name: str
    emoji: str
    about: str
    statements: list[str]
    examples: list[str]


SECTIONS = st.lists(
    st.builds(
        Section,
        NAME,
        st.sampled_from(["", "🦉", "👩🏽‍💻", ":owl:", "1️⃣", "🇸🇪"]),
        TEXT | st.just(""),
        TEXTS,
        TEXTS | st.just([]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda section: section.name.casefold(),
)
FACTS = st.dictionaries(
    st.sampled_from(["Planning horizon", "Impact radius", "Evaluation", "Team size"]), TEXT
)


class Writer:
    """Writes a level in a style that the dice choose, keeping to it as little as people do."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.mark = dice.choice(["-", "*", "+", "•", "1.", "2)", "-\u00a0", "\\-"])

    def heading(self, title: str) -> str:
        forms = ["# L4: {}", "# L4 {}", "# L4 – {}", "# **L4: {}**", "# {} (L4)",
                 "#\u00a0L4:\u00a0{}", "# L4 ({})", "# L4: {} ##", "# L4: {} {{#l4}}",
                 "L4: {}\n===="]  # fmt: skip
        return self.dice.choice(forms).format(title)

    def summary(self, text: str) -> str:
        return self.dice.choice(["> {}", ">{}", "\u00a0> {}", "> **Note** {}"]).format(text)

    def fact(self, name: str, value: str) -> str:
        forms = [
            "- **{}**: {}",
            "- **{}:** {}",
            "* __{}__: {}",
            "- *{}*: {}  ",
            "-\u00a0**{}**: {}",
        ]
        return self.dice.choice(forms).format(name, value)

    def name(self, section: Section) -> str:
        forms = ["## {} {}", "## {1} {0}", "## {} **{}**", "## {} {}:", "##  {}  {}  ##"]
        title = self.dice.choice(forms).format(section.emoji, section.name)
        return re.sub(r"^## {2,}", "## ", title)

    def item(self, text: str) -> str:
        words = text.split(" ")
        if self.dice.random() < 0.3 and words[-2].isalpha():
            text = " ".join(words[:-2]) + self.dice.choice(["\n", "\n  "]) + " ".join(words[-2:])
        return f"{self.mark} {text}" + self.dice.choice(["", "  ", "\u00a0"])

    def items(self, texts: list[str]) -> str:
        return self.dice.choice(["\n", "\n\n"]).join(map(self.item, texts))

    def examples(self, texts: list[str]) -> str:
        forms = [
            "<details>\n<summary>Examples</summary>\n\n{}\n\n</details>",
            "  <DETAILS >\n <summary> Examples </summary>\n{}\n </DETAILS>",
            "<details><summary><b>Examples:</b></summary>\n\n{}\n",
            "**Examples:**\n\n{}",
            "_Examples_:\n{}",
            "### Examples\n{}",
            "<details>\n<summary>Examples\n</summary>\n{}</details>",
        ]
        return self.dice.choice(forms).format(self.items(texts))

    def section(self, section: Section) -> str:
        about = f"> {section.about}\n" if section.about else ""
        parts = [f"{self.name(section)}\n{about}", self.items(section.statements)]
        if section.examples:
            parts.append(self.examples(section.examples))
        return "\n\n".join(parts)

    def page(self, title: str, summary: str, facts: dict[str, str], sections: list[Section]) -> str:
        lines = "\n".join(self.fact(*fact) for fact in facts.items())
        parts = [self.heading(title), f"> {summary}", lines, *map(self.section, sections)]
        text = "\n\n".join(part for part in parts if part) + self.dice.choice(["", "\n", "\n\n\n"])
        newline, start = self.dice.choice(["\n", "\r\n"]), self.dice.choice(["", "\ufeff"])
        return start + text.replace("\n", newline)


@given(NAME, TEXT, FACTS, SECTIONS, st.integers(0, 2**32))
def test_a_level_comes_back_from_any_style(
    title: str, summary: str, facts: dict[str, str], sections: list[Section], seed: int
) -> None:
    page = Writer(random.Random(seed)).page(title, summary, facts, sections)
    (level,), report = read_levels(page, "page.md")
    assert (level.id, level.title, level.summary) == ("L4", title, summary)
    assert dict(level.attributes) == facts
    read = [
        Section(c.name, c.emoji, c.description, list(c.statements), list(c.examples))
        for c in level.competencies
    ]
    assert read == sections
    assert (report.not_understood, report.unaccounted) == ((), 0)


SIGNS = [
    *" \t-*+_#>:|<>/`[](){}!&;\\.=~^\n\r\u00a0\u200b\x0b🦉ðŸ¦‰\uf8ffü¶âÃ©", "L4", "details",
    "summary", "li", "br", "Examples", "1.", "- [ ] ", "---\n", "\n- ", "\n# L2: ", "\n## ", "\n> ",
    "<!--", "-->",
    "```", "&amp;", "**a**:",
]  # fmt: skip
LINES = st.lists(st.sampled_from(SIGNS), max_size=60).map("".join)


@given(st.lists(st.one_of(LINES, TEXT), max_size=12))
def test_any_text_adds_up_and_never_fails(lines: list[str]) -> None:
    for start in ("", "# L1: A\n", "# L1: A\n\n## B\n\n- c\n"):
        assert read_levels(start + "\n".join(lines), "page.md")[1].unaccounted == 0


HOSTILE = [">", "*", "- ", "<details>", "<summary>", "</details>", "<li>", "**a**: b ", "|a",
           "[", "`", "# L4 - ", "&amp;", "\\", "Ã°Å¸", "\uf8ffü¶â ", "<br>"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_page_full_of_one_sign_is_read_to_its_end(piece: str) -> None:
    """Anything worse than linear time would need hours for these."""
    for text in (piece * (200_000 // len(piece)), f"{piece * (3_000 // len(piece))}\n" * 60,
                 f"{piece}\n" * 5_000):  # fmt: skip
        levels, report = read_levels("# L1: A\n\n## B\n\n" + text, "page.md")
        assert levels
        assert report.unaccounted == 0


def test_many_headings_and_attributes_are_read_to_their_end() -> None:
    facts = "".join(f"- **Fact {number}**: b\n" for number in range(4_000))
    names = "".join(f"## Name {number}\n\n- c\n\n" for number in range(4_000))
    (level,), report = read_levels(f"# L1: A\n\n{facts}\n{names}", "page.md")
    assert (len(level.attributes), len(level.competencies)) == (4_000, 4_000)
    assert report.unaccounted == 0


def test_a_page_of_too_many_lines_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# L1: A\n" + ">\n" * MAX_LINES)
    (problem,) = harvest_page(page, "t").problems
    assert "more than 20,000 lines" in problem.message
