"""What stands before a head word: a text and the head's place come in, the words that belong to its name go out.

The words are read from right to left, up to an article, a verb, a preposition or punctuation; what tells nothing of the
agreement (`historic`, `first`, a date) is dropped from the beginning of what was read.
"""

import re
from functools import cache

import msgspec

from annotator.lexicons.agreements import ModifierRole, heads, modifiers, roles_of, words
from annotator.pipeline.agreements.phrases import PAST, Places, capitalized

BEFORE = 160
"""How many code points before a head are read."""
MOST = 9
"""The most words before a head that can be in the name."""
LONGEST_ASIDE = 45
"""The most code points of a bracket or quotation inside a name."""
YEAR = re.compile(r"(?:1[0-9]|20)\d\d(?:s|-era)?$")
LENGTH = re.compile(r"(?:\d+|\w+)-(?:year|month|week|day|point)s?$")
COMPOUND_PAST = re.compile(r"-\w+ed$")
POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
TITLES = re.compile(r"(?:St|Ft|Mt)\.$")
HEADLINE = frozenset(
    ("Sign", "Signs", "Ink", "Inks", "Conclude", "Concludes", "Reach", "Reaches", "Ratify", "Ratifies", "Announces")
)
"""Verbs in headlines of capitalized words."""
OWNERS = frozenset(
    ("Government", "Administration", "President", "Minister", "Ministry", "Union", "Kingdom", "Republic")
)
"""Whose agreement it is says no more than an article does."""
LINKING = ("of", "and", "in", "for", "on")
"""Small words that join the capitalized words of a name."""
TOLD: frozenset[ModifierRole] = frozenset(("joint", "class", "diplomatic", "cooperation"))
"""Roles of modifiers that decide whether there is a name."""


class Left(msgspec.Struct):
    """What stands before a head.

    `start` is where the name begins, `words` are its words before the head, `determiner` is the article, pronoun or
    date before them, `proper` says whether one of them is a name's word, `subject` whether one tells a subject, and
    `roles` are those of all modifiers, also of the ones left out.
    """

    start: int
    words: list[str]
    determiner: str = ""
    proper: bool = False
    subject: bool = False
    roles: frozenset[str] = frozenset()


def leftwards(text: str, start: int, actors: Places, *, small: bool) -> Left:
    """Read the words before the head at `start` that can belong to its name; `small`: the head is in small letters."""
    begin = max(text.rfind("\n", max(0, start - BEFORE), start) + 1, start - BEFORE)
    tokens = text[begin:start].replace("\xa0", " ").split(" ")
    if tokens.pop() != "" or not tokens:
        return Left(start, [])
    reader = _Reader(text, actors, small)
    place = start - 1
    for _ in range(MOST):
        if not tokens:
            break
        token = tokens.pop()
        begin = place - len(token)
        if not token or not reader.take(token, begin, tokens) or reader.stopped:
            if token and not reader.reaches(begin):
                tokens.append(token)
            break
        place = reader.kept[-1][0] - 1
    return reader.finish(start, tokens)


class _Reader(msgspec.Struct):
    """Takes the words before a head one by one and remembers those that belong to it, with their places."""

    text: str
    actors: Places
    small: bool
    kept: list[tuple[int, str]] = []
    determiner: str = ""
    stopped: bool = False

    def reaches(self, begin: int) -> bool:
        """Say whether the last word kept begins at or before `begin`."""
        return bool(self.kept) and self.kept[-1][0] <= begin

    def take(self, token: str, begin: int, rest: list[str]) -> bool:
        """Take a token; return False where neither it nor what stands before it is part of the name."""
        cut = -1 if token.isalpha() else max(token.rfind(mark) for mark in '—“"(‘[')
        if cut >= 0 and token[cut] in '“"‘' and token[-1] in '”"’' and cut != len(token) - 1:
            return self._keep(begin + cut, token[cut:])
        if token[-1] in ",;:.!?" and not abbreviated(token):
            return False
        if token[-1] in ')”"':
            return self._aside(token, begin, rest)
        if cut >= 0:
            self.stopped = True
            self.determiner = self.determiner or token[cut]
            token, begin = token[cut + 1 :], begin + cut + 1
        return bool(token) and self._take_word(token, begin, rest)

    def _take_word(self, token: str, begin: int, rest: list[str]) -> bool:
        low = token.lower()
        if low in words("determiner") and not (low == "the" and self._inner_article(rest)):
            self.determiner = low
            return False
        if POSSESSIVE.search(token):
            return self._possessive(token, begin)
        if YEAR.match(token):
            if not self.kept and not self.small and token.isdigit():
                self._keep(begin, token)
            self.determiner = self.determiner or token
            return False
        if low in words("connector") and (self.kept or not self.small):
            return self._connector(low, begin, rest) or self._joins_small(begin, token, rest)
        if self._ends_phrase(token, low, begin, rest) and not _describes(low, rest):
            return False
        return self._keep(begin, token)

    def _keep(self, begin: int, token: str) -> bool:
        self.kept.append((begin, token))
        return True

    def _ends_phrase(self, token: str, low: str, begin: int, rest: list[str]) -> bool:
        """Say whether a word cannot be in a name: a verb, a preposition, a figure."""
        if token in HEADLINE or (low in _titles() and self.kept and self.kept[-1][1].islower()):
            return True
        if token[0].isdigit():
            return not token.isdigit() and not LENGTH.match(token)
        if token[0].islower():
            subject = bool(rest) and capitalized(rest[-1]) and rest[-1].lower() not in words("determiner")
            other = low in heads() and heads()[low][0].use in ("any", "joint")
            return other or low in words("stop") or low in words("verb") or (subject and PAST.match(token) is not None)
        return (low in words("stop") or low in words("verb")) and low != "i" and opens_sentence(self.text, begin)

    def _inner_article(self, rest: list[str]) -> bool:
        """Say whether `the` stands inside a name, as in `Law of the Sea Treaty`."""
        inside = bool(self.kept) and capitalized(self.kept[-1][1]) and rest[-1:] == ["of"]
        return inside and self._within_name(rest[:-1])

    def _aside(self, token: str, begin: int, rest: list[str]) -> bool:
        """Take the end of a bracket or quotation that stands inside the name (`Taba (or “Oslo II”) Agreement`)."""
        opening = {")": "(", "”": "“"}.get(token[-1], '"')
        span = token
        while opening not in span[:-1]:
            if not rest or len(span) > LONGEST_ASIDE:
                return False
            span = rest.pop() + " " + span
        if len(span) > LONGEST_ASIDE or not span.startswith(opening) or (self.small and opening == "("):
            return False
        return self._keep(begin + len(token) - len(span), span)

    def _possessive(self, token: str, begin: int) -> bool:
        owner = POSSESSIVE.sub("", token)
        if owner in OWNERS or owner.lower() in words("calendar") or owner.lower() in ("today", "yesterday"):
            self.determiner = token
            return False
        if not capitalized(POSSESSIVE.sub("", token)):
            return self._keep(begin, token)
        self.determiner = token
        actor = self.actors.at(begin)
        if not self.kept and (actor is None or actor[2] == "person"):
            self._keep(begin, token)
        return False

    def _connector(self, low: str, begin: int, rest: list[str]) -> bool:
        """Take a small word between two capitalized ones (`Conventional Forces in Europe Treaty`)."""
        if not rest or not self.kept or not (capitalized(self.kept[-1][1]) or self.kept[-1][1] == "the"):
            return False
        if low == "the":
            return self._keep(begin, low)
        before = rest[-1]
        if not capitalized(before) or before.lower() in words("stop") or _closes(before):
            return False
        if low in words("particle") or (low in LINKING and self._within_name(rest)):
            return self._keep(begin, low)
        return False

    def _joins_small(self, begin: int, token: str, rest: list[str]) -> bool:
        """Take what joins two words after an article (`a science and technology agreement`, `status of forces …`)."""
        word, after = rest[-1] if rest else "", self.kept[-1][1] if self.kept else ""
        joined = token == "and" or (token == "of" and after.endswith("s"))
        if not (self.small and joined and word.islower() and after.islower()):
            return False
        ends = self._ends_phrase(word, word, begin, []) or not DROPPED.isdisjoint(roles_of(word))
        told = rest[-3:-1] if rest[-2:-1] and rest[-2] in modifiers("keep") else rest[-2:-1]
        return not ends and bool(told) and told[0].lower() in words("determiner") and self._keep(begin, token)

    def _within_name(self, rest: list[str]) -> bool:
        """Say whether the capitalized words before go back to an article or adjective, with no name's end between."""
        for back in range(1, 9):
            word = rest[-back] if back <= len(rest) else ""
            if not word or _closes(word) or word in words("connector") - words("determiner"):
                return False
            if word.lower() in words("determiner") or YEAR.match(word):
                return back > 1
            if word.islower():
                return back > 1 and word not in words("stop")
            if not capitalized(word):
                return False
        return False

    def finish(self, start: int, rest: list[str]) -> Left:
        """Return what has been read before the head at `start`, without what names nothing at its beginning."""
        kept = self.kept
        while kept and kept[-1][1] in words("connector"):
            kept.pop()
        every: set[ModifierRole] = set()
        if kept:
            every.update(*(roles_of(word.lower()) for _, word in kept))
        roles = every & TOLD
        if not self.determiner and rest and rest[-1].lower() in modifiers("class"):
            roles.add("class")
        counted = "first" in every or "ordinal" in every
        self._strip()
        names = [word for _, word in reversed(kept)]
        return Left(
            kept[-1][0] if kept else start,
            names,
            self.determiner or ("the" if counted else ""),
            proper=any(proper_word(word) for word in names),
            subject=any(_subject_word(word) for word in names),
            roles=frozenset(roles),
        )

    def _strip(self) -> None:
        """Drop leading words that tell nothing of the agreement, and small ones before a capitalized name."""
        kept = self.kept
        while kept:
            begin, word = kept[-1]
            low = word.lower()
            if low in words("calendar") and len(kept) > 1 and not kept[-2][1].isdigit():
                kept.pop()
                continue
            first = low in modifiers("first") and len(kept) > 1 and proper_word(kept[-2][1])
            if first or low in modifiers("ordinal") or (capitalized(word) and not opens_sentence(self.text, begin)):
                return
            dropped = not DROPPED.isdisjoint(roles_of(low)) or COMPOUND_PAST.search(low) or LENGTH.match(word)
            small = not self.small and word[0].islower() and low not in modifiers("stage")
            if not dropped and not small and not (word.isdigit() and len(kept) > 1):
                return
            kept.pop()


DROPPED: frozenset[ModifierRole] = frozenset(("drop", "class", "first"))


@cache
def _titles() -> frozenset[str]:
    """Return the head words of names, behind which with a capital no small word goes on with a name."""
    return frozenset(word for word, found in heads().items() if found[0].use == "any" and " " not in word)


FORMAL: frozenset[ModifierRole] = frozenset(("drop", "form", "ordinal", "first"))
NO_SUBJECT: frozenset[ModifierRole] = frozenset(("drop", "keep", "ordinal", "first", "class", "joint"))


def _describes(low: str, rest: list[str]) -> bool:
    """Say whether a participle after an article says what state an agreement is in (`a revised peace agreement`)."""
    return "drop" in roles_of(low) and bool(rest) and rest[-1].lower() in words("determiner")


def abbreviated(token: str) -> bool:
    """Say whether the full stop at a token's end is an abbreviation's."""
    return "." in token[:-1] or TITLES.match(token) is not None


def _closes(token: str) -> bool:
    """Say whether punctuation at a token's end parts it from what follows."""
    return token[-1] in ",;:.)”’'" and not abbreviated(token)


def proper_word(word: str) -> bool:
    """Say whether a modifier is a name's word: capitalized or a short number, and not just one of form."""
    bare = word.strip('“”"‘’()')
    return (capitalized(bare) and FORMAL.isdisjoint(roles_of(bare.lower()))) or (
        word.isdigit() and len(word) < len("2000")
    )


def _subject_word(word: str) -> bool:
    """Say whether a modifier in small letters tells the subject or nature of an agreement."""
    if capitalized(word) or word[:1].isdigit() or word in words("connector") or LENGTH.match(word):
        return False
    return NO_SUBJECT.isdisjoint(roles_of(word))


def opens_sentence(text: str, start: int) -> bool:
    """Say whether a sentence or line begins at `start`."""
    before = text[max(0, start - 3) : start].rstrip(' \t“"')
    return before == "" or before[-1] in ".!?\n”"
