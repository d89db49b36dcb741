"""The one place where parts are chosen and joined."""

from __future__ import annotations

import gc
import logging
import zoneinfo
from collections.abc import Mapping
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.clock import moved_by, wall
from bot.delivery.model import State
from bot.delivery.post_office import PostOffice
from bot.heartbeat import start_heartbeat
from bot.home.blocks import settings_menu_button
from bot.home.listeners import HomeListeners
from bot.journal.advice import Advice
from bot.journal.blocks import log_button
from bot.journal.drafts.drafts import Drafts
from bot.journal.drafts.model import KIND as DRAFT
from bot.journal.forms import Forms
from bot.journal.journal import Journal
from bot.journal.listeners import JournalListeners
from bot.journal.marks import KIND as MARKED
from bot.journal.marks import Marks
from bot.journal.model import Entry
from bot.journal.own_listeners import OwnExamplesListeners
from bot.journal.reaction_listeners import ReactionListeners
from bot.journal.saving_listeners import SavingListeners
from bot.journal.written_listeners import WrittenListeners
from bot.ladder.alarm import Alarm
from bot.ladder.files.loading import read
from bot.ladder.listeners import LadderListeners
from bot.ladder.living import LOOK_SECONDS, LivingLadder
from bot.ladder.model import Ladder, Problem
from bot.logs import set_up_logging
from bot.nudges.listeners import NudgeListeners
from bot.nudges.model import KIND as NUDGE
from bot.nudges.nudges import Nudges
from bot.nudges.settings_listeners import NudgeSettingsListeners
from bot.nudges.thread_listeners import ThreadListeners
from bot.one_on_ones.blocks import open_button, set_up_button
from bot.one_on_ones.listeners import OneOnOneListeners
from bot.one_on_ones.model import PRE_READ
from bot.one_on_ones.one_on_ones import OneOnOnes
from bot.own_data.listeners import OwnDataListeners
from bot.own_data.own_data import KIND as DATA_REQUEST
from bot.own_data.own_data import OwnData
from bot.people.accounts import Accounts
from bot.people.blocks import first_step
from bot.people.door import Door
from bot.people.listeners import PeopleListeners
from bot.people.managers import NEWS, QUESTION, TO_ENGINEER
from bot.people.people import People
from bot.people.standings import CATCH_UP_SECONDS, Standings
from bot.privacy.policy import Account
from bot.sentences import SENTENCES
from bot.settings import GUESTS_READ, Refusal, Settings, load_settings
from bot.sharing.blocks import fits, page_count, start_button
from bot.sharing.blocks import list_button as shared_button
from bot.sharing.listeners import SharingListeners
from bot.sharing.model import SHARED, Circle, Drawing
from bot.sharing.sharing import Sharing
from bot.slack.blocks import Block, Message, actions
from bot.slack.client import Identity, web_client, who_are_we
from bot.slack.errors import ErrorMap
from bot.slack.front import Front
from bot.slack.member import Member
from bot.slack.profiles import UNANSWERED, Profiles
from bot.slack.server import Entrance, end_with_parent
from bot.slack.socket_mode import SocketMode, check_app_token, connect
from bot.slack.turn import say
from bot.storage.canary import prove_keys
from bot.storage.crypto import KeyRing
from bot.storage.database import Database, DatabaseError
from bot.storage.keys import load_key_ring
from bot.storage.lock import HeartbeatLock
from bot.storage.migrate import migrate
from bot.storage.once import forget_before

log = logging.getLogger(__name__)

BEFORE_AN_ANSWER_SECONDS = 2
TIDY_SECONDS = 3600
DEEDS_KEPT = timedelta(days=30)
REACTIONS = "reactions:read"


class LadderBroken(Refusal):
    """The ladder directory cannot be used; `problems` name file, line and remedy."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Rung:
    """The bot, joined up: capabilities, the Bolt app, and what a heartbeat does."""

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
        self._client = client
        self.now = moved_by(settings.clock_file) if settings.clock_file else wall
        self.profiles = Profiles(client, identity.team_id)
        quick = web_client(settings.bot_token, settings.api_url, BEFORE_AN_ANSWER_SECONDS)
        self._quick_profiles = Profiles(quick, identity.team_id)
        self._admins = {Member(identity.team_id, user_id) for user_id in settings.admins}
        self.accounts = Accounts(database, self._quick_profiles, self._admins, self.now)
        self.standings = Standings(database, identity.team_id)
        self.front = Front(
            client, identity, settings.signing_secret, ErrorMap(SENTENCES), self._door().refuse
        )
        self._join_capabilities(keys, client)
        self._join_listeners()
        self._socket: SocketMode | None = None

    def _door(self) -> Door:
        return Door(
            self.accounts,
            self.standings.stands,
            self.identity.team_id,
            self.now,
            open_to_guests=self.settings.guests == GUESTS_READ,
        )

    def _only_reads(self, member: Member) -> bool:
        """A guest, where guests may read the ladder; elsewhere only members get so far."""
        open_to_guests = self.settings.guests == GUESTS_READ
        return open_to_guests and self.accounts.account(member) is Account.GUEST

    def _join_capabilities(self, keys: KeyRing, client: WebClient) -> None:
        database, ladder, actor = self.database, self._ladder, self.accounts.actor
        team_id = self.identity.team_id
        office = self.post_office = PostOffice(database, client, team_id, wall)
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
        people.when_placed(self.nudges.keep_up)
        self._join_sharing(keys)
        self.one_on_ones = OneOnOnes(database, office, people, journal, ladder, team_id)
        self.nudges.told_of_meetings(self.one_on_ones.meeting_after)
        self.one_on_ones.when_changed(self.nudges.meeting_changed)
        self._join_own_data(keys)
        self.alarm = Alarm(self.living, database, office, self._admins)

    def _join_sharing(self, keys: KeyRing) -> None:
        self.sharing = Sharing(
            self.database,
            keys,
            self.post_office,
            self.people,
            Circle(self.accounts.actor, self.people.ties_in),
            self.journal,
            self._ladder,
            Drawing(fits, page_count),
        )
        self.people.when_manager_changed(self.sharing.when_manager_changed)
        self.journal.joined_by(self.sharing)

    def _join_own_data(self, keys: KeyRing) -> None:
        """Every capability with a row about somebody is among the keepers."""
        keepers = (
            self.journal,
            self.drafts,
            self.sharing,
            self.one_on_ones,
            self.nudges,
            self.people,
            self.post_office,
        )
        actor = self.accounts.actor
        self.own_data = OwnData(self.database, keys, self.post_office, keepers, actor)
        self.own_data.when_erasing(self.sharing.when_manager_erased)
        self.own_data.after_erasing(lambda _now: self.standings.catch_up())
        self.own_data.after_erasing(self.post_office.send_due)

    def _join_listeners(self) -> None:
        front, now, people, ladder = self.front, self.now, self.people, self._ladder
        office = self.post_office
        nudges = NudgeListeners(self.nudges, people, ladder, now)
        sharing = SharingListeners(
            self.sharing, people, self.journal, ladder, office, now, self._tell
        )
        talks = OneOnOneListeners(self.one_on_ones, people, sharing.preview, nudges.note, now)
        placing = PeopleListeners(people, self.accounts, office, ladder, now, _once_placed)
        data = OwnDataListeners(self.own_data, office, now, lambda: [shared_button()])
        LadderListeners(ladder, self.standings.stands, _below, self._only_reads).register(front)
        asking = NudgeSettingsListeners(self.nudges, people, ladder, now)
        threads = ThreadListeners(
            self.nudges, nudges, asking.said, self.journal, people, ladder, now, office.behind
        )
        self._join_ways_in(nudges, threads)
        OwnExamplesListeners(self.journal, people, ladder, now, _ways_on).register(front)
        for listeners in (sharing, talks, nudges, asking, placing, data):
            listeners.register(front)
        HomeListeners(
            people, self.journal, self.nudges, self.one_on_ones, ladder, now, self.reaction
        ).register(front)
        front.close()
        office.learn(DATA_REQUEST, data.render_news)
        office.learn(QUESTION, placing.render_question)
        office.learn(TO_ENGINEER, placing.render_to_engineer)
        office.learn(NEWS, placing.render_news)
        office.learn(NUDGE, nudges.render, arrived=self.nudges.arrived, polite=True)
        office.learn(PRE_READ, talks.render_pre_read, polite=True)
        office.learn(
            SHARED,
            sharing.render,
            sharing.tell_lost,
            arrived=sharing.arrived,
            instead=sharing.render_closed,
        )

    def _join_ways_in(self, nudges: NudgeListeners, threads: ThreadListeners) -> None:
        front, now, people, ladder = self.front, self.now, self.people, self._ladder
        address = self.identity.address
        advice = self.advice
        forms = Forms(people, ladder, advice, now)
        JournalListeners(forms, self.drafts, ladder, now, address).register(front)
        SavingListeners(
            self.journal,
            forms,
            people,
            ladder,
            now,
            nudges.logged,
            self.nudges.quoted,
            self.post_office.stands_with,
        ).register(front)
        written = WrittenListeners(
            self.journal, self.drafts, advice, forms, people, ladder, now, threads.answered
        )
        written.register(front)
        self.post_office.learn(DRAFT, written.render_question)
        marked = ReactionListeners(self.marks, now, self.reaction, address)
        marked.register(front)
        self.post_office.learn(MARKED, marked.render)

    @property
    def reaction(self) -> str:
        """The emoji that marks a message; empty where Slack does not tell us of reactions."""
        return self.settings.reaction if REACTIONS in self.identity.scopes else ""

    def tidy(self, now: datetime) -> None:
        """Drops what has served: drafts that nobody decided about, and the record of old deeds."""
        self.drafts.forget_old(now)
        with self.database.write() as tx:
            forget_before(tx, now - DEEDS_KEPT)

    def tick(self, now: datetime) -> int:
        """Plans and sends what is due at `now`; returns how many messages were sent."""
        self.nudges.plan_due(now)
        self.one_on_ones.plan_due(now)
        self.alarm.ring(now)
        return self.post_office.send_due(now)[State.SENT]

    def problems(self) -> Mapping[str, str]:
        """What is not ready, by part; empty while all is well."""
        problems = {}
        try:
            self.database.ping()
        except DatabaseError as error:
            problems["database"] = str(error)
        if self._socket and not self._socket.client.is_connected():
            problems["slack"] = "The connection to Slack is down; it is being opened again."
        return problems

    def notes(self) -> Mapping[str, str]:
        """What the operator should know although the bot serves, by part."""
        note = self.living.note()
        return {"ladder": note} if note else {}

    def preflight(self) -> None:
        """Asks whether Slack and the database would let us run, and lets go of both again.

        Raises SlackStartError or DatabaseError.
        """
        if self.settings.socket_mode:
            check_app_token(self._app_client())
        HeartbeatLock(self.database).release()
        self.database.close()

    def open(self) -> Entrance:
        """Starts the heartbeat, joins Slack, and gives the application that `PORT` serves."""
        self._lock = HeartbeatLock(self.database)
        self.standings.load()
        self.advice.prepare()
        start_heartbeat(
            (lambda: self.tick(self.now()), self.settings.heartbeat_seconds),
            (self.living.look, LOOK_SECONDS),
            (self.advice.prepare, LOOK_SECONDS),
            (self.standings.catch_up, CATCH_UP_SECONDS),
            (lambda: self.tidy(self.now()), TIDY_SECONDS),
        )
        if not self.settings.socket_mode:
            return Entrance(self.front.app, self.problems, self.notes)
        self._socket = connect(self.front.app, self._app_client())
        return Entrance(None, self.problems, self.notes)

    def _app_client(self) -> WebClient:
        settings = self.settings
        return web_client(settings.app_token, settings.api_url, settings.http_timeout_seconds)

    def _tell(self, member: Member, words: Message) -> None:
        try:
            say(self._client, member.user_id, words)
        except UNANSWERED as error:
            log.warning("a person could not be told: %s", type(error).__name__)

    @property
    def ladder(self) -> Ladder:
        """The ladder in service at this moment."""
        return self.living.ladder

    def _ladder(self) -> Ladder:
        return self.living.ladder


def assemble(settings: Settings) -> Rung:
    """Opens the database, reads the ladder, asks Slack who we are, and joins the bot.

    Raises DatabaseError, LadderBroken or SlackStartError, each with a sentence to print.
    """
    zoneinfo.reset_tzpath(())  # the tzdata package, not whatever the system has
    living = open_ladder(settings)
    database = Database(settings.database_url)
    fresh = migrate(database)
    keys = load_key_ring(database, settings.keys, fresh=fresh)
    client = web_client(settings.bot_token, settings.api_url, settings.http_timeout_seconds)
    identity = who_are_we(client)
    prove_keys(database, keys, identity.team_id)
    return Rung(settings, database, keys, living, client, identity)


def open_ladder(settings: Settings) -> LivingLadder:
    """The ladder to serve, which then follows its files; raises LadderBroken."""
    reading = read(settings.ladder_dir)
    if reading.ladder is None or not reading.ladder.tracks:
        raise LadderBroken(reading.problems)
    for problem in reading.problems:
        log.warning("%s", problem)
    return LivingLadder(settings.ladder_dir, reading, wall)


def http_entrance() -> Entrance:
    """What the server's worker runs: the bot from the environment, with its heartbeat."""
    set_up_logging()
    end_with_parent()
    entrance = assemble(load_settings()).open()
    gc.collect()
    gc.freeze()  # or each full collection looks through all that was imported, some 50 ms
    return entrance


def _below(placed: bool, own_level: bool) -> list[Block]:
    """What stands below an answer of the ladder: the ways on, or the first step."""
    if not placed:
        return first_step()
    ways = [log_button(), open_button(), settings_menu_button()]
    return [actions(*ways)] if own_level else [actions(log_button())]


def _ways_on(entry: Entry) -> list[Block]:
    """What can be done with an example beside what the journal itself does."""
    return [start_button("Share", entry.id)]


def _once_placed() -> list[Block]:
    return [log_button(), set_up_button()]
