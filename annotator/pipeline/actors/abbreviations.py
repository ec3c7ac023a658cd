"""Abbreviations that the text itself defines, `Long Form (LF)`; text in, pairs of spans out.

The algorithm is that of A. S. Schwartz and M. A. Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text, Pacific Symposium on Biocomputing 8 (2003) 451-462: the short form's letters are matched from the right
in the words before the bracket, its first letter at the beginning of a word; or in those within, which are all of it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SHORT = re.compile(r"[(\[](?:the[ \u00a0])?[“\"]?([A-Z][\w.&/’'-]{1,9})[”\"]?[)\]]")
_LONG = re.compile(r"\((?:the[ \u00a0])?([^\W\d_][^()\n]{4,99})\)")
_BEFORE = re.compile(r"(?<![\w.&-])([A-Z][\w.&-]{1,9})[ \u00a0]\Z")
_LONGEST = 12
"""How many code points before a bracket an abbreviation with a space is looked for."""
_WORD = re.compile(r"\S+")


class Definition(NamedTuple):
    """Where a long form and its abbreviation stand in the text."""

    start: int
    stop: int
    short_start: int
    short_end: int


def definitions(text: str) -> Iterator[Definition]:
    """Yield the abbreviations defined in the text: those in brackets, then those before them (`LF (Long Form)`)."""
    yield from _behind(text)
    for match in _LONG.finditer(text):
        if not text[match.start() - 2 : match.start() - 1].isupper():
            continue  # no abbreviation ends there, which most words show soonest
        short = _BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        if short and sum(char.isupper() for char in short[1]) > 1 and best_long_form(short[1], match[1]) == 0:
            yield Definition(*match.span(1), *short.span(1))


def _behind(text: str) -> Iterator[Definition]:
    for match in _SHORT.finditer(text):
        start, end = match.span(1)
        short = text[start:end]
        if sum(char.isupper() for char in short) < 2:
            continue
        stop = match.start()
        while stop and text[stop - 1] in ' \u00a0”"':
            stop -= 1
        first = _window(text, stop, len(short))
        found = best_long_form(short, text[first:stop])
        if found is not None:
            yield Definition(first + found, stop, start, end)


def _window(text: str, stop: int, size: int) -> int:
    """Return where the words that may hold the long form begin: min(size + 5, size * 2) words back, one line."""
    low = max(text.rfind("\n", 0, stop) + 1, stop - 200)
    words = [match.start() for match in _WORD.finditer(text, low, stop)]
    return words[-min(size + 5, size * 2) :][0] if words else stop


def best_long_form(short: str, words: str) -> int | None:
    """Return where in `words` the shortest long form of `short` begins, None when there is none.

    >>> best_long_form("LDP", "the ruling Liberal Democratic Party")
    11
    """
    i, at = len(short) - 1, len(words) - 1
    lowered = words.lower()
    while i >= 0:
        char = short[i].lower()
        if not char.isalnum():
            i -= 1
            continue
        while at >= 0 and (lowered[at] != char or (i == 0 and at > 0 and words[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
        i -= 1
    begin = at + 1
    return begin if len(words) - begin > len(short) else None
