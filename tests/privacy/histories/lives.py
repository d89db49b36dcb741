"""Random histories: where everybody begins, and what may happen next."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.people import store as people
from bot.people.model import Manager, Relation
from tests.nudges.when.effort import THOROUGH
from tests.privacy.histories.acts import Act, Delete, Edit, Log, Share, TakeBack, Write
from tests.privacy.histories.acts_of_people import (
    LEVEL,
    AnswerManager,
    AnswerMeeting,
    Days,
    EndMeeting,
    Erase,
    Name,
    NewManager,
    Propose,
    SetUp,
)
from tests.privacy.histories.acts_on_pages import OnPage, What
from tests.privacy.histories.cast import (
    ADA,
    AROUND,
    BEN,
    ENGINEERS,
    LENA,
    LEO,
    MEMBERS,
    MIA,
)
from tests.privacy.histories.judging import assert_messages_are_theirs
from tests.privacy.histories.model import Model
from tests.privacy.histories.stage import Stage

SHORTEST, LONGEST = (1, 30) if THOROUGH else (10, 20)

engineers, numbers, yes = st.sampled_from(ENGINEERS), st.integers(0, 5), st.booleans()
managers = st.sampled_from(("", *AROUND, BEN))
managed = st.sampled_from((*ENGINEERS, MIA))
likely = st.sampled_from((True, True, True, False))

WORDS: list[SearchStrategy[Act]] = [
    st.builds(Log, engineers, yes),
    st.builds(Edit, engineers, numbers, numbers),
    st.builds(Delete, engineers, numbers, yes),
    st.builds(Write, engineers),
    st.builds(Share, engineers, numbers, numbers, yes),
    st.builds(Share, engineers, numbers, numbers, yes),
    st.builds(TakeBack, engineers, numbers),
]
PEOPLE: list[SearchStrategy[Act]] = [
    st.builds(Name, managed, managers),
    st.builds(NewManager, managed, managers),
    st.builds(NewManager, engineers, managers),
    st.builds(Propose, managed, managers),
    st.builds(AnswerManager, managed, likely),
    st.builds(AnswerManager, engineers, likely),
    st.builds(SetUp, engineers, st.sampled_from(MEMBERS), yes),
    st.builds(AnswerMeeting, numbers, likely),
    st.builds(OnPage, numbers, yes, st.sampled_from(What)),
    st.builds(OnPage, numbers, yes, st.sampled_from(What)),
    st.builds(EndMeeting, numbers, yes),
    st.builds(Erase, st.sampled_from((*ENGINEERS, *AROUND))),
    st.builds(Days, st.integers(1, 8)),
]
FIRST: tuple[Act, ...] = (
    SetUp(ADA, LEO),
    AnswerMeeting(0, yes=True),
    SetUp(ADA, MIA, by_partner=True),
    Log(ADA),
    Log(BEN),
    Log(ADA, quote=True),
    *(Share(ADA, reader, 1, quotes=True) for reader in range(3)),
    Share(BEN, 1, 0),
)
HISTORIES = st.lists(st.one_of(*WORDS, *PEOPLE), min_size=SHORTEST, max_size=LONGEST)


def begun(stage: Stage) -> Model:
    """Everybody stands on the ladder, and is managed or met; engineers wrote, and shared a bit."""
    stage.empty()
    model, bench = Model(), stage.bench
    for user in MEMBERS:
        bench.place(user, LEVEL)
        bench.bot.accounts.actor(bench.member(user))
    for engineer, manager in ((MIA, LENA), (ADA, MIA), (BEN, MIA)):
        confirmed = Manager(manager, Relation.CONFIRMED, engineer)
        with bench.bot.database.write() as tx:
            people.save_manager(tx, bench.member(engineer), confirmed, bench.bot.now())
        model.manages(engineer, manager)
    for act in FIRST:
        lived(act, stage, model)
    return model


def lived(act: Act, stage: Stage, model: Model) -> None:
    """One act, in a minute of its own."""
    model.passes()
    act(stage, model)
    stage.passes(minutes=1)


def live(stage: Stage, history: list[Act]) -> Model:
    """Lives the history through, looking at everybody's messages after each step."""
    model = begun(stage)
    for act in history:
        lived(act, stage, model)
        assert_messages_are_theirs(stage, model)
    return model
