"""Who sees what, in words; the files of an export; the forms to erase and to ask; as Block Kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.own_data.files import File
from bot.own_data.model import REASON_CHARS, WORD, Request, What
from bot.own_data.telling import OPERATOR_WORDS, asker
from bot.privacy.wording import groups
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    field,
    message,
    modal,
    option,
    paragraphs,
    section,
    select,
    text_input,
    user_select,
)
from bot.slack.state import pack
from bot.slack.text import bullets, clip, escape, show_instant

LATEST = 5
ROOT = (
    "Rung checks this table on every press. What no table can change: whoever has the machine, "
    "the database and its key can read everything that Rung keeps, as with any software that a "
    "company runs itself. What you write is encrypted in the database, so a copy without the key "
    "is of no use."
)
SLACK_KEEPS = (
    "*What Slack keeps.* Messages, also what you write to me and what I send you, lie in Slack "
    "under your workspace's own rules. Text in a form like *Log an example* goes to Rung alone, "
    "but shared pages, pre-reads and exports are messages and files in Slack."
)
FILES_STAY = "They stay in Slack until you delete them: save them, then press *Delete these files*."
WHATS = {What.EXPORT: "Export everything", What.ERASE: "Erase everything"}
STAYS = (
    "your messages with me in Slack, which you can delete there",
    "an export that you or somebody else made earlier",
    "backups of the database, until whoever runs Rung replaces them",
    "a line that somebody was erased today, without a name",
)


class Act(StrEnum):
    """The ids that blocks and listeners share."""

    OPEN = "own_data.open"
    EXPORT = "own_data.export"
    DROP_FILES = "own_data.drop_files"
    ERASE = "own_data.erase"
    ERASED = "own_data.erased"
    ASK = "own_data.ask"
    ASKED = "own_data.asked"


class Field(StrEnum):
    """The fields of the forms."""

    WORD = "word"
    PERSON = "person"
    WHAT = "what"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class FilesRef:
    """What the button that deletes an export's files carries: Slack's ids, with spaces."""

    files: str


def privacy_button() -> Block:
    """The button that opens the page about privacy."""
    return button("Privacy", Act.OPEN)


def privacy(asked: Sequence[Request], ways: Sequence[Block], *, may_ask: bool) -> View:
    """Who sees what, what was asked for about the person, and what they can do.

    `ways` are buttons of other capabilities, such as the list of who read what.
    """
    own = [
        *ways,
        button("Export everything", Act.EXPORT),
        button("Erase everything about me", Act.ERASE, style="danger"),
    ]
    asking = [button("Ask for an export or erasure", Act.ASK)] if may_ask else []
    return modal(
        "Privacy",
        [
            section("*Nothing that you write leaves your side until you press Share.*"),
            actions(*own, *asking),
            *_asked(asked),
            divider(),
            *(block for title, said in groups().items() for block in _group(title, said)),
            divider(),
            *paragraphs([ROOT]),
            *paragraphs([SLACK_KEEPS]),
            context("Text in full: PRIVACY.md, which whoever runs Rung has."),
        ],
    )


def on_the_way() -> Message:
    """The answer to somebody who asked for their export."""
    return message(ON_THE_WAY)


ON_THE_WAY = "I am putting it together. The files arrive in your messages with me."


def files_words(files: Iterable[File], note: str) -> str:
    """What stands above the files."""
    said = "\n".join(f"• `{file.name}`: {file.use}" for file in files)
    return f"Everything that Rung keeps about you:\n{said}\n_{note}_"


def files_sent(file_ids: Sequence[str]) -> Message:
    """What stands below the files."""
    ref = pack(FilesRef(" ".join(file_ids)))
    return message(
        f"The files are yours. {FILES_STAY}",
        [
            section(f"The files are yours. {FILES_STAY}"),
            actions(button("Delete these files", Act.DROP_FILES, ref)),
        ],
    )


def files_dropped(number: int) -> Message:
    """What stands in the place of the button once it was pressed."""
    if not number:
        return message("Those files are not in Slack any more.")
    return message("Deleted: the files of that export are not in Slack any more.")


def erase(counts: Sequence[tuple[str, int]]) -> View:
    """The form that says what goes and what stays, and asks for a word."""
    goes = [f"{title}: {number}" for title, number in counts]
    return modal(
        "Erase everything",
        [
            *paragraphs(["*This goes, for good:*", *bullets(goes)]),
            section(
                "Pages that you shared are taken back: what I sent of them is closed, and nobody "
                "can open them any more."
            ),
            *paragraphs(["*This stays:*", *bullets(STAYS)]),
            context("Afterwards Rung does not know you. You can begin anew with `/ladder start`."),
            field(
                Field.WORD,
                f"Type {WORD} to go on",
                text_input("write", placeholder=WORD),
                hint="There is no way back. An export first keeps a copy for you.",
            ),
        ],
        callback_id=Act.ERASED,
        submit="Erase",
        close="Cancel",
    )


def nothing_kept() -> str:
    """For somebody of whom nothing is known."""
    return "Rung keeps nothing about you, so there is nothing to export or to erase."


def erasing() -> View:
    """What stands in the place of the form."""
    said = "I am erasing everything about you. I tell you in our messages when it is done."
    return modal("Erasing", [section(said)], close="Done")


def erased() -> Message:
    """What the person hears afterwards."""
    return message(
        "Done: everything about you is erased from Rung, and I do not know you any more. What we "
        "wrote here is in Slack, where you can delete it. To begin anew: `/ladder start`."
    )


def ask() -> View:
    """A people admin's form: whose data, what, and why."""
    options = [option(text, what.value) for what, text in WHATS.items()]
    return modal(
        "Export or erase",
        [
            section(
                f"This asks {OPERATOR_WORDS} to do it. You get to see nothing of it here. The "
                "person is told at once that you asked, for what, and why."
            ),
            field(Field.PERSON, "About whom", user_select("choose")),
            field(Field.WHAT, "What", select("choose", options)),
            field(
                Field.REASON,
                "Why",
                text_input("write", multiline=True),
                hint=f"The person reads this. At most {REASON_CHARS:,} characters.",
            ),
        ],
        callback_id=Act.ASKED,
        submit="Ask",
        close="Cancel",
    )


def was_asked(person: str, what: What) -> View:
    """What stands in the place of the form; `person` is a mention."""
    said = (
        f"Recorded: *{WHATS[what].lower()}* about {person}. They are told that you asked. Whoever "
        "runs Rung finds it with `python -m bot export --requests`."
    )
    return modal("Asked", [section(said)], close="Done")


def news(request: Request) -> Message:
    """What the person hears whose data was asked for."""
    what = {What.EXPORT: "export", What.ERASE: "erase"}.get(request.what, "look at")
    return message(
        f"Somebody asked to {what} what Rung keeps about you.",
        [
            section(
                f"{_mention(request)} asked {OPERATOR_WORDS} to *{what} everything that Rung keeps "
                "about you*. Nothing has been done yet, and they see nothing of it in Rung."
            ),
            *paragraphs(["*Their reason:*", escape(request.reason)]),
            context("If this is a surprise, talk to them, or to whoever runs Rung."),
            actions(privacy_button()),
        ],
    )


def _group(title: str, said: Iterable[str]) -> list[Block]:
    return paragraphs([f"*{title}*", *bullets(said)])


def _asked(requests: Sequence[Request]) -> list[Block]:
    """What others asked for about the person, the latest first."""
    latest = list(reversed(requests))[:LATEST]
    if not latest:
        return [context("Nobody has asked for an export or an erasure of your data.")]
    return paragraphs(["*What others asked for about you*", *(_request(one) for one in latest)])


def _request(request: Request) -> str:
    done = f", done {show_instant(request.done_at)}" if request.done_at else ", not done yet"
    return (
        f"• {show_instant(request.asked_at)}: {request.what.value} by {_mention(request)}{done}. "
        f"Reason: {escape(clip(request.reason, 150))}"
    )


def _mention(request: Request) -> str:
    known = request.asked_by and request.asked_by.user_id
    return request.asked_by.mention if request.asked_by and known else asker(request)
