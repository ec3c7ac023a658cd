"""Sentences of a text: a text comes in, the places of its sentences go out.

A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with the quotation marks, brackets and
footnote mark glued to it, where white space follows and then anything but a small letter; and always at a line's end.
What stands before a full stop decides the rest, by the kinds of abbreviation of the lexicon.
"""

import re
from functools import cache, lru_cache
from typing import Literal

from annotator import lexicons

STOP = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*+"
    r"|[.!?…]*+[\"”’'»)\]]*+"
    r"(?:\d{1,3}+(?!\w)|[⁰¹²³⁴-⁹]++|\[\^?[\w,–-]{1,12}\])?+"
    r"([^\S\n]++(?=[^\sa-z]))?+)"
)
OPENERS = "\"“‘'«([{—–-•*¿¡"

Kind = Literal["name", "inner", "number", "either"]


class Abbreviation(lexicons.Entry, frozen=True):
    """A word that is written with a full stop, which is left out here.

    `kind` says when that stop ends a sentence: `name` (a name follows) and `inner` (something always follows) never,
    `number` not before a number, `either` only before a word that starts sentences. A word in small letters, longer
    than one, is also meant with a capital.
    """

    word: str
    kind: Kind


class Starter(lexicons.Entry, frozen=True):
    """A word which, with a capital after an abbreviation, starts a new sentence."""

    word: str


@lru_cache(maxsize=2)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each sentence of `text`, without the white space around it, in order; none is empty.

    The last texts are remembered, since several components read the same one.

    >>> [(s, e)] = sentences("Gen. George C. Marshall spoke at 3.30 p.m. on Jan. 5.")
    >>> ["He agreed.”1 Dr. Ito did not.  "[s:e] for s, e in sentences("He agreed.”1 Dr. Ito did not.  ")]
    ['He agreed.”1', 'Dr. Ito did not.']
    """
    found = []
    start = len(text) - len(text.lstrip())
    for match in STOP.finditer(text, start):
        place, after = match.span()
        if text[place] == "\n":
            end = place
            while end > start and text[end - 1].isspace():
                end -= 1
        else:
            end = match.start(1)
            if end < 0 or not _ends(text, start, place, after):
                continue
        if end > start:
            found.append((start, end))
        start = after
    end = len(text.rstrip())
    if end > start:
        found.append((start, end))
    return tuple(found)


def _ends(text: str, start: int, stop: int, after: int) -> bool:
    """Say whether the stop at `stop` ends the sentence that began at `start`; the next word is at `after`."""
    following = text[after : after + 20].lstrip(OPENERS)
    if following[:1].islower():
        return False
    if text[stop] != "." or text[stop + 1] in ".!?…":
        return True
    begin = max(start, stop - 12)
    word = text[begin:stop].split()[-1:]
    if not word:
        return stop > start
    last = word[0].lstrip(OPENERS)
    kind = abbreviations().get(last)
    if kind is None:
        if is_initial(last):
            kind = "either"
        else:
            return not (last.isdecimal() and stop - len(last) == start)  # `1. First` is a label, not a sentence
    if kind == "number":
        return not following[:1].isdecimal()
    return kind == "either" and following.partition(" ")[0].rstrip(",’'") in _starters()


def is_initial(word: str) -> bool:
    """Say whether `word`, which a full stop follows, ends in an initial: `H`, `H.W`, `Japan-U.S`."""
    last, before = word[-1:], word[-2:-1]
    return last.isalpha() and (before == "." or (last.isupper() and not before.isalnum()))


@cache
def abbreviations() -> dict[str, Kind]:
    """Return the kind of each abbreviation, written without its final full stop."""
    kinds: dict[str, Kind] = {}
    for entry in lexicons.load("abbreviations", Abbreviation):
        kinds[entry.word] = entry.kind
        if len(entry.word) > 1:
            kinds.setdefault(entry.word[0].upper() + entry.word[1:], entry.kind)
    return kinds


@cache
def _starters() -> frozenset[str]:
    return frozenset(entry.word for entry in lexicons.load("sentence_starters", Starter))
