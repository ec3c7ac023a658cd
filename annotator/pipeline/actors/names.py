"""Personal names among a run's items: a title before, a given name, an initial or a numeral; items in, pieces out."""

import re
from collections.abc import Sequence
from functools import cache

from annotator import lexicons
from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.context import cues
from annotator.pipeline.actors.items import Item
from annotator.pipeline.actors.pieces import Piece, adjacent
from annotator.pipeline.actors.runs import Words
from annotator.pipeline.actors.tables import Tables

PARTICLES = frozenset(
    word for line in lexicons.load("actor_joints", Words) if line.kind == "name" for word in line.words
)
"""Small words inside personal names (`de`, `bin`)."""

NAMELIKE = frozenset((t.UNKNOWN, t.GIVEN, t.PERSON))
_MIDDLE_OR_LAST = frozenset((t.COMMON, t.HEAD, t.SEAT, t.PLACE, t.GEO_HEAD, t.THING_HEAD))
"""Kinds that can be a surname as well, after a given name or an initial (`Anthony Lake`)."""
_HEADS = frozenset((t.HEAD, t.GEO_HEAD, t.THING_HEAD))
_TITLED = _MIDDLE_OR_LAST | {t.FORMER}
"""Kinds that a title makes a person (`Lord North`)."""
_INITIAL = re.compile(r"(?:\w\.)+\w?\.?|\w")
_NUMERAL = re.compile(r"[IVXL]+")
_SON = frozenset(("bin", "ibn", "bint", "ben"))
"""Particles after which any word is a name (`Qaboos bin Said`)."""
_LONGEST_UNKNOWN = 3
"""How many words a name may have that nothing but its capitals speaks for."""


EASTERN = "actors.eastern-name"
"""The rule of names that begin with a surname of the East and end with a given name (`Abe Shinzo`, `Wu Chi-wai`)."""

_SYLLABLE = r"(?:[bcdfghjklmnpqrstwxyz]|ch|sh|zh|ts|tz|hs|kw|gw|ng|ph|th)?[’]?[aeiouyüöŏŭ]{1,4}(?:ng|[nmptklhrw])?"
_TWO_SYLLABLES = re.compile(rf"{_SYLLABLE}-{_SYLLABLE}", re.IGNORECASE)
"""A given name of Chinese or Korean as newspapers write it (`Chi-wai`, `Yat-sen`)."""
_ONE_SYLLABLE = re.compile(_SYLLABLE, re.IGNORECASE)


@cache
def eastern_surnames() -> frozenset[str]:
    """Return the surnames of peoples who put them first."""
    return frozenset(word for line in lexicons.load("eastern_surnames", Words) for word in line.words)


def is_initial(word: str) -> bool:
    """Whether the word is an initial or several (`J.`, `H.W.`)."""
    return bool(_INITIAL.fullmatch(word))


def is_personal(run: str, items: Sequence[Item], tables: Tables) -> bool:
    """Whether a head word ends a personal name (`Edward M. House`): a surname after given names and initials alone."""
    *given, head = items
    if run[head.start : head.end] not in tables.surnames:
        return False
    return all(item.kind == t.GIVEN or is_initial(run[item.start : item.end]) for item in given)


def persons(run: str, items: Sequence[Item], taken: list[bool], initial: bool, tables: Tables) -> list[Piece]:
    """Return the persons, and mark their items as taken; `initial` when the run opens a sentence."""
    pieces = []
    i, n = 0, len(items)
    while i < n:
        titled = i > 0 and items[i - 1].kind == t.TITLE and adjacent(items, i - 1)
        if taken[i] or not (items[i].kind in NAMELIKE or (titled and items[i].kind in _TITLED)):
            i += 1
            continue
        last = _end(run, items, taken, i, tables)
        if _is_person(run, items, i, last, titled, initial and i == 0):
            eastern = last == i + 1 and _is_eastern(run, items[i], items[last])
            rule = "actors.title" if titled else EASTERN if eastern else "actors.name"
            entity = items[i].entity if last == i and items[i].kind == t.PERSON else ""
            pieces.append(Piece(items[i].start, items[last].end, t.PERSON, entity, rule))
            taken[i : last + 1] = [True] * (last + 1 - i)
            i = last
        i += 1
    return pieces


def _end(run: str, items: Sequence[Item], taken: Sequence[bool], i: int, tables: Tables) -> int:
    """Return the last item of the personal name that may start at `i`."""
    n, last = len(items), i
    while last + 1 < n and not taken[last + 1]:
        j = last + 1
        while j < n and items[j].kind == t.JOINT and run[items[j].start : items[j].end] in PARTICLES:
            j += 1
        if j == n or taken[j]:
            break
        beside = j == last + 1
        numbered = beside and _NUMERAL.fullmatch(run, items[j].start, items[j].end)
        if not numbered and items[j].kind not in NAMELIKE:
            before = run[items[last].start : items[last].end]
            given = beside and (items[last].kind == t.GIVEN or is_initial(before))
            son = not beside and run[items[j - 1].start : items[j - 1].end] in _SON
            if not ((given or son) and _can_be_surname(run, items[j], tables)):
                break
        last = j
    return last


def _can_be_surname(run: str, item: Item, tables: Tables) -> bool:
    """Whether a word of another kind may be a surname: a head word only where it is known as one (`Lake`)."""
    if item.kind not in _MIDDLE_OR_LAST:
        return False
    return item.kind not in _HEADS or run[item.start : item.end] in tables.surnames


def _is_person(run: str, items: Sequence[Item], first: int, last: int, titled: bool, initial: bool) -> bool:
    own = [item for item in items[first : last + 1] if item.kind != t.JOINT]
    kind = own[0].kind
    if titled:
        return kind in NAMELIKE or len(own) == 1
    if len(own) == 1:
        return False
    words = [run[item.start : item.end] for item in own]
    if len(words[0]) == 1 or words[0] in cues("place-prefix") or not all(_looks_like_name(word) for word in words):
        return False
    if len(own) == 2 and _is_eastern(run, *own):
        return True
    if t.GIVEN in (kind, own[1].kind) or any(is_initial(word) for word in words[:-1]) or _NUMERAL.fullmatch(words[-1]):
        return True
    return len(own) <= _LONGEST_UNKNOWN and not initial and all(item.kind in NAMELIKE for item in own)


def _is_eastern(run: str, surname: Item, given: Item) -> bool:
    """Whether a known eastern surname and a given name follow one another, or one syllable and two with a hyphen."""
    first, last = run[surname.start : surname.end], run[given.start : given.end]
    if given.kind == t.GIVEN and first in eastern_surnames():
        return True
    return bool(_TWO_SYLLABLES.fullmatch(last) and _ONE_SYLLABLE.fullmatch(first))


def _looks_like_name(word: str) -> bool:
    """Whether the word is written as names are: a capital, small letters, no digits, or initials, or a numeral."""
    if is_initial(word) or _NUMERAL.fullmatch(word):
        return True
    return word[-1].isalpha() and (len(word) < _LONGEST_UNKNOWN or not word.isupper())
