"""Candidates: a head word with what stands before and after it, and whether that is the name of one instrument."""

import re
from functools import cache

import msgspec

from annotator.lexicons.agreements import SERVING, Head, concluding, exceptions, modifiers, openers, words
from annotator.lexicons.places import towns
from annotator.lexicons.states import parties_of
from annotator.pipeline.agreements.leftwards import POSSESSIVE, YEAR, Left, opens_sentence, proper_word
from annotator.pipeline.agreements.phrases import Places, capitalized, next_word

AFTER_NAME = re.compile(r"[^\S\n]{1,9}(?!(?:[IVX]+|[0-9]+|[A-Z])\b)([A-Z][a-z]+)")
SIGNED = re.compile(
    r"(?:sign(?:s|ed|ing)?(?: of)?|conclu(?:ded?|ding|sion of)|reached|adopt(?:s|ed|ing)?)"
    r"(?: an?| the| their| this)?(?: [\w-]+){0,3}? $"
)
WITH = re.compile(r" with (?:the )?")
WAS_SIGNED = re.compile(r" (?:was|ha[ds] been)(?: \w+ly| first)? (?:signed|concluded|ratified|negotiated)\b")


class Candidate(msgspec.Struct):
    """A head word in a text; `small`: it is in small letters, or has its capital only from its sentence's beginning."""

    text: str
    actors: Places
    start: int
    end: int
    head: Head
    plural: bool
    small: bool
    left: Left

    @property
    def signed(self) -> bool:
        """Whether a verb of signing stands before the name."""
        before = self.text[max(0, self.left.start - 60) : self.left.start]
        return SIGNED.search(before) is not None or WAS_SIGNED.match(self.text, self.end) is not None

    @property
    def pair(self) -> bool:
        """Whether two parties stand before the head."""
        spans = self.actors.within(self.left.start, self.start)
        return len({span[3] for span in spans}) > 1 or any("-" in word or "–" in word for word in self.left.words)

    @property
    def paired(self) -> bool:
        """Whether the word before the head tells a state, or two by a compound (`the Franco-Italian armistice`)."""
        word = self.left.words[-1] if self.left.words else ""
        if not word[:1].isupper():
            return False
        actor = self.actors.at(self.start - 2)
        return (actor is not None and actor[2] == "state") or len(parties_of(word)) > 1

    @property
    def is_deal(self) -> bool:
        """Whether `deal` is one of states, by its subject, a pair, a town (`the Hebron deal`), or whom it is with."""
        left = self.left
        named = left.words[-1:] and left.words[-1] in towns()
        with_state = WITH.match(self.text, self.end) if left.subject else None
        party = self.actors.at(with_state.end()) if with_state else None
        told = party is not None and (party[2] == "state" or party[3] in concluding())
        return "diplomatic" in left.roles or self.paired or bool(named) or told


def is_bare(text: str, start: int, end: int) -> bool:
    """Say whether before a head in small letters no word can be of its name, nor begin a complement after it.

    That is so with most head words, and soon seen.
    """
    before = text[max(0, start - LONGEST_SMALL) : start].rsplit(" ", 2)
    if len(before) < 3 or before[2] or before[1].lower() not in _limits():
        return False
    word = next_word(text, end)
    return word is None or word.low not in openers()


LONGEST_SMALL = 16


@cache
def _limits() -> frozenset[str]:
    """Return the words that end a name to the left of its head."""
    return words("determiner").union(words("stop"), words("verb"))


def excluded(candidate: Candidate) -> bool:
    """Say whether a head is part of something else: a body, a law, a noun compound, a known exception."""
    head, left, small = candidate.head, candidate.left, candidate.small
    modifying = [word.lower() for word in (left.words if head.kind == "memorandum" else left.words[-1:])]
    if any((head.word, word) in exceptions() for word in modifying):
        general = modifying[-1] in modifiers("broad")
        if small or head.kind in ("treaty", "memorandum") or (len(left.words) == 1 and not general):
            return True
    match = AFTER_NAME.match(candidate.text, candidate.end)
    if match is not None and not small and not _continues(match[1].lower()):
        return True
    word = next_word(candidate.text, candidate.end)
    if word is None or word.opened:
        return False
    told = word if word.low != "of" else next_word(candidate.text, word.end)
    if told is not None and (head.word, told.low) in exceptions():
        return True
    return word.low in words("follower") and (small or not left.words)


def _continues(low: str) -> bool:
    """Say whether a word with a capital after a head goes on with its name."""
    return low in openers() or low in words("stop")


def is_body(candidate: Candidate, actor: tuple[int, int, str, str]) -> bool:
    """Say whether the name is that of an alliance which acts (`the Warsaw Pact`), not of the treaty that made it."""
    same = actor[:2] == (candidate.left.start, candidate.end)
    return same and actor[3] in concluding() and not candidate.signed


def is_name(candidate: Candidate, kind: str) -> bool:
    """Say whether head, modifiers and a complement of that kind make the name of one instrument."""
    head, left, small = candidate.head, candidate.left, candidate.small
    if head.use in SERVING:
        return _of_both_sides(candidate, kind)
    if head.use == "proper":
        return (candidate.paired and left.determiner != "") if small else (left.proper or kind == "of")
    if head.use == "deal":
        told = candidate.is_deal and left.determiner != "" if small else left.proper
        return told and not candidate.plural
    if small:
        return _plural_description(candidate, kind) if candidate.plural else _description(candidate, kind)
    return _title(candidate, kind)


def _title(candidate: Candidate, kind: str) -> bool:
    """Say whether a capitalized head makes a name."""
    head, left = candidate.head, candidate.left
    joint = "joint" in left.roles
    if candidate.plural and not left.proper:
        return kind == "of" and not left.words
    if len(left.words) == 1 and YEAR.fullmatch(left.words[0]):
        return True
    if head.use == "joint" and not left.words and kind not in ("of", "party", "subject"):
        return False
    if head.word == "statement" and not joint and kind != "of" and not candidate.pair:
        return False
    return left.proper or left.subject or kind != "" or (joint and head.use == "joint")


def _plural_description(candidate: Candidate, kind: str) -> bool:
    """Say whether a plural in small letters is one instrument by its name (`SALT I agreements`), not a class."""
    left = candidate.left
    told = left.words if left.determiner == "the" else left.words[-1:]
    if kind or not any(map(proper_word, told)) or "class" in left.roles:
        return False
    if len(left.words) == 1 and left.words[0].istitle() and opens_sentence(candidate.text, left.start):
        return False
    if len(left.words) == 1 and candidate.actors.at(left.start) is not None:
        return False
    return left.determiner in ("the", "these", "")


def _description(candidate: Candidate, kind: str) -> bool:
    """Say whether a head in small letters is named by its subject, nature or parties."""
    head, left = candidate.head, candidate.left
    told = left.proper or left.subject
    a_class = "class" in left.roles and not (left.proper and left.determiner in ("a", "an"))
    if a_class or not (told or kind) or (left.determiner in ("this", "that") and not told):
        return False
    if head.use == "joint" and "joint" not in left.roles and kind != "party":
        owned = bool(left.words) and POSSESSIVE.search(left.words[-1]) is not None
        if not left.proper or head.word == "statement" or owned:
            return False
    if left.determiner:
        return True
    single = len(left.words) == 1 and kind in ("", "purpose") and not _compound(left.words[0])
    return left.proper and not single


def _compound(word: str) -> bool:
    """Say whether a modifier is more than one name or an abbreviation."""
    return "-" in word or "–" in word or word.isupper()


def _of_both_sides(candidate: Candidate, kind: str) -> bool:
    """Say whether a programme, plan or framework is one of both sides."""
    left = candidate.left
    if candidate.small:
        planned = candidate.text.startswith("action", candidate.start)
        return planned and kind == "subject" and left.determiner != ""
    if not left.proper:
        return kind == "subject" and candidate.head.use == "titled" and candidate.signed
    if candidate.head.use == "titled" or candidate.pair:
        return True
    cooperation = any(word.lower() in modifiers("cooperation") for word in left.words)
    return cooperation and ("joint" in left.roles or candidate.signed)


def titled(text: str, end: int) -> bool:
    """Say whether what follows a head at a sentence's beginning shows that its capital is a name's."""
    word = next_word(text, end)
    if word is None or word.low not in words("connector"):
        return False
    follows = next_word(text, word.end)
    while follows is not None and follows.low in ("the", "a"):
        follows = next_word(text, follows.end)
    return follows is not None and (capitalized(follows.text) or follows.text[:1].isdigit())
