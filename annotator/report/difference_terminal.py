"""A difference as text for a terminal: plain characters mark what came and went, colour only adds to them."""

from collections.abc import Iterable, Sequence

import msgspec

from annotator.comparison import Change
from annotator.model import AnyRecord
from annotator.report.difference import (
    Difference,
    DocumentDifference,
    Piece,
    clean,
    groups,
    marked,
    notes,
    summary,
    told,
)
from annotator.report.report import record_words

EXAMPLES = 3
"""How many of the changes that are alike are shown in their sentences."""
PLACES = 8
"""Of how many others the places are told."""
AROUND = {"old": ("[-", "-]"), "new": ("{+", "+}"), "both": ("[", "]"), "": ("", "")}
"""What stands around words that were there, are there now, and were and are, as in `git diff --word-diff`."""
COLOURS = {"old": "9;31", "new": "32", "both": "1", "": "", "head": "1;36", "kind": "33", "dim": "2"}


def render(difference: Difference, *, width: int, colour: bool, closing: bool = True) -> str:
    """Return the difference: each document that changed, by label and rule, and in closing a summary."""
    form = _Form(width, colour)
    for document in difference.documents:
        form.document(document)
    if closing:
        form.line([("head", difference.summary())])
    return "".join(f"{line}\n" for line in form.lines)


def stat(difference: Difference) -> str:
    """Return a table of how many changes there are of each label, kind and rule."""
    rows = [(label, kind, rule or "–", str(n)) for (label, kind, rule), n in sorted(difference.counts.items())]
    table = [("label", "kind", "rule", "changes"), *rows] if rows else []
    widths = [max(len(row[column]) for row in table) for column in range(4)] if table else []
    lines = [
        "  ".join([*(cell.ljust(size) for cell, size in zip(row[:3], widths, strict=False)), row[3].rjust(widths[3])])
        for row in table
    ]
    return "\n".join([*lines, difference.summary()]) + "\n"


class _Form:
    """Collects lines."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self.lines: list[str] = []

    def line(self, parts: Iterable[tuple[str, str]], indent: int = 0) -> None:
        """Add a line of parts, each with the name of its colour."""
        self.lines.append(" " * indent + "".join(self.painted(style, words) for style, words in parts))

    def painted(self, style: str, words: str) -> str:
        code = COLOURS[style] if self.colour else ""
        return f"\x1b[{code}m{words}\x1b[0m" if code and words else words

    def document(self, document: DocumentDifference) -> None:
        comparison = document.comparison
        if comparison is None:
            self.line([("head", clean(document.name)), ("", f" was {document.alone}")])
            return
        self.line([("head", clean(document.name)), ("", f" {summary(comparison)}")])
        for note in notes(comparison):
            self.line([("dim", clean(note))], 2)
        for label, rule, alike in groups(comparison):
            count = sum(map(len, alike))
            self.line([("head", label), ("", f" {rule}" if rule else ""), ("dim", f" ({count})")], 2)
            for changes in alike:
                for change in changes[:EXAMPLES]:
                    self.change(document, change)
                self.others(document, changes[EXAMPLES:])

    def change(self, document: DocumentDifference, change: Change) -> None:
        record = change.new or change.old
        kinds = " ".join(change.kinds)
        parts = [("", f"{document.place(change)} "), ("kind", kinds)]
        if change.old is None or change.new is None:
            parts.append(("", f" {_short(record)}"))
        for number, key in enumerate(told(change)):
            name = f" {key.key} " if key.key not in change.kinds else " "
            parts += [("", "," * bool(number) + name), *self.pieces(marked(key)), *_gone(key.new)]
        self.line(parts, 4)
        self.sentence(document.pieces(change))

    def others(self, document: DocumentDifference, changes: Sequence[Change]) -> None:
        if changes:
            places = ", ".join(document.place(change) for change in changes[:PLACES])
            more = ", …" if len(changes) > PLACES else ""
            self.line([("dim", f"and {len(changes)} more like it: {places}{more}")], 6)

    def pieces(self, pieces: Iterable[Piece]) -> list[tuple[str, str]]:
        return [(mark, AROUND[mark][0] + clean(words) + AROUND[mark][1]) for mark, words in pieces]

    def sentence(self, pieces: Sequence[Piece]) -> None:
        """Add the sentence in one line; what does not fit is cut on both sides of the words."""
        before, after = clean(pieces[0].words), clean(pieces[-1].words)
        longest = max(self.width // (len(pieces) - 2), 20)
        middle = self.pieces(Piece(mark, shortened(clean(words), longest)) for mark, words in pieces[1:-1])
        room = max(self.width - 6 - sum(len(words) for _, words in middle), 24)
        left = min(len(before), max(room // 2, room - len(after)))
        right = min(len(after), room - left)
        start = before if left == len(before) else "…" + before[len(before) - left + 1 :]
        end = after if right == len(after) else after[: right - 1] + "…"
        self.line([("dim", start), *middle, ("dim", end)], 6)


def shortened(words: str, most: int) -> str:
    """Return words, of which only beginning and end are left where they are longer than `most`.

    >>> shortened("a treaty of friendship and commerce", 20)
    'a treaty … commerce'
    """
    if len(words) <= most:
        return words
    half = (most - 3) // 2
    return f"{words[:half]} … {words[len(words) - half :]}"


def _short(record: AnyRecord | None) -> str:
    """Return a record in a few words, its quote shortened."""
    if record is None:
        return ""
    return clean(record_words(msgspec.structs.replace(record, text=shortened(clean(record.text), 40))))


def _gone(value: str | None) -> list[tuple[str, str]]:
    return [("dim", " (none now)")] if value is None else []
