"""An export for spreadsheets: a table for each section, in which nothing is ever run. Pure.

Rules about formulas: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

from bot.privacy.records import Section, Value

BOM = "\ufeff"  # without it, Excel takes UTF-8 for something else
SIGNS = "=+-@＝＋－＠"
BEHIND_A_SEMICOLON = re.compile(rf";(\s*)(?=[{re.escape(SIGNS)}])")
DEFUSED = (
    "A ' stands before what a spreadsheet could take for a formula: cells that begin with "
    "= + - @ or a tab, and such a sign behind a semicolon."
)


def as_csv(section: Section) -> str:
    """The section with its columns' names above, in the form of RFC 4180, behind a BOM."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([defused(name) for name in section.columns])
    writer.writerows([[_cell(value) for value in row] for row in section.rows])
    return BOM + table.getvalue()


def defused(text: str) -> str:
    """Text that a spreadsheet shows and never runs.

    A semicolon begins a new cell where it is the list separator, as in much of Europe.
    """
    harmless = BEHIND_A_SEMICOLON.sub(r";\1'", text)
    begins = text[:1] in ("\t", "\r", "\n") or text.lstrip()[:1] in tuple(SIGNS)
    return f"'{harmless}" if text and begins else harmless


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S} UTC"
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case _:
            return defused(value)
