"""The words of a run with what the lexicons say of each: a run's string in, items out."""

import re
from collections.abc import Sequence

import msgspec

from annotator.pipeline.actors import tables as t
from annotator.pipeline.actors.tables import Tables


class Item(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a run (offsets into it), its kind, one of `tables`, and the id of the actor it names or may name."""

    start: int
    end: int
    kind: str
    entity: str


_HYPHEN = re.compile(r"[-–‑/&]")
_PART = re.compile(r"[^ –‑/&-]+")
SPLITTABLE = frozenset((t.STATE, t.FORMER, t.ORGANIZATION, t.BLOC, t.SEAT, t.DEMONYM, t.PEOPLE))


def plain(words: str) -> str:
    """Return the words with apostrophes as `’` and no-break spaces as spaces, at the same offsets."""
    return words if words.isalpha() else words.replace("'", "’").replace("\u00a0", " ")


def label(run: str, tables: Tables) -> list[Item]:
    """Return the run's words, longest known names joined, hyphenated compounds of known names apart."""
    if run.isalpha():
        kind, entity = tables.names.get(run) or (tables.words.get(run, t.UNKNOWN), "")
        return [Item(0, len(run), _kind(kind, run, tables), entity)]
    if _HYPHEN.search(run):
        return _label_compounds(run, tables)
    words = run.split(" ")
    names, lengths = tables.names, tables.lengths
    items: list[Item] = []
    i, n, start = 0, len(words), 0
    while i < n:
        word = words[i]
        for k in lengths.get(word, ()):
            if i + k > n:
                continue
            name = word if k == 1 else " ".join(words[i : i + k])
            hit = names.get(name)
            if hit:
                items.append(Item(start, start + len(name), _kind(hit[0], words[i + k - 1], tables), hit[1]))
                i += k
                start += len(name) + 1
                break
        else:
            items.append(Item(start, start + len(word), tables.words.get(word, t.UNKNOWN), ""))
            i += 1
            start += len(word) + 1
    return items


def _kind(kind: str, last: str, tables: Tables) -> str:
    """Return the kind of a known name: a body's that ends in a head word can be part of a longer one."""
    return t.HEAD if kind == t.ORGANIZATION and tables.words.get(last) == t.HEAD else kind


def _label_compounds(run: str, tables: Tables) -> list[Item]:
    """Return the items of a run with hyphens: names may begin and end at them (`Japan-United States`)."""
    parts = [match.span() for match in _PART.finditer(run)]
    items: list[Item] = []
    i = 0
    while i < len(parts):
        size = 1
        while i + size < len(parts) and run[parts[i + size][0] - 1] != " ":
            size += 1
        found, used = _word(run, parts, i, size, tables)
        items += found
        i += used
    return items


def _word(run: str, parts: Sequence[tuple[int, int]], i: int, size: int, tables: Tables) -> tuple[list[Item], int]:
    """Return the items of a word of `size` parts and of the names that start in it, and how many parts they use."""
    found: list[Item] = []
    j = i
    while j < i + size:
        item, used = _match(run, parts, j, tables)
        start, end = parts[j]
        kind = t.COMMON if run[start].islower() else t.UNKNOWN
        found.append(item or Item(start, end, kind, ""))
        if not item and not (run[start].isalpha() and run[end - 1].islower()):
            break  # a number or an abbreviation: the word is whole (`SS-20`)
        j += used
    else:
        if any(item.entity or item.kind not in (t.COMMON, t.UNKNOWN) for item in found):
            return found, j - i
    start, end = parts[i][0], parts[i + size - 1][1]
    return [Item(start, end, tables.words.get(run[start:end], t.UNKNOWN), "")], size


def _match(run: str, parts: Sequence[tuple[int, int]], i: int, tables: Tables) -> tuple[Item | None, int]:
    """Return the longest known name that starts at a part, and of how many parts it is; at a hyphen only an actor's."""
    start = parts[i][0]
    for k in tables.lengths.get(run[start : parts[i][1]], ()):
        if i + k > len(parts):
            continue
        end = parts[i + k - 1][1]
        hit = tables.names.get(run[start:end])
        inside = (start and run[start - 1] != " ") or (end < len(run) and run[end] != " ")
        if hit and (not inside or hit[0] in SPLITTABLE):
            return Item(start, end, _kind(hit[0], run[parts[i + k - 1][0] : end], tables), hit[1]), k
    return None, 1


def is_compound(words: str, tables: Tables) -> bool:
    """Whether a name is a hyphenated compound of known names and nothing else (`EU-Japan`)."""
    if not _HYPHEN.search(words):
        return False
    items = label(words, tables)
    return len(items) > 1 and all(item.entity for item in items)


def parts_of(run: str, items: Sequence[Item]) -> tuple[tuple[int, int], ...]:
    """Return the spans of a run's words, cut at hyphens where items begin or end."""
    if run.isalnum():
        return ((0, len(run)),)
    found = []
    start = 0
    for word in run.split(" "):
        end = start + len(word)
        if not word.isalnum():
            for cut in sorted({item.start for item in items if start < item.start < end}):
                found.append((start, cut - 1))
                start = cut
        found.append((start, end))
        start = end + 1
    return tuple(found)
