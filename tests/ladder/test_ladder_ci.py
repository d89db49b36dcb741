"""The page about CI for a ladder: its examples are valid, and its commands do what it says."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from bot.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ladder-ci.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"python -m bot (ladder check .*)", PAGE)
WORKFLOWS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ladder's repository as CI has it: the change at the top, the older copy in `.before`."""
    shutil.copytree(ROOT / "ladder_data", tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "ladder_data", tmp_path / ".before")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_has_a_command_for_each_place() -> None:
    assert len(COMMANDS) == 3
    assert sum("--strict" in each and "--against .before" in each for each in COMMANDS) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_the_starter_ladder_passes(
    repository: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    before = {path: path.read_bytes() for path in repository.rglob("*.yaml")}
    assert main(command.split()) == 0
    assert capsys.readouterr().out == "All is well.\n"
    assert {path: path.read_bytes() for path in repository.rglob("*.yaml")} == before


@pytest.mark.parametrize("command", [each for each in COMMANDS if "--strict" in each])
def test_a_lost_id_and_a_warning_are_red(
    repository: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    path = repository / "tracks/security-operations.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("runbook-triage: I triage", "triage: I triage"), encoding="utf-8")
    assert main(command.split()) == 1
    assert "tracks/security-operations.yaml" in capsys.readouterr().err
    path.write_text(re.sub("runbook-triage: .*", "runbook-triage: TBD", text), encoding="utf-8")
    assert main(command.split()) == 1
    assert capsys.readouterr().out.endswith("1 warning; --strict allows none.\n")


def test_the_workflows_are_yaml_and_use_what_is_there() -> None:
    github, gitlab = (yaml.safe_load(each) for each in WORKFLOWS)
    steps = github["jobs"]["check"]["steps"]
    assert [step["with"]["path"] for step in steps if "path" in step.get("with", {})] == [
        ".before", ".rung",
    ]  # fmt: skip
    assert len(gitlab["ladder"]["script"]) == 5
    assert PAGE.count("-r .rung/requirements/run.txt") == 2
    assert (ROOT / "requirements" / "run.txt").is_file()
