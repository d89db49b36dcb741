"""`python -m bot export` and `erase`: what an operator does on request, each time recorded."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.own_data.as_csv import DEFUSED
from bot.own_data.files import File, files_of, stem
from bot.own_data.model import NothingKept, Request, RequestGone, What
from bot.own_data.own_data import OwnData
from bot.own_data.telling import asker
from bot.privacy.policy import OPERATOR
from bot.settings import Refusal
from bot.slack.member import Member

SLACK_ID = re.compile(r"^<?@?(?P<id>[UW][A-Z0-9]+)(\|[^>]*)?>?$")

Ask = Callable[[str], str]


def member_of(team_id: str, user: str) -> Member:
    """The person that a Slack user id names; raises Refusal for anything else."""
    found = SLACK_ID.match(user.strip())
    if not found:
        raise Refusal(
            f"{user} is not a Slack user id. It looks like U024BE7LH; in Slack it is in the ⋯ menu "
            "of a person's profile, as Copy member ID."
        )
    return Member(team_id, found["id"])


def the_request(own_data: OwnData, team_id: str, request_id: str, what: What) -> Request:
    """An open request, by the id that `export --requests` prints; raises Refusal."""
    try:
        return own_data.open_request(team_id, request_id, what)
    except RequestGone:
        raise Refusal(
            f"There is no open request {request_id} to {what.value}. "
            "`python -m bot export --requests` shows what is open."
        ) from None


def begin(own_data: OwnData, about: Member, what: What, because: str, now: datetime) -> Request:
    """Records what is about to be done, and why; raises Refusal."""
    try:
        return own_data.begin(about, what, because, now)
    except NothingKept:
        raise _unknown(about) from None


def export(
    own_data: OwnData,
    request: Request,
    into: Path,
    formats: Collection[str],
    now: datetime,
    out: TextIO,
) -> None:
    """Writes the files for a request, for nobody else to read; raises Refusal."""
    files = files_of(own_data.records(OPERATOR, request.about, now), formats)
    for file in files:
        _write(into / file.name, file)
        print(f"{into / file.name}: {file.use}", file=out)
    own_data.finish(request, now)
    if "csv" in formats:
        print(f"In the tables: {DEFUSED}", file=out)
    print(f"Recorded as request {request.id}; the person finds it in their own export.", file=out)


def refuse_to_overwrite(into: Path, about: Member, now: datetime) -> None:
    """Makes the folder, and raises Refusal where files of the same export are in it already."""
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = sorted(into.glob(f"{stem(about, now)}*"))
    except OSError as error:
        raise _unwritable(into, error) from None
    if found:
        raise Refusal(f"{found[0]} is there already. Name another folder; nothing was written.")


def print_readings(own_data: OwnData, request: Request, now: datetime, out: TextIO) -> None:
    """Who read what the person shared, and when; never what was in it."""
    found = own_data.readings(request.about, now)
    for row in [found.columns, *found.rows] if found.rows else []:
        print("  ".join(_plain(value) for value in row), file=out)
    if not found.rows:
        print("Nobody has read anything of theirs.", file=out)
    own_data.finish(request, now)


def print_requests(own_data: OwnData, team_id: str, out: TextIO) -> None:
    """Everything that waits for the operator, and how to do it."""
    waiting = own_data.waiting(team_id)
    for each in waiting:
        asked = f"{each.asked_at:%Y-%m-%d}, by {asker(each)}"
        print(f"{each.id}  {each.what.value} {each.about.user_id}  ({asked})", file=out)
        print(f"          {' '.join(each.reason.split())}", file=out)
    if waiting:
        print("\n`export --request ID --into DIR` or `erase --request ID` does it.", file=out)
    else:
        print("Nothing is open.", file=out)


def about_to_erase(own_data: OwnData, about: Member, now: datetime, out: TextIO) -> None:
    """Prints what an erasure removes, by kind: what there is, and how much, is private.

    Raises Refusal.
    """
    try:
        kinds = own_data.kinds(about, now)
    except NothingKept:
        raise _unknown(about) from None
    print(f"This removes everything that Rung keeps about {about.user_id}, for good:", file=out)
    for title in kinds:
        print(f"  {title}", file=out)
    print("How much of it there is, or whether any, is not told: that is private.", file=out)
    print("Files that were exported, backups, and messages in Slack stay as they are.", file=out)


def confirm(about: Member, ask: Ask | None) -> None:
    """Asks for the user id once more; `ask` is None where nobody can answer. Raises Refusal."""
    if ask is None:
        raise Refusal("Nobody is here to confirm it. Say --yes to erase without a question.")
    if ask(f"Type {about.user_id} to erase them: ").strip() != about.user_id:
        raise Refusal("That is another id. Nothing was erased.")


def erase(own_data: OwnData, request: Request, now: datetime, out: TextIO) -> None:
    """Erases somebody; what is left is that it was done today, without name and reason."""
    own_data.finish(request, now)
    print(f"{request.about.user_id} is erased. That it was done today is kept, no name.", file=out)


def _write(path: Path, file: File) -> None:
    """Makes the file, readable for its owner only; never touches one that is there."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(file.content)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> Refusal:
    return Refusal(f"{path} cannot be written ({error.strerror}). Name another folder.")


def _unknown(about: Member) -> Refusal:
    return Refusal(f"Rung keeps nothing about {about.user_id}. Is that the right user id?")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return "–" if value in (None, "") else str(value)
