"""A reading in its text: the words around it, and the lexicon of words that speak for or against a reading."""

import re
from collections import defaultdict
from functools import cache

from annotator.lexicons import Entry, load
from annotator.temporal.reading import Hit

WORD_END = re.compile(r"\w+(?=\.?$)")
TOKEN_BEFORE = re.compile(r"(?:^|[\s/(])([^\s/(]+)\s?$")
WORD_AFTER = re.compile(r"[ ]+([\w%°$/-]+)")
WINDOW = 24
"""How many characters before a reading are looked at for the word before it."""


class Guard(Entry, frozen=True):
    """A word that speaks for or against a reading when it stands beside it."""

    word: str
    side: str


@cache
def sides() -> dict[str, frozenset[str]]:
    """Return side → its words."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in load("date_guards", Guard):
        found[entry.side].add(entry.word)
    return {side: frozenset(words) for side, words in found.items()}


def guards(side: str) -> frozenset[str]:
    """Return the words of one side."""
    return sides()[side]


class Place:
    """A reading in its text: the words around it, found when asked for, once."""

    __slots__ = ("_after", "_before", "end", "expression", "low", "rule", "start", "text", "words")

    def __init__(self, text: str, low: str, start: int, hit: Hit) -> None:
        self.text, self.low, self.start, self.end = text, low, start, hit.end
        self.expression, self.rule = hit.expression, hit.rule
        self.words = low[start : hit.end]
        """The words read, in plain form."""
        self._before: str | None = None
        self._after: str | None = None

    @property
    def glued(self) -> str:
        """The character just before, empty at a start or after a space."""
        return self.low[self.start - 1 : self.start].strip() if self.start else ""

    @property
    def before(self) -> str:
        """The word before on the line, without its point."""
        if self._before is None:
            self._before = self._word_before()
        return self._before

    def _word_before(self) -> str:
        if self.start > WINDOW and self.low[self.start - 1] == " ":
            word = self.low[self.low.rfind(" ", self.start - WINDOW, self.start - 1) + 1 : self.start - 1]
            if len(word) < WINDOW and word.isalnum():
                return word
        line = self.low[max(0, self.start - WINDOW) : self.start].rpartition("\n")[2].rstrip(" ,")
        found = WORD_END.search(line.rpartition(" ")[2])
        return found[0] if found else ""

    @property
    def label(self) -> str:
        """What stands before up to the last space, slash or bracket (`h.r.`, `s.res.`)."""
        found = TOKEN_BEFORE.search(self.low, max(0, self.start - 24), self.start)
        return found[1] if found else ""

    @property
    def after(self) -> str:
        """The word after, empty where punctuation stands between."""
        if self._after is None:
            found = WORD_AFTER.match(self.low, self.end)
            self._after = found[1] if found else ""
        return self._after

    @property
    def capital_after(self) -> bool:
        """Whether the next word is written with a capital."""
        found = WORD_AFTER.match(self.text, self.end)
        return bool(found and found[1][:1].isupper())

    @property
    def capital(self) -> bool:
        """Whether the words are written with a capital."""
        return self.text[self.start].isupper()
