"""When an example says too little, the one question that would help it. Pure.

A text is thin when two of three hold: fewer than a dozen words, no outcome, nobody else in it.
The words are English, like the ladder's: a text that is not clearly English is left alone.
"""

from __future__ import annotations

import re

ENOUGH_WORDS = 12
WHAT_CHANGED = "What changed because of it?"
FOR_WHOM = "Who was it for, or who was in it with you?"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\w.,%:/-]*|[@#][\w.-]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PERSON = _words("""
    analyst analysts apprentice audience boss candidate candidates class client clients colleague
    colleagues coworker coworkers customer customers designer designers developer developers dev
    devs engineer engineers everybody everyone friend graduate group guest he her him his intern
    interns juniors junior lead manager managers mentee mentees mentor newcomer newcomers other
    others our ours ourselves pair paired pairing partner partners peer peers people person
    prospect prospects report reports reviewer sales she somebody someone staff stakeholder
    stakeholders student students support team teammate teammates teams their them they trainee
    together us user users we
""")
_OUTCOME = _words("""
    adopted agreed allowed allows approved avoided avoids because better caught cheaper cleaner
    closed convinced cut decided deliver delivered down dropped easier eliminated ended enabled
    ends faster fewer finally finished freed gained gone grew halved happier helps improved
    increased instant instead landed launched learned learnt led less live longer lowered made
    means merged more never now paid passed passes prevented prevents quicker raised reduced
    released resolved result resulted safer saved saves settled shipped shorter simpler since so
    solved sooner stopped stops succeeded thanks unblocked until used won without works
""")
_ENGLISH = _words("""
    about added after and answered asked because became been being built but called changed
    cleaned colleague created debugged deployed designed did done explained explaining figured
    finally fixed found from gave getting got having helped helping how improved introduced
    investigated into its joined learned led made mentored merged migrated moved our out paired
    patched presented ran refactored removed replaced resolved reviewed reviewing rewrote
    shipped showed solved spoke started taught than the their them there they this through
    together took trained tried updated used went were when which with without worked wrote
""")
"""Only words that are not also words of German, French, Spanish, Dutch or the Nordic languages."""


def follow_up(text: str) -> str:
    """The question about what is missing most; empty where the text says enough, or in doubt."""
    words = _WORD.findall(text)
    if not words or not _is_english(text, words):
        return ""
    outcome, person = _outcome_and_person(text, words)
    missing = [len(words) < ENOUGH_WORDS, not outcome, not person]
    if sum(missing) < 2:
        return ""
    return FOR_WHOM if outcome else WHAT_CHANGED


def tells_what_changed(text: str) -> bool:
    """True where an English text says both what came of it and who else was in it."""
    words = _WORD.findall(text)
    return bool(words) and _is_english(text, words) and all(_outcome_and_person(text, words))


def _outcome_and_person(text: str, words: list[str]) -> tuple[bool, bool]:
    lower = {word.casefold().replace("’", "'") for word in words}
    outcome = bool(_OUTCOME & lower) or any(word[0].isdigit() for word in words)
    return outcome, bool(_PERSON & lower) or _names_somebody(text)


def _is_english(text: str, words: list[str]) -> bool:
    """One word in five at least is English for certain, and no letter is of another alphabet."""
    if any(ch.isalpha() and not ch.isascii() and ch.islower() for ch in text):
        return False
    clear = sum(word.casefold() in _ENGLISH for word in words)
    return clear * 5 >= len(words)


def _names_somebody(text: str) -> bool:
    """A capital inside a sentence, or a mention: a name, or taken for one."""
    return bool(re.search(r"@\w|<@|[a-z,;]\s+(?!I\b)[A-Z][a-z]", text))
