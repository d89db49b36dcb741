"""What those who meet write on their page: agenda, promises, what they agreed, own notes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tests.privacy.histories.acts import pick
from tests.privacy.histories.acts_of_people import pair_of
from tests.privacy.histories.model import Line, Meeting, Model
from tests.privacy.histories.stage import Stage


class What(StrEnum):
    """The kinds of lines."""

    AGENDA = "agenda"
    OWN_PROMISE = "a promise"
    THEIR_PROMISE = "a promise of the other side"
    AGREED = "what was agreed in the latest talk"
    NOTE = "a note to oneself"


@dataclass(frozen=True)
class OnPage:
    """One of both sides writes something; a note is nobody else's to see."""

    which: int
    by_partner: bool
    what: What

    def __call__(self, stage: Stage, model: Model) -> None:
        runs = [each for each in model.meetings if each.confirmed or _by_engineer(each)]
        meeting = pick(self.which, runs)
        if meeting is None:
            return
        author = meeting.sides[-1] if self.by_partner else meeting.engineer
        word = stage.canaries.new()
        if not self._write(stage, meeting, author, word):
            return
        if self.what is What.NOTE:
            model.writes(author, word)
            return
        lasts = self.what is What.AGREED
        model.adds(Line(meeting, author, frozenset({word}), lasts))
        if self.what is What.THEIR_PROMISE:
            model.writes(_other(meeting, author), word)

    def _write(self, stage: Stage, meeting: Meeting, author: str, word: str) -> bool:
        """Gives whether it could be written: before the first talk nothing is agreed."""
        door, pair = stage.bench.bot.pages, pair_of(stage, meeting)
        member, now = stage.bench.member(author), stage.bench.bot.now()
        text = f"We {word}."
        match self.what:
            case What.AGENDA:
                door.add_agenda(member, pair.id, text, word, now)
            case What.NOTE:
                door.write_note(member, pair.id, text, word, now)
            case What.AGREED:
                last = door.page(member, pair.id, now).last
                if last is None:
                    return False
                door.agree(member, last.id, text, word, now)
            case _:
                own = self.what is What.OWN_PROMISE
                owner = author if own else _other(meeting, author)
                door.promise(member, pair.id, stage.bench.member(owner), text, None, word, now)
        return True


def _by_engineer(meeting: Meeting) -> bool:
    """The engineer prepares while the other side has not answered."""
    return meeting.proposer == meeting.engineer


def _other(meeting: Meeting, author: str) -> str:
    """The other side, or oneself as long as there is none."""
    return next((each for each in meeting.sides if each != author), author)
