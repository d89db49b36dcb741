"""Everything that somebody can open by themselves. Another view is another line in `VIEWS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.privacy.histories.stage import Stage

View = Callable[[Stage, str], None]
"""Lets somebody open something; all that is on their screen then is what they see."""


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


VIEWS: dict[str, View] = {
    "messages": messages,
    "home": home,
    "own level": word(""),
    "search": word("examples quokka"),
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
    return body.decode("utf-8", "replace")


def seen(stage: Stage, user: str, view: View) -> str:
    """All that is there for them once they opened it."""
    view(stage, user)
    stage.settle()
    return f"{stage.shown(user)}\n{files(stage, user)}"
