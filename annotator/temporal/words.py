"""The words of time as tables and pattern fragments, from the lexicons `months`, `date_words` and `date_holidays`.

Everything here is in lower case with plain spaces, hyphens and apostrophes, as `grammar.plain` makes it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from annotator.lexicons import Entry, load
from annotator.model import Mod


class Month(Entry, frozen=True):
    """A month's name or abbreviation."""

    word: str
    month: int
    short: bool


class DateWord(Entry, frozen=True):
    """A word or phrase with what it does in an expression of time (`kind`) and what it says there."""

    word: str
    kind: str
    meaning: str


class Holiday(Entry, frozen=True):
    """A holiday: of fixed date, so many days from Easter, or known to the holidays package under a name."""

    name: str
    month: int = 0
    day: int = 0
    easter: int | None = None
    country: str | None = None
    holiday: str | None = None


MODS: dict[str, Mod] = {mod: mod for mod in get_args(Mod)}
MONTHS: dict[str, int] = {entry.word: entry.month for entry in load("months", Month)}
SHORT_MONTHS = frozenset(entry.word for entry in load("months", Month) if entry.short)
HOLIDAYS = {entry.name: entry for entry in load("date_holidays", Holiday)}


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return kind → word → meaning."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in load("date_words", DateWord):
        found[entry.kind][entry.word] = entry.meaning
    return dict(found)


def table(kind: str) -> dict[str, str]:
    """Return word → meaning of one kind."""
    return tables()[kind]


@cache
def any_of(*kinds: str) -> str:
    """Return a pattern for the words of these kinds, longer ones first, with no group of its own."""
    words = {word for kind in kinds for word in tables()[kind]}
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def trie(words: Iterable[str]) -> str:
    """Return a pattern for the words that shares their beginnings: longer ones first, a mismatch shows at once.

    >>> trie(["may", "march", "m"])
    'm(?:a(?:y|rch)|)'
    """
    return trie_with(dict.fromkeys(words, ""))


def trie_with(tails: Mapping[str, str]) -> str:
    """Return such a pattern for words of which each has a pattern for what follows it."""
    by_first: dict[str, dict[str, str]] = {}
    for word, tail in tails.items():
        by_first.setdefault(word[:1], {})[word[1:]] = tail
    branches = []
    for first, rests in sorted(by_first.items(), reverse=True):
        branches.append(re.escape(first) + trie_with(rests) if first else rests[""])
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


def count(kind: str) -> dict[str, int]:
    """Return word → number of one kind."""
    return {word: int(meaning) for word, meaning in tables()[kind].items()}


def mods(kind: str) -> dict[str, Mod]:
    """Return word → modifier of one kind."""
    return {word: MODS[meaning] for word, meaning in tables()[kind].items()}


NUMBERS, ORDINALS, WEEKDAYS, SEASONS = count("number"), count("ordinal"), count("weekday"), count("season")
WEEKDAYS |= count("weekday-short")
UNITS, PARTS, CLOCK_WORDS = table("unit"), table("part"), table("clock-word")
EDGES, PORTIONS = mods("edge"), mods("portion")
TURNS, SAME, AWAY, DAYS = (
    count("turn"),
    count("same"),
    count("away") | count("away-open") | count("away-stop"),
    count("day"),
)

_LONG_MONTHS = "|".join(word for word in MONTHS if word not in SHORT_MONTHS)
_SHORT = "|".join(sorted(SHORT_MONTHS, key=len, reverse=True))
LONG_MONTH = f"(?:{_LONG_MONTHS})"
MONTH = rf"(?:{_LONG_MONTHS}|(?:{_SHORT})\b\.?)"
WEEKDAY = any_of("weekday")
ANY_WEEKDAY = rf"(?:{WEEKDAY}|{any_of('weekday-short')}\b\.?)"
SEASON = any_of("season")
NUMBER_WORD = any_of("number")
NUMBER_WORDS = rf"(?:{NUMBER_WORD}(?:(?:[- ]|(?<=hundred) and ){NUMBER_WORD}){{0,8}})"
ORDINAL_WORD = rf"(?:(?:{NUMBER_WORD}[- ])?{any_of('ordinal')})"
HUNDREDS = trie(tables()["hundreds"])
TENS = trie(tables()["tens"])
SHORT_NUMBER = rf"(?:{TENS}(?:[- ]{NUMBER_WORD})?|{NUMBER_WORD})"
SPELLED_YEAR = (
    rf"(?:(?:(?:one|two) thousand|{HUNDREDS} hundred),? (?:and )?{NUMBER_WORDS}"
    rf"|{HUNDREDS}[- ](?:oh[- ])?{SHORT_NUMBER})"
)
"""A year in words: `seventeen hundred and six`, `nineteen eighty-four`, `nineteen oh five`, `two thousand and ten`."""
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
NTH = r"(?:st|nd|rd|th)"
YEAR = r"[12]\d{3}(?!\d)"
ERA = r"(?: ?(?:b\.c\.(?:e\.)?|b\.c(?=\W|$)|bce|bc|a\.d\.|ad|c\.e\.|ce)(?!\w))"
UNIT = any_of("unit")
PART = any_of("part")
FILLER = any_of("filler")
VAGUE = any_of("vague")
AMOUNT = any_of("amount")
AMOUNTS = mods("amount")


def month_number(word: str) -> int:
    """Return the number of a month's name or abbreviation, with or without its point."""
    return MONTHS[word.rstrip(".")]


def number_of(words: str) -> float | None:
    """Return what a number in digits or words says; None where the words make none.

    >>> number_of("twenty-five"), number_of("a hundred and fifty"), number_of("2,500"), number_of("seventeen hundred")
    (25, 150, 2500, 1700)
    """
    if words[0].isdigit():
        return float(words.replace(",", "")) if "." in words else int(words.replace(",", ""))
    total = current = 0
    for word in words.replace("-", " ").split():
        if word in ("a", "an"):
            current += 1
        elif word in ("hundred", "thousand", "dozen"):
            current = (current or 1) * NUMBERS[word]
            if word == "thousand":
                total, current = total + current, 0
        elif word != "and":
            if word not in NUMBERS or (current % 10 and current < 100) or (0 < current < 20):
                return None
            current += NUMBERS[word]
    return total + current


def year_of(words: str) -> int | None:
    """Return the year that SPELLED_YEAR found, None where the words make none.

    >>> year_of("nineteen eighty-four"), year_of("nineteen oh five"), year_of("two thousand and ten")
    (1984, 1905, 2010)
    """
    if "hundred" in words or "thousand" in words:
        return int(number_of(words.replace(",", "")) or 0) or None
    hundreds, *rest = words.replace("-", " ").split()
    number = number_of(" ".join(word for word in rest if word != "oh"))
    if number is None or (number < 10) != ("oh" in rest):
        return None
    return 100 * NUMBERS[hundreds] + int(number)


def ordinal_of(words: str) -> int | None:
    """Return what an ordinal in digits or words says.

    >>> ordinal_of("21st"), ordinal_of("twenty-first"), ordinal_of("nineteenth")
    (21, 21, 19)
    """
    if words[0].isdigit():
        return int(words.rstrip("stndrh"))
    tens, _, last = words.replace(" ", "-").rpartition("-")
    return ORDINALS[last] + (NUMBERS[tens] if tens else 0)
