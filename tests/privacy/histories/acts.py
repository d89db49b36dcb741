"""What people do with their examples: through Slack, as they would do it, and said to the model.

An act that nobody could do at that moment does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from playground.local_slack.elements import interactive
from tests.privacy.histories.cast import CLEO
from tests.privacy.histories.model import Example, Model, Words
from tests.privacy.histories.stage import Stage

COMPETENCIES = ("Teaching and Mentoring", "Domain expertise", "Customer Success")
KEEP, BACK = "journal.delete:keep", "journal.delete:back"
ASK_FIRST = "journal.ask_delete"
Thing = TypeVar("Thing")


class Act(Protocol):
    """Anything that can happen."""

    def __call__(self, stage: Stage, model: Model) -> None:
        """Does it, unless it cannot be done."""


def pick(number: int, things: Sequence[Thing]) -> Thing | None:
    """One of them; None where there is none."""
    return things[number % len(things)] if things else None


@dataclass(frozen=True)
class Log:
    """An example with a link, from the form; with a quote it begins at a colleague's message."""

    owner: str
    quote: bool = False

    def __call__(self, stage: Stage, model: Model) -> None:
        text, link, quote = (stage.canaries.new() for _ in range(3))
        known = _ids(stage)
        if self.quote:
            _begin_at_a_message(stage, self.owner, f"They said {quote}.")
        else:
            stage.command(self.owner, "/ladder log")
        fields = {
            "Competency": COMPETENCIES[0],
            "What happened": f"I did {text}.",
            "Link": f"https://example.com/{link}",
        }
        stage.submit(self.owner, fields)
        (new,) = _ids(stage) - known
        quoted = frozenset({quote}) if self.quote else frozenset()
        model.logs(Example(new, self.owner, frozenset({text, link}), quoted))


@dataclass(frozen=True)
class Edit:
    """Other words for an example, no link any more, and perhaps another competency."""

    owner: str
    which: int
    competency: int = 0

    def __call__(self, stage: Stage, model: Model) -> None:
        example = pick(self.which, model.kept(self.owner))
        if example is None:
            return
        text = stage.canaries.new()
        _press_of_example(stage, example, "journal.edit")
        competency = COMPETENCIES[self.competency % len(COMPETENCIES)]
        fields = {"Competency": competency, "What happened": f"I did {text}.", "Link": ""}
        stage.submit(self.owner, fields)
        model.logs(Example(example.id, self.owner, frozenset({text}), example.quote))


@dataclass(frozen=True)
class Delete:
    """An example goes; pages on which it stands stay, or are taken back with it."""

    owner: str
    which: int
    back: bool = False

    def __call__(self, stage: Stage, model: Model) -> None:
        example = pick(self.which, model.kept(self.owner))
        if example is None:
            return
        shared = any(example.id in page.examples for page in model.shared(self.owner))
        _press_of_example(stage, example, ASK_FIRST if shared else "journal.delete")
        if shared:
            stage.press(self.owner, stage.modal(self.owner), BACK if self.back else KEEP)
        model.deletes(example.id, back=shared and self.back)


@dataclass(frozen=True)
class Write:
    """Words written to the bot, about which nothing is decided yet."""

    owner: str

    def __call__(self, stage: Stage, model: Model) -> None:
        word = stage.canaries.new()
        stage.done(stage.slack.write(self.owner, f"I did {word} today and it worked."))
        model.writes(self.owner, word)


@dataclass(frozen=True)
class Share:
    """One or two examples for somebody who is offered, after the preview."""

    owner: str
    reader: int
    which: int
    quotes: bool = False

    def __call__(self, stage: Stage, model: Model) -> None:
        kept = model.kept(self.owner)
        reader = pick(self.reader, model.readers(self.owner))
        if reader is None or not kept:
            return
        chosen = {kept[each % len(kept)].id for each in (self.which, self.which + self.reader)}
        ids = tuple(sorted(chosen))
        stage.command(self.owner, "/ladder share")
        fields: dict[str, Any] = {"Examples": ids, "With whom": reader}
        if any(example.quote for example in kept):
            fields["Quotes"] = ["with"] if self.quotes else []
        stage.submit(self.owner, fields)
        stage.submit(self.owner)
        assert stage.modal(self.owner).title == "Shared"
        model.shares(self.owner, reader, ids, quotes=self.quotes)


@dataclass(frozen=True)
class TakeBack:
    """One of the pages that are open."""

    owner: str
    which: int

    def __call__(self, stage: Stage, model: Model) -> None:
        latest_first = model.shared(self.owner)[::-1]
        page = pick(self.which, latest_first)
        if page is None:
            return
        stage.command(self.owner, "/ladder shared")
        index = latest_first.index(page)
        stage.press(self.owner, stage.modal(self.owner), "Take it back", index)
        assert stage.modal(self.owner).title == "Taken back"
        model.takes_back(page)


def words_of(examples: Sequence[Example]) -> Words:
    """All that stands in them now."""
    return frozenset[str]().union(*(each.text | each.quote for each in examples))


def _ids(stage: Stage) -> set[str]:
    return {str(row["id"]) for row in stage.bench.rows("entries")}


def _begin_at_a_message(stage: Stage, user: str, said: str) -> None:
    message = stage.slack.say(CLEO, "sec-ops", said)
    stage.clear_screen(user)
    stage.done(stage.slack.shortcut(user, "save_as_example", message))
    stage.press(user, stage.modal(user), "journal.quote")


def _press_of_example(stage: Stage, example: Example, action_id: str) -> None:
    """A button below that example in the list of one's own."""
    stage.command(example.owner, "/ladder examples")
    view = stage.modal(example.owner)
    for block, element in interactive(view.blocks):
        if element["action_id"] == action_id and example.id in str(element.get("value")):
            people = stage.slack.people
            stage.done(people.act_on_view(example.owner, view, block, element, None))
            return
    raise AssertionError(f"no {action_id} for {example.id}")
