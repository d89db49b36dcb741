"""An export is complete, readable, comes back from JSON as it was, and runs nowhere."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.own_data.as_csv import BOM, DEFUSED, as_csv, defused
from bot.own_data.as_json import VERSION, as_json
from bot.own_data.as_markdown import as_markdown, escaped
from bot.own_data.files import files_of
from bot.own_data.model import Records
from bot.privacy.records import Section, Value
from bot.slack.member import Member

ADA = Member("T1", "UADA")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
READERS: dict[str, Any] = {
    "text": str,
    "number": int,
    "yes or no": bool,
    "day": date.fromisoformat,
    "instant": datetime.fromisoformat,
}

some = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

values = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)
names = st.text(min_size=1, max_size=10)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    columns = tuple(draw(st.lists(names, min_size=1, max_size=5, unique=True)))
    row = st.tuples(*(values for _ in columns))
    return Section(draw(names), draw(names), columns, tuple(draw(st.lists(row, max_size=5))))


everything = st.lists(sections(), max_size=4).map(lambda each: Records(ADA, NOW, tuple(each)))


def read_json(text: str) -> Records:
    """An export as a program reads it, by what docs/export.md says of version 1."""
    document = json.loads(text)
    assert (document["format"], document["version"]) == ("rung-export", VERSION)
    about = Member(**document["about"])
    collected = datetime.fromisoformat(document["collected_at"])
    return Records(about, collected, tuple(_section(each) for each in document["sections"]))


def _section(told: dict[str, Any]) -> Section:
    kinds = {column["name"]: column["kind"] for column in told["columns"]}
    rows = tuple(tuple(_value(row[n], kind) for n, kind in kinds.items()) for row in told["rows"])
    return Section(told["name"], told["title"], tuple(kinds), rows)


def _value(told: Any, kind: str) -> Value:
    if told is None:
        return None
    if kind == "mixed":
        return _value(told["value"], told["kind"])
    value: Value = READERS[kind](told)
    return value


def table(text: str) -> list[list[str]]:
    """A table as a spreadsheet reads it."""
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))


@some
@given(everything)
def test_every_value_comes_back_from_json_as_it_was(records: Records) -> None:
    back = read_json(as_json(records))
    assert back == records
    mine = [type(value) for each in records.sections for row in each.rows for value in row]
    theirs = [type(value) for each in back.sections for row in each.rows for value in row]
    assert mine == theirs


def test_two_columns_of_one_name_would_lose_something_and_are_refused() -> None:
    twice = Section("s", "S", ("a", "a"), ((1, 2),))
    with pytest.raises(ValueError, match="name of another"):
        as_json(Records(ADA, NOW, (twice,)))


@some
@given(sections())
def test_a_table_has_every_cell_and_none_of_them_is_a_formula(section: Section) -> None:
    read = table(as_csv(section))
    assert len(read) == 1 + len(section.rows)
    for line, row in zip(read, (section.columns, *section.rows), strict=True):
        for cell, value in zip(line, row, strict=True):
            if isinstance(value, str):
                assert cell in (defused(value), value)
                assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
                assert not re.search(r";\s*[=+\-@]", cell)
                assert cell.replace("'", "") == value.replace("'", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("https://x.example","press")', '\'=HYPERLINK("https://x.example","press")'),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-3 errors a day", "'-3 errors a day"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("fine;=1+1", "fine;'=1+1"),
        ("fine; @SUM(1)", "fine; '@SUM(1)"),
        ("a = b, c - d", "a = b, c - d"),
        ("", ""),
        ("   ", "   "),
        ("zażółć 🌱", "zażółć 🌱"),
    ],
)
def test_what_a_spreadsheet_would_run_is_only_shown(written: str, shown: str) -> None:
    section = Section("s", "S", ("text",), ((written,),))
    assert table(as_csv(section))[1] == [shown]


def test_a_table_tells_values_as_people_read_them() -> None:
    row = (None, True, False, -3, date(2026, 11, 20), NOW, 'two\nlines, "quoted"')
    section = Section("s", "S", tuple("abcdefg"), (row,))
    assert table(as_csv(section))[1] == [
        "",
        "yes",
        "no",
        "-3",
        "2026-11-20",
        "2026-11-24 10:00:00 UTC",
        'two\nlines, "quoted"',
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("# not a heading", r"\# not a heading"),
        ("1. not a list\n- nor this", "1\\. not a list\n\\- nor this"),
        ("![seen](https://spy.example/x.png)", r"!\[seen\](https://spy.example/x.png)"),
        ("<img src=x>", r"\<img src=x>"),
        ("*loud* _soft_ `code`", r"\*loud\* \_soft\_ \`code\`"),
        ("snake_case", "snake_case"),
        ("https://a.example/b_c?d=1&e=2#f", "https://a.example/b_c?d=1&e=2#f"),
        ("a | b\n--- | ---", "a \\| b\n\\--- \\| ---"),
        ("title\n===", "title\n\\==="),
        ("&copy; R&D", r"\&copy; R&D"),
    ],
)
def test_words_stay_words_in_markdown(written: str, told: str) -> None:
    assert escaped(written) == told


@some
@given(everything)
def test_nothing_is_missing_in_markdown(records: Records) -> None:
    page = as_markdown(records)
    unescaped = re.sub(r"\\(.)", r"\1", page)
    for section in records.sections:
        for row in section.rows:
            for value in row:
                if isinstance(value, str):
                    lines = [line.strip() for line in re.split(r"[\r\n]", value)]
                    assert all(line in unescaped for line in lines)
                elif isinstance(value, date) and not isinstance(value, datetime):
                    assert value.isoformat() in page


def test_the_files_of_an_export() -> None:
    text = "=1+1 and\na second line"
    examples = Section("examples", "Examples", ("day", "text"), ((date(2026, 11, 20), text),))
    place = Section("place", "Place", ("track",), (("security",),))
    made = {file.name: file.content for file in files_of(Records(ADA, NOW, (examples, place)))}
    assert list(made) == [
        "rung-UADA-2026-11-24.md",
        "rung-UADA-2026-11-24.json",
        "rung-UADA-2026-11-24-examples.csv",
        "rung-UADA-2026-11-24-tables.zip",
    ]
    with zipfile.ZipFile(io.BytesIO(made["rung-UADA-2026-11-24-tables.zip"])) as folder:
        assert folder.namelist() == ["README.txt", "examples.csv", "place.csv"]
        assert DEFUSED in folder.read("README.txt").decode()
        alone = made["rung-UADA-2026-11-24-examples.csv"]
        assert folder.read("examples.csv") == alone
    assert table(alone.decode())[1] == ["2026-11-20", f"'{text}"]
    page = made["rung-UADA-2026-11-24.md"].decode()
    assert "## Examples\n\n> \\=1+1 and  \n> a second line  \n\n- **Day:** 2026-11-20\n" in page
    assert "- **Track:** security" in page


def test_markdown_begins_with_the_words_ends_with_what_programs_need_and_leaves_out_gaps() -> None:
    columns = ("id", "happened_on", "text", "quote", "asked_about", "logged_at")
    row = ("e1", date(2026, 11, 20), "I helped Ben.", "", None, NOW)
    page = as_markdown(Records(ADA, NOW, (Section("examples", "Examples", columns, (row,)),)))
    told = [line for line in page.split("## Examples")[1].splitlines() if line]
    assert told[0] == "> I helped Ben.  "
    assert [line.split(":")[0] for line in told[1:]] == [
        "- **Happened on",
        "- **Logged at",
        "- **Id",
    ]


def test_an_export_without_examples_has_no_file_for_them_and_formats_can_be_chosen() -> None:
    records = Records(ADA, NOW, (Section("place", "Place", ("track",), (("security",),)),))
    endings = [file.name.removeprefix("rung-UADA-2026-11-24") for file in files_of(records)]
    assert endings == [".md", ".json", "-tables.zip"]
    only = [file.name for file in files_of(records, ["json"])]
    assert only == ["rung-UADA-2026-11-24.json"]
