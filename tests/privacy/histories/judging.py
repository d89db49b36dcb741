"""The bot and the model side by side: who sees what, and who may."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tests.privacy.cells.attempt import SLACKS_OWN
from tests.privacy.histories.acts import words_of
from tests.privacy.histories.canaries import canaries_in
from tests.privacy.histories.cast import EVERYBODY, MEMBERS
from tests.privacy.histories.crawl import MOST_PRESSES, Press, Watch, crawl
from tests.privacy.histories.forged import forge, forms, send, worth_forging
from tests.privacy.histories.model import Model
from tests.privacy.histories.stage import Stage
from tests.privacy.histories.views import files, seen, views

FAILED = re.compile(r"reference [0-9a-f]{6}")
MOST_FORGED = 30
MORE_OF_SLACKS_OWN = (
    (re.compile(r'"[\w-]{6}": \{'), "BLOCK: {"),
    (re.compile(r"\bF0[0-9A-F]{10}\b"), "FILE"),
    (re.compile(r"\b1[789]\d{8}\b"), "SECOND"),
    (re.compile(r"http://127\.0\.0\.1:\d+/\S*"), "ADDRESS"),
)


def watcher(model: Model, user: str) -> Watch:
    """Sees to it that somebody sees only what they may."""

    def watch(where: str, text: str) -> None:
        leaked = canaries_in(text) - model.may_see(user)
        assert not leaked, f"{user} sees {_whose(model, leaked)} in {where}"
        assert not FAILED.search(text), f"{user} meets an error in {where}"

    return watch


def assert_messages_are_theirs(stage: Stage, model: Model) -> None:
    """Whatever stands on anybody's screen now, and all that is open to a reader does."""
    for user in EVERYBODY:
        text = f"{stage.shown(user)}\n{files(stage, user)}"
        watcher(model, user)("messages", text)
        missing = model.opened_to(user) - canaries_in(text)
        assert not missing, f"{user} does not see {_whose(model, missing)}"


def assert_views_are_theirs(
    stage: Stage, model: Model, pressing: Collection[str]
) -> dict[str, list[Press]]:
    """Every view of everybody, and the buttons of some; gives what each could press."""
    before, found = stage.rows(), {}
    for user in EVERYBODY:
        found[user] = crawl(
            stage, user, watcher(model, user), MOST_PRESSES if user in pressing else 0
        )
        after = stage.rows()
        changed = [table for table in after if after[table] != before[table]]
        assert not changed, f"looking as {user} changed {changed}: is a button not in CHANGES?"
    return found


def assert_owners_see_their_own(stage: Stage, model: Model) -> None:
    """Nothing of all this would be worth much if nobody saw anything."""
    for user in MEMBERS:
        if kept := model.kept(user):
            stage.command(user, "/ladder examples")
            shown = canaries_in(stage.shown(user))
            assert kept[-1].text <= shown, f"{user} does not see their latest example"
            stage.command(user, "/ladder export")
            assert words_of(kept) <= canaries_in(files(stage, user)), f"{user} takes less along"


def assert_forging_opens_nothing(
    stage: Stage, model: Model, found: dict[str, list[Press]], start: int
) -> None:
    """Somebody presses and sends what others could; from `start` on, who tries what is shifted."""
    for owner, presses in found.items():
        others = [user for user in EVERYBODY if user != owner]
        for number, press in enumerate(worth_forging(presses)[:MOST_FORGED], start):
            user = others[number % len(others)]
            forge(stage, user, press)
            watcher(model, user)(f"forged {press.name} of {owner}", stage.shown(user))
        for number, form in enumerate(forms(presses), start):
            user = others[number % len(others)]
            body = send(stage, user, form)
            text = f"{body}\n{stage.shown(user)}"
            watcher(model, user)(f"forged {form.title} of {owner}", text)


def looks(stage: Stage, users: Iterable[str]) -> dict[str, str]:
    """What each finds in every view, without what Slack makes anew each time."""
    found = {}
    for user in users:
        stage.slack.workspace.messages.clear()
        stage.slack.workspace.homes.pop(user, None)
        stage.clear_screen(user)
        stage.bench.set_clock(stage.now.isoformat())
        text = "\n".join(seen(stage, user, view) for _, view in views(stage))
        found[user] = plain(text)
    return found


def plain(text: str) -> str:
    """Without times, and ids that Slack gives."""
    for pattern, word in (*SLACKS_OWN, *MORE_OF_SLACKS_OWN):
        text = pattern.sub(word, text)
    return text


def _whose(model: Model, words: Iterable[str]) -> dict[str, str]:
    """Each word with who wrote it."""
    owners = {word: user for user, written in model.written.items() for word in written}
    return {word: owners.get(word, "nobody of this history") for word in sorted(words)}
