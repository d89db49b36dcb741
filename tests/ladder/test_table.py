"""Tables as people keep them: matrices in both directions, lists, and what stands around them."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ladder.importers.report import (
    Harvest,
    ImportedCompetency,
    ImportedLevel,
    ImportedTrack,
    ImportReport,
)
from bot.ladder.importers.tables.table import harvest_table


def harvest(folder: Path, text: str | bytes, name: str = "keepers.csv") -> Harvest:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return harvest_table(path, None)


def track_in(folder: Path, text: str) -> tuple[ImportedTrack, ImportReport]:
    found = harvest(folder, text)
    assert found.problems == ()
    (track,), (report,) = found.tracks, found.reports
    assert report.unaccounted == 0
    return track, report


def said(level: ImportedLevel) -> dict[str, tuple[str, ...]]:
    return {each.name: each.statements for each in level.competencies}


def reasons(report: ImportReport) -> list[str]:
    return [f"{each.line} {each.message}" for each in report.not_understood]


MATRIX = """\
Our career framework 2026,,,,
"# last touched by Ana, in May",,,,

Area,Competency,L3,L4,"L5
Principal"
,,Senior Engineer,Staff Engineer,Principal Engineer
,Summary,I run things.,I shape things.,
Attributes,,,,
,Planning horizon,One quarter,Two quarters,A year
,Who decides,Manager,Manager,-
Work,🦉 Technical skill,"- I know my service.
- I test what I
  write.

Examples:
• Fixed the bug; twice",I know our estate,"As L4, plus: I shape it."
,:seedling: Mentoring,I help a newcomer; I answer questions; I review kindly,,TBD
,,I also write guides.,,
People,Communication,Writes clearly e.g. in tickets,Speaks at the guild,"1. One
2. Two
3) Three"

Legend,,,,
P,Performing,,,
"""


def test_a_spreadsheet_with_all_its_habits_is_read(tmp_path: Path) -> None:
    track, _ = track_in(tmp_path, MATRIX)
    third, fourth, fifth = track.levels
    assert (track.id, track.name) == ("keepers", "Keepers")
    assert [level.id for level in track.levels] == ["L3", "L4", "L5"]
    assert (third.title, third.summary) == ("Senior Engineer", "I run things.")
    assert third.attributes == (("Planning horizon", "One quarter"), ("Who decides", "Manager"))
    assert third.competencies[0] == ImportedCompetency(
        name="Technical skill",
        emoji="🦉",
        statements=("I know my service.", "I test what I write."),
        examples=("Fixed the bug; twice",),
        line=11,
    )
    assert said(third)["Mentoring"] == (
        "I help a newcomer", "I answer questions", "I review kindly", "I also write guides.",
    )  # fmt: skip
    assert said(third)["Communication"] == ("Writes clearly e.g. in tickets",)
    assert "Mentoring" not in said(fourth)
    assert said(fifth)["Communication"] == ("One", "Two", "Three")
    assert said(fifth)["Technical skill"] == ("As L4, plus: I shape it.",)
    assert fifth.attributes == (("Planning horizon", "A year"),)


def test_everything_else_in_it_is_reported_by_line(tmp_path: Path) -> None:
    _, report = track_in(tmp_path, MATRIX)
    assert reasons(report) == [
        "1 a line that stands alone, not a part of the table: Our career framework 2026",
        "2 a line that stands alone, not a part of the table: # last touched by Ana, in May",
        "4 a heading that names no level: Area",
        "10 a dash, read as nothing: -",
        "11 a group's label is not kept, what it groups is: Work",
        "19 a group's label is not kept, what it groups is: People",
        "23 in a legend or a note: Legend",
        "24 in a legend or a note: P",
        "24 in a legend or a note: Performing",
    ]
    assert [(each.line, each.message) for each in report.placeholders] == [(17, "TBD")]
    notes = [f"{each.line} {each.message}" for each in report.notes]
    assert "11 leans on another cell, kept as it is: As L4, plus: I shape it." in notes
    assert "17 a cell was parted at its semicolons" in notes
    assert (report.attributes, report.competencies) == (5, 8)
    assert (report.statements, report.examples) == (14, 1)


def test_levels_may_be_rows(tmp_path: Path) -> None:
    text = (
        "sep=;\n"
        "Level;Title;Summary;Planning horizon;Craft 🦉;Examples;Care;\n"
        "L1;Junior;I learn.;Weeks;I do small things;I fixed a typo;I ask;note: a draft\n"
        ";;;;I do more small things;;;\n"
        "\n"
        "L2;Senior;I lead.;Months;I do big things;;n/a;\n"
        "Level;Title;Summary;Planning horizon;Craft 🦉;Examples;Care;\n"
        'Level 3;Staff;I shape.;Years;"I ""shape"" things\n\nand others";;I care;\n'
        "Legend: bold is new;;;;;;;\n"
    )
    track, report = track_in(tmp_path, text)
    first, second, third = track.levels
    assert [(level.id, level.title) for level in track.levels] == [
        ("L1", "Junior"), ("L2", "Senior"), ("L3", "Staff"),
    ]  # fmt: skip
    assert first.attributes == (("Planning horizon", "Weeks"),)
    assert said(first) == {"Craft": ("I do small things", "I do more small things"),
                           "Care": ("I ask",)}  # fmt: skip
    assert first.competencies[0].examples == ("I fixed a typo",)
    assert said(second) == {"Craft": ("I do big things",)}
    assert said(third)["Craft"] == ('I "shape" things', "and others")
    assert [each.split(" ")[0] for each in reasons(report)] == ["3", "6", "7", "11"]


def test_a_list_with_one_statement_in_each_row(tmp_path: Path) -> None:
    text = (
        "track,level,title,competency,statement,example\n"
        "Platform,L1,Junior,🔑 Craft,I do.,\n"
        ",,,,I do more.,I did it.\n"
        ",L2,Senior,🔑 Craft,I lead.,\n"
        ",,,Planning horizon,A year,\n"
        "Management,L2,Manager,People,I hire.,\n"
        ",,,,,\n"
        "made by Ana,,,,,\n"
    )
    found = harvest(tmp_path, text)
    assert [(track.id, track.name) for track in found.tracks] == [
        ("platform", "Platform"), ("management", "Management"),
    ]  # fmt: skip
    first, second = found.tracks[0].levels
    assert first.competencies == (
        ImportedCompetency("Craft", "🔑", "", ("I do.", "I do more."), ("I did it.",), 2),
    )
    assert second.attributes == (("Planning horizon", "A year"),)
    (report,) = found.reports
    assert report.unaccounted == 0
    assert reasons(report) == ["8 no statement stands beside it: made by Ana"]


HEADINGS = [
    ("L3", "L3", "L3"),
    ("L3: Senior", "L3", "Senior"),
    ("L3 - Senior", "L3", "Senior"),
    ("**L3** Senior", "L3", "**L3** Senior"),
    ("Level 4", "L4", "L4"),
    ("Level 4: Lead", "L4", "Lead"),
    ("Grade 7", "G7", "G7"),
    ("IC2", "IC2", "IC2"),
    ("SWE3 Senior", "SWE3", "Senior"),
    ("L4.2", "L4.2", "L4.2"),
    ("Senior (L3)", "L3", "Senior"),
    ("Senior Engineer, L3", "L3", "Senior Engineer"),
    ("Senior – L3", "L3", "Senior"),
    ("Junior (L1-L2)", "L1-L2", "Junior"),
    ("Staff+ (L7+)", "L7", "Staff+"),
    ("l5 (Principal)", "l5", "Principal"),
]


@pytest.mark.parametrize(("heading", "level_id", "title"), HEADINGS)
def test_a_level_is_recognised_by_its_heading(
    tmp_path: Path, heading: str, level_id: str, title: str
) -> None:
    if heading.startswith("**"):
        title = "Senior"
    text = f'Competency,L0,"{heading}"\nCraft,I begin.,I do.\n'
    track, _ = track_in(tmp_path, text)
    assert (track.levels[1].id, track.levels[1].title) == (level_id, title)


def test_titles_alone_name_levels_too(tmp_path: Path) -> None:
    track, report = track_in(tmp_path, "Skill,Junior,Mid level,Senior\nCraft,I do,I know,I lead\n")
    assert [level.id for level in track.levels] == ["Junior", "Mid-level", "Senior"]
    assert "is called Mid-level" in report.notes[0].message
    track, _ = track_in(tmp_path, "Competency,Explorer,Builder\nCraft,I look,I build\n")
    assert [level.title for level in track.levels] == ["Explorer", "Builder"]
    track, _ = track_in(tmp_path, "Level,Craft,Care\nExplorer,I look,I ask\nBuilder,I build,\n")
    assert [said(level) for level in track.levels] == [
        {"Craft": ("I look",), "Care": ("I ask",)}, {"Craft": ("I build",)},
    ]  # fmt: skip
    track, _ = track_in(tmp_path, "Competency,1,2,3\nCraft,a,b,c\n")
    assert [level.id for level in track.levels] == ["L1", "L2", "L3"]


def test_a_table_that_begins_with_the_highest_level_is_turned_round(tmp_path: Path) -> None:
    track, report = track_in(tmp_path, "Competency,L3,L2,L1\nCraft,c,b,a\n")
    assert [level.id for level in track.levels] == ["L1", "L2", "L3"]
    assert "turned round" in report.notes[0].message


def test_a_level_on_several_rows_is_one_level(tmp_path: Path) -> None:
    track, _ = track_in(tmp_path, "Level,Craft,Care\nL1,I do,\nL1,I learn,I ask\nL2,I lead,\n")
    assert said(track.levels[0]) == {"Craft": ("I do", "I learn"), "Care": ("I ask",)}


def test_facts_and_examples_on_several_rows_stay_together(tmp_path: Path) -> None:
    rows = "Level,Planning horizon,Craft,Examples\nL1,Weeks,I do,I did it\nL1,,I learn,I did more\n"
    track, _ = track_in(tmp_path, rows + "L2,Months,I lead,\n")
    (craft,) = track.levels[0].competencies
    assert track.levels[0].attributes == (("Planning horizon", "Weeks"),)
    assert craft.examples == ("I did it", "I did more")
    columns = "Competency,L1,L2\nPlanning horizon,Weeks,Months\n,or more,\nCraft,I do,I lead\n"
    track, _ = track_in(tmp_path, columns)
    assert track.levels[0].attributes == (("Planning horizon", "Weeks or more"),)
    tables = "Skill|L1|L2\nCraft|I do|I lead\n\nSkill|L1|L2\nPlanning horizon|Weeks|Months\n"
    track, _ = track_in(tmp_path, tables)
    assert track.levels[1].attributes == (("Planning horizon", "Months"),)


def test_text_damaged_beyond_repair_is_kept_and_pointed_out(tmp_path: Path) -> None:
    track, report = track_in(tmp_path, "Competency,L1,L2\nCraft,I do \ufffd,I lead\n")
    assert said(track.levels[0]) == {"Craft": ("I do \ufffd",)}
    assert "looks damaged, kept as it is: I do \ufffd" in [n.message for n in report.notes]


def test_a_list_may_say_what_a_row_is_and_describe_its_competencies(tmp_path: Path) -> None:
    text = (
        "kind,level,competency,description,emoji,statement\n"
        "attribute,L1,Travel,,,Some\n"
        "competency,L1,Craft,What we make.,🔨,I do\n"
        "competency,L2,Craft,,,-\n"
        "competency,L2,Care,,,I ask\n"
        "competency,L3,,,,I belong nowhere\n"
    )
    track, report = track_in(tmp_path, text)
    first, second, third = track.levels
    assert first.attributes == (("Travel", "Some"),)
    (craft,) = first.competencies
    assert (craft.emoji, craft.description) == ("🔨", "What we make.")
    assert said(second) == {"Care": ("I ask",)}
    assert said(third) == {}
    assert "4 a dash, read as nothing: -" in reasons(report)
    assert [each for each in reasons(report) if "I belong nowhere" in each]


def test_a_line_of_dashes_and_a_column_of_examples(tmp_path: Path) -> None:
    text = "Competency|L1|Examples|L2\n---|---|---|---\nCraft|I do|I did it|I lead\n"
    track, report = track_in(tmp_path, text)
    first, second = track.levels
    assert (said(first), said(second)) == ({"Craft": ("I do",)}, {"Craft": ("I lead",)})
    assert first.competencies[0].examples == ("I did it",)
    assert reasons(report) == ["2 a line of dashes: ---"] * 4


def test_tracks_named_above_the_levels(tmp_path: Path) -> None:
    text = ",Ops track,,Dev track,\nSkill,L1,L2,L1,L2\nCraft,a,b,c,d\n"
    ops, dev = harvest(tmp_path, text).tracks
    assert (ops.name, dev.name) == ("Ops track", "Dev track")
    assert [said(level) for level in dev.levels] == [{"Craft": ("c",)}, {"Craft": ("d",)}]


def test_tracks_whose_names_make_one_id_get_two(tmp_path: Path) -> None:
    text = "track,level,competency,statement\nA!,L1,C,s\nA,L1,C,t\n"
    assert [track.id for track in harvest(tmp_path, text).tracks] == ["a", "a-2"]


def test_an_open_quotation_mark_is_told_before_a_lack_of_levels(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('note;"open\n')
    (problem,) = harvest_table(path, None).problems
    assert "never closed" in problem.message


def test_a_column_says_what_a_row_is(tmp_path: Path) -> None:
    text = (
        "Kind,Name,Description,Icon,L1,L2\n"
        "attribute,Travel,,,None at all,Some\n"
        "competency,Scope,What we cover.,🔭,I cover this,I cover that\n"
    )
    track, _ = track_in(tmp_path, text)
    (scope,) = track.levels[0].competencies
    assert track.levels[0].attributes == (("Travel", "None at all"),)
    assert (scope.name, scope.emoji, scope.description) == ("Scope", "🔭", "What we cover.")


def test_several_tables_are_several_tracks_or_parts_of_one(tmp_path: Path) -> None:
    part = "Skill|L1|L2\n{0}|I do|I lead\n"
    tracks = "Engineers\n" + part.format("Craft") + "\nManagers\n" + part.format("Craft")
    assert [each.id for each in harvest(tmp_path, tracks).tracks] == ["engineers", "managers"]
    parts = "Technical\n" + part.format("Craft") + "\nPeople\n" + part.format("Care")
    track, report = track_in(tmp_path, parts)
    assert said(track.levels[1]) == {"Craft": ("I lead",), "Care": ("I lead",)}
    repeated = part.format("Craft") + "\n" + part.format("Care")
    track, report = track_in(tmp_path, repeated)
    assert said(track.levels[1]) == {"Craft": ("I lead",), "Care": ("I lead",)}
    assert (report.notes[0].line, report.notes[0].message) == (
        4, "the heading of the table once more",
    )  # fmt: skip


def test_one_name_does_not_fit_several_tracks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("track,level,competency,statement\nA,L1,C,s\nB,L1,C,s\n")
    (problem,) = harvest_table(path, "mine").problems
    assert "holds 2 tracks: “A”, “B”" in problem.message


def test_damaged_emoji_are_mended_and_reported(tmp_path: Path) -> None:
    track, report = track_in(tmp_path, "Competency,L1,L2\n\uf8ffü¶â Craft,I do,I lead\n")
    assert track.levels[0].competencies[0].emoji == "🦉"
    assert report.repairs[0].line == 2


BAD_TABLES = [
    (b"", 1, "is empty"),
    (b"\xef\xbb\xbf,,\r\n,,\r\n", 1, "is empty"),
    (b"PK\x03\x04rest", 1, "not CSV"),
    (b"\xd0\xcf\x11\xe0rest", 1, "not CSV"),
    ("Competency,L1\n".encode("utf-16"), 1, "in UTF-16"),
    ("Competency,L1,L2\nCraft,a,b\nCaf\xe9,a,b\n".encode("latin-1"), 3, "not in UTF-8"),
    (b"Competency,L1\r\nCraft,\x00\n", 2, "not a text file"),
    (b'Competency,L1,L2\nCraft,ok,ok\nCare,"I do,x\nMore,a,b\n', 3, "never closed"),
    (b'Competency,L1,L2\nCraft,"I do" well,ok\n', 2, "closing quotation mark"),
    (b'Competency,L1,L2\nCraft,"' + b"x" * 200_000 + b'",ok\n', 2, "longer than any"),
    (b"name,email\nana,a@example.com\n", 1, "No levels were found"),
    (b"Competency,L1,L2,L1\nCraft,a,b,c\n", 1, "L1 comes twice"),
    (b"Competency,L1,L2\n" + b"Craft,a,b\n" * 1_000_000, 1, "larger than 1 MiB"),
]


@pytest.mark.parametrize(("content", "line", "message"), BAD_TABLES)
def test_a_bad_table_is_one_clear_problem(
    tmp_path: Path, content: bytes, line: int, message: str
) -> None:
    (problem,) = harvest(tmp_path, content).problems
    assert message in problem.message
    assert (problem.line, bool(problem.remedy)) == (line, True)


def test_a_missing_table_and_a_folder(tmp_path: Path) -> None:
    assert "no such table" in harvest_table(tmp_path / "none.csv", None).problems[0].message
    assert "cannot be read" in harvest_table(tmp_path, None).problems[0].message


# Any ladder, written as a table in every way that people have, reads back as it was.

WORDS = st.sampled_from(
    ["plan", "ship", "risk", "team;", "users,", "“quiet”", "it's", "café", "守る", "50%", "e.g."]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: "I " + " ".join(words))
NAMES = st.sampled_from(
    ["Craft", "Care", "Teaching and Mentoring", "Working with others, kindly", "Größe", "守る"]
)
FACTS = st.sampled_from(["Planning horizon", "Evaluated by", "Reports to"])


@st.composite
def imported_levels(draw: st.DrawFn) -> tuple[ImportedLevel, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    facts = draw(st.lists(FACTS, max_size=2, unique=True))
    count = draw(st.integers(2, 5))
    return tuple(
        ImportedLevel(
            id=f"L{number}",
            title=draw(st.sampled_from(["Junior", "Senior Engineer", "Größe", "Lead; of all"])),
            summary=draw(st.just("") | SENTENCES),
            attributes=tuple((fact, draw(SENTENCES)) for fact in facts if draw(st.booleans())),
            competencies=tuple(
                ImportedCompetency(
                    name, "🦉",
                    statements=tuple(draw(st.lists(SENTENCES, min_size=1, max_size=3))),
                    examples=tuple(draw(st.lists(SENTENCES, max_size=2))),
                )
                for name in names
                if draw(st.booleans())
            ),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def as_grid(levels: tuple[ImportedLevel, ...]) -> list[list[str]]:
    """The levels as columns: titles, a summary, facts, competencies."""
    names = list(dict.fromkeys(c.name for level in levels for c in level.competencies))
    facts = list(dict.fromkeys(name for level in levels for name, _ in level.attributes))
    sections = [{c.name: c for c in level.competencies} for level in levels]
    grid = [
        ["Competency", *(level.id for level in levels)],
        ["Title", *(level.title for level in levels)],
        ["Summary", *(level.summary for level in levels)],
        *([fact, *(dict(level.attributes).get(fact, "") for level in levels)] for fact in facts),
        *([f"🦉 {name}", *(cell_of(each.get(name)) for each in sections)] for name in names),
    ]
    return [row for row in grid if any(row[1:])]


def cell_of(section: ImportedCompetency | None) -> str:
    if section is None:
        return ""
    lines = [f"- {text}" for text in section.statements]
    return "\n".join(lines + ["Examples:"] * bool(section.examples) + list(section.examples))


def bare(levels: tuple[ImportedLevel, ...]) -> list[tuple[object, ...]]:
    """The levels without lines and without the order of competencies, which a matrix lacks."""
    return [
        (
            level.id, level.title, level.summary, dict(level.attributes),
            {c.name: (c.emoji, c.statements, c.examples) for c in level.competencies},
        )
        for level in levels
    ]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    imported_levels(),
    st.sampled_from(",;\t|"),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_a_ladder_written_as_a_table_reads_back_as_it_was(
    levels: tuple[ImportedLevel, ...], delimiter: str, turned: bool, end: str, bom: bool
) -> None:
    grid = as_grid(levels)
    if turned:
        grid[0][0] = "Level"
        grid = [list(row) for row in zip(*grid, strict=True)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Ours, since 2024"], [], *grid, [], ["Legend: bold is new"]])
    with tempfile.TemporaryDirectory() as folder:
        text = ("\ufeff" if bom else "") + out.getvalue()
        found = harvest(Path(folder), text)
    assert found.problems == ()
    (track,), (report,) = found.tracks, found.reports
    assert bare(track.levels) == bare(levels)
    assert (report.unaccounted, report.items_left) == (0, 2)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.lists(st.just("") | SENTENCES | NAMES | FACTS | st.sampled_from(
            ["L1", "L2", "L3: Lead", "Level", "Competency", "Examples", "Legend", "Track", "Kind",
             "Attributes", "# x", "-", "Title", "Summary", "Description", "Junior", "a\nb"]
        ), max_size=5),
        max_size=9,
    )
)  # fmt: skip
def test_no_cell_is_ever_lost_whatever_the_table(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        found = harvest(Path(folder), out.getvalue())
    for report in found.reports:
        assert report.unaccounted == 0
        assert report.items_read + report.items_left == report.list_items


@pytest.mark.parametrize(
    "heading",
    [
        "Competency,L1,L1 examples,L2,L2 examples\n"
        "Craft,I splice rope,Spliced,I rig masts,Rigged\n",
        "Competency,L1,L2,L1 examples,L2 examples\n"
        "Craft,I splice rope,I rig masts,Spliced,Rigged\n",
        "Skill,Junior,Senior,Junior examples,Senior examples\n"
        "Craft,I splice rope,I rig masts,Spliced,Rigged\n",
        "Level,Craft,People,Craft examples\nL1,I splice rope,I ask,Spliced\n"
        "L2,I rig masts,I teach,Rigged\n",
    ],
)
def test_examples_in_a_column_of_their_own_go_where_the_heading_says(
    tmp_path: Path, heading: str
) -> None:
    track, _ = track_in(tmp_path, heading)
    craft = [next(c for c in level.competencies if c.name == "Craft") for level in track.levels]
    assert [(c.statements, c.examples) for c in craft] == [
        (("I splice rope",), ("Spliced",)),
        (("I rig masts",), ("Rigged",)),
    ]


def test_a_list_without_titles_names_its_levels_by_their_ids(tmp_path: Path) -> None:
    text = (
        "Level,Competency,Statement\nL1,Craft,I splice rope\n,,I sew sails\nL2,Craft,I rig masts\n"
    )
    track, _ = track_in(tmp_path, text)
    assert [(level.id, level.title) for level in track.levels] == [("L1", "L1"), ("L2", "L2")]


def test_an_unknown_heading_in_the_corner_is_told(tmp_path: Path) -> None:
    _, report = track_in(tmp_path, "What we value,L1,L2\nCraft,I splice rope,I rig masts\n")
    assert [each.message for each in report.notes] == [
        "the heading of the first column is not kept: What we value"
    ]


def test_a_table_of_headings_alone_is_a_problem(tmp_path: Path) -> None:
    (problem,) = harvest(tmp_path, "Competency,L1,L2\n").problems
    assert "says nothing about any of them" in problem.message
