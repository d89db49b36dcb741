"""A folder of somebody's level pages, read into one track for each folder that holds some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.ladder.importers.folders.branching import Branch, Rung, branches, onward
from bot.ladder.importers.folders.naming import free, id_from, track_ids, track_name
from bot.ladder.importers.folders.recognising import LevelPage, is_readme, readme_heading, recognise
from bot.ladder.importers.folders.walking import Walk, shown, walk
from bot.ladder.importers.report import Finding, Harvest, ImportedTrack, ImportReport
from bot.ladder.model import Problem


@dataclass
class _Found:
    """What the files of a folder turned out to be."""

    pages: dict[Path, list[LevelPage]] = field(default_factory=dict)
    readmes: dict[Path, Path] = field(default_factory=dict)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def harvest_folder(
    folder: Path, track_id: str | None = None, track_name: str | None = None
) -> Harvest:
    """Every level page in the folder, at any depth; each folder with some becomes a track.

    A track's levels stand in the order of their numbers. A folder in which two pages are the same
    level becomes several tracks (see `branching`). An id or a name may be given for a folder that
    makes exactly one track. With a problem no track comes back.
    """
    if not folder.is_dir():
        return _refused(folder, "This is no folder.", "Give a folder of Markdown pages.")
    walked = walk(folder)
    found = _sorted_out(walked)
    passed_over = tuple(sorted(found.passed_over))
    reports = tuple(page.report for pages in found.pages.values() for page in pages)
    if found.problems:
        return Harvest((), reports, passed_over, tuple(sorted(found.problems)))
    tracks, reports, problems = _tracks(folder, found)
    if not problems and not tracks:
        problems = [_no_page(folder)]
    if not problems and (track_id or track_name) and len(tracks) > 1:
        problems = [_too_many(folder, tracks)]
    if problems:
        return Harvest((), reports, passed_over, tuple(problems))
    if len(tracks) == 1:
        (only,) = tracks
        named = replace(only, id=track_id or only.id, name=track_name or only.name)
        tracks = [named]
    return Harvest(tuple(tracks), reports, passed_over)


def _sorted_out(walked: Walk) -> _Found:
    found = _Found(problems=list(walked.problems))
    found.passed_over += [(shown(path), why) for path, why in walked.passed_over]
    for path in walked.files if not walked.problems else ():
        if is_readme(path):
            found.readmes.setdefault(path.parent, path)
        what = recognise(path)
        if isinstance(what, LevelPage):
            found.pages.setdefault(path.parent, []).append(what)
        elif isinstance(what, Problem):
            found.problems.append(what)
        else:
            found.passed_over.append((shown(path), what))
    return found


def _tracks(
    root: Path, found: _Found
) -> tuple[list[ImportedTrack], tuple[ImportReport, ...], list[Problem]]:
    """The tracks of every folder, the reports with what is to be said of them, and problems."""
    ids = track_ids(list(found.pages), root)
    tracks: list[ImportedTrack] = []
    reports: list[ImportReport] = []
    problems: list[Problem] = []
    for folder, pages in found.pages.items():
        rungs = [Rung(level, page) for page in pages for level in page.levels]
        parts = branches(rungs)
        if isinstance(parts, Problem):
            problems.append(parts)
            continue
        readme = found.readmes.get(folder)
        name = track_name(folder, readme_heading(readme) if readme else "")
        taken = {*ids.values(), *(track.id for track in tracks)}
        dealt = _with_ids(parts, ids[folder], taken)
        tracks += [_track(track_id, branch, dealt, name) for track_id, branch in dealt]
        reports += _told(pages, parts, name)
    return tracks, tuple(reports), problems


def _with_ids(
    parts: Sequence[Branch], own_id: str, taken: Iterable[str]
) -> list[tuple[str, Branch]]:
    """The branches with their ids; the folder's own id is free where no branch is its own."""
    used = set(taken)
    if parts[0].name:
        used.discard(own_id)
    dealt = []
    for branch in parts:
        track_id = free(id_from(branch.name), used) if branch.name else own_id
        used.add(track_id)
        dealt.append((track_id, branch))
    return dealt


def _track(
    track_id: str, branch: Branch, dealt: Sequence[tuple[str, Branch]], name: str
) -> ImportedTrack:
    levels = (replace(rung.level, next=onward(rung, branch, dealt)) for rung in branch.rungs)
    return ImportedTrack(track_id, branch.name or name, tuple(levels))


def _told(pages: Sequence[LevelPage], parts: Sequence[Branch], name: str) -> list[ImportReport]:
    """The pages' reports, which say of each level where it went if its folder became several."""
    if len(parts) == 1:
        return [page.report for page in pages]
    reports = []
    for page in pages:
        notes = [
            Finding(
                rung.level.line,
                f"its folder holds one level on several pages; {rung.level.id} went to the track"
                f" “{branch.name or name}”",
            )
            for branch in parts
            for rung in branch.rungs
            if rung.page is page
        ]
        reports.append(replace(page.report, notes=(*page.report.notes, *notes)))
    return reports


def _no_page(folder: Path) -> Problem:
    message = "This folder holds no level page."
    remedy = "A level page begins with a heading such as `# L4: Technical Lead`."
    return Problem(shown(folder), 1, message, remedy)


def _too_many(folder: Path, tracks: Sequence[ImportedTrack]) -> Problem:
    ids = ", ".join(track.id for track in tracks)
    message = f"This folder holds {len(tracks)} tracks ({ids}), so one id or name does not fit."
    remedy = "Leave --track and --track-name out, or import the folder of one track."
    return Problem(shown(folder), 1, message, remedy)


def _refused(folder: Path, message: str, remedy: str) -> Harvest:
    return Harvest(problems=(Problem(shown(folder), 1, message, remedy),))
