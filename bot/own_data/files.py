"""The files of an export: which ones, how they are called, and what is in them. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.own_data.as_csv import DEFUSED, as_csv
from bot.own_data.as_json import as_json
from bot.own_data.as_markdown import as_markdown
from bot.own_data.model import Records
from bot.slack.member import Member

FORMATS = ("markdown", "json", "csv")
EXAMPLES = "examples"
ABOUT_THE_TABLES = (
    "One table for each kind of record, in UTF-8, separated by commas. Times are UTC. "
    f"{DEFUSED} The JSON file of the same export holds every text unchanged.\r\n"
)


@dataclass(frozen=True, slots=True)
class File:
    """One file; `use` says in half a sentence what it is good for."""

    name: str
    use: str
    content: bytes


def files_of(records: Records, formats: Collection[str] = FORMATS) -> list[File]:
    """Markdown to read, JSON for programs, and tables: the examples by themselves, then all."""
    name = stem(records.about, records.collected_at)
    files = []
    if "markdown" in formats:
        files.append(File(f"{name}.md", "everything, to read", as_markdown(records).encode()))
    if "json" in formats:
        files.append(File(f"{name}.json", "everything, for programs", as_json(records).encode()))
    if "csv" in formats:
        examples = records.section(EXAMPLES)
        if examples:
            use = "the examples, for a spreadsheet"
            files.append(File(f"{name}-{EXAMPLES}.csv", use, as_csv(examples).encode()))
        use = "everything, as tables for a spreadsheet"
        files.append(File(f"{name}-tables.zip", use, _tables(records)))
    return files


def stem(about: Member, moment: datetime) -> str:
    """How the names of all files of one export begin."""
    return f"rung-{about.user_id}-{moment:%Y-%m-%d}"


def _tables(records: Records) -> bytes:
    packed = io.BytesIO()
    at = records.collected_at.timetuple()[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        contents = {f"{each.name}.csv": as_csv(each) for each in records.sections}
        for name, content in {"README.txt": ABOUT_THE_TABLES, **contents}.items():
            folder.writestr(zipfile.ZipInfo(name, at), content.encode())
    return packed.getvalue()
