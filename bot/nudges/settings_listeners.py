"""Slack in, one's own schedule changed by a form, by words or by a button, what comes next out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.ladder.asking.answers import AcrossLevels, CompetencyAnswer, Standing
from bot.ladder.asking.lookup import answer
from bot.ladder.model import Competency, Ladder
from bot.nudges import blocks
from bot.nudges.blocks import Act, BackRef, Field, SlotRef, Surroundings
from bot.nudges.form import manners_in, problems
from bot.nudges.model import MOST_FOCUS
from bot.nudges.nudges import Nudges
from bot.nudges.when.country import known_country
from bot.nudges.when.said import Misheard, hear
from bot.people.model import Person
from bot.people.people import People
from bot.people.standing import expected_of
from bot.slack.acks import Errors
from bot.slack.blocks import Message, View
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.state import unpack
from bot.slack.text import escape
from bot.slack.turn import Turn

NEXT = {"next", "when", "status"}
HELP = {"help", "?"}
NO_FOCUS = {"none", "nothing", "off", "clear"}


class NudgeSettingsListeners:
    """What people decide about when and about what they are asked."""

    def __init__(
        self,
        nudges: Nudges,
        people: People,
        ladder: Callable[[], Ladder],
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the bot's clock, in UTC."""
        self._nudges = nudges
        self._people = people
        self._ladder = ladder
        self._now = now

    def register(self, front: Front) -> None:
        """Takes the word, the form, and the buttons around it."""
        front.words(["nudges", "nudge"], later=self.by_word)
        front.button(Act.SETTINGS, self.open_settings)
        front.button(Act.BRING_BACK, self.bring_back)
        front.button(Act.SKIP, self.skip)
        front.form(Act.SAVE, self.save)

    def by_word(self, turn: Turn) -> None:
        """`/ladder nudges` opens the form; with more words, they are what to change."""
        words = turn.text.split(maxsplit=1)[1:]
        if words:
            turn.reply(self.said(turn.member, words[0]))
        else:
            self.open_settings(turn)

    def said(self, member: Member, words: str) -> Message:
        """Does what the words say, and says what comes next; raises NotPlaced."""
        person = self._people.get(member)
        first, _, rest = words.strip().partition(" ")
        if first.casefold() == "focus":
            return self._focus(person, rest)
        if words.strip().casefold() in NEXT:
            return self._told(member, "This is how it stands.")
        if words.strip().casefold() in HELP:
            return blocks.misheard("You can say when I may ask, and about what.")
        before = self._nudges.coming(member, self._now())
        manners, slot = before.schedule.manners, before.outlook.slot
        here = self._now().astimezone(person.tz)
        heard = hear(
            words,
            manners,
            here.date(),
            known_country=known_country,
            next_slot=slot.day if slot else None,
            clock=here.time(),
        )
        if isinstance(heard, Misheard):
            return blocks.misheard(escape(heard.sentence))
        self._nudges.change(member, heard.manners, self._now())
        return self._told(member, blocks.change_words(manners, heard.manners))

    def open_settings(self, turn: Turn) -> None:
        """The form for one's own schedule; raises NotPlaced, since it needs a time zone."""
        turn.open(self._form(turn.member))

    def save(self, turn: Turn) -> View | Errors:
        """The form was submitted."""
        member, now = turn.member, self._now()
        today = self._today(self._people.get(member))
        manners = manners_in(turn, self._nudges.schedule(member).manners, today)
        if found := problems(turn, manners, today):
            return Errors(found)
        self._nudges.focus_on(member, turn.answers(Field.FOCUS), now)
        self._nudges.change(member, manners, now)
        return blocks.settings_saved(self._nudges.coming(member, now))

    def bring_back(self, turn: Turn) -> None:
        """The button that brings back what was set aside, in a message or in the form."""
        competency_id = unpack(BackRef, turn.value).competency
        self._nudges.bring_back(turn.member, competency_id, self._now())
        if turn.view:
            turn.refresh(self._form(turn.member))
        else:
            coming = self._nudges.coming(turn.member, self._now())
            turn.replace(blocks.brought_back(self._ladder().current(competency_id), coming))

    def skip(self, turn: Turn) -> None:
        """The button "Skip this one": that one alone, however often it is pressed."""
        member, day = turn.member, unpack(SlotRef, turn.value).day
        coming = self._nudges.coming(member, self._now())
        slot, before = coming.outlook.slot, coming.schedule.manners
        if slot is None or slot.day.isoformat() != day:
            turn.replace(self._told(member, "That one is not next any more."))
            return
        after = replace(before, skipped=slot.day)
        self._nudges.change(member, after, self._now())
        turn.replace(self._told(member, blocks.change_words(before, after)))

    def _focus(self, person: Person, typed: str) -> Message:
        member, wanted = person.member, [each for each in _parts(typed) if each]
        if not wanted:
            return blocks.misheard("Say what to focus on, as in `/ladder nudges focus mentoring`.")
        if [each.casefold() for each in wanted] in [[each] for each in NO_FOCUS]:
            self._nudges.focus_on(member, [], self._now())
            return self._told(member, "✅ No focus: everything has its turn.")
        found = {each: self._called(person, each) for each in wanted}
        if lost := [each for each, competency in found.items() if competency is None]:
            return blocks.misheard(f"Your level has nothing called “{escape(lost[0])}”.")
        chosen = {each.id: each.label for each in found.values() if each}
        if len(chosen) > MOST_FOCUS:
            return blocks.misheard("Three at most, please: a focus on everything is none.")
        self._nudges.focus_on(member, chosen, self._now())
        return self._told(member, f"✅ *Focus:* {escape(', '.join(chosen.values()))}.")

    def _called(self, person: Person, words: str) -> Competency | None:
        """The competency of the person's level that the words name, typing errors forgiven."""
        ladder = self._ladder()
        match answer(ladder, Standing(person.track_id, person.level_id), words):
            case CompetencyAnswer(expectation=expectation):
                found: Competency | None = expectation.competency
            case AcrossLevels(competency=competency):
                found = competency
            case _:
                found = None
        return found if found and found.id in {c.id for c in expected_of(person, ladder)} else None

    def _told(self, member: Member, sentence: str) -> Message:
        return blocks.told(sentence, self._nudges.coming(member, self._now()))

    def _form(self, member: Member) -> View:
        person, ladder = self._people.get(member), self._ladder()
        around = Surroundings(
            zone=person.zone,
            today=self._today(person),
            expected=expected_of(person, ladder),
            everything=ladder.competencies,
        )
        return blocks.settings(self._nudges.coming(member, self._now()), around)

    def _today(self, person: Person) -> date:
        return self._now().astimezone(person.tz).date()


def _parts(typed: str) -> list[str]:
    """Names between commas, or with an "and" before the last."""
    return [each.strip() for each in typed.replace(" and ", ",").split(",")]
