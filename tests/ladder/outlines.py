"""What an importer read from a page, as plain lines that a person can check against the page."""

from collections.abc import Iterator

from bot.ladder.importers.report import Finding, ImportedLevel, ImportReport


def outline(levels: tuple[ImportedLevel, ...], report: ImportReport) -> str:
    """Levels with everything in them, then each finding of the report with its line."""
    lines = [line for level in levels for line in _level(level)]
    lines += _findings("placeholder", report.placeholders)
    lines += _findings("mended", report.repairs)
    lines += _findings("noted", report.notes)
    lines += _findings("left", report.not_understood)
    return "\n".join(lines) + "\n"


def _level(level: ImportedLevel) -> Iterator[str]:
    yield f"{level.id} | {level.title}"
    yield from (f"  summary: {paragraph}" for paragraph in level.summary.split("\n\n") if paragraph)
    yield from (f"  {name} = {value}" for name, value in level.attributes)
    for each in level.competencies:
        yield f"  [{each.emoji}] {each.name}"
        yield from (f"    about: {part}" for part in each.description.split("\n\n") if part)
        yield from (f"    - {text}" for text in each.statements)
        yield from (f"    + {text}" for text in each.examples)
    yield from (f"  + {text}" for text in level.examples)


def _findings(kind: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    yield from (f"{kind} {finding.line}: {finding.message}" for finding in findings)
