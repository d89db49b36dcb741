"""Who manages and meets whom, who leaves, and time: through the bot's front doors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.pairs.rhythm import Rhythm
from tests.bench import TRACK
from tests.privacy.histories.acts import pick
from tests.privacy.histories.cast import ADMIN, GUEST
from tests.privacy.histories.model import Meeting, Model
from tests.privacy.histories.stage import Stage

RHYTHM = Rhythm(date(2026, 12, 3), time(14), zone="Europe/Berlin")
LEVEL = "L3"


@dataclass(frozen=True)
class Name:
    """Somebody says who their manager is: that one is asked. Nobody ("") ends it at once."""

    engineer: str
    manager: str

    def __call__(self, stage: Stage, model: Model) -> None:
        if self.manager in (self.engineer, GUEST):
            return
        bot, member = stage.bench.bot, stage.bench.member(self.engineer)
        bot.people.place_myself(member, TRACK, LEVEL, self.manager, bot.now())
        if not self.manager:
            model.manages(self.engineer, "")
        elif model.manager.get(self.engineer) == self.manager:
            if model.asked.get(self.engineer, ("", ""))[1] == self.engineer:
                del model.asked[self.engineer]
        else:
            model.asked[self.engineer] = (self.manager, self.engineer)


@dataclass(frozen=True)
class Propose:
    """A people admin proposes whose manager is whose: the engineer is asked."""

    engineer: str
    manager: str

    def __call__(self, stage: Stage, model: Model) -> None:
        unfit = (self.engineer, GUEST, "", model.manager.get(self.engineer))
        if self.manager in unfit:
            return
        bot, member = stage.bench.bot, stage.bench.member
        bot.people.propose_manager(member(ADMIN), member(self.engineer), self.manager, bot.now())
        model.asked[self.engineer] = (self.manager, ADMIN)


@dataclass(frozen=True)
class AnswerManager:
    """Whoever is asked about the engineer's next manager says yes or no."""

    engineer: str
    yes: bool

    def __call__(self, stage: Stage, model: Model) -> None:
        if self.engineer not in model.asked:
            return
        manager, proposer = model.asked.pop(self.engineer)
        bot, member = stage.bench.bot, stage.bench.member
        engineer, managers = member(self.engineer), bot.people.managers
        if proposer == self.engineer:
            managers.answer(member(manager), engineer, yes=self.yes, now=bot.now())
        else:
            managers.decide(engineer, manager, yes=self.yes, now=bot.now())
        if self.yes:
            model.manages(self.engineer, manager)


@dataclass(frozen=True)
class NewManager:
    """Somebody names their next manager, who says yes: chance seldom puts the two together."""

    engineer: str
    manager: str

    def __call__(self, stage: Stage, model: Model) -> None:
        Name(self.engineer, self.manager)(stage, model)
        if model.asked.get(self.engineer) == (self.manager, self.engineer):
            AnswerManager(self.engineer, yes=True)(stage, model)


@dataclass(frozen=True)
class SetUp:
    """An engineer asks somebody for one-on-ones, or their manager asks them."""

    engineer: str
    partner: str
    by_partner: bool = False

    def __call__(self, stage: Stage, model: Model) -> None:
        together = {(each.engineer, each.partner) for each in model.meetings}
        by_manager = self.by_partner and model.manager.get(self.engineer) == self.partner
        if (self.engineer, self.partner) in together or self.partner in (self.engineer, GUEST, ""):
            return
        bot, member = stage.bench.bot, stage.bench.member
        proposer = self.partner if by_manager else self.engineer
        engineer, partner = member(self.engineer), member(self.partner)
        bot.pairs.propose(member(proposer), engineer, partner, RHYTHM, bot.now())
        model.meets(Meeting(model.began + 1, self.engineer, self.partner, proposer))


@dataclass(frozen=True)
class AnswerMeeting:
    """Whoever was asked to meet says yes or no."""

    which: int
    yes: bool

    def __call__(self, stage: Stage, model: Model) -> None:
        meeting = pick(self.which, [each for each in model.meetings if not each.confirmed])
        if meeting is None:
            return
        bot, pair = stage.bench.bot, pair_of(stage, meeting)
        bot.pairs.answer(stage.bench.member(meeting.asked), pair.id, yes=self.yes, now=bot.now())
        if self.yes:
            model.meets(replace(meeting, confirmed=True))
        else:
            model.ends(meeting.engineer, meeting.partner)


@dataclass(frozen=True)
class EndMeeting:
    """Either side does not want to meet any more."""

    which: int
    by_engineer: bool

    def __call__(self, stage: Stage, model: Model) -> None:
        meeting = pick(self.which, model.meetings)
        if meeting is None:
            return
        bot, pair = stage.bench.bot, pair_of(stage, meeting)
        who = meeting.engineer if self.by_engineer else meeting.partner
        bot.pairs.end(stage.bench.member(who), pair.id, bot.now())
        model.ends(meeting.engineer, meeting.partner)


@dataclass(frozen=True)
class Erase:
    """Somebody erases everything about themselves, and begins anew with nothing."""

    who: str

    def __call__(self, stage: Stage, model: Model) -> None:
        bot, member = stage.bench.bot, stage.bench.member(self.who)
        assert bot.own_data.erase_me(member, stage.canaries.new(), bot.now())
        model.erases(self.who)
        stage.bench.place(self.who, LEVEL)


@dataclass(frozen=True)
class Days:
    """Time goes by: questions, pre-reads, and whatever else the heart brings."""

    days: int

    def __call__(self, stage: Stage, model: Model) -> None:  # noqa: ARG002
        for _ in range(self.days):
            stage.passes(days=1)


def pair_of(stage: Stage, meeting: Meeting) -> Pair:
    """The live pair of the two."""
    found = stage.bench.bot.pairs.of(stage.bench.member(meeting.engineer))
    sides = (meeting.engineer, meeting.partner)
    return next(
        pair
        for pair in found
        if pair.partner and (pair.engineer.user_id, pair.partner.user_id) == sides
    )
