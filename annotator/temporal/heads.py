"""The words that can begin an expression of time, and the one pattern that finds them all in a text."""

import re
from functools import cache

from annotator.temporal.words import HOLIDAYS, MONTHS, NUMBERS, tables, trie, trie_with

KINDS = (
    "digit",
    "four digits",
    "many digits",
    "month",
    "weekday",
    "season",
    "ordinal",
    "holiday",
    "within",
    "edge",
    "amount",
    "clock-word",
    "number",
    "vague",
    "article",
    "sequence",
    "same",
    "turn",
    "part",
    "day",
    "every",
    "set",
    "unit",
    "decade-name",
    "quote",
    "fiscal",
    "quarter",
    "era",
    "times",
    "ref",
    "spelled",
)
"""Kinds of first words, in the order in which their rules are tried."""

PHRASES = frozenset(tables()["phrase-head"])
"""First words too common to look at each: the phrase is the head."""

EXTRA_HEADS = {
    "a": "article",
    "an": "article",
    "half": "article",
    "every": "every",
    "each": "every",
    "per": "every",
    "fiscal": "fiscal",
    "calendar": "fiscal",
    "fy": "fiscal",
    "q1": "quarter",
    "q2": "quarter",
    "q3": "quarter",
    "q4": "quarter",
    "h1": "quarter",
    "h2": "quarter",
    "ad": "era",
    "a.d.": "era",
    "nineteen": "decade-name",
    "latter": "ordinal",
    "half past": "clock-word",
    "quarter past": "clock-word",
    "quarter to": "clock-word",
    "week": "sequence",
    "weekend": "sequence",
    "hours": "part",
    "tonight": "day",
    "once": "times",
    "twice": "times",
    "thrice": "times",
}
"""Heads that stand in no lexicon → their kind."""


@cache
def heads() -> dict[str, tuple[str, ...]]:
    """Return head → the kinds it can be, in the order of KINDS."""
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for phrase in tables().get(kind, ()):
            first = phrase.split(" ")[0]
            found.setdefault(phrase if first in PHRASES else first, set()).add(kind)
    for word in MONTHS:
        found.setdefault(word, set()).add("month")
    for name in HOLIDAYS:
        found.setdefault(name, set()).add("holiday")
    for word in tables()["weekday-short"]:
        found.setdefault(word, set()).add("weekday")
    for word, kind in EXTRA_HEADS.items():
        found.setdefault(word, set()).add(kind)
    for word in tables()["number"]:
        found[word].add("ordinal")
    for word in tables()["weekday"]:
        found.setdefault(f"{word}s", set()).add("weekday")
    for hundreds in tables()["hundreds"]:
        for rest in ("oh", "hundred", *tables()["tens"], *(word for word in NUMBERS if 10 <= NUMBERS[word] < 20)):
            found.setdefault(f"{hundreds} {rest}", set()).add("spelled")
    for phrase in ("one thousand", "two thousand"):
        found.setdefault(phrase, set()).add("spelled")
    return {word: tuple(kind for kind in KINDS if kind in kinds) for word, kinds in found.items()}


LEAD_KINDS = frozenset(
    ("article", "same", "amount", "vague", "turn", "sequence", "ordinal", "number", "every", "within", "edge")
)
"""Kinds of common words that begin an expression only where one of CORES follows within a few words."""


def core_words() -> set[str]:
    """Return the words that have to follow a lead within a few words."""
    kinds = ("unit", "season", "part", "weekday", "weekday-short", "decade-name", "clock-word", "day")
    words = {word for kind in kinds for word in tables()[kind]}
    return words | {*MONTHS, "tonight", "half", "o'clock", *(name.split(" ")[0] for name in HOLIDAYS)}


def second_words(*firsts: str) -> set[str]:
    """Return the second words of the phrases that begin with one of these."""
    phrases = [phrase.split(" ") for kind in KINDS for phrase in tables().get(kind, ())]
    return {words[1] for words in phrases if words[0] in firsts and len(words) > 1}


def next_word(words: set[str]) -> str:
    """Return a pattern that looks whether the next word is, or begins as, one of these."""
    return rf"(?=[ -]{trie(words)})"


LEADS = frozenset(word for word, kinds in heads().items() if LEAD_KINDS.issuperset(kinds))
CORE = rf",?(?:[ -][\w'.,]+){{0,5}}?[ -](?:'?\d|{trie(core_words())}(?!\w))"
CORE_AHEAD = re.compile(CORE)
AFTER_ARTICLE = next_word(
    {*tables()["unit"], *tables()["filler"], "hundred", "thousand", "dozen", "half"} | second_words("a", "an")
)
AFTER_THIS = next_word(core_words() | {"calendar", "fiscal"} | second_words("this", "that"))
NO_WORD = r"[\x00-/:-@\[-^`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u2000-\u2bff\u3000-\u303f]"
"""What ends a word, as a set, which is searched faster than its complement `\\W`."""
LED = LEADS - {"a", "an", "this", "that"}
"""Leads of which `begins` says whether one of CORES follows; here, only that words do."""
POINTING = frozenset(word for word in LED if word.startswith(("this ", "that ")))
"""Those that are tried only where `this` and `that` alone lead to nothing."""
TAILS = dict.fromkeys(set(heads()) - LEADS, r"(?!\w)") | dict.fromkeys(LED - POINTING, "(?=,?[ -])")
TAILS |= {"a": AFTER_ARTICLE, "an": AFTER_ARTICLE}
TRIGGER = re.compile(
    rf"{NO_WORD}(?=({trie_with(TAILS)}|th(?:at|is){AFTER_THIS}|{trie(POINTING)}(?=,?[ -])|fy(?=\d)|\d+|'(?=\d)))"
)
"""A character that ends a word, before one that begins an expression of time or is a lead."""


def begins(head: str, text: str, end: int) -> bool:
    """Return whether a head of TRIGGER that ends there begins an expression: a lead only with what it leads to."""
    return head not in LED or CORE_AHEAD.match(text, end) is not None
