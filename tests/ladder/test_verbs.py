"""The `ladder` verbs as an operator meets them."""

import io
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.ladder.files.loading import load
from bot.ladder.importers.importing import ImportOutcome
from bot.ladder.importers.report import (
    Finding,
    Harvest,
    ImportedLevel,
    ImportedTrack,
    ImportReport,
)
from bot.ladder.importers.telling import told
from bot.ladder.verbs import verbs
from tests.ladder.samples import HEAD, TRACK, ladder_at

PAGE = "Hello.\n# L3: Keeper\n- **Scope**: yard\n## \uf8ffü¶â Keys\n- I count.\n- TBD\n"


def import_page(folder: Path, text: str, track: str | None) -> tuple[int, str, str]:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    status = verbs.import_(page, folder / "ladder", track, None, out, err)
    return status, out.getvalue(), err.getvalue()


def test_import_reports_everything(tmp_path: Path) -> None:
    status, out, err = import_page(tmp_path, PAGE, "keepers")
    assert (status, err) == (0, "")
    assert "L3 of keepers" in out
    counts = "1 attribute, 1 competency, 2 statements, 0 examples; 1 placeholder among them."
    assert counts in out
    assert "line 6: TBD" in out
    assert "line 4: damaged text, now reads: ## 🦉 Keys" in out
    assert "line 1: before the first level heading: Hello." in out
    assert f"Wrote {tmp_path}/ladder/ladder.yaml, {tmp_path}/ladder/tracks/keepers.yaml." in out
    assert f"ladder check --dir {tmp_path}/ladder" in out
    assert "Nothing had changed" in import_page(tmp_path, PAGE, "keepers")[1]


def test_import_refuses_with_one_sentence(tmp_path: Path) -> None:
    assert import_page(tmp_path, PAGE, None)[::2] == (
        1,
        f"{tmp_path}/page.md:1: Say which track this page belongs to."
        " Add it, as in --track security-operations.\nNothing was imported.\n",
    )
    status, out, err = import_page(tmp_path, "# Roles\n", "keepers")
    assert (status, out) == (1, "")
    assert err == (
        f"{tmp_path}/page.md:1: This page has no level heading."
        " Begin it with one like `# L4: Technical Lead`.\nNothing was imported.\n"
    )


def test_a_dry_run_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    into = tmp_path / "new" / "ladder"
    assert verbs.import_(page, into, "keepers", None, out, err, dry_run=True) == 0
    assert f"What would change in {into}: 1 new track, 1 new level" in out.getvalue()
    assert out.getvalue().endswith("import without --dry-run to keep it.\n")
    assert not into.parent.exists()
    bad = tmp_path / "bad.csv"
    bad.write_text("name,email\n")
    assert verbs.import_(bad, into, None, None, out, err, dry_run=True) == 1
    assert "No levels were found" in err.getvalue()


def test_the_command_line_takes_every_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "keepers.csv"
    table.write_text("Competency,L1,L2\nKeys,I count.,I hand out.\nLocks,I oil.,\n")
    ladder = str(tmp_path / "ladder")
    options = ["--same", "Keys=Locks", "--reworded", "new", "--track-name", "Keepers of keys"]
    assert main(["ladder", "import", str(table), "--into", ladder, *options]) == 0
    assert "Read" in capsys.readouterr().out
    found, _ = load(Path(ladder))
    assert found
    assert [(c.name, c.aliases) for c in found.competencies] == [("Keys", ("Locks",))]
    assert found.tracks[0].name == "Keepers of keys"
    with pytest.raises(SystemExit):
        main(["ladder", "import", str(table), "--into", ladder, "--same", "Keys"])
    assert 'write it like "Old name=New name"' in capsys.readouterr().err


def test_many_files_are_told_in_totals_and_then_what_matters() -> None:
    plain = ImportReport("a/L1.md", statements=2, competencies=1)
    odd = ImportReport("a/L2.md", statements=1, not_understood=(Finding(3, "a fence: x"),))
    level = ImportedLevel("L1", "Keeper")
    tracks = (ImportedTrack("a", "A", (level,)), ImportedTrack("b", "B", (level, level)))
    harvest = Harvest(tracks, (plain, odd), (("a/README.md", "a page without a level"),))
    lines = [*told(ImportOutcome(harvest), Path("a"), Path("l"), dry_run=False)]
    assert lines == [
        "Read 2 files of a: 2 tracks, 3 levels.",
        "  0 attributes, 1 competency, 3 statements, 0 examples; 0 placeholders among them.",
        "  a (A): L1",
        "  b (B): L1, L1",
        "L2.md",
        "  Not understood, and so not imported:",
        "    line 3: a fence: x",
        "Passed over:",
        "  README.md: a page without a level",
        "Nothing had changed since the last import.",
        "Next: look it over with `python -m bot ladder check --dir l`.",
    ]


def test_check_prints_and_returns_what_a_build_needs(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert verbs.check(ladder_at(tmp_path / "a", platform=TRACK), out, err) == 0
    assert "tracks/platform.yaml:21: warning: This statement has no id" in out.getvalue()
    assert out.getvalue().endswith("1 warning; the ladder can be used.\n")
    assert verbs.check(ladder_at(tmp_path / "b", HEAD.replace("id: n", "id: n n")), out, err) == 1
    assert err.getvalue().endswith("1 problem to solve before this ladder can be used.\n")


def test_show_prints_the_documented_form(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    directory = ladder_at(
        tmp_path, platform=TRACK.replace("I plan a migration that can", "TODO(me) this can")
    )
    assert verbs.show(directory, out, err, machine_readable=True) == 0
    shown = json.loads(out.getvalue())
    assert (shown["schema"], shown["version"]) == (1, "2026.2")
    (track,) = shown["tracks"]
    assert {key: track[key] for key in ("id", "name", "kind")} == {
        "id": "platform", "name": "Platform Engineer", "kind": "ic",
    }  # fmt: skip
    assert track["levels"][0] == {
        "id": "L3",
        "title": "Senior Platform Engineer",
        "rank": 3,
        "inherits": [],
        "next": [],
        "summary": "I run changes to our platform.",
        "attributes": {"Planning horizon": "This quarter", "Impact radius": "My team"},
        "competencies": [
            {
                "id": "craft",
                "name": "Craft",
                "emoji": "🦉",
                "statements": [
                    {
                        "id": "stoppable",
                        "text": "TODO(me) this can be stopped half way.",
                        "placeholder": True,
                    }
                ],
                "examples": ["I led the move to the new build servers."],
            }
        ],
        "examples": [],
    }
    assert track["levels"][1]["competencies"][0]["name"] == "Deep craft"


def test_show_gives_an_outline_and_refuses_plainly(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert verbs.show(ladder_at(tmp_path / "a"), out, err) == 0
    assert "  L3: Senior Platform Engineer, 1 competency, 1 statement\n" in out.getvalue()
    assert verbs.show(tmp_path / "none", out, err, machine_readable=True) == 1
    assert "does not exist" in err.getvalue()
