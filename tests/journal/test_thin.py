"""When an example says too little: in English, and for no other language."""

from __future__ import annotations

import pytest

from bot.journal.model import with_sentence
from bot.journal.thin import FOR_WHOM, WHAT_CHANGED, follow_up


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("fixed the build", WHAT_CHANGED),
        ("Helped a colleague ship the migration", WHAT_CHANGED),
        ("wrote the runbook, so nights are quiet now", FOR_WHOM),
        ("moved the exporter off cron, 40 alerts became 3", FOR_WHOM),
        ("I spent the better part of this week going through old tickets that were open", ""),
        ("Paired with Ben, and he ships alone now", ""),
        ("I wrote a rule for the proxy logs, tried it on old ones and described it", WHAT_CHANGED),
        ("", ""),
        ("…", ""),
        ("Habe dem Team beim Umzug geholfen", ""),
        ("Das Login repariert", ""),
        ("J'ai aidé Marie", ""),
        ("Ajudei uma colega", ""),
        ("Ik heb de build gemaakt", ""),
        ("Jeg har skrevet en test", ""),
        ("ビルドを直した", ""),
        ("Исправил сборку", ""),
        ("xyzzy plugh", ""),
        ("xyzzy plugh fixed foo bar baz", ""),
        ("I paired with Ben on the rota and we went through", WHAT_CHANGED),
        ("I paired with Ben on the rota and we went through all", ""),
        ("I wrote a rule for the proxy logs, tried it on old ones with Marie", ""),
    ],
)  # fmt: skip
def test_one_question_about_what_is_missing(text: str, question: str) -> None:
    assert follow_up(text) == question


def test_a_sentence_is_added_behind_a_full_stop() -> None:
    assert with_sentence("It held", " So. ") == "It held. So."
    assert with_sentence("It held! ", "So") == "It held! So"
