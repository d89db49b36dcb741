"""Joins everything that listens to Slack, and everything that is sent, to the parts it calls."""

from __future__ import annotations

from collections.abc import Callable

from bot.coverage.listeners import CoverageListeners
from bot.home.blocks import settings_menu_button
from bot.home.home import Home
from bot.home.listeners import HomeListeners
from bot.journal.blocks import log_button
from bot.journal.drafts.model import KIND as DRAFT
from bot.journal.forms import Forms
from bot.journal.listeners import JournalListeners
from bot.journal.marks import KIND as MARKED
from bot.journal.model import Entry
from bot.journal.own_listeners import OwnExamplesListeners
from bot.journal.reaction_listeners import ReactionListeners
from bot.journal.saving_listeners import SavingListeners
from bot.journal.written_listeners import WrittenListeners
from bot.ladder.listeners import LadderListeners
from bot.nudges.listeners import NudgeListeners
from bot.nudges.model import KIND as NUDGE
from bot.nudges.settings_listeners import NudgeSettingsListeners
from bot.nudges.thread_listeners import ThreadListeners
from bot.one_on_ones.calendars.blocks import calendar_button
from bot.one_on_ones.calendars.following import OVER, UNREAD
from bot.one_on_ones.calendars.listeners import CalendarListeners
from bot.one_on_ones.history.blocks import history_button
from bot.one_on_ones.history.listeners import HistoryListeners
from bot.one_on_ones.page.blocks import page_button
from bot.one_on_ones.page.desk import PageDesk
from bot.one_on_ones.page.listeners import PageListeners, WordsOf
from bot.one_on_ones.page.talk_listeners import TalkListeners
from bot.one_on_ones.pairs.answering import PairAnswers
from bot.one_on_ones.pairs.blocks import set_up_button
from bot.one_on_ones.pairs.listeners import PairListeners
from bot.one_on_ones.pairs.model import NEWS as PAIR_NEWS
from bot.one_on_ones.pairs.model import QUESTION as PAIR_QUESTION
from bot.one_on_ones.pairs.model import Pair
from bot.one_on_ones.preread.blocks import open_button
from bot.one_on_ones.preread.listeners import PreReadListeners
from bot.one_on_ones.preread.model import PRE_READ
from bot.one_on_ones.reminding import blocks as reminding_blocks
from bot.one_on_ones.reminding.listeners import RemindingListeners
from bot.one_on_ones.reminding.model import PREPARATION, REMINDER, WRAP_UP
from bot.own_data.listeners import OwnDataListeners
from bot.own_data.own_data import KIND as DATA_REQUEST
from bot.parts import Parts
from bot.people.blocks import first_step
from bot.people.listeners import PeopleListeners
from bot.people.managers import NEWS, QUESTION, TO_ENGINEER
from bot.sharing.blocks import list_button as shared_button
from bot.sharing.blocks import start_button
from bot.sharing.listeners import SharingListeners
from bot.sharing.model import SHARED
from bot.slack.blocks import Block, actions
from bot.slack.member import Member


def join_listeners(parts: Parts) -> None:
    """Each listener with the parts that it calls, and with each kind of message its renderer."""
    _join_ladder(parts)
    _join_people(parts)
    nudges = _join_journal_and_nudges(parts)
    sharing = _join_sharing(parts)
    pre_reads = _join_pre_reads(parts, sharing, nudges)
    _join_pairs(parts)
    _join_calendars(parts)
    _join_pages(parts, pre_reads.words_of)
    _join_reminding(parts)
    _join_looking_back(parts)
    _join_own_data(parts)
    _join_home(parts)
    parts.front.close()


def _join_ladder(parts: Parts) -> None:
    stands = parts.standings.stands
    LadderListeners(parts.serving, stands, _below, parts.only_reads).register(parts.front)


def _join_people(parts: Parts) -> None:
    office = parts.post_office
    placing = PeopleListeners(
        parts.people, parts.accounts, office, parts.serving, parts.now, _once_placed
    )
    placing.register(parts.front)
    office.learn(QUESTION, placing.render_question)
    office.learn(TO_ENGINEER, placing.render_to_engineer)
    office.learn(NEWS, placing.render_news)


def _join_journal_and_nudges(parts: Parts) -> NudgeListeners:
    """Together, for what somebody writes to the bot may be an example, or answer a question."""
    front, now, people, ladder = parts.front, parts.now, parts.people, parts.serving
    office, journal = parts.post_office, parts.journal
    nudges = NudgeListeners(parts.nudges, people, ladder, now)
    asking = NudgeSettingsListeners(parts.nudges, people, ladder, now)
    threads = ThreadListeners(
        parts.nudges, nudges, asking.said, journal, people, ladder, now, office.behind
    )
    _join_ways_in(parts, nudges, threads)
    OwnExamplesListeners(journal, people, ladder, now, _ways_on).register(front)
    nudges.register(front)
    asking.register(front)
    office.learn(NUDGE, nudges.render, arrived=parts.nudges.arrived, polite=True)
    return nudges


def _join_sharing(parts: Parts) -> SharingListeners:
    office = parts.post_office
    sharing = SharingListeners(
        parts.sharing,
        parts.people,
        parts.journal,
        parts.serving,
        office,
        parts.now,
        parts.tell,
        _room(parts),
    )
    sharing.register(parts.front)
    closed, arrived = sharing.render_closed, sharing.arrived
    office.learn(SHARED, sharing.render, sharing.tell_lost, arrived=arrived, instead=closed)
    return sharing


def _join_pre_reads(
    parts: Parts, sharing: SharingListeners, nudges: NudgeListeners
) -> PreReadListeners:
    pairs, people, now = parts.pairs, parts.people, parts.now
    reading = PreReadListeners(
        parts.pre_reads, pairs, people, sharing.preview, nudges.note, _around_talk, now
    )
    reading.register(parts.front)
    parts.post_office.learn(PRE_READ, reading.render, polite=True)
    return reading


def _join_calendars(parts: Parts) -> None:
    office, takes_files = parts.post_office, parts.takes_files
    calendars = CalendarListeners(
        parts.calendars, parts.pairs, office.send_due, parts.now, takes_files=takes_files
    )
    calendars.register(parts.front)
    office.learn(UNREAD, calendars.render_unread)
    office.learn(OVER, calendars.render_over)


def _join_looking_back(parts: Parts) -> None:
    past = HistoryListeners(parts.history, parts.people, parts.name_of, parts.now)
    past.register(parts.front)
    CoverageListeners(parts.coverages, parts.now).register(parts.front)


def _join_own_data(parts: Parts) -> None:
    office = parts.post_office
    data = OwnDataListeners(parts.own_data, office, parts.now, lambda: [shared_button()])
    data.register(parts.front)
    office.learn(DATA_REQUEST, data.render_news)


def _join_reminding(parts: Parts) -> None:
    office = parts.post_office
    reminding = RemindingListeners(
        parts.preparing,
        parts.wrapping_up,
        parts.reminders,
        parts.closing,
        office.stands_with,
        parts.following.said,
        parts.now,
    )
    parts.front.after_deeds(parts.following.follow)
    reminding.register(parts.front)
    closed, arrived = reminding.render_closed, parts.reminders.arrived
    office.learn(PREPARATION, reminding.render_preparation, instead=closed, polite=True)
    office.learn(WRAP_UP, reminding.render_wrap_up, instead=closed, polite=True)
    office.learn(REMINDER, reminding.render_reminder, arrived=arrived, instead=closed, polite=True)


def _room(parts: Parts) -> Callable[[Member, Member], list[Block]]:
    """Below a shared page: the reader's way to prepare, where both have a page together."""

    def room(reader: Member, owner: Member) -> list[Block]:
        shared = (pair for pair in parts.pairs.of(reader) if pair.is_shared)
        ids = [pair.id for pair in shared if (pair.partner, pair.engineer) == (reader, owner)]
        return [reminding_blocks.room(ids[0])] if ids else []

    return room


def _join_home(parts: Parts) -> None:
    people, ladder, now = parts.people, parts.serving, parts.now
    home = Home(
        people,
        parts.journal,
        parts.coverages,
        parts.nudges,
        parts.pairs,
        parts.pages,
        parts.sharing,
        ladder,
    )
    listeners = HomeListeners(
        home,
        ladder,
        now,
        parts.reaction,
        parts.client,
        parts.is_member,
        parts.only_reads,
        parts.accounts.keeping_nothing,
    )
    listeners.register(parts.front)
    parts.post_office.watch(listeners.ended)
    parts.own_data.when_erasing(listeners.erasing)


def _join_pairs(parts: Parts) -> None:
    front, office, now = parts.front, parts.post_office, parts.now
    setting_up = PairListeners(parts.pairs, parts.people, office.send_due, now, _by_calendar)
    setting_up.register(front)
    account, listed = parts.accounts.account, setting_up.list_of
    answers = PairAnswers(parts.pairs, account, listed, office.send_due, now)
    answers.register(front)
    office.learn(PAIR_QUESTION, answers.render_question, instead=answers.render_settled)
    office.learn(PAIR_NEWS, answers.render_news)


def _by_calendar(pair: Pair) -> list[Block]:
    """Another way to say when two people meet."""
    return [calendar_button(pair.id)]


def _join_ways_in(parts: Parts, nudges: NudgeListeners, threads: ThreadListeners) -> None:
    front, now, people, ladder = parts.front, parts.now, parts.people, parts.serving
    address = parts.identity.address
    advice = parts.advice
    forms = Forms(people, ladder, advice, now)
    JournalListeners(forms, parts.drafts, ladder, now, address).register(front)
    SavingListeners(
        parts.journal,
        forms,
        people,
        ladder,
        now,
        nudges.logged,
        parts.nudges.quoted,
        parts.post_office.stands_with,
    ).register(front)
    written = WrittenListeners(
        parts.journal, parts.drafts, advice, forms, people, ladder, now, threads.answered
    )
    written.register(front)
    parts.post_office.learn(DRAFT, written.render_question)
    marked = ReactionListeners(parts.marks, now, parts.reaction, address)
    marked.register(front)
    parts.post_office.learn(MARKED, marked.render)


def _join_pages(parts: Parts, words_of: WordsOf) -> None:
    desk = PageDesk(
        parts.pages, parts.people, parts.now, lambda: [actions(set_up_button())], history_button
    )
    PageListeners(desk, words_of).register(parts.front)
    TalkListeners(desk).register(parts.front)


def _below(placed: bool, own_level: bool) -> list[Block]:
    """What stands below an answer of the ladder: the ways on, or the first step."""
    if not placed:
        return first_step()
    ways = [log_button(), open_button(), settings_menu_button()]
    return [actions(*ways)] if own_level else [actions(log_button())]


def _ways_on(entry: Entry) -> list[Block]:
    """What can be done with an example beside what the journal itself does."""
    return [start_button("Share", entry.id)]


def _around_talk(pair: Pair | None) -> list[Block]:
    """What stands below a pre-read beside what it offers itself."""
    if pair and pair.is_shared:
        return [page_button(pair.id)]
    return [set_up_button("Change the time" if pair else "Set up my one-on-one")]


def _once_placed() -> list[Block]:
    return [log_button(), set_up_button()]
