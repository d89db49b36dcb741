"""Level pages as people really write them: nothing lost, nothing changed, all accounted for."""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ladder.importers.pages.markdown import read_levels, read_page
from bot.ladder.importers.report import ImportedLevel, ImportReport

SHARED = Path(__file__).parents[3] / "shared" / "ladders"


def read(text: str) -> tuple[ImportedLevel, ImportReport]:
    level, report = read_page(text, "page.md")
    assert level
    assert report.unaccounted == 0
    return level, report


def left(report: ImportReport) -> list[int]:
    return [finding.line for finding in report.not_understood]


TIDY = """\
# L3: Night Watch

> _I keep the lights on
> and say why._
>
> _I sleep well._

- **Planning horizon**: This month
- **Impact radius:** My shift

## 🔦 Rounds

> Walking and looking.

- I walk the whole
yard twice a night.
* I write [what I saw](log.md).

<details>
<summary>Examples</summary>

- I found the open gate.

</details>

## :bell: Alarms

1. I answer within a minute.
2. TBD

**Examples:**

- I woke the right person.

## What success looks like

- The day shift starts without a question.
"""


def test_a_tidy_page() -> None:
    level, report = read(TIDY)
    assert (level.id, level.title) == ("L3", "Night Watch")
    assert level.summary == "I keep the lights on and say why.\n\nI sleep well."
    assert level.attributes == (("Planning horizon", "This month"), ("Impact radius", "My shift"))
    rounds, alarms = level.competencies
    assert (rounds.name, rounds.emoji) == ("Rounds", "🔦")
    assert rounds.description == "Walking and looking."
    assert rounds.statements == (
        "I walk the whole yard twice a night.", "I write [what I saw](log.md).",
    )  # fmt: skip
    assert rounds.examples == ("I found the open gate.",)
    assert (alarms.name, alarms.emoji) == ("Alarms", ":bell:")
    assert alarms.statements == ("I answer within a minute.", "TBD")
    assert alarms.examples == ("I woke the right person.",)
    assert level.examples == ("The day shift starts without a question.",)
    assert (report.statements, report.examples, report.list_items) == (4, 3, 9)
    assert [finding.line for finding in report.placeholders] == [29]
    assert report.not_understood == ()


HEADINGS = [
    ("# L4: Technical Lead", "L4", "Technical Lead"),
    ("# L4 Technical Lead", "L4", "Technical Lead"),
    ("# L1.0: Graduate", "L1.0", "Graduate"),
    ("# l4 - Lead", "l4", "Lead"),
    ("# L4 – Lead", "L4", "Lead"),
    ("# **L4: Lead**", "L4", "Lead"),
    ("# **L4**: *Lead*", "L4", "Lead"),
    ("# L4\\: Lead", "L4", "Lead"),
    ("#\u00a0L4:\u00a0Lead #", "L4", "Lead"),
    ("#L4: Lead", "L4", "Lead"),
    ("## Level 4: Lead", "L4", "Lead"),
    ("# IC5: Staff", "IC5", "Staff"),
    ("# M2. Manager", "M2", "Manager"),
    ("# 🔐 L4: Lead", "L4", "Lead"),
    ("# L4", "L4", "L4"),
    ("# L4 (Lead)", "L4", "Lead"),
    ("# (L4) Lead", "L4", "Lead"),
    ("# Lead Engineer (L4)", "L4", "Lead Engineer"),
    ("# Lead Engineer [L4]", "L4", "Lead Engineer"),
    ("# Lead Engineer – Level 4", "L4", "Lead Engineer"),
    ("# Lead Engineer, IC4", "IC4", "Lead Engineer"),
    ("# Lead Engineer L4", "L4", "Lead Engineer"),
    ("# Level 4 – Staff", "L4", "Staff"),
    ("# Grade 6: Principal", "L6", "Principal"),
    ("# M2 – Manager", "M2", "Manager"),
    ("# SWE3: Senior", "SWE3", "Senior"),
    ("# IC 4: Staff", "IC4", "Staff"),
    ("# L4.2, Lead", "L4.2", "Lead"),
    ("# L4: Lead {#l4}", "L4", "Lead"),
    ('# <a id="l4"></a> L4: Lead', "L4", "Lead"),
    ("L4: Lead\n===", "L4", "Lead"),
    ("Lead (L4)\n---", "L4", "Lead"),
]


@pytest.mark.parametrize(("heading", "level_id", "title"), HEADINGS)
def test_level_headings(heading: str, level_id: str, title: str) -> None:
    level, _ = read(heading + "\n")
    assert (level.id, level.title) == (level_id, title)


@pytest.mark.parametrize(
    "heading", ["# Engineering roles", "# Q3 goals", "# Levels", "L4: Lead", "# Web3", "# K8s tips",
     "# L3 to L5", "# L3–L5: all of us", "# L3/L4", "# L3 & L4", "# IC2 → IC3", "# L3-5 overview",
     "# How we promote to L4", "# S3 storage policy", "# Guide: IC2 to IC3", "# Release (v2)",
     "# FY25: plan", "# 2024 – goals"]
)  # fmt: skip
def test_headings_that_are_no_level(heading: str) -> None:
    assert read_page(heading + "\n\n- a\n", "page.md")[0] is None


SUMMARIES = [
    "> _One. Two._",
    "> One. Two.",
    "> *One.\n> Two.*",
    "> **One. Two.**",
    "> _One._\nTwo.",
    ">_One. Two._",
    "\u00a0> _One. Two._\u00a0",
]


@pytest.mark.parametrize("quote", SUMMARIES)
def test_summaries(quote: str) -> None:
    level, report = read(f"# L1: A\n\n{quote}\n**Scope**: me\n")
    assert level.summary.replace("_", "") == "One. Two."
    assert level.attributes == (("Scope", "me"),)
    assert not report.not_understood


def test_emphasis_inside_a_summary_stays() -> None:
    assert read("# L1: A\n> _One_ and _two_\n")[0].summary == "_One_ and _two_"
    assert read("# L1: A\n> _I like snake_case a lot_\n")[0].summary == "I like snake_case a lot"


ATTRIBUTES = [
    "- **Planning Horizon**: 6-12 months",
    "- **Planning Horizon:** 6-12 months",
    "**Planning Horizon**: 6-12 months",
    "* __Planning Horizon__ : 6-12 months",
    "*Planning Horizon*: 6-12 months",
    "- Planning Horizon: 6-12 months",
    "Planning Horizon: 6-12 months",
    "- **Planning Horizon**\\: 6-12 months\\",
    "- **Planning\u00a0Horizon**:\u00a06-12 months",
    "- **Planning Horizon** – 6-12 months",
    "- **Planning Horizon**:\n  6-12 months",
    "- **Planning Horizon**: 6-12\nmonths",
]


@pytest.mark.parametrize("line", ATTRIBUTES)
def test_attributes(line: str) -> None:
    level, report = read(f"# L1: A\n> b\n{line}\n**Scope**: all: of it\n## C\n- d\n")
    assert level.attributes == (("Planning Horizon", "6-12 months"), ("Scope", "all: of it"))
    assert level.summary == "b"
    assert not report.not_understood


FOLDS = [
    "<details>\n<summary>Examples</summary>\n\n- one\n- two\n\n</details>",
    "<details><summary>Examples</summary>\n- one\n- two\n</details>",
    "  <details >\n  < summary > Example acts </ summary >\n    - one\n    - two\n  </details>",
    "<DETAILS open>\n<summary>\nExamples\n</summary>\n- one\n- two</details>",
    "<details><summary><b>Examples:</b></summary>- one\n- two\n\n</details>",
    "<details>\n<summary>Examples\n\n- one\n- two\n</details>",
    "**Examples:**\n- one\n- two",
    "**Examples**:\n\n* one\n* two",
    "_Some examples_\n- one\n- two",
    "Examples:\n\n- one\n- two",
    "### Examples\n- one\n- two",
    "### What this looks like\n\n+ one\n+ two",
]


@pytest.mark.parametrize("fold", FOLDS)
def test_examples(fold: str) -> None:
    level, report = read(f"# L1: A\n\n## B\n\n- s\n{fold}\n\n## C\n\n- t\n")
    first, second = level.competencies
    assert (first.statements, first.examples) == (("s",), ("one", "two"))
    assert (second.statements, second.examples) == (("t",), ())
    assert not report.not_understood


def test_statements_after_a_fold_are_statements_again() -> None:
    text = "# L1: A\n## B\n- s\n<details>\n<summary>Examples</summary>\n- e\n</details>\n\n- t\n"
    (competency,) = read(text)[0].competencies
    assert (competency.statements, competency.examples) == (("s", "t"), ("e",))


EMOJI_HEADINGS = [
    ("## 🦉 Domain", "🦉"),
    ("##🦉Domain", "🦉"),
    ("## Domain 🦉", "🦉"),
    ("## ⚙️ **Domain**", "⚙️"),
    ("## 👩🏽‍💻 Domain:", "👩🏽‍💻"),
    ("## 1️⃣ Domain", "1️⃣"),
    ("## :owl: Domain", ":owl:"),
    ("## Domain ##", ""),
    ("## \uf8ffü¶â Domain", "🦉"),
    ("## ðŸ¦‰ Domain", "🦉"),
]


@pytest.mark.parametrize(("heading", "emoji"), EMOJI_HEADINGS)
def test_competency_headings(heading: str, emoji: str) -> None:
    (competency,) = read(f"# L1: A\n{heading}\n- s\n")[0].competencies
    assert (competency.name, competency.emoji) == ("Domain", emoji)


def test_repairs_are_reported_with_their_line() -> None:
    _, report = read("# L1: A\n## \uf8ffü¶â Domain\n- s\n")
    assert [(finding.line, "🦉" in finding.message) for finding in report.repairs] == [(2, True)]


def test_byte_order_mark_line_ends_and_hard_spaces() -> None:
    text = "\ufeff# L1: A\r\n\r\n## B\r\n\r\n-\u00a0I keep\u00a0this.\r\n-\tAnd this.\r"
    (competency,) = read(text)[0].competencies
    assert competency.statements == ("I keep\u00a0this.", "And this.")


STATEMENTS = [
    "I use `<details>` and <b>bold</b> & **Examples:** in one line.",
    "I escape \\*stars\\* and C:\\dir\\x.",
    "Examples of good work are easy for me to find.",
    "🦉 I say: “no”, 5 – 10 times; see [a](../b.md#c).",
    "- I began with two dashes.",
    "**Communication**: I write well.",
    "[ ]",
    "A: b",
    "# not a heading",
]


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_stay_as_they_are(text: str) -> None:
    level, _ = read(f"# L1: A\n## B\n- {text}\n")
    assert level.competencies[0].statements == (text,)


def test_a_continued_line_that_looks_like_a_label_is_kept() -> None:
    level, report = read("# L1: A\n## B\n- I turn theory into\nin practice\n**always**\n")
    assert level.competencies[0].statements == ("I turn theory into in practice **always**",)
    assert not report.not_understood


ODDITIES = """\
Hello there.

# L2: Keeper

Loose words in the header.

- a bullet that is no attribute
- **Scope**: yard
- **Scope**: again
- **Empty**:

## Keys

Loose words in a competency.

**By day**

- I count them.
  - I count them twice.
-
> late quote

<details>
<summary>More</summary>

- I lend them.

</details>

```
- in code
```
<!-- - hidden -->

### By night

- I hide them.

## See also

- [Other page](other.md)
"""


def test_whatever_is_not_understood_is_named_by_line() -> None:
    level, report = read(ODDITIES)
    assert level.competencies[0].statements == (
        "I count them.", "I count them twice.", "I lend them.", "I hide them.",
    )  # fmt: skip
    assert level.attributes == (("Scope", "yard"),)
    assert left(report) == [1, 7, 9, 10, 16, 20, 21, 24, 30, 31, 32, 33, 35, 39, 41]
    assert level.summary == "Loose words in the header."
    assert level.competencies[0].description == "Loose words in a competency."
    assert [finding.line for finding in report.notes] == [5, 14, 19]


def test_a_line_of_absurd_length_is_reported_and_takes_no_time() -> None:
    lines = ["**a" * 2000, "- " + "x " * 3000, " " * 5000 + "- y", "- z"]
    level, report = read("# L1: A\n## B\n" + "\n".join(lines))
    assert level.competencies[0].statements == ("z",)
    assert left(report) == [3, 4, 5]


def test_a_competency_that_comes_twice_is_joined() -> None:
    level, report = read("# L1: A\n## B\n- one\n## b\n- two\n")
    assert [each.statements for each in level.competencies] == [("one", "two")]
    assert report.notes


def test_several_levels_on_one_page() -> None:
    page = "# All\n## L1: A\n> s\n### C\n- one\n## L2: B\n### C\n- two\n"
    levels, report = read_levels(page, "page.md")
    assert [(each.id, each.competencies[0].statements) for each in levels] == [
        ("L1", ("one",)), ("L2", ("two",)),
    ]  # fmt: skip
    assert left(report) == [1]


WORDS = re.compile(r"[^\W_]+")
PIECES = st.sampled_from(
    ["", "- one two", "  - three", "* four", "five six", "  seven", "1. eight", "2) nine", "-",
     "## Ten", "### Eleven", "# L1: Twelve", "# L2 More", "> thirteen", ">", "---", "- - -",
     "**Label**", "**Examples:**", "Examples:", "<details>", "</details>",
     "<summary>Examples</summary>",
     "<summary>", "</summary>", "<details><summary>Examples</summary>- fourteen", "- x</details>",
     "**Scope**: fifteen", "- **Reach:** sixteen", "```", "<!-- note", "-->", "| a | b |",
     "\\- back", "• dot", "## What success looks like", "## Links", "- TBD", "\u00a0- hard",
     "## 🦉",
     "</details> tail", "<summary>More", "====", "-----", "<ul>", "<ol><li>seventeen</li></ol>",
     "<li>eighteen", "</li>", "</ul>", "<ul><li>a</li><li>b</li></ul></details>", "- x<br>y",
     "<br>", "<br>- z", "<p>- nineteen</p>", "[^1]: twenty", "![Picture](p.png)", "|---|---|",
     "| **Scope** | team |", "Scope: me", "Team size: two", "**Reach**", "- **Craft**:",
     "- **Examples:**", "    - deep", "- [x] ticked", "> [!NOTE]", "<div>", "<h2>Fold</h2>",
     "## Competencies", "### Scope", "## Summary", "&nbsp;", "- a &amp; b\\-c", "\u200b- hidden",
     "foo</summary>- bar", "- a</summary>- b", "</ul>- c", "# L3 to L5", "# Lead (L4)", "+++",
     "◦ ring", "**", "__Loud__", "_soft words here now._", "# L2: x\x0by", "\x0c- form feed"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
def test_every_list_item_is_read_or_reported(pieces: list[str]) -> None:
    _, report = read_levels("\n".join(pieces), "page.md")
    assert report.unaccounted == 0


@given(st.lists(PIECES, max_size=25))
def test_every_word_is_read_or_reported(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    levels, report = read_levels(text, "page.md")
    structure = {"details", "summary", "examples", "what", "success", "looks", "like"}
    structure |= {"br", "ul", "ol", "li", "p", "h2", "nbsp", "amp", "x"}
    findings = (*report.not_understood, *report.notes)
    told = " ".join(finding.message for finding in findings)
    said = chain(WORDS.findall(told), *map(words_of, levels))
    missing = {word.lower() for word in WORDS.findall(text)} - {word.lower() for word in said}
    assert missing <= structure | {"1", "2"}


def words_of(level: ImportedLevel) -> list[str]:
    texts = [level.id, level.title, level.summary, *chain(*level.attributes), *level.examples]
    for each in level.competencies:
        texts += [each.name, each.emoji, each.description, *each.statements, *each.examples]
    return WORDS.findall(" ".join(texts))


@given(st.text(st.sampled_from(" -*_#>\\:|<>/`detailsumry\n1.🦉L"), max_size=200))
def test_no_text_is_too_odd_to_read(text: str) -> None:
    assert read_levels("# L1: A\n" + text, "page.md")[1].unaccounted == 0


needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared ladders are not here")


@needs_shared
def test_the_shared_technical_lead_page() -> None:
    text = (SHARED / "technical-lead.md").read_text(encoding="utf-8")
    level, report = read(text)
    assert (report.attributes, report.competencies) == (4, 4)
    assert (report.statements, report.examples) == (23, 20)
    assert [each.emoji for each in level.competencies] == ["🦉", "🌱", "🧭", "🏆"]
    assert [finding.line for finding in report.placeholders] == [75]
    assert len(report.repairs) == 4
    assert report.not_understood == ()
    items = [each for c in level.competencies for each in (*c.statements, *c.examples)]
    assert [f"- {item}" for item in items] == [
        line for line in text.split("\n") if line.startswith("- ") and "**" not in line
    ]


@needs_shared
def test_no_word_of_the_other_shared_pages_is_lost() -> None:
    pages = sorted(SHARED.glob("octopus/**/L*.md"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        level, report = read(text)
        assert report.not_understood == report.repairs == ()
        names = {"details": 8, "summary": 8, "Examples": 4}
        assert Counter(WORDS.findall(text)) == Counter(words_of(level)) + Counter(names)


GUESSES = [
    ("L4.2-Lead-Keeper.md", "## Keys\n\n- a\n", "L4.2", "Lead Keeper"),
    ("L1.0-Graduate-Keeper", "- a\n- b\n", "L1.0", "Graduate Keeper"),
    ("L3_Keeper.md", "# Senior Keeper\n\n## Keys\n\n- a\n", "L3", "Senior Keeper"),
    ("page.md", "---\ntitle: L5 – Chief\n---\n\n# Chief Keeper\n\n## Keys\n\n- a\n", "L5", "Chief"),
    ("page.md", "# 4. Lead Keeper\n\n## Keys\n\n- a\n", "L4", "Lead Keeper"),
]


@pytest.mark.parametrize(("name", "text", "level_id", "title"), GUESSES)
def test_a_level_that_no_heading_names(name: str, text: str, level_id: str, title: str) -> None:
    (level,), report = read_levels(text, name)
    assert (level.id, level.title) == (level_id, title)
    assert any("no heading names the level" in finding.message for finding in report.notes)
    assert report.unaccounted == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "# 1. Start\n\n- a\n\n# 2. Go on\n\n- b\n"),
        ("page.md", "# 4. Lead Keeper\n\nWords.\n"),
        ("L2_to_L3.md", "# From here\n\n- a\n"),
        ("page.md", "---\ntitle: Keeper\n---\n\n## Keys\n\n- a\n"),
    ],
)
def test_pages_that_are_about_no_level(name: str, text: str) -> None:
    assert read_levels(text, name)[0] == ()


def test_examples_announced_by_a_list_item_end_where_the_list_comes_back() -> None:
    text = "# L1: A\n## B\n- one\n- **Examples:**\n  - did\n- two\n\n## C\n- x\n- Examples:\n- y\n"
    first, second = read(text)[0].competencies
    assert (first.statements, first.examples) == (("one", "two"), ("did",))
    assert (second.statements, second.examples) == (("x",), ("y",))
