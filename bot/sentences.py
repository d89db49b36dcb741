"""What people read when something cannot be done: one sentence for each type of error."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.model import StillSending
from bot.journal.drafts.model import DraftGone
from bot.journal.model import DraftRefused, EntryChanged, EntryNotFound
from bot.nudges.model import NudgeNotFound
from bot.one_on_ones.calendars.model import CalendarForgotten, CalendarProblem
from bot.one_on_ones.notes.model import NoteNotFound
from bot.one_on_ones.page.model import (
    AgreedInIt,
    ClosedMeanwhile,
    PageFull,
    PageNotFound,
    TextRefused,
)
from bot.one_on_ones.pairs.model import PairExists, PairNotFound, PartnerRefused
from bot.one_on_ones.preread.model import PreReadNotFound
from bot.own_data.model import Denied
from bot.people.model import NotPlaced, ProposalGone
from bot.sharing.model import NoReader, NothingToShare, ShareNotFound
from bot.slack.errors import Sentence
from bot.slack.upload import UploadBroken
from bot.storage.crypto import KeyMissing, SealError
from bot.storage.database import DatabaseBusy

BUSY = "Rung is busy for a moment, and nothing is lost. Please try once more."

LOCKED = (
    "This text is locked, and Rung does not have its key at the moment. Nothing is lost: please "
    "ask whoever runs Rung to put the key back from the backup. The log names the key."
)
CHANGED = (
    "This text does not open, because it was moved or changed outside of Rung. Please ask whoever "
    "runs Rung: a backup of the database may still have it as it was."
)

SENTENCES: Mapping[type[Exception], Sentence] = {
    DatabaseBusy: lambda _: BUSY,
    KeyMissing: lambda _: LOCKED,
    SealError: lambda _: CHANGED,
    DraftRefused: lambda refusal: " ".join(refusal.problems.values()),
    DraftGone: lambda _: (
        "I do not have that message any more: it was decided about, or a week has passed. Write it "
        "once more, or use `/ladder log`."
    ),
    EntryChanged: lambda _: (
        "That example was changed or shared since, so nothing was undone. "
        "`/ladder examples` shows how it stands."
    ),
    PreReadNotFound: lambda _: "There is nothing to read there. `/ladder 1on1` shows yours.",
    EntryNotFound: lambda _: "That example is not there any more. `/ladder examples` shows yours.",
    NudgeNotFound: lambda _: "That question is not open any more. `/ladder log` always works.",
    NotPlaced: lambda _: "First tell me where you stand: `/ladder start` opens a short form.",
    PairNotFound: lambda _: (
        "That one-on-one is not as it was, so nothing changed. "
        "`/ladder one-on-ones` shows how it stands."
    ),
    PairExists: lambda _: (
        "There is one already, or one of you is asked to confirm it: `/ladder one-on-ones`."
    ),
    PartnerRefused: lambda refusal: str(refusal),
    ProposalGone: lambda _: "That question is settled already, so nothing changed.",
    NoReader: lambda _: (
        "Nobody is confirmed as your manager yet, so nothing can be shared. "
        "`/ladder settings` shows how it stands."
    ),
    NoteNotFound: lambda _: (
        "There is no note of yours. `/ladder history` lists those that you kept."
    ),
    PageNotFound: lambda _: "That is not there, or not any more. `/ladder page` shows what is.",
    PageFull: lambda refusal: str(refusal),
    TextRefused: lambda refusal: str(refusal),
    ClosedMeanwhile: lambda _: (
        "That promise was closed meanwhile, so nothing changed. `/ladder page` shows how it stands."
    ),
    AgreedInIt: lambda _: (
        "What you agreed in that one-on-one is written down, so nothing changed. If you did not "
        "meet, empty *What we agreed* first."
    ),
    Denied: lambda _: (
        "This button belongs to an older message. Type `/ladder` to go on from there."
    ),
    StillSending: lambda _: (
        "A page of yours is on its way to somebody at this moment, so nothing was erased yet. "
        "Please try again in some minutes."
    ),
    UploadBroken: lambda _: "Slack did not take the files. Please try again in a minute.",
    ShareNotFound: lambda _: (
        "That page is not there, or not any more. `/ladder shared` shows what is."
    ),
    CalendarProblem: lambda problem: problem.trouble.sentence,
    CalendarForgotten: lambda _: (
        "I do not have that calendar at hand any more: I hold it for half an hour only. Please "
        "give it to me once more."
    ),
    NothingToShare: lambda _: "There is nothing to share from that time any more.",
}
