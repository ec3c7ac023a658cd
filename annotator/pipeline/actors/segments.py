"""One run apart into pieces (names, seats, undecided words), from its words alone.

A run's string and its place (opening a sentence or not) go in, pieces with offsets into the run come out; no context is
looked at, so that equal runs need be taken apart once only.
"""

import re
from collections.abc import Sequence
from operator import attrgetter

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.items import Item, label
from annotator.pipeline.actors.names import NAMELIKE, is_personal, persons
from annotator.pipeline.actors.pieces import Piece, adjacent
from annotator.pipeline.actors.runs import words_of
from annotator.pipeline.actors.tables import Tables

KEPT = {
    t.STATE: "actors.state",
    t.ORGANIZATION: "actors.organization",
    t.BLOC: "actors.bloc",
    t.SEAT: "actors.seat",
    t.PEOPLE: "actors.people",
    t.DEMONYM: "actors.people",
    t.PERSON: "actors.person",
    t.FORMER: "actors.former-state",
    t.SHORT: "actors.short-form",
}
"""The rule by which a known name of each kind is a candidate."""
_INSIDE = t.ACTOR_KINDS | frozenset(
    (
        *(t.UNKNOWN, t.GIVEN, t.COMMON, t.DEMONYM, t.PLACE, t.SEAT, t.FORMER, t.SHORT),
        *(t.HEAD, t.THING_HEAD, t.AGREEMENT_HEAD, t.GEO_HEAD),
    )
)
"""Kinds that a body's name may hold before its head word."""
_COMPLEMENT = _INSIDE | {t.CALENDAR, t.PEOPLE}
_PLACES = frozenset((t.SEAT, t.PLACE, t.FORMER, t.STATE, t.CALENDAR))
_REALMS = frozenset((t.STATE, t.FORMER, t.PLACE, t.SEAT, t.UNKNOWN))
_BREAKS = frozenset((t.JOINT, t.FUNCTION, t.TITLE, t.CALENDAR))
_WEAK_HEADS = frozenset((t.THING_HEAD, t.AGREEMENT_HEAD))
_KEEP_BEFORE_WEAK = frozenset((t.STATE, t.ORGANIZATION, t.BLOC))
_UNDECIDED = NAMELIKE | {t.HEAD, t.COMMON}
_DIRECTIONS = frozenset(("West", "East", "North", "South"))
_NATIONAL = frozenset(words_of("actor_run_words", "national"))
"""Head words of bodies that take their country into their name (`Communist Party of China`)."""
_FORMS = frozenset(words_of("actor_run_words", "realm"))
"""What may stand before a form of state in a state's name (`Democratic Republic`)."""
PARTICIPLE = re.compile(r"[-–](?:led|[a-z]+ed) ")
"""The second half of an adjective before a name (`South Africa-occupied Namibia`)."""
_FORMAL = re.compile(r" of | (?:Republic|Empire)\Z")
"""What makes a state's known name one that a form of state can go before (`First Hellenic Republic`)."""


def parse(run: str, initial: bool, tables: Tables) -> tuple[list[Item], list[Piece]]:
    """Return a run's items and pieces; `run` is plain, `initial` when it opens a sentence."""
    items = label(run, tables)
    if len(items) == 1:
        return items, _alone(run, items[0], initial)
    return items, _apart(run, items, initial, tables)


def _alone(run: str, item: Item, initial: bool) -> list[Piece]:
    if item.kind == t.HEAD and item.entity:
        return [Piece(0, len(run), t.ORGANIZATION, item.entity, KEPT[t.ORGANIZATION])]
    if item.kind in KEPT:
        return [Piece(item.start, item.end, item.kind, item.entity, KEPT[item.kind])]
    if item.kind in _UNDECIDED and not (item.kind == t.COMMON and initial):
        return [Piece(item.start, item.end, item.kind, "", "actors.undecided")]
    return []


def _apart(run: str, items: list[Item], initial: bool, tables: Tables) -> list[Piece]:
    kinds = {item.kind for item in items}
    taken = [False] * len(items)
    pieces = _realms(run, items, taken) if t.SHORT in kinds or t.STATE in kinds else []
    if t.HEAD in kinds:
        pieces += _bodies(run, items, taken, initial, tables)
    if t.TITLE in kinds or not kinds.isdisjoint(NAMELIKE):
        pieces += persons(run, items, taken, initial, tables)
    pieces += _others(run, items, taken)
    return sorted(pieces, key=attrgetter("start"))


def _realms(run: str, items: Sequence[Item], taken: list[bool]) -> list[Piece]:
    """Return the states named by a form of state with a name behind (`Duchy of Carrolia`) or a nation before it.

    A name behind need not be known, a nation is one of the lexicon (`Somali Democratic Republic`).
    """
    pieces = []
    for i, item in enumerate(items):
        known = item.kind == t.STATE
        if not (known and i) and (item.kind != t.SHORT or run[item.start : item.end] in _DIRECTIONS):
            continue
        last = i if known else _realm_end(run, items, i)
        first = _forms_before(run, items, i)
        nation = items[last]
        if known and (first == i or not _FORMAL.search(run, item.start, item.end)):
            continue
        if last == i and not known:
            if first and adjacent(items, first - 1) and items[first - 1].kind == t.DEMONYM:
                first -= 1
            nation = items[first]
            if nation.kind != t.DEMONYM:
                continue
            first = _forms_before(run, items, first)
        entity = "" if nation.kind == t.SEAT else nation.entity
        pieces.append(Piece(items[first].start, items[last].end, t.STATE, entity, "actors.realm"))
        taken[first : last + 1] = [True] * (last + 1 - first)
    return pieces


def _forms_before(run: str, items: Sequence[Item], i: int) -> int:
    """Return the first of the items that stand before a form of state at `i` in its name (`Second`, `Democratic`)."""
    while i and adjacent(items, i - 1) and run[items[i - 1].start : items[i - 1].end] in _FORMS:
        i -= 1
    return i


def _realm_end(run: str, items: Sequence[Item], i: int) -> int:
    """Return the last item of the name after the form of state at `i`, or `i`; after `of the` it must be known."""
    words = [run[item.start : item.end] for item in items[i + 1 : i + 3]]
    last = i + 3 if words[1:] and words[1].lower() == "the" else i + 2
    if words[:1] != ["of"] or last >= len(items) or items[last].start != items[last - 1].end + 1:
        return i
    return last if items[last].kind == t.STATE or (last == i + 2 and items[last].kind in _REALMS) else i


def _bodies(run: str, items: list[Item], taken: list[bool], initial: bool, tables: Tables) -> list[Piece]:
    """Return the bodies named by a head word and what goes with it, from the last to the first."""
    pieces = []
    for i in range(len(items) - 1, -1, -1):
        if items[i].kind != t.HEAD or taken[i]:
            continue
        first, last = _left(run, items, i, initial), _right(run, items, i)
        if first == last or (last == i and _is_no_body(run, items[first : i + 1], tables)):
            continue
        if (
            last == i == first + 1
            and items[first].kind in NAMELIKE
            and run[items[i].start : items[i].end] == "Administration"
        ):
            pieces.append(
                Piece(items[first].start, items[first].end, t.PERSON, items[first].entity, "actors.administration")
            )
        else:
            pieces.append(Piece(items[first].start, items[last].end, t.ORGANIZATION, "", "actors.head"))
        taken[first : last + 1] = [True] * (last + 1 - first)
    return pieces


def _is_no_body(run: str, items: Sequence[Item], tables: Tables) -> bool:
    """Whether what ends with a head word is a personal name, or a nation's (`Japanese police`)."""
    head = items[-1]
    small = run[head.start].islower() and all(item.kind in (t.DEMONYM, t.STATE) for item in items[:-1])
    return small or is_personal(run, items, tables)


def _left(run: str, items: Sequence[Item], i: int, initial: bool) -> int:
    """Return the first item of the name that ends with the head at `i`; `Syrian-led` is in none."""
    while i and items[i - 1].kind in _INSIDE and adjacent(items, i - 1):
        before = items[i - 1]
        if before.kind == t.COMMON and ((i == 1 and initial) or run[before.start].islower()):
            break
        if PARTICIPLE.search(run, before.start, before.end + 1):
            break
        i -= 1
    return i


def _right(run: str, items: Sequence[Item], i: int) -> int:
    """Return the last item of the name whose head at `i` is followed by `of …`, `for …`, `on …`, `in …`."""
    n, last = len(items), i
    while last + 2 < n and items[last + 1].kind == t.JOINT:
        j = last + 1
        while j < n and items[j].kind == t.JOINT:
            j += 1
        if j == n or not _continues(run, items, i, last, j):
            break
        while j + 1 < n and items[j + 1].kind in _COMPLEMENT and adjacent(items, j):
            j += 1
        last = j
    return last


def _continues(run: str, items: Sequence[Item], head: int, last: int, j: int) -> bool:
    """Whether the item at `j`, after a small word, belongs to the name that reaches from `head` to `last` so far."""
    kind, entity = items[j].kind, items[j].entity
    first, joint = (run[items[k].start : items[k].end] for k in (last + 1, j - 1))
    if kind not in _COMPLEMENT or (entity and kind in (t.ORGANIZATION, t.HEAD)):
        return False
    if last > head:
        return kind in (t.UNKNOWN, t.COMMON, t.THING_HEAD)
    if first in ("and", "&") or (first == "in" and kind in _PLACES) or (joint == "on" and kind == t.CALENDAR):
        return False
    name = run[items[head].start : items[head].end]
    national = name.rpartition(" ")[2] in _NATIONAL and (" " not in name or not items[head].entity)
    return kind != t.STATE or joint not in ("of", "the") or national


def _others(run: str, items: Sequence[Item], taken: Sequence[bool]) -> list[Piece]:
    """Return the known names that are left, and the words that only the document decides."""
    pieces = []
    n = len(items)
    for i, item in enumerate(items):
        if taken[i] or not (item.entity or item.kind in KEPT or item.kind in _UNDECIDED):
            continue
        j = i
        while j + 1 < n and adjacent(items, j) and not taken[j + 1] and items[j + 1].kind not in _BREAKS:
            j += 1
        if j > i and _is_modifier(run, items, i, items[j].kind):
            continue
        if item.kind in KEPT:
            pieces.append(Piece(item.start, item.end, item.kind, item.entity, KEPT[item.kind]))
        elif item.entity:
            pieces.append(Piece(item.start, item.end, t.ORGANIZATION, item.entity, KEPT[t.ORGANIZATION]))
        else:
            pieces.append(Piece(item.start, item.end, item.kind, "", "actors.undecided"))
    return pieces


def _is_modifier(run: str, items: Sequence[Item], i: int, tail: str) -> bool:
    """Whether the item is but a part of a longer name, whose last word has the kind `tail` (`Suez Canal`)."""
    item = items[i]
    if item.kind in (t.DEMONYM, t.PEOPLE) or (item.kind == t.BLOC and run[item.start : item.end] in _DIRECTIONS):
        return True
    if item.kind == t.STATE and _is_compound(run, items, i):
        return False
    return tail == t.GEO_HEAD or (tail in _WEAK_HEADS and item.kind not in _KEEP_BEFORE_WEAK)


def _is_compound(run: str, items: Sequence[Item], i: int) -> bool:
    """Whether a hyphen joins the state to another (`India-Pakistan War`)."""
    for k in (i - 1, i):
        if not 0 <= k < len(items) - 1 or not items[k].kind == items[k + 1].kind == t.STATE:
            continue
        if adjacent(items, k) and run[items[k].end] in "-–":
            return True
    return False
