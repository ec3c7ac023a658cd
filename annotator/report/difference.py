"""What changed between two sets of records, ready to be shown in any form: in words, in its sentence, grouped."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from annotator.comparison import Change, Comparison, Key
from annotator.model import AnyRecord
from annotator.reading.sentences import sentences

FORMS = ("text", "markdown", "json")

FOLLOWING = {"timex": ("value", "mod"), "earliest": ("value", "mod"), "latest": ("value", "mod")}
"""Keys that need not be shown where one of those has changed from which they follow."""

PLACES = ("start", "end", "text")
"""Keys that the marked words show."""


class Piece(NamedTuple):
    """Some words: `old` were in the record and are no more, `new` are in it now, `both` all along, `` are around it."""

    mark: str
    words: str


class DocumentDifference(NamedTuple):
    """One document: the name of its file, what changed, and the newer article's text where it is at hand.

    Where only one side has the file there is no comparison; `alone` is then `added` or `removed`.
    """

    name: str
    comparison: Comparison | None = None
    text: str | None = None
    alone: str | None = None

    def line_column(self, change: Change) -> tuple[int, int] | None:
        """Return line and column of a change, from 1; None without the text or in an older article."""
        record = change.new or (None if self.comparison is None or self.comparison.edited else change.old)
        if self.text is None or record is None:
            return None
        return self.text.count("\n", 0, record.start) + 1, record.start - self.text.rfind("\n", 0, record.start)

    def place(self, change: Change) -> str:
        """Return where a change is: line and column, or the offset where the text is not at hand."""
        known = self.line_column(change)
        if known is not None:
            return f"{known[0]}:{known[1]}"
        record = change.new or change.old
        return f"@{record.start}" if record is not None else ""

    def pieces(self, change: Change) -> list[Piece]:
        """Return the sentence of a change, its words marked."""
        old, new = change.old, change.new
        edited = self.comparison is not None and self.comparison.edited
        if old is not None and new is not None and not edited and (old.start, old.end) != (new.start, new.end):
            cuts = sorted({old.start, old.end, new.start, new.end})
            spans = [(_mark(a, b, old, new), a, b) for a, b in pairwise(cuts)]
        else:
            record = new or old
            assert record is not None
            mark = "both" if old is not None and new is not None else "new" if new is not None else "old"
            spans = [(mark, record.start, record.end)]
        known = self.text is not None and (new is not None or not edited)
        sides = [side for side in (new, None if edited and new is not None else old) if side is not None]
        base, text = (0, self.text or "") if known else _window(sides)
        first, last = _sentence(text, spans[0][1] - base, spans[-1][2] - base)
        marked = [Piece(mark, text[a - base : b - base]) for mark, a, b in spans]
        return [Piece("", text[first : spans[0][1] - base]), *marked, Piece("", text[spans[-1][2] - base : last])]


class Difference:
    """All documents of a run that differ, how many do not, and what there is to count."""

    def __init__(self, documents: Sequence[DocumentDifference], same: int) -> None:
        self.documents = documents
        self.same = same

    @cached_property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """How many changes there are of each label, kind and rule."""
        total: Counter[tuple[str, str, str]] = Counter()
        for document in self.documents:
            if document.comparison is not None:
                total.update(document.comparison.counts())
        return total

    @property
    def differs(self) -> bool:
        """Whether anything differs but what the records were made with."""
        return any(d.alone or (d.comparison and d.comparison.differs) for d in self.documents)

    def summary(self) -> str:
        """Return how much changed, in words."""
        changed = sum(bool(d.alone or (d.comparison and d.comparison.differs)) for d in self.documents)
        total = len(self.documents) + self.same
        if not changed:
            return f"no changes in {total} document{'' if total == 1 else 's'}"
        return f"{changed} of {total} document{'' if total == 1 else 's'} changed{_listed(by_kind(self.counts))}"


def by_kind(counts: Counter[tuple[str, str, str]]) -> Counter[str]:
    """Return how many changes there are of each kind."""
    kinds: Counter[str] = Counter()
    for (_, kind, _), count in counts.items():
        kinds[kind] += count
    return kinds


def summary(comparison: Comparison) -> str:
    """Return how much changed in one document, in words."""
    parts = _listed(by_kind(Counter(comparison.counts())))
    unchanged = f"; {comparison.unchanged} unchanged" if comparison.unchanged else ""
    return f"{parts.removeprefix(': ') or 'no other changes'}{unchanged}"


def notes(comparison: Comparison) -> list[str]:
    """Return what is to be said of a document as a whole, a sentence each."""
    said = []
    if comparison.edited:
        moved = f"{comparison.moved} records only stand elsewhere now"
        numbers = f", {comparison.renumbered} of all have other footnote numbers" if comparison.renumbered else ""
        said.append(f"the article was edited: {moved}{numbers}")
    said += [f"{key.key}: {key.old or 'none'} → {key.new or 'none'}" for key in comparison.head]
    said += [f"made with another {key.key}: {key.old or 'none'} → {key.new or 'none'}" for key in comparison.made_with]
    return said


def groups(comparison: Comparison) -> Iterator[tuple[str, str, list[list[Change]]]]:
    """Yield label, rule and changes, those together that change the same words in the same way."""
    grouped: defaultdict[tuple[str, str], defaultdict[object, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in comparison.changes:
        record = change.new or change.old
        alike = (change.kinds, tuple(key for key in change.keys if key.key not in ("start", "end")), _said(record))
        grouped[change.label, change.rule or ""][alike].append(change)
    for (label, rule), alike_ in sorted(grouped.items()):
        yield label, rule, list(alike_.values())


def told(change: Change) -> list[Key]:
    """Return the changed keys that are worth a line."""
    changed = {key.key for key in change.keys}
    return [
        key for key in change.keys if key.key not in PLACES and not changed.intersection(FOLLOWING.get(key.key, ()))
    ]


def marked(key: Key) -> list[Piece]:
    """Return the two values of a key as one, the characters marked in which they differ.

    >>> [tuple(piece) for piece in marked(Key("value", "2013-04", "2014-04"))]
    [('', '201'), ('old', '3'), ('new', '4'), ('', '-04')]
    """
    old, new = key.old or "", key.new or ""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    parts = (("", old[:first]), ("old", old[first : len(old) - last]), ("new", new[first : len(new) - last]))
    return [Piece(mark, words) for mark, words in (*parts, ("", old[len(old) - last :])) if words]


def clean(words: str) -> str:
    r"""Return words in one line, without characters that would steer a terminal.

    >>> clean("a\n b\x1b[31m")
    'a b�[31m'
    """
    spaced = "".join(" " if letter.isspace() else letter for letter in words)
    one = " ".join(spaced.split(" ")) if "  " not in spaced else _single(spaced)
    return one if one.isprintable() else "".join(letter if letter.isprintable() else "�" for letter in one)


def _single(words: str) -> str:
    while "  " in words:
        words = words.replace("  ", " ")
    return words


def _listed(kinds: Counter[str]) -> str:
    return ": " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) if kinds else ""


def _said(record: AnyRecord | None) -> object:
    return record and (record.text, getattr(record, "value", None), getattr(record, "entity", None))


def _mark(start: int, end: int, old: AnyRecord, new: AnyRecord) -> str:
    was, is_ = old.start <= start and end <= old.end, new.start <= start and end <= new.end
    return "both" if was and is_ else "old" if was else "new" if is_ else ""


def _window(records: Sequence[AnyRecord]) -> tuple[int, str]:
    """Return the stretch of text that overlapping records know from their words and contexts, and where it starts."""
    letters: dict[int, str] = {}
    for record in records:
        known = record.prefix + record.text + record.suffix
        letters.update(enumerate(known, record.start - len(record.prefix)))
    first, last = min(letters), max(letters)
    return first, "".join(letters.get(place, " ") for place in range(first, last + 1))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span, as offsets; all of them where the span goes across several."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)]
    places = [(first + a, first + b) for a, b in sentences(line)]
    around = [(a, b) for a, b in places if a < end and start < b]
    return (min(around[0][0], start), max(around[-1][1], end)) if around else (start, end)
