"""A folder of pages: which become tracks, what they are called, and what is left alone."""

import os
from pathlib import Path

import pytest

from bot.ladder.files.loading import load
from bot.ladder.importers.folders.folder import harvest_folder
from bot.ladder.importers.folders.walking import MAX_DEPTH
from bot.ladder.importers.importing import import_source
from bot.ladder.importers.report import Harvest

SHARED = Path(__file__).parents[3] / "shared" / "ladders"


def put(root: Path, path: str, text: str | bytes = "") -> Path:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def level(heading: str) -> str:
    return f"# {heading}\n\n## Craft\n\n- I do the work of {heading}.\n"


def tracks(harvest: Harvest) -> dict[str, tuple[str, list[str]]]:
    assert harvest.problems == ()
    return {t.id: (t.name, [lv.id for lv in t.levels]) for t in harvest.tracks}


def passed_over(harvest: Harvest) -> dict[str, str]:
    return {Path(name).name: reason for name, reason in harvest.passed_over}


def test_each_folder_with_level_pages_becomes_a_track(tmp_path: Path) -> None:
    put(tmp_path, "Engineering/Platform/L3-Senior.md", level("L3: Senior"))
    put(tmp_path, "Engineering/Platform/L2.md", level("L2: Platform Engineer"))
    put(tmp_path, "Engineering/notes.md", "# Notes\n\nWords.\n")
    put(tmp_path, "Security-Analyst/deeper/still/L1.md", level("L1: Analyst"))
    put(tmp_path, "Security-Analyst/all.md", level("L4: Four") + level("L5: Five"))
    assert tracks(harvest_folder(tmp_path)) == {
        "platform": ("Platform", ["L2", "L3"]),
        "security-analyst": ("Security Analyst", ["L4", "L5"]),
        "still": ("Still", ["L1"]),
    }


def test_levels_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name, heading in [
        ("a", "L10: J"), ("b", "L2: B"), ("c", "L1: A"), ("d", "L1.0: 0"), ("e", "L1.1: C"),
        ("f", "IC3: E"),
    ]:  # fmt: skip
        put(tmp_path, f"team/{name}.md", level(heading))
    (track,) = harvest_folder(tmp_path).tracks
    assert [lv.id for lv in track.levels] == ["L1.0", "L1", "L1.1", "L2", "IC3", "L10"]


@pytest.mark.parametrize(
    ("folder", "readme", "name"),
    [
        ("Security-Analyst", None, "Security Analyst"),
        ("SRE_team", None, "SRE Team"),
        ("03 - platform engineering", None, "Platform Engineering"),
        ("R&D", None, "R&D"),
        ("Qualité", None, "Qualité"),
        ("platform-eng", "# 🔧 Platform Engineering Roles\n", "Platform Engineering"),
        ("platform-eng", "# Platform Engineer career ladder {#top}\n", "Platform Engineer"),
        ("platform-eng", "# Welcome\n", "Platform Eng"),
        ("platform-eng", "# L3: Platform Engineer\n", "Platform Eng"),
        ("platform-eng", "# Roles and levels\n", "Platform Eng"),
        ("platform-eng", "No heading\n\n## Platform\n", "Platform Eng"),
        ("platform-eng", "# Platform \xe9\n".encode("latin-1"), "Platform Eng"),
    ],
)
def test_a_track_is_named_by_its_readme_or_its_folder(
    tmp_path: Path, folder: str, readme: str | bytes | None, name: str
) -> None:
    put(tmp_path, f"{folder}/L1.md", level("L1: A"))
    if readme is not None:
        put(tmp_path, f"{folder}/README.md", readme)
    assert harvest_folder(tmp_path).tracks[0].name == name


def test_the_folder_itself_may_hold_the_pages(tmp_path: Path) -> None:
    root = tmp_path / "Night-Watch"
    put(root, "L1.md", level("L1: A"))
    assert tracks(harvest_folder(root)) == {"night-watch": ("Night Watch", ["L1"])}


def test_folders_of_one_name_get_their_parents_in_front(tmp_path: Path) -> None:
    for place in ("web/Engineers", "mobile/Engineers", "ops/web/engineers", "Other"):
        put(tmp_path, f"{place}/L1.md", level("L1: A"))
    found = tracks(harvest_folder(tmp_path))
    assert sorted(found) == [
        "mobile-engineers", "ops-web-engineers", "other", f"{tmp_path.name.replace('_', '-')}"
        "-web-engineers",
    ]  # fmt: skip


def test_odd_folder_names_get_ids_that_stay_the_same(tmp_path: Path) -> None:
    put(tmp_path, "研发/L1.md", level("L1: A"))
    put(tmp_path, f"{'very long ' * 20}/L1.md", level("L1: A"))
    put(tmp_path, "A & B/L1.md", level("L1: A"))
    first = tracks(harvest_folder(tmp_path))
    assert first["a-b"][0] == "A & B"
    assert all(len(track_id) <= 80 for track_id in first)
    (own,) = (track_id for track_id, (name, _) in first.items() if name == "研发")
    put(tmp_path, "一/L1.md", level("L1: A"))
    assert tracks(harvest_folder(tmp_path))[own][0] == "研发"


def test_one_level_on_two_pages_makes_tracks_named_by_their_titles(tmp_path: Path) -> None:
    put(tmp_path, "guards/L3-a.md", level("L3: Archivist"))
    put(tmp_path, "guards/L3-b.md", level("L3: Night Guard"))
    harvest = harvest_folder(tmp_path)
    assert tracks(harvest) == {
        "archivist": ("Archivist", ["L3"]),
        "night-guard": ("Night Guard", ["L3"]),
    }
    notes = [finding.message for report in harvest.reports for finding in report.notes]
    assert len(notes) == 2
    assert all("one level on several pages" in note for note in notes)
    assert any("L3 went to the track “Archivist”" in note for note in notes)


def test_pages_about_the_same_work_stay_together(tmp_path: Path) -> None:
    for title in (
        "L1: Junior Security Analyst", "L2: Security Analyst", "L2: Security Engineer",
        "L3: Senior Security Analyst", "L3: Senior Security Engineer",
        "L3: Senior Cloud Security Engineer", "L4: Security Analyst Technical Lead",
    ):  # fmt: skip
        put(tmp_path, f"Security-Operations/{title.replace(': ', '-')}.md", level(title))
    assert tracks(harvest_folder(tmp_path)) == {
        "senior-cloud-security-engineer": ("Senior Cloud Security Engineer", ["L3"]),
        "security-analyst": ("Security Analyst", ["L1", "L2", "L3", "L4"]),
        "security-engineer": ("Security Engineer", ["L2", "L3"]),
    }


def test_shared_levels_lead_on_to_both_branches_and_back(tmp_path: Path) -> None:
    for title in ("L1: Reliability Engineer", "L2: Senior Reliability Engineer",
                  "L3: Lead Reliability Engineer", "L3: Staff Reliability Engineer",
                  "L4: Principal Reliability Engineer"):  # fmt: skip
        put(tmp_path, f"SRE/{title.replace(': ', '-')}.md", level(title))
    harvest = harvest_folder(tmp_path)
    assert tracks(harvest) == {
        "sre": ("SRE", ["L1", "L2", "L4"]),
        "lead-reliability-engineer": ("Lead Reliability Engineer", ["L3"]),
        "staff-reliability-engineer": ("Staff Reliability Engineer", ["L3"]),
    }
    following = {(t.id, lv.id): lv.next for t in harvest.tracks for lv in t.levels}
    assert following == {
        ("sre", "L1"): (),
        ("sre", "L2"): ("lead-reliability-engineer/L3", "staff-reliability-engineer/L3"),
        ("sre", "L4"): (),
        ("lead-reliability-engineer", "L3"): ("sre/L4",),
        ("staff-reliability-engineer", "L3"): ("sre/L4",),
    }


def test_branches_lead_on_in_the_ladder_too_and_what_its_owner_wrote_stays(tmp_path: Path) -> None:
    for title in ("L1: Guard", "L2: Lead Guard", "L2: Staff Guard"):
        put(tmp_path, f"pages/guards/{title.replace(': ', '-')}.md", level(title))
    assert import_source(tmp_path / "pages", tmp_path / "ladder").problems == ()
    ladder, _ = load(tmp_path / "ladder")
    guards = ladder and ladder.track("guards")
    assert guards
    assert guards.levels[0].next == ("lead-guard/L2", "staff-guard/L2")
    file = tmp_path / "ladder" / "tracks" / "guards.yaml"
    text = file.read_text(encoding="utf-8")
    assert "      - lead-guard/L2\n" in text
    file.write_text(text.replace("      - lead-guard/L2\n", ""), encoding="utf-8")
    assert import_source(tmp_path / "pages", tmp_path / "ladder").files == ()
    assert "      - lead-guard/L2\n" not in file.read_text(encoding="utf-8")


def test_the_same_level_and_title_twice_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a/L1.md", level("L1: Guard"))
    put(tmp_path, "a/L1 copy.md", "\n" + level("l1: guard"))
    harvest = harvest_folder(tmp_path)
    (problem,) = harvest.problems
    assert (Path(problem.file).name, problem.line) == ("L1.md", 1)
    assert "also in L1 copy.md" in problem.message
    assert harvest.tracks == ()


def test_an_id_and_a_name_fit_a_folder_of_one_track(tmp_path: Path) -> None:
    put(tmp_path, "a/L1.md", level("L1: A"))
    assert tracks(harvest_folder(tmp_path, "guards", "Our guards")) == {
        "guards": ("Our guards", ["L1"])
    }
    put(tmp_path, "b/L1.md", level("L1: A"))
    for given in (("guards", None), (None, "Our guards")):
        (problem,) = harvest_folder(tmp_path, *given).problems
        assert "2 tracks (a, b)" in problem.message
        assert "Leave --track" in problem.remedy


BESIDE = [
    ("README.md", level("L9: Nine"), "a README"),
    ("LICENSE", "Words", "a licence"),
    ("prose.md", "# How we work\n\nWe work.\n", "no level heading"),
    ("links.md", "# See\n\n- [One](one.md)\n- [Two](two.md)\n", "it links to other pages"),
    ("L5-moved.md", "# L5: Gone\n\nNow [here](x.md).\n", "it only points to another page"),
    ("empty.md", "\ufeff\n", "it is empty"),
    ("L7-plan.md", "Some words.\n", "although its name says L7"),
    ("L2_to_L3.md", "# From L2 to L3\n\n- Learn.\n", "no level heading"),
    ("picture.PNG", b"\x89PNG\x00", "a picture"),
    ("mkdocs.yml", "a: b", "settings"),
    ("matrix.csv", "a,b", "import it by itself"),
    ("L4.docx", b"PK\x00", "save it as Markdown"),
    ("tool.py", "x = 1", "no Markdown page"),
    ("data", b"\x00\x01\x02", "not a text file"),
    ("old.md", "# Caf\xe9 rules\n".encode("latin-1"), "not in UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BESIDE)
def test_what_is_no_level_page_is_passed_over_with_its_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    put(tmp_path, "L1.md", level("L1: A"))
    put(tmp_path, name, content)
    harvest = harvest_folder(tmp_path)
    assert [lv.id for track in harvest.tracks for lv in track.levels] == ["L1"]
    assert [report.file for report in harvest.reports] == [str(tmp_path / "L1.md")]
    assert list(passed_over(harvest)) == [name]
    assert reason in passed_over(harvest)[name]


def test_hidden_files_and_folders_are_not_looked_at(tmp_path: Path) -> None:
    put(tmp_path, "L1.md", level("L1: A"))
    put(tmp_path, ".git/L2.md", level("L2: A"))
    put(tmp_path, ".L3.md", b"\xff\xfe")
    harvest = harvest_folder(tmp_path)
    assert [lv.id for lv in harvest.tracks[0].levels] == ["L1"]
    assert harvest.passed_over == ()


UNREADABLE = [
    ("L4-Lead.md", level("L4: Lead").encode("utf-16"), 1, "UTF-16"),
    ("lead.md", level("L4: Lead").encode("utf-16-le"), 1, "not a text file"),
    ("lead.md", (level("L4: Lead") + "\n- Caf\xe9\n").encode("latin-1"), 7, "not in UTF-8"),
    ("L4.md", b"\x89PNG\r\n\x00\x00", 2, "not a text file"),
    ("lead.md", level("L4: Lead").encode() + b"- x\n" * 300_000, 1, "larger than 1 MiB"),
    ("lead.md", level("L4: Lead") + "\n" * 30_000, 20_000, "more than 20,000 lines"),
    ("two.md", level("L4: Lead") + level("L4: Other"), 6, "comes twice on this page"),
]


@pytest.mark.parametrize(("name", "content", "line", "message"), UNREADABLE)
def test_a_level_page_that_cannot_be_read_stops_the_import(
    tmp_path: Path, name: str, content: str | bytes, line: int, message: str
) -> None:
    put(tmp_path, "L1.md", level("L1: A"))
    path = put(tmp_path, f"deep/{name}", content)
    harvest = harvest_folder(tmp_path)
    (problem,) = harvest.problems
    assert (problem.file, problem.line) == (str(path), line)
    assert message in problem.message
    assert problem.remedy
    assert harvest.tracks == ()


def test_links_out_of_the_folder_are_a_problem_and_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/L9.md", level("L9: Nine"))
    root = tmp_path / "in"
    put(root, "L1.md", level("L1: A"))
    (root / "L9.md").symlink_to(outside)
    (root / "all").symlink_to(outside.parent, target_is_directory=True)
    (root / "none.md").symlink_to("../nowhere.md")
    problems = harvest_folder(root).problems
    assert [Path(problem.file).name for problem in problems] == ["L9.md", "all", "none.md"]
    assert all("leads out of the folder" in problem.message for problem in problems)


def test_links_within_the_folder_do_no_harm(tmp_path: Path) -> None:
    page = put(tmp_path, "shared/L1.md", level("L1: A"))
    put(tmp_path, "guards/L2.md", level("L2: B"))
    (tmp_path / "guards/L1.md").symlink_to(page)
    (tmp_path / "shared/again.md").symlink_to("L1.md")
    (tmp_path / "guards/up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    harvest = harvest_folder(tmp_path)
    assert tracks(harvest) == {"guards": ("Guards", ["L1", "L2"]), "shared": ("Shared", ["L1"])}
    assert set(passed_over(harvest)) == {"again.md", "up", "a", "b"}


def test_a_link_is_a_way_in_too(tmp_path: Path) -> None:
    put(tmp_path, "real/L1.md", level("L1: A"))
    (tmp_path / "way").symlink_to(tmp_path / "real", target_is_directory=True)
    assert [lv.id for lv in harvest_folder(tmp_path / "way").tracks[0].levels] == ["L1"]


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    put(tmp_path, "L1.md", level("L1: A"))
    os.mkfifo(tmp_path / "L2.md")
    assert passed_over(harvest_folder(tmp_path)) == {"L2.md": "no ordinary file"}


def test_too_many_files_and_folders_too_deep_are_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "deep" + "/d" * MAX_DEPTH + "/L1.md", level("L1: A"))
    (problem,) = harvest_folder(tmp_path).problems
    assert "more than 20 deep" in problem.message
    monkeypatch.setattr("bot.ladder.importers.folders.walking.MAX_FILES", 3)
    for number in range(4):
        put(tmp_path, f"many/{number}.md", "x")
    (problem,) = harvest_folder(tmp_path / "many").problems
    assert "more than 3 files" in problem.message


def test_names_that_are_no_text_can_still_be_told(tmp_path: Path) -> None:
    put(tmp_path, "L1.md", level("L1: A"))
    (tmp_path / os.fsdecode(b"caf\xe9\n.png")).write_bytes(b"")
    ((name, _),) = harvest_folder(tmp_path).passed_over
    assert name.encode().endswith(b"caf\\udce9\\n.png")


def test_a_folder_without_a_level_page_is_one_clear_problem(tmp_path: Path) -> None:
    put(tmp_path, "prose.md", "# How we work\n")
    harvest = harvest_folder(tmp_path)
    (problem,) = harvest.problems
    assert problem.message == "This folder holds no level page."
    assert "# L4:" in problem.remedy
    assert list(passed_over(harvest)) == ["prose.md"]
    (problem,) = harvest_folder(tmp_path / "none").problems
    assert "no folder" in problem.message


@pytest.mark.skipif(not SHARED.exists(), reason="the shared ladders are not here")
def test_the_shared_folder_of_pages() -> None:
    harvest = harvest_folder(SHARED / "octopus")
    assert tracks(harvest) == {
        "security-analyst": ("Security Analyst", ["L3"]),
        "software-engineering": ("Software Engineering", ["L2", "L3"]),
    }
    assert sorted(passed_over(harvest)) == ["LICENSE", "README.md"]
    assert all(report.not_understood == report.repairs == () for report in harvest.reports)
    assert [report.unaccounted for report in harvest.reports] == [0, 0, 0]
