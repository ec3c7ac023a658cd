"""Where the complement of an agreement's head word ends: the text after a head comes in, the name's end goes out.

A complement is a chain of parts, each a preposition and a noun phrase: of what, between or with whom, on what, to do
what.
"""

import re

import msgspec

from annotator.lexicons.agreements import heads, openers, words
from annotator.pipeline.agreements.phrases import ABBREVIATED, Phrase, Places, Word, capitalized, is_date, next_word

PARTS = 3
"""The most parts of a complement."""
YEAR = re.compile(r"\d{4}\b")
LOOSE = ("over", "against", "about")
"""Prepositions that begin a subject only after a bare head: otherwise they tell of something else."""
COUNTERPART = re.compile(
    r"[^\S\n](?:the[^\S\n]|his[^\S\n]|her[^\S\n])?(?:[A-Z]\w+(?:ese|an|ish|i|ch)[^\S\n])?(?:Prime[^\S\n]|Foreign[^\S\n]|Deputy[^\S\n])?"
    r"(?:Minister|President|Secretary|Ambassador|Premier|Chancellor)\b"
)
"""An official with whom somebody signs: no part of the name (`signed a pact with the Egyptian Minister`)."""
UNNAMED = ("a", "an", "any", "another", "other", "some", "several", "many", "most", "various", "all")
"""What parties begin with that are not named."""
PLACING = ("in", "at", "to")
"""Prepositions that end the name of a place where they follow it at once (`Treaty of Paris in …`)."""


def complement(
    text: str, end: int, actors: Places, *, bare: bool, proper: bool, small: bool, subject: bool, added: bool = False
) -> tuple[int, str]:
    """Return the end of the name whose head ends at `end`, with what its complement is, and `""` where there is none.

    `bare`: nothing before the head says which agreement this is; `proper`: a capitalized word does; `small`: the head
    is in small letters; `subject`: a word in small letters before the head tells the subject; `added`: the head is of
    what is added to an agreement (`Protocol to the North Atlantic Treaty`).
    """
    short = ABBREVIATED.match(text, end)
    word = next_word(text, short.end() if short else end)
    if word is None or word.low not in (words("party") if short else openers()):
        return end, ""
    reader = _Complement(text, Phrase(text, actors), bare, proper, small, subject, added)
    for _ in range(PARTS):
        if word is None or word.opened:
            break
        kind, after = reader.part(word)
        if after is None or after <= end:
            break
        reader.add(kind)
        end = after
        word = next_word(text, end)
    return end, reader.kinds[0] if reader.kinds else ""


class _Complement(msgspec.Struct):
    """Reads the parts of a complement, and knows which it has."""

    text: str
    phrase: Phrase
    bare: bool
    proper: bool
    small: bool
    subject: bool
    added: bool
    kinds: list[str] = []

    def add(self, kind: str) -> None:
        """Take note of a part."""
        self.kinds.append(kind)
        self.bare = False
        self.proper = self.proper or (kind == "of" and not self.small)

    def part(self, word: Word) -> tuple[str, int | None]:
        """Return kind and end of the part that begins with `word`; no end where none does."""
        low, follows = word.low, next_word(self.text, word.end)
        if follows is not None and low in words("relating") and follows.low in ("to", "of"):
            low, word = "concerning", follows
            follows = next_word(self.text, word.end)
        if follows is None:
            return "", None
        if low == "of":
            return "of", None if self.kinds else self._of(word.end, follows)
        if low in words("party"):
            with_whom = low == "with" and self.proper and not self.small
            return "party", None if "party" in self.kinds or with_whom else self._parties(word.end)
        if low in words("subject"):
            return "subject", self._on(low, word.end, follows)
        if low == "to" and self.added and not self.kinds and self._title(word.end):
            return "subject", self._to(word.end)
        if low == "to" and (self.bare or self.kinds == ["party"]):
            return "purpose", self._purpose(word.end, follows)
        return "", None

    def _title(self, place: int) -> bool:
        """Say whether the phrase after `place` is a title: its first word that is no article has a capital."""
        word = next_word(self.text, place)
        while word is not None and word.low in ("the", "a", "an"):
            word = next_word(self.text, word.end)
        return word is not None and capitalized(word.text)

    def _of(self, place: int, follows: Word) -> int | None:
        title = self._title(place)
        if follows.text[:1].isdigit():
            year = self.bare and not self.small and YEAR.match(follows.text)
            return follows.end if year else None
        if follows.low in words("stop") and follows.low != "no":
            return None
        after = next_word(self.text, follows.end) if follows.low == "the" else None
        if after is not None and after.low in words("adverbial") and not capitalized(after.text):
            return None
        if self.small and (not self.bare or is_date(self.text, follows) or follows.low in words("pronoun")):
            return None
        if title and is_date(self.text, follows):
            return None
        end = self.phrase.end(place, title=title and not self.small, apart=True)
        return self._at_place(place, end) if title and not self.small else end

    def _at_place(self, place: int, end: int) -> int:
        """Return the end of `of …` in capitals: where `in` follows one word at once, that is the name of a place."""
        named = self.text[place:end].split()
        if len(named) > 1 and named[0] != "the" and named[1] in PLACING:
            return self.text.index(named[0], place) + len(named[0])
        return end

    def _to(self, place: int) -> int | None:
        """Return the end of the name of the agreement to which this one is added."""
        end = self.phrase.end(place, title=True)
        named = self.text[place:end].lower().split()
        return end if any(word in heads() and heads()[word][0].use in ("any", "joint") for word in named) else None

    def _parties(self, place: int) -> int | None:
        """Return the end of the parties, of which one must be named and not all persons; `a country` is none."""
        first = next_word(self.text, place)
        if first is not None and (first.low in UNNAMED or COUNTERPART.match(self.text, place)):
            return None
        end = self.phrase.end(place, title=True, parties=True)
        spans = self.phrase.actors.within(place, end)
        if spans and all(span[2] == "person" for span in spans):
            return None
        return end if any(capitalized(word) for word in self.text[place:end].split()) else None

    def _on(self, low: str, place: int, follows: Word) -> int | None:
        """Return the end of the subject after a preposition."""
        title = self._title(place)
        if "subject" in self.kinds or (self.small and (self.subject or self.proper)) or (self.proper and not title):
            return None
        if follows.low in words("vague") or (low == "for" and self._signs_for(follows)):
            return None
        if low in words("clause") and not (self.bare and (self.small or title)):
            return None
        if low in LOOSE and not self.bare and "party" not in self.kinds:
            return None
        if is_date(self.text, follows) or follows.low in words("pronoun"):
            return None
        end = self.phrase.end(place, title=title and not self.small, apart="party" not in self.kinds)
        if end <= place or self.text[place:end].rsplit(None, 1)[-1] in words("vague"):
            return None
        following = next_word(self.text, end)
        verb = next_word(self.text, following.end) if title and following and following.low == "to" else None
        return end if following is None or verb is None else max(end, self._purpose(following.end, verb) or end)

    def _signs_for(self, word: Word) -> bool:
        """Say whether a state or person comes next, for whom somebody signs, not one who is `to do` something."""
        named = next_word(self.text, word.end) if word.low == "the" else word
        actor = self.phrase.actors.at(named.start) if named is not None else None
        signing = actor is not None and actor[2] in ("state", "person")
        return signing and actor is not None and not self.text.startswith(" to ", actor[1])

    def _purpose(self, place: int, verb: Word) -> int | None:
        """Return the end of `to do something`, with its object."""
        if (capitalized(verb.text) and self.small) or verb.opened or not verb.text.isalpha():
            return None
        no_verb = any(verb.low in words(role) for role in ("determiner", "stop", "pronoun"))
        if no_verb and verb.low not in words("purpose"):
            return None
        end = self.phrase.end(verb.end, title=capitalized(verb.text))
        return end if end > verb.end else None
