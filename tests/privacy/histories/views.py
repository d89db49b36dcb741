"""Everything that somebody can open by themselves. Another view is another line in `VIEWS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from bot.one_on_ones.notes.model import NoteNotFound
from bot.one_on_ones.page.model import PageNotFound
from tests.privacy.histories.stage import Stage

View = Callable[[Stage, str], str | None]
"""Lets somebody open something: they see all that is on their screen then, and what it returns."""


def messages(stage: Stage, user: str) -> None:
    """What stands in their messages already; they only look."""
    stage.slack.open_messages_tab(user)


def home(stage: Stage, user: str) -> None:
    """The Home tab, drawn anew."""
    stage.slack.workspace.homes.pop(user, None)
    stage.slack.people.open_app(user, "home")


def word(typed: str) -> View:
    """What `/ladder` answers to a word, or opens."""

    def opened(stage: Stage, user: str) -> None:
        stage.command(user, f"/ladder {typed}".strip())

    return opened


def pages(stage: Stage, user: str) -> str:
    """Whatever the pages of one-on-ones give to somebody who knows the id of each of them."""
    door, member, now = stage.bench.bot.pages, stage.bench.member(user), stage.bench.bot.now()
    found: list[object] = [door.of(member, now), door.promises_of(member, now)]
    for pair in stage.bench.rows("pairs"):
        for ask in (door.page, door.note):
            with suppress(PageNotFound):
                found.append(ask(member, pair["id"], now))
        with suppress(PageNotFound):
            found.append(door.history(member, pair["id"], 0, now))
    return repr(found)


def notes(stage: Stage, user: str) -> str:
    """Their own notes of one-on-ones that ended, and whatever an id of another gives."""
    door, member, now = stage.bench.bot.history, stage.bench.member(user), stage.bench.bot.now()
    found: list[object] = [door.noted(member, now)]
    for pair in stage.bench.rows("pairs"):
        with suppress(NoteNotFound):
            found.append(door.note(member, pair["id"], now))
    return repr(found)


VIEWS: dict[str, View] = {
    "messages": messages,
    "home": home,
    "own level": word(""),
    "search": word("examples quokka"),
    "pages": pages,
    "notes": notes,
}


def views(stage: Stage) -> Iterator[tuple[str, View]]:
    """Those above, and the words that capabilities of the bot own: a new one by itself."""
    yield from VIEWS.items()
    yield from ((owned, word(owned)) for owned in stage.words)


def files(stage: Stage, user: str) -> str:
    """What is in the files that stand in their messages."""
    found = stage.slack.files(user)
    return "\n".join(f"{name} {title} {_text(body)}" for name, title, body in found)


def _text(body: bytes) -> str:
    if not is_zipfile(BytesIO(body)):
        return body.decode("utf-8", "replace")
    with ZipFile(BytesIO(body)) as packed:
        return "\n".join(_text(packed.read(name)) for name in packed.namelist())


def seen(stage: Stage, user: str, view: View) -> str:
    """All that is there for them once they opened it."""
    more = view(stage, user) or ""
    stage.settle()
    return f"{more}\n{stage.shown(user)}\n{files(stage, user)}"
