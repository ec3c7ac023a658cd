"""What the words beside a seat of government or a people's name say: whether it acts, or is a place or an adjective."""

import re
from functools import cache

from annotator import lexicons
from annotator.pipeline.actors.runs import Words

_AFTER = re.compile(r"[ \u00a0]([\w’'-]+)")
_WORD = re.compile(r"\w+")
HYPHENS = frozenset("-–")
POSSESSIVES = frozenset(("’s", "'s", "’ ", "' "))
"""What follows a name in the possessive."""
_OPENING = "“\"‘'(["
_REACH = 40
_RELATIONS = {"in": ("mind",), "to": ("mind", "address"), "on": ("mind", "pressure"), "from": ("source",)}
"""Kinds of words which, with that preposition, make a seat its government (`pressure on Tokyo`); else it is a place."""
_SHORTEST = 3
"""Words up to this length are no past tense or adverb by their ending."""


@cache
def cues(kind: str) -> frozenset[str]:
    """Return the cue words of that kind."""
    return frozenset(word for line in lexicons.load("actor_cues", Words) if line.kind == kind for word in line.words)


def word_after(text: str, end: int) -> str:
    """Return the word that follows after one space, or nothing."""
    match = _AFTER.match(text, end, end + _REACH)
    return match[1] if match else ""


def words_before(text: str, start: int) -> tuple[str, str]:
    """Return the last but one and the last word before, in lower case, empty where punctuation stands between.

    >>> words_before("He met, in Tokyo", 11), words_before("off, Tokyo", 5)
    (('', 'in'), ('', ''))
    """
    head = text[max(0, start - _REACH) : start]
    words = head.rsplit(None, 2)[-2:] if head and head[-1] in " \u00a0" else []
    if not words or not words[-1][-1].isalnum():
        return "", ""
    other = words[0] if len(words) > 1 and words[0][-1].isalnum() else ""
    return other.lower().lstrip(_OPENING), words[-1].lower().lstrip(_OPENING)


def word_before(text: str, start: int) -> str:
    """Return the word before, an article skipped, in lower case, or nothing."""
    other, last = words_before(text, start)
    return other if last == "the" else last


def acts_as_verb(word: str) -> bool:
    """Whether the word after a name makes it a subject: a cue verb or adverb, or a past tense."""
    if word in cues("after-verb"):
        return True
    return len(word) > _SHORTEST and word.endswith(("ed", "ly")) and word not in cues("no-verb")


def seat_score(text: str, start: int, end: int) -> int:
    """Return how clearly a seat of government stands for its government: 1 yes, -1 a mere place, 0 undecided."""
    if text[end : end + 2] in POSSESSIVES:
        return 1
    if text[start - 5 : start] == "both ":
        start -= 5
    (other, before), after = words_before(text, start), word_after(text, end)
    if before == "for":
        return -1 if other in cues("leaving") else 1
    if before in _RELATIONS:
        return 1 if any(other in cues(kind) for kind in _RELATIONS[before]) else -1
    if before in cues("before-place"):
        return -1
    if before == "of" and (other in cues("mind") or other in cues("source")):
        return 1
    if after in cues("ruled"):
        return 1
    if text[end : end + 2] == ", " and word_after(text, end + 1) in cues("after-comma"):
        return 1
    if acts_as_verb(after) or (after == "to" and before not in cues("before-with")):
        return 1
    if text[start - 1 : start] in HYPHENS or text[end : end + 1] in HYPHENS:
        return 1 if _is_in_compound(text, start, end) else -1
    if before in cues("before-with"):
        return 1 if before not in ("and", "as") else 0
    return 0


def _is_in_compound(text: str, start: int, end: int) -> bool:
    """Whether the other part of a hyphenated word makes a seat its government (`pro-Beijing`, `Tehran-backed`)."""
    if text[start - 1 : start] in HYPHENS:
        return text[start - 2 : start - 1].isalpha()
    other = _WORD.match(text, end + 1, end + _REACH)
    return other is not None and (other[0][0].isupper() or other[0] in cues("backed"))


_ARTICLE = re.compile(r"\b[Tt]he[ \u00a0](?:[A-Z]\w+[ \u00a0]and[ \u00a0])?\Z")


def is_people(text: str, start: int, end: int, also_adjective: bool, joined: bool = False) -> bool:
    """Whether a people's name stands for its state.

    It does after `the`, or `joined` to another that does; not before a noun where it could be an adjective.
    """
    if not joined and not _ARTICLE.search(text, max(0, start - _REACH), start):
        return False
    if not also_adjective:
        return True
    if text[end : end + 1] in "-–":
        return False
    after = word_after(text, end)
    if not after:
        return text[end : end + 1] != " "
    if after.endswith("ing") and text[start - 9 : start].lower() == "with the ":
        return True
    return after in cues("after-people") or acts_as_verb(after)
