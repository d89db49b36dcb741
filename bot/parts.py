"""The parts of the bot, chosen and joined to each other; nothing listens to Slack yet."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from slack_sdk import WebClient

from bot import VERSION
from bot.clock import clock_of
from bot.coverage.coverage import Coverages
from bot.delivery.desk import Desk, patience_of
from bot.delivery.post_office import PostOffice
from bot.journal.advice import Advice
from bot.journal.drafts.drafts import Drafts
from bot.journal.evidence import Evidence
from bot.journal.journal import Journal
from bot.journal.marks import Marks
from bot.ladder.alarm import Alarm
from bot.ladder.living import LivingLadder
from bot.ladder.model import Ladder
from bot.logs import happened
from bot.metrics import Metrics
from bot.nudges.nudges import Nudges
from bot.nudges.turns import Turns
from bot.one_on_ones.calendars.calendars import Calendars
from bot.one_on_ones.history.history import History
from bot.one_on_ones.notes.notes import Notes
from bot.one_on_ones.page.pages import Pages
from bot.one_on_ones.pairs.pairs import Pairs
from bot.one_on_ones.preread.preread import PreReads
from bot.one_on_ones.reminding.closing import Closing
from bot.one_on_ones.reminding.ending import Ending
from bot.one_on_ones.reminding.following import Following
from bot.one_on_ones.reminding.preparing import Preparing
from bot.one_on_ones.reminding.reminders import Reminders
from bot.one_on_ones.reminding.wrapping_up import WrappingUp
from bot.own_data.own_data import OwnData
from bot.people.accounts import Accounts
from bot.people.directory import account_of
from bot.people.door import Door
from bot.people.people import People
from bot.people.standings import Standings
from bot.privacy.policy import Account, Ties
from bot.sentences import SENTENCES
from bot.settings import GUESTS_READ, Settings
from bot.sharing.blocks import fits, page_count
from bot.sharing.model import Circle, Drawing
from bot.sharing.sharing import Sharing
from bot.slack.blocks import Message
from bot.slack.client import Identity, web_client
from bot.slack.errors import ErrorMap
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.profiles import UNANSWERED, Profile, Profiles
from bot.slack.turn import say
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, DatabaseError, Transaction

log = logging.getLogger(__name__)

BEFORE_AN_ANSWER_SECONDS = 2
REACTIONS = "reactions:read"
FILES = "files:read"


class Parts:
    """Every capability, each once, with what it needs of the others."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        keys: KeyRing,
        living: LivingLadder,
        client: WebClient,
        identity: Identity,
    ) -> None:
        """Joins parts that are ready to be used; nothing runs yet."""
        self.settings = settings
        self.database = database
        self.living = living
        self.identity = identity
        self.client = client
        self.now = clock_of(settings.clock_file)
        self.profiles = Profiles(client, identity.team_id)
        quick = web_client(settings.bot_token, settings.api_url, BEFORE_AN_ANSWER_SECONDS)
        self._quick_profiles = Profiles(quick, identity.team_id)
        self._admins = {Member(identity.team_id, user_id) for user_id in settings.admins}
        self.accounts = Accounts(database, self._quick_profiles, self._admins, self.now)
        self.standings = Standings(database, identity.team_id)
        self._join_capabilities(keys)
        self.front = Front(
            client,
            identity,
            settings.signing_secret,
            ErrorMap(SENTENCES),
            self._door().refuse,
            self.metrics.answered,
        )

    def _door(self) -> Door:
        return Door(
            self.accounts,
            self.standings.stands,
            self.identity.team_id,
            self.now,
            open_to_guests=self.settings.guests == GUESTS_READ,
        )

    def only_reads(self, member: Member) -> bool:
        """A guest, where guests may read the ladder; elsewhere only members get so far."""
        open_to_guests = self.settings.guests == GUESTS_READ
        return open_to_guests and self.accounts.account(member) is Account.GUEST

    def is_member(self, member: Member) -> bool:
        """Whether the door lets them in: not a guest, a stranger, a bot, or who has left."""
        return self.accounts.account(member) is Account.MEMBER

    def _join_capabilities(self, keys: KeyRing) -> None:
        database, ladder, actor = self.database, self.serving, self.accounts.actor
        team_id = self.identity.team_id
        self.desk = Desk(database, self.client, team_id, patience_of(self.settings))
        office = self.post_office = PostOffice(self.desk)
        metrics = Metrics(VERSION, self.now, office.queue, lambda: not self.problems())
        self.metrics = metrics
        office.watch(metrics.ended)
        office.watch_pauses(metrics.paused)
        people = self.people = People(database, self._quick_profiles, office, actor)
        self.accounts.when_told(people.follow)
        people.after_placing(self.standings.catch_up)
        journal = self.journal = Journal(database, keys, ladder, actor)
        self.advice = Advice(journal, ladder)
        self.drafts = Drafts(database, keys, office)
        self.marks = Marks(database, office)
        self.nudges = Nudges(
            database, office, people, journal, ladder, team_id, self.settings.spread_seconds
        )
        self.pairs = Pairs(database, office, people, actor, team_id)
        people.when_placed(self.pairs.keep_up)  # a pair is held before a schedule of nudges
        people.when_placed(self.nudges.keep_up)
        self._join_coverage()
        self._join_sharing(keys)
        self._join_one_on_ones(keys)
        self._join_reminding()
        self._join_calendars(keys)
        self._join_own_data(keys)
        self.alarm = Alarm(self.living, database, office, self._admins)

    def _join_one_on_ones(self, keys: KeyRing) -> None:
        pairs, nudges = self.pairs, self.nudges
        actor, team_id = self.accounts.actor, self.identity.team_id
        self.pages = Pages(self.database, keys, pairs, self.ties, actor, team_id)
        pairs.when_over(self.pages.took_place)
        self.pre_reads = PreReads(
            self.database, Evidence(keys), self.serving, actor, nudges.focus_in, self.post_office
        )
        self.pre_reads.told_of_promises(self.pages.between)
        pairs.when_near(self.pre_reads.comes_near)
        own_notes = Notes(self.database, keys, actor)
        self.history = History(self.pages, own_notes, self.sharing, self.people)
        nudges.told_of_meetings(pairs.meeting_after)
        pairs.when_changed(nudges.meeting_changed)
        self.people.when_manager_changed(pairs.when_manager_changed)
        self.accounts.when_told(self._end_pairs_of_who_left)

    def _join_reminding(self) -> None:
        """After the pages: a wrap-up needs the talk that they make of a meeting."""
        database, office, people = self.database, self.post_office, self.people
        pairs, pages = self.pairs, self.pages
        self.closing = Closing(pages)
        self.preparing = Preparing(database, office, people, pages, self.sharing)
        pairs.when_near(self.preparing.comes_near)
        self.wrapping_up = WrappingUp(database, office, people, pages)
        pairs.when_over(self.wrapping_up.is_over)
        self.following = Following(self.client, office, self.wrapping_up, self.now)
        pages.after_changes(self.following.changed)
        pairs.when_ended(Ending(office).ended)
        turns, team_id = Turns(pairs.talk_after), self.identity.team_id
        self.reminders = Reminders(database, office, people, pairs, pages, turns, team_id)
        pages.when_promised(self.reminders.promised)

    def _join_calendars(self, keys: KeyRing) -> None:
        self.calendars = Calendars(
            self.database, keys, self.post_office, self.pairs, self.people, self.identity.team_id
        )
        self.pairs.told_of_calendars(self.calendars.meetings_of)
        self.pairs.when_ended(self.calendars.ended)

    def _end_pairs_of_who_left(self, member: Member, profile: Profile, now: datetime) -> None:
        if account_of(profile) is not Account.MEMBER:
            self.pairs.left(member, now)

    def ties(self, tx: Transaction, member: Member) -> Ties:
        """The managers and leads around somebody, as a transaction at work sees them."""
        return replace(self.people.ties_in(tx, member), leads=self.pairs.leads_of(tx, member))

    def _join_coverage(self) -> None:
        self.coverages = Coverages(self.database, self.people, self.journal, self.serving)

    def _join_sharing(self, keys: KeyRing) -> None:
        self.sharing = Sharing(
            self.database,
            keys,
            self.post_office,
            self.people,
            Circle(self.accounts.actor, self.ties, self.pairs.led_by),
            self.journal,
            self.serving,
            Drawing(fits, page_count),
        )
        self.people.when_manager_changed(self.sharing.when_manager_changed)
        self.pairs.when_ended(self.sharing.when_pair_ended)
        self.journal.joined_by(self.sharing)

    def _join_own_data(self, keys: KeyRing) -> None:
        """Every capability with a row about somebody is among the keepers."""
        keepers = (
            self.journal,
            self.drafts,
            self.coverages,
            self.sharing,
            self.reminders,
            self.calendars,
            self.pages,
            self.pairs,
            self.nudges,
            self.people,
            self.post_office,
        )
        actor = self.accounts.actor
        self.own_data = OwnData(self.database, keys, self.post_office, keepers, actor)
        self.own_data.when_erasing(self.pairs.hold_all)
        self.own_data.when_erasing(self.post_office.hold_about)
        self.own_data.when_erasing(self.reminders.hold)
        self.own_data.when_erasing(self.sharing.when_manager_erased)
        self.own_data.when_erasing(self.pairs.when_erased)
        self.own_data.after_erasing(lambda _now: self.standings.catch_up())
        self.own_data.after_erasing(self.post_office.send_due)

    @property
    def reaction(self) -> str:
        """The emoji that marks a message; empty where Slack does not tell us of reactions."""
        return self.settings.reaction if REACTIONS in self.identity.scopes else ""

    def name_of(self, member: Member) -> str:
        """What Slack says that somebody is called; without an answer their id."""
        profile = None
        with suppress(*UNANSWERED):
            profile = self.profiles.by_id(member.user_id)
        return profile.name if profile and profile.name else member.user_id

    @property
    def takes_files(self) -> bool:
        """Whether Slack lets us read a file that somebody puts into a form."""
        return FILES in self.identity.scopes

    def tell(self, member: Member, words: Message) -> None:
        try:
            say(self.client, member.user_id, words)
        except UNANSWERED as error:
            log.warning(happened("person_not_told", error=type(error).__name__))

    @property
    def ladder(self) -> Ladder:
        """The ladder in service at this moment."""
        return self.living.ladder

    def serving(self) -> Ladder:
        """The same, for parts that ask each time."""
        return self.living.ladder

    def problems(self) -> Mapping[str, str]:
        """What is not ready, by part; empty while all is well."""
        try:
            self.database.ping()
        except DatabaseError as error:
            return {"database": str(error)}
        return {}
