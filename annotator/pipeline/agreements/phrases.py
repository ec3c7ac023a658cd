"""Words and noun phrases of a text: a place comes in, where the phrase after it ends goes out.

Without a grammar of English, a noun phrase ends before a word that cannot be in one (a verb, a pronoun, a preposition
that tells when or where) or before punctuation. A title in capitals ends with its last capitalized word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import msgspec

from annotator.lexicons.agreements import heads, words
from annotator.reading.sentences import sentences

WORD = re.compile(
    r"[^\S\n]{0,9}([“\"‘(\[]?)([^\s,;:.()“”\"\[\]<>—]{1,60}(?:\.(?=[\w’'-])[^\s,;:.()“”\"\[\]—]{1,60}){0,6}\.?)"
)
"""The next word: white space, an opening mark, the word itself (with the full stops of abbreviations)."""
ABBREVIATED = re.compile(
    r"[^\S\n]\([A-Z][\w&-]{1,9}\)(?=,?[^\S\n](?:and|&|in|on|of|with|between|for)[^\S\n](?:the[^\S\n])?[A-Z])"
)
"""A short form in brackets inside a title or a list of parties, which goes on behind it."""
PAST = re.compile(r"\w{2,}[^e\W]ed$")
LONGEST = 30
"""The most words of a complement that are read."""
BETWEEN = ("between", "among", "amongst")
"""What begins the parties after a subject; `with` can be of the subject."""
POINTING = ("these", "those")
"""What can follow `of` inside a phrase (`the management of those stocks`)."""
ARTICLES = ("the", "a", "an", "its", "their")
"""What can follow a preposition inside a phrase."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a complement: its place, itself in small letters, and what stands around it."""

    start: int
    end: int
    text: str
    low: str
    opened: str


class Places:
    """The actors of a text, to be asked what stands where."""

    def __init__(self, spans: Sequence[tuple[int, int, str, str]]) -> None:
        """Take start, end, type and entity of each actor, sorted."""
        self.spans = spans

    @cached_property
    def _starts(self) -> list[int]:
        return [span[0] for span in self.spans]

    def at(self, place: int) -> tuple[int, int, str, str] | None:
        """Return the actor that covers `place`."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and self.spans[index][1] > place:
            return self.spans[index]
        return None

    def within(self, start: int, end: int) -> Sequence[tuple[int, int, str, str]]:
        """Return the actors that begin between `start` and `end`."""
        first = bisect_left(self._starts, start)
        return self.spans[first : bisect_left(self._starts, end, first)]


def next_word(text: str, place: int) -> Word | None:
    """Return the word after `place` where only white space stands between, on the same line."""
    match = WORD.match(text, place)
    if match is None or (match.start(2) == place and not match[1]):
        return None
    word = match[2]
    end = match.end(2)
    if word.endswith(".") and "." not in word[:-1] and (len(word) > 3 or word[:-1].isupper()):
        word, end = word[:-1], end - 1
    return Word(match.start(2), end, word, word.lower(), match[1]) if word else None


def capitalized(word: str) -> bool:
    """Say whether a word starts with a capital."""
    return word[:1].isupper()


def is_date(text: str, word: Word) -> bool:
    """Say whether a date begins with this word."""
    return word.text[:1].isdigit() or word.low in words("calendar" if capitalized(word.text) else "adverbial")


class Manner(msgspec.Struct, frozen=True):
    """How a phrase is read: as a `title` in capitals, as a list of `parties`, up to where parties begin (`apart`).

    `place` is where it begins.
    """

    title: bool
    parties: bool
    apart: bool
    place: int


class Phrase(msgspec.Struct, frozen=True):
    """Reads noun phrases of a text; `actors` tell where names of states and persons begin."""

    text: str
    actors: Places

    def end(self, place: int, *, title: bool, parties: bool = False, apart: bool = False) -> int:
        """Return the end of the noun phrase that begins after `place`, or `place` where none does.

        `apart`: parties after it (`… between Japan and the Union`) are no part of it.
        """
        end = here = place
        before: Word | None = None
        manner = Manner(title, parties, apart, place)
        for _ in range(LONGEST):
            word = next_word(self.text, here)
            short = ABBREVIATED.match(self.text, here) if title and before is not None else None
            if short is not None:
                here = short.end()
                continue
            if word is None or word.opened or self._ends(word, before, manner):
                if word is not None or before is None:
                    break
                listed = self._listed(here, title=title, parties=parties)
                if listed is None:
                    break
                here = listed
                continue
            here = word.end
            if not self._joins(word) and not (title and not capitalized(word.text) and not parties):
                end = here
            before = word
        return end

    def _joins(self, word: Word) -> bool:
        return word.low in words("connector") or word.low in words("determiner")

    def _ends(self, word: Word, before: Word | None, manner: Manner) -> bool:
        """Say whether the phrase is over before this word."""
        low, title, parties = word.low, manner.title, manner.parties
        if before is not None and before.text.endswith(".") and self._opens_sentence(word):
            return True
        if low == "and" or low == "or":
            return before is None or self._splits(word, before, manner)
        if manner.apart and before is not None and low in BETWEEN and self._named(word.end):
            return True
        if capitalized(word.text):
            if before is not None and low in words("calendar") and self.text[word.end + 1 : word.end + 2].isdigit():
                return True
            joined = parties or before is None or self._joins(before) or capitalized(before.text) or not title
            return not joined or (before is not None and self._joins(before) and is_date(self.text, word))
        if self._joins(word):
            if parties and low not in words("determiner") and low not in words("particle") and low != "of":
                return True
            return self._connector_ends(word, before, title=title and not parties)
        if title and not parties:
            return True
        return self._small_ends(word, before, parties=parties)

    def _opens_sentence(self, word: Word) -> bool:
        found = sentences(self.text)
        index = bisect_left(found, (word.start,))
        return index < len(found) and found[index][0] == word.start

    def _small_ends(self, word: Word, before: Word | None, *, parties: bool) -> bool:
        """Say whether a phrase that is no title is over before this word in small letters."""
        low = word.low
        if parties and before is not None and capitalized(before.text) and low in words("body"):
            return False
        if parties and low in ("then", "former", "newly") and before is not None and before.low in ARTICLES:
            return False
        if low in words("stop") or low in words("verb") or low in words("pronoun"):
            if before is not None and before.low == "of" and low in POINTING:
                return False
            return not ((before is None and low in ("no", "all", "any")) or (low == "each" and self._each_other(word)))
        if parties:
            return not (before is not None and self._noun_of_party(word, before))
        if before is not None and PAST.match(low) and not self._joins(before) and not before.low.endswith("ly"):
            return True
        return word.text[:1].isdigit() and before is not None and self._joins(before) and before.low != "of"

    def _named(self, place: int) -> bool:
        """Say whether the phrase after `place` begins with a capital, after articles."""
        word = next_word(self.text, place)
        while word is not None and word.low in ("the", "a", "an"):
            word = next_word(self.text, word.end)
        return word is not None and capitalized(word.text)

    def _each_other(self, word: Word) -> bool:
        follows = next_word(self.text, word.end)
        return follows is not None and follows.low.startswith("other")

    def _noun_of_party(self, word: Word, before: Word) -> bool:
        if PAST.match(word.low):
            return False
        follows = next_word(self.text, word.end)
        named = follows is not None and capitalized(follows.text)
        return word.low in words("body") or before.low in words("determiner") or named

    def _connector_ends(self, word: Word, before: Word | None, *, title: bool) -> bool:
        """Say whether a small word that can stand inside a phrase ends this one."""
        low = word.low
        follows = next_word(self.text, word.end)
        if follows is None or follows.opened or (before is not None and self._joins(before) and low not in ARTICLES):
            return before is not None or follows is None
        if low in ("of", "the", "a", "an", "its", "their") or low in words("particle"):
            return title and not capitalized(follows.text) and not self._joins(follows)
        if before is None:
            return True
        if is_date(self.text, follows) or (follows.low in words("pronoun") and follows.low not in POINTING):
            return True
        if low in ("in", "at"):
            return self._place(follows, title=title)
        if low in words("inside"):
            return title and not capitalized(follows.text) and follows.low != "the"
        if low == "to" and title:
            return not capitalized(follows.text) and follows.low != "the"
        return True

    def _place(self, follows: Word, *, title: bool) -> bool:
        """Say whether `in` before this word tells where something was done, not what it is about."""
        if follows.low == "the":
            after = next_word(self.text, follows.end)
            if after is None or not title:
                return after is None or (after.low in words("adverbial") and not capitalized(after.text))
            return not capitalized(after.text) or is_date(self.text, after)
        if capitalized(follows.text):
            actor = self.actors.at(follows.start)
            return (actor is None or actor[2] not in ("state", "bloc")) and not self._field(follows)
        return title

    def _field(self, word: Word) -> bool:
        """Say whether a name that begins with this word is of a region or field (`Latin America`, `Criminal Matters`).

        It is no city, where something was signed.
        """
        for _ in range(3):
            if word.low in words("field"):
                return True
            follows = next_word(self.text, word.end)
            if follows is None or not capitalized(follows.text):
                return False
            word = follows
        return False

    def _splits(self, word: Word, before: Word, manner: Manner) -> bool:
        """Say whether what `and` joins is no longer part of the name."""
        title, parties = manner.title, manner.parties
        follows = next_word(self.text, word.end)
        if follows is None or (self._joins(before) and not parties):
            return True
        if parties:
            counted = next_word(self.text, follows.end) if follows.text.isdigit() else None
            return not (
                capitalized((counted or follows).text)
                or follows.low in words("determiner")
                or follows.low in words("body")
            )
        articled = follows.low == "the" and self.text.find(" the ", manner.place, word.start) >= 0
        if articled or (title and follows.low in ("its", "their")):
            after = next_word(self.text, follows.end)
            if after is None or not capitalized(after.text) or self.actors.at(after.start) is not None:
                return True
            return self._heads_another(follows.end)
        if follows.low in words("determiner") or follows.low in words("stop") or follows.low in words("verb"):
            return True
        if self._heads_another(word.end):
            return True
        if capitalized(follows.text):
            return self._single(follows) and self.actors.at(before.start) is None
        return title

    def _single(self, word: Word) -> bool:
        """Say whether an actor begins there that is no body of more words, which can as well be of a title."""
        actor = self.actors.at(word.start)
        return actor is not None and (actor[2] != "organization" or " " not in self.text[actor[0] : actor[1]])

    def _heads_another(self, place: int) -> bool:
        """Say whether the words after `place` are the name of another agreement."""
        for _ in range(5):
            word = next_word(self.text, place)
            if word is None or (word.low in words("connector") and word.low != "of"):
                return False
            if word.low in heads() and heads()[word.low][0].use in ("any", "joint"):
                return True
            place = word.end
        return False

    def _listed(self, place: int, *, title: bool, parties: bool) -> int | None:
        """Return the place after a comma at `place` where a list goes on that ends with `and`, else None.

        A list in a title is short words with capitals (`Friendship, Commerce and Navigation`); one of parties, actors.
        """
        if self.text[place : place + 1] != ",":
            return None
        here = place + 1
        for _ in range(4 if title and not parties else 12):
            word = next_word(self.text, here)
            if word is None:
                if parties and self.text[here : here + 1] == ",":
                    here += 1
                    continue
                return None
            if word.low == "and":
                after = next_word(self.text, word.end)
                good = after is not None and (capitalized(after.text) or parties or not title)
                return place + 1 if good else None
            actor = self.actors.at(word.start)
            if parties:
                if actor is None and word.low not in words("determiner") and word.low not in words("connector"):
                    return None
            elif actor is not None or self._breaks(word, title=title):
                return None
            here = word.end
            if self.text[here : here + 1] == ",":
                here += 1
        return None

    def _breaks(self, word: Word, *, title: bool) -> bool:
        """Say whether a list of things cannot hold this word."""
        if title:
            return not capitalized(word.text)
        return any(word.low in words(role) for role in ("stop", "verb", "determiner", "pronoun")) or word.low == "which"
